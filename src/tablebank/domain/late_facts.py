"""What comes to light after a session was closed: it enters by amendment, and is never lost.

A late fact is kept at once (RUN-6). Where no report stands yet it enters the rundown, in the open:
it is a finding, and a result that was reconciled without it is to be reconciled again. Where one
stands it is shown beside it, and enters with a new revision as soon as nothing is in the way; what
is in the way is said, and the fact stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.adopting import adopt_closing
from tablebank.domain.back_entry import entered_from_paper
from tablebank.domain.boxes import group_of, members, session_of
from tablebank.domain.counting import FORM_OF, Counted, snapshot_of
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, Signed, after
from tablebank.domain.facts import Finding, Removal, Session, Slip, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.findings.late_entry import LATE_ENTRY
from tablebank.domain.occurrence import check_not_after, check_not_before
from tablebank.domain.papers import Paper
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.restoring import off_par_by, restore_due_at_close
from tablebank.domain.results import amend, standing_reports
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.slips.kind import Asked
from tablebank.domain.slips.told import Telling, enter_slip, settle_slip
from tablebank.domain.soft_count import Result, post_count
from tablebank.domain.terms import (
    CLOSED_PHASES,
    Basis,
    Chipset,
    FindingStatus,
    Phase,
    SnapshotKind,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """One late fact: when it happened, and the paper it is read from."""

    occurred_at: datetime
    paper: Paper | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LateCount(Late):
    """A count of the tray that stands on paper; it supersedes the one that stands (SNAP-1)."""

    kind: SnapshotKind
    chipset: Chipset
    supersedes: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LateSlip(Late):
    """A whole slip that stands on paper."""

    asked: Asked
    telling: Telling


@dataclass(frozen=True, kw_only=True, slots=True)
class SettledSlip(Late):
    """How a slip went on that was on its way when the session was closed (CLOSE-5)."""

    slip_id: UUID
    telling: Telling


@dataclass(frozen=True, kw_only=True, slots=True)
class LateBox(Late):
    """What the count room found in a removed box, as its sheet has it (SOFT-1)."""

    removal: Removal
    result: Result


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptedClosing(Late):
    """A closing taken from the next opener (BACK-2)."""

    from_id: UUID


WAITS_FOR = frozenset(
    {
        Refusal.SESSION_NOT_CLOSED,
        Refusal.COUNT_PENDING,
        Refusal.SLIPS_IN_FLIGHT,
        Refusal.EXCEPTIONS_OPEN,
        Refusal.REMARK_REQUIRED,
        Refusal.NOTHING_TO_AMEND,
    }
)
"""What keeps a late fact out of the next revision, and never out of the book (RUN-6)."""


def amend_with(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    reason: str,
    late: Sequence[Late],
) -> Decision:
    """Keep late facts of a closed session, and amend its report with them where one stands.

    `outcome` says whether it is `amended`, and what it is `waiting_for` where it is not. Refuses
    what is wrong with the facts themselves, and then keeps none of them.
    """
    if session.phase not in CLOSED_PHASES:
        raise Refused(Refusal.SESSION_NOT_CLOSED, {"status": str(session.phase)})
    if not reason.strip():
        raise Refused(Refusal.REASON_REQUIRED, {"needed": ["reason"]})
    kept = _Gathered(facts)
    for each in late:
        kept.add(_entered(act, house, kept.facts, session, late=each, reason=reason))
    group = group_of(kept.facts, session_of(kept.facts, session.id))
    if not standing_reports(kept.facts, group):
        kept.change(_to_be_reconciled_again(group))
        return kept.decision(session, outcome={"amended": False, "waiting_for": None})
    now = session_of(kept.facts, session.id)
    try:
        amended = amend(act=act, house=house, facts=kept.facts, session=now, reason=reason)
    except Refused as no:
        if no.refusal not in WAITS_FOR:
            raise
        waiting = {"code": no.code, "facts": dict(no.facts)}
        return kept.decision(session, outcome={"amended": False, "waiting_for": waiting})
    kept.note(_late(act, house, kept.facts))
    kept.add(amended)
    return kept.decision(session, outcome={"amended": True, "waiting_for": None})


def _entered(
    act: Act, house: House, facts: TableFacts, session: Session, *, late: Late, reason: str
) -> Decision:
    """One late fact, decided as of its own time and from its own paper."""
    told = replace(act, occurred_at=late.occurred_at, paper=late.paper)
    here = session_of(facts, session.id)
    about: Mapping[str, Any] = {"act": told, "facts": facts}
    if isinstance(late, AdoptedClosing):
        return adopt_closing(**about, session=here, from_id=late.from_id, reason=reason)
    if isinstance(late, LateCount):
        decision = _counted(told, house, facts, here, late=late, reason=reason)
    elif isinstance(late, LateSlip):
        decision = enter_slip(
            **about, house=house, session=here, asked=late.asked, telling=late.telling, late=True
        )
    elif isinstance(late, SettledSlip):
        slip = _slip(facts, late.slip_id)
        decision = settle_slip(**about, house=house, session=here, slip=slip, telling=late.telling)
    elif isinstance(late, LateBox):
        decision = post_count(
            **about, settings=house.settings, removal=late.removal, result=late.result
        )
    else:
        raise TypeError(f"no such late fact: {type(late).__name__}")
    return entered_from_paper(act=told, facts=facts, decision=decision)


def _slip(facts: TableFacts, slip_id: UUID) -> Slip:
    found = next((each for each in facts.slips if each.id == slip_id), None)
    if found is None:
        raise Refused(Refusal.NOT_FOUND, {"slip_id": str(slip_id)})
    return found


def _counted(
    act: Act, house: House, facts: TableFacts, session: Session, *, late: LateCount, reason: str
) -> Decision:
    """A count of a closed session's tray: between what came before it and what came after.

    A closing may be of the time after the close, until the table was opened again (SNAP-1).
    """
    standing = effective_snapshot(facts, session.id, late.kind)
    if late.kind == SnapshotKind.INTERIM:
        standing = None
    if late.supersedes is not None and (standing is None or standing.id != late.supersedes):
        told = {"supersedes": str(late.supersedes), "standing": str(standing and standing.id)}
        raise Refused(Refusal.SNAPSHOT_NOT_REPLACEABLE, told)
    _check_when(act, facts, session, late.kind)
    snapshot = snapshot_of(
        act=act,
        house=house,
        facts=facts,
        session=session,
        counted=Counted(
            kind=late.kind,
            chipset=late.chipset,
            basis=Basis.PAPER,
            supersedes=standing.id if standing else None,
            reason=late.reason or reason,
        ),
    )
    form = FORM_OF.get(late.kind)
    closing = late.kind == SnapshotKind.CLOSING
    off_par = closing and off_par_by(house, session, snapshot)
    marked = off_par and restore_due_at_close(house, session) and not session.close_off_par
    return Decision(
        new=(snapshot,),
        changed=(replace(session, close_off_par=True),) if marked else (),
        forms=(FormNeeded(form=form, record_id=snapshot.id, field="number"),) if form else (),
        signed=(Signed(subject_id=snapshot.id, session_id=session.id),),
        subject_id=snapshot.id,
        session_id=session.id,
    )


def _check_when(act: Act, facts: TableFacts, session: Session, kind: SnapshotKind) -> None:
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    before = next((each for each in members(facts) if each.id == session.previous_session_id), None)
    if kind == SnapshotKind.OPENING:
        check_not_before(
            act.occurred_at,
            earliest=before.closed_at if before else None,
            what="the close before it",
        )
        touched = [
            slip.tray_instant
            for slip in facts.slips
            if slip.session_id == session.id and slip.tray_instant is not None
        ]
        check_not_after(act.occurred_at, latest=min(touched, default=None), what="the first slip")
    elif opener is not None:
        check_not_before(act.occurred_at, earliest=opener.occurred_at, what="the opener")
    if kind != SnapshotKind.CLOSING:
        check_not_after(act.occurred_at, latest=session.closed_at, what="the close")
        return
    following = next(
        (each for each in members(facts) if each.previous_session_id == session.id), None
    )
    opened = effective_snapshot(facts, following.id, SnapshotKind.OPENING) if following else None
    check_not_after(
        act.occurred_at, latest=opened.occurred_at if opened else None, what="the next opener"
    )


def _to_be_reconciled_again(group: Iterable[Session]) -> tuple[Session, ...]:
    """A result that was reconciled without the fact is to be reconciled with it (RUN-4)."""
    return tuple(
        replace(each, phase=Phase.CLOSED, reconciled_at=None, reconciled_by=None)
        for each in group
        if each.phase == Phase.RECONCILED
    )


def _late(act: Act, house: House, facts: TableFacts) -> tuple[Finding, ...]:
    """The findings that the late facts raise before they are taken in: an amendment clears them,
    and they stay visible (BACK-1, FIND-2)."""
    known = {each.id for each in facts.findings}
    raised = settled(act=act, house=house, facts=facts)
    return tuple(
        each
        for each in raised
        if each.kind == LATE_ENTRY.name
        and each.id not in known
        and each.status == FindingStatus.OPEN
    )


class _Gathered:
    """Several decisions as one, each made on the facts that those before it left."""

    def __init__(self, facts: TableFacts) -> None:
        self.facts = facts
        self._new: dict[UUID, Any] = {}
        self._changed: dict[UUID, Any] = {}
        self._forms: list[FormNeeded] = []
        self._signed: list[Signed] = []

    def add(self, decision: Decision) -> None:
        """A further decision: its records, in place of what earlier ones said of the same."""
        for each in decision.new:
            self._new[each.id] = each
        self.facts = after(self.facts, decision.new)
        self.change(decision.changed)
        self._forms += decision.forms
        self._signed += decision.signed

    def change(self, records: Iterable[Any]) -> None:
        for each in records:
            (self._new if each.id in self._new else self._changed)[each.id] = each
            self.facts = after(self.facts, (each,))

    def note(self, findings: Iterable[Finding]) -> None:
        """Findings that are raised on the way, and settled with what follows."""
        for each in findings:
            self._new[each.id] = each
            self.facts = after(self.facts, (each,))

    def decision(self, session: Session, *, outcome: Mapping[str, Any]) -> Decision:
        return Decision(
            new=tuple(self._new.values()),
            changed=tuple(self._changed.values()),
            forms=tuple(self._forms),
            signed=tuple(dict.fromkeys(self._signed)),
            subject_id=session.id,
            session_id=session.id,
            outcome=outcome,
        )
