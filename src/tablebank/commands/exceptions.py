"""Looking after an exception: hand it on, say that it was seen, hang it under its cause."""

from dataclasses import dataclass, replace
from uuid import UUID

from tablebank.commands.reaching import Reach, reach_of_findings
from tablebank.commands.scene import Command, Scene, the_finding
from tablebank.commands.sessions import Plain
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import Staff
from tablebank.domain.facts import Finding
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.resolving import hand_finding_on, hang_finding, see_finding


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOn:
    """To whom, by badge; None: to nobody any more. `to` is found by it."""

    badge: str | None
    to: UUID | None = None


def _check_handed(scene: Scene, body: HandOn) -> HandOn:
    """Refuses REFERENCE_UNKNOWN a badge nobody who works here has."""
    if body.badge is None:
        return body
    people = scene.all_of(Staff, "badge = %s and active", body.badge)
    if not people:
        error = FieldError("/badge", Refusal.REFERENCE_UNKNOWN.name, "No such badge.")
        raise Refused(Refusal.REFERENCE_UNKNOWN, {"badge": body.badge}, errors=[error])
    return replace(body, to=people[0].id)


ASSIGN = Command(
    name="assign_finding",
    body=HandOn,
    step="assign_finding",
    find=the_finding,
    check=_check_handed,
    decide=lambda scene, body: hand_finding_on(
        act=scene.acted(), finding=scene.finding(), to=body.to
    ),
)

ACKNOWLEDGE = Command(
    name="acknowledge_finding",
    body=Plain,
    step="acknowledge_finding",
    find=the_finding,
    decide=lambda scene, body: see_finding(act=scene.acted(), finding=scene.finding()),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hang:
    """Under which exception; None: under none any more."""

    cause_id: UUID | None


def _reach(scene: Scene, body: Hang) -> Reach:
    """Both tables: the cause is not resolved while something comes to hang under it."""
    if body.cause_id is None:
        return {}
    cause = scene.must(Finding, body.cause_id)
    return reach_of_findings((scene.finding(), cause))


def _hang(scene: Scene, body: Hang) -> Decision:
    """The cause as it stands under its own lock, and what hangs under this one already."""
    cause = scene.must_alone(Finding, body.cause_id) if body.cause_id else None
    own = scene.all_of(Finding, "cause_id = %s", scene.finding().id)
    return hang_finding(finding=scene.finding(), cause=cause, has_own=bool(own))


HANG = Command(
    name="hang_finding",
    body=Hang,
    step="hang_finding",
    find=the_finding,
    reach=_reach,
    decide=_hang,
)
