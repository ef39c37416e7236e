"""Commands of a result: review, reconcile, finalize; and resolving what is in its way."""

from dataclasses import dataclass
from uuid import UUID

from tablebank.commands.reaching import Reach, facts_in_reach, reach_of_findings
from tablebank.commands.scene import Command, Scene, the_finding, the_session
from tablebank.commands.sessions import Plain
from tablebank.domain.boxes import group_of
from tablebank.domain.facts import Finding, Removal
from tablebank.domain.findings.drop_out_of_schedule import RUN
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.resolving import (
    facts_in_question,
    facts_of_result,
    resolve_finding,
)
from tablebank.domain.results import finalize, reconcile, review
from tablebank.store.counted import facts_of_count

OF_THE_RESULT = (
    *("prepare", "review", "reconcile", "finalize", "amend", "amend_from_paper", "resolve_finding"),
    *("assign_finding", "hang_finding", "acknowledge_finding"),
    "close_gaming_day",
)
"""Signatures on what comes before and after the facts; they make nobody involved in them."""


def signed_no_fact(scene: Scene, body: object) -> None:
    """Who reconciles, finalizes or amends signed no fact of any member of the group (SIGN-3)."""
    facts = scene.on_table()
    made_from = facts_of_result(facts, group_of(facts, scene.session()))
    if scene.caller_signed(made_from, but=OF_THE_RESULT):
        raise Refused(Refusal.SIGNER_INVOLVED, {"session_id": str(scene.session().id)})


REVIEW = Command(
    name="review",
    body=Plain,
    step="review",
    find=the_session,
    decide=lambda scene, body: review(
        act=scene.acted(), facts=scene.on_table(), session=scene.session()
    ),
)

RECONCILE = Command(
    name="reconcile",
    body=Plain,
    step="reconcile",
    find=the_session,
    vet=signed_no_fact,
    decide=lambda scene, body: reconcile(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        session=scene.session(),
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finalize:
    """`pending_count` finalizes before the count, where the casino allows it (RUN-5)."""

    pending_count: bool = False


FINALIZE = Command(
    name="finalize",
    body=Finalize,
    step="finalize",
    find=the_session,
    vet=signed_no_fact,
    decide=lambda scene, body: finalize(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        session=scene.session(),
        pending_count=body.pending_count,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolve:
    reason_code: str
    narrative: str


def _under(scene: Scene) -> tuple[Finding, ...]:
    """The open findings that hang under this one, each under its own lock (FIND-3)."""
    return scene.all_of(Finding, "cause_id = %s and status = 'OPEN' for update", scene.finding().id)


def _reach_of_effects(scene: Scene, body: Resolve) -> Reach:
    """The tables of what hangs under it, so that nobody changes those while it is resolved."""
    under = scene.all_of(Finding, "cause_id = %s and status = 'OPEN'", scene.target.id)
    return reach_of_findings((scene.finding(), *under)) if under else {}


def _signed_nothing_of_it(scene: Scene, body: Resolve) -> None:
    """A resolver signed none of the facts in question, nor of what hangs under it (FIND-3)."""
    reached = facts_in_reach(scene) if scene.reach else {}
    for finding in (scene.finding(), *_under(scene)):
        facts = reached.get(finding.table_id, scene.facts) if finding.table_id else None
        about = facts_in_question(facts, finding) if facts else _of_run(scene, finding)
        about |= facts_of_count(scene.cursor, scene.casino_id, finding)
        if scene.caller_signed(about, but=OF_THE_RESULT):
            raise Refused(Refusal.SIGNER_INVOLVED, {"exception_id": str(finding.id)})


def _of_run(scene: Scene, finding: Finding) -> frozenset[UUID]:
    """Of a drop trip its start and end, and every box taken on it; what else hangs on no table is
    no fact that anybody signs.
    """
    if finding.subject_type != RUN:
        return frozenset()
    trip_id = UUID(finding.subject_id)
    taken = scene.all_of(Removal, "trip_id = %s", trip_id)
    return frozenset({trip_id, *(each.id for each in taken)})


RESOLVE = Command(
    name="resolve_finding",
    body=Resolve,
    step="resolve_finding",
    find=the_finding,
    reach=_reach_of_effects,
    vet=_signed_nothing_of_it,
    decide=lambda scene, body: resolve_finding(
        act=scene.acted(),
        finding=scene.finding(),
        reason_code=body.reason_code,
        narrative=body.narrative,
        under=_under(scene),
    ),
)
