"""SLIP_OVERDUE: chips left one side and did not arrive on the other in time (SLIP-7).

It comes with time, and clears on arrival.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.terms import SlipStatus, Stops

IN_TRANSIT = frozenset({SlipStatus.ISSUED, SlipStatus.PICKED_UP})


def detect_by(house: House, facts: TableFacts, now: datetime) -> Iterable[Found]:
    limit = timedelta(minutes=house.settings.transit_limit_minutes)
    for slip in facts.slips:
        left_at = slip.moved_at
        if slip.status in IN_TRANSIT and left_at is not None and now - left_at > limit:
            yield Found(
                subject_type="slip",
                subject_id=str(slip.id),
                session=session_of(facts, slip.session_id),
                facts={
                    "number": slip.number,
                    "left_at": rfc3339(left_at),
                    "total_cents": slip.total_cents,
                },
            )


SLIP_OVERDUE = Kind(
    name="SLIP_OVERDUE",
    stops=Stops.NOTHING,
    department="cage",
    words="Chips are on the road for longer than the casino allows.",
    detect_by=detect_by,
)
