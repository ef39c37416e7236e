"""SLIP_WRONG_BOX: a slip was found in another box than the one it was deposited in (SOFT-4).

One finding, on the slip, and nothing beside it: neither is it missing from its own box, nor is it
unknown in the other.
"""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import Verdict, judged, slip_in_view
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for each in judged(facts, Verdict.WRONG_BOX):
        yield Found(
            subject_type="slip",
            subject_id=str(each.slip.id),
            session=session_of(facts, each.slip.session_id),
            variance_cents=each.apart_cents,
            facts=each.facts(),
        )


SLIP_WRONG_BOX = Kind(
    name="SLIP_WRONG_BOX",
    stops=Stops.RESULT,
    department="pit",
    words="The slip was found in another box than the one it was deposited in.",
    detect=detect,
    in_view=slip_in_view,
)
