"""Dated rows: what a casino wrote down to hold from a gaming day on.

Mode, chips, shift schedule and par policy are all kept this way: rows are only ever added, each
says from which gaming day it holds, and the past keeps the row it had (BASE-7). Which row holds on
a day is decided here and nowhere else.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID


class Dated(Protocol):
    """A row that holds from a gaming day on, until a later one replaces it."""

    @property
    def id(self) -> UUID: ...

    @property
    def effective_from_gaming_day(self) -> date: ...

    @property
    def recorded_at(self) -> datetime: ...


DatedRow = TypeVar("DatedRow", bound=Dated)


def in_force(
    rows: Iterable[DatedRow],
    *,
    day: date,
    founding: Callable[[DatedRow], bool] = lambda row: False,
) -> DatedRow | None:
    """The row that holds on `day`: the latest effective by then, the later recorded if tied.

    `founding` tells the rows a casino was created with: they hold for every earlier day too
    (TIME-5). None when no row holds yet. The order of `rows` does not matter.
    """

    def since(row: DatedRow) -> date:
        return date.min if founding(row) else row.effective_from_gaming_day

    candidates = [row for row in rows if since(row) <= day]
    return max(candidates, key=lambda row: (since(row), row.recorded_at, row.id), default=None)
