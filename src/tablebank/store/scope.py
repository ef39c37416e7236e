"""The only opener of transactions: inside a scope exactly one casino exists (TEN-1).

The scope names the casino to the database for the length of one transaction; row-level security
does the rest. Outside a scope no row of any casino is to be seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections, transaction
from psycopg.rows import TupleRow
from psycopg.types.json import JsonbLoader

from tablebank.domain.refusals import Refusal, Refused
from tablebank.store.embedded.place import EmbeddedServerError

ALIAS = "default"
_LOST_RACES = frozenset({"40001", "40P01", "55P03", "23505"})
"""Serialization failure, deadlock, lock not available, and a row somebody else wrote meanwhile.

The same again succeeds, or finds that row and refuses in the domain's own words.
"""

_GONE = ("08", "53", "57P")
"""Connection lost, too many of them, and a server that stops, crashed, or is not up yet."""

Cursor = psycopg.Cursor[TupleRow]


@contextmanager
def casino_scope(casino_id: UUID) -> Iterator[Cursor]:
    """One writing transaction for one casino; commits at the end, rolls back on any exception."""
    with _in_reach(), transaction.atomic(using=ALIAS, durable=True):
        cursor = _cursor()
        _enter(cursor, casino_id)
        yield cursor


@contextmanager
def casino_view(casino_id: UUID) -> Iterator[Cursor]:
    """One reading transaction for one casino: all its questions see the same instant."""
    opened: psycopg.Connection[Any] | None = None
    try:
        with _in_reach(), transaction.atomic(using=ALIAS, durable=True):
            # Said by psycopg with the BEGIN itself, so it costs no round trip.
            opened = connections[ALIAS].connection
            opened.read_only = True
            opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            cursor = _cursor()
            _enter(cursor, casino_id)
            yield cursor
    finally:
        if opened is not None and not opened.closed:
            opened.read_only = None
            opened.isolation_level = None


@contextmanager
def _in_reach() -> Iterator[None]:
    """A database that is gone in the middle of it is no fault of the command: TRY_AGAIN.

    Whether the command was kept is not known when the commit itself was cut off; the same again
    under the same key finds out (IDEM-1).
    """
    try:
        yield
    except Exception as met:
        if not _is_gone(met):
            raise
        detail = "The database does not answer. Send the same again, under the same key."
        raise Refused(Refusal.TRY_AGAIN, detail=detail) from met


def _is_gone(met: Exception) -> bool:
    seen = [each for each in (met, met.__cause__) if isinstance(each, psycopg.Error)]
    return isinstance(met, EmbeddedServerError) or any(
        isinstance(each, psycopg.OperationalError | psycopg.InterfaceError)
        and (each.sqlstate is None or each.sqlstate.startswith(_GONE))
        for each in seen
    )


def worth_retrying(refusal: BaseException) -> bool:
    """Whether a transaction failed for having met another one, so that trying again is right."""
    return any(
        isinstance(seen, psycopg.Error) and seen.sqlstate in _LOST_RACES
        for seen in (refusal, refusal.__cause__)
    )


_INSTANTS = psycopg.adapters.get_loader(
    psycopg.adapters.types["timestamptz"].oid, psycopg.pq.Format.TEXT
)
"""Psycopg's own reader of instants: Django's, written in Python, takes ten times as long."""


def _cursor() -> Cursor:
    """Psycopg's own cursor (prepared statements, no second wrapping), taken inside the transaction.

    Django checks a kept connection on entering the transaction; a cursor taken before that would
    belong to the connection that was just thrown away.
    """
    cursor = psycopg.Cursor(connections[ALIAS].connection)
    cursor.adapters.register_loader("jsonb", JsonbLoader)
    if _INSTANTS is not None:
        cursor.adapters.register_loader("timestamptz", _INSTANTS)
    return cursor


def _enter(cursor: Cursor, casino_id: UUID) -> None:
    cursor.execute("select set_config('tablebank.casino_id', %s, true)", [str(casino_id)])
