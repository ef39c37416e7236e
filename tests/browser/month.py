"""Four weeks at two tables, always the same: what the pictures of the advice show.

One table is filled more often than the house wants, and busier on Fridays and Saturdays; advice on
it waits. On the other it was taken after two weeks. One session was closed by force with a slip on
the way: what it was filled with nobody knows.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from tests.at_table import AtTable, a_table
from tests.browser.scene import NAME
from tests.browser.today import PASSWORD
from tests.cast import Casino, found
from tests.line import Line
from tests.say import DAY, dollars

TRAY = "60 red, 80 green, 60 black"
STACKS = ("20 black", "30 black", "10 black, 20 green", "40 green")
DAYS, TAKEN_AFTER, FORCED = 28, 14, (9, 2)
WEEKEND = (4, 5)


@dataclass(kw_only=True)
class Month:
    """The casino, and the page of the advice that waits."""

    casino: Casino
    proposal: str


def set_month(line: Line) -> Month:
    """Play four weeks, three shifts a day."""
    casino = found(line=line, password=PASSWORD)
    casino.ada.patch("/casino", {"name": NAME}).must(200)
    dice = Random(7)
    busy, helped = (a_table(casino, code=code, pit="Pit 1") for code in ("BJ-04", "BJ-05"))
    for table, par in ((busy, "9,000"), (helped, "8,300")):
        _target(table, dollars(par))
    first = casino.now + timedelta(minutes=15)
    for day in range(DAYS):
        if day == TAKEN_AFTER:
            _taken(helped, day)
        for shift in range(3):
            began = casino.now = max(casino.now, first + timedelta(days=day, hours=8 * shift))
            weekend = (DAY + timedelta(days=day)).weekday() in WEEKEND
            _shift(busy, dice, often=0.5 if weekend else 0.2, is_forced=(day, shift) == FORCED)
            casino.now = max(casino.now, began + timedelta(hours=2))
            _shift(helped, dice, often=0.45 if day < TAKEN_AFTER else 0.1)
    (waiting,) = _asked(busy)
    for who, text in (
        (casino.sam, "The tour groups come on Fridays and Saturdays."),
        (casino.cam, "There is black enough for it, green not before Thursday."),
    ):
        path = f"/par-proposals/{waiting['id']}/comments"
        who.post(path, {"text": text}, at=casino.tick(60)).must(201)
    return Month(casino=casino, proposal=f"/settings/targets/{waiting['id']}")


def _shift(table: AtTable, dice: Random, *, often: float, is_forced: bool = False) -> None:
    if table.session_id:
        table.roll_over(TRAY)
    else:
        table.open_table(TRAY)
    for _ in range(sum(dice.random() < often for _ in range(4))):
        table.casino.tick(1_200)
        table.fill(dice.choice(STACKS))
    if is_forced:
        table.issue(table.ask_fill("20 black"))
        table.force_close()
        table.session_id = ""


def _target(table: AtTable, cents: int) -> None:
    casino = table.casino
    asked = {
        "table_id": table.id,
        "par_total_cents": cents,
        "effective_from_gaming_day": str(DAY),
    }
    casino.pat.post("/par-policies", asked, at=casino.now).must(201)


def _asked(table: AtTable) -> list[dict[str, str]]:
    casino = table.casino
    asked = {"kind": "recommend", "table_id": table.id}
    made: list[dict[str, str]] = casino.sam.post("/par-proposals", asked, at=casino.tick()).must(
        201
    )["items"]
    return made


def _taken(table: AtTable, day: int) -> None:
    (proposal,) = _asked(table)
    effective = {"effective_from_gaming_day": str(DAY + timedelta(days=day))}
    path = f"/par-proposals/{proposal['id']}/approve"
    table.casino.pat.post(path, effective, at=table.casino.tick()).must(200)
