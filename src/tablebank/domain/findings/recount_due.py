"""RECOUNT_DUE: a table stands closed with chips in it and nobody counted them for days (INV-13).

It comes with time. A count of the closed table clears it, and so does opening it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tablebank.domain.boxes import members
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.opening import left_in_tray, live_session
from tablebank.domain.terms import Stops


def detect_by(house: House, facts: TableFacts, now: datetime) -> Iterable[Found]:
    days = house.settings.idle_recount_days
    played = members(facts)
    if not days or not played or live_session(facts) is not None:
        return
    left = left_in_tray(facts, played[-1].id)
    if left is None or not left.total_cents or now - left.occurred_at <= timedelta(days=days):
        return
    yield Found(
        subject_type="table",
        subject_id=str(facts.table.id),
        session=played[-1],
        facts={"counted_at": rfc3339(left.occurred_at), "tray_cents": left.total_cents},
    )


RECOUNT_DUE = Kind(
    name="RECOUNT_DUE",
    stops=Stops.NOTHING,
    department="pit",
    words="A closed table holds chips that nobody has counted for days.",
    detect_by=detect_by,
)
