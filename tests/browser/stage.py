"""A casino in which everything that can stand on a page stands somewhere: the walk goes through it.

Each table is named after the state its session is in. What no table shows, no page shows: a form
that the walk does not reach is staged here first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.at_table import TRAY, Json
from tests.browser.today import TableNow, found_today, table_in
from tests.cast import Casino
from tests.line import Line
from tests.say import chips, spoken, worth

SHORT = "40 red, 40 green, 19 black"


@dataclass(kw_only=True)
class Stage:
    """The casino, and its tables by the state they are in."""

    casino: Casino
    tables: Mapping[str, TableNow] = field(default_factory=dict)


def _idle(table: TableNow) -> None:
    """Nothing was ever done here."""


def _without_box(table: TableNow) -> None:
    table.casino.ada.post("/boxes", {"code": f"{table.code}-spare", "table_id": table.id}).must(201)
    table.open_table()
    table.drop(replacement_box=None)
    table.close()
    table.prepare()


def _ready(table: TableNow) -> None:
    table.prepare()


def _opening(table: TableNow) -> None:
    table.open()


def _counted_again(table: TableNow) -> None:
    """An opener that differs, waiting for its recount."""
    table.open_table()
    table.close()
    table.open()
    again = table.count("OPENING", SHORT)
    assert again["recount_required"], again


def _just_opened(table: TableNow) -> None:
    table.open_table()


def _in_play(table: TableNow) -> None:
    """With slips in every place a slip can be."""
    table.open_table()
    table.count("INTERIM", TRAY)
    _buy_in(table)
    table.fill("5 black")
    table.verify_fill(table.issue(table.ask_fill("4 black")), deposit=False)
    table.pick_up(table.ask_credit("20 green"))
    table.verify_credit(table.pick_up(table.ask_credit("5 green")))
    disputed = table.issue(table.ask_fill("10 black"))
    hands = [table.casino.dana, table.casino.rory]
    for _ in range(2):
        counted = {"chipset": chips("9 black")}
        table.casino.sam.post(f"/slips/{disputed['id']}/verify", counted, signed=hands).must(200)
    table.ask_credit("3 green")
    table.ask_fill("20 black")
    table.issue(table.ask_fill("1 purple"))


def _closing(table: TableNow) -> None:
    table.open_table()
    table.closing()


def _closing_counted(table: TableNow) -> None:
    table.open_table()
    table.closing()
    table.count("CLOSING", SHORT)


def _rolled_over(table: TableNow) -> None:
    table.open_table()
    table.roll_over()


def _advised(table: TableNow) -> None:
    """Filled more often than the house wants: there is advice on it."""
    at_par(table)
    table.open_table()
    for _ in range(2):
        table.fill("5 black")
    table.roll_over()


def _buy_in(table: TableNow) -> None:
    """What a house that takes telemetry notes of a player."""
    asked = {"kind": "CASH", "amount_cents": 140_000}
    table.casino.sam.post(f"{table.path}/buy-ins", asked).must(201)


def _closed(table: TableNow) -> None:
    table.open_table()
    _buy_in(table)
    table.fill("10 black")
    table.close(SHORT)
    table.drop()


def _arrived(table: TableNow) -> None:
    _closed(table)
    table.custody()


def _counted(table: TableNow) -> None:
    """The two counts of the box differ, which somebody has to explain."""
    _arrived(table)
    table.soft_count(150_000, second_count_cents=149_900)


def _by_force(table: TableNow) -> None:
    """Closed by a manager with a fill on the way: exceptions that stop the result."""
    table.open_table()
    table.issue(table.ask_fill("10 black"))
    table.force_close()


def _reconciled(table: TableNow) -> None:
    table.open_table()
    table.close(SHORT)
    table.drop()
    table.custody()
    table.soft_count(200_000)
    table.reconcile()


def _final(table: TableNow) -> None:
    _reconciled(table)
    table.finalize()


def _amended(table: TableNow) -> None:
    """Amended once, with a remark, and recounted again since."""
    _final(table)
    said = {"text": "Seen on camera 14.", "reference": "report 118"}
    table.casino.pat.post(f"{table.path}/remarks", said).must(201)
    for cents in (210_000, 220_000):
        table.soft_count(cents, supersedes=_count_of(table), reason="a bundle in the lid")
        if cents == 210_000:
            table.amend("a bundle was found in the lid")


def _count_of(table: TableNow) -> str:
    drop = table.casino.art.get(f"/drops/{table.drop_ids[-1]}").must(200)
    return str(drop["count"]["id"])


def _uncounted(table: TableNow) -> None:
    """Closed by force without a count, and opened again: its closing may be adopted."""
    table.open_table()
    table.force_close()
    table.open_table()


def _on_paper(table: TableNow) -> None:
    """Some of it was entered from signed paper, and is marked so."""
    table.open_table()
    casino, now = table.casino, table.when(None)
    paper = {
        "form": "Fill slip, by hand",
        "number": "A-00417",
        "signed_by": ["D. Diaz", "S. Sato", "C. Cole"],
        "reason": "the network was down",
    }
    path = f"{table.path}/fills"
    body = {"chipset": chips("5 black"), "paper": paper}
    casino.sam.post(path, body, at=now, signed=[casino.pat]).must(201)
    body = {"kind": "INTERIM", "chipset": chips(TRAY), "paper": paper}
    path = f"{table.path}/snapshots"
    casino.sam.post(path, body, at=table.when(None), signed=[casino.pat]).must(201)


def _voided(table: TableNow) -> None:
    table.open()
    why = {"reason": "opened at the wrong table"}
    table.casino.pat.post(f"{table.path}/void", why).must(200)


STATES = {
    "idle": _idle,
    "without-box": _without_box,
    "ready": _ready,
    "opening": _opening,
    "counted-again": _counted_again,
    "just-opened": _just_opened,
    "in-play": _in_play,
    "closing": _closing,
    "closing-counted": _closing_counted,
    "rolled-over": _rolled_over,
    "advised": _advised,
    "closed": _closed,
    "arrived": _arrived,
    "counted": _counted,
    "by-force": _by_force,
    "reconciled": _reconciled,
    "final": _final,
    "amended": _amended,
    "uncounted": _uncounted,
    "on-paper": _on_paper,
    "voided": _voided,
}
"""What is done at each table, in the order in which it is done."""


def set_stage(line: Line) -> Stage:
    """A casino of its own with a table in each state."""
    casino = found_today(line, advice={"min_sessions": 1}, telemetry=True)
    tables = {}
    for state, bring_about in STATES.items():
        tables[state] = table_in(casino, code=state.upper())
        bring_about(tables[state])
    _on_a_trip(tables["in-play"])
    _days_before(casino)
    _targets_proposed(casino, tables["advised"], tables["closed"])
    _counts(casino)
    _people_and_things(casino, tables["idle"])
    shift_id = casino.sam.get("/shifts/current").must(200)["id"]
    said = {"remark": "The fill for the pit is on the stairs."}
    path = f"/shifts/{shift_id}/hand-over"
    casino.sam.post(path, said, signed=[casino.sue]).must(201)
    return Stage(casino=casino, tables=tables)


@dataclass(kw_only=True, slots=True)
class TableOfShift(TableNow):
    """A table whose sessions are of a shift that was over hours ago, and are told late."""

    shift_id: str

    def open(self, *, at: str | None = None, shift_id: str | None = None) -> Json:
        return TableNow.open(self, at=at, shift_id=self.shift_id)


def _on_a_trip(table: TableNow) -> None:
    """A drop trip under way, with this table's box on its list."""
    told = {"notified_at": spoken(table.when(None)), "operator": "Sol"}
    asked = {"boxes": [table.code], "surveillance": told}
    table.casino.dora.post("/drop-trips", asked, signed=[table.casino.dex]).must(201)


