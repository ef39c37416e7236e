"""Revenue audit: as soon as a session (or its whole drop group) is closed and counted, the result
is reconciled and finalized by someone who signed none of it.
"""

from tablebank.simulator.pit import Pit
from tablebank.simulator.slips import money
from tablebank.simulator.truth import BoxTruth


def audit_what_is_settled(pit: Pit, counted: BoxTruth) -> None:
    """Reconcile and finalize what this box's count completed; a drop group once, on any member."""
    for session in counted.serves:
        if session.session_id in pit.audited or not pit.ledger.settled(session):
            continue
        group = pit.ledger.together(session)
        pit.audited.update(member.session_id for member in group)
        clerk = pit.acting(pit.auditor_of_revenue())
        last = group[-1]
        clerk.command(f"/sessions/{last.session_id}/reconcile", at=pit.instant())
        clerk.command(f"/sessions/{last.session_id}/finalize", at=pit.instant())
        won = sum(member.won_cents for member in group)
        shifts = "+".join(member.shift for member in group)
        pit.tell(f"{last.table}  {shifts} final: won {money(won)}")
