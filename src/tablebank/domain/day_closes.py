"""What is kept of a closed gaming day (DAY-1). How it comes to be is in `closing_the_day`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.terms import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class DayClose(Record):
    """A gaming day as accounting signed it: immutable, with its own hash.

    A later revision takes in what became final or was amended since; it names the one it replaces
    and says why, and both stay.
    """

    gaming_day: date
    revision: int
    replaces: UUID | None
    reason: str | None
    content: Mapping[str, Any]
    content_sha256: str
    closed_at: datetime
    closed_by: UUID
