"""Drop trips over HTTP: started, looked at, ended (BOX-2, BOX-5)."""

from typing import Any

from tablebank.api import asking
from tablebank.api.asking import page
from tablebank.api.door import found
from tablebank.api.endpoint import R, Read, Write
from tablebank.api.trip_shapes import EndTripIn, StartTripIn
from tablebank.commands.drop_trips import END_TRIP, START_TRIP
from tablebank.commands.perform import Done
from tablebank.domain.plain import plain
from tablebank.queries.doors import View
from tablebank.queries.drop_trips import trip_ids, trips_by_id


def _trips(view: View, at: Any, query: asking.Trips) -> Any:
    ids = trip_ids(view.cursor, view.casino_id, asked=query.asked, open_only=query.open)
    return page(trips_by_id(view.cursor, view.casino_id, ids.ids), ids)


def _trip(view: View, at: Any, query: Any) -> Any:
    return found(trips_by_id(view.cursor, view.casino_id, [at]))[0]


def _the_trip(cursor: Any, done: Done) -> Any:
    """The trip as it now is, with what its end has raised."""
    sheets = trips_by_id(cursor, done.scene.casino_id, [done.decision.subject_id])
    raised = [
        {"id": str(each.id), "kind": each.kind, "table_id": plain(each.table_id)}
        for each in done.findings
        if each.status == "OPEN"
    ]
    return {**plain(found(sheets)[0]), "exceptions_raised": raised}


TRIPS: tuple[Read | Write, ...] = (
    Read(
        path="/drop-trips",
        tag="drops",
        summary="Drop trips, oldest first",
        query=asking.Trips,
        answer=_trips,
    ),
    Read(path="/drop-trips/{id}", tag="drops", summary="A drop trip", answer=_trip),
    Write(
        path="/drop-trips",
        tag="drops",
        summary="Start a drop trip with the boxes due",
        command=START_TRIP,
        shape=StartTripIn,
        render=_the_trip,
        refuses=(R.BOX_NOT_MOUNTED, R.REFERENCE_UNKNOWN),
    ),
    Write(
        path="/drop-trips/{id}/end",
        tag="drops",
        summary="End a drop trip: what was due and is not taken was left out",
        command=END_TRIP,
        shape=EndTripIn,
        render=_the_trip,
        refuses=(R.TRIP_ENDED,),
    ),
)
