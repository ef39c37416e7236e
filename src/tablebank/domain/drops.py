"""Scheduling a drop, mounting and removing drop boxes, and handing them over (BOX).

A removal names the last session its box served; what the boxes served together follows from that
(see `boxes`). What the crew did is written down also where it should not have been: another box
than the record had there, a replacement that should hang elsewhere, a hand-over out of turn. That
is judged in `findings.custody_irregular` (BOX-3, BOX-4), and what the count room finds is in
`soft_count`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tablebank.domain.boxes import (
    count_of,
    drop_state,
    members,
    mounted,
    removal_of,
    serves,
)
from tablebank.domain.decisions import Act, Decision, Signed, after
from tablebank.domain.facts import Box, Custody, Mount, Removal, Session, TableFacts
from tablebank.domain.occurrence import check_not_after, check_not_before
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import (
    CLOSED_PHASES,
    LIVE,
    CustodyStep,
    Phase,
    RemovalType,
    SnapshotKind,
    Unfit,
)
from tablebank.domain.trips import DropTrip


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
    return _hung(act=act, facts=facts, box=box, seal=seal, in_play=in_play)


def _hung(
    *,
    act: Act,
    facts: TableFacts,
    box: Box,
    seal: str | None = None,
    in_play: bool = False,
    hangs_twice: bool = False,
) -> Mount:
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
        hangs_twice=hangs_twice,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """What is said of a removal (BOX-2), and how it stands to the record.

    The replacement comes with whether it is free, and whether the record has it on a table;
    `out_of_schedule` is the window the removal lies outside of, if it does (BOX-3), `custody_steps`
    the hand-overs that the casino asks for (BOX-4).
    """

    type: RemovalType
    reason: str | None
    seal: str | None
    trip: DropTrip | None
    surveillance: Mapping[str, str]
    box: Box | None
    replacement: Box | None
    replacement_is_free: bool
    replacement_hangs: bool = False
    notices: tuple[Mapping[str, str], ...] = ()
    out_of_schedule: Mapping[str, Any] | None = None
    custody_steps: tuple[CustodyStep, ...] = (CustodyStep.REMOVED,)


def remove_box(*, act: Act, facts: TableFacts, session: Session, taking: Taking) -> Decision:
    """Take the mounted box off, on the last session it served, and mount another instead (BOX-2).

    Possible from OPEN on, also after a finalize with pending count. Another box than the mounted
    one, and a replacement that should not hang there, are recorded as they were (BOX-3). Refuses
    where none is mounted, a box that is told to be taken twice or to be its own replacement, a
    session that is neither the live one nor the table's latest closed one, and what is off the
    schedule, unscheduled or an emergency without a reason.
    """
    standing = mounted(facts)
    if standing is None or _is_taken_already(facts, standing, taking.box):
        raise Refused(
            Refusal.BOX_NOT_MOUNTED, {"mounted": str(standing.box_id) if standing else None}
        )
    _check_named(facts, session, standing)
    _check_explained(taking)
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    earliest = max(standing.mounted_at, opener.occurred_at if opener else standing.mounted_at)
    check_not_before(act.occurred_at, earliest=earliest, what="the mounting or the opener")
    if taking.trip is not None:
        check_on_trip(act, taking.trip)
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
        hung = _hung(
            act=act,
            facts=without,
            box=taking.replacement,
            hangs_twice=taking.replacement_hangs and taking.replacement.id != off.box_id,
        )
        new.append(hung)
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


def _is_taken_already(facts: TableFacts, standing: Mount, box: Box | None) -> bool:
    """Whether the box named is off this very table and waits for its count: told a second time."""
    if box is None or box.id == standing.box_id:
        return False
    return any(each.box_id == box.id and count_of(facts, each) is None for each in facts.removals)


def _check_explained(taking: Taking) -> None:
    """What is off the schedule says why, itself or by its run (BOX-3)."""
    asks = taking.type != RemovalType.SCHEDULED or taking.out_of_schedule is not None
    told = taking.reason or (taking.trip.reason if taking.trip else None)
    if asks and not told:
        said = {"type": str(taking.type), **(taking.out_of_schedule or {})}
        raise Refused(Refusal.REASON_REQUIRED, said)


def check_on_trip(act: Act, trip: DropTrip) -> None:
    """A box is taken on a trip between its start and its end; one forgotten is told with its time.

    Refuses OCCURRED_AT_OUT_OF_RANGE (TIME-1).
    """
    check_not_before(act.occurred_at, earliest=trip.started_at, what="the start of the trip")
    check_not_after(act.occurred_at, latest=trip.ended_at, what="the end of the trip")


def _unfit(facts: TableFacts, taking: Taking, *, mount: Mount) -> Unfit | None:
    """Why the replacement should not hang on this table, by the record (BOX-3).

    The box that the record had here is free once it turns out that another was taken.
    """
    box = taking.replacement
    if box is None:
        return None
    if not taking.replacement_is_free and box.id != mount.box_id:
        return Unfit.IN_USE
    elsewhere = box.table_id is not None and box.table_id != facts.table.id
    return Unfit.OF_ANOTHER_TABLE if elsewhere else None


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
    taken = taking.box.id if taking.box else mount.box_id
    if taking.replacement is not None and taking.replacement.id == taken:
        raise Refused(Refusal.BOX_NOT_FREE, {"box": taking.replacement.code})
    return Removal(
        id=act.new_id(),
        casino_id=session.casino_id,
        mount_id=mount.id,
        box_id=taken,
        table_id=facts.table.id,
        session_id=session.id,
        gaming_day=session.gaming_day,
        type=taking.type,
        removed_at=act.occurred_at,
        recorded_at=act.recorded_at,
        reason=taking.reason,
        seal=taking.seal,
        trip_id=taking.trip.id if taking.trip else None,
        replacement_box_id=taking.replacement.id if taking.replacement else None,
        surveillance=taking.surveillance,
        notices=taking.notices,
        replacement_unfit=_unfit(facts, taking, mount=mount),
        out_of_schedule=taking.out_of_schedule,
        custody_steps=taking.custody_steps,
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

    One that was forgotten is told with its time, also after a later one; it is refused before the
    link it follows in the chain, and told after one it precedes it is irregular. OPENED is no
    hand-over: posting the count is.
    """
    links = [link for link in facts.custody if link.removal_id == removal.id]
    if step == CustodyStep.OPENED or any(link.step == step for link in links):
        raise Refused(Refusal.CUSTODY_ORDER, {"step": str(step)})
    chain = list(CustodyStep)
    before = [each for each in links if chain.index(each.step) < chain.index(step)]
    earliest = max((link.occurred_at for link in before), default=removal.removed_at)
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
