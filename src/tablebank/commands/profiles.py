"""The command that chooses a jurisdiction profile: a dated setting with its history (ADMIN)."""

from dataclasses import dataclass
from datetime import date, timedelta

from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import ProfileRow
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import ProfileCode
from tablebank.store.load import hold_house


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseProfile:
    """Which jurisdiction's rules the casino goes by, from a gaming day on.

    The first choice may hold from today; a change takes effect with a coming gaming day.
    """

    profile: ProfileCode
    effective_from_gaming_day: date | None = None
    reason: str | None = None


def _check(scene: Scene, body: ChooseProfile) -> ChooseProfile:
    scene.house = hold_house(scene.cursor, scene.casino_id).house
    return body


def _choose(scene: Scene, body: ChooseProfile) -> Decision:
    act = scene.acted()
    earliest = scene.today + timedelta(days=1) if scene.house.profiles else scene.today
    effective = body.effective_from_gaming_day or earliest
    if effective < earliest:
        refusal = Refusal.EFFECTIVE_DAY_PASSED
        message = f"The earliest gaming day it can hold from is {earliest}."
        raise Refused(
            refusal,
            {"earliest": str(earliest), "given": str(effective)},
            errors=[FieldError("/effective_from_gaming_day", refusal.name, message)],
        )
    row = ProfileRow(
        id=act.new_id(),
        casino_id=scene.casino_id,
        profile=body.profile,
        effective_from_gaming_day=effective,
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
        reason=body.reason,
    )
    return Decision(new=(row,), subject_id=row.id)


CHOOSE_PROFILE = Command(
    name="choose_profile",
    body=ChooseProfile,
    step="settings",
    find=the_casino,
    check=_check,
    decide=_choose,
    creates=True,
)
