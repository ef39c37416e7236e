"""What is kept of a shift: its rundown once it is over, and who handed it over to whom (SHIFT).

Like those in `facts`, each record is one row of one table, and nothing of it is ever changed. A
shift itself is no row: it follows from the casino's schedule (TIME-3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.terms import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftRundown(Record):
    """One revision of a shift's rundown: every session's final result, sums and hash (SHIFT-1).

    `report_ids` are the final reports it was made from; an amendment of one of them leads to a
    further revision that names the one it `replaces` (RUN-6). Both stay.
    """

    shift_id: UUID
    shift_code: str
    gaming_day: date
    revision: int
    replaces: UUID | None
    report_ids: tuple[str, ...]
    content: Mapping[str, Any]
    content_sha256: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOver(Record):
    """A shift as one supervisor handed it to another, both signing (SHIFT-3).

    `content` is what they saw when they signed. `journal_number` is the last entry that is in it:
    what changed since is what stands behind that entry.
    """

    shift_id: UUID
    shift_code: str
    gaming_day: date
    outgoing_id: UUID
    incoming_id: UUID
    remark: str | None
    journal_number: int
    content: Mapping[str, Any]
    content_sha256: str
    occurred_at: datetime
    recorded_at: datetime
