"""UNKNOWN_SLIP: a box held a slip that nobody issued, or that nobody verified yet (SOFT-4).

One the casino knows hangs on the slip; one it does not know on its box and its number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import Count, Finding, Removal, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import (
    SLIP_FORMS,
    Verdict,
    box_code,
    box_in_view,
    judged,
    matched_counts,
    numbers_of,
    slip_in_view,
)
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for each in judged(facts, Verdict.UNEXPECTED):
        yield Found(
            subject_type="slip",
            subject_id=str(each.slip.id),
            session=session_of(facts, each.slip.session_id),
            facts={**each.facts(), "status": str(each.slip.status)},
        )
    named = {number for slip in facts.slips for number in numbers_of(facts, slip)}
    known = named | facts.elsewhere.known
    for removal, count in matched_counts(facts):
        yield from _strangers(facts, removal, count, known=known)


def _strangers(
    facts: TableFacts, removal: Removal, count: Count, *, known: Collection[str]
) -> Iterator[Found]:
    """The slips in a box that stand in no book, each number once; without a number, by place."""
    strangers: dict[str, Mapping[str, Any]] = {}
    for place, line in enumerate(count.evidence):
        number = line.get("number")
        if line["form"] in SLIP_FORMS and (number is None or number not in known):
            strangers.setdefault(number or f"#{place + 1}", line)
    for number, line in strangers.items():
        yield Found(
            subject_type="drop",
            subject_id=f"{removal.id}/{number}",
            session=session_of(facts, removal.session_id),
            variance_cents=line.get("amount_cents"),
            facts={
                "number": line.get("number"),
                "form": line["form"],
                "total_cents": line.get("amount_cents"),
                "found_in": [f"{facts.table.code} {box_code(facts, removal)}"],
                "batch_id": count.batch_id,
            },
        )


def in_view(facts: TableFacts, finding: Finding) -> bool:
    """The slip, or the box, that it hangs on is among the facts."""
    if finding.subject_type == "slip":
        return slip_in_view(facts, finding)
    return box_in_view(facts, finding)


UNKNOWN_SLIP = Kind(
    name="UNKNOWN_SLIP",
    stops=Stops.RESULT,
    department="accounting",
    words="The box held a slip that it should not have held.",
    detect=detect,
    in_view=in_view,
)
