"""A small casino on one evening, always the same: what the pictures of the guide show.

It is simulated and lives by its own clock, so that every time on a page is the time of the scene:
Monday 2 March 2026, 18:42, in the swing shift.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.at_table import AtTable, a_table
from tests.browser.today import PASSWORD
from tests.cast import Casino, found
from tests.line import Line
from tests.say import DAY, chips, worth
from tests.say import at as wire_time

NAME = "Silver Heron"
NOW = "18:42"
BANK = "10 yellow, 40 purple, 140 black, 200 green, 200 red"
LOW = "10 yellow, 32 purple, 96 black, 188 green, 161 red"
SMALL = "20 purple, 60 black, 120 green, 160 red"
GAMES = {"BJ": "BLACKJACK", "RO": "ROULETTE", "BA": "BACCARAT", "CR": "CRAPS"}
LIMITS = {"BJ": (25, 5_000), "RO": (10, 2_000), "BA": (100, 20_000), "CR": (15, 3_000)}
TABLES = {
    "Pit 1": ("BJ-01", "BJ-02", "BJ-03", "BJ-04", "RO-01", "RO-02"),
    "Pit 2": ("BA-01", "BA-02", "BJ-05", "BJ-06", "CR-01"),
}


@dataclass(kw_only=True)
class Scene:
    """The casino, and its tables by name."""

    casino: Casino
    tables: dict[str, AtTable] = field(default_factory=dict)
    final: str = ""
    """The address of a session whose result is final."""
    closed: str = ""
    """That of one whose box is not counted yet."""

    def __getitem__(self, code: str) -> AtTable:
        return self.tables[code]


def set_scene(line: Line) -> Scene:
    """Play from the morning until it is 18:42."""
    casino = found(line=line, password=PASSWORD, settings={"transit_limit_minutes": 15})
    casino.ada.patch("/casino", {"name": NAME}).must(200)
    scene = Scene(casino=casino)
    _furnish(scene)
    _day(scene)
    _swing(scene)
    return scene


def _furnish(scene: Scene) -> None:
    for pit, codes in TABLES.items():
        for code in codes:
            game = code[:2]
            least, most = LIMITS[game]
            limits = {"min_cents": least * 100, "max_cents": most * 100}
            scene.tables[code] = a_table(
                scene.casino, code=code, pit=pit, game_type=GAMES[game], limits=limits
            )
    par: Mapping[str, str] = {"BA-01": BANK, "BA-02": BANK}
    for code, table in scene.tables.items():
        if code != "RO-02":
            asked = {
                "table_id": table.id,
                "par_total_cents": worth(par.get(code, BANK)),
                "effective_from_gaming_day": str(DAY),
            }
            scene.casino.pat.post("/par-policies", asked, at="06:01").must(201)


def _day(scene: Scene) -> None:
    """The day shift: three tables, all of them closed; one result is final."""
    for code, opened in (("BJ-01", "08:00"), ("BJ-02", "08:04"), ("BJ-03", "08:09")):
        scene[code].open_table(BANK, at=opened)
    first = scene["BJ-01"]
    fill = first.fill("20 black", at="10:15")
    first.close(LOW, at="13:40")
    _box(first, at="13:52")
    found = [{"form": "FILL", "number": fill["number"], "amount_cents": fill["total_cents"]}]
    first.soft_count(2_318_000, at="15:30", evidence=found, batch_id="B-0302-1")
    first.casino.pat.post(f"{first.path}/review", at="15:40").must(200)
    first.reconcile(at="15:50")
    first.finalize(at="15:55")
    scene.final = first.path
    second = scene["BJ-02"]
    second.close(BANK, at="13:45")
    _box(second, at="13:55")
    second.soft_count(1_240_000, at="15:35", second_count_cents=1_239_500, batch_id="B-0302-1")
    third = scene["BJ-03"]
    third.close(LOW, at="13:50")
    third.drop(at="13:58")
    scene.closed = third.path


def _swing(scene: Scene) -> None:
    """The swing shift, in the middle of it."""
    _reopened(scene["BJ-01"], LOW, at="14:20")
    _reopened(scene["BJ-02"], BANK.replace("140 black", "139 black"), at="14:24", pat=True)
    for code, opened in (("BA-01", "15:00"), ("BA-02", "15:10"), ("BJ-05", "15:20")):
        scene[code].open_table(BANK, at=opened)
    scene["BJ-01"].count(
        "INTERIM", "10 yellow, 30 purple, 90 black, 180 green, 150 red", at="18:00"
    )
    scene["BA-01"].count("INTERIM", LOW, at="18:05")
    late = scene["BA-02"]
    late.pick_up(late.ask_credit("40 green", at="18:15"), at="18:20")
    disputed = scene["BJ-05"]
    slip = disputed.issue(disputed.ask_fill("20 black", at="18:22"), at="18:26")
    _counted_twice(disputed, slip["id"], "19 black", at="18:31")
    moving = scene["BJ-01"]
    moving.issue(moving.ask_fill("40 black, 40 green", at="18:30"), at="18:36")
    scene["BA-01"].ask_fill("20 purple", at="18:38")
    scene["BJ-02"].ask_credit("20 green", at="18:37")
    rundown = scene["BJ-06"]
    rundown.open_table(BANK, at="14:30")
    _drop_is_planned(rundown, at="18:32")
    rundown.closing(at="18:33")
    scene["RO-01"].prepare(at="18:34")
    scene["RO-02"].open(at="18:35")
    scene["BJ-03"].open(at="18:35")
    scene["BJ-02"].count("INTERIM", BANK, at=NOW)


def _box(table: AtTable, *, at: str) -> None:
    table.drop(at=at)
    table.custody(at=at)


def _drop_is_planned(table: AtTable, *, at: str) -> None:
    window = {"window_start": wire_time("18:30"), "window_end": wire_time("19:00")}
    table.casino.sam.post(f"{table.path}/drop/schedule", window, at=at).must(200)


def _reopened(table: AtTable, tray: str, *, at: str, pat: bool = False) -> None:
    """Opened again after the day; with Pat where the opener differs from the last closer."""
    table.open(at=at)
    casino = table.casino
    asked = {"kind": "OPENING", "chipset": chips(tray), "reason": "one chip short"}
    signed = [casino.dana, casino.pat] if pat else [casino.dana]
    for _ in range(2 if pat else 1):
        given = casino.sam.post(f"{table.path}/snapshots", asked, at=at, signed=signed)
        given.must(200, 201)


def _counted_twice(table: AtTable, slip_id: str, stack: str, *, at: str) -> None:
    counted = {"chipset": chips(stack)}
    hands = [table.casino.dana, table.casino.rory]
    for _ in range(2):
        table.casino.sam.post(f"/slips/{slip_id}/verify", counted, at=at, signed=hands).must(200)
