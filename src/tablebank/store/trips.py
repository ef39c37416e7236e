"""Reading what ending a drop trip needs: the tables on its list, under their locks (BOX-5)."""

from datetime import datetime
from uuid import UUID

from tablebank.domain.facts import Table, TableFacts
from tablebank.domain.trips import DropTrip
from tablebank.store.load import load_facts_of_tables, load_many, of
from tablebank.store.scope import Cursor


def facts_of_trip(cursor: Cursor, trip: DropTrip) -> tuple[TableFacts, ...]:
    """The facts of every table on the trip's list, each locked, in the one order of such locks.

    With the sessions that its boxes stood for when it began.
    """
    ids = sorted({UUID(each["table_id"]) for each in trip.due})
    which = of(trip.casino_id, "id = any(%s) order by id for update", ids)
    tables = load_many(cursor, Table, which) if ids else ()
    focus = [UUID(each["session_id"]) for each in trip.due if each["session_id"]]
    behind = load_facts_of_tables(cursor, tables, focus=focus)
    return tuple(behind[each.id] for each in tables)


def last_taken_on(cursor: Cursor, casino_id: UUID, trip_id: UUID) -> datetime | None:
    """When the last box of a trip was taken (UTC); None before the first."""
    row = cursor.execute(
        "select max(removed_at) from box_removal where casino_id = %s and trip_id = %s",
        [casino_id, trip_id],
    ).fetchone()
    found: datetime | None = row[0] if row else None
    return found
