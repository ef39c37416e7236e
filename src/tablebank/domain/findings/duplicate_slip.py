"""DUPLICATE_SLIP: one number, found more than once (SOFT-4, LESSON-19).

A slip's number in two places, or a marker that lies in a box and stands on a credit too (SLIP-14):
its amount would enter the result twice.
"""

from collections.abc import Iterable, Iterator

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import CREDITED, Verdict, judged, sightings, slip_in_view
from tablebank.domain.terms import Stops

MARKER = "MARKER"


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for each in judged(facts, Verdict.DUPLICATE):
        yield Found(
            subject_type="slip",
            subject_id=str(each.slip.id),
            session=session_of(facts, each.slip.session_id),
            facts=each.facts(),
        )
    yield from _markers(facts)


def _markers(facts: TableFacts) -> Iterator[Found]:
    """Markers that are on a credit and were found in a box as well."""
    on_credits = [
        (slip, line)
        for slip in facts.slips
        for line in slip.lines
        if slip.status in CREDITED and line.get("instrument") == MARKER and line.get("number")
    ]
    seen = sightings(facts) if on_credits else {}
    for slip, line in on_credits:
        found = [each for each in seen.get(line["number"], ()) if each.form == MARKER]
        if found:
            yield Found(
                subject_type="slip",
                subject_id=f"{slip.id}/{line['number']}",
                session=session_of(facts, slip.session_id),
                facts={
                    "number": slip.number,
                    "marker": line["number"],
                    "total_cents": line["amount_cents"],
                    "found_in": [f"{each.table_code} {each.box}" for each in found],
                },
            )


DUPLICATE_SLIP = Kind(
    name="DUPLICATE_SLIP",
    stops=Stops.RESULT,
    department="accounting",
    words="The same number was found more than once.",
    detect=detect,
    in_view=slip_in_view,
)
