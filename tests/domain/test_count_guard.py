"""The count guard: chips that move while somebody counts make the count stale (SNAP-5)."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.count_guard import running, start_count
from tablebank.domain.decisions import Decision
from tablebank.domain.refusals import Refusal
from tablebank.domain.rundown import last_count
from tablebank.domain.terms import SlipKind, SnapshotKind
from tests.domain.cast import DANA, SAM, SUE, Person
from tests.domain.floor import CLOSING, INTERIM, OPENING, Floor
from tests.domain.founding import refused

TRAY = "20 black, 40 green"


def at_play() -> Floor:
    floor = Floor()
    floor.at("12:00").opened(TRAY)
    return floor


def begun(floor: Floor, what: SnapshotKind, *, by: Person = SAM) -> Decision:
    return floor.do(
        start_count, "start_count", by, facts=floor.facts, session=floor.session(), kind=what
    )


def start(floor: Floor, what: SnapshotKind, *, by: Person = SAM) -> UUID:
    return begun(floor, what, by=by).subject_id


def test_a_count_begins_from_the_count_before_it() -> None:
    """SNAP-5: who began it, when, and from which count; it signs nothing else."""
    floor = at_play()
    (made,) = begun(floor.at("13:00"), INTERIM, by=DANA).new
    opener = last_count(floor.facts, floor.session().id)
    assert opener is not None
    assert made.base_snapshot_id == opener.id
    assert (made.started_by, made.started_at.hour) == (DANA.id, 13)
    assert made.renews is None


def test_a_count_that_nothing_moved_under_is_recorded() -> None:
    """SNAP-5: the snapshot names its start; what moved before it is of no matter."""
    floor = at_play()
    floor.filled("5 black")
    guard = start(floor, INTERIM)
    (snapshot,) = floor.count(INTERIM, "25 black, 40 green", count_id=guard).new
    assert snapshot.count_id == guard


def test_a_fill_verified_while_counting_makes_it_stale() -> None:
    """SNAP-5: the refusal says what moved, when and how much; nothing is recorded."""
    floor = at_play()
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    guard = start(floor.at("13:00"), INTERIM)
    floor.verify(slip)
    with refused(Refusal.COUNT_STALE) as caught:
        floor.count(INTERIM, TRAY, count_id=guard)
    (moved,) = caught.facts["slips"]
    assert (moved["id"], moved["effect_cents"]) == (str(slip), 50_000)
    assert moved["at"] == "2026-03-02T13:01:00Z"
    assert caught.facts["moved_cents"] == 50_000
    assert caught.facts["count_id"] == str(guard)
    assert len(floor.snapshots()) == 1


def test_a_credit_picked_up_while_counting_makes_it_stale_although_it_came_back() -> None:
    """SNAP-5: what was out for a while was out while somebody counted."""
    floor = at_play()
    guard = start(floor, INTERIM)
    slip = floor.ask(SlipKind.CREDIT, "5 black")
    floor.pick_up(slip)
    floor.void_slip(slip, "5 black")
    with refused(Refusal.COUNT_STALE) as caught:
        floor.count(INTERIM, TRAY, count_id=guard)
    assert [each["effect_cents"] for each in caught.facts["slips"]] == [-50_000, 50_000]
    assert caught.facts["moved_cents"] == 0


def test_a_credit_that_was_out_and_is_voided_while_counting_makes_it_stale() -> None:
    """SNAP-5, SLIP-12: its chips stand in the tray again, on no slip."""
    floor = at_play()
    slip = floor.ask(SlipKind.CREDIT, "5 black")
    floor.pick_up(slip)
    guard = start(floor, INTERIM)
    floor.void_slip(slip, "5 black")
    with refused(Refusal.COUNT_STALE):
        floor.count(INTERIM, "15 black, 40 green", count_id=guard)


@pytest.mark.parametrize(("minutes", "is_stale"), [(0, False), (1, True)])
def test_at_the_same_instant_what_is_recorded_later_came_later(
    minutes: int, is_stale: bool
) -> None:
    """SNAP-5, SLIP-12: ties are broken as recorded."""
    floor = at_play()
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    guard = start(floor.at("13:00"), INTERIM)
    floor.recorded_late(minutes=minutes)
    floor.at("13:00").verify(slip)
    if is_stale:
        with refused(Refusal.COUNT_STALE):
            floor.count(INTERIM, TRAY, count_id=guard)
    else:
        floor.count(INTERIM, TRAY, count_id=guard)


def test_what_only_travels_does_not_touch_the_tray() -> None:
    """SNAP-5: a request, an issue, a credit counted at the cage, a deposit: no tray instant."""
    floor = at_play()
    out = floor.ask(SlipKind.CREDIT, "5 black")
    floor.pick_up(out)
    guard = start(floor, INTERIM)
    floor.issue(floor.ask(SlipKind.FILL, "5 black"))
    floor.verify(out)
    floor.deposit(out)
    floor.count(INTERIM, "15 black, 40 green", count_id=guard)


def test_without_a_start_nothing_is_guarded() -> None:
    """SNAP-5: nobody said when it began."""
    floor = at_play()
    start(floor, INTERIM)
    floor.filled("5 black")
    floor.count(INTERIM, TRAY)


def test_a_renewed_count_begins_after_what_moved() -> None:
    """SNAP-5: re-based, the same chips are recorded from the new start; the old one stays stale."""
    floor = at_play()
    old = start(floor, INTERIM)
    floor.filled("5 black")
    again = begun(floor, INTERIM)
    (made,) = again.new
    assert made.renews == old
    assert [each["effect_cents"] for each in again.outcome["moved"]] == [50_000]
    with refused(Refusal.COUNT_STALE):
        floor.count(INTERIM, "25 black, 40 green", count_id=old)
    floor.count(INTERIM, "25 black, 40 green", count_id=made.id)
    assert running(floor.facts, floor.session(), INTERIM) is None


def test_a_start_is_recorded_once() -> None:
    """SNAP-5: a second count begins by itself."""
    floor = at_play()
    guard = start(floor, INTERIM)
    first = floor.count(INTERIM, TRAY, count_id=guard).subject_id
    with refused(Refusal.COUNT_STALE) as caught:
        floor.count(INTERIM, TRAY, count_id=guard)
    assert caught.facts["snapshot_id"] == str(first)


def test_a_start_is_of_one_kind_and_session() -> None:
    """SNAP-5: an interim count's start is no closing's."""
    floor = at_play()
    guard = start(floor, INTERIM)
    floor.begin()
    with refused(Refusal.NOT_FOUND):
        floor.count(CLOSING, TRAY, count_id=guard)


def test_a_count_is_not_before_its_beginning() -> None:
    """TIME-1: recorded with an instant from before it began it would guard nothing."""
    floor = at_play()
    guard = start(floor.at("13:00"), INTERIM)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:30").count(INTERIM, TRAY, count_id=guard)


def test_only_what_could_be_recorded_can_be_begun() -> None:
    """SNAP-5, SESS-6: by phase; a closing count in play is that of a roll-over."""
    floor = Floor()
    floor.open(floor.prepare())
    for kind, refusal in (
        (INTERIM, Refusal.SESSION_NOT_OPEN),
        (CLOSING, Refusal.SESSION_NOT_CLOSING),
        (SnapshotKind.IDLE, Refusal.SHAPE),
    ):
        with refused(refusal):
            start(floor, kind)
    start(floor, OPENING)
    played = at_play()
    for kind in (INTERIM, CLOSING):
        start(played, kind)
    played.closed(TRAY)
    with refused(Refusal.SESSION_NOT_OPEN):
        start(played, INTERIM)


def test_a_roll_over_is_guarded_too() -> None:
    """SNAP-5, SESS-8: one count, one start; both of its snapshots name it."""
    floor = at_play()
    stale = start(floor, CLOSING)
    floor.filled("5 black")
    with refused(Refusal.COUNT_STALE):
        floor.rolled("25 black, 40 green", count_id=stale)
    guard = start(floor, CLOSING, by=SUE)
    floor.rolled("25 black, 40 green", count_id=guard)
    assert [each.count_id for each in floor.facts.snapshots][-2:] == [guard, guard]


@pytest.mark.parametrize("slips_first", [True, False])
@given(moves=st.lists(st.sampled_from(["fill", "credit"]), max_size=3))
def test_stale_is_what_moved_after_the_start(slips_first: bool, moves: list[str]) -> None:
    """SNAP-5, LESSON-10: what moved before the start is in the count, what moved after is not."""
    floor = at_play()
    guard = None if slips_first else start(floor, INTERIM)
    for move in moves:
        floor.filled("1 black") if move == "fill" else floor.credited("1 black")
    guard = guard or start(floor, INTERIM)
    if moves and not slips_first:
        with refused(Refusal.COUNT_STALE):
            floor.count(INTERIM, TRAY, count_id=guard)
    else:
        floor.count(INTERIM, TRAY, count_id=guard)
