"""Ending a session: begin closing, close, force, roll over, void (CLOSE, SESS-7, SESS-8).

Closing never waits for the drop or its count (CLOSE-4). It waits for a closing count, for slips on
the way, and at a table run Imprest to Par for the tray to be restored at the restore point.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from tablebank.domain.blind import check_recount
from tablebank.domain.count_guard import check_guarded
from tablebank.domain.counting import Counted, hangs_on, snapshot_of
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, Signed, after
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Session, Slip, Snapshot, TableFacts
from tablebank.domain.gaming_day import Shift
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.opening import bound, new_session, prepared_for, with_mode
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.restoring import (
    check_restored,
    off_par_by,
    restore_due_at_close,
    restore_due_at_roll_over,
)
from tablebank.domain.rundown import (
    IN_FLIGHT,
    effective_snapshot,
    is_stale,
    slips_of,
    standing_closing,
)
from tablebank.domain.terms import (
    LIVE,
    BankMode,
    Chipset,
    Form,
    Phase,
    SlipStatus,
    SnapshotKind,
)

WAYS_OUT = ("verify", "return_and_void", "force_close")
"""What can be done about a slip that holds up a close (LESSON-25)."""


def begin_closing(*, act: Act, house: House, facts: TableFacts, session: Session) -> Decision:
    """OPEN to CLOSING: from here on only a final adjustment may be asked for (CLOSE-1)."""
    _check_phase(session, Phase.OPEN, Refusal.SESSION_NOT_OPEN)
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    earliest = opener.occurred_at if opener else session.prepared_at
    check_not_before(act.occurred_at, earliest=earliest, what="the opener")
    bound = with_mode(act=act, house=house, session=session)
    return Decision(
        changed=(replace(bound, phase=Phase.CLOSING, closing_at=act.occurred_at),),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def attest_par(*, act: Act, house: House, session: Session) -> Decision:
    """Dealer and supervisor attest that the tray was restored to par (CLOSE-1)."""
    _check_phase(session, Phase.CLOSING, Refusal.SESSION_NOT_CLOSING)
    session = with_mode(act=act, house=house, session=session)
    if session.table_bank_mode != BankMode.IMPREST_TO_PAR or session.need_total_cents is None:
        raise Refused(Refusal.NOT_IMPREST, {"table_bank_mode": session.table_bank_mode})
    check_not_before(act.occurred_at, earliest=session.closing_at, what="the closing's beginning")
    return Decision(
        changed=(replace(session, attested_at=act.occurred_at),),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def void_session(*, facts: TableFacts, session: Session, reason: str) -> Decision:
    """VOIDED with a reason: until OPEN, or from OPEN while only the opener hangs on it (SESS-7)."""
    voidable = session.phase in (Phase.READY_TO_OPEN, Phase.OPENING, Phase.OPEN)
    if not voidable or hangs_on(facts, session):
        raise Refused(Refusal.SESSION_IN_USE, {"status": str(session.phase)})
    if not reason:
        raise Refused(Refusal.REASON_REQUIRED, {"why": "a void"})
    return Decision(
        changed=(replace(session, phase=Phase.VOIDED, void_reason=reason),),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def close_session(
    *, act: Act, house: House, facts: TableFacts, session: Session, reason: str | None
) -> Decision:
    """CLOSING to CLOSED, when everything is in.

    Refuses SLIPS_IN_FLIGHT with the list and the ways out (SLIP-6), CLOSING_COUNT_MISSING,
    COUNT_STALE, BANK_MODE_UNKNOWN (CLOSE-3), RESTORE_REQUIRED and PAR_VARIANCE_NEEDS_MANAGER
    (CLOSE-1).
    """
    _check_phase(session, Phase.CLOSING, Refusal.SESSION_NOT_CLOSING)
    session = _mode_bound(act, house, session)
    _check_nothing_in_flight(facts, session)
    closing = _closing_count(facts, session)
    off_par = check_restored(
        act=act,
        house=house,
        facts=facts,
        session=session,
        closing=closing,
        due=restore_due_at_close(house, session),
        reason=reason,
    )
    check_not_before(act.occurred_at, earliest=closing.occurred_at, what="the closing count")
    return _closed(act=act, session=session, reason=reason, forced=False, off_par=off_par)


OF_PLAY = frozenset(
    {
        SlipStatus.REQUESTED,
        SlipStatus.ISSUED,
        SlipStatus.PICKED_UP,
        SlipStatus.VERIFIED_AT_TABLE,
    }
)
"""Steps of a slip that happen at the table in play: none after it closed (TIME-1, SLIP-12)."""


def force_close(
    *, act: Act, house: House, facts: TableFacts, session: Session, reason: str | None
) -> Decision:
    """A pit manager's way out with a reason: what was not counted is unknown (CLOSE-2, CLOSE-5)."""
    if session.phase not in LIVE:
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})
    if not reason:
        raise Refused(Refusal.REASON_REQUIRED, {"why": "a forced close"})
    counts = (each.occurred_at for each in _snapshots(facts, session))
    mine = {slip.id for slip in slips_of(facts, session.id)}
    play = (
        step.occurred_at for step in facts.steps if step.slip_id in mine and step.status in OF_PLAY
    )
    last = max((*counts, *play), default=session.prepared_at)
    check_not_before(act.occurred_at, earliest=last, what="the last count or slip")
    session = _mode_bound(act, house, session)
    closing = standing_closing(facts, session.id)
    off_by = off_par_by(house, session, closing) if closing else 0
    off_par = bool(off_by) and restore_due_at_close(house, session)
    return _closed(act=act, session=session, reason=reason, forced=True, off_par=off_par)


