"""The drop schedule: windows by the wall, through clock changes, a pit's own first."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.decisions import Act
from tablebank.domain.drop_schedule import (
    AskedSchedule,
    Standing,
    change_schedule,
    checked_schedule,
    drop_due,
    moved_to,
    schedule_in_force,
    windows_of,
)
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.gaming_day import Calendar
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import Role
from tests.domain.clocks import AUTUMN, SPRING, any_days, local, moments, starts, zones
from tests.domain.founding import CASINO, FOUNDED_AT, calendar, instant, number, refused

TODAY = date(2026, 3, 2)
LONG_AGO = instant("1980-01-01 00:00")


def row(
    *at: str,
    pit: str | None = None,
    since: date = TODAY,
    window: int = 60,
    grace: int = 30,
    settled: datetime = LONG_AGO,
    nth: int = 1,
) -> DropScheduleRow:
    return DropScheduleRow(
        id=number(nth),
        casino_id=CASINO,
        effective_from_gaming_day=since,
        pit=pit,
        at=at,
        window_minutes=window,
        grace_minutes=grace,
        occurred_at=settled,
        recorded_at=FOUNDED_AT + timedelta(minutes=nth),
        recorded_by=number(99),
    )


def asked(*at: str, **also: object) -> AskedSchedule:
    given_: dict[str, object] = {
        "effective_from_gaming_day": TODAY + timedelta(days=1),
        "pit": None,
        "window_minutes": 60,
        "grace_minutes": 30,
        "reason": None,
        **also,
    }
    return AskedSchedule(at=at, **given_)  # type: ignore[arg-type]


def an_act() -> Act:
    """Ada's, at noon of the gaming day."""
    at, ids = instant("2026-03-02 17:00"), count(1_000)
    return Act(
        actor_id=number(9001),
        role=Role.ADMIN,
        actor_roles=frozenset({Role.ADMIN}),
        occurred_at=at,
        recorded_at=at,
        now=at,
        signers=(),
        new_id=lambda: number(next(ids)),
        digest=str,
    )


# -- what a schedule may say -----------------------------------------------------------------------


def test_times_are_kept_in_the_order_of_the_gaming_day() -> None:
    """BOX-3: 05:30 is the end of a gaming day that starts at 06:00."""
    kept = checked_schedule(asked("05:30", "13:30", "21:30"), start=time(6))
    assert kept.at == ("13:30", "21:30", "05:30")


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        (asked("5:30"), ["/at/0"]),
        (asked("24:00", "\u0661\u0662:00"), ["/at/0", "/at/1"]),
        (asked("05:30", "05:30"), ["/at/1"]),
        (asked(*(f"{n // 60:02d}:{n % 60:02d}" for n in range(25))), ["/at"]),
        (asked("05:30", window_minutes=0, grace_minutes=-1), ["/window_minutes", "/grace_minutes"]),
        (
            asked("05:30", window_minutes=721, grace_minutes=721),
            ["/window_minutes", "/grace_minutes"],
        ),
    ],
)
def test_what_cannot_be_a_schedule_is_refused(wrong: AskedSchedule, pointers: list[str]) -> None:
    """BOX-3: everything that is wrong at once."""
    with refused(Refusal.SHAPE) as no:
        checked_schedule(wrong, start=time(6))
    assert no.pointers == pointers


def test_a_change_begins_with_a_coming_gaming_day() -> None:
    """BOX-3, BASE-7: the first may hold from today on; what replaces one may not."""
    act = an_act()

    def changed(
        rows: Sequence[DropScheduleRow], day: date, pit: str | None = None
    ) -> DropScheduleRow:
        return change_schedule(
            act=act,
            casino_id=CASINO,
            asked=asked("05:30", effective_from_gaming_day=day, pit=pit),
            rows=rows,
            today=TODAY,
            since=act.occurred_at,
        )

    first = changed((), TODAY)
    assert (first.at, first.effective_from_gaming_day) == (("05:30",), TODAY)
    for pit in (None, "PIT 1"):
        with refused(Refusal.EFFECTIVE_DAY_PASSED):
            changed((row("04:00"),), TODAY, pit)
        assert changed((row("04:00"),), TODAY + timedelta(days=1), pit).pit == pit
    with refused(Refusal.EFFECTIVE_DAY_PASSED):
        changed((), TODAY - timedelta(days=1))


