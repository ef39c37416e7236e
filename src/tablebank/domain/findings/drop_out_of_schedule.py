"""DROP_OUT_OF_SCHEDULE: a box was taken unscheduled, or outside its window (BOX-3).

A box that was taken by itself is a finding of its own. Those of a run are one finding of the run,
which hangs on no table: the command that takes the box raises it, and each further box of the run
is told in it. An emergency raises nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding, Removal, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import FindingStatus, Stops
from tablebank.domain.trips import DropTrip

RUN = "drop_trip"


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for removal in facts.removals:
        if removal.out_of_schedule is not None and removal.trip_id is None:
            yield Found(
                subject_type="drop",
                subject_id=str(removal.id),
                session=session_of(facts, removal.session_id),
                facts={"reason": removal.reason, **removal.out_of_schedule},
            )


DROP_OUT_OF_SCHEDULE = Kind(
    name="DROP_OUT_OF_SCHEDULE",
    stops=Stops.NOTHING,
    department="count_room",
    words="A box was taken out of schedule.",
    detect=detect,
)


def out_of_schedule_on_run(
    *, act: Act, trip: DropTrip, removal: Removal, kept: Sequence[Finding]
) -> tuple[Finding, ...]:
    """The run's one finding once this box was taken, where it changes with it (BOX-3, FIND-2).

    `kept` are the findings of this kind on the run: none or one. One that was resolved is open
    again, for its facts changed.
    """
    if removal.out_of_schedule is None:
        return ()
    before = next(iter(kept), None)
    late = before.facts["late_drops"] if before else []
    said: dict[str, Any] = {
        "reason": trip.reason or removal.reason,
        **removal.out_of_schedule,
        "late_drops": [*late, str(removal.id)],
    }
    if before is not None:
        same_window = {**before.facts, "late_drops": said["late_drops"]}
        return (replace(before, status=FindingStatus.OPEN, cleared_at=None, facts=same_window),)
    return (
        Finding(
            id=act.new_id(),
            casino_id=trip.casino_id,
            kind=DROP_OUT_OF_SCHEDULE.name,
            subject_type=RUN,
            subject_id=str(trip.id),
            session_id=None,
            table_id=None,
            shift_id=None,
            status=FindingStatus.OPEN,
            stops=DROP_OUT_OF_SCHEDULE.stops,
            variance_cents=None,
            facts=said,
            department=DROP_OUT_OF_SCHEDULE.department,
            raised_at=act.now,
        ),
    )
