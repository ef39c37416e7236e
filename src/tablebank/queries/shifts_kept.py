"""What is kept of a shift's rundown: every revision, the latest of which stands (SHIFT-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.queries.asking import records
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptRundown:
    """One revision of a shift's rundown, and which one it replaces (RUN-6)."""

    id: UUID
    revision: int
    replaces: UUID | None
    kept_at: datetime
    content_sha256: str


def kept_rundowns(cursor: Cursor, casino_id: UUID, shift_id: UUID) -> tuple[KeptRundown, ...]:
    """The revisions kept of a shift, the oldest first; none while it is not over and final."""
    return records(cursor, KeptRundown, _KEPT, values={"casino": casino_id, "shift": shift_id})


def kept_contents(
    cursor: Cursor, casino_id: UUID, shift_id: UUID
) -> Mapping[UUID, Mapping[str, Any]]:
    """What each revision of a shift's rundown says, word for word as its hash covers it."""
    rows = cursor.execute(
        "select id, content from shift_rundown where casino_id = %s and shift_id = %s",
        [casino_id, shift_id],
    ).fetchall()
    return dict(rows)


def standing(kept: Sequence[KeptRundown]) -> KeptRundown | None:
    """The revision that stands: the last."""
    return kept[-1] if kept else None


_KEPT = """
select id, revision, replaces, recorded_at as kept_at, content_sha256 from shift_rundown
 where casino_id = %(casino)s and shift_id = %(shift)s order by revision
"""
