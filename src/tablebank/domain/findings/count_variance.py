"""COUNT_VARIANCE: the count room's two counts of a box differ beyond tolerance (SOFT-1, SOFT-4)."""

from collections.abc import Iterable

from tablebank.domain.boxes import count_of, session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for removal in facts.removals:
        count = count_of(facts, removal)
        if count is None:
            continue
        gap = count.second_count_cents - count.first_count_cents
        if abs(gap) > house.settings_then(count.recorded_at).count_tolerance_cents:
            yield Found(
                subject_type="drop",
                subject_id=str(removal.id),
                session=session_of(facts, removal.session_id),
                variance_cents=gap,
                facts={
                    "first_count_cents": count.first_count_cents,
                    "second_count_cents": count.second_count_cents,
                    "batch_id": count.batch_id,
                },
            )


COUNT_VARIANCE = Kind(
    name="COUNT_VARIANCE",
    stops=Stops.RESULT,
    department="count_room",
    words="The first and the second count of the box differ.",
    detect=detect,
)
