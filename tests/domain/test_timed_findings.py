"""Findings that come with time: raised by the sweep alone, cleared by what ends them (FIND-2)."""

import pytest

from tablebank.domain.terms import FindingStatus, Stops
from tests.domain.timed_examples import TIMED_EXAMPLES, TRAY, count_idle, idle, in_play, on_the_road

CLEARED = FindingStatus.CLEARED


@pytest.mark.parametrize("name", sorted(TIMED_EXAMPLES))
def test_what_comes_with_time_is_raised_by_the_sweep_alone(name: str) -> None:
    """FIND-2: whoever works at the table late finds nothing new; the program does."""
    (first, *_), _ = TIMED_EXAMPLES[name]
    floor = first()
    floor.forget_findings()
    floor.check()
    assert name not in floor.findings()


def test_a_slip_that_arrives_is_overdue_no_more() -> None:
    """FIND-2, SLIP-7: cleared by its arrival, and visible."""
    floor = on_the_road(until="11:40")
    floor.verify(floor.facts.slips[0].id, None)
    assert floor.finding("SLIP_OVERDUE").status == CLEARED


def test_a_session_that_is_closed_is_left_open_no_more() -> None:
    """FIND-2, SESS-9: it stopped the day until then."""
    floor = in_play(until="20:30")
    assert floor.finding("SESSION_LEFT_OPEN").stops == Stops.DAY
    floor.closed(TRAY)
    assert floor.finding("SESSION_LEFT_OPEN").status == CLEARED


def test_a_table_that_is_counted_is_due_no_more() -> None:
    """FIND-2, SNAP-7, INV-13: by a count of it closed; or by opening it."""
    floor = idle(until="2026-03-10 12:00")
    count_idle(floor, TRAY)
    assert floor.finding("RECOUNT_DUE").status == CLEARED
    opened = idle(until="2026-03-10 12:00")
    opened.at("2026-03-10 13:00").opened(TRAY, "DAY", "2026-03-10")
    assert opened.finding("RECOUNT_DUE").status == CLEARED
