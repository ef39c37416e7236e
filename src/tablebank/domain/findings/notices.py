"""By when somebody must have been told of a finding: its notice deadline (FIND-5).

The profile in force says so for a kind, with its clause. Where it says nothing: two days for what
stops a result, one day for what stops closing the day, none for what stops nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tablebank.domain.decisions import House
from tablebank.domain.profiles.kind import notice_deadline
from tablebank.domain.terms import Stops

OTHERWISE: Mapping[Stops, timedelta] = {
    Stops.RESULT: timedelta(days=2),
    Stops.DAY: timedelta(days=1),
}


def due_at(house: House, *, kind: str, stops: Stops, raised_at: datetime) -> datetime | None:
    """When the notice is due; None where there is no deadline."""
    profile = house.profile_on(house.calendar.day_of(raised_at))
    within = notice_deadline(profile, kind)
    if within is None:
        within = OTHERWISE.get(stops)
    return raised_at + within if within is not None else None
