"""The results of past days, for reports: each session's or drop group's, once (RUN, BOX-6).

A final result is what its last report says (RUN-5, RUN-6). Where there is none yet, it is what the
facts say now, by the one function of `domain.rundown`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from tablebank.domain.blind import hidden_sessions, veiled
from tablebank.domain.boxes import group_of
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.rundown import Rundown, group_rundown, rundown_of
from tablebank.domain.table_games import (
    Result,
    Results,
    ToDate,
    added,
    counted_only,
    results_inside,
    sum_of_results,
)
from tablebank.domain.windows.asked import Baselines
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import Asked
from tablebank.queries.rundowns import with_report
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.load import load_many, of
from tablebank.store.results import Period, Place, final_results


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A session that was opened and not voided, with its own rundown as it stands."""

    session: Session
    rundown: Rundown


def place_of(session: Session) -> Place:
    """Where a session was played, which a later change of its table does not move."""
    return Place(session.pit or "", session.game_type or "", session.table_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class TablePlayed:
    """A table's sessions in their order, and the results of them (`domain.table_games`)."""

    place: Place
    table_code: str
    sessions: tuple[Played, ...]
    results: tuple[Result, ...]


def sessions_asked(view: View, asked: Asked) -> tuple[Session, ...]:
    """The sessions of the days, shift and pit asked for that were opened and not voided.

    Pit and game are those they were opened under: a later change moves none (BASE-7).
    """
    where = "gaming_day between %s and %s and phase not in ('READY_TO_OPEN', 'VOIDED')"
    values: list[Any] = [asked.first_day, asked.last_day]
    if asked.shift is not None:
        where, values = where + " and shift_id = %s", [*values, asked.shift.id]
    if asked.pit is not None:
        where, values = where + " and pit = %s", [*values, asked.pit]
    return load_many(view.cursor, Session, of(view.casino_id, where, *values))


def played_at_tables(
    view: View, sessions: Collection[Session], baselines: Baselines
) -> tuple[TablePlayed, ...]:
    """These sessions by table, pit and game, with their rundowns and results.

    No result of a session rests on a target; of the baselines, `counted` leaves out what was
    attested to be at par (BASE-8).
    """
    behind = facts_of_tables(view.cursor, view.casino_id, [each.id for each in sessions])
    by_place: defaultdict[Place, list[Session]] = defaultdict(list)
    for session in sessions:
        by_place[place_of(session)].append(session)
    found = [_table_played(view, mine, behind) for mine in by_place.values()]
    if baselines is Baselines.COUNTED:
        found = [
            replace(each, results=tuple(counted_only(one) for one in each.results))
            for each in found
        ]
    return tuple(sorted(found, key=lambda each: (each.place.pit, each.table_code)))


def _table_played(
    view: View, sessions: Iterable[Session], behind: Mapping[UUID, TableFacts]
) -> TablePlayed:
    in_order = sorted(sessions, key=lambda each: each.ordinal or 0)
    facts = behind[in_order[0].id]
    hidden = hidden_sessions(facts) if view.blind else frozenset()
    played = tuple(
        Played(
            session=each,
            rundown=veiled(with_report(facts, each, rundown_of(facts, each)).rundown, hidden),
        )
        for each in in_order
    )
    own = {each.session.id: each.rundown for each in played}
    results: dict[UUID, Result] = {}
    for each in in_order:
        group = group_of(facts, each)
        if len(group) == 1:
            results[each.id] = Result(rundown=own[each.id])
        elif group[0].id not in results:
            whole = with_report(facts, group[0], group_rundown(facts, group)).rundown
            results[group[0].id] = Result(rundown=veiled(whole, hidden))
    return TablePlayed(
        place=place_of(in_order[0]),
        table_code=in_order[-1].table_code or "",
        sessions=played,
        results=results_inside(results.values(), own),
    )


def to_date(view: View, asked: Asked) -> dict[Place, ToDate]:
    """The results of every table that played on the days, with the day they are since (PAR-11).

    What is final is summed where it is kept; only what is not, or was made final before its count
    and not amended since, is worked out from its facts. So the cost grows with what is still open,
    and with one row for each result.
    """
    period = Period(
        first=asked.first_day,
        last=asked.last_day,
        pit=asked.pit,
        counted=asked.baselines is Baselines.COUNTED,
        pending=False,
    )
    found: defaultdict[Place, list[Results]] = defaultdict(list)
    for place, results in final_results(view.cursor, view.casino_id, period).items():
        found[place].append(results)
    for each in played_at_tables(view, _not_final(view, asked), asked.baselines):
        found[each.place].append(sum_of_results(each.results))
    tables = list({each.table_id for each in found})
    began: dict[UUID, date] = dict(
        view.cursor.execute(_FIRST_DAYS, [view.casino_id, tables]).fetchall()
    )
    return {
        place: ToDate(since_day=max(asked.first_day, began[place.table_id]), results=added(sums))
        for place, sums in found.items()
    }


def _not_final(view: View, asked: Asked) -> tuple[Session, ...]:
    """The sessions whose result is not final: a member of a drop group that was made final alone,
    before its count, leaves the result of its group open (BOX-6, 0032)."""
    which = (
        "gaming_day between %s and %s and phase not in ('READY_TO_OPEN', 'VOIDED')"
        " and (phase <> 'FINALIZED' or reconciled_at is null)"
        " and (%s::text is null or pit = %s)"
    )
    values = (asked.first_day, asked.last_day, asked.pit, asked.pit)
    return load_many(view.cursor, Session, of(view.casino_id, which, *values))


_FIRST_DAYS = """
select table_id, min(gaming_day) from table_session
 where casino_id = %s and table_id = any(%s) and phase not in ('READY_TO_OPEN', 'VOIDED')
 group by table_id
"""


def codes_of(view: View, tables: Iterable[UUID]) -> dict[UUID, str]:
    """What these tables are called now."""
    found = view.cursor.execute(
        "select id, code from gaming_table where casino_id = %s and id = any(%s)",
        [view.casino_id, list(tables)],
    )
    return dict(found.fetchall())
