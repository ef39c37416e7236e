"""Looking after a finding: whose it is, who has seen it, what it comes from, and why it happened.

Resolving says why in a code and in words (FIND-3); there is no delete. Findings of one cause, a
late run or an outage, hang under one and are resolved with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from tablebank.domain.decisions import Act, Decision, Signed
from tablebank.domain.facts import Finding, Session, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import FindingStatus

REASON_CODES = (
    "FOUND_LATER",
    "MISCOUNT",
    "MISFILED",
    "PAPER_ERROR",
    "SYSTEM_OUTAGE",
    "AUTHORIZED",
    "UNEXPLAINED_ACCEPTED",
    "OTHER",
)


def facts_in_question(facts: TableFacts, finding: Finding) -> frozenset[UUID]:
    """The facts a finding is about, by the ids their signatures hang on (FIND-3).

    Of a slip its steps and trials; of a drop its hand-overs and counts; of a session its own steps
    and counts, with the closer that its opener was compared with.
    """
    if finding.subject_type == "slip":
        return frozenset(_of_slip(facts, UUID(finding.subject_id.split("/")[0])))
    if finding.subject_type == "drop":
        return frozenset(_of_removal(facts, UUID(finding.subject_id.split("/")[0])))
    if finding.subject_type == "count" and finding.session_id is not None:
        counted = UUID(finding.subject_id)
        return frozenset({counted, *_counted_in(facts, finding.session_id)})
    sessions = {finding.session_id} if finding.session_id else set()
    for session in facts.sessions:
        if session.id in sessions and session.previous_session_id is not None:
            before = session.previous_session_id
            closers = (each for each in facts.snapshots if each.session_id == before)
            return frozenset({*_counted_in(facts, session.id), *(each.id for each in closers)})
    return frozenset(each for found in sessions for each in _counted_in(facts, found))


def facts_of_result(facts: TableFacts, group: Iterable[Session]) -> frozenset[UUID]:
    """Everything a result was made from, by the ids its signatures hang on (SIGN-3)."""
    members = {session.id for session in group}
    found = {each for session_id in members for each in _counted_in(facts, session_id)}
    for slip in facts.slips:
        if slip.session_id in members:
            found.update(_of_slip(facts, slip.id))
    for removal in facts.removals:
        if removal.session_id in members:
            found.update(_of_removal(facts, removal.id))
    return frozenset(found)


def _counted_in(facts: TableFacts, session_id: UUID) -> Iterator[UUID]:
    yield session_id
    yield from (each.id for each in facts.snapshots if each.session_id == session_id)
    yield from (each.id for each in facts.trials if each.subject_id == session_id)


def _of_slip(facts: TableFacts, slip_id: UUID) -> Iterator[UUID]:
    yield from (step.id for step in facts.steps if step.slip_id == slip_id)
    yield from (trial.id for trial in facts.trials if trial.subject_id == slip_id)


def _of_removal(facts: TableFacts, removal_id: UUID) -> Iterator[UUID]:
    yield removal_id
    yield from (link.id for link in facts.custody if link.removal_id == removal_id)
    yield from (count.id for count in facts.counts if count.removal_id == removal_id)


def hand_finding_on(*, act: Act, finding: Finding, to: UUID | None) -> Decision:
    """Give an open finding to somebody to look after; None takes it from whoever had it (FIND-5).

    The entry in the journal is the hand-over. Whose it was already changes nothing.
    """
    _check_open(finding)
    if finding.assigned_to == to:
        return Decision(subject_id=finding.id, changed_nothing=True)
    now = replace(finding, assigned_to=to, assigned_at=act.now if to else None)
    return _cared(finding, now)


def see_finding(*, act: Act, finding: Finding) -> Decision:
    """Surveillance has seen it: who and when, once (FIND-5). Whether it is open does not matter."""
    if finding.seen_by is not None:
        return Decision(subject_id=finding.id, changed_nothing=True)
    return _cared(finding, replace(finding, seen_by=act.actor_id, seen_at=act.now))


def hang_finding(*, finding: Finding, cause: Finding | None, has_own: bool) -> Decision:
    """Let an open finding hang under another of the same cause, or take it from there (FIND-3).

    One level deep: refuses a cause that hangs under one itself, is not open or is the finding, and
    a finding that others hang under (`has_own`).
    """
    _check_open(finding)
    wanted = cause.id if cause else None
    if finding.cause_id == wanted:
        return Decision(subject_id=finding.id, changed_nothing=True)
    if cause is not None:
        _check_open(cause)
        if cause.id == finding.id or cause.cause_id is not None or has_own:
            raise Refused(Refusal.CAUSE_NOT_POSSIBLE, {"cause_id": str(cause.id)})
    return _cared(finding, replace(finding, cause_id=wanted))


def _cared(before: Finding, now: Finding) -> Decision:
    return Decision(
        changed=(now,),
        signed=(Signed(subject_id=before.id, session_id=before.session_id),),
        subject_id=before.id,
        session_id=before.session_id,
    )


def _check_open(finding: Finding) -> None:
    if finding.status != FindingStatus.OPEN:
        raise Refused(Refusal.EXCEPTION_NOT_OPEN, {"status": str(finding.status)})


def resolve_finding(
    *,
    act: Act,
    finding: Finding,
    reason_code: str,
    narrative: str,
    under: Iterable[Finding] = (),
) -> Decision:
    """OPEN to RESOLVED, with who and when; refuses one that is open no more, and no narrative.

    `under` are the open ones that hang under it: they are resolved with it, by the same words.
    """
    _check_open(finding)
    if reason_code not in REASON_CODES or not narrative.strip():
        raise Refused(Refusal.REASON_REQUIRED, {"reason_codes": list(REASON_CODES)})
    resolved = [
        replace(
            each,
            status=FindingStatus.RESOLVED,
            reason_code=reason_code,
            narrative=narrative,
            resolved_by=act.actor_id,
            resolved_at=act.now,
        )
        for each in (finding, *under)
    ]
    return Decision(
        changed=tuple(resolved),
        signed=tuple(Signed(subject_id=each.id, session_id=each.session_id) for each in resolved),
        subject_id=finding.id,
        session_id=finding.session_id,
    )
