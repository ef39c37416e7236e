"""SLIP_UNSETTLED: on the way when its session was closed by force (CLOSE-5).

It stays until the slip is verified, or returned and voided, or cancelled.
"""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.rundown import IN_FLIGHT
from tablebank.domain.terms import CLOSED_PHASES, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for slip in facts.slips:
        session = session_of(facts, slip.session_id)
        forced = session.phase in CLOSED_PHASES and session.close_forced
        if forced and slip.status in IN_FLIGHT:
            yield Found(
                subject_type="slip",
                subject_id=str(slip.id),
                session=session,
                facts={
                    "number": slip.number,
                    "status": str(slip.status),
                    "total_cents": slip.total_cents,
                },
            )


SLIP_UNSETTLED = Kind(
    name="SLIP_UNSETTLED",
    stops=Stops.RESULT,
    department="pit",
    words="The slip was still on its way when the session was closed by force.",
    detect=detect,
)
