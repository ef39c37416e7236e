"""What a table's own facts say to who advises on its par (SUGG-1, PAR-7).

A count for which par stood is no count here; a session with a slip left unsettled has unknown fills
and not none (LESSON-2).
"""

from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.par import ParInForce
from tablebank.domain.recommendations.evidence import FillSeen, SessionSeen, TableEvidence
from tablebank.domain.recommendations.inference import ClosingSeen, OpeningSeen
from tablebank.domain.rundown import IN_FLIGHT, VERIFIED, effective_snapshot, slips_of
from tablebank.domain.terms import (
    CLOSED_PHASES,
    BankMode,
    Basis,
    Phase,
    Purpose,
    SlipKind,
    SnapshotKind,
)


def evidence_of(facts: TableFacts, par: ParInForce) -> TableEvidence:
    """The sessions among the facts, as advice looks at them."""
    return TableEvidence(
        table_id=facts.table.id,
        par_total_cents=par.par_total_cents,
        table_bank_mode=par.table_bank_mode,
        sessions=tuple(_seen(facts, session) for session in facts.sessions),
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


def _seen(facts: TableFacts, session: Session) -> SessionSeen:
    superseded = {each.supersedes for each in facts.snapshots}
    interim = [
        each.total_cents
        for each in facts.snapshots
        if each.session_id == session.id
        and each.kind == SnapshotKind.INTERIM
        and each.id not in superseded
    ]
    return SessionSeen(
        ordinal=session.ordinal,
        gaming_day=session.gaming_day,
        shift_code=session.shift_code,
        game_type=session.game_type,
        phase=session.phase,
        need_total_cents=session.need_total_cents,
        opening_total_cents=_opening(facts, session),
        interim_totals_cents=tuple(interim),
        closing_total_cents=_closing(facts, session),
        restored=session.attested_at is not None or _is_adjusted(facts, session),
        fills=_fills(facts, session),
        credits_total_cents=_credits(facts, session),
    )


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


def _is_unsettled(facts: TableFacts, session: Session) -> bool:
    return any(slip.status in IN_FLIGHT for slip in slips_of(facts, session.id))


def _fills(facts: TableFacts, session: Session) -> tuple[FillSeen, ...] | None:
    if _is_unsettled(facts, session):
        return None
    verified = [
        slip
        for slip in slips_of(facts, session.id)
        if slip.kind == SlipKind.FILL and slip.status in VERIFIED
    ]
    return tuple(
        FillSeen(
            amount_cents=slip.total_cents, purpose=slip.purpose, tray_instant=slip.tray_instant
        )
        for slip in verified
        if slip.tray_instant is not None
    )


def _credits(facts: TableFacts, session: Session) -> int | None:
    if _is_unsettled(facts, session):
        return None
    return sum(
        slip.total_cents
        for slip in slips_of(facts, session.id)
        if slip.kind == SlipKind.CREDIT and slip.status in VERIFIED
    )
