"""Exceptions with their age: what was raised by the end of some days and stood open on them (FIND).

Open ones come first, the oldest first; what was resolved or cleared on the days stands below.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.findings.catalogue import BY_NAME
from tablebank.queries.asking import records
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import Asked, Filter, Part, Report
from tablebank.queries.reports.which import values_of


@dataclass(frozen=True, kw_only=True, slots=True)
class AgedException:
    """One exception. `age_days` are whole days from raising to its end, or to now."""

    exception_kind: str
    exception: str
    exception_status: str
    stops: str
    department: str
    gaming_day: date | None
    shift_code: str | None
    pit: str | None
    table_code: str | None
    raised_at: datetime
    age_days: int
    due_at: datetime | None
    variance_cents: int | None
    ended_at: datetime | None
    resolved_by: str | None
    reason_code: str | None
    narrative: str | None
    exception_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusSum:
    """How many exceptions of a status there are, and the age of the oldest in days."""

    exception_status: str
    exceptions: int
    oldest_days: int


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    values = {
        **values_of(view, asked),
        "kinds": list(BY_NAME),
        "sentences": [str(each.words) for each in BY_NAME.values()],
    }
    found = records(view.cursor, AgedException, _AGED, values=values)
    return (
        Part(name="exceptions", row=AgedException, items=found),
        Part(name="by_status", row=StatusSum, items=_by_status(found)),
    )


def _by_status(found: tuple[AgedException, ...]) -> tuple[StatusSum, ...]:
    ages: dict[str, list[int]] = {}
    for each in found:
        ages.setdefault(each.exception_status, []).append(each.age_days)
    return tuple(
        StatusSum(exception_status=status, exceptions=len(mine), oldest_days=max(mine))
        for status, mine in ages.items()
    )


_AGED = """
select f.kind as exception_kind, sentence.words as exception, f.status as exception_status,
       f.stops, f.department, s.gaming_day, s.shift_code, coalesce(s.pit, t.pit) as pit,
       coalesce(s.table_code, t.code) as table_code, f.raised_at,
       greatest(0, floor(extract(epoch from coalesce(f.resolved_at, f.cleared_at,
                %(now)s::timestamptz) - f.raised_at) / 86400))::int as age_days,
       f.due_at, f.variance_cents, coalesce(f.resolved_at, f.cleared_at) as ended_at,
       resolver.badge || ' ' || resolver.name as resolved_by, f.reason_code, f.narrative,
       f.id as exception_id
  from finding f
  left join table_session s on s.casino_id = f.casino_id and s.id = f.session_id
  left join gaming_table t on t.casino_id = f.casino_id and t.id = f.table_id
  left join staff resolver on resolver.casino_id = f.casino_id and resolver.id = f.resolved_by
  left join unnest(%(kinds)s::text[], %(sentences)s::text[]) sentence (kind, words)
         on sentence.kind = f.kind
 where f.casino_id = %(casino_id)s
   and f.raised_at < %(ends_at)s
   and coalesce(f.resolved_at, f.cleared_at, %(ends_at)s) >= %(starts_at)s
   and (%(pit)s::text is null or coalesce(s.pit, t.pit) = %(pit)s)
   and (%(shift_id)s::uuid is null or coalesce(s.shift_id, f.shift_id) = %(shift_id)s)
 order by f.status <> 'OPEN', f.raised_at, f.id
"""

EXCEPTIONS = Report(
    slug="exceptions",
    readers=SEES_EXCEPTIONS,
    filters=(Filter.TO_DAY, Filter.SHIFT, Filter.PIT),
    parts=_parts,
)