# -- which schedule holds --------------------------------------------------------------------------


def test_a_pits_own_goes_before_the_casinos() -> None:
    """BOX-3: a pit without a row falls under the casino's."""
    rows = (row("05:30"), row("04:00", pit="PIT 1", nth=2))
    for pit, at in (("PIT 1", "04:00"), ("PIT 2", "05:30"), (None, "05:30")):
        found = schedule_in_force(rows, pit=pit, day=TODAY)
        assert found is not None
        assert found.at == (at,)
    assert schedule_in_force(rows, pit="PIT 1", day=TODAY - timedelta(days=1)) is None


def test_a_schedule_is_taken_back_with_no_times() -> None:
    """BOX-3: the pit has the casino's again, and the casino none."""
    later = TODAY + timedelta(days=2)
    rows = (
        row("05:30"),
        row("04:00", pit="PIT 1", nth=2),
        row(pit="PIT 1", since=later, nth=3),
    )
    found = schedule_in_force(rows, pit="PIT 1", day=later)
    assert found == rows[0]
    assert schedule_in_force((*rows, row(since=later, nth=4)), pit="PIT 1", day=later) is None


def test_a_pit_renamed_keeps_its_schedule() -> None:
    """BOX-3, BASE-7: what holds now and what is to come goes along; the past keeps its name."""
    coming = TODAY + timedelta(days=5)
    before = TODAY - timedelta(days=20)
    rows = (
        row("03:00", pit="PIT 1", since=before),
        row("04:00", pit="PIT 1", since=before + timedelta(days=3), nth=2),
        row("04:30", pit="PIT 1", since=coming, nth=3),
        row("05:30", nth=4),
    )
    moved = moved_to(rows, pit="PIT 1", name="Salon", act=an_act(), today=TODAY)
    assert [(each.pit, each.at, each.effective_from_gaming_day) for each in moved] == [
        ("Salon", ("04:00",), TODAY),
        ("Salon", ("04:30",), coming),
    ]


# -- windows through the clock's jumps -------------------------------------------------------------


def test_windows_begin_by_the_wall() -> None:
    """BOX-3, TIME-2: half past two does not exist on one night and exists twice on another."""
    night = row("23:00", "01:30", "02:30", since=date(2026, 1, 1))
    for changes, began in (
        (SPRING, ["2026-03-07 23:00 EST", "2026-03-08 01:30 EST", "2026-03-08 03:00 EDT"]),
        (AUTUMN, ["2026-10-31 23:00 EDT", "2026-11-01 01:30 EDT", "2026-11-01 02:30 EST"]),
    ):
        day = changes - timedelta(days=1)
        windows = windows_of((night,), calendar=calendar(), pit=None, day=day)
        assert [local(each.starts_at) for each in windows] == began


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Calendar, DropScheduleRow]:
    """A casino anywhere, and a schedule in force since long ago."""
    start = draw(starts)
    minutes = draw(st.lists(st.integers(0, 1439), min_size=1, max_size=4, unique=True))
    times = [f"{each // 60:02d}:{each % 60:02d}" for each in minutes]
    kept = checked_schedule(
        asked(*times, window_minutes=draw(st.integers(1, 240))),
        start=start,
    )
    made = row(*kept.at, since=date(1971, 1, 1), window=kept.window_minutes)
    return calendar(zone=draw(zones), start=start), made


