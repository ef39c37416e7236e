"""BOX_NOT_DROPPED: a box that served was left out by its run, or when the day closed (BOX-5).

It hangs on the session that the box was left out on first, and clears when the box is taken.
"""

from collections.abc import Iterable

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import Stops
from tablebank.domain.trips import BoxLeftOut


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    hanging = {mount.id for mount in facts.mounts if mount.taken_off_at is None}
    first: dict[object, BoxLeftOut] = {}
    for each in sorted(facts.left_out, key=lambda each: (each.recorded_at, each.id)):
        first.setdefault(each.mount_id, each)
    for left in first.values():
        if left.mount_id not in hanging:
            continue
        code = next((box.code for box in facts.boxes if box.id == left.box_id), None)
        yield Found(
            subject_type="session",
            subject_id=str(left.session_id),
            session=session_of(facts, left.session_id),
            facts={"box": code, "left_by": "trip" if left.trip_id else "day"},
        )


BOX_NOT_DROPPED = Kind(
    name="BOX_NOT_DROPPED",
    stops=Stops.RESULT,
    department="count_room",
    words="A box that served was left out of the drop.",
    detect=detect,
)
