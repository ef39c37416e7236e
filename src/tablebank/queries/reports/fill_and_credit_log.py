"""The fill and credit log: every slip of some gaming days, with its way and what it came to.

Fills and credits are summed on their own, never netted (CRD-10); what is still on the way is beside
what was verified, not in it (SLIP-6).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.queries.asking import records
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.which import values_of


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedSlip:
    """One slip. `moved_at` is when its chips left, `arrived_at` when the other side verified it."""

    gaming_day: date
    shift_code: str
    pit: str | None
    table_code: str | None
    kind: str
    number: str | None
    request_number: str | None
    purpose: str
    status: str
    total_cents: int
    requested_at: datetime
    requested_by: str
    moved_at: datetime | None
    runner: str | None
    arrived_at: datetime | None
    deposited_at: datetime | None
    disputed: bool
    slip_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class KindSum:
    """What the slips of one kind came to, by what became of them."""

    kind: str
    slips: int
    verified: int
    verified_cents: int
    on_the_way: int
    on_the_way_cents: int
    voided: int
    cancelled: int


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    values = values_of(view, asked)
    slips = records(view.cursor, LoggedSlip, _SLIPS, values=values)
    sums = records(view.cursor, KindSum, _SUMS, values=values)
    return (
        Part(name="slips", row=LoggedSlip, items=slips),
        Part(name="by_kind", row=KindSum, items=sums),
    )


_SLIPS = """
select s.gaming_day, s.shift_code, s.pit, s.table_code, slip.kind, slip.number,
       slip.request_number, slip.purpose, slip.status, slip.total_cents, slip.requested_at,
       asker.badge || ' ' || asker.name as requested_by, slip.moved_at,
       runner.badge || ' ' || runner.name as runner, arrived.occurred_at as arrived_at,
       slip.deposited_at, slip.disputed, slip.id as slip_id, slip.session_id
  from table_session s
  join slip on slip.casino_id = s.casino_id and slip.session_id = s.id
  join staff asker on asker.casino_id = s.casino_id and asker.id = slip.requested_by
  left join staff runner on runner.casino_id = s.casino_id and runner.id = slip.runner_id
  left join lateral (
       select step.occurred_at from slip_step step
        where step.casino_id = s.casino_id and step.slip_id = slip.id
          and step.status in ('VERIFIED_AT_TABLE', 'VERIFIED_AT_CAGE')
        order by step.occurred_at limit 1) arrived on true
 where s.casino_id = %(casino_id)s and s.id = any(%(sessions)s)
 order by slip.requested_at, slip.id
"""

_SUMS = """
select slip.kind,
       count(*)::int as slips,
       count(*) filter (where slip.status in ('VERIFIED_AT_TABLE', 'VERIFIED_AT_CAGE',
                                              'DEPOSITED_IN_DROPBOX'))::int as verified,
       coalesce(sum(slip.total_cents) filter (where slip.status in ('VERIFIED_AT_TABLE',
                'VERIFIED_AT_CAGE', 'DEPOSITED_IN_DROPBOX')), 0)::bigint as verified_cents,
       count(*) filter (where slip.status in ('REQUESTED', 'ISSUED', 'PICKED_UP'))::int
                as on_the_way,
       coalesce(sum(slip.total_cents) filter (where slip.status in ('REQUESTED', 'ISSUED',
                'PICKED_UP')), 0)::bigint as on_the_way_cents,
       count(*) filter (where slip.status = 'VOIDED')::int as voided,
       count(*) filter (where slip.status = 'CANCELLED')::int as cancelled
  from table_session s
  join slip on slip.casino_id = s.casino_id and slip.session_id = s.id
 where s.casino_id = %(casino_id)s and s.id = any(%(sessions)s)
 group by slip.kind
 order by slip.kind desc
"""

FILL_AND_CREDIT_LOG = Report(
    slug="fill-and-credit-log",
    readers=MANAGERS,
    filters=(Filter.TO_DAY, Filter.SHIFT, Filter.PIT),
    parts=_parts,
)
