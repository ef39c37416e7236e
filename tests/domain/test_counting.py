"""Counts of a tray: what each phase allows, what replaces what, and what the tray should hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.refusals import Refusal
from tablebank.domain.rundown import effective_snapshot, expected_tray
from tablebank.domain.terms import (
    Basis,
    FindingStatus,
    RemovalType,
    SlipKind,
    SnapshotKind,
)
from tests.domain.cast import DANA, PAT, chips, worth
from tests.domain.floor import CLOSING, INTERIM, OPENING, Floor
from tests.domain.founding import refused

TRAY = "20 black, 40 green"


def at_play() -> Floor:
    floor = Floor()
    floor.at("12:00").opened(TRAY)
    return floor


# -- what a count is -------------------------------------------------------------------------------


def test_a_snapshot_is_a_signed_fact() -> None:
    """SNAP-1: kind, chips, total, when, signatures, basis."""
    floor = at_play()
    decision = floor.at("13:00").count(INTERIM, "19 black, 41 green")
    (snapshot,) = decision.new
    assert snapshot.kind == INTERIM
    assert snapshot.chipset == chips("19 black, 41 green")
    assert snapshot.total_cents == 292_500
    assert snapshot.basis == Basis.COUNTED
    assert (snapshot.occurred_at.hour, snapshot.occurred_at.minute) == (13, 0)
    assert [signed.subject_id for signed in decision.signed] == [snapshot.id]


def test_an_empty_tray_can_be_counted() -> None:
    """CHIP-4, LESSON-23: nothing is a count of 0, not a missing one."""
    floor = Floor()
    floor.opened("nothing")
    floor.closed("nothing")
    rundown = floor.rundown()
    assert (rundown.opening_total_cents, rundown.closing_total_cents) == (0, 0)
    assert rundown.before_drop_cents == 0


def test_openers_and_closers_are_numbered_forms_in_the_box() -> None:
    """SNAP-8, INV-05: each from its own series, in the mounted box; an interim count is neither."""
    floor = at_play()
    floor.count(INTERIM, TRAY)
    floor.closed(TRAY)
    opener, interim, closer = floor.snapshots()
    assert (opener.number, interim.number) == ("O-2026-000001", None)
    assert closer.number == "K-2026-000001"
    assert floor.mounted is not None
    assert opener.mount_id == closer.mount_id == floor.mounted.id
    assert interim.mount_id is None


def test_without_a_box_no_form_is_expected_in_one() -> None:
    """SNAP-8: none mounted, nothing expected."""
    floor = at_play()
    floor.remove(RemovalType.SCHEDULED)
    floor.closed(TRAY)
    assert floor.snapshots()[-1].mount_id is None


def test_no_count_without_its_phase() -> None:
    """SESS-6: interim while OPEN, closing while CLOSING; each refusal says the status."""
    floor = at_play()
    with refused(Refusal.SESSION_NOT_CLOSING) as caught:
        floor.count(CLOSING, TRAY)
    assert caught.facts == {"status": "OPEN"}
    floor.begin()
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.count(INTERIM, TRAY)
    floor.count(CLOSING, TRAY)
    floor.close()
    for what in (INTERIM, OPENING):
        with refused(Refusal.SESSION_NOT_OPEN if what == INTERIM else Refusal.SESSION_NOT_OPENING):
            floor.count(what, TRAY, DANA, PAT)


def test_an_idle_count_does_not_come_by_this_door() -> None:
    """SNAP-7: it is made without a session."""
    floor = at_play()
    with refused(Refusal.SHAPE):
        floor.count(SnapshotKind.IDLE, TRAY)


@pytest.mark.parametrize("what", [INTERIM, CLOSING])
def test_no_count_comes_before_the_opener(what: SnapshotKind) -> None:
    """TIME-1: a fact is not before the one it follows."""
    floor = at_play()
    if what == CLOSING:
        floor.begin()
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("11:59").count(what, TRAY)


# -- what supersedes what --------------------------------------------------------------------------


def test_a_correction_is_a_new_opener_with_a_reason() -> None:
    """SNAP-1, INV-16: it supersedes; both stay visible, one stands."""
    floor = at_play()
    (first,) = floor.snapshots()
    with refused(Refusal.REASON_REQUIRED):
        floor.count(OPENING, "21 black", DANA, PAT, supersedes=first.id)
    floor.count(OPENING, "21 black", DANA, PAT, supersedes=first.id, reason="miscounted")
    old, new = floor.snapshots()
    assert (old, new.supersedes, new.reason) == (first, first.id, "miscounted")
    assert effective_snapshot(floor.facts, floor.session().id, OPENING) == new
    with refused(Refusal.SNAPSHOT_NOT_REPLACEABLE):
        floor.count(OPENING, "22 black", DANA, PAT, supersedes=first.id, reason="again")


@pytest.mark.parametrize("since", ["request", "removal", "count", "closing"])
def test_an_opener_stands_once_play_hangs_on_it(since: str) -> None:
    """SNAP-1: superseded until the first slip, removal or other count; afterwards by amendment."""
    floor = at_play()
    (first,) = floor.snapshots()
    if since == "request":
        floor.cancel(floor.ask(SlipKind.FILL, "5 black"))
    elif since == "removal":
        floor.remove(replacement="B")
    elif since == "count":
        floor.count(INTERIM, TRAY)
    else:
        floor.begin()
    with refused(Refusal.SNAPSHOT_NOT_REPLACEABLE):
        floor.count(OPENING, "21 black", DANA, PAT, supersedes=first.id, reason="late")


def test_an_interim_count_is_counted_again_not_replaced() -> None:
    """SNAP-1: a second look is a second count."""
    floor = at_play()
    first = floor.count(INTERIM, TRAY).new[0]
    with refused(Refusal.SNAPSHOT_NOT_REPLACEABLE):
        floor.count(INTERIM, "21 black", supersedes=first.id, reason="miscounted")


def test_a_second_closing_says_why() -> None:
    """SNAP-1: while CLOSING and after CLOSED it takes the first one's place, with a reason."""
    floor = at_play()
    floor.begin()
    floor.count(CLOSING, "19 black")
    with refused(Refusal.REASON_REQUIRED):
        floor.count(CLOSING, "18 black")
    floor.count(CLOSING, "18 black", reason="one was a dealer's")
    floor.close()
    assert floor.rundown().closing_total_cents == 180_000
    floor.count(CLOSING, "17 black", reason="and another")
    assert floor.rundown().closing_total_cents == 170_000
    assert len(floor.snapshots()) == 4


