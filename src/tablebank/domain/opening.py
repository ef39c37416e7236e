"""Opening a table: what must be there, what is bound, and whether the tray is what was left (SESS).

The opener is compared, chip type by chip type, with the closer of the table's session before. A
first difference is kept as a trial and counted again; a second needs a pit manager (SESS-5).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tablebank.domain.boxes import members, mounted
from tablebank.domain.chips import ChipList, difference, difference_cents
from tablebank.domain.decisions import Act, Decision, House, Signed
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.gaming_day import Shift
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.par import mode_in_force, par_in_force
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import (
    LIVE,
    BankMode,
    Chipset,
    DropState,
    Phase,
    SnapshotKind,
    TableStatus,
)


def live_session(facts: TableFacts) -> Session | None:
    """The session that holds the table now, if any (SESS-1)."""
    return next((session for session in facts.sessions if session.phase in LIVE), None)


def prepared_for(facts: TableFacts, shift: Shift) -> Session | None:
    """The READY_TO_OPEN session of the table for this shift, if any (SESS-1)."""
    return next(
        (
            session
            for session in facts.sessions
            if session.phase == Phase.READY_TO_OPEN and session.shift_id == shift.id
        ),
        None,
    )


def new_session(*, act: Act, facts: TableFacts, shift: Shift) -> Session:
    """A READY_TO_OPEN session of the table in a shift; nothing is bound yet (SESS-3)."""
    return Session(
        id=act.new_id(),
        casino_id=facts.table.casino_id,
        table_id=facts.table.id,
        shift_id=shift.id,
        shift_code=shift.code,
        gaming_day=shift.gaming_day,
        phase=Phase.READY_TO_OPEN,
        drop_state=DropState.NONE,
        prepared_at=act.occurred_at,
    )


def prepare_session(*, act: Act, facts: TableFacts, shift: Shift) -> Decision:
    """Create READY_TO_OPEN for a table and shift; refuse an unavailable table or a second one."""
    _check_active(facts)
    prepared = prepared_for(facts, shift)
    if prepared is not None:
        raise Refused(Refusal.SESSION_ALREADY_PREPARED, {"session_id": str(prepared.id)})
    session = new_session(act=act, facts=facts, shift=shift)
    return Decision(
        new=(session,),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def open_session(
    *, act: Act, house: House, facts: TableFacts, session: Session, policies: Sequence[ParPolicy]
) -> Decision:
    """Move READY_TO_OPEN to OPENING and bind, once and for good, what the session runs under.

    Refuses TABLE_NOT_ACTIVE, SESSION_ALREADY_LIVE, PRECONDITIONS_MISSING with the list (SESS-3).
    """
    opened = bound(act=act, house=house, facts=facts, session=session, policies=policies)
    table = replace(facts.table, last_ordinal=opened.ordinal or 0)
    is_new = all(session.id != kept.id for kept in facts.sessions)
    return Decision(
        new=(opened,) if is_new else (),
        changed=(table,) if is_new else (opened, table),
        signed=(Signed(subject_id=opened.id, session_id=opened.id),),
        subject_id=opened.id,
        session_id=opened.id,
    )


def bound(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    policies: Sequence[ParPolicy],
    rolling_from: Session | None = None,
) -> Session:
    """The session as OPENING, with everything that opening binds (SESS-3, PAR-9).

    `rolling_from` is the session that rolls over into this one: still live, about to be closed.
    """
    live = live_session(facts)
    if live is not None and live is not rolling_from:
        raise Refused(
            Refusal.SESSION_ALREADY_LIVE, {"session_id": str(live.id), "status": str(live.phase)}
        )
    if session.phase != Phase.READY_TO_OPEN:
        raise Refused(Refusal.SESSION_NOT_READY, {"status": str(session.phase)})
    _check_active(facts)
    _check_preconditions(house=house, facts=facts, session=session)
    previous = members(facts)[-1] if members(facts) else None
    check_not_before(act.occurred_at, earliest=session.prepared_at, what="the preparation")
    if previous is not None and previous.closed_at is not None:
        check_not_before(act.occurred_at, earliest=previous.closed_at, what="the last close")
    par = par_in_force(
        policies=policies,
        modes=house.modes,
        table_id=facts.table.id,
        game_type=facts.table.game_type,
        day=session.gaming_day,
    )
    of_the_day = [each for each in facts.sessions if each.gaming_day == session.gaming_day]
    return replace(
        session,
        phase=Phase.OPENING,
        ordinal=facts.table.last_ordinal + 1,
        sequence=max((each.sequence or 0 for each in of_the_day), default=0) + 1,
        table_bank_mode=par.table_bank_mode,
        need_total_cents=par.par_total_cents,
        par_policy_id=par.policy_id,
        previous_session_id=previous.id if previous else None,
        table_code=facts.table.code,
        pit=facts.table.pit,
        game_type=facts.table.game_type,
        limits=facts.table.limits,
        opened_by=act.actor_id,
    )


def with_mode(*, act: Act, house: House, session: Session) -> Session:
    """The session with the mode the casino has chosen by now, if its own is still UNKNOWN (SESS-3).

    By now, not by the session's gaming day: a house that chooses in the morning must be able to
    close the table that was opened the night before (CLOSE-3).
    """
    if session.table_bank_mode not in (None, BankMode.UNKNOWN):
        return session
    mode = mode_in_force(house.modes, day=house.calendar.day_of(act.now))
    return replace(session, table_bank_mode=mode)


def _check_active(facts: TableFacts) -> None:
    if facts.table.status != TableStatus.ACTIVE:
        raise Refused(
            Refusal.TABLE_NOT_ACTIVE,
            {"table_id": str(facts.table.id), "status": str(facts.table.status)},
        )


def _check_preconditions(*, house: House, facts: TableFacts, session: Session) -> None:
    present = {
        "game_settings": bool(facts.table.game_type),
        "chip_list": bool(house.chips_on(session.gaming_day)),
        "mounted_box": mounted(facts) is not None or not house.settings.drop_box_required,
    }
    missing = [name for name, there in present.items() if not there]
    if missing:
        raise Refused(Refusal.PRECONDITIONS_MISSING, {"missing": missing})


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """An opener against the closer before it: what differs, by chip type where both are known."""

    closer: Snapshot
    difference_cents: int
    by_chip: Chipset | None


def compared(
    *, house: House, facts: TableFacts, session: Session, chipset: Chipset | None, total_cents: int
) -> Comparison | None:
    """Compare an opening count with what was left in the tray; None where nobody counted that
    (SESS-5): with the predecessor's closer, or a later IDLE count (SNAP-7)."""
    if session.previous_session_id is None:
        return None
    closer = left_in_tray(facts, session.previous_session_id, until=session.closed_at)
    if closer is None:
        return None
    chips = house.chips_on(session.gaming_day)
    return compared_with(closer, chipset=chipset, total_cents=total_cents, chips=chips)