def _days_before(casino: Casino) -> None:
    """Yesterday is closed, with one table that was not ready; the day before is still to be."""
    today = date.fromisoformat(casino.sam.get("/shifts/current").must(200)["gaming_day"])
    for back in (2, 1):
        day = today - timedelta(days=back)
        last = casino.sam.get("/shifts", gaming_day=str(day)).must(200)["items"][-1]
        for state, bring_about in {"DONE": _reconciled, "LATE": _with_a_void}.items():
            made = table_in(casino, code=f"{state}-{back}").table
            bring_about(TableOfShift(casino=casino, table=made, shift_id=last["id"]))
        if back == 1:
            casino.ana.post(f"/gaming-days/{day}/close").must(200)


def _with_a_void(table: TableNow) -> None:
    """Closed after a fill that came back, and opened once more with something else in the tray."""
    table.open_table()
    slip = table.issue(table.ask_fill("4 black"))
    back = {"reason": "not needed any more", "counted_back": slip["chipset"]}
    casino = table.casino
    casino.cody.post(f"/slips/{slip['id']}/void", back, signed=[casino.sue]).must(200)
    table.close()
    table.open()
    for signed in ([casino.dana], [casino.dana, casino.pat]):
        asked = {"kind": "OPENING", "chipset": chips(SHORT), "reason": "one short"}
        casino.sam.post(f"{table.path}/snapshots", asked, signed=signed).must(200, 201)
    table.close(SHORT)


