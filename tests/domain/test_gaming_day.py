"""Gaming days through every trick of a local clock."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tablebank.domain.gaming_day import day_starts_at, gaming_day_of
from tablebank.domain.refusals import Refusal
from tests.domain.clocks import AUTUMN, NEW_YORK, SPRING, any_days, local, moments, starts, zones
from tests.domain.founding import instant, refused

# -- where a gaming day starts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "start", "shows"),
    [
        (NEW_YORK, date(2026, 1, 5), time(6), "2026-01-05 06:00 EST"),
        (NEW_YORK, SPRING, time(2, 30), "2026-03-08 03:00 EDT"),
        (NEW_YORK, SPRING, time(2), "2026-03-08 03:00 EDT"),
        (NEW_YORK, SPRING, time(1, 59), "2026-03-08 01:59 EST"),
        (NEW_YORK, AUTUMN, time(1, 30), "2026-11-01 01:30 EDT"),
        (NEW_YORK, AUTUMN, time(2), "2026-11-01 02:00 EST"),
        ("Europe/Dublin", date(2026, 3, 29), time(1, 15), "2026-03-29 02:00 IST"),
        ("Europe/Dublin", date(2026, 10, 25), time(1, 15), "2026-10-25 01:15 IST"),
        ("America/Havana", date(2026, 3, 8), time(0), "2026-03-08 01:00 CDT"),
        ("America/Havana", date(2026, 11, 1), time(0, 30), "2026-11-01 00:30 CDT"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04 02:30 +11"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05 01:45 +11"),
        ("America/Nuuk", date(2026, 3, 28), time(23, 30), "2026-03-29 00:00 -01"),
        ("Pacific/Apia", date(2011, 12, 30), time(6), "2011-12-31 00:00 +14"),
    ],
)
def test_a_day_starts_when_the_clock_first_shows_its_start(
    zone: str, day: date, start: time, shows: str
) -> None:
    """TIME-2: also where the start time does not exist, or exists twice."""
    starts_at = day_starts_at(day, zone=zone, start=start)
    assert local(starts_at, zone) == shows
    assert starts_at.tzinfo is UTC


def test_gaming_days_are_an_hour_shorter_and_longer_when_clocks_change() -> None:
    """TIME-2: 23 hours over the night of the spring change, 25 over that of the autumn one."""

    def hours(day: date) -> float:
        begins, ends = (
            day_starts_at(each, zone=NEW_YORK, start=time(6))
            for each in (day, day + timedelta(days=1))
        )
        return (ends - begins) / timedelta(hours=1)

    assert hours(SPRING - timedelta(days=1)) == 23
    assert hours(AUTUMN - timedelta(days=1)) == 25
    assert hours(SPRING) == hours(AUTUMN) == 24


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-01-05 10:59", date(2026, 1, 4)),
        ("2026-01-05 11:00", date(2026, 1, 5)),
        ("2026-01-06 04:59", date(2026, 1, 5)),
        ("2026-01-06 05:00", date(2026, 1, 5)),
        ("2026-07-06 09:59", date(2026, 7, 5)),
        ("2026-07-06 10:00", date(2026, 7, 6)),
    ],
)
def test_the_small_hours_belong_to_the_day_before(at: str, day: date) -> None:
    """TIME-2, LESSON-14: the business date, not the calendar's, neither local nor UTC."""
    assert gaming_day_of(instant(at), zone=NEW_YORK, start=time(6)) == day


def test_an_hour_that_happens_twice_stays_in_one_gaming_day() -> None:
    """TIME-2: with a start at 01:30, the second 01:00 to 01:30 is not yesterday again."""
    first = day_starts_at(AUTUMN, zone=NEW_YORK, start=time(1, 30))
    for minutes in range(0, 120, 10):
        at = first + timedelta(minutes=minutes)
        assert gaming_day_of(at, zone=NEW_YORK, start=time(1, 30)) == AUTUMN


def test_a_day_that_began_stays_when_the_clock_goes_back_over_midnight() -> None:
    """TIME-2: St. John's, 7 November 2010: at one minute past midnight it was 23:01 again."""
    zone = "America/St_Johns"
    again = instant("2010-11-07 02:40")
    assert local(again, zone) == "2010-11-06 23:10 NST"
    assert gaming_day_of(again, zone=zone, start=time(0)) == date(2010, 11, 7)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), zones, starts)
@example(instant("2026-11-01 05:30"), timedelta(minutes=45), NEW_YORK, time(1, 30))
@example(instant("2026-11-01 04:30"), timedelta(minutes=45), "America/Havana", time(0, 30))
def test_a_gaming_day_never_runs_backwards(
    at: datetime, later: timedelta, zone: str, start: time
) -> None:
    """TIME-2: what happens later is never of an earlier gaming day."""
    before = gaming_day_of(at, zone=zone, start=start)
    after = gaming_day_of(at + later, zone=zone, start=start)
    assert before <= after


@given(moments, zones, starts)
def test_an_instants_day_is_the_last_that_started(at: datetime, zone: str, start: time) -> None:
    """TIME-2: it has started, and the next has not."""
    day = gaming_day_of(at, zone=zone, start=start)
    assert day_starts_at(day, zone=zone, start=start) <= at
    assert at < day_starts_at(day + timedelta(days=1), zone=zone, start=start)


@given(any_days, zones, starts)
def test_a_day_starts_on_its_date_at_its_time_or_the_clock_jumped(
    day: date, zone: str, start: time
) -> None:
    """TIME-2: one second before, the clock had not shown the start on that date yet."""
    starts_at = day_starts_at(day, zone=zone, start=start)
    wall = datetime.combine(day, start)
    shows = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    showed = (starts_at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shows >= wall
    assert showed < wall


@given(any_days, zones, starts)
def test_an_instant_has_one_day_in_whatever_zone_it_is_written(
    day: date, zone: str, start: time
) -> None:
    """TIME-1: an instant is an instant, however its offset is written."""
    at = day_starts_at(day, zone=zone, start=start)
    assert gaming_day_of(at.astimezone(ZoneInfo(zone)), zone=zone, start=start) == (
        gaming_day_of(at, zone=zone, start=start)
    )


def test_an_instant_without_a_zone_has_no_gaming_day() -> None:
    """TIME-1: instants are UTC; what does not say so is a mistake of ours."""
    with pytest.raises(ValueError, match="time zone"):
        gaming_day_of(datetime(2026, 1, 5), zone=NEW_YORK, start=time(6))  # noqa: DTZ001


@pytest.mark.parametrize(
    "at",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime(1969, 12, 31, tzinfo=UTC),
        datetime(2200, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_years_no_casino_is_kept_for_are_refused(at: datetime) -> None:
    """TIME-5: anywhere means anywhere a calendar has days, and the rest is a refusal."""
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        gaming_day_of(at, zone=NEW_YORK, start=time(6))
