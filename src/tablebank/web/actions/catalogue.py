"""Every action of the session page, and which of them come first where a session now stands."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from tablebank.domain.terms import Phase
from tablebank.web.actions import (
    boxes,
    buy_ins,
    counts,
    papers,
    remarks,
    results,
    sessions,
    slips,
)
from tablebank.web.actions.kind import Action, Place
from tablebank.web.session_view import SessionView

ACTIONS: Mapping[str, Action] = {
    action.slug: action
    for room in (slips, counts, sessions, boxes, results, buy_ins, remarks, papers)
    for action in room.ACTIONS
}
"""By the word that stands in its address."""

_FIRST: Mapping[Phase, tuple[str, ...]] = {
    Phase.READY_TO_OPEN: ("mount-box", "open"),
    Phase.OPENING: ("opening-count",),
    Phase.OPEN: ("request-fill", "begin-closing"),
    Phase.CLOSING: ("closing-count", "close"),
    Phase.CLOSED: ("remove-box", "amend", "reconcile", "review"),
    Phase.RECONCILED: ("finalize",),
    Phase.FINALIZED: ("amend",),
}
"""What comes next in each phase; what waits on the road goes before it."""

ENDING = timedelta(minutes=30)
"""How long before its shift ends a session is expected to be closed or rolled over."""

_URGENT = ("verify-fill", "verify-credit", "issue", "pick-up")


def places_of(view: SessionView) -> Iterator[Place]:
    """The session, and each thing on its page that something can be done to."""
    yield Place(view=view)
    for slip in view.slips:
        yield Place(view=view, slip=slip)
    for drop in view.drops:
        yield Place(view=view, drop=drop)
    for exception in view.exceptions or ():
        yield Place(view=view, exception=exception)
    for buy_in in view.buy_ins:
        yield Place(view=view, buy_in=buy_in)


def about(place: Place) -> str:
    """What a place is about, as actions name it."""
    if place.slip is not None:
        return "slip"
    if place.drop is not None:
        return "drop"
    if place.buy_in is not None:
        return "buy-in"
    return "exception" if place.exception is not None else "session"


def offered_at(place: Place) -> tuple[Action, ...]:
    """What can be done here now by somebody with the caller's roles."""
    return tuple(each for each in possible_at(place) if each.may_call(place))


def possible_at(place: Place) -> tuple[Action, ...]:
    """What can be done here now, by whomever."""
    here = about(place)
    return tuple(each for each in ACTIONS.values() if each.about == here and each.offered(place))


def next_step(view: SessionView) -> tuple[Action, Place] | None:
    """The one thing that comes next, whoever does it (04-screens: one primary action)."""
    whole = Place(view=view)
    on_the_road = [
        (action, place)
        for slug in _URGENT
        for place in places_of(view)
        if place.slip is not None
        for action in possible_at(place)
        if action.slug == slug
    ]
    if view.record.phase in (Phase.OPEN, Phase.CLOSING) and on_the_road:
        return on_the_road[0]
    waiting = _after_the_close(view) if view.record.phase == Phase.CLOSED else None
    if waiting is not None:
        return waiting
    here = {each.slug: each for each in possible_at(whole)}
    first = ("begin-closing",) if _is_late(view) else _FIRST.get(view.record.phase, ())
    found = next((here[slug] for slug in first if slug in here), None)
    return (found, whole) if found else None


def _is_late(view: SessionView) -> bool:
    """Whether a table in play nears the end of its shift, or is past it: then it is to be closed.

    Before that what comes next is a fill, and closing is no button to touch by mistake.
    """
    shift = view.house.calendar.shift_by_id(view.record.shift_id)
    ends = shift.ends_at if shift else view.now
    return view.record.phase == Phase.OPEN and view.now >= ends - ENDING


def _after_the_close(view: SessionView) -> tuple[Action, Place] | None:
    """A removed box still to be handed over or counted, then an exception that stops the result;
    then the remark that a result beyond the table's limit asks for (RUN-10).
    """
    for place in places_of(view):
        if place.drop is not None:
            steps = {each.slug: each for each in possible_at(place)}
            arrived = any(link.step == "ARRIVED" for link in place.drop.custody)
            slug = "count-box" if arrived else "hand-over-box"
            if slug in steps:
                return steps[slug], place
    for place in places_of(view):
        exception = place.exception
        if exception and exception.status == "OPEN" and exception.stops == "result":
            return ACTIONS["resolve"], place
    return (ACTIONS["remark"], Place(view=view)) if view.asks_for_remark else None
