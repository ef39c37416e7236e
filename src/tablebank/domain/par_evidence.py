"""What a table's own facts say of a par that might be inferred from them (PAR-7).

A count for which par stood is no count here.
"""

from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.recommendations.inference import ClosingSeen, OpeningSeen
from tablebank.domain.rundown import VERIFIED, effective_snapshot, slips_of
from tablebank.domain.terms import (
    CLOSED_PHASES,
    BankMode,
    Basis,
    Phase,
    Purpose,
    SnapshotKind,
)


def openings_of(facts: TableFacts) -> list[OpeningSeen]:
    """The opening counts of sessions that were opened and not voided."""
    found = []
    for session in _played(facts):
        total = _opening(facts, session)
        if total is not None:
            found.append(
                OpeningSeen(session_id=session.id, ordinal=session.ordinal or 0, total_cents=total)
            )
    return found


def closings_of(facts: TableFacts) -> list[ClosingSeen]:
    """How the sessions that are over closed."""
    return [
        ClosingSeen(
            session_id=session.id,
            ordinal=session.ordinal or 0,
            table_bank_mode=session.table_bank_mode or BankMode.UNKNOWN,
            total_cents=_closing(facts, session),
            attested=session.attested_at is not None,
            adjusted=_is_adjusted(facts, session),
            off_par=session.close_off_par,
        )
        for session in _played(facts)
        if session.phase in CLOSED_PHASES
    ]


def _played(facts: TableFacts) -> list[Session]:
    return [
        session
        for session in facts.sessions
        if session.ordinal is not None and session.phase != Phase.VOIDED
    ]


def _opening(facts: TableFacts, session: Session) -> int | None:
    found = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    if found is None or found.basis == Basis.PAR_ATTESTED:
        return None
    return found.total_cents


def _closing(facts: TableFacts, session: Session) -> int | None:
    found = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
    return found.total_cents if found else None


def _is_adjusted(facts: TableFacts, session: Session) -> bool:
    return any(
        slip.purpose == Purpose.FINAL_ADJUSTMENT and slip.status in VERIFIED
        for slip in slips_of(facts, session.id)
    )
