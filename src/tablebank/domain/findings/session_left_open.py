"""SESSION_LEFT_OPEN: a table is still in play long after its session's shift was over (SESS-9).

It comes with time, and clears when the session is closed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tablebank.domain.decisions import House
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.terms import LIVE, Stops


def left_open_from(house: House, session: Session) -> datetime | None:
    """The instant from which the session, still live, is one too long; None of no known shift."""
    shift = house.calendar.shift_by_id(session.shift_id)
    limit = timedelta(minutes=house.settings.session_left_open_minutes)
    return shift.ends_at + limit if shift is not None else None


def detect_by(house: House, facts: TableFacts, now: datetime) -> Iterable[Found]:
    for session in facts.sessions:
        if session.phase not in LIVE:
            continue
        late_from = left_open_from(house, session)
        shift = house.calendar.shift_by_id(session.shift_id)
        if late_from is not None and shift is not None and now > late_from:
            yield Found(
                subject_type="session",
                subject_id=str(session.id),
                session=session,
                facts={"shift": session.shift_code, "shift_ended_at": rfc3339(shift.ends_at)},
            )


SESSION_LEFT_OPEN = Kind(
    name="SESSION_LEFT_OPEN",
    stops=Stops.DAY,
    department="pit",
    words="A session is still in play although its shift was over long ago.",
    detect_by=detect_by,
)
