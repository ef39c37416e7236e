"""MISSING_SLIP: deposited, and in no box that was counted since (SOFT-4, LESSON-19).

It clears by itself when the slip turns up: into nothing where a corrected count of its own box
lists it, into SLIP_WRONG_BOX where another box yields it.
"""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import Verdict, judged, slip_in_view
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for each in judged(facts, Verdict.MISSING):
        yield Found(
            subject_type="slip",
            subject_id=str(each.slip.id),
            session=session_of(facts, each.slip.session_id),
            variance_cents=-each.slip.total_cents,
            facts=each.facts(),
        )


MISSING_SLIP = Kind(
    name="MISSING_SLIP",
    stops=Stops.RESULT,
    department="accounting",
    words="The slip was deposited and was not in its box when that was counted.",
    detect=detect,
    in_view=slip_in_view,
)
