"""The drop log: every box taken off a table, its way, and what was counted (BOX-1, SOFT).

A box that was not counted has no amount, and never a zero. What was in it by instrument is the
count room's own and stands in no report (CNT-18).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.domain.terms import Role
from tablebank.queries.asking import records
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.which import values_of


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedDrop:
    """One removal. `drop_cents` is what enters the drop, by the count's last revision."""

    gaming_day: date
    shift_code: str
    pit: str | None
    table_code: str | None
    box: str
    drop_type: str
    removed_at: datetime
    crew: tuple[str, ...]
    seal: str | None
    replacement_box: str | None
    surveillance_operator: str | None
    surveillance_at: datetime | None
    reason: str | None
    also_told: tuple[str, ...]
    """Who was told beside surveillance (DRP-05, DRP-13)."""
    trip_started_at: datetime | None
    custody: str | None
    custody_at: datetime | None
    counted_at: datetime | None
    batch: str | None
    drop_cents: int | None
    drop_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class DropSum:
    """How many boxes, how many of them counted, and what those came to."""

    boxes: int
    not_counted: int
    drop_cents: int | None
    known_drop_cents: int | None


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    values = values_of(view, asked)
    drops = records(view.cursor, LoggedDrop, _DROPS, values=values)
    return (
        Part(name="drops", row=LoggedDrop, items=drops),
        Part(name="sums", row=DropSum, items=(_sum(drops),) if drops else ()),
    )


def _sum(drops: tuple[LoggedDrop, ...]) -> DropSum:
    counted = [each.drop_cents for each in drops if each.drop_cents is not None]
    return DropSum(
        boxes=len(drops),
        not_counted=len(drops) - len(counted),
        drop_cents=sum(counted) if len(counted) == len(drops) else None,
        known_drop_cents=sum(counted) if counted else None,
    )


_DROPS = """
select s.gaming_day, s.shift_code, s.pit, s.table_code, box.code as box, r.type as drop_type,
       r.removed_at, coalesce(crew.names, '{}') as crew, r.seal,
       other.code as replacement_box, r.surveillance ->> 'operator' as surveillance_operator,
       (r.surveillance ->> 'notified_at')::timestamptz as surveillance_at, r.reason,
       array(select told ->> 'told' from jsonb_array_elements(r.notices) told) as also_told,
       trip.started_at as trip_started_at,
       coalesce(way.step, 'REMOVED') as custody,
       coalesce(way.occurred_at, r.removed_at) as custody_at,
       counted.counted_at, counted.batch_id as batch, counted.drop_effect_cents as drop_cents,
       r.id as drop_id
  from table_session s
  join box_removal r on r.casino_id = s.casino_id and r.session_id = s.id
  join drop_box box on box.casino_id = s.casino_id and box.id = r.box_id
  left join drop_trip trip on trip.casino_id = s.casino_id and trip.id = r.trip_id
  left join drop_box other on other.casino_id = s.casino_id and other.id = r.replacement_box_id
  left join lateral (
       select step.step, step.occurred_at from custody_step step
        where step.casino_id = s.casino_id and step.removal_id = r.id
        order by step.occurred_at desc, step.id desc limit 1) way on true
  left join lateral (
       select c.counted_at, c.batch_id, c.drop_effect_cents from soft_count c
        where c.casino_id = s.casino_id and c.removal_id = r.id
        order by c.revision desc limit 1) counted on true
  left join lateral (
       select array_agg(staff.badge || ' ' || staff.name order by staff.badge) as names
         from signature join staff on staff.casino_id = signature.casino_id
              and staff.id = signature.staff_id
        where signature.casino_id = s.casino_id and signature.subject_id = r.id) crew on true
 where s.casino_id = %(casino_id)s and s.id = any(%(sessions)s)
 order by r.removed_at, r.id
"""

DROP_LOG = Report(
    slug="drop-log",
    readers=MANAGERS | {Role.SURVEILLANCE, Role.DROP_CREW, Role.COUNT_TEAM},
    filters=(Filter.TO_DAY, Filter.SHIFT, Filter.PIT),
    parts=_parts,
)
