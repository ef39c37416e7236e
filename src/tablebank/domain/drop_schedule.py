"""When boxes are due: the casino's drop schedule, by pit, as wall times of the gaming day (BOX-3).

A schedule is a dated row like the shifts: a pit's own goes before the casino's, and a change never
moves the windows of a gaming day that has begun. Whether a drop that was late or early is a finding
is not decided here, and neither is a session's own window, which goes before any schedule.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from tablebank.domain.dated import in_force
from tablebank.domain.decisions import Act
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.gaming_day import Calendar
from tablebank.domain.refusals import FieldError, Refusal, Refused

MAX_TIMES = 24
MAX_MINUTES = 12 * 60
"""A window or a grace longer than half a day says nothing any more."""
GRACE_MINUTES = 30

_ONE_DAY = timedelta(days=1)
_WALL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class Standing(StrEnum):
    """Where an instant lies to a window: before it, in it, in its grace, after that."""

    AHEAD = "AHEAD"
    DUE = "DUE"
    GRACE = "GRACE"
    LATE = "LATE"


@dataclass(frozen=True, kw_only=True, slots=True)
class DropWindow:
    """One scheduled drop of one gaming day, from `starts_at`; after `late_at` it is late."""

    gaming_day: date
    at: str
    starts_at: datetime
    ends_at: datetime
    late_at: datetime

    def standing(self, now: datetime) -> Standing:
        """How a box that is still on its table stands to this window."""
        if now < self.starts_at:
            return Standing.AHEAD
        if now <= self.ends_at:
            return Standing.DUE
        return Standing.GRACE if now <= self.late_at else Standing.LATE


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedSchedule:
    """A schedule as somebody asks for it; without `at` it is taken back."""

    effective_from_gaming_day: date
    pit: str | None
    at: tuple[str, ...]
    window_minutes: int
    grace_minutes: int
    reason: str | None


def checked_schedule(asked: AskedSchedule, *, start: time) -> AskedSchedule:
    """The schedule with its times in the order of the gaming day; refuses SHAPE, all at once.

    Each time once; minutes within half a day. No times at all take the schedule back: the pit has
    the casino's again, the casino none.
    """
    errors = [*_times_wrong(asked.at), *_minutes_wrong(asked)]
    if errors:
        raise Refused(Refusal.SHAPE, errors=errors)
    since_start = {each: (_minutes(each) - start.hour * 60 - start.minute) for each in asked.at}
    return replace(asked, at=tuple(sorted(asked.at, key=lambda each: since_start[each] % 1440)))


def _times_wrong(times: Sequence[str]) -> list[FieldError]:
    if len(times) > MAX_TIMES:
        return [_shape("/at", f"A gaming day has at most {MAX_TIMES} drops.")]
    errors = []
    for index, each in enumerate(times):
        if not _WALL_TIME.fullmatch(each):
            errors.append(_shape(f"/at/{index}", "A wall time such as 05:30."))
        elif each in times[:index]:
            errors.append(_shape(f"/at/{index}", "This time stands twice."))
    return errors


def _minutes_wrong(asked: AskedSchedule) -> list[FieldError]:
    errors = []
    if not 1 <= asked.window_minutes <= MAX_MINUTES:
        errors.append(_shape("/window_minutes", f"Minutes from 1 to {MAX_MINUTES}."))
    if not 0 <= asked.grace_minutes <= MAX_MINUTES:
        errors.append(_shape("/grace_minutes", f"Minutes from 0 to {MAX_MINUTES}."))
    return errors


def change_schedule(
    *,
    act: Act,
    casino_id: UUID,
    asked: AskedSchedule,
    rows: Sequence[DropScheduleRow],
    today: date,
    since: datetime,
) -> DropScheduleRow:
    """The row that holds from the day asked for (BOX-3); `since` is when it was settled.

    The first schedule a pit falls under may begin with the gaming day that runs, for what is left
    of it; what replaces one takes effect with a coming one, so that the past does not move
    (BASE-7). Refuses EFFECTIVE_DAY_PASSED.
    """
    has_one = schedule_in_force(rows, pit=asked.pit, day=today) is not None
    earliest = today + _ONE_DAY if has_one else today
    if asked.effective_from_gaming_day < earliest:
        refusal = Refusal.EFFECTIVE_DAY_PASSED
        message = f"The earliest gaming day it can hold from is {earliest}."
        raise Refused(
            refusal,
            {"earliest": str(earliest), "given": str(asked.effective_from_gaming_day)},
            errors=[FieldError("/effective_from_gaming_day", refusal.name, message)],
        )
    return DropScheduleRow(
        id=act.new_id(),
        casino_id=casino_id,
        effective_from_gaming_day=asked.effective_from_gaming_day,
        pit=asked.pit,
        at=asked.at,
        window_minutes=asked.window_minutes,
        grace_minutes=asked.grace_minutes,
        occurred_at=since,
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
        reason=asked.reason,
    )


def schedule_in_force(
    rows: Sequence[DropScheduleRow], *, pit: str | None, day: date
) -> DropScheduleRow | None:
    """The schedule a pit falls under on a gaming day: its own, else the casino's; or None.

    A row without times takes what was before it back.
    """
    for whose in dict.fromkeys((pit, None)):
        row = in_force((row for row in rows if row.pit == whose), day=day)
        if row is not None and row.at:
            return row
    return None


def windows_of(
    rows: Sequence[DropScheduleRow], *, calendar: Calendar, pit: str | None, day: date
) -> tuple[DropWindow, ...]:
    """The drops of a pit on a gaming day, in their order; none without a schedule.

    A window begins by the wall: at the first instant at which the clock shows its time or later. It
    lasts, and its grace after it, as many minutes as were said, also through a clock change. What
    was over before the schedule was settled was never due.
    """
    row = schedule_in_force(rows, pit=pit, day=day)
    if row is None:
        return ()
    windows = (_window(row, calendar, day, each) for each in row.at)
    return tuple(each for each in windows if each.starts_at >= row.occurred_at)


def _window(row: DropScheduleRow, calendar: Calendar, day: date, at: str) -> DropWindow:
    starts_at = calendar.at_wall_time(day, at)
    ends_at = starts_at + timedelta(minutes=row.window_minutes)
    late_at = ends_at + timedelta(minutes=row.grace_minutes)
    return DropWindow(gaming_day=day, at=at, starts_at=starts_at, ends_at=ends_at, late_at=late_at)


def drop_due(
    rows: Sequence[DropScheduleRow],
    *,
    calendar: Calendar,
    pit: str | None,
    in_play_since: datetime,
    until: datetime,
) -> DropWindow | None:
    """The scheduled drop that a box in play is due at: the first that began after play did.

    `in_play_since` is the instant of the first opener the box served. One that begins after
    `until` is not due yet: None, as without a schedule.
    """
    if not rows:
        return None
    day = calendar.day_of(in_play_since)
    first = min(row.effective_from_gaming_day for row in rows)
    day, last = max(day, first), calendar.day_of(until)
    while day <= last:
        for window in windows_of(rows, calendar=calendar, pit=pit, day=day):
            if window.starts_at > in_play_since:
                return window if window.starts_at <= until else None
        day += _ONE_DAY
    return None


def moved_to(
    rows: Sequence[DropScheduleRow], *, pit: str, name: str, act: Act, today: date
) -> tuple[DropScheduleRow, ...]:
    """A pit's own schedules under its new name: what holds from now on, and what is to come."""
    own = [row for row in rows if row.pit == pit]
    now = in_force(own, day=today)
    kept = [row for row in own if row is now or row.effective_from_gaming_day > today]
    return tuple(
        replace(
            row,
            id=act.new_id(),
            pit=name,
            effective_from_gaming_day=max(row.effective_from_gaming_day, today),
            recorded_at=act.recorded_at,
            recorded_by=act.actor_id,
        )
        for row in sorted(kept, key=lambda row: (row.effective_from_gaming_day, row.recorded_at))
    )


def _minutes(wall_time: str) -> int:
    hours, minutes = wall_time.split(":")
    return int(hours) * 60 + int(minutes)


def _shape(pointer: str, message: str) -> FieldError:
    return FieldError(pointer, Refusal.SHAPE.name, message)
