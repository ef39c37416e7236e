"""The journal as it is read: from a position, for a session, and the walk that verifies it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.blind import hidden_sessions
from tablebank.domain.journal import GENESIS, Entry, entry_hash
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.scope import Cursor

_COLUMNS = ", ".join(Entry.columns())


@dataclass(frozen=True, kw_only=True, slots=True)
class EntrySheet:
    """One entry as it is shown, its hash beside it."""

    number: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str
    actor_id: UUID | None
    role: str | None
    command: str
    subject_type: str
    subject_id: UUID | None
    session_id: UUID | None
    table_id: UUID | None
    content: Any
    previous_hash: str
    hash: str
    counts_hidden: bool = False
    """Whether the content is left out: it tells of a tray the reader is to count (SNAP-4)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The end of the chain: the number of its last entry, and the hash that seals all before it."""

    number: int
    hash: str


def head_of(cursor: Cursor, casino_id: UUID) -> Head:
    """Where the casino's journal ends; an empty one ends at its beginning (JRN-1)."""
    row = cursor.execute(
        "select number, hash from journal_head where casino_id = %s", [casino_id]
    ).fetchone()
    number, sealed = row or (0, GENESIS)
    return Head(number=number, hash=sealed)


def entries_after(
    cursor: Cursor, casino_id: UUID, *, after: int, limit: int
) -> tuple[EntrySheet, ...]:
    """The entries after a position, in order (JRN-4)."""
    rows = cursor.execute(
        f"select {_COLUMNS}, hash from journal_entry"  # noqa: S608 - our own names
        " where casino_id = %s and number > %s order by number limit %s",
        [casino_id, after, limit],
    ).fetchall()
    return tuple(_sheet(row) for row in rows)


def veiled(
    cursor: Cursor, casino_id: UUID, entries: Sequence[EntrySheet]
) -> tuple[EntrySheet, ...]:
    """The entries as somebody reads them who counts in a house that counts blind (SNAP-4).

    Those of a session whose counts are hidden, and of the one before it, whose closing may be its
    opener, are there with number and hash, and without their content.
    """
    asked = {each.session_id for each in entries if each.session_id is not None}
    hidden: set[UUID] = set()
    for facts in facts_of_tables(cursor, casino_id, asked, wanted=()).values():
        mine = hidden_sessions(facts)
        before = {each.previous_session_id for each in facts.sessions if each.id in mine}
        hidden |= mine | {each for each in before if each is not None}
    return tuple(
        replace(each, content=None, counts_hidden=True)
        if each.session_id in hidden or each.command == "post_count_session"
        else each
        for each in entries
    )


def entries_of_session(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[EntrySheet, ...]:
    """What was done to a session, in order: its time line; also the posting of its boxes' counts
    together with others (SOFT-7)."""
    rows = cursor.execute(
        f"select {_COLUMNS}, hash from journal_entry"  # noqa: S608 - our own names
        " where casino_id = %(casino)s and session_id = %(session)s"
        f" union all select {_COLUMNS}, hash from journal_entry"
        " where casino_id = %(casino)s and command = 'post_count_session'"
        " and session_id is null and subject_id in ("
        "   select c.count_session_id from table_session s"
        "     join box_mount m on m.casino_id = s.casino_id and m.table_id = s.table_id"
        "      and s.ordinal between m.serves_from and m.served_to"
        "     join box_removal r on r.casino_id = m.casino_id and r.mount_id = m.id"
        "     join soft_count c on c.casino_id = r.casino_id and c.removal_id = r.id"
        "    where s.casino_id = %(casino)s and s.id = %(session)s)"
        " order by number",
        {"casino": casino_id, "session": session_id},
    ).fetchall()
    return tuple(_sheet(row) for row in rows)


def _sheet(row: Iterable[Any]) -> EntrySheet:
    *columns, own_hash = row
    entry = Entry(**dict(zip(Entry.columns(), columns, strict=True)))
    return EntrySheet(
        number=entry.number,
        recorded_at=entry.recorded_at,
        occurred_at=entry.occurred_at,
        actor=entry.actor,
        actor_id=entry.actor_id,
        role=entry.role,
        command=entry.command,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        session_id=entry.session_id,
        table_id=entry.table_id,
        content=json.loads(entry.content),
        previous_hash=entry.previous_hash,
        hash=own_hash,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What walking a casino's chain found: how far, and the first entry that is not right."""

    entries: int
    head_hash: str
    broken_at: int | None
    why: str | None

    @property
    def valid(self) -> bool:
        return self.broken_at is None


def verify_chain(
    cursor: Cursor, casino_id: UUID, *, progress: Callable[[int, int], None] | None = None
) -> Verified:
    """Walk the whole chain from the first entry and name the first that is broken (JRN-1, JRN-3).

    Finds a changed byte, a missing or reordered entry, and a tail cut off behind the head.
    """
    head = head_of(cursor, casino_id)
    expected, previous = 1, GENESIS
    for entry, own_hash in _walk(cursor, casino_id):
        why = _what_is_wrong(entry, own_hash, expected=expected, previous=previous)
        if why is not None:
            return Verified(entries=expected - 1, head_hash=previous, broken_at=expected, why=why)
        previous, expected = own_hash, expected + 1
        if progress is not None and entry.number % 1000 == 0:
            progress(entry.number, head.number)
    if expected - 1 != head.number or previous != head.hash:
        return Verified(
            entries=expected - 1,
            head_hash=previous,
            broken_at=expected,
            why="the chain ends before its head",
        )
    return Verified(entries=head.number, head_hash=head.hash, broken_at=None, why=None)


def _what_is_wrong(entry: Entry, own_hash: str, *, expected: int, previous: str) -> str | None:
    if entry.number != expected:
        return f"entry {expected} is missing"
    if entry.previous_hash != previous:
        return "it does not follow the entry before it"
    if entry_hash(entry) != own_hash:
        return "its content is not what was hashed"
    return None


def _walk(cursor: Cursor, casino_id: UUID) -> Iterator[tuple[Entry, str]]:
    """Every entry in order, a thousand at a time: memory stays flat."""
    after = 0
    while True:
        rows = cursor.execute(
            f"select {_COLUMNS}, hash from journal_entry"  # noqa: S608 - our own names
            " where casino_id = %s and number > %s order by number limit 1000",
            [casino_id, after],
        ).fetchall()
        for row in rows:
            *columns, own_hash = row
            yield Entry(**dict(zip(Entry.columns(), columns, strict=True))), own_hash
        if len(rows) < 1000:
            return
        after = rows[-1][Entry.columns().index("number")]
