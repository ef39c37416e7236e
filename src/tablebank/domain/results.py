"""Reviewing, reconciling, finalizing and amending a result (RUN-4, RUN-5, RUN-6).

What is reconciled, finalized and amended is the session, or the whole drop group on any of its
members. A finalized report never changes: it holds every input by id, the numbers, who and when,
and its hash. An amendment is a further report that names the one it replaces; both stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import drop_known, group_of
from tablebank.domain.closing import slip_in_the_way
from tablebank.domain.decisions import Act, Decision, House, Signed, after
from tablebank.domain.facts import Finding, Report, Session, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.findings.transfer_variance import SUBJECT as TRANSFER
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.remarking import check_remarked
from tablebank.domain.rundown import (
    IN_FLIGHT,
    Rundown,
    group_rundown,
    rundown_of,
    slips_of,
)
from tablebank.domain.terms import CLOSED_PHASES, DropState, FindingStatus, Phase, Stops


def review(*, act: Act, facts: TableFacts, session: Session) -> Decision:
    """A pit manager has looked at the result of a closed session."""
    _check_closed(group_of(facts, session))
    seen = replace(session, reviewed_at=act.now, reviewed_by=act.actor_id)
    return Decision(
        changed=(seen,),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def reconcile(*, act: Act, house: House, facts: TableFacts, session: Session) -> Decision:
    """CLOSED and COUNTED to RECONCILED, when no finding that stops the result is open (RUN-4)."""
    group = group_of(facts, session)
    _check_not_done(group)
    _check_closed(group)
    _check_counted(group)
    _check_nothing_on_the_way(facts, group)
    _check_no_stops(act=act, house=house, facts=facts, group=group)
    check_remarked(facts, group, group_rundown(facts, group))
    moved = tuple(
        replace(each, phase=Phase.RECONCILED, reconciled_at=act.now, reconciled_by=act.actor_id)
        for each in group
    )
    return _decided(session, changed=moved)


def finalize(
    *, act: Act, house: House, facts: TableFacts, session: Session, pending_count: bool
) -> Decision:
    """RECONCILED to FINALIZED with an immutable report of the session or the whole group (RUN-5).

    Where the casino allows it and `pending_count` is asked for, a CLOSED session is finalized alone
    before its count: its report says so for good and its win is unknown (BOX-6).
    """
    group = group_of(facts, session)
    if session.phase == Phase.FINALIZED:
        raise Refused(Refusal.ALREADY_FINALIZED, {"session_id": str(session.id)})
    if session.phase == Phase.RECONCILED:
        _check_counted(group)
        _check_no_stops(act=act, house=house, facts=facts, group=group)
        check_remarked(facts, group, group_rundown(facts, group))
        return _finalized(act=act, facts=facts, session=session, group=group, pending=False)
    _check_closed((session,))
    may_wait = house.settings.finalize_pending_count and pending_count
    if session.drop_state == DropState.COUNTED or not may_wait:
        refusal = (
            Refusal.NOT_RECONCILED
            if session.drop_state == DropState.COUNTED or not pending_count
            else Refusal.COUNT_PENDING
        )
        raise Refused(refusal, {"status": str(session.phase), "drop": str(session.drop_state)})
    _check_nothing_on_the_way(facts, (session,))
    _check_no_stops(act=act, house=house, facts=facts, group=(session,))
    return _finalized(act=act, facts=facts, session=session, group=(session,), pending=True)


def standing_reports(facts: TableFacts, group: Sequence[Session]) -> tuple[Report, ...]:
    """The reports that stand for these sessions: the latest revision each of them is in (RUN-6).

    More than one where members of a drop group were finalized alone before their count (BOX-6).
    """
    latest: dict[UUID, Report] = {}
    for session in group:
        mine = [each for each in facts.reports if str(session.id) in each.member_ids]
        if mine:
            report = max(mine, key=lambda each: each.revision)
            latest.setdefault(report.id, report)
    return tuple(latest.values())


def differs_from_report(facts: TableFacts, group: Sequence[Session]) -> bool:
    """Whether what is on record now says anything else than the report that stands (RUN-6).

    Other inputs make a difference, also when they come to the same: a report names what it was
    made from. Without any report there is nothing to differ from.
    """
    standing = standing_reports(facts, group)
    if not standing:
        return False
    whole = {str(each.id) for each in group}
    if len(standing) > 1 or set(standing[0].member_ids) != whole:
        return True
    return bool(plain(group_rundown(facts, group)) != standing[0].content["rundown"])


def amend(*, act: Act, house: House, facts: TableFacts, session: Session, reason: str) -> Decision:
    """A new revision of a final report from the facts as they are now, with its reason (RUN-6).

    What came later was kept when it came; here it enters. The revision names what it replaces, and
    has every check behind it that reconciling has (FIND-4): refused while a member of the group is
    not closed or counted, a slip is on the way, or a finding that stops the result is open; and
    where no report stands (NOT_FINALIZED), or none would say anything new (NOTHING_TO_AMEND).
    Members of the group that were not final before are with it (BOX-6).
    """
    group = group_of(facts, session)
    standing = standing_reports(facts, group)
    if not standing:
        raise Refused(Refusal.NOT_FINALIZED, {"status": str(session.phase)})
    if not reason.strip():
        raise Refused(Refusal.REASON_REQUIRED, {"needed": ["reason"]})
    _check_closed(group)
    _check_counted(group)
    _check_nothing_on_the_way(facts, group)
    if not differs_from_report(facts, group):
        raise Refused(Refusal.NOTHING_TO_AMEND, {"revision": standing[0].revision})
    _check_no_stops(act=act, house=house, facts=facts, group=group)
    check_remarked(facts, group, group_rundown(facts, group))
    replaced = max(standing, key=lambda each: each.revision)
    amends = {
        "reason": reason,
        "replaces": [
            {
                "id": str(each.id),
                "revision": each.revision,
                "content_sha256": each.content_sha256,
            }
            for each in standing
        ],
    }
    report = _report(
        act=act,
        group=group,
        content=_content(
            act=act,
            rundown=group_rundown(facts, group),
            group=group,
            pending=False,
            also={"amends": amends},
        ),
        replaces=replaced,
    )
    return _decided(session, changed=_made_final(act, group), new=(report,))


def _made_final(act: Act, group: Sequence[Session]) -> tuple[Session, ...]:
    """The members whose result was not final, or was without having been reconciled."""
    return tuple(
        replace(
            each,
            phase=Phase.FINALIZED,
            reconciled_at=each.reconciled_at or act.now,
            reconciled_by=each.reconciled_by or act.actor_id,
        )
        for each in group
        if each.phase != Phase.FINALIZED or each.reconciled_at is None
    )


def _finalized(
    *, act: Act, facts: TableFacts, session: Session, group: Sequence[Session], pending: bool
) -> Decision:
    moved = tuple(replace(each, phase=Phase.FINALIZED) for each in group)
    rundown = rundown_of(facts, session) if pending else group_rundown(facts, group)
    content = _content(act=act, rundown=rundown, group=group, pending=pending)
    report = _report(act=act, group=group, content=content, pending=pending)
    return _decided(session, changed=moved, new=(report,))


def _report(
    *,
    act: Act,
    group: Sequence[Session],
    content: Mapping[str, Any],
    pending: bool = False,
    replaces: Report | None = None,
) -> Report:
    return Report(
        id=act.new_id(),
        casino_id=group[0].casino_id,
        session_id=group[0].id,
        member_ids=tuple(str(each.id) for each in group),
        revision=replaces.revision + 1 if replaces else 1,
        replaces=replaces.id if replaces else None,
        pending_count=pending,
        content=content,
        content_sha256=act.digest(content),
        finalized_at=act.now,
        finalized_by=act.actor_id,
    )


def _content(
    *,
    act: Act,
    rundown: Rundown,
    group: Sequence[Session],
    pending: bool,
    also: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "rundown": plain(rundown),
        "sessions": [
            {
                "id": str(each.id),
                "table_code": each.table_code,
                "pit": each.pit,
                "gaming_day": str(each.gaming_day),
                "shift_code": each.shift_code,
                "sequence": each.sequence,
            }
            for each in group
        ],
        "pending_count": pending,
        "finalized_at": plain(act.now),
        "finalized_by": str(act.actor_id),
        **(also or {}),
    }


def _decided(
    session: Session, *, changed: tuple[Session, ...], new: tuple[Any, ...] = ()
) -> Decision:
    return Decision(
        new=new,
        changed=changed,
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def _check_closed(group: Sequence[Session]) -> None:
    waiting = [each for each in group if each.phase not in CLOSED_PHASES]
    if waiting:
        raise Refused(
            Refusal.SESSION_NOT_CLOSED,
            {"sessions": [{"id": str(each.id), "status": str(each.phase)} for each in waiting]},
        )


def _check_counted(group: Sequence[Session]) -> None:
    pending = [each for each in group if each.drop_state != DropState.COUNTED]
    if pending:
        raise Refused(
            Refusal.COUNT_PENDING,
            {"sessions": [{"id": str(each.id), "drop": str(each.drop_state)} for each in pending]},
        )


def _check_not_done(group: Sequence[Session]) -> None:
    for each in group:
        if each.phase == Phase.FINALIZED:
            raise Refused(Refusal.ALREADY_FINALIZED, {"session_id": str(each.id)})
        if each.phase == Phase.RECONCILED:
            raise Refused(Refusal.ALREADY_RECONCILED, {"session_id": str(each.id)})


def _check_no_stops(*, act: Act, house: House, facts: TableFacts, group: Sequence[Session]) -> None:
    """Runs every check anew; an open finding that stops the result stands in the way (FIND-4)."""
    changes = settled(act=act, house=house, facts=facts)
    now = after(facts, changes).findings
    ids = {each.id for each in group}
    counted = {str(each.count_session_id) for each in drop_known(facts, group).counts}
    standing = [finding for finding in now if _stops(finding, ids, counted_in=counted)]
    if standing:
        raise Refused(
            Refusal.EXCEPTIONS_OPEN,
            {"exceptions": [{"id": str(each.id), "kind": each.kind} for each in standing]},
        )


def _check_nothing_on_the_way(facts: TableFacts, group: Sequence[Session]) -> None:
    """A credit that rolled away unverified leaves the result unknown: it is settled first.

    Slips that a forced close left behind are findings and are answered as such (CLOSE-5).
    """
    waiting = [
        slip_in_the_way(slip)
        for each in group
        if not each.close_forced
        for slip in slips_of(facts, each.id)
        if slip.status in IN_FLIGHT
    ]
    if waiting:
        raise Refused(Refusal.SLIPS_IN_FLIGHT, {"slips": waiting})


def _stops(finding: Finding, session_ids: set[UUID], *, counted_in: set[str]) -> bool:
    """Whether it is on one of the sessions, or on a count session that counted their boxes."""
    if finding.status != FindingStatus.OPEN or finding.stops != Stops.RESULT:
        return False
    if finding.subject_type == TRANSFER:
        return finding.subject_id in counted_in
    return finding.session_id in session_ids
