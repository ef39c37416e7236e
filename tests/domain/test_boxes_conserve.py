"""Whatever is opened, rolled, voided, dropped and counted: no dollar is lost and none is made."""

from collections.abc import Callable
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.boxes import drop_state, group_of, members, serves
from tablebank.domain.facts import Session
from tablebank.domain.rundown import Rundown, effective_snapshot, group_rundown
from tablebank.domain.terms import LIVE, DropState, Phase, RemovalType, SlipKind, SnapshotKind
from tests.domain.cast import worth
from tests.domain.floor import Floor

amounts = st.integers(0, 900).map(lambda dollars: dollars * 100)
moves = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "open",
                "roll",
                "close",
                "void",
                "fill",
                "credit",
                "drop",
                "drop_bare",
                "mount",
                "count",
            ]
        ),
        amounts,
        st.sampled_from(RemovalType),
        st.booleans(),
    ),
    min_size=6,
    max_size=24,
)


class Night:
    """A table's night, move by move; what cannot be done now is left out."""

    def __init__(self) -> None:
        self.floor = Floor()
        self.tray = 500_000
        self.boxes = 0
        self.uncounted: list[tuple[UUID, int]] = []

    @property
    def live(self) -> Session | None:
        return next((each for each in self.floor.facts.sessions if each.phase in LIVE), None)

    def play(self, move: str, amount: int, what: RemovalType, earlier: bool) -> None:
        floor = self.floor
        if self.live is None and floor.mounted and not move.startswith(("drop", "count")):
            floor.opened(worth(self.tray))
        live = self.live
        if move == "roll" and live and floor.mounted:
            self.tray = amount
            floor.roll_over(worth(amount))
        elif move == "close" and live:
            self.tray = amount
            floor.closed(worth(amount))
        elif move == "void" and live and self._untouched(live):
            floor.void()
        elif move in ("fill", "credit") and live and amount:
            step: Callable[..., object] = floor.filled if move == "fill" else floor.credited
            step(worth(amount))
        elif move.startswith("drop") and floor.mounted and members(floor.facts):
            self._drop(what, earlier=earlier, bare=move == "drop_bare", holds=amount)
        elif move == "mount" and floor.mounted is None:
            self.boxes += 1
            floor.mount(f"M{self.boxes}")
        elif move == "count" and self.uncounted:
            self._count_one()

    def _untouched(self, session: Session) -> bool:
        facts = self.floor.facts
        return (
            not [each for each in facts.slips if each.session_id == session.id]
            and not [each for each in facts.removals if each.session_id == session.id]
            and session.phase == Phase.OPEN
        )

    def _drop(self, what: RemovalType, *, earlier: bool, bare: bool, holds: int) -> None:
        floor = self.floor
        everyone = members(floor.facts)
        named = everyone[-1]
        if earlier and self.live and len(everyone) > 1 and floor.mounted:
            before = everyone[-2]
            if before.closed_at and before.closed_at > floor.mounted.mounted_at:
                # A live session left without a box would have a drop nobody can know.
                named, bare = before, False
        self.boxes += 1
        removal = floor.remove(what, on=named.id, replacement=None if bare else f"R{self.boxes}")
        self.uncounted.append((removal, holds))

    def _count_one(self) -> None:
        removal, holds = self.uncounted.pop(0)
        self.floor.count_box(removal, holds)

    def end(self) -> None:
        """The table closes, the last box is taken and every box is counted."""
        if self.live:
            self.floor.closed(worth(self.tray))
        if self.floor.mounted and members(self.floor.facts):
            self._drop(RemovalType.SCHEDULED, earlier=False, bare=True, holds=12_300)
        while self.uncounted:
            self._count_one()

    def groups(self) -> list[tuple[Session, ...]]:
        """Each drop group once, by its first session."""
        all_of_them = [group_of(self.floor.facts, member) for member in members(self.floor.facts)]
        return list({group[0].id: group for group in all_of_them}.values())


