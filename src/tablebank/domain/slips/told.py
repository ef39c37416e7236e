"""Slips that are told from signed paper: a whole one, or how one went on (BACK-1, CLOSE-5).

On the floor every step of a slip is taken by itself. A paper tells several at once, each with its
own time: they are walked in the order of the slip's road, and each leaves the row it would have
left. Which session takes the slip is said by who enters it, and held against the times (SLIP-12).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from tablebank.domain.boxes import members, mounted_at
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, Signed
from tablebank.domain.facts import Session, Slip, SlipStep, TableFacts
from tablebank.domain.occurrence import AHEAD_OF_CLOCK, check_not_after, check_not_before
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.settings import CreditFlow
from tablebank.domain.slips.kind import LEAVES, Asked, deposited, new_slip, step_of, takes_number
from tablebank.domain.terms import (
    CLOSED_PHASES,
    Form,
    Phase,
    SlipKind,
    SlipStatus,
    SnapshotKind,
)

_S = SlipStatus
ROADS: Mapping[SlipKind, tuple[SlipStatus, ...]] = {
    SlipKind.FILL: (_S.REQUESTED, _S.ISSUED, _S.VERIFIED_AT_TABLE, _S.DEPOSITED_IN_DROPBOX),
    SlipKind.CREDIT: (_S.REQUESTED, _S.PICKED_UP, _S.VERIFIED_AT_CAGE, _S.DEPOSITED_IN_DROPBOX),
}
"""The road of each kind, step by step (SLIP)."""
IN_PLAY = frozenset({Phase.OPEN, Phase.CLOSING})
_TOUCHES_TRAY = frozenset({_S.VERIFIED_AT_TABLE, _S.PICKED_UP})
_FORM = {SlipKind.FILL: Form.FILL, SlipKind.CREDIT: Form.CREDIT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One step as the paper has it: which, and when."""

    status: SlipStatus
    occurred_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What a paper tells of a slip's road, and into which box it went, if it says so.

    Without `steps` it is the whole road, all of it at the act's own instant: into the box if one
    stood on the table then, else up to its verification.
    """

    steps: Sequence[Told] = ()
    box_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Walked:
    """A slip as far as it was walked, and what the steps leave behind."""

    slip: Slip
    steps: tuple[SlipStep, ...] = ()
    forms: tuple[FormNeeded, ...] = field(default=())


def enter_slip(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    asked: Asked,
    telling: Telling,
    late: bool = False,
) -> Decision:
    """A slip that was asked for, carried and verified on paper, as one decision (BACK-1).

    The session is in play; `late`, it is closed and takes it by amendment. Refuses SLIP_STATUS
    steps that are not the beginning of its kind's road, OCCURRED_AT_OUT_OF_RANGE a tray instant
    that is not within the session (SLIP-6, SLIP-12), and PAPER_ALREADY_ENTERED a paper that a slip
    of the same kind and chips rests on (LESSON-28).
    """
    if session.phase not in (CLOSED_PHASES if late else IN_PLAY):
        refusal = Refusal.SESSION_NOT_CLOSED if late else Refusal.SESSION_NOT_OPEN
        raise Refused(refusal, {"status": str(session.phase), "way_in": "amend"})
    _check_not_entered(act, facts, asked)
    steps = _steps(act, facts, asked.kind, telling, done=0)
    first = replace(act, occurred_at=steps[0].occurred_at)
    slip = new_slip(act=first, house=house, session=session, asked=asked)
    walked = _walked(
        act=act,
        house=house,
        facts=facts,
        session=session,
        slip=slip,
        steps=steps,
        box_id=telling.box_id,
    )
    alone = len(steps) == 1
    request = FormNeeded(form=Form.REQUEST, record_id=slip.id, field="request_number")
    return Decision(
        new=(walked.slip, *walked.steps),
        forms=(*walked.forms, *((request,) if alone else ())),
        signed=_signed(walked, session),
        subject_id=slip.id,
        session_id=session.id,
    )


def _check_not_entered(act: Act, facts: TableFacts, asked: Asked) -> None:
    """One paper is one slip: two people who both find it in the drawer enter it once."""
    if act.paper is None:
        return
    same = {
        each.subject_id
        for each in facts.papers
        if (each.form, each.form_number) == (act.paper.form, act.paper.number)
    }
    on_it = {step.slip_id for step in facts.steps if step.id in same}
    for slip in facts.slips:
        if slip.id in on_it and (slip.kind, slip.chipset) == (asked.kind, asked.chipset):
            raise Refused(Refusal.PAPER_ALREADY_ENTERED, {"slip_id": str(slip.id)})


def settle_slip(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    slip: Slip,
    telling: Telling,
) -> Decision:
    """How a slip went on that was left on its way when its session closed (CLOSE-5, SLIP-12).

    Its chips reached the tray, or left it, before the close: from then on it is that session's.
    Refuses SLIP_STATUS one that has come to its end.
    """
    road = ROADS[slip.kind]
    if slip.status not in road[:-1]:
        needed = [str(each) for each in road[:-1]]
        raise Refused(Refusal.SLIP_STATUS, {"status": str(slip.status), "needed": needed})
    steps = _steps(act, facts, slip.kind, telling, done=road.index(slip.status) + 1)
    before = max(step.occurred_at for step in facts.steps if step.slip_id == slip.id)
    check_not_before(steps[0].occurred_at, earliest=before, what="the slip's last step")
    walked = _walked(
        act=act,
        house=house,
        facts=facts,
        session=session,
        slip=replace(slip, disputed=False, counted_chipset=None),
        steps=steps,
        box_id=telling.box_id,
    )
    return Decision(
        new=walked.steps,
        changed=(walked.slip,),
        forms=walked.forms,
        signed=_signed(walked, session),
        subject_id=slip.id,
        session_id=session.id,
    )


def _signed(walked: _Walked, session: Session) -> tuple[Signed, ...]:
    return tuple(Signed(subject_id=each.id, session_id=session.id) for each in walked.steps)


def _steps(
    act: Act, facts: TableFacts, kind: SlipKind, telling: Telling, *, done: int
) -> tuple[Told, ...]:
    """The steps still to be walked, in the order of the road and of time."""
    road = ROADS[kind][done:]
    if not telling.steps:
        in_a_box = telling.box_id is not None or mounted_at(facts, act.occurred_at) is not None
        whole = road if in_a_box else road[:-1]
        return tuple(Told(status=each, occurred_at=act.occurred_at) for each in whole or road)
    told = tuple(telling.steps)
    if [each.status for each in told] != list(road[: len(told)]):
        raise Refused(
            Refusal.SLIP_STATUS,
            {
                "told": [str(each.status) for each in told],
                "needed": [str(each) for each in road],
            },
        )
    for before, each in pairwise(told):
        check_not_before(each.occurred_at, earliest=before.occurred_at, what="the step before it")
    if telling.box_id is not None and told[-1].status != SlipStatus.DEPOSITED_IN_DROPBOX:
        message = "A box is named, and no deposit is told."
        error = FieldError("/box", Refusal.SHAPE.name, message)
        raise Refused(Refusal.SHAPE, errors=[error])
    return told


def _walked(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    slip: Slip,
    steps: Sequence[Told],
    box_id: UUID | None,
) -> _Walked:
    walked = _Walked(slip=slip)
    for told in steps:
        at = replace(act, occurred_at=told.occurred_at)
        if not house.casino.simulated:
            check_not_after(told.occurred_at, latest=act.now + AHEAD_OF_CLOCK, what="now")
        now = replace(walked.slip, status=told.status)
        if told.status in LEAVES:
            first = house.settings.credit_flow == CreditFlow.REQUEST_FIRST
            now = replace(
                now,
                moved_at=told.occurred_at,
                request_first=slip.kind == SlipKind.CREDIT and first,
            )
        if told.status in _TOUCHES_TRAY:
            check_within(facts, session, told.occurred_at)
            now = replace(
                now,
                session_id=session.id,
                shift_id=session.shift_id,
                gaming_day=session.gaming_day,
                tray_instant=told.occurred_at,
            )
        if told.status == SlipStatus.DEPOSITED_IN_DROPBOX:
            now = deposited(at, facts, now, box_id=box_id)
        number = FormNeeded(form=_FORM[slip.kind], record_id=slip.id, field="number")
        due = now.number is None and not walked.forms and takes_number(now)
        walked = _Walked(
            slip=now,
            steps=(*walked.steps, step_of(act=at, slip=slip, status=told.status)),
            forms=(number,) if due else walked.forms,
        )
    return walked


def check_within(facts: TableFacts, session: Session, tray_instant: datetime) -> None:
    """A tray instant lies after the session's opener and not after its close (SLIP-6, TIME-1).

    Where no opener was recorded, not before the session before it was closed.
    """
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    before = next((each for each in members(facts) if each.id == session.previous_session_id), None)
    if opener is not None:
        earliest = opener.occurred_at + timedelta(microseconds=1)
        check_not_before(tray_instant, earliest=earliest, what="the opener")
    elif before is not None:
        check_not_before(tray_instant, earliest=before.closed_at, what="the close before it")
    check_not_after(tray_instant, latest=session.closed_at, what="the close")
