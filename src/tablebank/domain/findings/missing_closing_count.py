"""MISSING_CLOSING_COUNT: closed without a closing count that still stands (CLOSE-2, SLIP-6)."""

from collections.abc import Iterable

from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.rundown import standing_closing
from tablebank.domain.terms import CLOSED_PHASES, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for session in facts.sessions:
        if session.phase in CLOSED_PHASES and standing_closing(facts, session.id) is None:
            yield Found(
                subject_type="session",
                subject_id=str(session.id),
                session=session,
                facts={"close_reason": session.close_reason},
            )


MISSING_CLOSING_COUNT = Kind(
    name="MISSING_CLOSING_COUNT",
    stops=Stops.RESULT,
    department="pit",
    words="The session was closed without a closing count.",
    detect=detect,
)
