"""A journal entry as the feed tells it: where something happened, and not what (JRN-4).

No figure and no name leaves here. Who wants to know what changed asks for it at a door that knows
what is theirs to see: a count before its posting stays the count team's.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tablebank.store.scope import Cursor

ENTRIES = """
select number, command, table_id, session_id, subject_type, occurred_at from journal_entry
 where casino_id = %s and number > %s and number <= %s order by number limit %s
"""
HEAD = "select number from journal_head where casino_id = %s"
PAGE = 500
"""How many entries are read at once, however far a reader is behind."""
NO_END = 2**63 - 1
"""Up to whatever there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Entries without a gap, as the bytes that every viewer gets: `first` to `last` by number."""

    first: int
    last: int
    text: bytes


def batch_of(rows: Sequence[Sequence[Any]]) -> Batch | None:
    """What the rows of `ENTRIES` say; None where there are none."""
    if not rows:
        return None
    return Batch(first=rows[0][0], last=rows[-1][0], text=_events(rows))


def until_now(cursor: Cursor, casino_id: UUID, *, after: int, head: int) -> bytes:
    """What is told after a position, as far as one page goes: a stream for who cannot wait."""
    rows = cursor.execute(ENTRIES, [casino_id, after, head, PAGE]).fetchall()
    return _events(rows) + beat(rows[-1][0] if rows else head)


def _events(rows: Iterable[Sequence[Any]]) -> bytes:
    return b"".join(_event(row) for row in rows)


def _event(row: Sequence[Any]) -> bytes:
    number, command, table_id, session_id, subject_type, occurred_at = row
    told = {
        "number": number,
        "command": command,
        "table_id": _text(table_id),
        "session_id": _text(session_id),
        "subject_type": subject_type,
        "occurred_at": _instant(occurred_at),
    }
    said = json.dumps(told, separators=(",", ":"))
    return f"id: {number}\nevent: entry\ndata: {said}\n\n".encode()


def beat(number: int) -> bytes:
    """That the line is up, and that whoever hears it has everything up to this number."""
    return f'event: beat\ndata: {{"number":{number}}}\n\n'.encode()


AGAIN = b"event: again\ndata: {}\n\n"
"""That the stream ends as it was meant to: come again, and be asked again who you are."""


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
