"""Which shift a page is about, as its address says, and the ones beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY, Shift
from tablebank.queries.doors import View


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftChoice:
    """The shift looked at, whether it runs, and the shifts beside it; None for those that nobody
    can look at: beyond the days there are, and after the running one."""

    shift: Shift
    is_running: bool
    before: Shift | None
    after: Shift | None
    running: Shift

    @property
    def can_be_handed_over(self) -> bool:
        """Whether it is the running shift or the one before it (SHIFT-3)."""
        return self.is_running or self.shift.ends_at == self.running.starts_at


def shift_chosen(asked: Mapping[str, str], view: View) -> ShiftChoice:
    """The shift that `shift_id` names; what names none of this casino's means the running one."""
    calendar, running = view.house.calendar, view.house.calendar.shift_at(view.now)
    shift = None
    try:
        shift = calendar.shift_by_id(UUID(asked.get("shift_id", "")))
    except ValueError:
        shift = None
    shift = shift or running
    is_inside = FIRST_DAY < shift.gaming_day < LAST_DAY
    return ShiftChoice(
        shift=shift,
        is_running=shift.id == running.id,
        before=calendar.shift_at(shift.starts_at - timedelta(seconds=1)) if is_inside else None,
        running=running,
        after=calendar.shift_at(shift.ends_at) if is_inside and shift.id != running.id else None,
    )
