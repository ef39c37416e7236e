"""Exceptions as they are read: oldest and costliest first is the page's business, the facts are
ours.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from tablebank.domain.blind import COUNTS_BLIND, hidden_sessions
from tablebank.domain.boxes import group_of
from tablebank.domain.facts import Finding, Table
from tablebank.domain.findings.catalogue import BY_NAME
from tablebank.queries.exception_list import ListedException
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionSheet:
    """A finding as `docs/interface.md` has it: on the wire and on screens it is an exception."""

    id: UUID
    kind: str
    words: str
    status: str
    stops: str
    session_id: UUID | None
    table_id: UUID | None
    table_code: str | None
    shift_id: UUID | None
    subject: Mapping[str, str]
    variance_cents: int | None
    facts: Mapping[str, Any]
    department: str
    due_at: datetime | None
    raised_at: datetime
    cleared_at: datetime | None
    reason_code: str | None
    narrative: str | None
    resolved_by: UUID | None
    resolved_at: datetime | None
    journal_numbers: tuple[int, ...]
    assigned_to: UUID | None
    assigned_at: datetime | None
    seen_by: UUID | None
    seen_at: datetime | None
    cause_id: UUID | None


def exceptions_by_id(
    cursor: Cursor, casino_id: UUID, finding_ids: Collection[UUID]
) -> tuple[ExceptionSheet, ...]:
    """The sheets of these findings, in the order asked."""
    wanted = list(finding_ids)
    found = {
        each.id: each for each in load_many(cursor, Finding, of(casino_id, "id = any(%s)", wanted))
    }
    codes = _codes(cursor, casino_id, found.values())
    return tuple(_sheet(found[each], codes) for each in wanted if each in found)


def findings_of(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[ExceptionSheet, ...]:
    """The findings of a session, oldest first."""
    found = load_many(cursor, Finding, of(casino_id, "session_id = %s", session_id))
    codes = _codes(cursor, casino_id, found)
    return tuple(_sheet(each, codes) for each in found)


TELL_OF_COUNTS = frozenset({"OPENING_VARIANCE", "PAR_VARIANCE"})
"""Kinds whose facts say what a count of the tray came to."""


E = TypeVar("E", bound="ExceptionSheet | ListedException")


def without_counts(cursor: Cursor, casino_id: UUID, sheets: Collection[E]) -> tuple[E, ...]:
    """The same as they are shown to who may count: those of a count to come say not how far off."""
    ids = {each.session_id for each in sheets if each.kind in TELL_OF_COUNTS and each.session_id}
    hidden: set[UUID] = set()
    for facts in facts_of_tables(cursor, casino_id, ids).values():
        hidden |= hidden_sessions(facts)
    return tuple(
        replace(each, variance_cents=None, facts={"hidden": COUNTS_BLIND})
        if each.kind in TELL_OF_COUNTS and each.session_id in hidden
        else each
        for each in sheets
    )


def _codes(cursor: Cursor, casino_id: UUID, found: Iterable[Finding]) -> dict[UUID, str]:
    wanted = [each.table_id for each in found if each.table_id is not None]
    if not wanted:
        return {}
    tables = load_many(cursor, Table, of(casino_id, "id = any(%s)", wanted))
    return {table.id: table.code for table in tables}


def _sheet(finding: Finding, codes: Mapping[UUID, str]) -> ExceptionSheet:
    return ExceptionSheet(
        id=finding.id,
        kind=finding.kind,
        words=BY_NAME[finding.kind].words,
        status=finding.status,
        stops=finding.stops,
        session_id=finding.session_id,
        table_id=finding.table_id,
        table_code=codes.get(finding.table_id) if finding.table_id else None,
        shift_id=finding.shift_id,
        subject={"type": finding.subject_type, "id": finding.subject_id},
        variance_cents=finding.variance_cents,
        facts=dict(finding.facts),
        department=finding.department,
        due_at=finding.due_at,
        raised_at=finding.raised_at,
        cleared_at=finding.cleared_at,
        reason_code=finding.reason_code,
        narrative=finding.narrative,
        resolved_by=finding.resolved_by,
        resolved_at=finding.resolved_at,
        journal_numbers=finding.journal_numbers,
        assigned_to=finding.assigned_to,
        assigned_at=finding.assigned_at,
        seen_by=finding.seen_by,
        seen_at=finding.seen_at,
        cause_id=finding.cause_id,
    )


def exception_ids(
    cursor: Cursor,
    casino_id: UUID,
    *,
    asked: Asked,
    status: str | None = None,
    kind: str | None = None,
    session_id: UUID | None = None,
    table_id: UUID | None = None,
    shift_id: UUID | None = None,
) -> Ids:
    """One page of findings; by session also those of its whole drop group."""
    members = _group(cursor, casino_id, session_id) if session_id is not None else None
    return ids_of(
        cursor,
        "select kept.id from finding kept where kept.casino_id = %(casino)s"
        " and (%(status)s::text is null or kept.status = %(status)s)"
        " and (%(kind)s::text is null or kept.kind = %(kind)s)"
        " and (%(sessions)s::uuid[] is null or kept.session_id = any(%(sessions)s))"
        " and (%(table)s::uuid is null or kept.table_id = %(table)s)"
        " and (%(shift)s::uuid is null or kept.shift_id = %(shift)s)",
        {
            "casino": casino_id,
            "status": status,
            "kind": kind,
            "sessions": members,
            "table": table_id,
            "shift": shift_id,
        },
        asked=asked,
    )


def _group(cursor: Cursor, casino_id: UUID, session_id: UUID) -> list[UUID]:
    facts = facts_of_tables(cursor, casino_id, [session_id]).get(session_id)
    if facts is None:
        return []
    session = next(each for each in facts.sessions if each.id == session_id)
    return [each.id for each in group_of(facts, session)]
