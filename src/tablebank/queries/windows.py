"""Window win/loss of many tables at once (BASE): what lies at and between a window's two ends.

A few statements, each served by an index, for however many tables are asked for: the counts that
can begin or end the window, the slips and buy-ins between its ends, the sessions and boxes. What
they mean is decided by `domain.windows`, by the same functions that answer for one table from its
facts. The cost grows with tables and the window's length, not with history.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tablebank.domain.blind import COUNTS_BLIND
from tablebank.domain.decisions import House
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.par import ParInForce, Pars
from tablebank.domain.terms import Basis, SnapshotKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import Baselines, CloseOn, Window, WinLoss
from tablebank.domain.windows.drop import Played
from tablebank.domain.windows.edges import Edges, edges_of
from tablebank.domain.windows.marks import Mark, Point, in_order
from tablebank.domain.windows.win_loss import Between, answer
from tablebank.queries.window_between import (
    Noted,
    Span,
    moved_in,
    noted_in,
    opened_in,
    played_in,
    reach_of,
    span_of,
)
from tablebank.store.load import statement
from tablebank.store.rows import from_json
from tablebank.store.scope import Cursor

Given = Mapping[str, Any]
"""What the statements of a window are given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowTable:
    """A table as it was on the gaming day a window starts in (BASE-7)."""

    id: UUID
    code: str
    pit: str
    game_type: str | None
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowRow:
    """One table's window, as the reader may see it (SNAP-4)."""

    table: WindowTable
    answer: WinLoss

    def as_json(self) -> dict[str, Any]:
        """The row of `docs/interface.md`, with who set the par and the mode in force."""
        par = self.answer.par
        return {
            "table_id": self.table.id,
            "table_code": self.table.code,
            "pit": self.table.pit,
            "game_type": self.table.game_type,
            **{name: getattr(self.answer, name) for name in _TOLD},
            "par_total_cents": par.par_total_cents,
            "par_set_by": par.approved_by,
            "par_set_at": par.approved_at,
            "table_bank_mode": par.table_bank_mode,
        }


_TOLD = tuple(each.name for each in fields(WinLoss) if each.name != "par")


def window_rows(
    cursor: Cursor,
    house: House,
    window: Window,
    *,
    blind: bool,
    tables: Collection[UUID] | None = None,
) -> tuple[WindowRow, ...]:
    """The window of every table there was on its gaming day, or of these, by pit and code.

    `blind`: the reader may count, and is not shown what tells of a count to come (SNAP-4).
    """
    (rows,) = windows_upto(cursor, house, [window], blind=blind, tables=tables)
    return rows


def windows_upto(
    cursor: Cursor,
    house: House,
    windows: Sequence[Window],
    *,
    blind: bool,
    tables: Collection[UUID] | None = None,
) -> tuple[tuple[WindowRow, ...], ...]:
    """One window as it stood at several instants: the same but for `upto`. As many statements as
    for one."""
    # Whatever was counted for the whole is looked at, also where none of these reaches it.
    window = replace(windows[0], upto=None)
    every = any(each.upto is not None for each in windows)
    given = given_of(house, window, tables=tables)
    there = tables_there(cursor, given)
    marks = _marks(cursor, {**given, "every": every}, window)
    pars = pars_of(cursor, house, given, there=there)
    readings = readings_of(cursor, given)
    ends = {
        each: {
            table.id: edges_of(
                marks.get(table.id, []),
                par=pars[table.id],
                window=each,
                readings=readings[table.id],
            )
            for table in there
        }
        for each in dict.fromkeys([*windows, window])
    }
    between = _between(cursor, given, list(ends.values()), window=window)
    hidden = tables_to_count(cursor, given) if blind else {}
    found = []
    for each in windows:
        rows = []
        for table in there:
            edges = ends[each][table.id]
            lies = between(table.id, edges)
            told = answer(each, par=pars[table.id], edges=edges, between=lies)
            if table.id in hidden and _touches(edges, hidden[table.id]):
                told = veiled(told)
            rows.append(WindowRow(table=table, answer=told))
        found.append(tuple(rows))
    return tuple(found)


