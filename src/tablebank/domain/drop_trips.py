"""Starting and ending a drop trip: which boxes are due, which were taken, which left out (BOX-5).

What a trip says of each box is its removal; a trip only lists, and at its end says what is missing.
A box of the list that still hangs then is BOX_NOT_DROPPED, and so is one that served a gaming day
and still hangs when that day is closed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import members, mounted, serves
from tablebank.domain.boxes_due import MountedBox
from tablebank.domain.decisions import Act, Decision, House, Signed, after
from tablebank.domain.facts import Finding, Mount, Session, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.occurrence import check_not_after, check_not_before
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import CLOSED_PHASES, Phase
from tablebank.domain.trips import BoxLeftOut, DropTrip

PLAYED = CLOSED_PHASES | {Phase.OPEN, Phase.CLOSING}
"""A session in one of these had something dropped into its box."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Starting:
    """What is said of a trip that starts: whose boxes, who was told, and why if it is off schedule.

    Without pits and boxes the list is of what is due now, by window, schedule or close; a pit named
    puts every box of it on the list that served; a box named, that one.
    """

    pits: tuple[str, ...]
    boxes: Collection[UUID]
    surveillance: Mapping[str, str]
    reason: str | None


def start_trip(
    *, act: Act, casino_id: UUID, day: date, hanging: Sequence[MountedBox], starting: Starting
) -> Decision:
    """Write the trip down with the boxes due, as they hang now (BOX-2, DRP-07, DRP-11).

    `hanging` are the boxes on all tables. Surveillance is told before it starts; refuses
    OCCURRED_AT_OUT_OF_RANGE otherwise, and BOX_NOT_MOUNTED a named box that hangs nowhere.
    """
    notified_at = datetime.fromisoformat(starting.surveillance["notified_at"])
    check_not_after(notified_at, latest=act.occurred_at, what="the start of the trip")
    missing = set(starting.boxes) - {each.box_id for each in hanging}
    if missing:
        raise Refused(Refusal.BOX_NOT_MOUNTED, {"boxes": sorted(str(each) for each in missing)})
    trip = DropTrip(
        id=act.new_id(),
        casino_id=casino_id,
        gaming_day=day,
        pits=starting.pits,
        due=tuple(_listed(each) for each in hanging if _is_on_list(each, starting, act=act)),
        surveillance=starting.surveillance,
        reason=starting.reason,
        started_at=act.occurred_at,
        recorded_at=act.recorded_at,
        started_by=act.actor_id,
    )
    return Decision(new=(trip,), signed=(Signed(subject_id=trip.id),), subject_id=trip.id)


def _is_on_list(box: MountedBox, starting: Starting, *, act: Act) -> bool:
    if box.box_id in starting.boxes:
        return True
    if starting.pits:
        return box.pit in starting.pits and box.in_play_since is not None
    return not starting.boxes and box.is_due_now(act.occurred_at)


def _listed(box: MountedBox) -> Mapping[str, Any]:
    said: Mapping[str, Any] = plain(
        {
            "mount_id": box.mount_id,
            "box": box.box,
            "table_id": box.table_id,
            "table_code": box.table_code,
            "pit": box.pit,
            "session_id": box.session_id,
            "due_at": box.due_at,
        }
    )
    return said


def end_trip(
    *, act: Act, house: House, trip: DropTrip, tables: Sequence[TableFacts], last: datetime | None
) -> Decision:
    """End the trip, once; what is on its list and still hangs was left out (BOX-5).

    `tables` are the facts of the tables on its list, `last` when its last box was taken (UTC), None
    if none was. Refuses TRIP_ENDED, and OCCURRED_AT_OUT_OF_RANGE before any of that.
    """
    if trip.ended_at is not None:
        raise Refused(Refusal.TRIP_ENDED, {"ended_at": plain(trip.ended_at)})
    check_not_before(act.occurred_at, earliest=trip.started_at, what="the start of the trip")
    check_not_before(act.occurred_at, earliest=last, what="the last box taken on it")
    due = {UUID(each["mount_id"]) for each in trip.due}
    left: list[BoxLeftOut] = []
    findings: list[Finding] = []
    for facts in tables:
        found = [_left(act, facts, mount, trip=trip) for mount in facts.mounts if mount.id in due]
        mine = [each for each in found if each is not None]
        if mine:
            left += mine
            findings += settled(act=act, house=house, facts=after(facts, mine))
    ended = replace(
        trip,
        ended_at=act.occurred_at,
        end_recorded_at=act.recorded_at,
        ended_by=act.actor_id,
    )
    return Decision(
        new=tuple(left),
        changed=(ended,),
        signed=(Signed(subject_id=trip.id),),
        subject_id=trip.id,
        findings=tuple(findings),
    )


def _left(act: Act, facts: TableFacts, mount: Mount, *, trip: DropTrip) -> BoxLeftOut | None:
    """The box left behind, on the last session it served; None if it was taken or served none."""
    served = list(_played(facts, mount))
    if mount.taken_off_at is not None or not served:
        return None
    return _left_out(act, mount, served[-1], trip_id=trip.id, day=trip.gaming_day)


def left_at_day_close(*, act: Act, facts: TableFacts, day: date) -> tuple[BoxLeftOut, ...]:
    """The box that served a session of this gaming day and still hangs as the day closes (BOX-5).

    One that was left out before is told no second time.
    """
    standing = mounted(facts)
    if standing is None or any(each.mount_id == standing.id for each in facts.left_out):
        return ()
    served = [
        each
        for each in _played(facts, standing)
        if each.gaming_day == day and each.phase in CLOSED_PHASES
    ]
    return (_left_out(act, standing, served[-1], trip_id=None, day=day),) if served else ()


def _played(facts: TableFacts, mount: Mount) -> Iterable[Session]:
    return (
        each for each in members(facts) if each.phase in PLAYED and serves(mount, each.ordinal or 0)
    )


def _left_out(
    act: Act, mount: Mount, session: Session, *, trip_id: UUID | None, day: date
) -> BoxLeftOut:
    return BoxLeftOut(
        id=act.new_id(),
        casino_id=mount.casino_id,
        mount_id=mount.id,
        box_id=mount.box_id,
        table_id=mount.table_id,
        session_id=session.id,
        trip_id=trip_id,
        gaming_day=day,
        left_at=act.occurred_at,
        recorded_at=act.recorded_at,
    )