@given(schedules(), any_days)
def test_every_drop_of_a_gaming_day_lies_in_it(
    made: tuple[Calendar, DropScheduleRow], day: date
) -> None:
    """BOX-3, TIME-2: each time of the schedule once a gaming day, in order, through every jump."""
    where, schedule = made
    windows = windows_of((schedule,), calendar=where, pit="PIT 1", day=day)
    assert [each.at for each in windows] == list(schedule.at)
    began = [each.starts_at for each in windows]
    assert began == sorted(began)
    ends = where.day_starts_at(day + timedelta(days=1))
    assert all(where.day_starts_at(day) <= each <= ends for each in began)
    for each in windows:
        assert each.ends_at - each.starts_at == timedelta(minutes=schedule.window_minutes)
        assert each.late_at - each.ends_at == timedelta(minutes=schedule.grace_minutes)
        assert _shows(each.starts_at, where) >= each.at or _jumped(each.starts_at, where)


def _shows(moment: datetime, where: Calendar) -> str:
    return moment.astimezone(ZoneInfo(where.casino.timezone)).strftime("%H:%M")


def _jumped(moment: datetime, where: Calendar) -> bool:
    """Whether the clock was put forward just then, perhaps over midnight."""
    zone = ZoneInfo(where.casino.timezone)
    return (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() != moment.astimezone(
        zone
    ).utcoffset()


@given(schedules(), moments)
def test_a_box_in_play_is_due_at_the_next_scheduled_drop(
    made: tuple[Calendar, DropScheduleRow], since: datetime
) -> None:
    """BOX-3, DRP-06: the first that begins after play did, found whenever it is asked for."""
    where, schedule = made
    far = since + timedelta(days=3)
    due = drop_due((schedule,), calendar=where, pit=None, in_play_since=since, until=far)
    assert due is not None
    assert due.starts_at > since
    day = where.day_of(since)
    others = [
        window.starts_at
        for offset in range(3)
        for window in windows_of(
            (schedule,), calendar=where, pit=None, day=day + timedelta(days=offset)
        )
    ]
    assert due.starts_at == min(each for each in others if each > since)
    before = due.starts_at - timedelta(seconds=1)
    assert not drop_due((schedule,), calendar=where, pit=None, in_play_since=since, until=before)


def test_how_a_box_stands_to_its_window() -> None:
    """BOX-3: ahead, due, in its grace, late."""
    window = windows_of((row("05:00"),), calendar=calendar(), pit=None, day=TODAY)[0]
    minutes = {-1: "AHEAD", 0: "DUE", 60: "DUE", 61: "GRACE", 90: "GRACE", 91: "LATE"}
    for after, standing in minutes.items():
        assert window.standing(window.starts_at + timedelta(minutes=after)) == Standing(standing)


def test_nobody_is_late_for_what_was_over_before_it_was_settled() -> None:
    """BOX-3: a first schedule holds for what is left of the day."""
    at_noon = instant("2026-03-02 17:00")
    first = row("07:00", "13:00", settled=at_noon)
    windows = windows_of((first,), calendar=calendar(), pit=None, day=TODAY)
    assert [each.at for each in windows] == ["13:00"]
    since = instant("2026-03-02 11:05")
    due = drop_due((first,), calendar=calendar(), pit=None, in_play_since=since, until=at_noon)
    assert due is None
    later = at_noon + timedelta(hours=2)
    due = drop_due((first,), calendar=calendar(), pit=None, in_play_since=since, until=later)
    assert due == windows[0]


def test_without_a_schedule_nothing_is_due_by_it() -> None:
    """BOX-3: unknown is not "on time": there is just no schedule."""
    at = instant("2026-03-02 17:00")
    assert drop_due((), calendar=calendar(), pit=None, in_play_since=at, until=at) is None
    coming = row("05:00", since=TODAY + timedelta(days=30))
    assert drop_due((coming,), calendar=calendar(), pit=None, in_play_since=at, until=at) is None
