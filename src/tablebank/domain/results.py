"""Reviewing, reconciling and finalizing a result (RUN-4, RUN-5).

What is reconciled and finalized is the session, or the whole drop group on any of its members. A
finalized report never changes: it holds every input by id, the numbers, who and when, and its hash.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import group_of
from tablebank.domain.closing import slip_in_the_way
from tablebank.domain.decisions import Act, Decision, House, Signed, after
from tablebank.domain.facts import Finding, Report, Session, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refusal, Refused
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


def _finalized(
    *, act: Act, facts: TableFacts, session: Session, group: Sequence[Session], pending: bool
) -> Decision:
    moved = tuple(replace(each, phase=Phase.FINALIZED) for each in group)
    rundown = rundown_of(facts, session) if pending else group_rundown(facts, group)
    first = session if pending else group[0]
    content = _content(act=act, rundown=rundown, group=group, pending=pending)
    report = Report(
        id=act.new_id(),
        casino_id=session.casino_id,
        session_id=first.id,
        member_ids=tuple(str(each.id) for each in group),
        revision=1,
        replaces=None,
        pending_count=pending,
        content=content,
        content_sha256=act.digest(content),
        finalized_at=act.now,
        finalized_by=act.actor_id,
    )
    return _decided(session, changed=moved, new=(report,))


def _content(
    *, act: Act, rundown: Rundown, group: Sequence[Session], pending: bool
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
    standing = [finding for finding in now if _stops(finding, ids)]
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


def _stops(finding: Finding, session_ids: set[UUID]) -> bool:
    return (
        finding.status == FindingStatus.OPEN
        and finding.stops == Stops.RESULT
        and finding.session_id in session_ids
    )
