"""COUNT_REPORTED: the count room itself reported something with its result (SOFT-1)."""

from collections.abc import Iterable

from tablebank.domain.boxes import count_of, session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for removal in facts.removals:
        count = count_of(facts, removal)
        for index, reported in enumerate(count.reported_exceptions if count else ()):
            yield Found(
                subject_type="drop",
                subject_id=f"{removal.id}/{index}",
                session=session_of(facts, removal.session_id),
                facts={"reported": dict(reported)},
            )


COUNT_REPORTED = Kind(
    name="COUNT_REPORTED",
    stops=Stops.RESULT,
    department="count_room",
    words="The count room reported an irregularity with its count.",
    detect=detect,
)
