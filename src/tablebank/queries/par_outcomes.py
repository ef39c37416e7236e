"""How often proposed pars were taken, and what was asked of the tables before and since (SUGG).

Four statements, whatever the casino's size: tallies by source, the latest that were taken, the
policy rows these stand among, and the sessions around the days from which they hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.par import Pars
from tablebank.domain.par_proposals import APPROVED
from tablebank.domain.recommendations.evidence import SessionSeen
from tablebank.domain.recommendations.outcomes import (
    Outcome,
    Sum,
    Taken,
    days_looked_at,
    outcome_of,
    summed,
)
from tablebank.domain.terms import ParSource
from tablebank.queries.asking import records
from tablebank.store.evidence import Stretch, sessions_seen
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor

LATEST = 100
"""So many that were taken are looked at, the latest ones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What became of the proposals from one source. Superseded ones were never decided."""

    source: str
    proposed: int
    waiting: int
    waiting_since: datetime | None
    """When the oldest of those that wait was made."""
    approved: int
    rejected: int
    superseded: int
    rejected_because: list[str]
    """The reasons of the latest rejections, the last one first; at most five."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcomes:
    """Tallies by source, the latest that were taken with what came of them, and their sum."""

    sources: tuple[Tally, ...]
    taken: tuple[Outcome, ...]
    sum: Sum


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """A proposal that was approved for one table, and the policy row it became."""

    proposal_id: UUID
    table_id: UUID
    table_code: str
    game_type: str | None
    source: str
    policy_id: UUID
    since: date
    to_cents: int | None


def par_outcomes(cursor: Cursor, house: House, *, day: date, latest: int = LATEST) -> Outcomes:
    """What became of proposals, as it stands on gaming day `day`."""
    casino_id, advice = house.casino.id, house.settings.advice
    rows = records(
        cursor,
        _Row,
        _TAKEN,
        values={"casino": casino_id, "approved": APPROVED, "latest": latest},
    )
    pars = _pars(cursor, house, [row.table_id for row in rows])
    sessions = _sessions(cursor, house, rows)
    outcomes = tuple(
        outcome_of(
            _taken(house, row, pars=pars, sessions=sessions[nth], day=day),
            day=day,
            advice=advice,
        )
        for nth, row in enumerate(rows)
    )
    return Outcomes(
        sources=records(cursor, Tally, _TALLIES, values={"casino": casino_id}),
        taken=outcomes,
        sum=summed(outcomes, target=advice.target),
    )


def _pars(cursor: Cursor, house: House, table_ids: Sequence[UUID]) -> Pars:
    """The policy rows of these tables, of games and of the casino."""
    which = of(house.casino.id, "(table_id is null or table_id = any(%s))", list(table_ids))
    return Pars.of(load_many(cursor, ParPolicy, which), house.modes)


def _taken(
    house: House,
    row: _Row,
    *,
    pars: Pars,
    sessions: tuple[SessionSeen, ...],
    day: date,
) -> Taken:
    mine = pars.reaching(row.table_id)
    others = Pars.of((each for each in mine if each.id != row.policy_id), pars.modes)
    whose: dict[str, Any] = {"table_id": row.table_id, "game_type": row.game_type}
    return Taken(
        proposal_id=row.proposal_id,
        table_id=row.table_id,
        table_code=row.table_code,
        source=ParSource(row.source),
        since=row.since,
        from_cents=others.on(row.since - timedelta(days=1), **whose).par_total_cents,
        to_cents=row.to_cents,
        is_todays=pars.on(day, **whose).policy_id == row.policy_id,
        sessions=sessions,
    )


def _sessions(
    cursor: Cursor, house: House, rows: Sequence[_Row]
) -> Mapping[int, tuple[SessionSeen, ...]]:
    """By the place of each row: its table's sessions around the day from which it holds."""
    advice = house.settings.advice
    stretches = [
        Stretch(row.table_id, *days_looked_at(since=row.since, advice=advice)) for row in rows
    ]
    return sessions_seen(cursor, house.casino.id, stretches)


_TALLIES = """
select p.source, count(*) as proposed,
       count(*) filter (where p.status = 'PROPOSED') as waiting,
       min(p.recorded_at) filter (where p.status = 'PROPOSED') as waiting_since,
       count(*) filter (where p.status = 'APPROVED') as approved,
       count(*) filter (where p.status = 'REJECTED') as rejected,
       count(*) filter (where p.status = 'SUPERSEDED') as superseded,
       coalesce((array_agg(p.decided_because order by p.decided_at desc)
                 filter (where p.status = 'REJECTED'))[1:5], '{}') as rejected_because
  from par_proposal p
 where p.casino_id = %(casino)s
 group by p.source
 order by p.source
"""

_TAKEN = """
select p.id as proposal_id, p.table_id, t.code as table_code, t.game_type, p.source,
       y.id as policy_id, y.effective_from_gaming_day as since, y.par_total_cents as to_cents
  from par_proposal p
  join par_policy y on y.casino_id = p.casino_id and y.id = p.policy_id
  join gaming_table t on t.casino_id = p.casino_id and t.id = p.table_id
 where p.casino_id = %(casino)s and p.status = %(approved)s
 order by p.id desc
 limit %(latest)s
"""
