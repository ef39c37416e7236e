"""Exceptions as a list to work off: what is open, oldest and costliest first, and what it stops.

One statement for a page of them. Whether the reader may resolve one hangs on what they signed of
it, and is asked of one exception only, when it is opened (FIND-3).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.facts import Finding
from tablebank.domain.findings.catalogue import BY_NAME
from tablebank.domain.resolving import facts_in_question
from tablebank.queries.asking import records
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.counted import facts_of_count
from tablebank.store.load import load_one, of
from tablebank.store.scope import Cursor

MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedException:
    """An exception as it stands in the list: what broke, where, and what became of it."""

    id: UUID
    kind: str
    status: str
    stops: str
    department: str
    subject_type: str
    variance_cents: int | None
    facts: Mapping[str, Any]
    raised_at: datetime
    due_at: datetime | None
    cleared_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str | None
    reason_code: str | None
    narrative: str | None
    session_id: UUID | None
    shift_code: str | None
    gaming_day: date | None
    table_code: str | None
    pit: str | None
    assigned_to: UUID | None
    assignee: str | None
    seen_by: str | None
    seen_at: datetime | None
    cause_id: UUID | None
    cause_kind: str | None
    effects: int
    """How many open ones hang under it (FIND-3)."""
    total: int
    """How many there are in all, this one included, before the list is cut."""

    @property
    def words(self) -> str:
        """The sentence of its kind."""
        return BY_NAME[self.kind].words


@dataclass(frozen=True, kw_only=True, slots=True)
class KindCount:
    """How many exceptions of a kind stand at a status."""

    kind: str
    status: str
    count: int


def exception_list(
    cursor: Cursor,
    casino_id: UUID,
    *,
    status: str,
    kind: str | None = None,
    table_id: UUID | None = None,
    reader_id: UUID | None = None,
) -> tuple[ListedException, ...]:
    """Those of one status: open ones by the day they were raised, then by what is at stake; those
    handed to the reader before all others.

    Others the latest first. An unknown variance stands after the known ones of its day.
    """
    asked = {"status": status, "kind": kind, "table": table_id, "reader": reader_id}
    values = {"casino": casino_id, "most": MOST, **asked}
    order = _BY_WORTH if status == "OPEN" else _LATEST
    return records(cursor, ListedException, f"{_LISTED} {order}", values=values)


def exception_kinds(cursor: Cursor, casino_id: UUID) -> tuple[KindCount, ...]:
    """What there is to choose from, by status and kind."""
    return records(cursor, KindCount, _KINDS, values={"casino": casino_id})


def listed_exception(cursor: Cursor, casino_id: UUID, exception_id: UUID) -> ListedException | None:
    """One exception, or None where there is none in this casino (TEN-1)."""
    values = {"casino": casino_id, "id": exception_id}
    return next(iter(records(cursor, ListedException, _ONE, values=values)), None)


def has_signed(
    cursor: Cursor, casino_id: UUID, *, exception_id: UUID, staff_id: UUID, but: Collection[str]
) -> bool:
    """Whether this person signed one of the facts in question, steps in `but` aside (FIND-3)."""
    finding = load_one(cursor, Finding, of(casino_id, "id = %s", exception_id))
    if finding is None:
        return False
    about = facts_of_count(cursor, casino_id, finding)
    if finding.session_id is not None:
        facts = facts_of_tables(cursor, casino_id, [finding.session_id])[finding.session_id]
        about |= facts_in_question(facts, finding)
    row = cursor.execute(
        "select exists (select 1 from signature where casino_id = %s and staff_id = %s"
        " and subject_id = any(%s) and step <> all(%s))",
        [casino_id, staff_id, list(about), list(but)],
    ).fetchone()
    return bool(row and row[0])


_SELECTED = """
select f.id, f.kind, f.status, f.stops, f.department, f.subject_type, f.variance_cents, f.facts,
       f.raised_at, f.due_at, f.cleared_at, f.resolved_at, resolver.name as resolved_by,
       f.reason_code, f.narrative, f.session_id, s.shift_code, s.gaming_day,
       t.code as table_code, t.pit, f.assigned_to, assignee.name as assignee,
       seer.name as seen_by, f.seen_at, f.cause_id, cause.kind as cause_kind,
       (select count(*)::int from finding effect
         where effect.casino_id = f.casino_id and effect.cause_id = f.id
           and effect.status = 'OPEN') as effects,
       count(*) over ()::int as total
  from finding f
  left join staff assignee on assignee.casino_id = f.casino_id and assignee.id = f.assigned_to
  left join staff seer on seer.casino_id = f.casino_id and seer.id = f.seen_by
  left join finding cause on cause.casino_id = f.casino_id and cause.id = f.cause_id
  left join table_session s on s.casino_id = f.casino_id and s.id = f.session_id
  left join gaming_table t on t.casino_id = f.casino_id and t.id = f.table_id
  left join staff resolver on resolver.casino_id = f.casino_id and resolver.id = f.resolved_by
 where f.casino_id = %(casino)s
"""

_LISTED = f"""{_SELECTED}
   and f.status = %(status)s and (%(kind)s::text is null or f.kind = %(kind)s)
   and (%(table)s::uuid is null or f.table_id = %(table)s)
"""

_ONE = f"""{_SELECTED}
   and f.id = %(id)s
"""

_BY_WORTH = """
 order by coalesce(f.assigned_to = %(reader)s::uuid, false) desc,
          s.gaming_day nulls last, abs(f.variance_cents) desc nulls last, f.raised_at, f.id
 limit %(most)s
"""

_LATEST = """
 order by coalesce(f.resolved_at, f.cleared_at, f.raised_at) desc, f.id
 limit %(most)s
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """An open exception that others may hang under (FIND-3)."""

    id: UUID
    kind: str
    table_code: str | None
    raised_at: datetime


def possible_causes(cursor: Cursor, casino_id: UUID, *, exception_id: UUID) -> tuple[Cause, ...]:
    """What this exception may hang under, the latest first: open, and under nothing itself."""
    values = {"casino": casino_id, "id": exception_id, "most": MOST}
    return records(cursor, Cause, _CAUSES, values=values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """An open exception as surveillance is told of it: what, where and by when, no amounts."""

    id: UUID
    kind: str
    department: str
    table_code: str | None
    pit: str | None
    raised_at: datetime
    due_at: datetime | None

    @property
    def words(self) -> str:
        """The sentence of its kind."""
        return BY_NAME[self.kind].words


def unseen_notices(cursor: Cursor, casino_id: UUID) -> tuple[Notice, ...]:
    """The open exceptions that nobody of surveillance has seen yet, the oldest first (FIND-5)."""
    return records(cursor, Notice, _UNSEEN, values={"casino": casino_id, "most": MOST})


_CAUSES = """
select f.id, f.kind, t.code as table_code, f.raised_at
  from finding f
  left join gaming_table t on t.casino_id = f.casino_id and t.id = f.table_id
 where f.casino_id = %(casino)s and f.status = 'OPEN' and f.cause_id is null and f.id <> %(id)s
 order by f.raised_at desc, f.id limit %(most)s
"""

_UNSEEN = """
select f.id, f.kind, f.department, t.code as table_code, t.pit, f.raised_at, f.due_at
  from finding f
  left join gaming_table t on t.casino_id = f.casino_id and t.id = f.table_id
 where f.casino_id = %(casino)s and f.status = 'OPEN' and f.seen_by is null
 order by f.raised_at, f.id limit %(most)s
"""

_KINDS = """
select kind, status, count(*)::int as count from finding
 where casino_id = %(casino)s group by kind, status order by kind, status
"""
