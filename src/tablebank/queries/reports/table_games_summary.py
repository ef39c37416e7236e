"""The table games summary: a master report's columns per table, game, pit and property.

For management: it is no regulatory filing (seed 004, sections 2 and 8). Per shift or gaming day,
with month and year to date, each "since" where a table was taken into the system later (PAR-11).
Every result is a rundown's, so that its total is the sum of rundowns and drop groups (SHIFT-1).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tablebank.domain.table_games import Line, ToDate, added, line_of, sum_of_lines
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.results import (
    TablePlayed,
    codes_of,
    played_at_tables,
    sessions_asked,
    to_date,
)
from tablebank.store.results import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """A table, or the sum of some: where one is not known, its sums are None and `known_…` beside
    them add up the `results` less the `unknown_results` (LESSON-2)."""

    table_code: str | None
    pit: str | None
    game_type: str | None
    sessions: int
    opener_cents: int | None
    fills_cents: int | None
    credits_cents: int | None
    closer_cents: int | None
    between_cents: int | None
    drop_cents: int | None
    win_cents: int | None
    hold_pct: str | None
    results: int
    unknown_results: int
    known_win_cents: int | None
    reasons: tuple[str, ...]
    month_drop_cents: int | None
    month_win_cents: int | None
    month_hold_pct: str | None
    month_known_win_cents: int | None
    month_unknown_results: int
    month_since_day: date | None
    year_drop_cents: int | None
    year_win_cents: int | None
    year_hold_pct: str | None
    year_known_win_cents: int | None
    year_unknown_results: int
    year_since_day: date | None
    table_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """A table's line, if it was open, with what it made since the first of month and year."""

    place: Place
    code: str
    line: Line | None
    month: ToDate | None
    year: ToDate


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    tables = _tables(view, asked)
    rows = tuple(
        _row([each], code=each.code, pit=each.place.pit, game_type=each.place.game_type)
        for each in tables
    )
    games, pits = _by(tables, lambda each: each.game_type), _by(tables, lambda each: each.pit)
    return (
        Part(name="tables", row=TableRow, items=rows, totals=_row(tables) if tables else None),
        Part(
            name="by_game",
            row=TableRow,
            items=tuple(_row(mine, game_type=game) for game, mine in games),
        ),
        Part(name="by_pit", row=TableRow, items=tuple(_row(mine, pit=pit) for pit, mine in pits)),
    )


def _tables(view: View, asked: Asked) -> list[_Table]:
    """Every table that played this year, so that month and year are of all of them."""
    sessions = sessions_asked(view, asked)
    played = {each.place: each for each in played_at_tables(view, sessions, asked.baselines)}
    last = asked.last_day
    month = to_date(view, asked.since(last.replace(day=1)))
    year = to_date(view, asked.since(last.replace(month=1, day=1)))
    codes = codes_of(view, {place.table_id for place in year})
    tables = [
        _Table(
            place=place,
            code=played[place].table_code if place in played else codes[place.table_id],
            line=_line(played.get(place)),
            month=month.get(place),
            year=year[place],
        )
        for place in year
    ]
    return sorted(tables, key=lambda each: (each.place.pit, each.code, each.place))


def _line(played: TablePlayed | None) -> Line | None:
    if played is None:
        return None
    return line_of([each.rundown for each in played.sessions], played.results)


def _by(tables: Iterable[_Table], key: Callable[[Place], str]) -> list[tuple[str, list[_Table]]]:
    found: defaultdict[str, list[_Table]] = defaultdict(list)
    for each in tables:
        found[key(each.place)].append(each)
    return sorted(found.items())


def _row(
    tables: list[_Table],
    *,
    code: str | None = None,
    pit: str | None = None,
    game_type: str | None = None,
) -> TableRow:
    line = sum_of_lines(each.line for each in tables if each.line)
    month = added(each.month.results for each in tables if each.month)
    year = added(each.year.results for each in tables)
    return TableRow(
        table_code=code,
        pit=pit,
        game_type=game_type,
        sessions=line.sessions,
        opener_cents=line.opener_cents,
        fills_cents=line.fills_cents,
        credits_cents=line.credits_cents,
        closer_cents=line.closer_cents,
        between_cents=line.between_cents,
        drop_cents=line.results.drop_cents,
        win_cents=line.results.win_cents,
        hold_pct=line.results.hold_pct,
        results=line.results.results,
        unknown_results=line.results.unknown,
        known_win_cents=line.results.known_win_cents,
        reasons=line.reasons if code else (),
        month_drop_cents=month.drop_cents,
        month_win_cents=month.win_cents,
        month_hold_pct=month.hold_pct,
        month_known_win_cents=month.known_win_cents,
        month_unknown_results=month.unknown,
        month_since_day=_since(each.month for each in tables),
        year_drop_cents=year.drop_cents,
        year_win_cents=year.win_cents,
        year_hold_pct=year.hold_pct,
        year_known_win_cents=year.known_win_cents,
        year_unknown_results=year.unknown,
        year_since_day=_since(each.year for each in tables),
        table_id=tables[0].place.table_id if code else None,
    )


def _since(sums: Iterable[ToDate | None]) -> date | None:
    return min((each.since_day for each in sums if each), default=None)


TABLE_GAMES_SUMMARY = Report(
    slug="table-games-summary",
    readers=MANAGERS,
    filters=(Filter.SHIFT, Filter.PIT, Filter.BASELINE),
    parts=_parts,
)
