"""A credit: chips from the table to the cage (SLIP).

REQUESTED → PICKED_UP (dealer, supervisor, runner; the tray instant) → VERIFIED_AT_CAGE (cashier and
the same runner) → DEPOSITED_IN_DROPBOX (dealer and runner). Slip first, the numbered slip travels
with the chips. Request first, they travel with the request: the cage counts them and prepares the
slip, and the supervisor signs it too when it comes back and goes into the box (SLIP-2, CRD-05).
"""

from dataclasses import replace

from tablebank.domain.decisions import Act, Decision, FormNeeded, House
from tablebank.domain.facts import Slip, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.settings import CreditFlow
from tablebank.domain.slips.kind import (
    check_after_opener_strictly,
    check_follows,
    check_status,
    differing_count,
    moved,
    runner_of,
    session_in_play,
    takes_number,
)
from tablebank.domain.terms import Chipset, Form, SlipKind, SlipStatus

KIND = SlipKind.CREDIT
FORM = Form.CREDIT


def pick_up_credit(*, act: Act, house: House, facts: TableFacts, slip: Slip) -> Decision:
    """The chips leave the tray with the runner: the credit's tray instant (SLIP-12).

    Slip first its number is taken now; request first the cage takes it when it has counted. Which
    of the two it is, the house says at this moment, and it stays so for this credit. A credit
    beyond the expected tray is not refused (SLIP-10): the estimate ignores play.
    """
    if slip.kind != KIND:
        raise Refused(Refusal.SLIP_STATUS, {"kind": str(slip.kind), "needed": str(KIND)})
    check_status(slip, SlipStatus.REQUESTED)
    check_follows(act, facts, slip)
    session = session_in_play(facts, slip)
    check_after_opener_strictly(act, facts, session)
    now = replace(
        slip,
        status=SlipStatus.PICKED_UP,
        session_id=session.id,
        shift_id=session.shift_id,
        gaming_day=session.gaming_day,
        tray_instant=act.occurred_at,
        moved_at=act.occurred_at,
        runner_id=runner_of(act, slip),
        request_first=house.settings.credit_flow == CreditFlow.REQUEST_FIRST,
    )
    return moved(act=act, facts=facts, slip=slip, now=now, forms=_numbered(now))


def _numbered(slip: Slip) -> tuple[FormNeeded, ...]:
    """The slip's number, if it is prepared with the status it now has (SLIP-2)."""
    if slip.number is not None or not takes_number(slip):
        return ()
    return (FormNeeded(form=FORM, record_id=slip.id, field="number"),)


def verify_credit(
    *, act: Act, house: House, facts: TableFacts, slip: Slip, counted: Chipset
) -> Decision:
    """The cashier counts the chips in: no fact of play, it may come after the close (SLIP-12)."""
    check_status(slip, SlipStatus.PICKED_UP)
    check_follows(act, facts, slip)
    runner_of(act, slip)
    differing = differing_count(
        act=act, house=house, facts=facts, slip=slip, counted=counted, step="verify_credit"
    )
    if differing is not None:
        return differing
    now = replace(slip, status=SlipStatus.VERIFIED_AT_CAGE, disputed=False)
    return moved(act=act, facts=facts, slip=slip, now=now, forms=_numbered(now))
