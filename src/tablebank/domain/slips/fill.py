"""A fill: chips from the cage to the table (SLIP).

REQUESTED → ISSUED (cashier and runner) → VERIFIED_AT_TABLE (dealer, supervisor, runner; the tray
instant) → DEPOSITED_IN_DROPBOX.
"""

from dataclasses import replace
from uuid import UUID

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, Signed
from tablebank.domain.facts import Slip, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.slips.kind import (
    check_after_opener_strictly,
    check_follows,
    check_status,
    deposited,
    differing_count,
    moved,
    runner_of,
    session_in_play,
    step_of,
)
from tablebank.domain.terms import LIVE, Chipset, Form, SlipKind, SlipStatus

KIND = SlipKind.FILL
FORM = Form.FILL


def issue_fill(*, act: Act, facts: TableFacts, slip: Slip) -> Decision:
    """The cashier prepares chips and slip, the runner takes them: the number is used (SLIP-2)."""
    if slip.kind != KIND:
        raise Refused(Refusal.SLIP_STATUS, {"kind": str(slip.kind), "needed": str(KIND)})
    check_status(slip, SlipStatus.REQUESTED)
    check_follows(act, facts, slip)
    session = session_of(facts, slip.session_id)
    if session.phase not in LIVE:
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})
    now = replace(
        slip,
        status=SlipStatus.ISSUED,
        runner_id=runner_of(act, slip),
        moved_at=act.occurred_at,
    )
    number = FormNeeded(form=FORM, record_id=slip.id, field="number")
    return moved(act=act, facts=facts, slip=slip, now=now, forms=(number,))


def verify_fill(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    slip: Slip,
    counted: Chipset,
    deposit: bool,
    box_id: UUID | None,
) -> Decision:
    """The dealer counts the chips into the tray: this is the fill's tray instant (SLIP-12).

    The session live now takes the fill into its rundown. A count that differs is kept as a trial,
    then disputed (SLIP-3).
    """
    check_status(slip, SlipStatus.ISSUED)
    check_follows(act, facts, slip)
    session = session_in_play(facts, slip)
    check_after_opener_strictly(act, facts, session)
    runner_of(act, slip)
    differing = differing_count(
        act=act, house=house, facts=facts, slip=slip, counted=counted, step="verify_fill"
    )
    if differing is not None:
        return differing
    verified = replace(
        slip,
        status=SlipStatus.VERIFIED_AT_TABLE,
        session_id=session.id,
        shift_id=session.shift_id,
        gaming_day=session.gaming_day,
        disputed=False,
        tray_instant=act.occurred_at,
    )
    if not deposit:
        return moved(act=act, facts=facts, slip=slip, now=verified)
    in_box = deposited(act, facts, verified, box_id=box_id)
    decision = moved(act=act, facts=facts, slip=slip, now=verified)
    put_in = step_of(act=act, slip=slip, status=SlipStatus.DEPOSITED_IN_DROPBOX)
    return replace(
        decision,
        new=(*decision.new, put_in),
        changed=(in_box,),
        signed=(*decision.signed, Signed(subject_id=put_in.id, session_id=session.id)),
    )
