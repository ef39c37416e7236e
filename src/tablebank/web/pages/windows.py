"""The shift page: what each table won or lost in any shift, live or past, and on what it rests."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY, Shift
from tablebank.domain.windows.asked import Baselines, CloseOn, Window
from tablebank.domain.windows.totals import totals_of
from tablebank.queries.doors import View, reading
from tablebank.queries.trends import Trend, trend
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.trend_view import HoursView, courses_of, hours_view, picture_of
from tablebank.web.window_view import pits_of, told
from tablebank.web.written import write_as

BASELINES = (
    (Baselines.ALL, gettext_lazy("All baselines")),
    (Baselines.EXCLUDE_BOOTSTRAPPED, gettext_lazy("Exclude bootstrapped baselines")),
    (Baselines.COUNTED, gettext_lazy("Show only counted baselines")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """Which shift is looked at, and how."""

    shift: Shift
    baselines: Baselines
    close_on: CloseOn
    is_running: bool

    @property
    def window(self) -> Window:
        return Window(
            start=self.shift.starts_at,
            end=self.shift.ends_at,
            shift_id=self.shift.id,
            baselines=self.baselines,
            close_on=self.close_on,
        )

    def query(self, shift_id: UUID | None) -> str:
        """The same look at another shift; None for whichever runs, which moves with the clock."""
        said = {"baseline": str(self.baselines), "close_on": str(self.close_on)}
        return urlencode({**({"shift_id": str(shift_id)} if shift_id else {}), **said})


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """A shift's tables by pit; without one named the shift that runs."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        return _shown(request, view, "tablebank/windows.html")


@signed_in
@never_cache
@require_safe
def part(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The tables alone: what the page asks for again when something happened."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        return _shown(request, view, "tablebank/parts/windows.html")


@signed_in
@never_cache
@require_safe
def hours(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """One pit's tables by the hour, or the house's pits where none is named."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        chosen, pit = _chosen(request, view), request.GET.get("pit") or None
        found = _trend(view, chosen, pit=pit)
        context = {
            "chosen": chosen,
            "pit": pit,
            "asked": chosen.query(None if chosen.is_running else chosen.shift.id),
            "hours": _hours(view, chosen, found, pit=pit),
        }
        return shown(request, view, "tablebank/hours.html", context)


@signed_in
@never_cache
@require_safe
def picture(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The same by the hour as a picture: SVG, in the ink and the width that are asked for."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        chosen, pit = _chosen(request, view), request.GET.get("pit") or None
        found = _trend(view, chosen, pit=pit)
    casino = view.house.casino
    with timezone.override(ZoneInfo(casino.timezone)), write_as(view.house):
        drawn = picture_of(
            courses_of(found, name=casino.name, pit=pit),
            ink=request.GET.get("ink", ""),
            width=request.GET.get("width", ""),
            currency=casino.currency,
        )
    return HttpResponse(drawn, content_type="image/svg+xml")


def _trend(view: View, chosen: Chosen, *, pit: str | None) -> Trend:
    return trend(view.cursor, view.house, chosen.window, now=view.now, blind=view.blind, pit=pit)


def _hours(view: View, chosen: Chosen, found: Trend, *, pit: str | None) -> HoursView:
    return hours_view(
        courses_of(found, name=view.house.casino.name, pit=pit),
        pit=pit,
        asked=chosen.query(None if chosen.is_running else chosen.shift.id),
        head=view.head,
    )


def _shown(request: HttpRequest, view: View, template: str) -> HttpResponse:
    chosen = _chosen(request, view)
    found = _trend(view, chosen, pit=None)
    rows = found.rows
    totals = totals_of(row.answer for row in rows)
    context: dict[str, Any] = {
        "chosen": chosen,
        "pits": pits_of(rows),
        "totals": totals,
        "told": told(totals),
        "hours": _hours(view, chosen, found, pit=None),
        "baselines": BASELINES,
        "shifts": view.house.calendar.shifts_of(chosen.shift.gaming_day),
        "asked": chosen.query(None if chosen.is_running else chosen.shift.id),
        "before": _neighbour(chosen, view, back=True),
        "after": None if chosen.is_running else _neighbour(chosen, view, back=False),
    }
    return shown(request, view, template, context)


def _chosen(request: HttpRequest, view: View) -> Chosen:
    """What was asked for; what makes no sense asks for the running shift."""
    calendar, running = view.house.calendar, view.house.calendar.shift_at(view.now)
    shift = None
    day, code = request.GET.get("gaming_day", ""), request.GET.get("code", "")
    try:
        if named := request.GET.get("shift_id", ""):
            shift = calendar.shift_by_id(UUID(named))
        elif day and FIRST_DAY <= date.fromisoformat(day) <= LAST_DAY:
            on = date.fromisoformat(day)
            shift = calendar.shift(on, code) or calendar.shifts_of(on)[0]
    except ValueError:
        shift = None
    shift = shift or running
    baseline, close_on = request.GET.get("baseline", ""), request.GET.get("close_on", "")
    return Chosen(
        shift=shift,
        baselines=Baselines(baseline) if baseline in list(Baselines) else Baselines.ALL,
        close_on=CloseOn(close_on) if close_on in list(CloseOn) else CloseOn.COUNT,
        is_running=shift.id == running.id,
    )


def _neighbour(chosen: Chosen, view: View, *, back: bool) -> dict[str, Any] | None:
    """The shift before or after the one looked at; none beyond the days there are."""
    calendar = view.house.calendar
    at = chosen.shift.starts_at - timedelta(seconds=1) if back else chosen.shift.ends_at
    if not FIRST_DAY < chosen.shift.gaming_day < LAST_DAY:
        return None
    shift = calendar.shift_at(at)
    return {"shift": shift, "query": chosen.query(shift.id)}
