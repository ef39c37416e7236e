"""A run of the drop crew over the table in memory: it starts with a list, and ends."""

from tablebank.domain import drop_trips
from tablebank.domain.boxes_due import MountedBox
from tablebank.domain.decisions import Decision
from tablebank.domain.trips import DropTrip
from tests.domain.cast import DEE, DREW
from tests.domain.floor import Floor
from tests.domain.founding import CASINO


def start_trip(floor: Floor, reason: str | None = None) -> DropTrip:
    """A trip for the box that hangs on the table, as the store would read it."""
    mount, session = floor.mounted, floor.session()
    assert mount is not None
    box = next(each for each in floor.facts.boxes if each.id == mount.box_id)
    hanging = MountedBox(
        mount_id=mount.id,
        box_id=box.id,
        box=box.code,
        table_id=floor.facts.table.id,
        table_code=floor.facts.table.code,
        pit=floor.facts.table.pit,
        mounted_at=mount.mounted_at,
        session_id=session.id,
        phase=session.phase,
        shift_code=session.shift_code,
        closed_at=session.closed_at,
        window_start=None,
        window_end=None,
        in_play_since=session.prepared_at,
    )
    (trip,) = floor.do(
        drop_trips.start_trip,
        "start_drop_trip",
        DREW,
        DEE,
        casino_id=CASINO,
        day=session.gaming_day,
        hanging=[hanging],
        starting=drop_trips.Starting(
            pits=(),
            boxes=[box.id],
            surveillance={"notified_at": floor.clock.isoformat(), "operator": "S-12"},
            reason=reason,
        ),
    ).new
    assert isinstance(trip, DropTrip)
    return trip


def end_trip(floor: Floor, trip: DropTrip) -> Decision:
    return floor.do(
        drop_trips.end_trip,
        "end_drop_trip",
        DREW,
        DEE,
        house=floor.house,
        trip=trip,
        tables=[floor.facts],
        last=None,
    )
