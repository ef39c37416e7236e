"""Commands of a drop trip: it starts with the boxes due, and ends with what is missing (BOX-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tablebank.commands.scene import Command, Scene, Target, the_casino
from tablebank.domain.decisions import Decision
from tablebank.domain.drop_trips import Starting, end_trip, start_trip
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.facts import Box, TableFacts
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.trips import DropTrip
from tablebank.store.mounted_boxes import mounted_boxes
from tablebank.store.trips import facts_of_trip, last_taken_on


@dataclass(frozen=True, kw_only=True, slots=True)
class StartTrip:
    """A run of the drop crew starts, with the list of boxes due (BOX-2, DRP-11).

    Without `pits` and `boxes` the list is of what is due now; a pit named puts every box on it that
    served there, a box named that one. `reason` is why the run is off the schedule.
    """

    surveillance: Mapping[str, str]
    pits: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    reason: str | None = None
    found: tuple[Box, ...] = ()


def _check_start(scene: Scene, body: StartTrip) -> StartTrip:
    found = [
        scene.box_named(each, pointer=f"/boxes/{index}") for index, each in enumerate(body.boxes)
    ]
    known = _pits(scene)
    errors = [
        FieldError(f"/pits/{index}", Refusal.REFERENCE_UNKNOWN.name, f"No pit {pit!r} here.")
        for index, pit in enumerate(body.pits)
        if pit not in known
    ]
    if errors:
        raise Refused(Refusal.REFERENCE_UNKNOWN, errors=errors)
    return replace(body, found=tuple(each for each in found if each is not None))


def _pits(scene: Scene) -> frozenset[str]:
    rows = scene.cursor.execute(
        "select distinct pit from gaming_table where casino_id = %s", [scene.casino_id]
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _start(scene: Scene, body: StartTrip) -> Decision:
    act = scene.acted()
    schedules = scene.all_of(DropScheduleRow)
    return start_trip(
        act=act,
        casino_id=scene.casino_id,
        day=scene.house.calendar.day_of(act.occurred_at),
        hanging=mounted_boxes(scene.cursor, scene.house, schedules, now=act.occurred_at),
        starting=Starting(
            pits=body.pits,
            boxes=frozenset(each.id for each in body.found),
            surveillance=body.surveillance,
            reason=body.reason,
        ),
    )


START_TRIP = Command(
    name="start_drop_trip",
    body=StartTrip,
    step="start_drop_trip",
    find=the_casino,
    check=_check_start,
    decide=_start,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EndTrip:
    """The run is over: what was due and is not taken was left out (BOX-5)."""


def the_trip(scene: Scene, record_id: UUID | None) -> Target:
    """Refuses NOT_FOUND any id that is not of a trip of this casino (TEN-1)."""
    if record_id is None:
        raise RuntimeError("the path names nothing")
    return Target(type="drop_trip", id=scene.must(DropTrip, record_id).id)


def _end(scene: Scene, body: EndTrip) -> Decision:
    """Under the locks of its tables, then its own: no box is taken while it is looked at."""
    tables = _under_lock(scene)
    trip = scene.must_alone(DropTrip, _trip_id(scene))
    return end_trip(
        act=scene.acted(),
        house=scene.house,
        trip=trip,
        tables=tables,
        last=_last(scene),
    )


def _under_lock(scene: Scene) -> Sequence[TableFacts]:
    trip: DropTrip = scene.kept[_trip_id(scene)]
    tables = facts_of_trip(scene.cursor, trip)
    for facts in tables:
        for name in facts.__slots__:
            place = getattr(facts, name)
            if isinstance(place, tuple):
                scene.keep(place)
    return tables


def _trip_id(scene: Scene) -> UUID:
    if scene.target.id is None:
        raise RuntimeError("the path names nothing")
    return scene.target.id


def _last(scene: Scene) -> datetime | None:
    return last_taken_on(scene.cursor, scene.casino_id, _trip_id(scene))


END_TRIP = Command(
    name="end_drop_trip",
    body=EndTrip,
    step="end_drop_trip",
    find=the_trip,
    decide=_end,
)