def _between(
    cursor: Cursor, given: Given, ends: Sequence[Mapping[UUID, Edges]], *, window: Window
) -> Callable[[UUID, Edges], Between]:
    """What lies between any two ends of a table, asked for all of them at once."""
    casino_id = given["casino_id"]
    spans = [
        span
        for edges in ends
        for table_id, each in edges.items()
        if (span := span_of(table_id, each)) is not None
    ]
    moved = moved_in(cursor, casino_id, spans)
    noted = noted_in(cursor, casino_id, spans)
    reaches = {
        table_id: reach_of([edges[table_id] for edges in ends], until=window.end)
        for table_id in ends[0]
    }
    played, boxes = played_in(cursor, casino_id, reaches)
    opened = opened_in(cursor, given)

    def between(table_id: UUID, edges: Edges) -> Between:
        span = span_of(table_id, edges)
        return Between(
            moved=moved[span] if span else None,
            played=_noted(played[table_id], noted, span) if span else played[table_id],
            boxes=boxes[table_id],
            opened=table_id in opened,
        )

    return between


def _noted(played: Sequence[Played], noted: Noted, span: Span) -> Sequence[Played]:
    """Each session with what was noted of it in the span."""
    if not noted:
        return played
    return [replace(each, noted_cents=noted.get((span, each.ordinal))) for each in played]


def given_of(house: House, window: Window, *, tables: Collection[UUID] | None) -> dict[str, Any]:
    """The values of a window's statements; `tables` None: all there are."""
    return {
        "casino_id": house.casino.id,
        "tables": None if tables is None else list(tables),
        "day": house.calendar.day_of(window.start),
        "last_day": _last_day(house, window),
        "start": window.start,
        "end": window.end,
        "shift_id": window.shift_id,
        "attested": window.baselines is not Baselines.COUNTED,
        "every": False,
        "observed": window.close_on is CloseOn.OBSERVATION,
        "instant": None,
    }


def _last_day(house: House, window: Window) -> date:
    """The gaming day of the window's last moment: its end belongs to what comes after (TIME-2)."""
    last = max(window.start, window.end - timedelta(microseconds=1))
    return house.calendar.day_of(last)


def tables_there(cursor: Cursor, given: Given) -> list[WindowTable]:
    """Those on the floor on a day of the window, each as on its first; a later change moves nothing
    (BASE-7).

    One that came while the window ran, and one that played in it before it was decommissioned, are
    there too: a sum leaves no table out unsaid (LESSON-2).
    """
    return [
        WindowTable(id=id_, code=code, pit=pit, game_type=game_type, status=status)
        for id_, code, pit, game_type, status in cursor.execute(_THERE, given).fetchall()
    ]


_THERE = """
select t.id, t.code, was.pit, was.game_type, was.status
  from gaming_table t
 cross join lateral (
       select * from table_revision r
        where r.casino_id = %(casino_id)s and r.table_id = t.id
          and r.effective_from_gaming_day <= %(last_day)s
          and (%(instant)s::timestamptz is null or r.recorded_at <= %(instant)s)
        order by r.effective_from_gaming_day <= %(day)s desc,
                 abs(r.effective_from_gaming_day - %(day)s::date), r.recorded_at desc, r.id desc
        limit 1) was
 where t.casino_id = %(casino_id)s
   and (%(tables)s::uuid[] is null or t.id = any(%(tables)s))
   and (was.status <> 'closed'
        or exists (select from table_revision r
                    where r.casino_id = %(casino_id)s and r.table_id = t.id
                      and r.status <> 'closed'
                      and r.effective_from_gaming_day > %(day)s
                      and r.effective_from_gaming_day <= %(last_day)s)
        or exists (select from table_session s
                    where s.casino_id = %(casino_id)s and s.table_id = t.id
                      and s.ordinal is not null
                      and s.gaming_day <= %(last_day)s
                      and (s.gaming_day >= %(day)s
                           or coalesce(s.closed_at, 'infinity') > %(start)s)))
 order by was.pit, t.code
"""
"""Of each table the row in force on the first day, or the first one since."""


