"""By when somebody must have been told of a finding: its notice deadline (FIND-5).

GENERIC: two days for what stops a result, as the strictest of the usual rules on slips has it, one
day for what stops closing the day. What stops nothing has no deadline of its own. A profile may ask
for less time; see `docs/controls.md` EXC-05, INV-11.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tablebank.domain.terms import Stops

GENERIC: Mapping[Stops, timedelta] = {
    Stops.RESULT: timedelta(days=2),
    Stops.DAY: timedelta(days=1),
}


def due_at(*, stops: Stops, raised_at: datetime) -> datetime | None:
    """When the notice is due; None where there is no deadline."""
    within = GENERIC.get(stops)
    return raised_at + within if within is not None else None