def _closed(
    *, act: Act, session: Session, reason: str | None, forced: bool, off_par: bool
) -> Decision:
    closed = _closed_now(act, session, reason=reason, off_par=off_par)
    return Decision(
        changed=(replace(closed, close_forced=forced),),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def _closed_now(act: Act, session: Session, *, reason: str | None, off_par: bool) -> Session:
    return replace(
        session,
        phase=Phase.CLOSED,
        closing_at=session.closing_at or act.occurred_at,
        closed_at=act.occurred_at,
        closed_by=act.actor_id,
        close_off_par=off_par,
        close_reason=reason,
    )


def roll_over(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    shift: Shift | None,
    chipset: Chipset,
    reason: str | None,
    policies: Sequence[ParPolicy],
    count_id: UUID | None = None,
    first_signed_by: frozenset[UUID] = frozenset(),
) -> Decision:
    """Close session n and open n+1 with one count, at once (SESS-8).

    Slips in flight do not stop it: what has not touched the tray yet goes along to n+1, a credit
    already picked up stays with n (SLIP-12); `carried` lists them all. Without a shift the next
    session takes the one after n's own. The count is guarded and blind as any closing (SNAP-4,
    SNAP-5).
    """
    if session.phase not in (Phase.OPEN, Phase.CLOSING):
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})
    session = _mode_bound(act, house, session)
    closing = SnapshotKind.CLOSING
    check_guarded(act=act, facts=facts, session=session, kind=closing, count_id=count_id)
    counted = Counted(kind=closing, chipset=chipset, reason=reason, count_id=count_id)
    closer = _closer_for_roll_over(
        act=act, house=house, facts=facts, session=session, counted=counted
    )
    trial = check_recount(
        act=act,
        house=house,
        facts=facts,
        session=session,
        snapshot=closer,
        first_signed_by=first_signed_by,
    )
    if trial is not None:
        return trial
    off_par = check_restored(
        act=act,
        house=house,
        facts=facts,
        session=session,
        closing=closer,
        due=restore_due_at_roll_over(house, session),
        reason=reason,
    )
    closed = _closed_now(act, session, reason=reason, off_par=off_par)
    shift = shift or _shift_after(house, session)
    prepared = prepared_for(facts, shift)
    following = bound(
        act=act,
        house=house,
        facts=facts,
        session=prepared or new_session(act=act, facts=facts, shift=shift),
        policies=policies,
        rolling_from=session_in(facts, session),
    )
    opened = replace(following, phase=Phase.OPEN)
    opener = snapshot_of(
        act=act,
        house=house,
        facts=facts,
        session=opened,
        counted=Counted(kind=SnapshotKind.OPENING, chipset=chipset, count_id=count_id),
    )
    return _rolled(facts, closed, opened, closer, opener, is_new=prepared is None)


def session_in(facts: TableFacts, session: Session) -> Session:
    """The session as it stands in the facts (the one in hand may carry a bound mode already)."""
    return next(kept for kept in facts.sessions if kept.id == session.id)


