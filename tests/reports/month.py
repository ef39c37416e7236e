"""A month at four tables, with everything in it that makes a figure hard to add up.

March 2026 in New York: from the last day of February to the first of April, over the night of the
8th in which the clock jumps. Boxes shared by shifts, by gaming days, by two months and by two pits;
slips that were voided, cancelled, left on the way, carried over; sessions voided, closed by force,
final before their count, amended, not final, still open. It is the same each time.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import moment

Json = dict[str, Any]
FEBRUARY, FIRST, LAST, APRIL = (
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 3, 31),
    date(2026, 4, 1),
)
TABLES = {
    "BJ-1": ("PIT 1", "BLACKJACK"),
    "BJ-2": ("PIT 2", "BLACKJACK"),
    "RL-1": ("PIT 1", "ROULETTE"),
    "RL-2": ("PIT 2", "ROULETTE"),
}


def march(day: int) -> date:
    return date(2026, 3, day)


@dataclass(kw_only=True, slots=True)
class Month:
    """The casino and its tables by code, each with what was left in its tray."""

    casino: Casino
    tables: dict[str, AtTable]
    trays: dict[str, str] = field(default_factory=dict)

    def start(self, code: str, day: date, at: str, **more: Any) -> AtTable:
        """In play, with the tray as it was left."""
        self.clock(day, at)
        table = self.tables[code]
        table.open_table(self.tray(code), **more)
        return table

    def tray(self, code: str) -> str:
        return self.trays.get(code, "40 red, 40 green, 60 black")

    def clock(self, day: date, at: str) -> None:
        """It is so late now, at this table: others may have been looked at for later hours."""
        self.casino.now = moment(at, day=day)

    def roll(self, code: str, day: date, at: str, tray: str) -> None:
        self.clock(day, at)
        self.tables[code].roll_over(tray)
        self.trays[code] = tray

    def end(self, code: str, day: date, at: str, tray: str) -> None:
        self.clock(day, at)
        self.tables[code].close(tray)
        self.trays[code] = tray

    def box(self, code: str, cents: int | None) -> None:
        """Its box taken, and counted where an amount is given."""
        table = self.tables[code]
        table.drop()
        table.custody()
        if cents is not None:
            table.soft_count(cents)

    def final(self, code: str) -> None:
        self.tables[code].reconcile()
        self.tables[code].finalize()

    def close_day(self, day: date) -> None:
        """Revenue audit closes the gaming day, the morning after (DAY-1)."""
        self.clock(day + timedelta(days=1), "09:00")
        path = f"/gaming-days/{day}/close"
        self.casino.ana.post(path, at=self.casino.now).must(200)

    def whole(self, code: str, day: date, cents: int, *, tray: str, at: str = "10:00") -> None:
        """Opened, filled, relieved, closed, counted, final, in the hours after `at`."""
        table = self.start(code, day, at)
        table.fill("10 black")
        table.credit("8 green")
        self.casino.tick(3600)
        table.close(tray)
        self.trays[code] = tray
        self.box(code, cents)
        self.final(code)


def play_month() -> Month:
    """The month, from its first fact to its last."""
    casino = found(settings={"finalize_pending_count": True, "hold_limit_points": 5})
    casino.now = moment("06:30", day=FEBRUARY)
    tables = {
        code: a_table(casino, code=code, pit=pit, game_type=game)
        for code, (pit, game) in TABLES.items()
    }
    month = Month(casino=casino, tables=tables)
    for part in (
        _targets,
        _over_the_months_edge,
        _voids,
        _the_night_the_clock_jumps,
        _over_two_days,
        _amended,
        _unknown,
        _final_before_the_count,
        _moved_to_another_pit,
        _the_last_day,
    ):
        part(month)
    return month


def _targets(month: Month) -> None:
    """A target for the house, for a game, and for a table: that one raised in March."""
    for whom, cents, day in (
        ({}, 500_000, FEBRUARY),
        ({"game_type": "ROULETTE"}, 600_000, FEBRUARY),
        ({"table_id": month.tables["BJ-1"].id}, 700_000, FEBRUARY),
        ({"table_id": month.tables["BJ-1"].id}, 720_000, march(10)),
    ):
        asked = {**whom, "par_total_cents": cents, "effective_from_gaming_day": str(day)}
        month.casino.pat.post("/par-policies", asked, at=month.casino.tick()).must(201)


def _over_the_months_edge(month: Month) -> None:
    """A box that serves two shifts of February and one of March; a full day beside it."""
    month.whole("BJ-1", FEBRUARY, 700_000, tray="30 red, 40 green, 60 black")
    month.start("RL-2", FEBRUARY, "12:00")
    month.roll("RL-2", FEBRUARY, "14:10", "20 red, 40 green, 60 black")
    month.end("RL-2", FEBRUARY, "21:00", "50 green, 50 black")
    month.whole("BJ-1", FIRST, 650_000, tray="25 red, 60 green, 40 black")
    month.start("RL-2", FIRST, "08:00").fill("5 black")
    month.end("RL-2", FIRST, "13:00", "45 green, 60 black")
    month.box("RL-2", 910_000)
    month.final("RL-2")
    month.start("RL-1", FIRST, "09:00").fill("20 green")
    month.roll("RL-1", FIRST, "14:05", "40 red, 50 green, 40 black")
    month.tables["RL-1"].credit("4 black")
    month.roll("RL-1", FIRST, "22:05", "40 red, 50 green, 30 black")
    month.end("RL-1", FIRST, "03:00", "10 red, 50 green, 35 black")
    month.box("RL-1", 820_000)
    month.final("RL-1")


def _voids(month: Month) -> None:
    """A voided fill, a cancelled request, a box that was full; a session opened by mistake."""
    casino, day = month.casino, march(5)
    month.close_day(FIRST)
    table = month.start("BJ-2", day, "15:00")
    slip = table.issue(table.ask_fill("20 black"))
    said = {"reason": "torn", "counted_back": slip["chipset"]}
    casino.casey.post(
        f"/slips/{slip['id']}/void", said, at=casino.tick(), signed=[casino.sue]
    ).must(200)
    asked = table.ask_fill("7 black")
    casino.sam.post(f"/slips/{asked['id']}/cancel", {"reason": "the rush"}, at=casino.tick()).must(
        200
    )
    table.credit("12 green")
    table.drop(kind="UNSCHEDULED")
    table.custody()
    table.soft_count(300_000)
    table.fill("15 black")
    month.end("BJ-2", day, "21:30", "60 red, 40 green, 55 black")
    month.box("BJ-2", 250_000)
    month.final("BJ-2")
    wrong = month.start("BJ-1", day, "16:00")
    casino.pat.post(f"{wrong.path}/void", {"reason": "another table"}, at=casino.tick()).must(200)
    month.whole("BJ-1", day, 400_000, tray="25 red, 30 green, 44 black", at="16:30")


def _the_night_the_clock_jumps(month: Month) -> None:
    """GRAVE of the 7th is seven hours long: a fill before the jump, a credit after it.

    At another table a fill is carried over; its box came to two sums, and nobody has said why.
    """
    day = march(7)
    table = month.start("BJ-1", day, "22:30")
    table.fill("6 black", at=None)
    month.clock(day, "01:50")
    table.fill("9 black")
    month.clock(day, "03:10")
    table.credit("5 black")
    month.end("BJ-1", day, "05:30", "25 red, 30 green, 50 black")
    month.box("BJ-1", 380_000)
    month.final("BJ-1")
    rolled = month.start("RL-1", day, "15:00")
    carried = rolled.issue(rolled.ask_fill("11 black"))
    month.roll("RL-1", day, "22:10", "10 red, 60 green, 20 black")
    rolled.verify_fill(carried)
    month.end("RL-1", day, "04:00", "10 red, 60 green, 40 black")
    month.box("RL-1", None)
    rolled.soft_count(505_000, second_count_cents=504_900)


def _over_two_days(month: Month) -> None:
    """Three shifts of two gaming days and one box."""
    month.start("RL-2", march(8), "18:00").fill("10 black")
    month.roll("RL-2", march(8), "22:15", "45 green, 65 black")
    month.roll("RL-2", march(9), "06:10", "45 green, 70 black")
    month.tables["RL-2"].credit("10 black")
    month.end("RL-2", march(9), "12:00", "45 green, 61 black")
    month.box("RL-2", 777_000)
    month.final("RL-2")
    month.whole("BJ-1", march(8), 290_000, tray="25 red, 32 green, 50 black")


def _amended(month: Month) -> None:
    """A session and a drop group, final, and counted again after their day was closed."""
    casino, day = month.casino, march(12)
    month.whole("BJ-2", day, 610_000, tray="60 red, 40 green, 50 black")
    month.start("RL-1", day, "09:00")
    month.roll("RL-1", day, "14:20", "10 red, 60 green, 44 black")
    month.end("RL-1", day, "20:00", "10 red, 60 green, 30 black")
    month.box("RL-1", 450_000)
    month.final("RL-1")
    month.close_day(day)
    month.clock(march(14), "09:00")
    for code, cents in (("BJ-2", 612_000), ("RL-1", 449_000)):
        table = month.tables[code]
        count = casino.tina.get(f"/drops/{table.drop_ids[-1]}").must(200)["count"]
        table.soft_count(cents, supersedes=count["id"], reason="counted again")
        table.amend()


def _unknown(month: Month) -> None:
    """A box not counted, and a table cleared by force with a fill on its way."""
    day = march(15)
    month.start("RL-1", day, "10:00").fill("3 black")
    month.end("RL-1", day, "13:00", "10 red, 60 green, 30 black")
    month.box("RL-1", None)
    table = month.start("BJ-2", day, "11:00")
    table.credit("5 black")
    table.issue(table.ask_fill("6 black"))
    table.force_close()
    month.trays["BJ-2"] = "45 black"
    month.clock(march(17), "09:00")
    (missing,) = month.casino.ana.all_of("/exceptions", kind="MISSING_CLOSING_COUNT")
    said = {"reason_code": "OTHER", "narrative": "the fire alarm: nobody could count"}
    path = f"/exceptions/{missing['id']}/resolve"
    month.casino.ana.post(path, said, at=month.casino.now).must(200)


def _final_before_the_count(month: Month) -> None:
    """Without waiting for the count: a session alone, one of a group, and one amended since."""
    casino, day = month.casino, march(20)
    for code, cents in (("RL-1", 111_000), ("BJ-1", 222_000)):
        table = month.start(code, day, "10:00")
        month.end(code, day, "13:00", month.tray(code))
        table.finalize(pending_count=True)
        month.box(code, cents)
    month.tables["BJ-1"].amend("the count came")
    shared = month.start("RL-2", day, "10:00")
    first = shared.session_id
    month.roll("RL-2", day, "14:10", month.tray("RL-2"))
    month.end("RL-2", day, "16:00", month.tray("RL-2"))
    casino.ana.post(f"/sessions/{first}/finalize", {"pending_count": True}, at=casino.tick()).must(
        200
    )
    month.box("RL-2", 333_000)


def _moved_to_another_pit(month: Month) -> None:
    """Rolled from one gaming day into the next, on which the table stands in another pit."""
    table = month.start("RL-1", march(24), "23:00")
    month.clock(march(25), "06:10")
    path = f"/tables/{table.id}"
    month.casino.ada.patch(path, {"pit": "PIT 2"}, at=month.casino.now).must(200)
    month.roll("RL-1", march(25), "06:20", month.tray("RL-1"))
    month.end("RL-1", march(25), "12:00", month.tray("RL-1"))
    month.box("RL-1", 199_000)
    month.final("RL-1")


def _the_last_day(month: Month) -> None:
    """The month ends with a table in play, and one that was prepared and never opened."""
    month.whole("BJ-1", LAST, 505_000, tray="25 red, 32 green, 48 black")
    month.clock(LAST, "07:00")
    month.tables["RL-1"].prepare()
    table = month.start("BJ-2", LAST, "23:00")
    table.fill("10 black")
    table.issue(table.ask_fill("4 black"))
    month.whole("BJ-1", APRIL, 600_000, tray="25 red, 32 green, 52 black")
