"""What the two kinds of slip have in common: asking, cancelling, depositing, voiding (SLIP-1..13).

A kind is one small file beside this one with the steps of its own road; `catalogue` lists them. A
slip's chips never change, its status does, and each change is a row (SLIP-1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import mounted_at, session_of
from tablebank.domain.chips import difference, difference_cents, total_cents
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, Signed
from tablebank.domain.facts import Mount, Session, Slip, SlipHand, SlipStep, TableFacts, Trial
from tablebank.domain.money import checked_cents
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.opening import live_session, with_mode
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import (
    LIVE,
    BankMode,
    Chipset,
    Form,
    Phase,
    Purpose,
    Role,
    SlipKind,
    SlipStatus,
    SnapshotKind,
)

HANDS = (Role.CASHIER, Role.RUNNER, Role.DEALER, Role.SUPERVISOR)
"""The four hands of a slip: nobody acts in two of them on one slip (SIGN-2)."""

SIGN = {SlipKind.FILL: 1, SlipKind.CREDIT: -1}
"""What a slip does to the tray (LESSON-5): the one place where the sign is chosen."""


LEAVES = frozenset({SlipStatus.ISSUED, SlipStatus.PICKED_UP})
"""With these the chips leave: the cage, or the tray."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a supervisor asks the cage for. `lines` are markers, checks or currency on a credit."""

    kind: SlipKind
    chipset: Chipset
    purpose: Purpose
    lines: tuple[Mapping[str, Any], ...] = ()


def slip_of(facts: TableFacts, slip_id: UUID) -> Slip:
    return next(slip for slip in facts.slips if slip.id == slip_id)


def request_slip(
    *, act: Act, house: House, facts: TableFacts, session: Session, asked: Asked
) -> Decision:
    """Ask for a fill or credit: OPEN, or a FINAL_ADJUSTMENT while CLOSING in imprest (SLIP-8)."""
    kept, session = session, with_mode(act=act, house=house, session=session)
    _check_may_ask(session, asked.purpose)
    _check_lines(asked)
    _check_after_opener(act, facts, session)
    slip = new_slip(act=act, house=house, session=session, asked=asked)
    step = step_of(act=act, slip=slip, status=SlipStatus.REQUESTED)
    return Decision(
        new=(slip, step, *hands_of(act, facts, slip)),
        changed=() if session == kept else (session,),
        forms=(FormNeeded(form=Form.REQUEST, record_id=slip.id, field="request_number"),),
        signed=(Signed(subject_id=step.id, session_id=session.id),),
        subject_id=slip.id,
        session_id=session.id,
    )


def new_slip(*, act: Act, house: House, session: Session, asked: Asked) -> Slip:
    """A slip as it is asked for: its chips and total are fixed here (SLIP-1), nothing has moved."""
    _check_lines(asked)
    in_chips = total_cents(asked.chipset, chips=house.chips_on(session.gaming_day))
    return Slip(
        id=act.new_id(),
        casino_id=session.casino_id,
        session_id=session.id,
        requested_session_id=session.id,
        table_id=session.table_id,
        shift_id=session.shift_id,
        gaming_day=session.gaming_day,
        kind=asked.kind,
        purpose=asked.purpose,
        status=SlipStatus.REQUESTED,
        chipset=asked.chipset,
        lines=asked.lines,
        total_cents=_total(asked, in_chips=in_chips),
        bank_effect_cents=SIGN[asked.kind] * in_chips,
        request_number=None,
        requested_at=act.occurred_at,
        requested_by=act.actor_id,
    )


def _check_lines(asked: Asked) -> None:
    """Markers, checks and currency go to the cage: a fill brings chips and nothing else."""
    if asked.lines and asked.kind != SlipKind.CREDIT:
        error = FieldError("/lines", Refusal.SHAPE.name, "Lines are for a credit.")
        raise Refused(Refusal.SHAPE, errors=[error])


def _total(asked: Asked, *, in_chips: int) -> int:
    """What the slip is for in all; a slip for nothing is not a slip (CHIP-4)."""
    in_lines = sum(checked_cents(line["amount_cents"], pointer="/lines") for line in asked.lines)
    total = in_chips + in_lines
    if total == 0:
        raise Refused(Refusal.CHIPSET_EMPTY)
    return checked_cents(total, pointer="/total_cents")


def _check_may_ask(session: Session, purpose: Purpose) -> None:
    if purpose == Purpose.NORMAL:
        if session.phase != Phase.OPEN:
            raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})
        return
    if session.phase != Phase.CLOSING:
        raise Refused(Refusal.SESSION_NOT_CLOSING, {"status": str(session.phase)})
    if session.table_bank_mode != BankMode.IMPREST_TO_PAR:
        raise Refused(Refusal.NOT_IMPREST, {"table_bank_mode": session.table_bank_mode})


