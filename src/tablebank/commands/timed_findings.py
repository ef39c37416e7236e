"""Raising the findings of tables that come with time: a line of the sweep (FIND-2, SLIP-7, SESS-9).

What is due is found by index over what is on the way, what is in play and what stands closed: the
cost grows with the tables, not with history.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tablebank.commands.scene import Command, Scene, Target, the_table
from tablebank.domain.decisions import Decision, House
from tablebank.domain.facts import Session
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.findings.session_left_open import left_open_from
from tablebank.store.load import Known, load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteTimed:
    """Look at one table's findings that come with time, and raise what has come."""


def tables_to_note(
    cursor: Cursor, known: Known, *, now: datetime, since: UUID | None
) -> Collection[UUID]:
    """The tables with something that is too long by now and stands in no finding yet.

    `since` is not asked for: what comes with time has no row of its own.
    """
    house = known.house
    found = {*_with_slips(cursor, house, now), *_left_open(cursor, house, now)}
    if house.settings.idle_recount_days:
        found |= _to_recount(cursor, house, now)
    return sorted(found)


def _with_slips(cursor: Cursor, house: House, now: datetime) -> set[UUID]:
    limit = timedelta(minutes=house.settings.transit_limit_minutes)
    rows = cursor.execute(_SLIPS, {"casino": house.casino.id, "left_before": now - limit})
    return {table_id for (table_id,) in rows.fetchall()}


def _left_open(cursor: Cursor, house: House, now: datetime) -> set[UUID]:
    live = load_many(cursor, Session, of(house.casino.id, _LIVE))
    late = ((session, left_open_from(house, session)) for session in live)
    return {session.table_id for session, late_from in late if late_from and now > late_from}


def _to_recount(cursor: Cursor, house: House, now: datetime) -> set[UUID]:
    before = now - timedelta(days=house.settings.idle_recount_days)
    rows = cursor.execute(_STANDING, {"casino": house.casino.id, "counted_before": before})
    return {table_id for (table_id,) in rows.fetchall()}


_SLIPS = """
select slip.table_id from slip
 where slip.casino_id = %(casino)s and slip.status in ('ISSUED', 'PICKED_UP')
   and slip.moved_at < %(left_before)s
   and not exists (select from finding
                    where finding.casino_id = slip.casino_id and finding.kind = 'SLIP_OVERDUE'
                      and finding.subject_type = 'slip' and finding.subject_id = slip.id::text
                      and finding.status <> 'CLEARED')
"""

_LIVE = """phase in ('OPENING', 'OPEN', 'CLOSING')
   and not exists (select from finding
                    where finding.casino_id = kept.casino_id
                      and finding.kind = 'SESSION_LEFT_OPEN' and finding.subject_type = 'session'
                      and finding.subject_id = kept.id::text
                      and finding.status <> 'CLEARED')"""

_STANDING = """
select t.id from gaming_table t cross join lateral (
    select kind, occurred_at, total_cents from tray_snapshot
     where casino_id = t.casino_id and table_id = t.id
     order by occurred_at desc, recorded_at desc limit 1) counted
 where t.casino_id = %(casino)s and counted.total_cents > 0
   and counted.kind in ('CLOSING', 'IDLE')
   and counted.occurred_at < %(counted_before)s
   and not exists (select from table_session s
                    where s.casino_id = t.casino_id and s.table_id = t.id
                      and s.phase in ('OPENING', 'OPEN', 'CLOSING'))
   and not exists (select from finding
                    where finding.casino_id = t.casino_id and finding.kind = 'RECOUNT_DUE'
                      and finding.subject_type = 'table' and finding.subject_id = t.id::text
                      and (finding.status = 'OPEN' or finding.resolved_at > counted.occurred_at))
"""


def _find(scene: Scene, record_id: UUID | None) -> Target:
    """The table, with the session that holds it and those whose slips are on the way."""
    target = the_table(scene, record_id)
    rows = scene.cursor.execute(
        "select session_id from slip where casino_id = %(casino)s and table_id = %(table)s"
        " and status in ('ISSUED', 'PICKED_UP') union"
        " select id from table_session where casino_id = %(casino)s and table_id = %(table)s"
        " and phase in ('OPENING', 'OPEN', 'CLOSING')",
        {"casino": scene.casino_id, "table": target.id},
    ).fetchall()
    return replace(target, also_focus=tuple(session_id for (session_id,) in rows))


def _note(scene: Scene, body: NoteTimed) -> Decision:
    """Nothing of the table changes; what is found by now is settled like after any change."""
    found = settled(act=scene.acted(), house=scene.house, facts=scene.on_table())
    return Decision(
        subject_id=scene.on_table().table.id,
        changed_nothing=not found,
        outcome={"exceptions": [each.kind for each in found]},
    )


NOTE_TIMED = Command(
    name="note_timed",
    body=NoteTimed,
    step="sweep",
    find=_find,
    decide=_note,
)
