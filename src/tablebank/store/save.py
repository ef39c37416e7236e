"""Writing what a decision decided: rows, numbers, signatures, and the journal entry last (JRN-1).

Numbers and the journal's head are taken as late as possible: their rows are locks that everybody in
the casino waits for.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction

from tablebank.domain.decisions import FormNeeded, differences
from tablebank.domain.journal import Entry, entry_hash
from tablebank.store.poking import poke
from tablebank.store.rows import TABLES, columns, parameter, parameters
from tablebank.store.scope import ALIAS, Cursor


def canonical(value: Any) -> str:
    """A JSON value as its one canonical text (RFC 8785): what hashes are made of."""
    return rfc8785.dumps(value).decode()


def digest(value: Mapping[str, Any]) -> str:
    """The SHA-256 of a JSON value's canonical text."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def insert(cursor: Cursor, records: Iterable[Any]) -> None:
    """Write new records down, in their order; neighbours of one kind go in one statement."""
    waiting: list[Any] = []
    for record in records:
        if waiting and type(record) is not type(waiting[0]):
            _insert_alike(cursor, waiting)
            waiting = []
        waiting.append(record)
    if waiting:
        _insert_alike(cursor, waiting)


def _insert_alike(cursor: Cursor, records: Sequence[Any]) -> None:
    names = columns(type(records[0]))
    row = "(" + ", ".join(["%s"] * len(names)) + ")"
    cursor.execute(
        f"insert into {TABLES[type(records[0])]} ({', '.join(names)})"  # noqa: S608 - our own names
        f" values {', '.join([row] * len(records))}",
        [value for record in records for value in parameters(record).values()],
    )


def update(cursor: Cursor, *, before: Any, now: Any) -> None:
    """Write a record's after-image: only the columns that differ."""
    changed = differences(before, now)
    if not changed:
        return
    names = ", ".join(f"{name} = %s" for name in changed)
    table = TABLES[type(now)]
    where = "id = %s" if table == "casino" else "id = %s and casino_id = %s"
    key = [now.id] if table == "casino" else [now.id, now.casino_id]
    cursor.execute(
        f"update {table} set {names} where {where}",  # noqa: S608 - our own names
        [*(parameter(value) for value in changed.values()), *key],
    )


def numbered(
    cursor: Cursor,
    casino_id: UUID,
    *,
    forms: Iterable[FormNeeded],
    records: Sequence[Any],
    year: int,
) -> tuple[Any, ...]:
    """The records with the numbers their forms take from the casino's series (SLIP-2).

    Series are locked in one order, whatever the order asked, so that two commands never wait for
    each other.
    """
    by_id = {record.id: record for record in records}
    for needed in sorted(forms, key=lambda each: each.form.value):
        row = cursor.execute(
            "insert into number_series (casino_id, form, year, last) values (%s, %s, %s, 1)"
            " on conflict (casino_id, form, year) do update set last = number_series.last + 1"
            " returning last",
            [casino_id, needed.form.value, year],
        ).fetchone()
        last = row[0] if row else 0
        number = f"{needed.form.value}-{year}-{last:06d}"
        by_id[needed.record_id] = replace(by_id[needed.record_id], **{needed.field: number})
    return tuple(by_id[record.id] for record in records)


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The journal's last entry: its number and hash; 0 and zeros before the first."""

    number: int
    hash: str


def lock_head(cursor: Cursor, casino_id: UUID) -> Head:
    """Take the casino's chain lock: from here on its entries are written one after another."""
    row = cursor.execute(
        "select number, hash from journal_head where casino_id = %s for update", [casino_id]
    ).fetchone()
    if row is None:
        raise LookupError(f"casino {casino_id} has no journal")
    return Head(number=row[0], hash=row[1])


def write_entry(cursor: Cursor, head: Head, entry: Entry, *, clock_at: datetime | None) -> Entry:
    """Append the entry to the chain and move the head, under the chain lock (JRN-1).

    Once it is committed, whoever listens to this journal is told to look (JRN-4).
    """
    chained = replace(entry, number=head.number + 1, previous_hash=head.hash)
    names = [*Entry.columns(), "hash"]
    own_hash = entry_hash(chained)
    cursor.execute(
        f"with entered as (insert into journal_entry ({', '.join(names)})"  # noqa: S608 - our own names
        f" values ({', '.join(['%s'] * len(names))}))"
        " update journal_head set number = %s, hash = %s, clock_at = greatest(clock_at, %s)"
        " where casino_id = %s",
        [
            *(getattr(chained, name) for name in Entry.columns()),
            own_hash,
            chained.number,
            own_hash,
            clock_at,
            chained.casino_id,
        ],
    )
    # A function of its own: Django names it when it fails, and a partial has no name.
    transaction.on_commit(lambda: poke(chained.casino_id), using=ALIAS, robust=True)
    return chained
