"""Relieving a runner on the way: the one exception to "the same runner throughout" (SIGN-2).

The one who carries the chips or the slip hands over to the other, and both sign. From then on the
relief is the slip's runner; who began it stays a hand on it and can be nothing else there.
"""

from dataclasses import replace

from tablebank.domain.decisions import Act, Decision
from tablebank.domain.facts import Slip, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.slips.kind import check_follows, check_status, moved
from tablebank.domain.terms import Role, SlipStatus

CARRIED = (
    SlipStatus.ISSUED,
    SlipStatus.PICKED_UP,
    SlipStatus.VERIFIED_AT_TABLE,
    SlipStatus.VERIFIED_AT_CAGE,
)
"""While the runner has something in hand: the chips, or the slip that is not in a box yet."""


def relieve_runner(*, act: Act, facts: TableFacts, slip: Slip) -> Decision:
    """Name the other of the two runners who sign as the slip's runner; its status stays.

    Refuses SLIP_STATUS where nobody carries anything, and RUNNER_CHANGED where the one who carries
    it is not among the two.
    """
    check_status(slip, *CARRIED)
    check_follows(act, facts, slip)
    runners = {signer.staff_id for signer in act.signed_as(Role.RUNNER)}
    if slip.runner_id not in runners or len(runners) != 2:
        raise Refused(Refusal.RUNNER_CHANGED, {"slip_id": str(slip.id)})
    relief = next(each for each in runners if each != slip.runner_id)
    now = replace(slip, runner_id=relief)
    return moved(act=act, facts=facts, slip=slip, now=now, reason="runner relieved")
