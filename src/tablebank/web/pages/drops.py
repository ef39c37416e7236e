"""Drop and count: which box is due, who has it now, what comes next, and what was counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.boxes_due import MountedBox
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.drop_schedule import DropWindow, Standing
from tablebank.domain.terms import CustodyStep, Role
from tablebank.queries.doors import View, reading
from tablebank.queries.drop_list import RemovedBox, drop_list
from tablebank.queries.drop_trips import trips_of_day
from tablebank.web import words
from tablebank.web.actions.kind import Place
from tablebank.web.figures import age
from tablebank.web.form import ShownForm
from tablebank.web.menu import ABOUT_DROPS
from tablebank.web.pages.drop_trips import may_go
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.pages.over_list import Addressed, OverList, act_over

SLUGS = ("remove-box", "schedule-drop", "hand-over-box", "count-box")
_STEPS_OF = {
    "remove-box": ("remove_box", "remove_box_emergency"),
    "schedule-drop": ("schedule_drop",),
    "hand-over-box": ("record_custody",),
    "count-box": ("post_count",),
}
_PLAYED = frozenset({"OPEN", "CLOSING", "CLOSED", "RECONCILED", "FINALIZED"})
_PLANNED = frozenset({"OPEN", "CLOSING", "CLOSED"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Mounted:
    """A box on a table as its row shows it."""

    box: MountedBox
    starts_at: datetime | None
    ends_at: datetime | None
    is_ahead: bool
    """Whether its window is still to open: it can be taken, but nobody is asked to."""
    is_overdue: bool
    timing: str
    """How long until it is due, or since when it is late; empty without a window."""
    by: str
    """Whose window it is, where it is not its session's own."""
    may_remove: bool
    may_schedule: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A removed box as its row shows it: where it is, and what comes next."""

    box: RemovedBox
    where: str
    comes_next: str
    next_slug: str
    """The form that comes next; empty where it is somebody else's."""
    may_count: bool


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Every box of the casino, by where it is."""
    with reading(credential, at=timezone.now()) as view:
        _enter(view)
        return _shown(request, view, "tablebank/drops.html")


@signed_in
@never_cache
@require_safe
def part(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The lists alone: what the page asks for again every few seconds."""
    with reading(credential, at=timezone.now()) as view:
        _enter(view)
        return _shown(request, view, "tablebank/parts/drop_list.html")


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def act(
    request: HttpRequest,
    credential: SessionCredential,
    slug: str,
    session_id: UUID,
    target_id: UUID | None = None,
) -> HttpResponse:
    """The form of one step, over the lists."""
    asked = Addressed(slug=slug, session_id=session_id, target_id=target_id)
    return act_over(request, credential, _OVER, asked)


def _enter(view: View) -> None:
    view.only_for(ABOUT_DROPS)


def _with_form(request: HttpRequest, view: View, form: ShownForm, status: int) -> HttpResponse:
    return _shown(request, view, "tablebank/drops.html", form=form, status=status)


def _after(place: Place) -> str:
    """Back to the list; from a box of a trip to the trip."""
    trip = place.view.trip
    return reverse("drops-trip", args=[trip.id]) if trip else reverse("drops")


_OVER = OverList(slugs=SLUGS, enter=_enter, show=_with_form, after=_after)


def _may(roles: Collection[Role]) -> frozenset[str]:
    able = acts_as(roles)
    return frozenset(
        slug
        for slug, steps in _STEPS_OF.items()
        if any(able & set(STEPS[step].callers) for step in steps)
    )


def _shown(
    request: HttpRequest,
    view: View,
    template: str,
    *,
    form: ShownForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = drop_list(view.cursor, view.house, now=view.now)
    may = _may(view.caller.roles)
    asked = view.house.settings.custody_steps
    context: dict[str, Any] = {
        "trips": trips_of_day(view.cursor, view.casino_id, since=view.today),
        "may_go": may_go(view.caller.roles),
        "due": [_mounted(each, may, view) for each in found.due],
        "on_tables": [_mounted(each, may, view) for each in found.on_tables],
        "taken": [_taken(each, may, asked) for each in found.taken],
        "counted": found.counted,
        "free": found.free,
        "shows_count_sheets": view.sees_manifests,
        "form": form,
        "view": form.place.view if form else None,
        "session": form.place.view.session if form else None,
        "back": reverse("drops"),
    }
    return shown(request, view, template, context, status=status)


def _mounted(box: MountedBox, may: Collection[str], view: View) -> Mounted:
    window = box.window
    standing = window.standing(view.now) if window else None
    return Mounted(
        box=box,
        starts_at=window.starts_at if window else None,
        ends_at=window.ends_at if window else None,
        is_ahead=standing == Standing.AHEAD and not box.is_over,
        is_overdue=standing == Standing.LATE,
        timing=_timing(window, view.now) if window else "",
        by=_("drop schedule") if box.scheduled else "",
        may_remove="remove-box" in may and box.phase in _PLAYED,
        may_schedule=("schedule-drop" in may and box.phase in _PLANNED and box.window_end is None),
    )


def _timing(window: DropWindow, now: datetime) -> str:
    """How a box stands to its window, as the crew says it."""
    standing = window.standing(now)
    if standing == Standing.AHEAD:
        return _("in %(time)s") % {"time": _left(now, window.starts_at)}
    if standing == Standing.DUE:
        return _("due now, %(time)s left") % {"time": _left(now, window.ends_at)}
    if standing == Standing.GRACE:
        return _("window over, late in %(time)s") % {"time": _left(now, window.late_at)}
    return _("overdue %(time)s") % {"time": age(window.ends_at, now=now)}


def _left(now: datetime, until: datetime) -> str:
    """How long is left; what is less than a minute is one."""
    return age(now, now=max(until, now + timedelta(minutes=1)))


def _taken(box: RemovedBox, may: Collection[str], asked: Sequence[CustodyStep]) -> Taken:
    left = box.steps_left(asked)
    slug = "hand-over-box" if left else "count-box"
    where = box.steps[-1] if box.steps else CustodyStep.REMOVED
    return Taken(
        box=box,
        where=words.said(words.CUSTODY, where),
        comes_next=words.said(words.CUSTODY, left[0] if left else CustodyStep.OPENED),
        next_slug=slug if slug in may else "",
        may_count=bool(left) and "count-box" in may,
    )
