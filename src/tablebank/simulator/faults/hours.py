"""Faults of hours: what is written down when it is over, and what is never done."""

from tablebank.simulator.faults.kind import OnSession
from tablebank.simulator.truth import SessionTruth


class PaperEnteredLate(OnSession):
    """The terminal is dark; the count is written by hand and entered afterwards (BACK-1)."""

    name = "paper entered late"
    words = "A count was entered from signed paper."
    kind = "LATE_ENTRY"

    def writes_on_paper(self, session: SessionTruth) -> bool:
        return self.strikes_session(session)


class LeftOpen(OnSession):
    """The last player goes, and so does everybody else."""

    name = "session left open"
    words = "A table was still open long after its shift."
    kind = "SESSION_LEFT_OPEN"

    def stays_open(self, session: SessionTruth) -> bool:
        self.turn = 1
        return self.strikes_session(session)
