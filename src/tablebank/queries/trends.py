"""A shift as it stands, and how it came about hour by hour: whole, by pit and by table (BASE)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.windows.asked import Window
from tablebank.domain.windows.marks import Point
from tablebank.domain.windows.trend import Hour, hour_of, hours_between
from tablebank.queries.window_between import Span, moved_in
from tablebank.queries.windows import WindowRow, WindowTable, windows_upto
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The hours of the house, of a pit or of a table, under its name."""

    name: str
    hours: tuple[Hour, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """A window's rows as it stands, and its courses; `pits` and `tables` by pit and code."""

    rows: tuple[WindowRow, ...]
    whole: Course
    pits: tuple[Course, ...]
    tables: tuple[Course, ...]


def trend(
    cursor: Cursor,
    house: House,
    window: Window,
    *,
    now: datetime,
    blind: bool,
    pit: str | None = None,
) -> Trend:
    """The window at the end of each of its hours up to now, of the house or of one pit.

    The last of them is the window as it stands, with what was counted for it after its end
    (BASE-2). An hour that has not begun is not in it.
    """
    hours = hours_between(window.start, min(window.end, now)) or [(window.start, window.start)]
    uptos = [*(replace(window, upto=end) for _, end in hours[:-1]), window]
    stood = windows_upto(cursor, house, uptos, blind=blind)
    if pit is not None:
        stood = tuple(tuple(row for row in rows if row.table.pit == pit) for rows in stood)
    there = [row.table for row in stood[-1]]
    moved = moved_in(
        cursor,
        house.casino.id,
        [
            Span(table.id, Point(start, None), Point(end, None))
            for start, end in hours
            for table in there
        ],
    )

    def course(name: str, belongs: Callable[[WindowTable], bool]) -> Course:
        mine = {table.id for table in there if belongs(table)}
        return Course(
            name=name,
            hours=tuple(
                hour_of(
                    [row.answer for row in rows if row.table.id in mine],
                    [moved[Span(id_, Point(start, None), Point(end, None))] for id_ in mine],
                    start=start,
                    end=end,
                )
                for (start, end), rows in zip(hours, stood, strict=True)
                if start < end
            ),
        )

    return Trend(
        rows=stood[-1],
        whole=course(pit or "", lambda table: True),
        pits=tuple(course(name, _in_pit(name)) for name in _names(there)),
        tables=tuple(course(each.code, _is(each.id)) for each in there),
    )


def _names(there: Collection[WindowTable]) -> list[str]:
    return list(dict.fromkeys(table.pit for table in there))


def _in_pit(name: str) -> Callable[[WindowTable], bool]:
    return lambda table: table.pit == name


def _is(table_id: UUID) -> Callable[[WindowTable], bool]:
    return lambda table: table.id == table_id
