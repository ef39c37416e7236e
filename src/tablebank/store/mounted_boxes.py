"""Reading the boxes on the tables, each with the session it would be removed on (BOX-2)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tablebank.domain.boxes_due import MountedBox, with_schedule
from tablebank.domain.decisions import House
from tablebank.domain.establishment import DropScheduleRow
from tablebank.store.load import statement
from tablebank.store.scope import Cursor


def mounted_boxes(
    cursor: Cursor,
    house: House,
    schedules: Sequence[DropScheduleRow],
    *,
    now: datetime,
    table_id: UUID | None = None,
) -> tuple[MountedBox, ...]:
    """Every box on a table of the casino, or of one table, pit by pit; with when it is due."""
    rows = cursor.execute(
        statement("mounted_boxes"), {"casino": house.casino.id, "table": table_id}
    ).fetchall()
    names = [column.name for column in cursor.description or ()]
    found = (MountedBox(**dict(zip(names, row, strict=True))) for row in rows)
    return tuple(with_schedule(each, schedules, calendar=house.calendar, now=now) for each in found)
