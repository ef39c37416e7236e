"""SLIP_NOT_DEPOSITED: verified, but in no box when the session's boxes were counted (SLIP-13).

One that turned up in the box of another table is SLIP_WRONG_BOX and not this as well.
"""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import WAITING, Verdict, judged
from tablebank.domain.terms import DropState, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    astray = {each.slip.id for each in judged(facts, Verdict.WRONG_BOX, Verdict.DUPLICATE)}
    for slip in facts.slips:
        session = session_of(facts, slip.session_id)
        waits = slip.status in WAITING and slip.id not in astray
        if waits and session.drop_state == DropState.COUNTED:
            yield Found(
                subject_type="slip",
                subject_id=str(slip.id),
                session=session,
                facts={"number": slip.number, "total_cents": slip.total_cents},
            )


SLIP_NOT_DEPOSITED = Kind(
    name="SLIP_NOT_DEPOSITED",
    stops=Stops.RESULT,
    department="pit",
    words="The slip was verified and was in no box when the drop was counted.",
    detect=detect,
)
