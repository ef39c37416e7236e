"""Rundowns: of a session, of a drop group, of a shift; and the reports that were finalized (RUN).

The figures come from the one function of `domain.rundown`; this room only finds the facts for it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.blind import COUNTS_BLIND, hidden_sessions, veiled
from tablebank.domain.boxes import group_of
from tablebank.domain.facts import Report, Session, TableFacts
from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.domain.rundown import Rundown, group_rundown, rundown_of
from tablebank.domain.shift_rundown import ShiftTotals, rundown_from, totals_of
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.load import load_many, of
from tablebank.store.save import digest
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class RundownSheet:
    """A rundown, and which report of it stands: revision, when, by whom, and its hash (RUN-5)."""

    rundown: Rundown
    since: Rundown | None
    """What the facts say now, where they have changed since the report was made (RUN-6)."""
    status: str
    revision: int | None
    finalized_at: datetime | None
    finalized_by: UUID | None
    content_sha256: str | None

    def as_json(self) -> dict[str, Any]:
        """The rundown of `docs/interface.md`, members inside."""
        return {
            **plain(self.rundown),
            "since_report": plain(self.since),
            "status": self.status,
            "revision": self.revision,
            "finalized_at": plain(self.finalized_at),
            "finalized_by": plain(self.finalized_by),
            "content_sha256": self.content_sha256,
        }


def rundown_for_session(
    cursor: Cursor, casino_id: UUID, session_id: UUID, *, blind: bool
) -> RundownSheet | None:
    """The rundown of one session; None where there is no such session.

    `blind`: the reader may count a tray, and is not shown what tells of a count to come (SNAP-4).
    """
    facts = facts_of_tables(cursor, casino_id, [session_id]).get(session_id)
    if facts is None:
        return None
    session = next(each for each in facts.sessions if each.id == session_id)
    return _shown(_with_report(facts, session, rundown_of(facts, session)), facts, blind=blind)


def _shown(sheet: RundownSheet, facts: TableFacts, *, blind: bool) -> RundownSheet:
    if not blind:
        return sheet
    hidden = hidden_sessions(facts)
    since = veiled(sheet.since, hidden) if sheet.since else None
    return replace(sheet, rundown=veiled(sheet.rundown, hidden), since=since)


def rundown_for_group(
    cursor: Cursor, casino_id: UUID, group_id: UUID, *, blind: bool
) -> RundownSheet | None:
    """The one rundown of a drop group, asked for by its first member's id (BOX-6)."""
    facts = facts_of_tables(cursor, casino_id, [group_id]).get(group_id)
    if facts is None:
        return None
    session = next(each for each in facts.sessions if each.id == group_id)
    group = group_of(facts, session)
    if group[0].id != group_id or len(group) == 1:
        return None
    return _shown(_with_report(facts, session, group_rundown(facts, group)), facts, blind=blind)


def _with_report(facts: TableFacts, session: Session, rundown: Rundown) -> RundownSheet:
    mine = [each for each in facts.reports if _reports_on(each, session, rundown)]
    report = max(mine, key=lambda each: each.revision, default=None)
    final = _reported(report, session, rundown) if report else rundown
    return RundownSheet(
        rundown=final,
        since=rundown if rundown != final else None,
        status=session.phase.value,
        revision=report.revision if report else None,
        finalized_at=report.finalized_at if report else None,
        finalized_by=report.finalized_by if report else None,
        content_sha256=report.content_sha256 if report else None,
    )


def _reports_on(report: Report, session: Session, rundown: Rundown) -> bool:
    """Whether the report is of this very thing: a member finalized alone is not its group."""
    if rundown.members:
        whole = {str(each.session_id) for each in rundown.members}
        return not report.pending_count and set(report.member_ids) == whole
    return str(session.id) in report.member_ids


def _reported(report: Report, session: Session, now: Rundown) -> Rundown:
    """The rundown as the report has it, of the whole or of the member asked for (RUN-5).

    A finalized result does not move: what arrived since is shown beside it, never in it.
    """
    told = rundown_from(report.content["rundown"])
    if told.members and now.group_id is not None and not now.members:
        return next(each for each in told.members if each.session_id == session.id)
    return told


