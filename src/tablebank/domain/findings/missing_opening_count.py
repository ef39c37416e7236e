"""MISSING_OPENING_COUNT: closed without a recorded opener; its result is unknown (CLOSE-2)."""

from collections.abc import Iterable

from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import CLOSED_PHASES, SnapshotKind, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for session in facts.sessions:
        opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
        if session.phase in CLOSED_PHASES and opener is None:
            yield Found(
                subject_type="session",
                subject_id=str(session.id),
                session=session,
                facts={"close_reason": session.close_reason},
            )


MISSING_OPENING_COUNT = Kind(
    name="MISSING_OPENING_COUNT",
    stops=Stops.RESULT,
    department="pit",
    words="The session was closed without an opening count.",
    detect=detect,
)