def _counts(casino: Casino) -> None:
    """A count session with a box entered and others due, one by a file; and a posted one, with a
    slip that was not in its box and a box that nobody was known to have taken."""
    counting, short, loose = (
        table_in(casino, code=each) for each in ("IN-COUNT", "SHORT", "LOOSE")
    )
    for table in (counting, short):
        _arrived(table)
    loose.open_table()
    loose.close()
    posted = _count_session(casino, {short.drop_ids[-1]: short.count_of(90_000)})
    path = f"/count-sessions/{posted}"
    said = {**_entry(loose.count_of(5_000)), "box": loose.code}
    casino.tina.post(f"{path}/boxes", said).must(200)
    casino.casey.post(f"{path}/verifier", {"total_cents": 94_000}).must(200)
    casino.tina.post(f"{path}/post", signed=[casino.tom]).must(200)
    loose.drop()
    manifest = counting.manifest(counting.drop_ids[-1])
    boxes = {counting.drop_ids[-1]: counting.count_of(120_000, evidence=manifest)}
    begun = _count_session(casino, boxes)
    lines = [{"instrument": "CURRENCY", "amount_cents": 100}]
    wrong = [{"code": "BOX_MISSING", "message": "The row names no box.", "place": "line 3"}]
    file = {
        "count_session_id": begun,
        "sha256": "9f2c1f5e",
        "layout": "LINE_PER_DENOMINATION",
        "file_name": "night.csv",
        "boxes": [
            {"box": counting.code, "place": "line 2", "contents": lines},
            {"box": "NOWHERE", "place": "line 3", "contents": [], "wrong": wrong},
        ],
        "rows": [{"place": "line 2", "box": counting.code}, {"place": "line 3", "wrong": wrong[0]}],
    }
    casino.tina.post("/counts/import", file).must(200)
    again = _entry(boxes[counting.drop_ids[-1]])
    path = f"/count-sessions/{begun}/boxes/{counting.drop_ids[-1]}"
    casino.tina.command("PUT", path, again).must(200)


def _count_session(casino: Casino, boxes: Mapping[str, Json]) -> str:
    """A session that Tina and Tom began, with these boxes in it."""
    day = casino.sam.get("/shifts/current").must(200)["gaming_day"]
    asked = {"gaming_day": day, "team": [casino.tina.badge, casino.tom.badge]}
    begun = casino.tina.post("/count-sessions", asked).must(201)
    for drop_id, counted in boxes.items():
        path = f"/count-sessions/{begun['id']}/boxes/{drop_id}"
        casino.tina.command("PUT", path, _entry(counted)).must(200)
    return str(begun["id"])


def _entry(counted: Json) -> Json:
    return {name: counted[name] for name in counted if name not in ("batch_id", "team")}


def _people_and_things(casino: Casino, table: TableNow) -> None:
    """Somebody who left, somebody whose badge is locked, a table out of use, a target proposed."""
    par = {"par_total_cents": worth(TRAY), "effective_from_gaming_day": "2199-01-01"}
    casino.sam.post("/par-policies", {**par, "table_id": table.id}).must(201)
    casino.ada.patch(f"/staff/{casino.drew.id}", {"active": False}).must(200)
    casino.ada.patch(f"/tables/{table.id}", {"status": "inactive"}).must(200)
    fill = casino.sam.all_of("/slips", status="REQUESTED")[0]
    wrong = {**casino.rae.signs(), "pin": "000000"}
    for _ in range(5):
        casino.casey.post(f"/slips/{fill['id']}/issue", signed=[wrong]).must_refuse(
            422, "SIGNATURE_REFUSED"
        )


def _targets_proposed(casino: Casino, advised: TableNow, approved: TableNow) -> None:
    """Advice that waits, with something said to it; a target that was approved."""
    asked = {"kind": "recommend", "table_id": advised.id}
    (proposal,) = casino.pat.post("/par-proposals", asked).must(201)["items"]
    said = {"text": "The tour groups come on Fridays."}
    casino.sam.post(f"/par-proposals/{proposal['id']}/comments", said).must(201)
    par = {"par_total_cents": worth(TRAY), "effective_from_gaming_day": "2199-01-01"}
    other = casino.sam.post("/par-policies", {**par, "table_id": approved.id}).must(201)
    approve = {"effective_from_gaming_day": "2199-01-01"}
    casino.pat.post(f"/par-proposals/{other['id']}/approve", approve).must(200)


def set_imprest_stage(line: Line) -> Stage:
    """An imprest house with one table, counted off par and about to be closed."""
    casino = found_today(line, mode="IMPREST_TO_PAR")
    table = table_in(casino, code="OFF-PAR")
    at_par(table)
    _closing_counted(table)
    return Stage(casino=casino, tables={"off-par": table})


def at_par(table: TableNow, tray: str = TRAY) -> None:
    """From this gaming day on, this tray is the table's target need."""
    casino = table.casino
    day = casino.sam.get("/shifts/current").must(200)["gaming_day"]
    par = {"par_total_cents": worth(tray), "effective_from_gaming_day": day}
    casino.pat.post("/par-policies", {**par, "table_id": table.id}).must(201)
