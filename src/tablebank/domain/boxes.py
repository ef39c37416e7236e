"""Which box served which session, and what is known of its drop (BOX-5, BOX-6).

A box on a table serves the sessions whose ordinal lies between its mounting and its removal:
removals in their order, never the clock, draw the line. Sessions that one box served together are a
drop group; a member has no drop of its own. Nothing here decides; it reads the facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.facts import Count, Custody, Mount, Removal, Session, TableFacts
from tablebank.domain.terms import CustodyStep, DropState, Phase


def session_of(facts: TableFacts, session_id: UUID) -> Session:
    """The session with this id; it must be among the facts."""
    return next(session for session in facts.sessions if session.id == session_id)


def members(facts: TableFacts) -> tuple[Session, ...]:
    """The table's sessions that were opened and not voided, in their order."""
    opened = [
        session
        for session in facts.sessions
        if session.ordinal is not None and session.phase != Phase.VOIDED
    ]
    return tuple(sorted(opened, key=lambda session: session.ordinal or 0))


def serves(mount: Mount, ordinal: int) -> bool:
    """Whether the box, mounted so, serves the table's session of this ordinal (BOX-5)."""
    return mount.serves_from <= ordinal and (mount.served_to is None or ordinal <= mount.served_to)


def mounts_serving(facts: TableFacts, session: Session) -> tuple[Mount, ...]:
    """Every mounting of a box that serves the session, in order of mounting."""
    if session.ordinal is None or session.phase == Phase.VOIDED:
        return ()
    ordinal = session.ordinal
    found = [mount for mount in facts.mounts if serves(mount, ordinal)]
    return tuple(sorted(found, key=lambda mount: (mount.mounted_at, mount.recorded_at)))


def mounted(facts: TableFacts) -> Mount | None:
    """The box now on the table, if any: at most one (BOX-2)."""
    return next((mount for mount in facts.mounts if mount.taken_off_at is None), None)


def mounted_at(facts: TableFacts, at: datetime, *, box_id: UUID | None = None) -> Mount | None:
    """The box that was on the table at an instant, if any; or the named one, if it was that."""
    there = [
        mount
        for mount in facts.mounts
        if box_id in (None, mount.box_id)
        and mount.mounted_at <= at
        and (mount.taken_off_at is None or at <= mount.taken_off_at)
    ]
    return max(there, key=lambda each: (each.mounted_at, each.recorded_at), default=None)


def removal_of(facts: TableFacts, mount: Mount) -> Removal | None:
    return next((removal for removal in facts.removals if removal.mount_id == mount.id), None)


def count_of(facts: TableFacts, removal: Removal) -> Count | None:
    """The latest revision of the box's count: the one that enters the drop (SOFT-2)."""
    revisions = [count for count in facts.counts if count.removal_id == removal.id]
    return max(revisions, key=lambda count: count.revision, default=None)


def count_in(facts: TableFacts, mount: Mount) -> Count | None:
    """The count of what this mounting collected, once it was removed and counted."""
    removal = removal_of(facts, mount)
    return count_of(facts, removal) if removal else None


def group_of(facts: TableFacts, session: Session) -> tuple[Session, ...]:
    """The session and all it is connected with by "one box served both" (BOX-6), in order."""
    everyone = members(facts)
    reached = {session.id}
    growing = True
    while growing:
        growing = False
        for mount in facts.mounts:
            served = {each.id for each in everyone if serves(mount, each.ordinal or 0)}
            if served & reached and not served <= reached:
                reached |= served
                growing = True
    return tuple(each for each in everyone if each.id in reached) or (session,)


def group_id(facts: TableFacts, session: Session) -> UUID | None:
    """The first member's id, or None for a session whose boxes served it alone (BOX-6)."""
    group = group_of(facts, session)
    return group[0].id if len(group) > 1 else None


def drop_state(facts: TableFacts, session: Session) -> DropState:
    """The session's drop track as its boxes have it (BOX-5)."""
    serving = mounts_serving(facts, session)
    if serving and all(removal_of(facts, mount) for mount in serving):
        if all(count_in(facts, mount) for mount in serving):
            return DropState.COUNTED
        return DropState.DROPPED
    if session.drop_window_start is not None:
        return DropState.DROP_SCHEDULED
    return DropState.NONE


def custody_state(custody: Iterable[Custody], *, removal_id: UUID, counted: bool) -> CustodyStep:
    """How far a removed box has come: its last hand-over, OPENED once counted (BOX-4)."""
    if counted:
        return CustodyStep.OPENED
    order = list(CustodyStep)
    steps = [link.step for link in custody if link.removal_id == removal_id]
    return max(steps, key=order.index, default=CustodyStep.REMOVED)


@dataclass(frozen=True, kw_only=True, slots=True)
class DropKnown:
    """The counted drop of some sessions together: cents, or None with its reasons (RUN-1)."""

    total_cents: int | None
    reasons: tuple[str, ...]
    counts: tuple[Count, ...]


def drop_known(facts: TableFacts, sessions: Iterable[Session]) -> DropKnown:
    """What the boxes that served these sessions held, once every one is counted (BOX-5, RUN-1)."""
    serving = {mount.id: mount for each in sessions for mount in mounts_serving(facts, each)}
    counts = tuple(
        count for mount in serving.values() if (count := count_in(facts, mount)) is not None
    )
    reasons: list[str] = []
    if any(mount.in_play for mount in serving.values()):
        reasons.append("BOX_OLDER_THAN_OPENER")
    if not serving:
        reasons.append("NO_BOX")
    if any(removal_of(facts, mount) is None for mount in serving.values()):
        reasons.append("BOXES_OUTSTANDING")
    if len(counts) < len(serving):
        reasons.append("COUNT_PENDING")
    total = None if reasons else sum(count.drop_effect_cents for count in counts)
    return DropKnown(total_cents=total, reasons=tuple(reasons), counts=counts)