def _marks(cursor: Cursor, given: Given, window: Window) -> dict[UUID, list[Mark]]:
    found: defaultdict[UUID, list[Mark]] = defaultdict(list)
    for row in cursor.execute(statement("window_marks"), given):
        table_id, id_, kind, basis, cents, at, recorded_at, ordinal, is_edge = row
        place = at
        if is_edge:
            place = window.start if kind == SnapshotKind.OPENING else window.end
        found[table_id].append(
            Mark(
                snapshot_id=id_,
                kind=SnapshotKind(kind),
                basis=Basis(basis),
                total_cents=cents,
                point=Point(at, recorded_at),
                ordinal=ordinal,
                place=place,
                is_edge=is_edge,
            )
        )
    for marks in found.values():
        marks.sort(key=in_order)
    return found


def pars_of(
    cursor: Cursor, house: House, given: Given, *, there: Iterable[WindowTable]
) -> dict[UUID, ParInForce]:
    """Par and mode in force for each table on the window's gaming day, as recorded by `instant`."""
    instant = given["instant"]
    modes = [each for each in house.modes if instant is None or each.recorded_at <= instant]
    pars = Pars.of(_policies(cursor, given), modes)
    return {
        table.id: pars.on(given["day"], table_id=table.id, game_type=table.game_type)
        for table in there
    }


def _policies(cursor: Cursor, given: Given) -> list[ParPolicy]:
    """The rows that can be in force on the day, at each level the last (PAR-2)."""
    rows = cursor.execute(
        "select distinct on (table_id, game_type) to_jsonb(par_policy) from par_policy"
        " where casino_id = %(casino_id)s and effective_from_gaming_day <= %(day)s"
        " and (%(tables)s::uuid[] is null or table_id is null or table_id = any(%(tables)s))"
        " and (%(instant)s::timestamptz is null or recorded_at <= %(instant)s)"
        " order by table_id, game_type, effective_from_gaming_day desc, recorded_at desc, id desc",
        given,
    )
    return [from_json(ParPolicy, row) for (row,) in rows]


def readings_of(cursor: Cursor, given: Given) -> defaultdict[UUID, list[Observation]]:
    """The readings by eye inside, where the window may close on one (SNAP-6)."""
    found: defaultdict[UUID, list[Observation]] = defaultdict(list)
    if not given["observed"]:
        return found
    rows = cursor.execute(
        "select to_jsonb(seen) from tray_observation seen join table_session s"
        " on s.casino_id = %(casino_id)s and s.id = seen.session_id"
        " where seen.casino_id = %(casino_id)s"
        " and seen.occurred_at > %(start)s and seen.occurred_at <= %(end)s"
        " and s.phase <> 'VOIDED' and (%(shift_id)s::uuid is null or s.shift_id = %(shift_id)s)"
        " and (%(tables)s::uuid[] is null or seen.table_id = any(%(tables)s))"
        " and (%(instant)s::timestamptz is null or seen.recorded_at <= %(instant)s)",
        given,
    )
    for (row,) in rows:
        reading = from_json(Observation, row)
        found[reading.table_id].append(reading)
    return found


# -- blind counts ----------------------------------------------------------------------------------


def tables_to_count(cursor: Cursor, given: Given) -> dict[UUID, int]:
    """The tables whose tray is still to be counted, with the ordinal of the session at it."""
    rows = cursor.execute(
        "select table_id, ordinal from table_session s where casino_id = %(casino_id)s"
        " and (phase = 'OPEN' or (phase = 'CLOSING' and not exists (select from tray_snapshot shot"
        "  where shot.casino_id = %(casino_id)s and shot.session_id = s.id"
        "  and shot.kind = 'CLOSING')))"
        " and (%(tables)s::uuid[] is null or table_id = any(%(tables)s))",
        given,
    )
    return dict(rows.fetchall())


def _touches(edges: Edges, live: int) -> bool:
    """Whether an end of the window is a count of the live session, or of the one before it, whose
    closing was the same tray."""
    marks = (edges.opening.mark, edges.closing.mark if edges.closing else None)
    observed = edges.closing is not None and edges.closing.observation is not None
    return observed or any(mark.ordinal >= live - 1 for mark in marks if mark)


def veiled(found: WinLoss) -> WinLoss:
    """The answer without what tells of a count to come (SNAP-4)."""
    return replace(
        found,
        win_loss_cents=None,
        before_drop_cents=None,
        opening_bankroll_cents=None,
        closing_bankroll_cents=None,
        reasons=(*found.reasons, COUNTS_BLIND),
    )
