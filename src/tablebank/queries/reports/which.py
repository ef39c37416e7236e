"""Which sessions a report is about: those of its gaming days, shift and pit.

Pit is the one a session was opened in, so that a later change moves no past figure (BASE-7).
"""

from typing import Any

from tablebank.queries.doors import View
from tablebank.queries.reports.kind import Asked


def values_of(view: View, asked: Asked) -> dict[str, Any]:
    """What the statements are given: `sessions` are the ids of those asked for, voided ones too."""
    values: dict[str, Any] = {
        "casino_id": view.casino_id,
        "first_day": asked.first_day,
        "last_day": asked.last_day,
        "shift_id": asked.shift.id if asked.shift else None,
        "pit": asked.pit,
        "starts_at": view.house.calendar.day_starts_at(asked.first_day),
        "ends_at": view.house.calendar.shifts_of(asked.last_day)[-1].ends_at,
        "now": view.now,
    }
    rows = view.cursor.execute(_SESSIONS, values).fetchall()
    return {**values, "sessions": [id_ for (id_,) in rows]}


def pits_ever(view: View) -> tuple[str, ...]:
    """Every pit a table ever stood in, by name: a past day is asked for by what was there then."""
    rows = view.cursor.execute(_PITS, [view.casino_id]).fetchall()
    return tuple(pit for (pit,) in rows)


_PITS = "select distinct pit from table_revision where casino_id = %s order by pit"

_SESSIONS = """
select id from table_session s
 where s.casino_id = %(casino_id)s
   and s.gaming_day between %(first_day)s and %(last_day)s
   and (%(shift_id)s::uuid is null or s.shift_id = %(shift_id)s)
   and (%(pit)s::text is null or s.pit = %(pit)s)
"""