def test_a_closing_stands_from_the_next_opening_on() -> None:
    """SNAP-1, LESSON-28: until the next opening; a voided one did not happen."""
    floor = at_play()
    session = floor.session().id
    floor.closed("19 black")
    floor.opened("19 black", "SWING")
    with refused(Refusal.SESSION_NOT_CLOSING):
        floor.count(CLOSING, "18 black", session=session, reason="too late")
    floor.void()
    floor.count(CLOSING, "18 black", session=session, reason="in time")
    assert floor.rundown(session).closing_total_cents == 180_000


def test_a_closing_stands_however_far_play_has_gone_on() -> None:
    """SNAP-1: also when the opening right after it is not among the facts at hand."""
    floor = at_play()
    session = floor.session().id
    following = floor.roll_over("19 black")
    floor.roll_over("19 black")
    floor.out_of_view(following)
    with refused(Refusal.SESSION_NOT_CLOSING):
        floor.count(CLOSING, "18 black", session=session, reason="too late")


def test_a_closing_stands_once_reconciled() -> None:
    """SNAP-1, LESSON-17: afterwards it changes by amendment only."""
    floor = at_play()
    floor.closed("19 black")
    floor.count_box(floor.remove(), 100)
    floor.reconcile()
    with refused(Refusal.SESSION_NOT_CLOSING):
        floor.count(CLOSING, "18 black", reason="too late")


def test_a_forced_close_without_a_count_is_not_counted_later() -> None:
    """CLOSE-2: what was not counted then is unknown; paper and adoption are ways of their own."""
    floor = at_play()
    floor.force()
    with refused(Refusal.SESSION_NOT_CLOSING):
        floor.count(CLOSING, TRAY)


# -- what the tray should hold ---------------------------------------------------------------------

steps = st.lists(
    st.tuples(
        st.sampled_from(["fill", "credit", "count", "ask", "issue", "void", "back"]),
        st.integers(1, 90).map(lambda dollars: dollars * 100),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_the_expected_tray_is_the_last_count_and_what_moved_since(
    played: list[tuple[str, int]],
) -> None:
    """SNAP-3, SLIP-12: plus fills, minus credits whose tray instant is after it; no others."""
    floor = at_play()
    expected = 300_000
    for move, amount in played:
        if move == "fill":
            floor.filled(worth(amount))
            expected += amount
        elif move == "credit":
            floor.pick_up(floor.ask(SlipKind.CREDIT, worth(amount)))
            expected -= amount
        elif move == "count":
            floor.count(INTERIM, worth(amount))
            expected = amount
        elif move == "back":
            slip = floor.ask(SlipKind.CREDIT, worth(amount))
            floor.pick_up(slip)
            floor.void_slip(slip, worth(amount))
        else:
            slip = floor.ask(SlipKind.FILL, worth(amount))
            if move != "ask":
                floor.issue(slip)
            if move == "void":
                floor.void_slip(slip, worth(amount))
        assert expected_tray(floor.facts, floor.session()) == expected


def test_a_credit_that_comes_back_after_a_count_is_in_the_tray_again() -> None:
    """SNAP-3: the count saw the tray without it."""
    floor = at_play()
    slip = floor.ask(SlipKind.CREDIT, "5 black")
    floor.pick_up(slip)
    floor.count(INTERIM, "15 black, 40 green")
    floor.void_slip(slip, "5 black")
    assert expected_tray(floor.facts, floor.session()) == 300_000


def test_ties_are_in_the_order_they_were_recorded() -> None:
    """SLIP-12: at one instant, what was recorded after the count moved after it."""
    floor = at_play()
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    floor.at("13:00").count(INTERIM, TRAY)
    floor.recorded_after = floor.recorded_after.resolution
    floor.at("13:00").verify(slip)
    assert expected_tray(floor.facts, floor.session()) == 350_000
    assert floor.slip(slip).tray_instant == floor.snapshots()[-1].occurred_at


def test_before_the_opener_nothing_is_expected() -> None:
    """SNAP-3: no count, no expectation; unknown, not 0."""
    floor = Floor()
    floor.prepare()
    floor.open()
    assert expected_tray(floor.facts, floor.session()) is None


def test_a_trial_is_no_snapshot() -> None:
    """SESS-5: it is in no list of snapshots and stands for nothing."""
    floor = at_play()
    floor.closed(TRAY)
    floor.prepare("SWING")
    floor.open()
    floor.count(OPENING, "1 red")
    assert expected_tray(floor.facts, floor.session()) is None
    assert floor.findings(*FindingStatus) == []
