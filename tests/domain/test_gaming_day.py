"""Gaming days and shifts through every trick of a local clock."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tablebank.domain.facts import ShiftScheduleRow
from tablebank.domain.gaming_day import (
    FIRST_DAY,
    LAST_DAY,
    Calendar,
    check_schedule,
    day_starts_at,
    default_shifts,
    gaming_day_of,
)
from tablebank.domain.refusals import Refusal
from tests.domain.founding import (
    CASINO,
    CASINO_NEXT_DOOR,
    FOUNDED_AT,
    FOUNDING_DAY,
    calendar,
    instant,
    number,
    refused,
)

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


# -- shifts ----------------------------------------------------------------------------------------


def schedule(
    *shifts: tuple[str, str], since: date = FOUNDING_DAY, founding: bool = False, row: int = 1
) -> ShiftScheduleRow:
    return ShiftScheduleRow(
        id=number(row),
        casino_id=CASINO,
        effective_from_gaming_day=since,
        shifts=tuple({"code": code, "start": start} for code, start in shifts),
        recorded_at=FOUNDED_AT + timedelta(minutes=row),
        recorded_by=None if founding else number(99),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any zone, any start, and one to six shifts anywhere around the clock."""
    start = draw(starts)
    offsets = sorted({0, *draw(st.lists(st.integers(1, 24 * 60 - 1), max_size=5))})
    first = start.hour * 60 + start.minute
    walls = [(first + offset) % (24 * 60) for offset in offsets]
    row = schedule(
        *((f"S{index}", f"{wall // 60:02d}:{wall % 60:02d}") for index, wall in enumerate(walls)),
        founding=True,
    )
    return calendar(row, zone=draw(zones), start=start)


def test_by_default_three_equal_parts_by_wall_time() -> None:
    """TIME-3: DAY, SWING and GRAVE from the day's start."""
    assert default_shifts(time(6)) == (
        {"code": "DAY", "start": "06:00"},
        {"code": "SWING", "start": "14:00"},
        {"code": "GRAVE", "start": "22:00"},
    )
    assert [shift["start"] for shift in default_shifts(time(4, 30))] == ["04:30", "12:30", "20:30"]
    shifts = calendar().shifts_of(date(2026, 1, 5))
    assert [(shift.code, local(shift.starts_at)) for shift in shifts] == [
        ("DAY", "2026-01-05 06:00 EST"),
        ("SWING", "2026-01-05 14:00 EST"),
        ("GRAVE", "2026-01-05 22:00 EST"),
    ]
    assert local(shifts[-1].ends_at) == "2026-01-06 06:00 EST"


@pytest.mark.parametrize(
    ("day", "hours"),
    [(SPRING - timedelta(days=1), [8, 8, 7]), (AUTUMN - timedelta(days=1), [8, 8, 9])],
)
def test_one_shift_is_shorter_or_longer_when_clocks_change(day: date, hours: list[int]) -> None:
    """TIME-3, LESSON-14: shifts are parts of wall time, not fixed blocks of eight hours."""
    shifts = calendar().shifts_of(day)
    assert [(shift.ends_at - shift.starts_at) / timedelta(hours=1) for shift in shifts] == hours


@given(calendars(), any_days)
def test_shifts_cover_a_gaming_day_without_gap_or_overlap(house: Calendar, day: date) -> None:
    """TIME-3: end to end, from the day's start to the next day's, none of negative length."""
    shifts = house.shifts_of(day)
    assert shifts[0].starts_at == house.day_starts_at(day)
    assert shifts[-1].ends_at == house.day_starts_at(day + timedelta(days=1))
    assert all(before.ends_at == after.starts_at for before, after in pairwise(shifts))
    assert all(shift.starts_at <= shift.ends_at for shift in shifts)


@given(calendars(), moments)
def test_every_instant_falls_in_one_shift_of_its_gaming_day(house: Calendar, at: datetime) -> None:
    """TIME-3, TIME-4: shift and gaming day of an instant never contradict each other."""
    shift = house.shift_at(at)
    assert shift.starts_at <= at < shift.ends_at
    assert shift.gaming_day == house.day_of(at)


