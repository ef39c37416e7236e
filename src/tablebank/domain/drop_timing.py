"""Whether a box was taken when it should be: its session's window, else its pit's (BOX-3).

Judged once, when the removal is recorded, against the windows as they stand then: a window that is
set for the next box says nothing of the one before. Nothing here decides what follows from it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tablebank.domain.drop_schedule import schedule_in_force, windows_of
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.facts import Session
from tablebank.domain.gaming_day import Calendar
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.terms import RemovalType

_ONE_DAY = timedelta(days=1)


def out_of_schedule(
    rows: Sequence[DropScheduleRow],
    *,
    calendar: Calendar,
    session: Session,
    what: RemovalType,
    at: datetime,
) -> Mapping[str, Any] | None:
    """How a removal at this instant (UTC) is off the schedule; None where it is not (BOX-3).

    UNSCHEDULED always is, EMERGENCY never. SCHEDULED is outside the session's own window, which
    knows no grace, or else outside every window of its pit's schedule and the grace after it;
    without either there is nothing to be off.
    """
    if what == RemovalType.EMERGENCY:
        return None
    if what == RemovalType.UNSCHEDULED:
        return {"type": str(what)}
    start, end = session.drop_window_start, session.drop_window_end
    if start is not None and end is not None:
        return None if start <= at <= end else _outside(what, start, end)
    return _off_the_pit(rows, calendar=calendar, pit=session.pit, at=at)


def _off_the_pit(
    rows: Sequence[DropScheduleRow], *, calendar: Calendar, pit: str | None, at: datetime
) -> Mapping[str, Any] | None:
    """Against the windows of that gaming day and its neighbours: one may reach over the change."""
    day = calendar.day_of(at)
    row = schedule_in_force(rows, pit=pit, day=day)
    if row is None or row.occurred_at > at:
        return None
    windows = [
        window
        for each in (day - _ONE_DAY, day, day + _ONE_DAY)
        for window in windows_of(rows, calendar=calendar, pit=pit, day=each)
    ]
    if any(each.starts_at <= at <= each.late_at for each in windows):
        return None
    if not windows:
        return {"type": str(RemovalType.SCHEDULED)}
    nearest = min(windows, key=lambda each: max(each.starts_at - at, at - each.late_at))
    return _outside(RemovalType.SCHEDULED, nearest.starts_at, nearest.ends_at)


def _outside(what: RemovalType, start: datetime, end: datetime) -> Mapping[str, Any]:
    return {"type": str(what), "window_start": rfc3339(start), "window_end": rfc3339(end)}
