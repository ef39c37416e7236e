"""Counting the tray of a closed table: an IDLE count, and what it is held against (SNAP-7, INV-13).

A table that stands closed for days still holds its chips. Two people count them; from then on that
count is what the next opener is compared with. One that is not what was left is a manager's, like a
differing opener: chips were moved behind a closed lid, and somebody must say why (SESS-5).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tablebank.domain.boxes import members
from tablebank.domain.chips import total_cents
from tablebank.domain.decisions import Act, Decision, House, Signed
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.opening import (
    Comparison,
    compared_with,
    idle_counts,
    left_in_tray,
    live_session,
)
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import CLOSED_PHASES, Basis, Chipset, SnapshotKind


@dataclass(frozen=True, kw_only=True, slots=True)
class IdleVariance:
    """An idle count beyond tolerance of what was left by the session that closed before it."""

    count: Snapshot
    session: Session
    against: Comparison


def record_idle_count(
    *, act: Act, house: House, facts: TableFacts, chipset: Chipset, reason: str | None
) -> Decision:
    """Keep the count of a closed table; it belongs to no session.

    Refuses a table that is in play or was never played, one counted before its last close, and a
    count that differs from what was left, unless a pit manager signs it with a reason.
    """
    live = live_session(facts)
    if live is not None:
        raise Refused(
            Refusal.SESSION_ALREADY_LIVE, {"session_id": str(live.id), "status": str(live.phase)}
        )
    closed = [each for each in members(facts) if each.phase in CLOSED_PHASES]
    if not closed:
        raise Refused(Refusal.PRECONDITIONS_MISSING, {"missing": ["closed_session"]})
    last = closed[-1]
    check_not_before(act.occurred_at, earliest=last.closed_at, what="the last close")
    chips = house.chips_on(house.calendar.day_of(act.occurred_at))
    count = Snapshot(
        id=act.new_id(),
        casino_id=facts.table.casino_id,
        table_id=facts.table.id,
        session_id=None,
        kind=SnapshotKind.IDLE,
        basis=Basis.COUNTED,
        number=None,
        chipset=chipset,
        total_cents=total_cents(chipset, chips=chips),
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        reason=reason,
    )
    closer = left_in_tray(facts, last.id, until=act.occurred_at)
    if closer is not None:
        against = compared_with(closer, chipset=chipset, total_cents=count.total_cents, chips=chips)
        _check_explained(act, house, count, against)
    return Decision(
        new=(count,), signed=(Signed(subject_id=count.id, session_id=None),), subject_id=count.id
    )


def _check_explained(act: Act, house: House, count: Snapshot, against: Comparison) -> None:
    if against.difference_cents <= house.settings.opening_tolerance_cents:
        return
    if not (act.by_pit_manager and count.reason):
        raise Refused(
            Refusal.OPENING_VARIANCE_NEEDS_MANAGER,
            {"difference_cents": against.difference_cents, "difference": against.by_chip},
        )


def idle_counts_after(facts: TableFacts, session: Session) -> tuple[Snapshot, ...]:
    """The idle counts of the tray that this session left, before the next one opened."""
    later = [each for each in members(facts) if (each.ordinal or 0) > (session.ordinal or 0)]
    until = later[0].closed_at if later else None
    return idle_counts(facts, since=session.closed_at, until=until)


def idle_variances(house: House, facts: TableFacts) -> Iterator[IdleVariance]:
    """The idle counts that are not what was left, each with the session that left it (SNAP-7).

    By the tolerance that held when each was recorded.
    """
    for count in facts.snapshots:
        if count.kind != SnapshotKind.IDLE:
            continue
        closed = [
            each
            for each in members(facts)
            if each.closed_at is not None and each.closed_at <= count.occurred_at
        ]
        closer = left_in_tray(facts, closed[-1].id, until=count.occurred_at) if closed else None
        if closer is None:
            continue
        chips = house.chips_on(house.calendar.day_of(count.occurred_at))
        against = compared_with(
            closer, chipset=count.chipset, total_cents=count.total_cents, chips=chips
        )
        tolerance = house.settings_then(count.recorded_at).opening_tolerance_cents
        if against.difference_cents > tolerance:
            yield IdleVariance(count=count, session=closed[-1], against=against)
