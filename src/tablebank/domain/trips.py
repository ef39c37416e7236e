"""Drop trips as they are written down: a run of the crew, and the boxes it left out (BOX-5).

Frozen records, one row each. Which boxes are due, and what starting and ending a trip decide, is in
`drop_trips`; what a box that was taken says is its removal, in `facts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.terms import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class DropTrip(Record):
    """A run of the drop crew: who was told, which boxes were due, when it began and ended.

    `due` are the boxes as they hung when it began, each with its mounting, table and window. The
    crew is who signed the start. `reason` is why the run is off the schedule, for all its boxes.
    """

    gaming_day: date
    pits: tuple[str, ...]
    due: tuple[Mapping[str, Any], ...]
    surveillance: Mapping[str, str]
    reason: str | None
    started_at: datetime
    recorded_at: datetime
    started_by: UUID
    ended_at: datetime | None = None
    end_recorded_at: datetime | None = None
    ended_by: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxLeftOut(Record):
    """A box that served and still hung when its run ended, or its gaming day was closed (BOX-5).

    `session_id` is the session it would have been removed on; `trip_id` None: the day was closed.
    """

    mount_id: UUID
    box_id: UUID
    table_id: UUID
    session_id: UUID
    trip_id: UUID | None
    gaming_day: date
    left_at: datetime
    recorded_at: datetime
