"""A session's life as a machine: whatever is tried in whatever order, only allowed moves happen."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tablebank.domain.boxes import members
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.lifecycle import status_of
from tablebank.domain.opening import live_session
from tablebank.domain.refusals import Refused
from tablebank.domain.settings import Settings
from tablebank.domain.terms import LIVE, BankMode, DropState, Phase, RemovalType, SlipKind
from tests.domain.cast import DANA, PAT, SAM, worth
from tests.domain.floor import CLOSING, INTERIM, OPENING, Floor

MOVES: dict[Phase | None, set[Phase]] = {
    None: {Phase.READY_TO_OPEN, Phase.OPENING, Phase.OPEN},
    Phase.READY_TO_OPEN: {Phase.OPENING, Phase.OPEN, Phase.VOIDED},
    Phase.OPENING: {Phase.OPEN, Phase.CLOSED, Phase.VOIDED},
    Phase.OPEN: {Phase.CLOSING, Phase.CLOSED, Phase.VOIDED},
    Phase.CLOSING: {Phase.CLOSED},
    Phase.CLOSED: {Phase.RECONCILED, Phase.FINALIZED},
    Phase.RECONCILED: {Phase.FINALIZED},
    Phase.FINALIZED: set(),
    Phase.VOIDED: set(),
}
"""From where to where in one step; out of nothing and out of READY_TO_OPEN straight to OPEN only by
a roll-over."""

BOUND = (
    "ordinal",
    "sequence",
    "need_total_cents",
    "par_policy_id",
    "previous_session_id",
    "table_code",
    "pit",
    "game_type",
    "limits",
)
KEPT = ("snapshots", "trials", "steps", "hands", "removals", "custody", "counts", "reports")
"""What is only ever added to."""

trays = st.sampled_from([worth(100_000), worth(90_000), "4 green"])
which = st.integers(0, 9)


class Life(RuleBasedStateMachine):
    """Everybody tries everything; the domain says no where it must."""

    @initialize(
        mode=st.sampled_from(BankMode),
        pending=st.booleans(),
        par_cents=st.none() | st.just(100_000),
    )
    def found(self, mode: BankMode, pending: bool, par_cents: int | None) -> None:
        self.floor = Floor(
            mode=mode, par_cents=par_cents, settings=Settings(finalize_pending_count=pending)
        )
        for code in range(40):
            self.floor.register(f"R{code}")
        self.boxes = 0

    def tried(self, step: Callable[[], object]) -> None:
        """A step that is refused changes nothing; one that is not is an allowed move (SESS-6)."""
        before = self.floor.facts
        try:
            step()
        except Refused:
            assert self.floor.facts == before
        self._moved_as_allowed(before, self.floor.facts)

    def _moved_as_allowed(self, before: TableFacts, now: TableFacts) -> None:
        known = {session.id: session for session in before.sessions}
        for session in now.sessions:
            old = known.get(session.id)
            if old is None or old.phase != session.phase:
                assert session.phase in MOVES[old.phase if old else None]
            if old and old.ordinal is not None:
                for name in BOUND:
                    assert getattr(session, name) == getattr(old, name)
                assert old.table_bank_mode in (BankMode.UNKNOWN, session.table_bank_mode)
        for place in KEPT:
            assert getattr(now, place)[: len(getattr(before, place))] == getattr(before, place)

    def one(self, records: Iterable[Any], pick: int) -> Any:
        listed = list(records)
        return listed[pick % len(listed)] if listed else None

    def a_session(self, pick: int, *likely: Phase) -> UUID | None:
        """Mostly one in a likely phase, now and then any."""
        everyone = self.floor.facts.sessions
        fitting = [each for each in everyone if each.phase in likely]
        session = self.one(fitting if fitting and pick else everyone, pick)
        return session.id if session else None

    # -- the session ---------------------------------------------------------------------------

    @rule(shift=st.sampled_from(["DAY", "SWING", "GRAVE"]))
    def prepare(self, shift: str) -> None:
        self.tried(lambda: self.floor.prepare(shift))

    @rule(pick=which)
    def open(self, pick: int) -> None:
        if session := self.a_session(pick, Phase.READY_TO_OPEN):
            self.tried(lambda: self.floor.open(session))

    @rule(tray=trays)
    def come_into_play(self, tray: str) -> None:
        """Without detours: whatever is ready is opened, whoever must sign signs."""
        floor = self.floor
        if live_session(floor.facts) is None:
            self.tried(lambda: floor.prepare("DAY"))
            ready = self.a_session(1, Phase.READY_TO_OPEN)
            if ready and floor.mounted:
                self.tried(lambda: floor.open(ready))
        for _ in range(2):
            if opening := self._in_phase(Phase.OPENING):
                self.tried(
                    lambda: floor.count(
                        OPENING, tray, DANA, PAT, session=opening.id, reason="counted twice"
                    )
                )

    def _in_phase(self, phase: Phase) -> Session | None:
        return next((each for each in self.floor.facts.sessions if each.phase == phase), None)

    @rule(tray=trays)
    def go_home(self, tray: str) -> None:
        """Without detours: whoever is in play closes, the box is taken and counted."""
        floor = self.floor
        if self._in_phase(Phase.OPEN):
            self.tried(floor.begin)
        if self._in_phase(Phase.CLOSING):
            self.tried(lambda: floor.count(CLOSING, tray, reason="again"))
            self.tried(lambda: floor.close(by=PAT, reason="as it is"))
            self.remove(RemovalType.SCHEDULED, True, 0)
            for removal in floor.facts.removals:
                self.tried(lambda removal=removal: floor.count_box(removal.id, 12_300))

    @rule(tray=trays, managed=st.booleans(), pick=which)
    def count_opening(self, tray: str, managed: bool, pick: int) -> None:
        if session := self.a_session(pick, Phase.OPENING):
            others = (DANA, PAT) if managed else (DANA,)
            reason = "counted twice" if managed else None
            self.tried(
                lambda: self.floor.count(OPENING, tray, *others, session=session, reason=reason)
            )

    @rule(tray=trays, what=st.sampled_from([INTERIM, CLOSING]), pick=which)
    def count_again(self, tray: str, what: Any, pick: int) -> None:
        likely = Phase.OPEN if what == INTERIM else Phase.CLOSING
        if session := self.a_session(pick, likely):
            self.tried(lambda: self.floor.count(what, tray, session=session, reason="again"))

    @rule(pick=which)
    def begin(self, pick: int) -> None:
        if session := self.a_session(pick, Phase.OPEN):
            self.tried(lambda: self.floor.begin(session))

    @rule(managed=st.booleans())
    def close(self, managed: bool) -> None:
        if self.floor.facts.sessions:
            by, reason = (PAT, "as it is") if managed else (SAM, None)
            self.tried(lambda: self.floor.close(by=by, reason=reason))

    @rule()
    def force(self) -> None:
        if self.floor.facts.sessions:
            self.tried(self.floor.force)

    @rule(tray=trays)
    def roll_over(self, tray: str) -> None:
        if self.floor.facts.sessions:
            self.tried(lambda: self.floor.roll_over(tray))

    @rule(pick=which)
    def void(self, pick: int) -> None:
        if pick < 2 and (session := self.a_session(pick, Phase.READY_TO_OPEN, Phase.OPEN)):
            self.tried(lambda: self.floor.void(session))

    @rule()
    def choose_a_mode(self) -> None:
        if self.floor.mode == BankMode.UNKNOWN:
            self.floor.choose_mode(BankMode.INVENTORY_COUNT)

    # -- slips, boxes, results -----------------------------------------------------------------

    @rule(what=st.sampled_from(SlipKind))
    def ask(self, what: SlipKind) -> None:
        if self.floor.facts.sessions:
            self.tried(lambda: self.floor.ask(what, "1 black"))

    @rule(pick=which, step=st.sampled_from(["issue", "pick_up", "verify", "deposit", "cancel"]))
    def move_slip(self, pick: int, step: str) -> None:
        if slip := self.one(self.floor.facts.slips, pick):
            self.tried(lambda: getattr(self.floor, step)(slip.id))

    @rule(what=st.sampled_from(RemovalType), replaced=st.booleans(), pick=which)
    def remove(self, what: RemovalType, replaced: bool, pick: int) -> None:
        everyone = members(self.floor.facts)
        if everyone and self.boxes < 40:
            self.boxes += 1
            new = f"R{self.boxes - 1}" if replaced else None
            named = everyone[-1 - pick % min(2, len(everyone))].id
            self.tried(lambda: self.floor.remove(what, on=named, replacement=new))

    @rule()
    def mount(self) -> None:
        if self.boxes < 40:
            self.boxes += 1
            self.tried(lambda: self.floor.mount(f"R{self.boxes - 1}"))

    @rule(pick=which)
    def count_box(self, pick: int) -> None:
        if removal := self.one(self.floor.facts.removals, pick):
            self.tried(lambda: self.floor.count_box(removal.id, 12_300))

    @rule(pick=which, final=st.booleans(), pending=st.booleans())
    def settle(self, pick: int, final: bool, pending: bool) -> None:
        likely = Phase.RECONCILED if final and not pending else Phase.CLOSED
        if session := self.a_session(pick, likely):
            if final:
                self.tried(lambda: self.floor.finalize(session, pending=pending))
            else:
                self.tried(lambda: self.floor.reconcile(session))

    # -- what always holds ---------------------------------------------------------------------

    @invariant()
    def one_session_is_live(self) -> None:
        """SESS-1: OPENING, OPEN or CLOSING: at most one; READY_TO_OPEN: one per shift."""
        sessions = self.floor.facts.sessions
        assert len([each for each in sessions if each.phase in LIVE]) <= 1
        ready = [each.shift_id for each in sessions if each.phase == Phase.READY_TO_OPEN]
        assert len(ready) == len(set(ready))

    @invariant()
    def one_box_is_mounted(self) -> None:
        """BOX-2."""
        assert len([each for each in self.floor.facts.mounts if each.taken_off_at is None]) <= 1

    @invariant()
    def what_is_open_was_counted(self) -> None:
        """SESS-4, CLOSE-1: no play without an opener, no close without a closer but by force."""
        for session in self.floor.facts.sessions:
            kinds = {each.kind for each in self.floor.snapshots(session.id)}
            if session.phase in (Phase.OPEN, Phase.CLOSING):
                assert OPENING in kinds
            if session.closed_at is not None and not session.close_forced:
                assert {OPENING, CLOSING} <= kinds

    @invariant()
    def what_is_unknown_is_null(self) -> None:
        """RUN-1, LESSON-1: a result is there exactly when it is complete."""
        for session in self.floor.facts.sessions:
            rundown = self.floor.rundown(session.id)
            assert (rundown.table_win_cents is not None) == (rundown.state == "complete")
            assert (rundown.state == "complete") == (not rundown.reasons)

    @invariant()
    def the_ten_states_are_derived(self) -> None:
        """SESS: an OPEN session shows its drop track once that has moved, others their phase."""
        for session in self.floor.facts.sessions:
            assert status_of(session) == _status(session)


def _status(session: Session) -> str:
    if session.phase == Phase.OPEN and session.drop_state != DropState.NONE:
        return str(session.drop_state)
    return str(session.phase)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestLife.__doc__ = """SESS-1, SESS-4, SESS-6, SESS-7, SESS-8: no order of steps breaks them."""


def test_the_machine_knows_every_phase() -> None:
    """SESS-6: no phase is left out of the moves, and the two ends are ends."""
    assert set(MOVES) - {None} == set(Phase)
    assert [phase for phase, to in MOVES.items() if not to] == [Phase.FINALIZED, Phase.VOIDED]
