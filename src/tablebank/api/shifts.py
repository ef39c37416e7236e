"""Shifts over HTTP: the rundown and what is kept of it, the slips (SHIFT)."""

from typing import Any

from tablebank.api.door import found
from tablebank.api.endpoint import Read, Write
from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.queries.doors import View
from tablebank.queries.rundowns import shift_summary
from tablebank.queries.shifts_kept import kept_contents, kept_rundowns, standing
from tablebank.queries.slip_manifest import slip_manifest


def _shift(view: View, at: Any) -> Shift:
    shift: Shift = found(view.house.calendar.shift_by_id(at))
    return shift


def _summary(view: View, at: Any, query: Any) -> Any:
    shift = _shift(view, at)
    sheet = shift_summary(view.cursor, view.casino_id, shift, blind=view.blind)
    kept = kept_rundowns(view.cursor, view.casino_id, shift.id)
    stands = standing(kept)
    return {
        **sheet.as_json(),
        "revision": stands.revision if stands else None,
        "kept_at": stands.kept_at if stands else None,
        "revisions": kept,
    }


def _reports(view: View, at: Any, query: Any) -> Any:
    """What was kept says what trays were counted to: not to who is still to count one (SNAP-4)."""
    shift = _shift(view, at)
    kept = kept_rundowns(view.cursor, view.casino_id, shift.id)
    said = {} if view.blind else kept_contents(view.cursor, view.casino_id, shift.id)
    items = [
        {**plain(each), "content": said.get(each.id), "counts_hidden": view.blind} for each in kept
    ]
    return {"items": items, "next_cursor": None}


def _manifest(view: View, at: Any, query: Any) -> Any:
    shift = _shift(view, at)
    sheet = slip_manifest(view.cursor, view.casino_id, shift.id)
    return {"shift": shift, **sheet.as_json()}


SHIFTS: tuple[Read | Write, ...] = (
    Read(path="/shifts/{id}/summary", tag="shifts", summary="Shift rundown", answer=_summary),
    Read(
        path="/shifts/{id}/reports",
        tag="shifts",
        summary="The shift's rundown as it was kept, every revision",
        answer=_reports,
    ),
    Read(
        path="/shifts/{id}/slip-manifest",
        tag="shifts",
        summary="The shift's fills and credits, and what each kind comes to",
        answer=_manifest,
    ),
)
