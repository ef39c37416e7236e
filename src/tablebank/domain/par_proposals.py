"""What becomes of a proposed par: somebody entitled approves it, or says why not (PAR-4, SUGG-4).

A proposal is never in force. Approving one appends a policy row, from a gaming day on that has not
begun; the proposal keeps which row it became. A decided proposal stays decided; what people say to
it is added beside it, also afterwards.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from tablebank.domain.decisions import Act, Decision
from tablebank.domain.establishment import ParComment, ParPolicy, ParProposal
from tablebank.domain.par import check_effective_day
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode, ParSource

PROPOSED, APPROVED, REJECTED, SUPERSEDED = "PROPOSED", "APPROVED", "REJECTED", "SUPERSEDED"
SET = "set"
"""The kind of a proposal that somebody set: whole, its mode as well."""
STATUSES = (PROPOSED, APPROVED, REJECTED, SUPERSEDED)
ADVICE = frozenset({ParSource.SYSTEM_SUGGESTED, ParSource.INFERRED_UNVERIFIED})
"""What the system came up with takes effect on a coming gaming day, always (SUGG-4)."""

LONGEST_COMMENT = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """What approving needs to know beside the proposal: the day, and whom the row would reach."""

    today: date
    has_played: bool
    """Whether a table it would reach has ever had a session opened (PAR-3)."""
    replaces: UUID | None
    """The row it takes over from (PAR-1)."""
    table_bank_mode: BankMode | None = None
    """What the row in force on its first day says of the mode; None where it inherits."""


def approve(*, act: Act, proposal: ParProposal, effective: date, reach: Reach) -> Decision:
    """Append the policy row. Refuses PROPOSAL_DECIDED, and EFFECTIVE_DAY_PASSED (PAR-3).

    What nobody set by hand is about the amount alone: how the table closes stays as it is (PAR-2).
    """
    _check_open(proposal)
    check_effective_day(
        effective=effective,
        today=reach.today,
        any_reached_table_has_played=reach.has_played or proposal.source in ADVICE,
    )
    policy = ParPolicy(
        id=act.new_id(),
        casino_id=proposal.casino_id,
        table_id=proposal.table_id,
        game_type=proposal.game_type,
        table_bank_mode=(
            proposal.table_bank_mode if proposal.kind == SET else reach.table_bank_mode
        ),
        par_total_cents=proposal.par_total_cents,
        target_chipset=proposal.target_chipset,
        effective_from_gaming_day=effective,
        source=proposal.source,
        recorded_by=proposal.recorded_by,
        recorded_at=act.recorded_at,
        approved_by=act.actor_id,
        approved_at=act.now,
        notes=proposal.notes,
        stability=proposal.stability,
        pain_points=proposal.pain_points,
        replaces=reach.replaces,
    )
    decided = _decided(proposal, act, status=APPROVED, because=None)
    return Decision(
        new=(policy,),
        changed=(replace(decided, policy_id=policy.id),),
        subject_id=proposal.id,
    )


def reject(*, act: Act, proposal: ParProposal, reason: str) -> Decision:
    """Say why not; the proposal stays to be read. Refuses PROPOSAL_DECIDED (PAR-4)."""
    _check_open(proposal)
    decided = _decided(proposal, act, status=REJECTED, because=reason)
    return Decision(changed=(decided,), subject_id=proposal.id)


def comment(*, act: Act, proposal: ParProposal, text: str) -> Decision:
    """Say something to it, whatever has become of it. Refuses SHAPE for nothing, or for too much.

    The text is at most `LONGEST_COMMENT` characters, kept without the blanks around it.
    """
    said = text.strip()
    if not said:
        raise _misshapen("Say something.")
    if len(said) > LONGEST_COMMENT:
        raise _misshapen("At most 2000 characters.")
    kept = ParComment(
        id=act.new_id(),
        casino_id=proposal.casino_id,
        proposal_id=proposal.id,
        text=said,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
    )
    return Decision(new=(kept,), subject_id=proposal.id, outcome={"comment_id": str(kept.id)})


def _misshapen(message: str) -> Refused:
    return Refused(
        Refusal.SHAPE, errors=[FieldError("/text", Refusal.SHAPE.name, message)], detail=message
    )


def _decided(proposal: ParProposal, act: Act, *, status: str, because: str | None) -> ParProposal:
    return replace(
        proposal,
        status=status,
        decided_by=act.actor_id,
        decided_at=act.now,
        decided_because=because,
    )


def _check_open(proposal: ParProposal) -> None:
    if proposal.status != PROPOSED:
        raise Refused(Refusal.PROPOSAL_DECIDED, {"status": proposal.status})
