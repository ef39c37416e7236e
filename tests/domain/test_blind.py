"""Blind counts: what is hidden from who counts, and when a second count follows (SNAP-4)."""

import pytest

from tablebank.domain.blind import COUNTS_BLIND, first_count, hidden_sessions, is_blind, veiled
from tablebank.domain.decisions import Decision
from tablebank.domain.refusals import Refusal
from tablebank.domain.rundown import rundown_of
from tablebank.domain.settings import Settings
from tablebank.domain.terms import Role, SlipKind
from tests.domain.cast import DANA, PAT, SAM, SUE
from tests.domain.floor import CLOSING, INTERIM, Floor
from tests.domain.founding import refused

TRAY = "20 black, 40 green"
BLIND = Settings(blind_counts=True, count_tolerance_cents=10_000)
THE_FIRST_TWO = frozenset({SAM.id, DANA.id})


def at_play() -> Floor:
    floor = Floor(settings=BLIND)
    floor.at("12:00").opened(TRAY)
    return floor


def is_trial(decision: Decision) -> bool:
    return bool(decision.outcome.get("recount_required"))


# -- who is blind, and to what ---------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_counts_is_blind_and_nobody_else(role: Role) -> None:
    """SNAP-4: dealers, supervisors, and managers of the pit, who may stand in for one."""
    house = Floor(settings=BLIND).house
    counts = {Role.DEALER, Role.SUPERVISOR, Role.PIT_MANAGER}
    assert is_blind(house, [role]) is (role in counts)
    assert is_blind(house, [role, Role.AUDITOR]) is (role in counts)
    assert not is_blind(Floor().house, [role])


def test_counts_are_hidden_until_the_closing_count() -> None:
    """SNAP-4: from the opener on, through closing, until the last count is recorded."""
    floor = Floor(settings=BLIND)
    session = floor.prepare()
    assert not hidden_sessions(floor.facts)
    floor.open(session)
    assert not hidden_sessions(floor.facts)
    floor = at_play()
    mine = floor.session().id
    assert hidden_sessions(floor.facts) == {mine}
    floor.count(INTERIM, TRAY)
    floor.begin()
    assert hidden_sessions(floor.facts) == {mine}
    floor.count(CLOSING, TRAY)
    assert not hidden_sessions(floor.facts)
    floor.close()
    assert not hidden_sessions(floor.facts)


def test_a_stale_closing_count_hides_them_again() -> None:
    """SNAP-4, SLIP-6: it has to be counted once more."""
    floor = at_play()
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    floor.begin()
    floor.count(CLOSING, TRAY)
    assert not hidden_sessions(floor.facts)
    floor.verify(slip)
    assert hidden_sessions(floor.facts) == {floor.session().id}


def test_the_closing_before_is_the_same_tray_as_the_opener() -> None:
    """SNAP-4: after a roll-over it tells the last count, until the tray is counted once more."""
    floor = at_play()
    first = floor.session().id
    second = floor.roll_over(TRAY)
    assert hidden_sessions(floor.facts) == {first, second}
    floor.count(INTERIM, TRAY)
    assert hidden_sessions(floor.facts) == {second}


def test_a_veiled_rundown_tells_nothing_of_the_tray() -> None:
    """SNAP-4: its counts are null with their reason, and so is all they enter; slips are shown."""
    floor = at_play()
    floor.filled("5 black")
    rundown = rundown_of(floor.facts, floor.session())
    hidden = veiled(rundown, hidden_sessions(floor.facts))
    assert rundown.opening_total_cents == 300_000
    assert hidden.opening_total_cents is None
    assert hidden.fills_total_cents == 50_000
    assert COUNTS_BLIND in hidden.reasons
    assert veiled(rundown, ()) == rundown


# -- the second count ------------------------------------------------------------------------------


def test_a_count_within_tolerance_is_recorded_at_once() -> None:
    """SNAP-4: a second count follows only when tolerance fails; slips are expected."""
    floor = at_play()
    floor.filled("5 black")
    assert not is_trial(floor.count(INTERIM, "24 black, 40 green"))
    assert is_trial(floor.count(INTERIM, "22 black, 40 green"))


def test_a_count_off_the_expected_tray_is_kept_and_counted_again() -> None:
    """SNAP-4: the first is a trial, no snapshot; it does not say by how much it was off."""
    floor = at_play()
    first = floor.count(INTERIM, "15 black, 40 green")
    (trial,) = first.new
    assert (trial.kind, trial.total_cents, trial.difference_cents) == (INTERIM, 250_000, 50_000)
    assert first.outcome["difference_cents"] is None
    assert len(floor.snapshots()) == 1
    again = {"first_signed_by": THE_FIRST_TWO}
    second = floor.count(INTERIM, "15 black, 40 green", DANA, by=SUE, **again)
    assert not is_trial(second)
    assert [each.total_cents for each in floor.facts.trials] == [250_000]
    assert [each.total_cents for each in floor.snapshots()] == [300_000, 250_000]


def test_the_second_is_recorded_whatever_it_says() -> None:
    """SNAP-4: two independent counts; neither is made to agree."""
    floor = at_play()
    floor.count(INTERIM, "15 black, 40 green")
    second = floor.count(INTERIM, "9 black", SUE, first_signed_by=THE_FIRST_TWO)
    assert not is_trial(second)


def test_the_second_needs_somebody_who_did_not_sign_the_first() -> None:
    """SNAP-4: the same two people are no independent count."""
    floor = at_play()
    floor.count(INTERIM, "15 black, 40 green")
    with refused(Refusal.SIGNER_INVOLVED):
        floor.count(INTERIM, "15 black, 40 green", first_signed_by=THE_FIRST_TWO)


def test_the_next_count_is_a_first_one_again() -> None:
    """SNAP-4: a trial is answered by the count after it, and by no later one."""
    floor = at_play()
    floor.count(INTERIM, "15 black, 40 green")
    assert first_count(floor.facts, floor.session(), INTERIM) is not None
    floor.count(INTERIM, "15 black, 40 green", SUE, first_signed_by=THE_FIRST_TWO)
    assert first_count(floor.facts, floor.session(), INTERIM) is None
    assert is_trial(floor.count(INTERIM, "5 black, 40 green"))


def test_a_closing_count_follows_the_same_rule() -> None:
    """SNAP-4: and one that corrects a standing closing is a second count already."""
    floor = at_play()
    floor.begin()
    assert is_trial(floor.count(CLOSING, "10 black"))
    floor.count(CLOSING, "10 black", SUE, first_signed_by=THE_FIRST_TWO)
    assert not is_trial(floor.count(CLOSING, TRAY, reason="a rack was left out"))


def test_a_roll_over_is_blind_too() -> None:
    """SNAP-4, SESS-8: nothing is closed and nothing opened by a first count that is off."""
    floor = at_play()
    session = floor.session()
    assert is_trial(floor.rolled("10 black"))
    assert floor.session() == session
    floor.rolled("10 black", by=PAT, first_signed_by=frozenset({SAM.id, SUE.id}))
    assert floor.session().id != session.id


def test_an_open_house_counts_once() -> None:
    """SNAP-4: where counts are not blind nothing changes."""
    floor = Floor()
    floor.opened(TRAY)
    assert not is_trial(floor.count(INTERIM, "1 black"))


def test_a_slip_after_the_counts_own_instant_is_not_expected_in_it() -> None:
    """SNAP-4, SLIP-12: the tray at 13:00 is held against what it should have held at 13:00."""
    floor = at_play()
    floor.at("14:00").filled("50 black")
    assert not is_trial(floor.at("13:00").count(INTERIM, TRAY))
