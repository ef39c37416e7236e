"""Par history: every target that was in force on one of the days, who set it, when and why (PAR-1).

A target is policy and never a count. One that was replaced before it took effect was never in
force, and stands here as well while its day is among those asked for. The pit is the one in which
its table stood on the last of the days it was in force on (BASE-7).
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
class SetPar:
    """A row of policy. Without table and game it is the casino's own (PAR-2)."""

    table_code: str | None
    pit: str | None
    game_type: str | None
    effective_from_day: date
    next_effective_day: date | None
    table_bank_mode: str | None
    par_cents: int | None
    par_source: str
    recorded_at: datetime
    recorded_by: str
    approved_at: datetime | None
    approved_by: str | None
    notes: str | None
    policy_id: UUID


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    found = records(view.cursor, SetPar, _SET, values=values_of(view, asked))
    return (Part(name="pars", row=SetPar, items=found),)


_SET = """
with every as (
    select p.*, lead(effective_from_gaming_day) over (
               partition by table_id, game_type
               order by effective_from_gaming_day, recorded_at, id) as next_effective_day
      from par_policy p
     where casino_id = %(casino_id)s
)
select t.code as table_code, was.pit, p.game_type,
       p.effective_from_gaming_day as effective_from_day, p.next_effective_day,
       p.table_bank_mode, p.par_total_cents as par_cents, p.source as par_source, p.recorded_at,
       teller.badge || ' ' || teller.name as recorded_by,
       p.approved_at, approver.badge || ' ' || approver.name as approved_by, p.notes,
       p.id as policy_id
  from every p
  left join gaming_table t on t.casino_id = p.casino_id and t.id = p.table_id
  left join lateral (
       select r.pit from table_revision r
        where r.casino_id = p.casino_id and r.table_id = p.table_id
          and r.effective_from_gaming_day <= greatest(p.effective_from_gaming_day,
                  least(%(last_day)s::date, p.next_effective_day - 1))
        order by r.effective_from_gaming_day desc, r.recorded_at desc, r.id desc
        limit 1) was on true
  join staff teller on teller.casino_id = p.casino_id and teller.id = p.recorded_by
  left join staff approver on approver.casino_id = p.casino_id and approver.id = p.approved_by
 where p.effective_from_gaming_day <= %(last_day)s
   and coalesce(p.next_effective_day, 'infinity') > %(first_day)s
   and (%(pit)s::text is null or was.pit = %(pit)s)
 order by p.table_id is not null, p.game_type, t.code, p.effective_from_gaming_day, p.recorded_at
"""

PAR_HISTORY = Report(
    slug="par-history",
    readers=MANAGERS | {Role.ADMIN},
    filters=(Filter.TO_DAY, Filter.PIT),
    parts=_parts,
)