def reports_of_session(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[Report, ...]:
    """The finalized reports of a session, or of the group it is a member of, oldest first."""
    mine = of(casino_id, "member_ids @> to_jsonb(%s::text)", str(session_id))
    return load_many(cursor, Report, mine)


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One final report as a history shows it: what it said, who signed it, why it was amended.

    `rundown` is of the thing the report is of, which may be the whole drop group or one member of
    it; what the reader may not see of it is left out (SNAP-4).
    """

    id: UUID
    revision: int
    replaces: tuple[int, ...]
    """The numbers of the revisions it replaces; none for a first report."""
    reason: str | None
    of_group: bool
    pending_count: bool
    rundown: Rundown
    finalized_at: datetime
    finalized_by: UUID
    content_sha256: str


def revisions_of(facts: TableFacts, session: Session, *, blind: bool) -> tuple[Revision, ...]:
    """Every final report the session or its group is in, the oldest first; all stay (RUN-6)."""
    members = {str(each.id) for each in group_of(facts, session)}
    mine = [each for each in facts.reports if members & set(each.member_ids)]
    hidden = hidden_sessions(facts) if blind else frozenset()
    return tuple(
        _revision(each, hidden) for each in sorted(mine, key=lambda each: (each.revision, each.id))
    )


def _revision(report: Report, hidden: Collection[UUID]) -> Revision:
    amends = report.content.get("amends") or {}
    return Revision(
        id=report.id,
        revision=report.revision,
        replaces=tuple(each["revision"] for each in amends.get("replaces", ())),
        reason=amends.get("reason"),
        of_group=len(report.member_ids) > 1,
        pending_count=report.pending_count,
        rundown=veiled(rundown_from(report.content["rundown"]), hidden),
        finalized_at=report.finalized_at,
        finalized_by=report.finalized_by,
        content_sha256=report.content_sha256,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftSummary:
    """The shift rundown: its sessions, their groups, the totals, and its hash (SHIFT-1)."""

    shift: Shift
    items: tuple[RundownSheet, ...]
    groups: tuple[RundownSheet, ...]
    totals: ShiftTotals
    sessions: Mapping[UUID, Session]
    """The sessions themselves: whose results the items are, and where they were played."""

    def as_json(self) -> dict[str, Any]:
        content = {
            "shift": plain(self.shift),
            "items": [each.as_json() for each in self.items],
            "groups": [each.as_json() for each in self.groups],
            "totals": plain(self.totals),
        }
        return {**content, "content_sha256": None if self._is_veiled() else digest(content)}

    def _is_veiled(self) -> bool:
        """Whether some of it is hidden from the reader: the hash of that is nobody's (SNAP-4)."""
        return any(COUNTS_BLIND in each.rundown.reasons for each in (*self.items, *self.groups))


def shift_summary(cursor: Cursor, casino_id: UUID, shift: Shift, *, blind: bool) -> ShiftSummary:
    """The sum of the shift's opened sessions, with what is complete, pending, shared, unknown."""
    sessions = load_many(
        cursor,
        Session,
        of(casino_id, "shift_id = %s and phase not in ('READY_TO_OPEN', 'VOIDED')", shift.id),
    )
    behind = facts_of_tables(cursor, casino_id, [each.id for each in sessions])
    items: list[RundownSheet] = []
    groups: dict[UUID, RundownSheet] = {}
    for session in sessions:
        facts = behind[session.id]
        sheet = _with_report(facts, session, rundown_of(facts, session))
        items.append(_shown(sheet, facts, blind=blind))
        group = group_of(facts, session)
        if len(group) > 1 and group[0].id not in groups:
            whole = _with_report(facts, group[0], group_rundown(facts, group))
            groups[group[0].id] = _shown(whole, facts, blind=blind)
    return ShiftSummary(
        shift=shift,
        items=tuple(items),
        groups=tuple(groups.values()),
        totals=totals_of(
            items=[each.rundown for each in items],
            groups=[sheet.rundown for sheet in groups.values()],
            inside={each.id for each in sessions},
        ),
        sessions={each.id: each for each in sessions},
    )