def _check_after_opener(act: Act, facts: TableFacts, session: Session) -> None:
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    if opener is not None:
        check_not_before(act.occurred_at, earliest=opener.occurred_at, what="the opener")


def check_status(slip: Slip, *allowed: SlipStatus) -> None:
    if slip.status not in allowed:
        raise Refused(
            Refusal.SLIP_STATUS,
            {"status": str(slip.status), "needed": [str(status) for status in allowed]},
        )


def check_follows(act: Act, facts: TableFacts, slip: Slip) -> None:
    """A step is not before the one it follows (TIME-1)."""
    last = max(step.occurred_at for step in facts.steps if step.slip_id == slip.id)
    check_not_before(act.occurred_at, earliest=last, what="the slip's last step")


def session_in_play(facts: TableFacts, slip: Slip) -> Session:
    """The session live on the table, which takes a slip that touches the tray now (SLIP-12)."""
    live = live_session(facts)
    if live is None or live.phase not in LIVE - {Phase.OPENING}:
        status = live or session_of(facts, slip.session_id)
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(status.phase)})
    return live


def check_after_opener_strictly(act: Act, facts: TableFacts, session: Session) -> None:
    """A tray instant at or before the opener is refused: the opener saw those chips (SLIP-6)."""
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    if opener is not None and act.occurred_at <= opener.occurred_at:
        after_it = opener.occurred_at + timedelta(microseconds=1)
        check_not_before(act.occurred_at, earliest=after_it, what="the opener")


def step_of(*, act: Act, slip: Slip, status: SlipStatus, reason: str | None = None) -> SlipStep:
    """One change of the slip's status, as the row that its signatures hang on (SLIP-1)."""
    return SlipStep(
        id=act.new_id(),
        casino_id=slip.casino_id,
        slip_id=slip.id,
        status=status,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        actor_id=act.actor_id,
        reason=reason,
    )


def hands_of(act: Act, facts: TableFacts, slip: Slip) -> tuple[SlipHand, ...]:
    """The hands that this step's signers become on the slip; refuses one person in two (SIGN-2).

    The hands of a step on paper are named there: those who enter it are none of them (BACK-1).
    """
    if act.paper is not None:
        return ()
    known = {hand.staff_id: hand.role for hand in facts.hands if hand.slip_id == slip.id}
    new: list[SlipHand] = []
    for signer in act.signers:
        if signer.role not in HANDS:
            continue
        if known.get(signer.staff_id, signer.role) != signer.role:
            raise Refused(
                Refusal.SIGNERS_NOT_DISTINCT,
                {"role": str(signer.role), "already": str(known[signer.staff_id])},
            )
        if signer.staff_id not in known:
            known[signer.staff_id] = signer.role
            new.append(
                SlipHand(
                    id=act.new_id(),
                    casino_id=slip.casino_id,
                    slip_id=slip.id,
                    staff_id=signer.staff_id,
                    role=signer.role,
                )
            )
    return tuple(new)


def runner_of(act: Act, slip: Slip) -> UUID | None:
    """The runner who signs: the same throughout the slip (SIGN-2). On paper the runner is named
    there, and may be nobody we know."""
    if act.paper is not None:
        return slip.runner_id
    runner = act.signed_as(Role.RUNNER)[0].staff_id
    if slip.runner_id is not None and runner != slip.runner_id:
        raise Refused(Refusal.RUNNER_CHANGED, {"slip_id": str(slip.id)})
    return runner


def takes_number(slip: Slip) -> bool:
    """Whether the form is prepared with the status the slip now has: a fill and a slip-first credit
    when the chips leave, a request-first credit when the cage has counted them (SLIP-2)."""
    if slip.request_first:
        return slip.status == SlipStatus.VERIFIED_AT_CAGE
    return slip.status in LEAVES


def moved(
    *,
    act: Act,
    facts: TableFacts,
    slip: Slip,
    now: Slip,
    reason: str | None = None,
    forms: tuple[FormNeeded, ...] = (),
) -> Decision:
    """The slip in its new status, the step that brought it there, and the hands that signed it."""
    step = step_of(act=act, slip=slip, status=now.status, reason=reason)
    return Decision(
        new=(step, *hands_of(act, facts, slip)),
        changed=(now,),
        forms=forms,
        signed=(Signed(subject_id=step.id, session_id=now.session_id),),
        subject_id=slip.id,
        session_id=now.session_id,
    )


