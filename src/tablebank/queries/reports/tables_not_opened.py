"""Tables not opened: of every shift that has begun, the tables without a session in it (INV-07).

With what lies in each closed tray by its last count. A prepared table that nobody opened by the end
of the shift has lapsed; nothing is written for that (SESS-3).
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
class NotOpened:
    """A table that was not opened in a shift. Without a `last_count_cents` it was never counted."""

    gaming_day: date
    shift_code: str
    pit: str
    table_code: str
    table_status: str
    not_opened: str
    last_count_kind: str | None
    last_count_at: datetime | None
    last_count_cents: int | None
    table_id: UUID


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    shifts = [asked.shift] if asked.shift else view.house.calendar.shifts_of(asked.first_day)
    begun = [each for each in shifts if each.starts_at <= view.now]
    values = {
        **values_of(view, asked),
        "shifts": [each.id for each in begun],
        "codes": [each.code for each in begun],
        "starts": [each.starts_at for each in begun],
        "ends": [each.ends_at for each in begun],
    }
    # Who may count a tray in a house that counts blind is not told what lies in it (SNAP-4).
    statement = _NOT_OPENED_BLIND if view.blind else _NOT_OPENED
    found = records(view.cursor, NotOpened, statement, values=values)
    return (Part(name="tables", row=NotOpened, items=found),)


_NOT_OPENED = """
select %(first_day)s::date as gaming_day, shift.code as shift_code, was.pit, t.code as table_code,
       was.status as table_status,
       case when earlier.id is not null then 'STILL_IN_EARLIER_SESSION'
            when prepared.id is null then 'NOT_PREPARED'
            when shift.ends_at <= %(now)s then 'LAPSED'
            else 'READY_TO_OPEN' end as not_opened,
       last.kind as last_count_kind, last.occurred_at as last_count_at,
       last.total_cents as last_count_cents, t.id as table_id
  from unnest(%(shifts)s::uuid[], %(codes)s::text[], %(starts)s::timestamptz[],
              %(ends)s::timestamptz[]) with ordinality
       shift (id, code, starts_at, ends_at, place)
  join gaming_table t on t.casino_id = %(casino_id)s
 cross join lateral (
       select r.pit, r.status from table_revision r
        where r.casino_id = t.casino_id and r.table_id = t.id
          and r.effective_from_gaming_day <= %(first_day)s
        order by r.effective_from_gaming_day desc, r.recorded_at desc, r.id desc limit 1) was
  left join table_session prepared on prepared.casino_id = t.casino_id
       and prepared.table_id = t.id and prepared.shift_id = shift.id
       and prepared.phase = 'READY_TO_OPEN'
  left join lateral (
       select s.id from table_session s
         join tray_snapshot opener on opener.casino_id = s.casino_id
              and opener.session_id = s.id and opener.kind = 'OPENING'
        where s.casino_id = t.casino_id and s.table_id = t.id and s.phase <> 'VOIDED'
          and s.ordinal is not null and opener.occurred_at < shift.starts_at
          and coalesce(s.closed_at, 'infinity') > shift.starts_at
        limit 1) earlier on true
  left join lateral (
       select shot.kind, shot.occurred_at, shot.total_cents from tray_snapshot shot
        where shot.casino_id = t.casino_id and shot.table_id = t.id
          and shot.occurred_at < shift.ends_at
          and not exists (select from tray_snapshot later
                           where later.casino_id = shot.casino_id and later.supersedes = shot.id)
        order by shot.occurred_at desc, shot.recorded_at desc limit 1) last on true
 where was.status <> 'closed'
   and (%(pit)s::text is null or was.pit = %(pit)s)
   and not exists (
       select from table_session s
        where s.casino_id = t.casino_id and s.table_id = t.id and s.shift_id = shift.id
          and s.ordinal is not null and s.phase <> 'VOIDED')
 order by shift.place, was.pit, t.code
"""

_NOT_OPENED_BLIND = _NOT_OPENED.replace("last.total_cents as", "null::bigint as")

TABLES_NOT_OPENED = Report(
    slug="tables-not-opened",
    readers=MANAGERS | {Role.SUPERVISOR},
    filters=(Filter.SHIFT, Filter.PIT),
    parts=_parts,
)
