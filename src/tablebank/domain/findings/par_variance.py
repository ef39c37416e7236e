"""PAR_VARIANCE: a table run Imprest to Par was closed off par on a manager's word (CLOSE-1)."""

from collections.abc import Iterable

from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.rundown import standing_closing
from tablebank.domain.terms import CLOSED_PHASES, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for session in facts.sessions:
        closing = standing_closing(facts, session.id)
        need = session.need_total_cents
        if session.phase not in CLOSED_PHASES or not session.close_off_par:
            continue
        off_by = None
        if closing and need is not None:
            off_by = closing.total_cents - need
            if abs(off_by) <= house.settings_then(closing.recorded_at).par_tolerance_cents:
                continue
        yield Found(
            subject_type="session",
            subject_id=str(session.id),
            session=session,
            variance_cents=off_by,
            facts={"need_total_cents": need, "close_reason": session.close_reason},
        )


PAR_VARIANCE = Kind(
    name="PAR_VARIANCE",
    stops=Stops.RESULT,
    department="pit",
    words="The table was closed off par.",
    detect=detect,
)
