"""SLIP_NOT_DEPOSITED: verified, but in no box when the session's boxes were counted (SLIP-13)."""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import DropState, SlipStatus, Stops

WAITING = (SlipStatus.VERIFIED_AT_TABLE, SlipStatus.VERIFIED_AT_CAGE)


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for slip in facts.slips:
        session = session_of(facts, slip.session_id)
        if slip.status in WAITING and session.drop_state == DropState.COUNTED:
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
