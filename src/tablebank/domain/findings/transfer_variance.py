"""TRANSFER_VARIANCE: what the verifier counted is not what the count team counted (SOFT-7, CNT-17).

It hangs on a count session and no table, and stops the result of every session with a box in it.
Posting raises it; a corrected count that makes the totals agree clears it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tablebank.domain.count_sessions import CountSession, CountVerification
from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.findings.notices import due_at
from tablebank.domain.terms import FindingStatus, Stops

SUBJECT = "count_session"


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    return ()


def never_in_view(facts: TableFacts, finding: Finding) -> bool:
    """The facts of one table never hold all boxes of a session."""
    return False


TRANSFER_VARIANCE = Kind(
    name="TRANSFER_VARIANCE",
    stops=Stops.RESULT,
    department="accounting",
    words="The verifier's total is not the count team's.",
    detect=detect,
    in_view=never_in_view,
)


def transfer_variance(
    *,
    act: Act,
    house: House,
    session: CountSession,
    verification: CountVerification | None,
    counted_cents: int,
    kept: Finding | None,
) -> tuple[Finding, ...]:
    """The finding that is new, changed or put right with these totals, in cents (FIND-2).

    `kept` is the one on record for this session. One that was explained stays so while the totals
    are what they were.
    """
    apart = 0 if verification is None else verification.total_cents - counted_cents
    if apart == 0:
        is_open = kept is not None and kept.status == FindingStatus.OPEN
        cleared: dict[str, Any] = {"status": FindingStatus.CLEARED, "cleared_at": act.now}
        return (replace(kept, **cleared),) if kept is not None and is_open else ()
    said: dict[str, Any] = {"batch_id": session.batch_id, "counted_cents": counted_cents}
    said |= {"verified_cents": verification.total_cents if verification else None}
    if kept is None:
        return (_raised(act, house, session, apart, said),)
    if kept.variance_cents == apart and kept.status != FindingStatus.CLEARED:
        return ()
    again: dict[str, Any] = {
        "status": FindingStatus.OPEN,
        "cleared_at": None,
        "variance_cents": apart,
    }
    return (replace(kept, **again, facts=said),)


def _raised(
    act: Act, house: House, session: CountSession, apart_cents: int, said: dict[str, Any]
) -> Finding:
    kind, stops = TRANSFER_VARIANCE.name, TRANSFER_VARIANCE.stops
    return Finding(
        id=act.new_id(),
        casino_id=session.casino_id,
        kind=TRANSFER_VARIANCE.name,
        subject_type=SUBJECT,
        subject_id=str(session.id),
        session_id=None,
        table_id=None,
        shift_id=None,
        status=FindingStatus.OPEN,
        stops=TRANSFER_VARIANCE.stops,
        variance_cents=apart_cents,
        facts=said,
        department=TRANSFER_VARIANCE.department,
        raised_at=act.now,
        due_at=due_at(house, kind=kind, stops=stops, raised_at=act.now),
    )