def differing_count(
    *, act: Act, house: House, facts: TableFacts, slip: Slip, counted: Chipset, step: str
) -> Decision | None:
    """What becomes of a verifier's count that is not the slip's; None when it agrees (SLIP-3).

    The first difference is kept as a trial and counted again. A second leaves the slip where it is,
    disputed; so does the one on a paper, which cannot be counted again.
    """
    chips = house.chips_on(slip.gaming_day)
    gap = difference_cents(counted, slip.chipset, chips=chips)
    if gap == 0:
        return None
    trial = Trial(
        id=act.new_id(),
        casino_id=slip.casino_id,
        subject_id=slip.id,
        session_id=slip.session_id,
        step=step,
        chipset=counted,
        total_cents=total_cents(counted, chips=chips),
        difference_cents=gap,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
    )
    again = act.paper is not None or any(each.subject_id == slip.id for each in facts.trials)
    disputed = replace(slip, disputed=True, counted_chipset=counted)
    return Decision(
        new=(trial,),
        changed=(disputed,) if again else (),
        signed=(Signed(subject_id=trial.id, session_id=slip.session_id),),
        subject_id=slip.id,
        session_id=slip.session_id,
        outcome={
            "disputed": again,
            "recount_required": not again,
            "difference_cents": gap,
            "difference": difference(counted, slip.chipset),
        },
    )


def deposited(act: Act, facts: TableFacts, slip: Slip, *, box_id: UUID | None) -> Slip:
    """The slip in the box mounted on its table, or in the one named (SLIP-13)."""
    mount = mount_for(facts, box_id, at=act.occurred_at)
    return replace(
        slip,
        status=SlipStatus.DEPOSITED_IN_DROPBOX,
        mount_id=mount.id,
        deposited_at=act.occurred_at,
    )


def mount_for(facts: TableFacts, box_id: UUID | None, *, at: datetime) -> Mount:
    """The mounting of a box that stood on this table then; of the named one, if one is named."""
    mount = mounted_at(facts, at, box_id=box_id)
    if mount is None:
        raise Refused(Refusal.BOX_NOT_MOUNTED, {"table_id": str(facts.table.id)})
    return mount


def deposit_slip(*, act: Act, facts: TableFacts, slip: Slip, box_id: UUID | None) -> Decision:
    """The verified slip goes into a drop box: who, when, which (SLIP-13)."""
    check_status(slip, SlipStatus.VERIFIED_AT_TABLE, SlipStatus.VERIFIED_AT_CAGE)
    check_follows(act, facts, slip)
    runner_of(act, slip)
    now = deposited(act, facts, slip, box_id=box_id)
    return moved(act=act, facts=facts, slip=slip, now=now)


def cancel_slip(*, act: Act, facts: TableFacts, slip: Slip, reason: str) -> Decision:
    """Take a request back before anything was prepared (SLIP, REQUESTED to CANCELLED)."""
    check_status(slip, SlipStatus.REQUESTED)
    check_follows(act, facts, slip)
    now = replace(slip, status=SlipStatus.CANCELLED, void_reason=reason)
    step = step_of(act=act, slip=slip, status=now.status, reason=reason)
    return Decision(
        new=(step, *hands_of(act, facts, slip)),
        changed=(now,),
        signed=(Signed(subject_id=step.id, session_id=slip.session_id),),
        subject_id=slip.id,
        session_id=slip.session_id,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Voiding:
    """Why a slip is voided and what the cashier counted back; perhaps the slip that replaces it."""

    reason: str
    counted_back: Chipset
    replaced_by: UUID | None = None


def void_slip(*, act: Act, facts: TableFacts, slip: Slip, voiding: Voiding) -> Decision:
    """Void a slip whose chips were counted back: its number stays used, its amount enters nothing.

    Two people of different departments sign, one of them not otherwise on the slip (SIGN-3); what
    is missing from the chips counted back is a finding on the slip (SLIP-3).
    """
    check_status(slip, SlipStatus.ISSUED, SlipStatus.PICKED_UP)
    check_follows(act, facts, slip)
    on_slip = {hand.staff_id for hand in facts.hands if hand.slip_id == slip.id}
    if all(signer.staff_id in on_slip for signer in act.signers):
        raise Refused(Refusal.SIGNER_INVOLVED, {"why": "one signer must not be on the slip"})
    if voiding.replaced_by is not None and all(
        each.id != voiding.replaced_by or each.kind != slip.kind or each.id == slip.id
        for each in facts.slips
    ):
        raise Refused(Refusal.REFERENCE_UNKNOWN, {"replaced_by": str(voiding.replaced_by)})
    now = replace(
        slip,
        status=SlipStatus.VOIDED,
        disputed=False,
        counted_back=voiding.counted_back,
        replaced_by=voiding.replaced_by,
        void_reason=voiding.reason,
    )
    step = step_of(act=act, slip=slip, status=now.status, reason=voiding.reason)
    return Decision(
        new=(step, *hands_of(act, facts, slip)),
        changed=(now,),
        signed=(Signed(subject_id=step.id, session_id=slip.session_id),),
        subject_id=slip.id,
        session_id=slip.session_id,
    )
