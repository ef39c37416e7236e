"""A question's rows as frozen records: the columns are named like the record's fields."""

from collections.abc import Mapping
from typing import Any, TypeVar

from tablebank.store.scope import Cursor

R = TypeVar("R")


def records(
    cursor: Cursor, record_type: type[R], statement: str, *, values: Mapping[str, Any]
) -> tuple[R, ...]:
    """What the statement finds, one record for each row, in its order."""
    rows = cursor.execute(statement, values).fetchall()
    names = [column.name for column in cursor.description or ()]
    return tuple(record_type(**dict(zip(names, row, strict=True))) for row in rows)
