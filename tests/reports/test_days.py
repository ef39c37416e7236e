"""Random days at two tables against a notebook kept by hand: rundowns, shifts and windows.

Across both clock changes, with counts in between and left out, fills and credits before and after
counts, boxes shared, taken and not counted, targets edited, a table taken out of service at the end
(BASE-1 to BASE-7, RUN-1, BOX-6, SHIFT-1, TIME-2, LESSON-9, LESSON-12, LESSON-14).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.reports.notebook import HOUSE, Notebook, Sitting, Taken, shift_then

CHIP = 100
SPRING, AUTUMN, SUMMER = date(2026, 3, 7), date(2026, 10, 31), date(2026, 6, 5)
"""The gaming days before the clock goes forward and back, and one with no change near."""
BLIND_SPOT = timedelta(seconds=30)

Move = tuple[str, int, int, bool]
moves = st.lists(
    st.tuples(
        st.sampled_from(
            ("roll", "close", "count", "fill", "credit", "drop", "par", "force", "open", "count")
        ),
        st.integers(10, 400),
        st.integers(1, 400).map(lambda dollars: dollars * CHIP),
        st.booleans(),
    ),
    min_size=4,
    max_size=13,
)


def stack(cents: int) -> dict[str, int]:
    return {str(CHIP): cents // CHIP} if cents else {}


class Days:
    """A table played move by move; what cannot be done now is left out."""

    def __init__(self, casino: Casino, begins: datetime, *, par: int | None) -> None:
        self.casino, self.now = casino, begins
        self.table: AtTable = a_table(casino)
        self.book = Notebook()
        self.tray = 100_000
        self.since_box = 0
        self.live = False
        self.gone: date | None = None
        if par is not None:
            self._set_par(par, shift_then(begins)[0])

    def _set_par(self, cents: int, day: date) -> None:
        self.casino.pat.post(
            "/par-policies",
            {
                "table_id": self.table.id,
                "par_total_cents": cents,
                "effective_from_gaming_day": str(day),
            },
            at=self.casino.tick(),
        ).must(201)
        self.book.pars.append((day, cents))

    def is_gone_by(self, start: datetime) -> bool:
        """Whether the table was out of service by then, and nothing of it in play any more."""
        day, last = shift_then(start)[0], self.book.sittings[-1]
        if self.gone is None or last.ended is None or last.ended > start:
            return False
        return day > self.gone or (day == self.gone and last.day < day)

    def play(self, move: Move) -> None:
        what, minutes, amount, flag = move
        self.now += timedelta(minutes=minutes)
        self.casino.now = self.now
        if what == "par":
            self._set_par(amount, shift_then(self.now)[0] + timedelta(days=1 if flag else 2))
        elif what == "drop":
            self._drop(amount, is_counted=flag)
        elif not self.live:
            if what in ("open", "roll", "count"):
                self._open()
        elif what in ("fill", "credit"):
            self._slip(what, amount)
        elif what == "count":
            self.tray = amount
            self._counted("INTERIM")
        elif what == "roll":
            self._roll(amount)
        elif what == "close":
            self._close(amount)
        elif what == "force" and flag:
            ended = self.table.force_close()
            self.book.sittings[-1].ended = instant(ended["closed_at"])
            self.live = False

    def _open(self) -> None:
        before = self.book.sittings[-1] if self.book.sittings else None
        if before is not None and before.closer is not None:
            self.tray = before.closer
        session = self.table.open_table(stack(self.tray))
        self._sit_down(session)
        self.live = True

    def _sit_down(self, session: dict[str, Any]) -> None:
        opened = instant(session["opened_at"])
        self.book.sittings.append(
            Sitting(
                id=session["id"],
                day=date.fromisoformat(session["gaming_day"]),
                shift=session["shift_code"] if "shift_code" in session else self._shift(session),
                opened=opened,
                counts=[(opened, session["opening"]["total_cents"])],
            )
        )

    def _shift(self, session: dict[str, Any]) -> str:
        day = session["gaming_day"]
        shifts = self.casino.sam.get(f"/shifts?gaming_day={day}").must(200)["items"]
        return str(next(each["code"] for each in shifts if each["id"] == session["shift_id"]))

    def _counted(self, kind: str) -> None:
        told = self.table.count(kind, stack(self.tray))
        self.book.sittings[-1].counts.append((instant(told["occurred_at"]), told["total_cents"]))

    def _slip(self, what: str, amount: int) -> None:
        sitting = self.book.sittings[-1]
        slip = self.table.fill if what == "fill" else self.table.credit
        done = self.casino.sam.get(f"/slips/{slip(f'{amount // CHIP} white')['id']}").must(200)
        mine = sitting.fills if what == "fill" else sitting.credits
        mine.append((instant(done["tray_instant"]), amount))

    def _roll(self, amount: int) -> None:
        before = self.book.sittings[-1]
        self.table.roll_over(stack(amount))
        session = self.table.session()
        before.ended = instant(session["opened_at"])
        before.closer = amount
        before.counts.append((before.ended, amount))
        self._sit_down(session)

    def _close(self, amount: int) -> None:
        closed = self.table.close(stack(amount))
        sitting = self.book.sittings[-1]
        sitting.ended = instant(closed["closing"]["occurred_at"])
        sitting.closer = amount
        sitting.counts.append((sitting.ended, amount))
        self.live = False

    def _drop(self, amount: int, *, is_counted: bool) -> None:
        last = len(self.book.sittings) - 1
        if last < self.since_box:
            return
        self.table.drop()
        if is_counted:
            self.table.custody()
            self.table.soft_count(amount)
        taken = Taken(first=self.since_box, last=last, cents=amount if is_counted else None)
        self.book.taken.append(taken)
        self.since_box = last + 1

    def retire(self) -> None:
        """Closed with an empty tray and taken out of service for good."""
        self.now += timedelta(minutes=20)
        self.casino.now = self.now
        if not self.live:
            self._open()
        self.now += timedelta(minutes=20)
        self.casino.now = self.now
        self._close(0)
        self.casino.ada.patch(
            f"/tables/{self.table.id}", {"status": "closed"}, at=self.casino.tick()
        ).must(200)
        self.gone = shift_then(self.now)[0]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def wire(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def check_sessions(days: Days) -> None:
    """RUN-1, BOX-6: each session's change and result, each group's result."""
    casino, book = days.casino, days.book
    for place, sitting in enumerate(book.sittings):
        told = casino.ana.get(f"/sessions/{sitting.id}/rundown").must(200)
        assert told["before_drop_cents"] == book.change_of(place)
        group = book.together(place)
        if len(group) == 1:
            assert told["table_win_cents"] == book.result_of(group)
        else:
            assert told["table_win_cents"] is None
            whole = casino.ana.get(f"/drop-groups/{told['group_id']}/rundown").must(200)
            assert whole["table_win_cents"] == book.result_of(group)
            assert len(whole["members"]) == len(group)


def check_shift(casino: Casino, tables: Sequence[Days], shift: dict[str, Any]) -> None:
    """SHIFT-1: the sum of the shift's own sessions; BASE-2: its windows, table by table."""
    day, code = date.fromisoformat(shift["gaming_day"]), shift["code"]
    results: list[int | None] = []
    for days in tables:
        sittings = days.book.sittings
        ours = [n for n, each in enumerate(sittings) if (each.day, each.shift) == (day, code)]
        results += days.book.results_of(ours)
    totals = casino.ana.get(f"/shifts/{shift['id']}/summary").must(200)["totals"]
    assert totals["known_cents"] == sum(each for each in results if each is not None)
    assert totals["win_cents"] == (None if None in results else totals["known_cents"])
    start, end = instant(shift["starts_at"]), instant(shift["ends_at"])
    rows = casino.ana.get(f"/win-loss?shift_id={shift['id']}").must(200)["items"]
    for days in tables:
        told = days.book.shift(day, code, start, end)
        row = next((each for each in rows if each["table_id"] == days.table.id), None)
        if row is None:
            assert days.is_gone_by(start)
        else:
            _same(told, row)


