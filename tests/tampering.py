"""What only the owner of the database could do: rows changed with every guard off (fraud)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from tests.cast import Casino
from tests.store.ground import owner_scope


@contextmanager
def unguarded(casino: Casino, table: str) -> Iterator[psycopg.Cursor[Any]]:
    """One table as its owner has it, its triggers asleep; they wake again afterwards."""
    _triggers(table, "disable")
    try:
        with owner_scope(casino.founded.id) as cursor:
            yield cursor
    finally:
        _triggers(table, "enable")


def _triggers(table: str, do: str) -> None:
    said = sql.SQL("alter table {} {} trigger user").format(sql.Identifier(table), sql.SQL(do))
    with connections["owner"].cursor() as owner:
        owner.execute(said)
