"""Restatements: results that were amended after they were final, each beside what it was (RUN-6).

Those of the gaming days asked for, and those that were made on them; both revisions stay.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.queries.asking import records
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.which import values_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Restatement:
    """An amendment. Without a `change_cents` one of the two results is not known."""

    gaming_day: date
    shift_code: str
    pit: str | None
    table_code: str | None
    amended_at: datetime
    amended_by: str
    reason: str | None
    replaces_revision: int
    revision: int
    win_before_cents: int | None
    win_after_cents: int | None
    change_cents: int | None
    content_sha256: str
    session_id: UUID


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    found = records(view.cursor, Restatement, _AMENDED, values=values_of(view, asked))
    return (Part(name="restatements", row=Restatement, items=found),)


_AMENDED = """
select s.gaming_day, s.shift_code, s.pit, s.table_code, told.finalized_at as amended_at,
       who.badge || ' ' || who.name as amended_by, told.content -> 'amends' ->> 'reason' as reason,
       (earlier.told ->> 'revision')::int as replaces_revision, told.revision,
       was.win as win_before_cents, now.win as win_after_cents,
       now.win - was.win as change_cents, told.content_sha256, s.id as session_id
  from rundown_report told
  join table_session s on s.casino_id = told.casino_id and s.id = told.session_id
  join staff who on who.casino_id = told.casino_id and who.id = told.finalized_by
 cross join lateral jsonb_array_elements(told.content -> 'amends' -> 'replaces') earlier (told)
  join rundown_report old on old.casino_id = told.casino_id
       and old.id = (earlier.told ->> 'id')::uuid
 cross join lateral (
       select (old.content -> 'rundown' ->> 'table_win_cents')::bigint as win) was
 cross join lateral (
       select (told.content -> 'rundown' ->> 'table_win_cents')::bigint as win) now
 where told.casino_id = %(casino_id)s and told.revision > 1
   and (s.gaming_day between %(first_day)s and %(last_day)s
        or (told.finalized_at >= %(starts_at)s and told.finalized_at < %(ends_at)s))
   and (%(pit)s::text is null or s.pit = %(pit)s)
 order by told.finalized_at, s.table_code, told.revision
"""

RESTATEMENTS = Report(
    slug="restatements",
    readers=MANAGERS,
    filters=(Filter.TO_DAY, Filter.PIT),
    parts=_parts,
)
