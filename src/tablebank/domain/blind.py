"""Blind counts: who counts a tray does not see what it should hold (SNAP-4).

Where the casino says so, last count and expected tray are hidden from everybody who may count a
tray, for as long as a count of it is still to come. The opener at an opening is excepted: it is
held against the last closing for all to see. A count that is off the expected tray by more than the
tolerance is kept as a trial and counted once more, by somebody who did not sign the first; the
second is recorded whatever it says. Neither answer tells by how much it was off.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.decisions import Act, Decision, House, Signed
from tablebank.domain.facts import Session, Snapshot, TableFacts, Trial
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import Rundown, expected_tray, standing_closing
from tablebank.domain.terms import Phase, Role, SnapshotKind

COUNTS_BLIND = "COUNTS_BLIND"
"""Why a figure is not shown: the reader may count the tray it would tell of."""

_COUNT = frozenset(STEPS["record_snapshot"].callers)


def is_blind(house: House, roles: Collection[Role]) -> bool:
    """Whether the house counts blind and somebody with these roles may count a tray.

    Managers of the pit are among them: they may stand in for a supervisor at any count.
    """
    return house.settings.blind_counts and bool(acts_as(roles) & _COUNT)


def awaits_count(facts: TableFacts, session: Session) -> bool:
    """Whether a count of the session's tray that is no opener is still to come."""
    if session.phase == Phase.CLOSING:
        return standing_closing(facts, session.id) is None
    return session.phase == Phase.OPEN


def hidden_sessions(facts: TableFacts) -> frozenset[UUID]:
    """The sessions whose counts are hidden from who counts, among those of one table.

    The one that awaits a count; and while its last count is its opener the one before it too, whose
    closing was the same tray. A result once reconciled is a result, and is shown.
    """
    live = next((each for each in facts.sessions if awaits_count(facts, each)), None)
    if live is None:
        return frozenset()
    kinds = {each.kind for each in facts.snapshots if each.session_id == live.id}
    before = next((each for each in facts.sessions if each.id == live.previous_session_id), None)
    if before is not None and before.phase == Phase.CLOSED and kinds <= {SnapshotKind.OPENING}:
        return frozenset({live.id, before.id})
    return frozenset({live.id})


def veiled(rundown: Rundown, hidden: Collection[UUID]) -> Rundown:
    """The rundown without what tells of a hidden count: its terms, and whatever they enter.

    A group is told without them as soon as one of its members is.
    """
    members = tuple(veiled(each, hidden) for each in rundown.members)
    ids = {rundown.session_id, *(each.session_id for each in members)}
    if not ids & set(hidden):
        return rundown
    return replace(
        rundown,
        opening_total_cents=None,
        closing_total_cents=None,
        table_win_cents=None,
        before_drop_cents=None,
        variance_from_par_cents=None,
        hold_pct=None,
        reasons=(*rundown.reasons, COUNTS_BLIND),
        members=members,
    )


def first_count(facts: TableFacts, session: Session, kind: SnapshotKind) -> Trial | None:
    """The first count that waits for its second: of this kind, with no count recorded since."""
    counted = [each.recorded_at for each in facts.snapshots if each.session_id == session.id]
    last = max(counted, default=None)
    waiting = [
        each
        for each in facts.trials
        if each.subject_id == session.id
        and each.kind == kind
        and (last is None or each.recorded_at >= last)
    ]
    return max(waiting, key=lambda each: each.recorded_at, default=None)


def check_recount(
    *,
    act: Act,
    house: House,
    facts: TableFacts,
    session: Session,
    snapshot: Snapshot,
    first_signed_by: frozenset[UUID],
) -> Decision | None:
    """What becomes of a blind count instead of being recorded: a trial, or nothing at all (None).

    One that replaces a standing closing on its counter's own word is a second count already.
    Refuses SIGNER_INVOLVED a second count that nobody signs but those of the first. A dry run is
    answered as a count that is recorded, whatever it says: else totals could be tried in secret
    until one is near enough.
    """
    if not house.settings.blind_counts or act.is_tried or act.paper is not None:
        return None
    if first_count(facts, session, snapshot.kind) is not None:
        _check_independent(act, first_signed_by)
        return None
    expected = expected_tray(_as_of(facts, snapshot), session)
    if expected is None:
        return None
    difference = abs(snapshot.total_cents - expected)
    if difference <= house.settings.count_tolerance_cents:
        return None
    trial = Trial(
        id=act.new_id(),
        casino_id=session.casino_id,
        subject_id=session.id,
        session_id=session.id,
        step="record_snapshot",
        chipset=snapshot.chipset or {},
        total_cents=snapshot.total_cents,
        difference_cents=difference,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        kind=snapshot.kind,
        count_id=snapshot.count_id,
    )
    return Decision(
        new=(trial,),
        signed=(Signed(subject_id=trial.id, session_id=session.id),),
        subject_id=trial.id,
        session_id=session.id,
        outcome={"recount_required": True, "difference_cents": None, "difference": None},
    )


def _check_independent(act: Act, first_signed_by: frozenset[UUID]) -> None:
    if {signer.staff_id for signer in act.signers} <= first_signed_by:
        why = "the second count needs somebody who did not sign the first"
        raise Refused(Refusal.SIGNER_INVOLVED, {"why": why})


def _as_of(facts: TableFacts, snapshot: Snapshot) -> TableFacts:
    """The facts at the count's own instant: what touched the tray later was not in it."""
    at = snapshot.occurred_at
    return replace(
        facts,
        snapshots=tuple(each for each in facts.snapshots if each.occurred_at <= at),
        slips=tuple(
            each for each in facts.slips if each.tray_instant is None or each.tray_instant <= at
        ),
    )
