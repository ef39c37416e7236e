"""What an eye read in a tray (SNAP-6).

An observation is an estimate wherever it is shown. Nothing here is read by what adds up.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.queries.asking import records
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservationSheet:
    """A reading by eye as it is shown: an estimate (SNAP-6)."""

    id: UUID
    session_id: UUID
    table_id: UUID
    total_cents: int
    chipset: Mapping[str, int] | None
    estimated_drop_cents: int | None
    occurred_at: datetime
    recorded_at: datetime
    observed_by: UUID
    by: str
    """Who read it, by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LastObservation:
    """The latest reading of a session's tray: how much, when, and who read it."""

    total_cents: int
    estimated_drop_cents: int | None
    occurred_at: datetime
    by: str


_SHEETS = """
select o.id, o.session_id, o.table_id, o.total_cents, o.chipset, o.estimated_drop_cents,
       o.occurred_at, o.recorded_at, o.observed_by, staff.name as by
  from tray_observation o
  join staff on staff.casino_id = o.casino_id and staff.id = o.observed_by
 where o.casino_id = %(casino)s and o.id = any(%(ids)s)
 order by o.id
"""

_LAST = """
select wanted.id, o.total_cents, o.estimated_drop_cents, o.occurred_at, staff.name
  from unnest(%(sessions)s::uuid[]) wanted(id)
  join lateral (
       select * from tray_observation o
        where o.casino_id = %(casino)s and o.session_id = wanted.id
        order by o.occurred_at desc, o.recorded_at desc limit 1) o on true
  join staff on staff.casino_id = o.casino_id and staff.id = o.observed_by
"""


def observations_by_id(
    cursor: Cursor, casino_id: UUID, observation_ids: Collection[UUID]
) -> tuple[ObservationSheet, ...]:
    """The sheets of these readings, by age."""
    values = {"casino": casino_id, "ids": list(observation_ids)}
    return records(cursor, ObservationSheet, _SHEETS, values=values)


def observations_of(
    cursor: Cursor, casino_id: UUID, session_id: UUID, *, asked: Asked
) -> tuple[tuple[ObservationSheet, ...], Ids]:
    """One page of what was read by eye in a session, oldest first."""
    page = ids_of(
        cursor,
        "select kept.id from tray_observation kept where kept.casino_id = %(casino)s"
        " and kept.session_id = %(session)s",
        {"casino": casino_id, "session": session_id},
        asked=asked,
    )
    return observations_by_id(cursor, casino_id, page.ids), page


def last_observations(
    cursor: Cursor, casino_id: UUID, session_ids: Collection[UUID]
) -> dict[UUID, LastObservation]:
    """The latest reading of each of these sessions that has one."""
    rows: Collection[Any] = cursor.execute(
        _LAST, {"casino": casino_id, "sessions": list(session_ids)}
    ).fetchall()
    return {
        session_id: LastObservation(
            total_cents=total_cents,
            estimated_drop_cents=estimated_drop_cents,
            occurred_at=occurred_at,
            by=by,
        )
        for session_id, total_cents, estimated_drop_cents, occurred_at, by in rows
    }
