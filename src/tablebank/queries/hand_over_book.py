"""The hand-overs that were signed, each with what both supervisors saw (SHIFT-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.queries.asking import records
from tablebank.queries.session_sheet import Signed, signatures_by_subject
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    id: UUID
    shift_id: UUID
    shift_code: str
    gaming_day: date
    outgoing_id: UUID
    outgoing: str
    incoming_id: UUID
    incoming: str
    remark: str | None
    occurred_at: datetime
    recorded_at: datetime
    content: Mapping[str, Any]
    content_sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverSheet(_Row):
    """One hand-over as it was signed. Nothing in it tells of a count to come (SNAP-4)."""

    signatures: tuple[Signed, ...]


def hand_overs_of_shift(
    cursor: Cursor, casino_id: UUID, shift_id: UUID
) -> tuple[HandOverSheet, ...]:
    """The hand-overs of a shift, the oldest first."""
    which = {"casino": casino_id, "shift": shift_id, "id": None}
    return _sheets(cursor, casino_id, which)


def hand_over_by_id(cursor: Cursor, casino_id: UUID, hand_over_id: UUID) -> HandOverSheet | None:
    """One hand-over; None where there is none in this casino (TEN-1)."""
    which = {"casino": casino_id, "shift": None, "id": hand_over_id}
    return next(iter(_sheets(cursor, casino_id, which)), None)


def _sheets(cursor: Cursor, casino_id: UUID, which: Mapping[str, Any]) -> tuple[HandOverSheet, ...]:
    rows = records(cursor, _Row, _HANDED, values=which)
    signed = signatures_by_subject(cursor, casino_id, [row.id for row in rows])
    return tuple(
        HandOverSheet(
            **{name: getattr(row, name) for name in _Row.__dataclass_fields__},
            signatures=signed.get(row.id, ()),
        )
        for row in rows
    )


_HANDED = """
select h.id, h.shift_id, h.shift_code, h.gaming_day, h.outgoing_id, gone.name as outgoing,
       h.incoming_id, come.name as incoming, h.remark, h.occurred_at, h.recorded_at, h.content,
       h.content_sha256
  from hand_over h
  join staff gone on gone.casino_id = h.casino_id and gone.id = h.outgoing_id
  join staff come on come.casino_id = h.casino_id and come.id = h.incoming_id
 where h.casino_id = %(casino)s
   and (%(shift)s::uuid is null or h.shift_id = %(shift)s)
   and (%(id)s::uuid is null or h.id = %(id)s)
 order by h.journal_number
"""
