"""VOID_MISUSE: a voided slip was found in a box as if it were valid (SOFT-4, SNAP-8)."""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import Verdict, judged, slip_in_view
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for each in judged(facts, Verdict.VOID):
        yield Found(
            subject_type="slip",
            subject_id=str(each.slip.id),
            session=session_of(facts, each.slip.session_id),
            facts=each.facts(),
        )


VOID_MISUSE = Kind(
    name="VOID_MISUSE",
    stops=Stops.RESULT,
    department="cage",
    words="A voided slip was found in a box as if it were valid.",
    detect=detect,
    in_view=slip_in_view,
)
