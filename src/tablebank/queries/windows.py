"""Window win/loss of many tables at once (BASE): what lies at and between a window's two ends.

A few statements, each served by an index, for however many tables are asked for: the counts that
can begin or end the window, the slips and buy-ins between its ends, the sessions and boxes. What
they mean is decided by `domain.windows`, by the same functions that answer for one table from its
facts. The cost grows with tables and the window's length, not with history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tablebank.domain.blind import COUNTS_BLIND
from tablebank.domain.decisions import House
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.par import ParInForce, Pars
from tablebank.domain.plain import plain
from tablebank.domain.terms import Basis, SnapshotKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import Baselines, CloseOn, Window, WinLoss
from tablebank.domain.windows.drop import BoxSeen, Played
from tablebank.domain.windows.edges import Edges, edges_of
from tablebank.domain.windows.marks import Mark, Point, in_order
from tablebank.domain.windows.moved import Moved
from tablebank.domain.windows.win_loss import Between, answer
from tablebank.queries.buy_ins import noted_between
from tablebank.store.load import statement
from tablebank.store.rows import from_json
from tablebank.store.scope import Cursor


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
        told: dict[str, Any] = plain(self.answer)
        par = told.pop("par")
        return {
            "table_id": str(self.table.id),
            "table_code": self.table.code,
            "pit": self.table.pit,
            "game_type": self.table.game_type,
            **told,
            "par_total_cents": par["par_total_cents"],
            "par_set_by": par["approved_by"],
            "par_set_at": par["approved_at"],
            "table_bank_mode": par["table_bank_mode"],
        }


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
    given = given_of(house, window, tables=tables)
    there = tables_there(cursor, given)
    marks = _marks(cursor, given, window)
    pars = pars_of(cursor, house, given, there=there)
    readings = readings_of(cursor, given)
    edges = {
        table.id: edges_of(
            marks.get(table.id, []),
            par=pars[table.id],
            window=window,
            readings=readings[table.id],
        )
        for table in there
    }
    moved = _moved(cursor, house.casino.id, edges)
    played, boxes = _played(cursor, house.casino.id, edges, window)
    opened = _opened(cursor, given)
    hidden = tables_to_count(cursor, given) if blind else {}
    rows = []
    for table in there:
        between = Between(
            moved=moved.get(table.id),
            played=played[table.id],
            boxes=boxes[table.id],
            opened=table.id in opened,
        )
        found = answer(window, par=pars[table.id], edges=edges[table.id], between=between)
        if table.id in hidden and _touches(edges[table.id], hidden[table.id]):
            found = veiled(found)
        rows.append(WindowRow(table=table, answer=found))
    return tuple(rows)


Given = Mapping[str, Any]
"""What the statements of a window are given."""


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
                      and s.gaming_day between %(day)s and %(last_day)s))
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


def _moved(cursor: Cursor, casino_id: UUID, edges: Mapping[UUID, Edges]) -> dict[UUID, Moved]:
    spans = [
        (table_id, ends.first, ends.closing.point)
        for table_id, ends in edges.items()
        if ends.first and ends.closing
    ]
    if not spans:
        return {}
    rows = cursor.execute(
        statement("window_moved"),
        {
            "casino_id": casino_id,
            "tables": [table_id for table_id, _, _ in spans],
            "firsts": [first.at for _, first, _ in spans],
            "first_recorded": [first.recorded_at for _, first, _ in spans],
            "lasts": [last.at for _, _, last in spans],
            "last_recorded": [last.recorded_at for _, _, last in spans],
        },
    )
    return {
        table_id: Moved(fills_cents=fills, credits_cents=credits_, in_transit_cents=in_transit)
        for table_id, fills, credits_, in_transit in rows
    }


def _played(
    cursor: Cursor, casino_id: UUID, edges: Mapping[UUID, Edges], window: Window
) -> tuple[defaultdict[UUID, list[Played]], defaultdict[UUID, list[BoxSeen]]]:
    """By table the sessions with play from the baseline to the end, and their boxes."""
    noted = noted_between(cursor, casino_id, edges)
    lows = [_low(each) for each in edges.values()]
    lasts = [_last(each, window) for each in edges.values()]
    rows = cursor.execute(
        statement("window_played"),
        {"casino_id": casino_id, "tables": list(edges), "lows": lows, "lasts": lasts},
    )
    played: defaultdict[UUID, list[Played]] = defaultdict(list)
    boxes: defaultdict[UUID, list[BoxSeen]] = defaultdict(list)
    for table_id, what, ordinal, shift_id, start, end, serves, in_play, removed, cents in rows:
        if what == "played":
            played[table_id].append(
                Played(
                    ordinal=ordinal,
                    shift_id=shift_id,
                    start=start,
                    end=end,
                    noted_cents=noted.get((table_id, ordinal)),
                )
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


def _opened(cursor: Cursor, given: Given) -> set[UUID]:
    """The tables with a session of the window's own shift, counted or not."""
    if given["shift_id"] is None:
        return set()
    rows = cursor.execute(
        "select distinct table_id from table_session where casino_id = %(casino_id)s"
        " and shift_id = %(shift_id)s and ordinal is not null and phase <> 'VOIDED'",
        given,
    )
    return {table_id for (table_id,) in rows}


def _low(edges: Edges) -> int:
    mark = edges.opening.mark
    return mark.ordinal if mark else 1


def _last(edges: Edges, window: Window) -> datetime:
    """A shift's own counts may lie after its end: whatever is measured is looked at (BASE-2)."""
    points = (edges.first, edges.closing.point if edges.closing else None)
    return max([window.end, *(point.at for point in points if point)])


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
