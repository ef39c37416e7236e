"""Closing a gaming day: the command (DAY-1)."""

from dataclasses import dataclass
from uuid import UUID

from tablebank.commands.results import OF_THE_RESULT
from tablebank.commands.scene import Command, Scene, Target
from tablebank.domain.boxes import group_of
from tablebank.domain.closing_the_day import close_day
from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.resolving import facts_of_result
from tablebank.store.days import load_day, lock_tables


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseDay:
    """Close the gaming day: what is ready is made final, what is not is listed with why.

    `pending_count` makes final what waits for its count alone, where the casino allows that
    (RUN-5). A day that is closed already takes a further revision, with a `reason`.
    """

    reason: str | None = None
    pending_count: bool = False


def the_day(scene: Scene, record_id: UUID | None) -> Target:
    """Refuses NOT_FOUND what is no day, or one that no calendar of ours has."""
    day = scene.path_day
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(Refusal.NOT_FOUND)
    return Target(type="gaming_day", id=None)


def _under_lock(scene: Scene, body: CloseDay) -> None:
    """All tables locked, then the day read; the caller signed no fact of any of it (SIGN-3)."""
    if scene.path_day is None:
        raise RuntimeError("the command is not about a gaming day")
    lock_tables(scene.cursor, scene.casino_id)
    scene.day = load_day(scene.cursor, scene.house, scene.path_day)
    for facts in scene.day.tables:
        for name in facts.__slots__:
            place = getattr(facts, name)
            if isinstance(place, tuple):
                scene.keep(place)
    _check_not_involved(scene)


def _check_not_involved(scene: Scene) -> None:
    involved = []
    for facts in scene.the_day().tables:
        mine = [each for each in facts.sessions if each.gaming_day == scene.path_day]
        everyone = {member.id: member for each in mine for member in group_of(facts, each)}
        made_from = facts_of_result(facts, everyone.values())
        if scene.caller_signed(made_from, but=OF_THE_RESULT):
            involved += [str(each.id) for each in mine]
    if involved:
        raise Refused(Refusal.SIGNER_INVOLVED, {"session_ids": involved})


CLOSE_DAY = Command(
    name="close_gaming_day",
    body=CloseDay,
    step="close_gaming_day",
    find=the_day,
    vet=_under_lock,
    decide=lambda scene, body: close_day(
        act=scene.acted(),
        house=scene.house,
        known=scene.the_day(),
        reason=body.reason,
        pending_count=body.pending_count,
    ),
)
