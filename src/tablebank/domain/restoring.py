"""Restoring an imprest tray to par: when it is due, and what a tray off par asks for (CLOSE-1).

What is due hangs on the casino's restore point. A table without a par has nothing to restore to.
"""

from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import VERIFIED, slips_of
from tablebank.domain.terms import BankMode, Purpose, SlipKind


def _is_last_shift(house: House, session: Session) -> bool:
    return house.calendar.shifts_of(session.gaming_day)[-1].code == session.shift_code


def restore_due_at_close(house: House, session: Session) -> bool:
    """A table that closes is restored, unless the casino does so at the day's end only."""
    return house.settings.restore_point != "GAMING_DAY_END" or _is_last_shift(house, session)


def restore_due_at_roll_over(house: House, session: Session) -> bool:
    """At a roll-over the restore comes first only where the restore point asks for it (SESS-8)."""
    point = house.settings.restore_point
    return point == "EACH_SHIFT" or (point == "GAMING_DAY_END" and _is_last_shift(house, session))


def off_par_by(house: House, session: Session, closing: Snapshot) -> int:
    """How far an imprest tray is beyond tolerance from par; 0 where there is no par to keep."""
    need = session.need_total_cents
    if session.table_bank_mode != BankMode.IMPREST_TO_PAR or need is None:
        return 0
    off_by = closing.total_cents - need
    return off_by if abs(off_by) > house.settings.par_tolerance_cents else 0


def check_restored(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    closing: Snapshot,
    due: bool,
    reason: str | None,
) -> bool:
    """Whether the close is off par with a manager's leave; refuses one that is off par without.

    Within tolerance nothing more is needed. Beyond it, without adjustment or attestation:
    RESTORE_REQUIRED; with one: PAR_VARIANCE_NEEDS_MANAGER; a pit manager with a reason passes both
    (CLOSE-1). With no par there is nothing to restore to.
    """
    off_by = off_par_by(house, session, closing)
    if not due or not off_by:
        return False
    if act.by_pit_manager and reason:
        return True
    restored = session.attested_at is not None or any(
        slip.purpose == Purpose.FINAL_ADJUSTMENT and slip.status in VERIFIED
        for slip in slips_of(facts, session.id)
    )
    said = {
        "closing_total_cents": closing.total_cents,
        "need_total_cents": session.need_total_cents,
        "variance_from_par_cents": off_by,
        "suggested": str(SlipKind.CREDIT if off_by > 0 else SlipKind.FILL),
    }
    raise Refused(
        Refusal.PAR_VARIANCE_NEEDS_MANAGER if restored else Refusal.RESTORE_REQUIRED, said
    )
