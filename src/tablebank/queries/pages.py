"""Lists, page by page: by id, which is by age (UUIDv7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tablebank.store.scope import Cursor

MOST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How much of a list, and from where."""

    limit: int = 100
    cursor: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ids:
    """One page of ids, and the cursor of the next one, or None at the end."""

    ids: tuple[UUID, ...]
    next_cursor: str | None


def ids_of(cursor: Cursor, statement: str, values: Mapping[str, Any], *, asked: Asked) -> Ids:
    """One page of a statement that selects ids as `kept.id` from `kept` with conditions."""
    limit = max(1, min(asked.limit, MOST))
    rows = cursor.execute(
        f"{statement} and (%(after)s::uuid is null or kept.id > %(after)s)"
        " order by kept.id limit %(limit)s",
        {**values, "after": asked.cursor, "limit": limit + 1},
    ).fetchall()
    found = tuple(row[0] for row in rows[:limit])
    more = len(rows) > limit
    return Ids(ids=found, next_cursor=str(found[-1]) if more else None)
