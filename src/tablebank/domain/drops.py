"""Scheduling a drop, mounting and removing drop boxes, and handing them over (BOX).

A removal names the last session its box served; what the boxes served together follows from that
(see `boxes`). What the count room finds in them is in `soft_count`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import (
    drop_state,
    members,
    mounted,
    removal_of,
    serves,
)
from tablebank.domain.decisions import Act, Decision, Signed, after
from tablebank.domain.facts import Box, Custody, Mount, Removal, Session, TableFacts
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import (
    CLOSED_PHASES,
    LIVE,
    CustodyStep,
    Phase,
    RemovalType,
    SnapshotKind,
)


def serves_from(facts: TableFacts, *, mounted_at: datetime) -> int:
    """The ordinal of the first session that a box mounted then serves (BOX-5).

    After a SCHEDULED removal the next session on; after UNSCHEDULED or EMERGENCY the named one too,
    if it was still live when the new box came: what is mounted after the close was never at it. A
    table's first box serves what is live, or what comes.
    """
    gone = [mount for mount in facts.mounts if mount.taken_off_at is not None]
    last = max(gone, key=lambda mount: (mount.taken_off_at, mount.recorded_at), default=None)
    removal = removal_of(facts, last) if last else None
    if last is None or removal is None or last.served_to is None:
        live = any(session.phase in LIVE for session in facts.sessions)
        return facts.table.last_ordinal if live else facts.table.last_ordinal + 1
    if removal.type == RemovalType.SCHEDULED:
        return last.served_to + 1
    named = next(session for session in facts.sessions if session.id == removal.session_id)
    was_live = named.closed_at is None or named.closed_at > mounted_at
    return last.served_to if was_live else last.served_to + 1


def mount_box(
    *, act: Act, facts: TableFacts, box: Box, is_free: bool, seal: str | None
) -> Decision:
    """Put a box on a table that has none (BOX-1, BOX-2: at most one at a time)."""
    standing = mounted(facts)
    if standing is not None:
        raise Refused(Refusal.TABLE_HAS_BOX, {"box_id": str(standing.box_id)})
    off = max((each.taken_off_at for each in facts.mounts if each.taken_off_at), default=None)
    check_not_before(act.occurred_at, earliest=off, what="the removal of the box before it")
    mount = new_mount(act=act, facts=facts, box=box, is_free=is_free, seal=seal)
    return Decision(
        new=(mount,),
        changed=tracks_moved(after(facts, (mount,))),
        signed=(Signed(subject_id=mount.id),),
        subject_id=facts.table.id,
    )


def new_mount(
    *,
    act: Act,
    facts: TableFacts,
    box: Box,
    is_free: bool,
    seal: str | None = None,
    in_play: bool = False,
) -> Mount:
    """The mounting row; refuses a box that is on a table or not counted yet (BOX-2)."""
    if not is_free:
        raise Refused(Refusal.BOX_NOT_FREE, {"box": box.code})
    return Mount(
        id=act.new_id(),
        casino_id=facts.table.casino_id,
        box_id=box.id,
        table_id=facts.table.id,
        mounted_at=act.occurred_at,
        recorded_at=act.recorded_at,
        serves_from=serves_from(facts, mounted_at=act.occurred_at),
        in_play=in_play,
        seal=seal,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """What is said of a removal (BOX-2); the replacement comes with whether it is free."""

    type: RemovalType
    reason: str | None
    seal: str | None
    trip_id: UUID | None
    surveillance: Mapping[str, str]
    box: Box | None
    replacement: Box | None
    replacement_is_free: bool


def remove_box(*, act: Act, facts: TableFacts, session: Session, taking: Taking) -> Decision:
    """Take the mounted box off, on the last session it served, and mount another instead (BOX-2).

    Possible from OPEN on, also after a finalize with pending count. Refuses a box that is not the
    one mounted, a session that is neither the live one nor the table's latest closed one, and an
    unscheduled or emergency removal without a reason.
    """
    standing = mounted(facts)
    if standing is None or (taking.box is not None and taking.box.id != standing.box_id):
        raise Refused(
            Refusal.BOX_NOT_MOUNTED, {"mounted": str(standing.box_id) if standing else None}
        )
    _check_named(facts, session, standing)
    if taking.type != RemovalType.SCHEDULED and not taking.reason:
        raise Refused(Refusal.REASON_REQUIRED, {"type": str(taking.type)})
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    earliest = max(standing.mounted_at, opener.occurred_at if opener else standing.mounted_at)
    check_not_before(act.occurred_at, earliest=earliest, what="the mounting or the opener")
    ordinal = session.ordinal or 0
    off = replace(
        standing,
        taken_off_at=act.occurred_at,
        served_to=ordinal,
        serves_from=min(standing.serves_from, ordinal),
    )
    removal = _removal(act=act, facts=facts, session=session, taking=taking, mount=off)
    first_link = custody_link(act, removal, step=CustodyStep.REMOVED, seal=taking.seal)
    new: list[Any] = [removal, first_link]
    without = after(facts, (off, removal, first_link))
    if taking.replacement is not None:
        new.append(
            new_mount(
                act=act,
                facts=without,
                box=taking.replacement,
                is_free=taking.replacement_is_free,
            )
        )
    return Decision(
        new=tuple(new),
        changed=(off, *tracks_moved(after(without, new))),
        signed=(
            Signed(subject_id=removal.id, session_id=session.id),
            Signed(subject_id=first_link.id, session_id=session.id),
        ),
        subject_id=removal.id,
        session_id=session.id,
    )


def _check_named(facts: TableFacts, session: Session, standing: Mount) -> None:
    """The live session or the latest closed one; the latter only if the box ever stood at it.

    Between sessions a box that served nobody is taken off on the session before it.
    """
    everyone = members(facts)
    closed = [each for each in everyone if each.phase in CLOSED_PHASES]
    allowed = {each.id for each in everyone if each.phase in LIVE - {Phase.OPENING}}
    if closed:
        allowed.add(closed[-1].id)
    came_later = session.closed_at is not None and session.closed_at <= standing.mounted_at
    passed_over = came_later and any(each.phase in LIVE for each in everyone)
    if session.id not in allowed or passed_over:
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})


def _removal(
    *, act: Act, facts: TableFacts, session: Session, taking: Taking, mount: Mount
) -> Removal:
    return Removal(
        id=act.new_id(),
        casino_id=session.casino_id,
        mount_id=mount.id,
        box_id=mount.box_id,
        table_id=facts.table.id,
        session_id=session.id,
        gaming_day=session.gaming_day,
        type=taking.type,
        removed_at=act.occurred_at,
        recorded_at=act.recorded_at,
        reason=taking.reason,
        seal=taking.seal,
        trip_id=taking.trip_id,
        replacement_box_id=taking.replacement.id if taking.replacement else None,
        surveillance=taking.surveillance,
    )


def custody_link(act: Act, removal: Removal, *, step: CustodyStep, seal: str | None) -> Custody:
    return Custody(
        id=act.new_id(),
        casino_id=removal.casino_id,
        removal_id=removal.id,
        step=step,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        seal=seal,
    )


def tracks_moved(facts: TableFacts) -> tuple[Session, ...]:
    """The sessions whose drop track moves with these facts (BOX-5)."""
    return tuple(
        replace(session, drop_state=now)
        for session in members(facts)
        if (now := drop_state(facts, session)) != session.drop_state
    )


def record_custody(
    *, act: Act, facts: TableFacts, removal: Removal, step: CustodyStep, seal: str | None
) -> Decision:
    """One more hand-over of a removed box, signed by two (BOX-4). Each link is recorded once.

    OPENED is no hand-over: posting the count is.
    """
    links = [link for link in facts.custody if link.removal_id == removal.id]
    if step == CustodyStep.OPENED or any(link.step == step for link in links):
        raise Refused(Refusal.CUSTODY_ORDER, {"step": str(step)})
    earliest = max((link.occurred_at for link in links), default=removal.removed_at)
    check_not_before(act.occurred_at, earliest=earliest, what="the hand-over before it")
    link = custody_link(act, removal, step=step, seal=seal)
    return Decision(
        new=(link,),
        signed=(Signed(subject_id=link.id, session_id=removal.session_id),),
        subject_id=removal.id,
        session_id=removal.session_id,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """When a drop is due: two instants, the first before the second."""

    start: datetime
    end: datetime


def schedule_drop(*, facts: TableFacts, session: Session, window: Window) -> Decision:
    """Note when the session's box is to be dropped: NONE to DROP_SCHEDULED (BOX-5)."""
    if session.phase not in (Phase.OPEN, Phase.CLOSING, Phase.CLOSED):
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})
    if mounted(facts) is None:
        raise Refused(Refusal.BOX_NOT_MOUNTED, {"table_id": str(session.table_id)})
    if window.end <= window.start:
        raise Refused(Refusal.OCCURRED_AT_OUT_OF_RANGE, {"why": "the window ends before it starts"})
    planned = replace(session, drop_window_start=window.start, drop_window_end=window.end)
    scheduled = replace(planned, drop_state=drop_state(after(facts, (planned,)), planned))
    return Decision(
        changed=(scheduled,),
        signed=(Signed(subject_id=session.id, session_id=session.id),),
        subject_id=session.id,
        session_id=session.id,
    )


def sessions_served(facts: TableFacts, mount: Mount) -> tuple[Session, ...]:
    """The sessions a mounting served, in order (BOX-5)."""
    return tuple(each for each in members(facts) if serves(mount, each.ordinal or 0))
