"""SLIP_AMOUNT_MISMATCH: a slip says one amount, chips or paper another (SLIP-3, SOFT-4).

A disputed slip; a voided one whose chips did not all come back; one whose paper, found in its box,
bears another amount than the record. A recount that agrees clears it, of chips or of the box.
"""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.chips import difference, total_cents
from tablebank.domain.decisions import House
from tablebank.domain.facts import Slip, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import Verdict, judged
from tablebank.domain.terms import Chipset, SlipStatus, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for slip in facts.slips:
        counted = _counted(slip)
        if counted is None or not difference(counted, slip.chipset):
            continue
        chips = house.chips_on(slip.gaming_day)
        yield Found(
            subject_type="slip",
            subject_id=str(slip.id),
            session=session_of(facts, slip.session_id),
            variance_cents=total_cents(counted, chips=chips)
            - total_cents(slip.chipset, chips=chips),
            facts={
                "number": slip.number,
                "status": str(slip.status),
                "difference": difference(counted, slip.chipset),
            },
        )
    for each in judged(facts, Verdict.AMOUNT):
        yield Found(
            subject_type="slip",
            subject_id=str(each.slip.id),
            session=session_of(facts, each.slip.session_id),
            variance_cents=each.apart_cents,
            facts=each.facts(),
        )


def _counted(slip: Slip) -> Chipset | None:
    if slip.status == SlipStatus.VOIDED:
        return slip.counted_back
    return slip.counted_chipset if slip.disputed else None


SLIP_AMOUNT_MISMATCH = Kind(
    name="SLIP_AMOUNT_MISMATCH",
    stops=Stops.RESULT,
    department="cage",
    words="The chips counted, or the paper in the box, do not agree with the slip.",
    detect=detect,
)
