"""When something happened, and when we were told."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.occurrence import (
    check_not_after,
    check_not_before,
    is_late,
    rfc3339,
    settle_occurred_at,
)
from tablebank.domain.refusals import Refusal
from tests.domain.founding import instant, refused

TOLD = instant("2026-03-01 14:00")
EASTERN = timezone(timedelta(hours=-5))


def settled(
    claimed: datetime | None, *, simulated: bool = False, clock_at: datetime | None = None
) -> datetime:
    return settle_occurred_at(
        claimed=claimed, recorded_at=TOLD, simulated=simulated, clock_at=clock_at
    )


def test_what_does_not_say_when_happened_now() -> None:
    """TIME-1: `occurred_at` defaults to now, which in a real casino is the server's clock."""
    assert settled(None) == TOLD
    assert settled(None, clock_at=instant("2020-01-01 00:00")) == TOLD


def test_a_simulated_casinos_now_is_the_latest_instant_it_was_given() -> None:
    """TIME-5: until it was given one, its now is the real clock."""
    assert settled(None, simulated=True) == TOLD
    given_before = instant("2031-07-04 09:30")
    assert settled(None, simulated=True, clock_at=given_before) == given_before


def test_a_device_may_run_two_minutes_ahead() -> None:
    """TIME-1: never more than 2 minutes in the future."""
    edge = TOLD + timedelta(minutes=2)
    assert settled(edge) == edge
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE) as caught:
        settled(edge + timedelta(seconds=1))
    assert caught.pointers == ["/occurred_at"]
    assert caught.facts["latest"] == "2026-03-01T14:02:00Z"


@pytest.mark.parametrize("year", [1971, 2025, 2026, 2190])
def test_a_simulated_casino_may_be_anywhere_in_time(year: int) -> None:
    """TIME-5: its `occurred_at` may lie anywhere."""
    at = datetime(year, 6, 1, tzinfo=UTC)
    assert settled(at, simulated=True, clock_at=TOLD) == at


@pytest.mark.parametrize("simulated", [True, False])
@pytest.mark.parametrize(
    "at",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=EASTERN),
        datetime(1969, 12, 31, tzinfo=UTC),
    ],
)
def test_but_not_outside_all_calendars(at: datetime, simulated: bool) -> None:
    """TIME-5: the ends of what a computer can write are refused, in both kinds of casino."""
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        settled(at, simulated=simulated)


def test_an_instant_says_its_zone_and_is_kept_in_utc() -> None:
    """TIME-1: instants are UTC."""
    kept = settled(datetime(2026, 3, 1, 8, 30, tzinfo=EASTERN))
    assert kept == instant("2026-03-01 13:30")
    assert kept.tzinfo is UTC
    with refused(Refusal.SHAPE) as caught:
        settled(datetime.combine(date(2026, 3, 1), datetime.min.time()))
    assert caught.pointers == ["/occurred_at"]


def test_after_fifteen_minutes_an_entry_is_late() -> None:
    """TIME-1, FIL-22: recorded *more* than 15 minutes after it happened."""
    edge = TOLD - timedelta(minutes=15)
    assert not is_late(edge, TOLD, simulated=False)
    assert is_late(edge - timedelta(seconds=1), TOLD, simulated=False)


@given(st.timedeltas(timedelta(days=-9_000), timedelta(days=9_000)))
def test_nothing_is_late_in_a_simulated_casino(ago: timedelta) -> None:
    """TIME-5: rules that compare with now use the casino's own clock."""
    assert not is_late(TOLD - ago, TOLD, simulated=True)


@given(st.timedeltas(timedelta(minutes=-2), timedelta(days=9_000)))
def test_late_is_more_than_fifteen_minutes(ago: timedelta) -> None:
    """TIME-1: recorded more than 15 minutes after it happened."""
    assert is_late(TOLD - ago, TOLD, simulated=False) == (ago > timedelta(minutes=15))


def test_facts_keep_their_order() -> None:
    """TIME-1: not before the fact it follows, not after the one it precedes; at once is fine."""
    check_not_before(TOLD, earliest=TOLD, what="the removal")
    check_not_before(TOLD, earliest=None, what="the removal")
    check_not_after(TOLD, latest=TOLD, what="the close")
    check_not_after(TOLD, latest=None, what="the close")
    second = timedelta(seconds=1)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE) as early:
        check_not_before(TOLD, earliest=TOLD + second, what="the removal")
    assert early.facts == {
        "occurred_at": "2026-03-01T14:00:00Z",
        "earliest": "2026-03-01T14:00:01Z",
        "what": "the removal",
    }
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE) as late:
        check_not_after(TOLD, latest=TOLD - second, what="the close")
    assert late.facts["latest"] == "2026-03-01T13:59:59Z"


def test_instants_go_over_the_wire_in_utc() -> None:
    """TIME-1: RFC 3339, ending in Z."""
    assert rfc3339(datetime(2026, 3, 1, 9, 0, tzinfo=EASTERN)) == "2026-03-01T14:00:00Z"
