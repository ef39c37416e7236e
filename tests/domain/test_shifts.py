"""Shifts: parts of a gaming day, their ids, and the dated schedule they come from."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tablebank.domain.establishment import ShiftScheduleRow
from tablebank.domain.gaming_day import (
    FIRST_DAY,
    LAST_DAY,
    Calendar,
    check_schedule,
    default_shifts,
)
from tablebank.domain.refusals import Refusal
from tests.domain.clocks import AUTUMN, SPRING, any_days, local, moments, starts, zones
from tests.domain.founding import (
    CASINO,
    CASINO_NEXT_DOOR,
    FOUNDED_AT,
    FOUNDING_DAY,
    calendar,
    number,
    refused,
)

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
