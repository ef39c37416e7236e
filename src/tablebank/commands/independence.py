"""Who counts is independent of the pit and the cage whose boxes are counted (CNT-02)."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from tablebank.commands.scene import Scene
from tablebank.domain.authority import DEPARTMENT
from tablebank.domain.duties import DutyPair
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import Role

COUNTS = DEPARTMENT[Role.COUNT_TEAM]
_OF_WHAT_IS_COUNTED = frozenset({"pit", "cage"})


def _beside(pair: DutyPair) -> frozenset[str]:
    """The department that somebody of the count room may act in as well."""
    return pair.departments - {COUNTS} if COUNTS in pair.departments else frozenset()


def check_independent(scene: Scene, staff_ids: Collection[UUID], *, day: date) -> None:
    """Refuses SIGNER_INVOLVED anybody who signed for pit or cage in the gaming day that is counted.

    What is not known cannot be held against them: only what somebody signed here counts. A casino
    that allows both duties in one day (SIGN-5) allows this too.
    """
    allowed = {each for pair in scene.house.settings.duty_pairs for each in _beside(pair)}
    apart = _OF_WHAT_IS_COUNTED - allowed
    roles = [role.value for role, of in DEPARTMENT.items() if of in apart]
    calendar = scene.house.calendar
    rows = scene.cursor.execute(
        "select distinct staff_id from signature where casino_id = %s and staff_id = any(%s)"
        " and signed_at >= %s and signed_at < %s and role = any(%s)",
        [
            scene.casino_id,
            list(staff_ids),
            calendar.day_starts_at(day),
            calendar.day_starts_at(day + timedelta(days=1)),
            roles,
        ],
    ).fetchall()
    if rows:
        involved = sorted(str(row[0]) for row in rows)
        said = {"staff_ids": involved, "gaming_day": str(day)}
        raise Refused(Refusal.SIGNER_INVOLVED, said)
