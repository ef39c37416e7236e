"""The void report: slips and sessions that were voided, why, and who says so (FIL-16, SESS-7)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.queries.asking import records
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.which import values_of


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidedSlip:
    """A voided slip: its number stays in the series, its amount enters no total."""

    gaming_day: date
    shift_code: str
    pit: str | None
    table_code: str | None
    kind: str
    number: str | None
    total_cents: int
    issued_at: datetime | None
    voided_at: datetime
    reason: str | None
    voided_by: tuple[str, ...]
    replaced_by: str | None
    slip_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidedSession:
    """A session that was voided: it leaves a trace, and breaks no chain."""

    gaming_day: date
    shift_code: str
    table_code: str
    voided_at: datetime | None
    reason: str | None
    voided_by: tuple[str, ...]
    session_id: UUID


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    values = values_of(view, asked)
    slips = records(view.cursor, VoidedSlip, _SLIPS, values=values)
    sessions = records(view.cursor, VoidedSession, _SESSIONS, values=values)
    return (
        Part(name="slips", row=VoidedSlip, items=slips),
        Part(name="sessions", row=VoidedSession, items=sessions),
    )


_SLIPS = """
select s.gaming_day, s.shift_code, s.pit, s.table_code, slip.kind, slip.number, slip.total_cents,
       issued.occurred_at as issued_at, voided.occurred_at as voided_at,
       coalesce(voided.reason, slip.void_reason) as reason,
       coalesce(who.names, '{}') as voided_by, other.number as replaced_by, slip.id as slip_id
  from table_session s
  join slip on slip.casino_id = s.casino_id and slip.session_id = s.id and slip.status = 'VOIDED'
  join slip_step voided on voided.casino_id = s.casino_id and voided.slip_id = slip.id
       and voided.status = 'VOIDED'
  left join slip_step issued on issued.casino_id = s.casino_id and issued.slip_id = slip.id
       and issued.status in ('ISSUED', 'PICKED_UP')
  left join slip other on other.casino_id = s.casino_id and other.id = slip.replaced_by
  left join lateral (
       select array_agg(staff.badge || ' ' || staff.name order by signature.signed_at, staff.badge)
              as names, min(signature.signed_at) as signed_at
         from signature join staff on staff.casino_id = signature.casino_id
              and staff.id = signature.staff_id
        where signature.casino_id = s.casino_id
          and signature.subject_id = voided.id) who on true
 where s.casino_id = %(casino_id)s and s.id = any(%(sessions)s)
 order by voided.occurred_at, slip.id
"""

_SESSIONS = """
select s.gaming_day, s.shift_code, coalesce(s.table_code, t.code) as table_code,
       who.signed_at as voided_at, s.void_reason as reason,
       coalesce(who.names, '{}') as voided_by, s.id as session_id
  from table_session s
  join gaming_table t on t.casino_id = s.casino_id and t.id = s.table_id
  left join lateral (
       select array_agg(staff.badge || ' ' || staff.name order by signature.signed_at, staff.badge)
              as names, min(signature.signed_at) as signed_at
         from signature join staff on staff.casino_id = signature.casino_id
              and staff.id = signature.staff_id
        where signature.casino_id = s.casino_id
          and signature.subject_id = s.id and signature.step = 'void_session') who on true
 where s.casino_id = %(casino_id)s and s.id = any(%(sessions)s) and s.phase = 'VOIDED'
 order by s.gaming_day, table_code, s.id
"""

VOIDS = Report(
    slug="void-report",
    readers=MANAGERS,
    filters=(Filter.TO_DAY, Filter.SHIFT, Filter.PIT),
    parts=_parts,
)
