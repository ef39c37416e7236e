"""The journal: one entry for each command that changed anything, each holding the hash of the last.

The hash covers every column of the entry, the content through its own SHA-256, and the previous
entry's hash (JRN-1). So a changed byte, a missing entry or another order is found by walking the
chain with nothing but this function (JRN-3).
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

GENESIS = "0" * 64
"""What the first entry of a casino names as the hash before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One journal entry. `content` is canonical JSON text: what was asked and what was written."""

    casino_id: UUID
    number: int
    recorded_at: datetime
    occurred_at: datetime
    actor_id: UUID | None
    actor: str
    role: str | None
    command: str
    subject_type: str
    subject_id: UUID | None
    session_id: UUID | None
    table_id: UUID | None
    content: str
    previous_hash: str

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        return tuple(each.name for each in fields(cls))


def entry_hash(entry: Entry) -> str:
    """The entry's own hash: SHA-256 over its columns, one JSON text of them, content hashed."""
    parts = [
        str(entry.casino_id),
        entry.number,
        _instant(entry.recorded_at),
        _instant(entry.occurred_at),
        _text(entry.actor_id),
        entry.actor,
        entry.role,
        entry.command,
        entry.subject_type,
        _text(entry.subject_id),
        _text(entry.session_id),
        _text(entry.table_id),
        hashlib.sha256(entry.content.encode()).hexdigest(),
        entry.previous_hash,
    ]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
