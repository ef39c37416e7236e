"""Clocks that jump: zones, days and instants at which a gaming day could go wrong."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

NEW_YORK = "America/New_York"
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
"""The days on which New York's clock jumps: 02:00 to 03:00, and 02:00 back to 01:00."""

ZONES = (
    NEW_YORK,
    "America/Los_Angeles",
    "Europe/Dublin",
    "Australia/Lord_Howe",  # half an hour
    "America/Havana",  # at midnight
    "America/Nuuk",  # at 23:00, across the date
    "America/St_Johns",  # until 2011 at one minute past midnight
    "Africa/Casablanca",  # standard time is the exception
    "Pacific/Apia",  # skipped 30 December 2011
    "Asia/Macau",  # none
    "UTC",
)

zones = st.sampled_from(ZONES)
starts = st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
days = st.dates(date(1990, 1, 1), date(2036, 12, 31))
change_days = st.sampled_from(
    [
        date(2026, 3, 8),
        date(2026, 11, 1),
        date(2026, 3, 29),
        date(2026, 10, 25),
        date(2026, 4, 5),
        date(2026, 10, 4),
        date(2026, 3, 28),
        date(2010, 11, 7),
        date(2011, 12, 30),
    ]
)
any_days = days | st.builds(
    lambda day, shift: day + timedelta(days=shift), change_days, st.integers(-1, 1)
)
instants = st.integers(0, 47 * 366 * 24 * 60).map(
    lambda minutes: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
moments = instants | st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    change_days,
    st.integers(-24 * 60, 48 * 60),
)


def local(moment: datetime, zone: str = NEW_YORK) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %Z")