def left_in_tray(
    facts: TableFacts, session_id: UUID, *, until: datetime | None = None
) -> Snapshot | None:
    """What was last counted of the tray that a session left: its closer, or an IDLE count since
    then and before `until` (SNAP-7); None where neither stands."""
    session = next((each for each in facts.sessions if each.id == session_id), None)
    closer = effective_snapshot(facts, session_id, SnapshotKind.CLOSING)
    idle = idle_counts(facts, since=session.closed_at if session else None, until=until)
    return max(idle, key=lambda each: (each.occurred_at, each.recorded_at), default=closer)


def idle_counts(
    facts: TableFacts, *, since: datetime | None, until: datetime | None
) -> tuple[Snapshot, ...]:
    """The counts of the closed table from an instant on, and before another (SNAP-7); none where
    it never closed (`since` None), all that follow where nothing did (`until` None)."""
    return tuple(
        each
        for each in facts.snapshots
        if each.kind == SnapshotKind.IDLE
        and since is not None
        and each.occurred_at >= since
        and (until is None or each.occurred_at < until)
    )


def compared_with(
    closer: Snapshot, *, chipset: Chipset | None, total_cents: int, chips: ChipList
) -> Comparison:
    """A count held against an earlier one of the same tray: by chip type, Σ |Δ chips × value|; by
    total where one side has no chips (SNAP-2)."""
    if closer.chipset is None or chipset is None:
        gap = abs(total_cents - closer.total_cents)
        return Comparison(closer=closer, difference_cents=gap, by_chip=None)
    return Comparison(
        closer=closer,
        difference_cents=difference_cents(chipset, closer.chipset, chips=chips),
        by_chip=difference(chipset, closer.chipset),
    )
