"""Counts of a tray: opener, interim, closer, and what may replace them (SNAP, SESS-4, SESS-5).

A snapshot is a fact and is never edited. What was counted wrong is counted again: the new snapshot
supersedes the old one and both stay.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from tablebank.domain.blind import check_recount
from tablebank.domain.boxes import members, mounted, mounted_at
from tablebank.domain.chips import total_cents
from tablebank.domain.count_guard import check_guarded
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, Signed
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Mount, Session, Snapshot, TableFacts, Trial
from tablebank.domain.occurrence import check_not_after, check_not_before
from tablebank.domain.opening import compared
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.restoring import off_par_by, restore_due_at_close
from tablebank.domain.rundown import effective_snapshot, is_stale, slips_of
from tablebank.domain.terms import (
    BankMode,
    Basis,
    Chipset,
    Form,
    Phase,
    Role,
    SlipStatus,
    SnapshotKind,
)

FORM_OF = {SnapshotKind.OPENING: Form.OPENER, SnapshotKind.CLOSING: Form.CLOSER}
"""Openers and closers are numbered forms; interim counts are not (SNAP-8)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What somebody says stands in the tray. `chipset` is None only when attested (SNAP-2).

    `count_id` is the start that guards the count (SNAP-5). `first_signed_by` are those who signed
    the first count of the same tray, where this is the second of a blind one (SNAP-4).
    """

    kind: SnapshotKind
    chipset: Chipset | None
    basis: Basis = Basis.COUNTED
    supersedes: UUID | None = None
    reason: str | None = None
    count_id: UUID | None = None
    first_signed_by: frozenset[UUID] = frozenset()


def record_snapshot(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    counted: Counted,
    policy: ParPolicy | None,
) -> Decision:
    """Record a count; the opener moves OPENING to OPEN (SESS-4).

    Refuses a count that the phase does not allow, one that would replace what may no longer be
    replaced (SNAP-1), the second differing opener without a pit manager (SESS-5), and one that
    chips moved under since it was begun (SNAP-5).
    """
    counted = _as_read(act, counted)
    _check_basis(act, counted)
    recorders: dict[SnapshotKind, Callable[..., Decision]] = {
        SnapshotKind.OPENING: _record_opening,
        SnapshotKind.INTERIM: _record_interim,
        SnapshotKind.CLOSING: _record_closing,
    }
    decision = recorders[counted.kind](
        act=act, house=house, facts=facts, session=session, counted=counted, policy=policy
    )
    check_guarded(
        act=act, facts=facts, session=session, kind=counted.kind, count_id=counted.count_id
    )
    return decision


def _as_read(act: Act, counted: Counted) -> Counted:
    """A count that is entered from paper need not say so twice (BACK-1)."""
    plain = act.paper is not None and counted.basis == Basis.COUNTED
    return replace(counted, basis=Basis.PAPER) if plain else counted


def _check_basis(act: Act, counted: Counted) -> None:
    """A count is a count, or is read from paper; only a first opener may be the par attested
    (SNAP-2)."""
    if counted.kind not in (SnapshotKind.OPENING, SnapshotKind.INTERIM, SnapshotKind.CLOSING):
        raise Refused(Refusal.SHAPE, {"kind": str(counted.kind)})
    if counted.basis == (Basis.PAPER if act.paper else Basis.COUNTED):
        return
    if counted.basis != Basis.PAR_ATTESTED:
        raise Refused(Refusal.SHAPE, {"basis": str(counted.basis)})
    if counted.kind != SnapshotKind.OPENING or counted.supersedes is not None:
        raise Refused(Refusal.PAR_ATTESTED_NOT_ALLOWED, {"why": "only a first opener"})


def snapshot_of(
    *, act: Act, house: House, facts: TableFacts, session: Session, counted: Counted
) -> Snapshot:
    """The snapshot row for a count made now; openers and closers go into the box (SNAP-8)."""
    chips = house.chips_on(session.gaming_day)
    box = _box_at(act, facts) if counted.kind in FORM_OF else None
    return Snapshot(
        id=act.new_id(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        kind=counted.kind,
        basis=counted.basis,
        number=None,
        chipset=counted.chipset,
        total_cents=total_cents(counted.chipset or {}, chips=chips),
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        supersedes=counted.supersedes,
        reason=counted.reason,
        mount_id=box.id if box else None,
        count_id=counted.count_id,
    )


def _box_at(act: Act, facts: TableFacts) -> Mount | None:
    """The box that a form goes into: the one mounted, or on paper the one that was (SNAP-8)."""
    return mounted(facts) if act.paper is None else mounted_at(facts, act.occurred_at)


def _recorded(snapshot: Snapshot, session: Session, *, changed: tuple[Session, ...]) -> Decision:
    form = FORM_OF.get(snapshot.kind)
    return Decision(
        new=(snapshot,),
        changed=changed,
        forms=(FormNeeded(form=form, record_id=snapshot.id, field="number"),) if form else (),
        signed=(Signed(subject_id=snapshot.id, session_id=session.id),),
        subject_id=snapshot.id,
        session_id=session.id,
    )


def _record_opening(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    counted: Counted,
    policy: ParPolicy | None,
) -> Decision:
    if act.paper is None:
        check_not_before(act.occurred_at, earliest=session.prepared_at, what="the preparation")
    if counted.supersedes is not None:
        _check_opener_replaceable(facts, session, counted)
    elif session.phase != Phase.OPENING:
        raise Refused(Refusal.SESSION_NOT_OPENING, {"status": str(session.phase)})
    if session.previous_session_id is None and not act.signed_as(Role.PIT_MANAGER):
        raise Refused(
            Refusal.SIGNATURE_MISSING,
            {"missing": ["PIT_MANAGER"], "why": "the table's initial bank (PAR-11)"},
        )
    if counted.basis == Basis.PAR_ATTESTED:
        snapshot = _attested(
            act=act, house=house, facts=facts, session=session, counted=counted, policy=policy
        )
    else:
        snapshot = snapshot_of(act=act, house=house, facts=facts, session=session, counted=counted)
        trial = _trial_of(act=act, house=house, facts=facts, session=session, snapshot=snapshot)
        if trial is not None:
            return trial
    opened = () if counted.supersedes else (replace(session, phase=Phase.OPEN),)
    return _recorded(snapshot, session, changed=opened)


def _trial_of(
    *, act: Act, house: House, facts: TableFacts, session: Session, snapshot: Snapshot
) -> Decision | None:
    """A first differing opener is kept as a trial; a second needs a pit manager (SESS-5).

    One that replaces a recorded opener is a second count already. One on paper cannot be counted
    again: it is recorded as it stands there, and its difference is a finding.
    """
    if act.paper is not None:
        return None
    against = compared(
        house=house,
        facts=facts,
        session=session,
        chipset=snapshot.chipset,
        total_cents=snapshot.total_cents,
    )
    if against is None or against.difference_cents <= house.settings.opening_tolerance_cents:
        return None
    counted_before = snapshot.supersedes is not None
    if counted_before or any(_is_of_opening(each, session) for each in facts.trials):
        if not (act.by_pit_manager and snapshot.reason):
            raise Refused(
                Refusal.OPENING_VARIANCE_NEEDS_MANAGER,
                {"difference_cents": against.difference_cents, "difference": against.by_chip},
            )
        return None
    trial = Trial(
        id=act.new_id(),
        casino_id=session.casino_id,
        subject_id=session.id,
        session_id=session.id,
        step="record_snapshot",
        chipset=snapshot.chipset or {},
        total_cents=snapshot.total_cents,
        difference_cents=against.difference_cents,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        kind=SnapshotKind.OPENING,
        count_id=snapshot.count_id,
    )
    return Decision(
        new=(trial,),
        signed=(Signed(subject_id=trial.id, session_id=session.id),),
        subject_id=trial.id,
        session_id=session.id,
        outcome={
            "recount_required": True,
            "difference_cents": against.difference_cents,
            "difference": against.by_chip,
        },
    )


def _is_of_opening(trial: Trial, session: Session) -> bool:
    """Those from before a trial said its kind were all of openings."""
    return trial.subject_id == session.id and trial.kind in (None, SnapshotKind.OPENING)


def _attested(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    counted: Counted,
    policy: ParPolicy | None,
) -> Snapshot:
    """The par taken as the first opener of a table run Imprest to Par (SNAP-2): synthetic, never a
    count."""
    if session.previous_session_id is not None:
        raise Refused(Refusal.PAR_ATTESTED_NOT_ALLOWED, {"why": "not the table's first session"})
    if session.table_bank_mode != BankMode.IMPREST_TO_PAR or session.need_total_cents is None:
        raise Refused(Refusal.PAR_ATTESTED_NOT_ALLOWED, {"why": "no par to attest"})
    chipset = policy.target_chipset if policy else None
    plain = replace(counted, chipset=chipset)
    return replace(
        snapshot_of(act=act, house=house, facts=facts, session=session, counted=plain),
        total_cents=session.need_total_cents,
        is_synthetic=True,
        synthetic_reason="par_attested",
    )


def _check_opener_replaceable(facts: TableFacts, session: Session, counted: Counted) -> None:
    """An opener may be superseded until the first slip, removal or other count (SNAP-1)."""
    standing = _standing(facts, session, counted)
    others = any(
        each.session_id == session.id and each.kind != SnapshotKind.OPENING
        for each in facts.snapshots
    )
    removed = any(removal.session_id == session.id for removal in facts.removals)
    if session.phase != Phase.OPEN or slips_of(facts, session.id) or others or removed:
        raise Refused(Refusal.SNAPSHOT_NOT_REPLACEABLE, {"snapshot_id": str(standing.id)})


def _standing(facts: TableFacts, session: Session, counted: Counted) -> Snapshot:
    standing = effective_snapshot(facts, session.id, counted.kind)
    if standing is None or standing.id != counted.supersedes:
        raise Refused(
            Refusal.SNAPSHOT_NOT_REPLACEABLE,
            {"supersedes": str(counted.supersedes), "standing": str(standing and standing.id)},
        )
    if not counted.reason:
        raise Refused(Refusal.REASON_REQUIRED, {"supersedes": str(counted.supersedes)})
    return standing


def _record_interim(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    counted: Counted,
    policy: ParPolicy | None,
) -> Decision:
    if session.phase != Phase.OPEN:
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})
    if counted.supersedes is not None:
        raise Refused(Refusal.SNAPSHOT_NOT_REPLACEABLE, {"why": "count again instead"})
    _check_after_opener(act, facts, session)
    snapshot = snapshot_of(act=act, house=house, facts=facts, session=session, counted=counted)
    trial = check_recount(
        act=act,
        house=house,
        facts=facts,
        session=session,
        snapshot=snapshot,
        first_signed_by=counted.first_signed_by,
    )
    return trial or _recorded(snapshot, session, changed=())


def _record_closing(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    counted: Counted,
    policy: ParPolicy | None,
) -> Decision:
    """The closing count while CLOSING, or its correction until the next opening or reconcile.

    A second closing count supersedes the first. It needs a reason unless chips moved in between and
    made the first one stale (SLIP-6). One that takes a closed tray off par is a PAR_VARIANCE like a
    close off par (CLOSE-1). One that corrects a standing count is a second count already (SNAP-4).
    """
    standing = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
    reopened = any((each.ordinal or 0) > (session.ordinal or 0) for each in members(facts))
    correcting = (
        session.phase == Phase.CLOSED
        and standing is not None
        and not reopened
        and act.paper is None
    )
    if session.phase != Phase.CLOSING and not correcting:
        raise Refused(Refusal.SESSION_NOT_CLOSING, {"status": str(session.phase)})
    _check_after_opener(act, facts, session)
    if standing is not None and counted.supersedes is None:
        counted = replace(counted, supersedes=standing.id)
    stale = standing is not None and is_stale(facts, standing)
    if counted.supersedes is not None:
        checked = replace(counted, reason=counted.reason or "chips moved") if stale else counted
        _standing(facts, session, checked)
    snapshot = snapshot_of(act=act, house=house, facts=facts, session=session, counted=counted)
    if standing is None or stale:
        trial = check_recount(
            act=act,
            house=house,
            facts=facts,
            session=session,
            snapshot=snapshot,
            first_signed_by=counted.first_signed_by,
        )
        if trial is not None:
            return trial
    off_par = off_par_by(house, session, snapshot) and restore_due_at_close(house, session)
    if correcting and off_par and not session.close_off_par:
        return _recorded(snapshot, session, changed=(replace(session, close_off_par=True),))
    return _recorded(snapshot, session, changed=())


def _check_after_opener(act: Act, facts: TableFacts, session: Session) -> None:
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    if opener is not None:
        check_not_before(act.occurred_at, earliest=opener.occurred_at, what="the opener")
    if session.closed_at is not None and session.phase != Phase.CLOSED:
        check_not_after(act.occurred_at, latest=session.closed_at, what="the close")


def hangs_on(facts: TableFacts, session: Session) -> bool:
    """Whether anything but the opener hangs on the session: then it cannot be voided (SESS-7)."""
    slips = [slip for slip in slips_of(facts, session.id) if slip.status != SlipStatus.CANCELLED]
    counts = [
        each
        for each in facts.snapshots
        if each.session_id == session.id and each.kind != SnapshotKind.OPENING
    ]
    removals = [removal for removal in facts.removals if removal.session_id == session.id]
    return bool(slips or counts or removals)