@given(calendars(), moments)
def test_the_shift_after_begins_when_the_shift_ends(house: Calendar, at: datetime) -> None:
    """SESS-8: the shift after n's own, on the next gaming day if need be."""
    shift = house.shift_at(at)
    after = house.shift_after(shift)
    assert after.starts_at == shift.ends_at
    assert after.starts_at < after.ends_at
    assert after.gaming_day >= shift.gaming_day


def test_after_the_last_shift_comes_the_first_of_the_next_day() -> None:
    """SESS-8: GRAVE of Monday is followed by DAY of Tuesday."""
    house = calendar()
    grave = house.shift(date(2026, 1, 5), "GRAVE")
    assert grave is not None
    after = house.shift_after(grave)
    assert (after.gaming_day, after.code) == (date(2026, 1, 6), "DAY")


# -- ids -------------------------------------------------------------------------------------------


@given(calendars(), any_days)
def test_a_shift_is_found_again_by_its_id(house: Calendar, day: date) -> None:
    """TIME-3: the id is derived from casino, day and code, and leads back to them."""
    for shift in house.shifts_of(day):
        assert house.shift_by_id(shift.id) == shift
        assert house.shift(day, shift.code) == shift
        assert (shift.id.version, shift.id.variant) == (7, "specified in RFC 4122")


def test_a_shifts_id_never_changes() -> None:
    """TIME-3: an id once given out stays the shift's, in every release."""
    day = calendar().shift(date(2026, 1, 5), "DAY")
    assert day is not None
    assert day.id == UUID("019b8b74-1800-72fe-9683-910ecc26c425")


def test_shifts_of_other_days_codes_and_casinos_have_other_ids() -> None:
    """TIME-3, TEN-1: and another casino's shift is not found."""
    here, next_door = calendar(), calendar(casino_id=CASINO_NEXT_DOOR)
    january = [date(2026, 1, 1) + timedelta(days=each) for each in range(31)]
    ids = {
        shift.id for house in (here, next_door) for day in january for shift in house.shifts_of(day)
    }
    assert len(ids) == 2 * 31 * 3
    for shift in next_door.shifts_of(date(2026, 1, 5)):
        assert here.shift_by_id(shift.id) is None


@given(st.uuids())
@example(UUID(int=0))
@example(UUID(int=2**128 - 1))
def test_an_id_that_is_no_shifts_finds_nothing(any_id: UUID) -> None:
    """TEN-1: an id made up or of something else answers like one that never was."""
    assert calendar().shift_by_id(any_id) is None


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_the_first_and_the_last_day_have_shifts(day: date) -> None:
    """TIME-3: shifts exist for every gaming day a casino is kept for."""
    house = calendar()
    assert [house.shift_by_id(shift.id) for shift in house.shifts_of(day)] == list(
        house.shifts_of(day)
    )


@pytest.mark.parametrize("day", [date.min, FIRST_DAY - timedelta(days=1), date.max])
def test_days_outside_the_calendar_are_refused(day: date) -> None:
    """TIME-3: asking for a day no casino is kept for is refused, not a crash."""
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        calendar().shifts_of(day)


# -- schedules -------------------------------------------------------------------------------------


def test_a_new_schedule_moves_no_past_shift() -> None:
    """TIME-3, BASE-7: the schedule is dated and append-only."""
    founding = schedule(("DAY", "06:00"), ("NIGHT", "18:00"), founding=True)
    four = schedule(
        ("A", "06:00"),
        ("B", "12:00"),
        ("C", "18:00"),
        ("D", "00:00"),
        since=date(2026, 3, 1),
        row=2,
    )
    old, new = calendar(founding), calendar(four, founding)
    eve, changed = date(2026, 2, 28), date(2026, 3, 1)
    assert new.shifts_of(eve) == old.shifts_of(eve)
    assert [shift.code for shift in new.shifts_of(changed)] == ["A", "B", "C", "D"]
    assert local(new.shifts_of(changed)[3].starts_at) == "2026-03-02 00:00 EST"
    night = new.shift(eve, "NIGHT")
    assert night is not None
    assert new.shift_after(night).code == "A"


