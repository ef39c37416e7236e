"""Which par holds, told the slow way: every row takes its place day by day, the last one stays.

Written apart from the product, to be held against it: it knows no key to sort by and no level to
try, only slips of paper that are put on top of each other.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID


class Paper(Protocol):
    """One row of policy."""

    @property
    def id(self) -> UUID: ...

    @property
    def table_id(self) -> UUID | None: ...

    @property
    def game_type(self) -> str | None: ...

    @property
    def effective_from_gaming_day(self) -> date: ...


P = TypeVar("P", bound=Paper)


def on_top(recorded: Iterable[P], *, day: date) -> dict[tuple[UUID | None, str | None], P]:
    """The row that lies on top for each table, game and the house, on a day.

    `recorded` in the order in which the rows were written down.
    """
    top: dict[tuple[UUID | None, str | None], P] = {}
    for row in recorded:
        if row.effective_from_gaming_day > day:
            continue
        below = top.get((row.table_id, row.game_type))
        if below is None or below.effective_from_gaming_day <= row.effective_from_gaming_day:
            top[row.table_id, row.game_type] = row
    return top


def holds(recorded: Iterable[P], *, table_id: UUID, game_type: str | None, day: date) -> P | None:
    """The one row that decides for a table, or None: its own, its game's, the house's (PAR-2)."""
    top = on_top(recorded, day=day)
    if (table_id, None) in top:
        return top[table_id, None]
    if game_type is not None and (None, game_type) in top:
        return top[None, game_type]
    return top.get((None, None))