def _rolled(
    facts: TableFacts,
    closed: Session,
    opened: Session,
    closer: Snapshot,
    opener: Snapshot,
    *,
    is_new: bool,
) -> Decision:
    in_flight = [slip for slip in slips_of(facts, closed.id) if slip.status in IN_FLIGHT]
    goes_along = [slip for slip in in_flight if slip.status != SlipStatus.PICKED_UP]
    moved = tuple(
        replace(slip, session_id=opened.id, shift_id=opened.shift_id, gaming_day=opened.gaming_day)
        for slip in goes_along
    )
    table = replace(facts.table, last_ordinal=opened.ordinal or 0)
    return Decision(
        new=(*((opened,) if is_new else ()), closer, opener),
        changed=(closed, *(() if is_new else (opened,)), table, *moved),
        forms=(
            FormNeeded(form=Form.CLOSER, record_id=closer.id, field="number"),
            FormNeeded(form=Form.OPENER, record_id=opener.id, field="number"),
        ),
        signed=(
            Signed(subject_id=closer.id, session_id=closed.id),
            Signed(subject_id=opener.id, session_id=opened.id),
        ),
        subject_id=opened.id,
        session_id=closed.id,
        outcome={
            "closed": str(closed.id),
            "opened": str(opened.id),
            "carried": [
                _carried(slip, opened if slip in goes_along else closed) for slip in in_flight
            ],
        },
    )


def _carried(slip: Slip, session: Session) -> dict[str, Any]:
    return {**slip_in_the_way(slip), "session_id": str(session.id)}


def slip_in_the_way(slip: Slip) -> dict[str, Any]:
    """What a person needs to know of a slip that is still on its way."""
    return {
        "id": str(slip.id),
        "kind": str(slip.kind),
        "number": slip.number,
        "request_number": slip.request_number,
        "status": str(slip.status),
        "total_cents": slip.total_cents,
    }


def _closer_for_roll_over(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    counted: Counted,
) -> Snapshot:
    standing = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
    last = max(_snapshots(facts, session), key=lambda each: each.occurred_at)
    check_not_before(act.occurred_at, earliest=last.occurred_at, what="the last count")
    closer = snapshot_of(
        act=act,
        house=house,
        facts=facts,
        session=session,
        counted=replace(
            counted,
            supersedes=standing.id if standing else None,
            reason=counted.reason or ("rolled over" if standing else None),
        ),
    )
    if is_stale(after(facts, (closer,)), closer):
        raise Refused(Refusal.COUNT_STALE, {"why": "chips moved after that instant"})
    return closer


def _snapshots(facts: TableFacts, session: Session) -> list[Snapshot]:
    return [each for each in facts.snapshots if each.session_id == session.id]


def _check_phase(session: Session, phase: Phase, refusal: Refusal) -> None:
    if session.phase != phase:
        raise Refused(refusal, {"status": str(session.phase)})


def _mode_bound(act: Act, house: House, session: Session) -> Session:
    """The session with a mode bound; with none chosen by now it cannot close (CLOSE-3)."""
    bound = with_mode(act=act, house=house, session=session)
    if bound.table_bank_mode in (None, BankMode.UNKNOWN):
        raise Refused(Refusal.BANK_MODE_UNKNOWN, {"session_id": str(session.id)})
    return bound


def _check_nothing_in_flight(facts: TableFacts, session: Session) -> None:
    waiting = [slip for slip in slips_of(facts, session.id) if slip.status in IN_FLIGHT]
    if waiting:
        raise Refused(
            Refusal.SLIPS_IN_FLIGHT,
            {"slips": [slip_in_the_way(slip) for slip in waiting], "ways_out": list(WAYS_OUT)},
        )


def _closing_count(facts: TableFacts, session: Session) -> Snapshot:
    closing = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
    if closing is None:
        raise Refused(Refusal.CLOSING_COUNT_MISSING, {"session_id": str(session.id)})
    if is_stale(facts, closing):
        raise Refused(Refusal.COUNT_STALE, {"snapshot_id": str(closing.id)})
    return closing


def _shift_after(house: House, session: Session) -> Shift:
    own = house.calendar.shift(session.gaming_day, session.shift_code)
    if own is None:
        raise Refused(Refusal.REFERENCE_UNKNOWN, {"shift_id": str(session.shift_id)})
    return house.calendar.shift_after(own)