def test_the_founding_schedule_holds_for_every_earlier_day() -> None:
    """TIME-5: what a casino is created with is in force for every earlier day too."""
    founding = schedule(("DAY", "06:00"), ("NIGHT", "18:00"), founding=True)
    assert [shift.code for shift in calendar(founding).shifts_of(date(2001, 1, 1))] == [
        "DAY",
        "NIGHT",
    ]


def test_a_later_row_rules_from_its_own_day_even_before_the_founding() -> None:
    """TIME-5: in a casino that plays in the past, a change holds from the day it names on."""
    founding = schedule(("DAY", "06:00"), founding=True)
    change = schedule(("EARLY", "06:00"), ("LATE", "18:00"), since=date(2020, 1, 1), row=2)
    house = calendar(founding, change)
    assert [shift.code for shift in house.shifts_of(date(2019, 12, 31))] == ["DAY"]
    assert [shift.code for shift in house.shifts_of(date(2020, 1, 1))] == ["EARLY", "LATE"]
    assert [shift.code for shift in house.shifts_of(date(2026, 6, 1))] == ["EARLY", "LATE"]


def test_of_two_schedules_for_one_day_the_later_recorded_holds() -> None:
    """TIME-3: a tie goes to the later recorded."""
    one = schedule(("ONE", "06:00"), since=date(2026, 3, 1), row=2)
    two = schedule(("TWO", "06:00"), since=date(2026, 3, 1), row=3)
    for rows in ((one, two), (two, one)):
        assert calendar(*rows).shifts_of(date(2026, 3, 1))[0].code == "TWO"


def test_a_schedule_without_a_founding_row_still_covers_every_day() -> None:
    """TIME-3: shifts exist for every gaming day."""
    only = schedule(("ONE", "06:00"), since=date(2026, 3, 1))
    assert calendar(only).shifts_of(date(2025, 1, 1))[0].code == "ONE"
    assert len(calendar().shifts_of(date(2025, 1, 1))) == 3


def test_a_schedule_is_kept_as_it_was_given() -> None:
    """TIME-3: codes and starts, in their order around the clock."""
    raw = [{"code": "DAY", "start": "06:00"}, {"code": "NIGHT", "start": "02:00"}]
    assert check_schedule(raw, start=time(6)) == tuple(raw)


@given(starts)
def test_the_default_schedule_is_a_valid_one(start: time) -> None:
    """TIME-3: whatever the day's start."""
    assert check_schedule(default_shifts(start), start=start) == default_shifts(start)


@pytest.mark.parametrize(
    ("raw", "pointers"),
    [
        ([], ["/shifts"]),
        (None, ["/shifts"]),
        ("DAY", ["/shifts"]),
        ({"code": "DAY", "start": "06:00"}, ["/shifts"]),
        ([{"code": f"S{n}", "start": "06:00"} for n in range(25)], ["/shifts"]),
        ([["DAY", "06:00"]], ["/shifts/0"]),
        ([{"code": "DAY"}], ["/shifts/0"]),
        ([{"code": "DAY", "start": "06:00", "end": "14:00"}], ["/shifts/0"]),
        ([{"code": "day", "start": "6:00"}], ["/shifts/0/code", "/shifts/0/start"]),
        ([{"code": 7, "start": 600}], ["/shifts/0/code", "/shifts/0/start"]),
        ([{"code": "", "start": "24:00"}], ["/shifts/0/code", "/shifts/0/start"]),
        ([{"code": "DAY", "start": "07:00"}], ["/shifts/0/start"]),
        (
            [{"code": "DAY", "start": "06:00"}, {"code": "DAY", "start": "14:00"}],
            ["/shifts/1/code"],
        ),
        (
            [{"code": "DAY", "start": "06:00"}, {"code": "NIGHT", "start": "06:00"}],
            ["/shifts/1/start"],
        ),
        (
            [
                {"code": "DAY", "start": "06:00"},
                {"code": "GRAVE", "start": "22:00"},
                {"code": "SWING", "start": "14:00"},
            ],
            ["/shifts/2/start"],
        ),
    ],
)
def test_a_schedule_that_does_not_go_around_the_clock_is_refused(
    raw: object, pointers: list[str]
) -> None:
    """TIME-3: unique codes, the first with the day's start, each after the one before."""
    with refused(Refusal.SHAPE) as caught:
        check_schedule(raw, start=time(6))
    assert caught.pointers == pointers