def _same(told: Any, row: dict[str, Any]) -> None:
    assert row["opening_bankroll_cents"] == told.opening, row
    assert row["opening_source"] == told.source, row
    assert row["closing_bankroll_cents"] == told.closing, row
    assert row["before_drop_cents"] == told.change, row
    assert row["win_loss_cents"] == told.win, row


def check_windows(casino: Casino, tables: Sequence[Days], data: st.DataObject) -> None:
    """BASE-1, BASE-3 to BASE-5: windows from anywhere to anywhere."""
    instants = sorted(
        at + beside
        for days in tables
        for each in days.book.sittings
        for at, _ in (*each.counts, *each.fills, *each.credits)
        for beside in (-BLIND_SPOT, timedelta(), BLIND_SPOT)
    )
    for _ in range(6):
        start = data.draw(st.sampled_from(instants))
        end = data.draw(st.sampled_from([each for each in instants if each >= start]))
        query = f"start={wire(start)}&end={wire(end)}"
        rows = casino.ana.get(f"/win-loss?{query}").must(200)["items"]
        for days in tables:
            row = next((each for each in rows if each["table_id"] == days.table.id), None)
            if row is None:
                assert days.is_gone_by(start)
            else:
                _same(days.book.window(start, end), row)


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    st.sampled_from((SPRING, AUTUMN, SUMMER)),
    st.tuples(moves, moves),
    st.tuples(*[st.sampled_from((None, 150_000))] * 2),
    st.booleans(),
    st.data(),
)
def test_random_days_are_what_a_notebook_says(
    day: date,
    planned: tuple[list[Move], list[Move]],
    pars: tuple[int | None, int | None],
    retired: bool,
    data: st.DataObject,
) -> None:
    """RUN-1, SHIFT-1, BASE-1 to BASE-7: whatever happened, on screen is what is in the notebook."""
    begins = datetime(day.year, day.month, day.day, 7, 5, tzinfo=HOUSE).astimezone(UTC)
    casino = found(settings={"custody_steps": ["REMOVED", "ARRIVED"]})
    casino.now = begins - timedelta(minutes=1)
    tables = [Days(casino, begins, par=par) for par in pars]
    for days, plan in zip(tables, planned, strict=True):
        days.play(("open", 1, CHIP, False))
        for move in plan:
            days.play(move)
    if retired:
        tables[0].retire()
    for days in tables:
        assert (days.book.sittings[0].day, days.book.sittings[0].shift) == (day, "DAY")
        check_sessions(days)
    for each in sorted({s.day for days in tables for s in days.book.sittings}):
        for shift in casino.ana.get(f"/shifts?gaming_day={each}").must(200)["items"]:
            check_shift(casino, tables, shift)
    check_windows(casino, tables, data)
