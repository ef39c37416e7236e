"""Commands on proposed pars: approve one, reject one with a reason, say something to it (PAR-4)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tablebank.commands.policies import has_played, replaced_by
from tablebank.commands.scene import Command, Scene, Target
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import ParPolicy, ParProposal
from tablebank.domain.facts import Table
from tablebank.domain.par import mode_of_its_own
from tablebank.domain.par_proposals import Reach, approve, comment, reject
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode


@dataclass(frozen=True, kw_only=True, slots=True)
class Approve:
    """From which gaming day on it shall hold."""

    effective_from_gaming_day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Reject:
    """Why it is not to be."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What somebody says to a proposal; also after it was decided."""

    text: str


def _the_proposal(scene: Scene, record_id: UUID | None) -> Target:
    if record_id is None:
        raise RuntimeError("the path names nothing")
    return Target(type="par_proposal", id=scene.must_alone(ParProposal, record_id).id)


def _proposal(scene: Scene) -> ParProposal:
    found = scene.kept[scene.target.id] if scene.target.id else None
    if not isinstance(found, ParProposal):
        raise RuntimeError("the path names no proposal")
    return found


def _approve(scene: Scene, body: Approve) -> Decision:
    proposal = _proposal(scene)
    effective = body.effective_from_gaming_day
    reach = Reach(
        today=scene.today,
        has_played=has_played(
            scene,
            table_id=proposal.table_id,
            game_type=proposal.game_type,
            effective=effective,
        ),
        replaces=replaced_by(
            scene,
            table_id=proposal.table_id,
            game_type=proposal.game_type,
            effective=effective,
        ),
        table_bank_mode=_mode_as_it_is(scene, proposal, effective),
    )
    return approve(act=scene.acted(), proposal=proposal, effective=effective, reach=reach)


def _mode_as_it_is(scene: Scene, proposal: ParProposal, effective: date) -> BankMode | None:
    """The mode that the table's row has by then; advice is for one table always."""
    if proposal.table_id is None:
        return None
    table = scene.must(Table, proposal.table_id)
    return mode_of_its_own(
        scene.all_of(ParPolicy), table_id=table.id, game_type=table.game_type, day=effective
    )


def _check_reason(scene: Scene, body: Reject) -> Reject:
    if not body.reason.strip():
        error = FieldError("/reason", Refusal.REASON_REQUIRED.name, "Give a reason.")
        raise Refused(Refusal.REASON_REQUIRED, errors=[error])
    return body


def _reject(scene: Scene, body: Reject) -> Decision:
    return reject(act=scene.acted(), proposal=_proposal(scene), reason=body.reason)


def _comment(scene: Scene, body: Comment) -> Decision:
    return comment(act=scene.acted(), proposal=_proposal(scene), text=body.text)


APPROVE = Command(
    name="approve_par",
    body=Approve,
    step="approve_par",
    find=_the_proposal,
    decide=_approve,
)
REJECT = Command(
    name="reject_par",
    body=Reject,
    step="approve_par",
    find=_the_proposal,
    check=_check_reason,
    decide=_reject,
)
COMMENT = Command(
    name="comment_on_par",
    body=Comment,
    step="propose_par",
    find=_the_proposal,
    decide=_comment,
    creates=True,
)
