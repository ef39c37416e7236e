"""Who acted in which department that gaming day, held against who signs now (SIGN-5)."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from tablebank.commands.scene import Scene
from tablebank.domain.authority import DEPARTMENT
from tablebank.domain.duties import APART, Overlap, overlaps, to_look_at
from tablebank.domain.facts import Finding
from tablebank.domain.findings.duty_overlap import DUTY_OVERLAP, duty_overlaps
from tablebank.domain.signatures import Signer
from tablebank.domain.terms import Role

_LOOKED_AT = sorted(str(role) for role, department in DEPARTMENT.items() if department in APART)


def overlaps_in(scene: Scene, signers: Sequence[Signer]) -> tuple[Overlap, ...]:
    """The overlaps these signatures make; refuses DUTY_OVERLAP one the casino does not allow.

    The gaming day is the one it happened on. It is asked last: whoever is on the slip already, or
    signed the facts in question, is told that, which says more.
    """
    people = to_look_at(signers)
    if not people:
        return ()
    calendar = scene.house.calendar
    day = calendar.day_of(scene.occurred_at)
    rows = scene.cursor.execute(
        "select distinct staff_id, role from signature where casino_id = %s"
        " and staff_id = any(%s) and signed_at >= %s and signed_at < %s and role = any(%s)",
        [
            scene.casino_id,
            list(people),
            calendar.day_starts_at(day),
            calendar.shifts_of(day)[-1].ends_at,
            _LOOKED_AT,
        ],
    ).fetchall()
    acted: defaultdict[UUID, set[Role]] = defaultdict(set)
    for staff_id, role in rows:
        acted[staff_id].add(Role(role))
    return overlaps(signers, acted=acted, day=day, allowed=scene.house.settings.duty_pairs)


def overlaps_to_raise(scene: Scene) -> tuple[Finding, ...]:
    """The findings of them that nobody raised before (FIND-2)."""
    known = scene.all_of(
        Finding,
        "kind = %s and subject_id = any(%s)",
        DUTY_OVERLAP.name,
        [each.subject_id for each in scene.overlaps],
    )
    return duty_overlaps(
        act=scene.acted(),
        house=scene.house,
        found=scene.overlaps,
        known={each.subject_id for each in known},
    )
