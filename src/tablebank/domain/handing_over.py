"""Handing a shift over: two supervisors sign for what both of them see (SHIFT-3)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import Act, Decision, Signed
from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.shifts import HandOver
from tablebank.domain.terms import Role


class CallerIs(StrEnum):
    """Which of the two supervisors sends the hand-over; the other signs on the same device."""

    OUTGOING = "OUTGOING"
    INCOMING = "INCOMING"


def hand_over_shift(
    *,
    act: Act,
    casino_id: UUID,
    shift: Shift,
    running: Shift,
    caller_is: CallerIs,
    remark: str | None,
    seen: Mapping[str, Any],
) -> Decision:
    """Keep that the shift was handed over, by whom to whom, with what both saw and its hash.

    `seen` is what stands open as JSON, with the number of the last journal entry that is in it. A
    shift may be handed over more than once. What is seen is what stands open now, so only the
    `running` shift can be, and the one before it: refuses SHIFT_NOT_RUNNING for any other.
    """
    if shift.id != running.id and shift.ends_at != running.starts_at:
        facts = {"shift_id": str(shift.id), "running_shift_id": str(running.id)}
        raise Refused(Refusal.SHIFT_NOT_RUNNING, facts)
    other = next(
        signer.staff_id
        for signer in act.signed_as(Role.SUPERVISOR)
        if signer.staff_id != act.actor_id
    )
    goes_out = caller_is is CallerIs.OUTGOING
    outgoing, incoming = (act.actor_id, other) if goes_out else (other, act.actor_id)
    content = {
        "shift": plain(shift),
        "occurred_at": plain(act.occurred_at),
        "outgoing_id": str(outgoing),
        "incoming_id": str(incoming),
        "remark": remark,
        **seen,
    }
    handed = HandOver(
        id=act.new_id(),
        casino_id=casino_id,
        shift_id=shift.id,
        shift_code=shift.code,
        gaming_day=shift.gaming_day,
        outgoing_id=outgoing,
        incoming_id=incoming,
        remark=remark,
        journal_number=seen["journal_number"],
        content=content,
        content_sha256=act.digest(content),
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
    )
    return Decision(new=(handed,), signed=(Signed(subject_id=handed.id),), subject_id=handed.id)
