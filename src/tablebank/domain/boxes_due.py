"""Which of the boxes on the tables are to be dropped, and when (BOX-3).

A box that served no session has nothing to be dropped for. A session's own window goes before its
pit's schedule; without either a box is due once its table's session is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tablebank.domain.drop_schedule import DropWindow, drop_due
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.gaming_day import Calendar

LOOKS_AHEAD = timedelta(days=2)
"""How far ahead the next drop of a pit is looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MountedBox:
    """A box on a table. `session_id` is the session it would be removed on: the last one it served,
    None where it served none yet (BOX-2).
    """

    mount_id: UUID
    box_id: UUID
    box: str
    table_id: UUID
    table_code: str
    pit: str
    mounted_at: datetime
    session_id: UUID | None
    phase: str | None
    shift_code: str | None
    closed_at: datetime | None
    window_start: datetime | None
    window_end: datetime | None
    in_play_since: datetime | None
    """The first opener it served; None while it served none."""
    scheduled: DropWindow | None = None
    """The drop of its pit's schedule it is due at next; a window of its own goes before it."""

    @property
    def is_over(self) -> bool:
        """Whether the session it would be removed on is closed."""
        return self.phase in ("CLOSED", "RECONCILED", "FINALIZED")

    @property
    def window(self) -> DropWindow | None:
        """The session's own window, which knows no grace, else the pit's."""
        if self.window_start is None or self.window_end is None:
            return self.scheduled
        return DropWindow(
            gaming_day=self.window_start.date(),
            at="",
            starts_at=self.window_start,
            ends_at=self.window_end,
            late_at=self.window_end,
        )

    def is_due(self, *, by: datetime) -> bool:
        """Whether it has a window, its table's session is over, or its pit's drop begins by then.

        A box that served no session has nothing to be dropped for.
        """
        if self.session_id is None:
            return False
        soon = self.scheduled is not None and self.scheduled.starts_at <= by
        return self.is_over or self.window_end is not None or soon

    def is_due_now(self, now: datetime) -> bool:
        """Whether a run that starts now should take it: its window is open, or its table closed."""
        if self.in_play_since is None:
            return False
        window = self.window
        return self.is_over or (window is not None and window.starts_at <= now)

    def is_overdue(self, now: datetime) -> bool:
        """Whether its window, and the grace after it, are over while it still hangs (BOX-3)."""
        window = self.window
        return self.in_play_since is not None and window is not None and now > window.late_at

    @property
    def due_at(self) -> datetime | None:
        """The end of its window, or of its pit's, else the time the session closed."""
        by_schedule = self.scheduled.ends_at if self.scheduled else None
        return self.window_end or by_schedule or self.closed_at


def with_schedule(
    box: MountedBox, rows: Sequence[DropScheduleRow], *, calendar: Calendar, now: datetime
) -> MountedBox:
    """The box with the drop of its pit's schedule, unless it has a window of its own (BOX-3)."""
    if box.in_play_since is None or box.window_end is not None:
        return box
    scheduled = drop_due(
        rows,
        calendar=calendar,
        pit=box.pit,
        in_play_since=max(box.in_play_since, box.mounted_at),
        until=now + LOOKS_AHEAD,
    )
    return replace(box, scheduled=scheduled)