def _night(played: list[tuple[str, int, RemovalType, bool]]) -> Night:
    night = Night()
    for move in played:
        night.play(*move)
    return night


@settings(max_examples=80, deadline=None)
@given(moves)
def test_nothing_is_lost_and_nothing_made(
    played: list[tuple[str, int, RemovalType, bool]],
) -> None:
    """BOX-6, RUN-1: Σ wins = last closing − first opening + credits − fills + all counts."""
    night = _night(played)
    night.end()
    facts = night.floor.facts
    everyone = members(facts)
    if not everyone:
        return
    rundowns: list[Rundown] = [group_rundown(facts, group) for group in night.groups()]
    assert {rundown.state for rundown in rundowns} == {"complete"}
    first = effective_snapshot(facts, everyone[0].id, SnapshotKind.OPENING)
    last = effective_snapshot(facts, everyone[-1].id, SnapshotKind.CLOSING)
    assert first is not None
    assert last is not None
    moved = {
        what: sum(slip.total_cents for slip in facts.slips if slip.kind == what)
        for what in SlipKind
    }
    counted = sum(count.drop_effect_cents for count in facts.counts)
    assert sum(rundown.table_win_cents or 0 for rundown in rundowns) == (
        last.total_cents
        - first.total_cents
        + moved[SlipKind.CREDIT]
        - moved[SlipKind.FILL]
        + counted
    )
    entered = [each for rundown in rundowns for each in rundown.inputs.counts]
    assert sorted(entered) == sorted(count.id for count in facts.counts)


@settings(max_examples=80, deadline=None)
@given(moves)
def test_groups_part_the_sessions(played: list[tuple[str, int, RemovalType, bool]]) -> None:
    """BOX-6: every session is in one group, groups are unbroken runs, one box joins no two."""
    floor = _night(played).floor
    facts = floor.facts
    everyone = members(facts)
    place = {member.id: index for index, member in enumerate(everyone)}
    for member in everyone:
        group = _ids(floor, member)
        assert member.id in group
        assert {_ids(floor, each) for each in group_of(facts, member)} == {group}
        places = [place[each] for each in group]
        assert all(after == before + 1 for before, after in pairwise(places))
    for mount in facts.mounts:
        served = [each for each in everyone if serves(mount, each.ordinal or 0)]
        assert len({_ids(floor, each) for each in served}) <= 1


def _ids(floor: Floor, member: Session) -> tuple[UUID, ...]:
    return tuple(each.id for each in group_of(floor.facts, member))


@settings(max_examples=50, deadline=None)
@given(moves)
def test_tracks_follow_boxes_and_never_the_phase(
    played: list[tuple[str, int, RemovalType, bool]],
) -> None:
    """BOX-5, SOFT-6, SHF-06: the stored track is what the boxes say; COUNTED has
    its time of posting.
    """
    floor = _night(played).floor
    for session in members(floor.facts):
        assert session.drop_state == drop_state(floor.facts, session)
        if session.drop_state == DropState.COUNTED:
            assert session.drop_posted_at is not None
        else:
            assert floor.rundown(session.id).table_win_cents is None


@settings(max_examples=50, deadline=None)
@given(moves)
def test_the_chain_of_sessions_is_unbroken(
    played: list[tuple[str, int, RemovalType, bool]],
) -> None:
    """SESS-5, SESS-7, SESS-9: each knows the one before it; a voided one breaks no chain."""
    floor = _night(played).floor
    everyone = members(floor.facts)
    for before, now in pairwise(everyone):
        assert now.previous_session_id == before.id
    if everyone:
        assert everyone[0].previous_session_id is None
    opened = [each for each in floor.facts.sessions if each.ordinal is not None]
    assert [each.ordinal for each in opened] == list(range(1, len(opened) + 1))
    assert not [each for each in floor.facts.findings if each.kind == "OPENING_VARIANCE"]
