"""PAR_MISSING: a table run Imprest to Par closed with no par to restore to (CLOSE-1, PAR-6)."""

from collections.abc import Iterable

from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import CLOSED_PHASES, BankMode, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for session in facts.sessions:
        imprest = session.table_bank_mode == BankMode.IMPREST_TO_PAR
        if session.phase in CLOSED_PHASES and imprest and session.need_total_cents is None:
            yield Found(subject_type="session", subject_id=str(session.id), session=session)


PAR_MISSING = Kind(
    name="PAR_MISSING",
    stops=Stops.NOTHING,
    department="pit",
    words="The table is run Imprest to Par and has no par.",
    detect=detect,
)
