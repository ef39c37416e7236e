"""Whatever is published, by whichever door: days that have begun and open sessions keep their par.

A house is run through as many days as it takes: pars are set, approved and imported for any table,
game or the house, tables open and close, and change what is dealt. Every answer about par is held
against an oracle that knows only what was accepted, and what was once true of a day stays true.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.domain.par_oracle import holds, on_top
from tests.say import DAY, moment

FIRST, LAST = -2, 4
"""The gaming days that are looked at, counted from the first one."""
BOUND = ("need_total_cents", "par_policy_id", "table_bank_mode")
GAMES = ("BLACKJACK", "CRAPS")

which = st.integers(0, 2)
offsets = st.integers(FIRST, 3)
cents = st.none() | st.integers(0, 9)
subjects = st.one_of(which, st.sampled_from(GAMES), st.none())


def on(offset: int) -> date:
    return DAY + timedelta(days=offset)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as it was accepted."""

    id: UUID
    table_id: UUID | None
    game_type: str | None
    effective_from_gaming_day: date
    cents: int | None


class Reach(NamedTuple):
    """Whom a row is for."""

    table_id: str | None
    game_type: str | None


class House(RuleBasedStateMachine):
    """Par policy and the floor beside it, with everything that was ever true of a day kept."""

    casino: Casino

    @initialize()
    def begin(self) -> None:
        self.casino = found()
        self.today = 0
        self.casino.now = moment("12:00")
        self.tables = [a_table(self.casino, game_type=GAMES[nth % 2]) for nth in range(3)]
        self.dealt = {table.id: [(on(FIRST), GAMES[nth % 2])] for nth, table in self._each()}
        self.written: list[Row] = []
        self.played: set[str] = set()
        self.bound: dict[str, dict[str, Any]] = {}
        self.kept: dict[tuple[str, int], Any] = {}

    def _each(self) -> list[tuple[int, AtTable]]:
        return list(enumerate(self.tables))

    # -- what happens ----------------------------------------------------------------------------

    @rule()
    def a_day_passes(self) -> None:
        """A simulated casino's clock moves with what it is told (TIME-5)."""
        if self.today < LAST:
            self.today += 1
            self.casino.now += timedelta(days=1)
            told = {"name": f"The house on day {self.today}"}
            self.casino.ada.patch("/casino", told, at=self.casino.now).must(200)
            self.look()

    @rule(nth=which)
    def a_table_opens(self, nth: int) -> None:
        table = self.tables[nth]
        if table.session_id:
            return
        opened = table.open()
        self.played.add(table.id)
        self.bound[opened["id"]] = {name: opened[name] for name in BOUND}
        row = self._oracle(table.id, self.today)
        assert opened["par_policy_id"] == (str(row.id) if row else None)
        assert opened["need_total_cents"] == (row.cents if row else None)
        self.look()

    @rule(nth=which)
    def a_table_closes(self, nth: int) -> None:
        table = self.tables[nth]
        if table.session_id:
            table.force_close()
            table.session_id = ""

    @rule(nth=which, game=st.sampled_from(GAMES))
    def another_game_is_dealt(self, nth: int, game: str) -> None:
        """From today on; what today's par is follows the game, earlier days do not."""
        table = self.tables[nth]
        path = f"/tables/{table.id}"
        self.casino.ada.patch(path, {"game_type": game}, at=self.casino.tick()).must(200)
        self.dealt[table.id].append((on(self.today), game))
        self.kept.pop((table.id, self.today), None)
        self.look()

    @rule(subject=subjects, offset=offsets, amount=cents)
    def a_par_is_set(self, subject: int | str | None, offset: int, amount: int | None) -> None:
        reach = self._reach(subject)
        asked = {
            **{name: each for name, each in reach._asdict().items() if each is not None},
            "par_total_cents": amount,
            "effective_from_gaming_day": str(on(offset)),
        }
        answer = self.casino.pat.post("/par-policies", asked, at=self.casino.tick())
        if self._must_be_refused(reach, offset):
            answer.must_refuse(422, "EFFECTIVE_DAY_PASSED", earliest=str(on(self.today + 1)))
        else:
            self._accept(reach, offset, amount, policy_id=answer.must(201)["id"])
        self.look()

    @rule(subject=subjects, offset=offsets, amount=cents)
    def a_proposal_is_approved(
        self, subject: int | str | None, offset: int, amount: int | None
    ) -> None:
        reach = self._reach(subject)
        asked = {
            **{name: each for name, each in reach._asdict().items() if each is not None},
            "par_total_cents": amount,
            "effective_from_gaming_day": str(on(LAST + 1)),
        }
        proposal = self.casino.sam.post("/par-policies", asked, at=self.casino.tick()).must(201)
        path = f"/par-proposals/{proposal['id']}/approve"
        day = {"effective_from_gaming_day": str(on(offset))}
        answer = self.casino.pat.post(path, day, at=self.casino.tick())
        if self._must_be_refused(reach, offset):
            answer.must_refuse(422, "EFFECTIVE_DAY_PASSED")
        else:
            self._accept(reach, offset, amount, policy_id=answer.must(200)["policy_id"])
        self.look()

    @rule(nth=which, offset=offsets, amount=st.integers(0, 9))
    def a_sheet_is_imported(self, nth: int, offset: int, amount: int) -> None:
        table = self.tables[nth]
        reach = Reach(table.id, None)
        last = on_top(self.written, day=on(offset)).get((UUID(table.id), None))
        asked = {
            "rows": [{"table_code": table.code, "need_cents": amount}],
            "effective_from_gaming_day": str(on(offset)),
        }
        answer = self.casino.pat.post("/par-sheets", asked, at=self.casino.tick())
        if last is not None and last.cents == amount:
            assert answer.must(200)["policies"] == 0, "it says what is on record already"
        elif self._must_be_refused(reach, offset):
            told = answer.must_refuse(422, "SHEET_NOT_IMPORTED")
            assert [each["code"] for each in told["errors"]] == ["EFFECTIVE_DAY_PASSED"]
        else:
            assert answer.must(200)["policies"] == 1
            row = self.casino.pat.all_of("/par-policies", table_id=table.id)[-1]
            self._accept(reach, offset, amount, policy_id=row["id"])
        self.look()

    def _accept(self, reach: Reach, offset: int, amount: int | None, *, policy_id: str) -> None:
        self.written.append(
            Row(
                id=UUID(policy_id),
                table_id=UUID(reach.table_id) if reach.table_id else None,
                game_type=reach.game_type,
                effective_from_gaming_day=on(offset),
                cents=amount,
            )
        )

    # -- what must be true -----------------------------------------------------------------------

    def _reach(self, subject: int | str | None) -> Reach:
        if isinstance(subject, int):
            return Reach(self.tables[subject].id, None)
        return Reach(None, subject)

    def _game(self, table_id: str, offset: int) -> str:
        return [game for since, game in self.dealt[table_id] if since <= on(offset)][-1]

    def _must_be_refused(self, reach: Reach, offset: int) -> bool:
        """PAR-3: it would reach a table that has played, on a day that has begun."""
        return any(
            (reach.table_id in (None, table_id))
            and (reach.game_type in (None, self._game(table_id, day)))
            for table_id in self.played
            for day in range(offset, self.today + 1)
        )

    def _oracle(self, table_id: str, offset: int) -> Row | None:
        game = self._game(table_id, offset)
        return holds(self.written, table_id=UUID(table_id), game_type=game, day=on(offset))

    def look(self) -> None:
        """Today's par on every list, every day's by itself, and every session as it was opened."""
        listed = {each["id"]: each for each in self.casino.pat.all_of("/tables")}
        shown = {each["id"]: each for each in self.casino.pat.get("/floor").must(200)["items"]}
        for _, table in self._each():
            row = self._oracle(table.id, self.today)
            par = row.cents if row else None
            assert listed[table.id]["par_total_cents"] == par
            assert shown[table.id]["par_total_cents"] == par
        for table_id in self.played:
            for offset in range(FIRST, self.today + 1):
                told = self._told(table_id, offset)
                assert self.kept.setdefault((table_id, offset), told) == told, "the past moved"
        for session in self.casino.pat.all_of("/sessions"):
            assert {name: session[name] for name in BOUND} == self.bound[session["id"]]

    def _told(self, table_id: str, offset: int) -> Any:
        path = f"/tables/{table_id}/par"
        par = self.casino.pat.get(path, gaming_day=str(on(offset))).must(200)
        row = self._oracle(table_id, offset)
        assert par["policy_id"] == (str(row.id) if row else None)
        assert par["par_total_cents"] == (row.cents if row else None)
        return par

    def teardown(self) -> None:
        """Days to come too, of every table, by the oracle alone."""
        for _, table in self._each() if hasattr(self, "tables") else ():
            for offset in range(FIRST, LAST + 1):
                if offset > self.today or table.id not in self.played:
                    self._told(table.id, offset)


class TestHouse(House.TestCase):  # type: ignore[misc, name-defined]
    """PAR-2, PAR-3, PAR-9, SESS-3, BASE-7: by every door that writes policy and reads it."""

    settings = settings(max_examples=12, stateful_step_count=24, deadline=None)
