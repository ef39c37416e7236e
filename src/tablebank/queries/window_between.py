"""What lies between the ends of windows: slips, buy-ins, play and boxes (BASE-4, BASE-5).

Each is one statement for however many spans are asked for, of one table or of many, side by side or
one within another. Which spans those are is decided before, what they come to after.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from tablebank.domain.windows.drop import BoxSeen, Played
from tablebank.domain.windows.edges import Edges
from tablebank.domain.windows.marks import Point
from tablebank.domain.windows.moved import Moved
from tablebank.store.load import statement
from tablebank.store.scope import Cursor


def _array(values: Iterable[UUID | datetime | int | None]) -> str:
    """An array as PostgreSQL reads one. Psycopg's own, which asks of each value how it is written,
    takes three times as long for a thousand tables."""
    said = ("NULL" if each is None else str(each) for each in values)
    return "{" + ",".join(said) + "}"


class Span(NamedTuple):
    """A stretch of one table's time, from one point to another."""

    table_id: UUID
    first: Point
    last: Point


def span_of(table_id: UUID, edges: Edges) -> Span | None:
    """From the baseline to the closing; None where one of them is missing."""
    if edges.first is None or edges.closing is None:
        return None
    return Span(table_id, edges.first, edges.closing.point)


def moved_in(cursor: Cursor, casino_id: UUID, spans: Iterable[Span]) -> dict[Span, Moved]:
    """The fills and credits that touched the tray in each of these spans."""
    asked = list(dict.fromkeys(spans))
    if not asked:
        return {}
    rows = cursor.execute(
        statement("window_moved"),
        {
            "casino_id": casino_id,
            "tables": _array(each.table_id for each in asked),
            "firsts": _array(each.first.at for each in asked),
            "first_recorded": _array(each.first.recorded_at for each in asked),
            "lasts": _array(each.last.at for each in asked),
            "last_recorded": _array(each.last.recorded_at for each in asked),
        },
    )
    return {
        asked[place - 1]: Moved(
            fills_cents=fills, credits_cents=credits_, in_transit_cents=in_transit
        )
        for place, fills, credits_, in_transit in rows
    }


Noted = Mapping[tuple[Span, int], int]
"""What was noted in a span's session, by its ordinal, in cents; a session without is not in it."""


def noted_in(cursor: Cursor, casino_id: UUID, spans: Iterable[Span]) -> Noted:
    """What the buy-ins that stand come to, session by session: none is unknown (0059)."""
    asked = list(dict.fromkeys(spans))
    if not asked:
        return {}
    rows = cursor.execute(
        statement("window_buy_ins"),
        {
            "casino_id": casino_id,
            "tables": _array(each.table_id for each in asked),
            "firsts": _array(each.first.at for each in asked),
            "lasts": _array(each.last.at for each in asked),
        },
    )
    return {(asked[place - 1], ordinal): cents for place, ordinal, cents in rows}


class Reach(NamedTuple):
    """How far back a table's sessions are looked at, by ordinal, and up to when."""

    low: int
    last_at: datetime


def reach_of(ends: Sequence[Edges], *, until: datetime) -> Reach:
    """The reach of one table's windows. A shift's own counts may lie after its end: whatever is
    measured is looked at (BASE-2)."""
    lows = [each.opening.mark.ordinal if each.opening.mark else 1 for each in ends]
    points = [
        point
        for each in ends
        for point in (each.first, each.closing.point if each.closing else None)
        if point is not None
    ]
    return Reach(min(lows, default=1), max([until, *(point.at for point in points)]))


def played_in(
    cursor: Cursor, casino_id: UUID, reaches: Mapping[UUID, Reach]
) -> tuple[defaultdict[UUID, list[Played]], defaultdict[UUID, list[BoxSeen]]]:
    """By table the sessions with play from the baseline to the end, and their boxes."""
    rows = cursor.execute(
        statement("window_played"),
        {
            "casino_id": casino_id,
            "tables": _array(reaches),
            "lows": _array(each.low for each in reaches.values()),
            "lasts": _array(each.last_at for each in reaches.values()),
        },
    )
    played: defaultdict[UUID, list[Played]] = defaultdict(list)
    boxes: defaultdict[UUID, list[BoxSeen]] = defaultdict(list)
    for table_id, what, ordinal, shift_id, start, end, serves, in_play, removed, cents in rows:
        if what == "played":
            played[table_id].append(
                Played(ordinal=ordinal, shift_id=shift_id, start=start, end=end)
            )
        else:
            boxes[table_id].append(
                BoxSeen(
                    serves=frozenset(serves or ()),
                    in_play=in_play,
                    removed=removed,
                    counted_cents=cents,
                )
            )
    return played, boxes


def opened_in(cursor: Cursor, given: Mapping[str, Any]) -> set[UUID]:
    """The tables with a session of the window's own shift, counted or not."""
    if given["shift_id"] is None:
        return set()
    rows = cursor.execute(
        "select distinct table_id from table_session where casino_id = %(casino_id)s"
        " and shift_id = %(shift_id)s and ordinal is not null and phase <> 'VOIDED'",
        given,
    )
    return {table_id for (table_id,) in rows}
