"""Counts of a table that stands closed (SNAP-7), and what such a table was left with (SESS-5).

An idle count hangs on no session. It replaces the last closer as the thing the next opener is held
against: since then the tray was looked at again, by two people.
"""

from tablebank.domain.boxes import members
from tablebank.domain.chips import total_cents
from tablebank.domain.decisions import Act, Decision, House, Signed
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import LIVE, Basis, Chipset, SnapshotKind


def count_idle_table(*, act: Act, house: House, facts: TableFacts, chipset: Chipset) -> Decision:
    """Count the tray of a table without a live session (SNAP-7).

    Refuses SESSION_ALREADY_LIVE a table in play: there a count is of its session; and a count that
    is not after what was counted there last.
    """
    live = next((each for each in facts.sessions if each.phase in LIVE), None)
    if live is not None:
        raise Refused(Refusal.SESSION_ALREADY_LIVE, {"session_id": str(live.id)})
    closed = (each.closed_at for each in members(facts) if each.closed_at is not None)
    check_not_before(act.occurred_at, earliest=max(closed, default=None), what="the close")
    before = max((each.occurred_at for each in idle_counts(facts)), default=None)
    check_not_before(act.occurred_at, earliest=before, what="the last count")
    day = house.calendar.day_of(act.occurred_at)
    snapshot = Snapshot(
        id=act.new_id(),
        casino_id=facts.table.casino_id,
        table_id=facts.table.id,
        session_id=None,
        kind=SnapshotKind.IDLE,
        basis=Basis.COUNTED,
        number=None,
        chipset=chipset,
        total_cents=total_cents(chipset, chips=house.chips_on(day)),
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
    )
    return Decision(
        new=(snapshot,), signed=(Signed(subject_id=snapshot.id),), subject_id=snapshot.id
    )


def idle_counts(facts: TableFacts) -> tuple[Snapshot, ...]:
    """The counts of the table while it stood closed, as far back as the sessions go."""
    return tuple(each for each in facts.snapshots if each.kind == SnapshotKind.IDLE)


def left_before(facts: TableFacts, session: Session) -> Snapshot | None:
    """What the table was left with before this session: the closer of the one before it, or the
    latest idle count since (SNAP-7). None where neither is known, or there was none before."""
    if session.previous_session_id is None:
        return None
    before = next((each for each in facts.sessions if each.id == session.previous_session_id), None)
    closer = effective_snapshot(facts, session.previous_session_id, SnapshotKind.CLOSING)
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    left_at = before.closed_at if before else closer.occurred_at if closer else None
    between = [
        each
        for each in idle_counts(facts)
        if (left_at is None or each.occurred_at >= left_at)
        and (opener is None or each.occurred_at <= opener.occurred_at)
    ]
    return max(between, key=lambda each: (each.occurred_at, each.id), default=closer)
