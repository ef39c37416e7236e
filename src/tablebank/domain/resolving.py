"""Resolving a finding: why it happened, in a code and in words (FIND-3). There is no delete."""

from dataclasses import replace

from tablebank.domain.decisions import Act, Decision, Signed
from tablebank.domain.facts import Finding
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


def resolve_finding(*, act: Act, finding: Finding, reason_code: str, narrative: str) -> Decision:
    """OPEN to RESOLVED, with who and when; refuses one that is open no more, and no narrative."""
    if finding.status != FindingStatus.OPEN:
        raise Refused(Refusal.EXCEPTION_NOT_OPEN, {"status": str(finding.status)})
    if reason_code not in REASON_CODES or not narrative.strip():
        raise Refused(Refusal.REASON_REQUIRED, {"reason_codes": list(REASON_CODES)})
    resolved = replace(
        finding,
        status=FindingStatus.RESOLVED,
        reason_code=reason_code,
        narrative=narrative,
        resolved_by=act.actor_id,
        resolved_at=act.now,
    )
    return Decision(
        changed=(resolved,),
        signed=(Signed(subject_id=finding.id, session_id=finding.session_id),),
        subject_id=finding.id,
        session_id=finding.session_id,
    )
