"""Shifts over HTTP: the rundown and what is kept of it, the slips, the hand-over (SHIFT)."""

from typing import Any

from tablebank.api.door import found
from tablebank.api.endpoint import R, Read, Write
from tablebank.api.shift_shapes import HandOverIn
from tablebank.commands.hand_overs import HAND_OVER
from tablebank.commands.perform import Done
from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.queries.doors import View
from tablebank.queries.hand_over import stands_open
from tablebank.queries.hand_over_book import hand_over_by_id, hand_overs_of_shift
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
    """Final results are shown to everybody, also where counts are blind (SNAP-4)."""
    shift = _shift(view, at)
    kept = kept_rundowns(view.cursor, view.casino_id, shift.id)
    said = kept_contents(view.cursor, view.casino_id, shift.id)
    items = [{**plain(each), "content": said[each.id]} for each in kept]
    return {"items": items, "next_cursor": None}


def _manifest(view: View, at: Any, query: Any) -> Any:
    shift = _shift(view, at)
    sheet = slip_manifest(view.cursor, view.casino_id, shift.id)
    return {"shift": shift, **sheet.as_json()}


def _hand_overs(view: View, at: Any, query: Any) -> Any:
    """What stands open now, and the shift's hand-overs as they were signed."""
    view.only_for(SEES_EXCEPTIONS)
    shift = _shift(view, at)
    now = stands_open(view.cursor, view.house, shift=shift, now=view.now)
    return {
        "shift": shift,
        **now.as_json(),
        "items": hand_overs_of_shift(view.cursor, view.casino_id, shift.id),
        "next_cursor": None,
    }


def _the_hand_over(cursor: Any, done: Done) -> Any:
    return plain(found(hand_over_by_id(cursor, done.scene.casino_id, done.decision.subject_id)))


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
    Read(
        path="/shifts/{id}/hand-over",
        tag="shifts",
        summary="What stands open of the shift, and its hand-overs",
        answer=_hand_overs,
    ),
    Write(
        path="/shifts/{id}/hand-over",
        tag="shifts",
        summary="Hand the shift over: outgoing and incoming supervisor sign",
        command=HAND_OVER,
        shape=HandOverIn,
        render=_the_hand_over,
        refuses=(R.SHIFT_NOT_RUNNING,),
    ),
)
