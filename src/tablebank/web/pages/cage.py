"""The cage window: requests to issue, credits to count in, and what is late, on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.domain.credentials import SessionCredential
from tablebank.queries.cage_window import CageWindow, WindowSlip, cage_window, slip_at_window
from tablebank.queries.doors import View, reading
from tablebank.web.actions.kind import Place
from tablebank.web.form import ShownForm
from tablebank.web.menu import AT_THE_CAGE
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.pages.over_list import Addressed, OverList, act_over
from tablebank.web.words import Words

SLUGS = ("issue", "verify-credit", "void-slip")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What the window can do about a slip."""

    slug: str
    verb: Words
    is_first: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One slip at the window, and what can be done about it there."""

    slip: WindowSlip
    steps: Sequence[Step]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One list of the window: its slips, what is to be done there, and what it says when empty."""

    name: str
    title: str
    slips: Sequence[WindowSlip]
    empty: str
    is_late: bool = False

    @property
    def rows(self) -> Sequence[Row]:
        steps = [_STEPS.get((slip.kind, slip.status), ()) for slip in self.slips]
        return [Row(slip=slip, steps=each) for slip, each in zip(self.slips, steps, strict=True)]

    @property
    def total_cents(self) -> int:
        return sum(slip.total_cents for slip in self.slips)


_STEPS = {
    ("FILL", "REQUESTED"): (Step(slug="issue", verb=gettext_lazy("Issue fill")),),
    ("CREDIT", "PICKED_UP"): (
        Step(slug="verify-credit", verb=gettext_lazy("Verify credit")),
        Step(slug="void-slip", verb=gettext_lazy("Void slip"), is_first=False),
    ),
    ("FILL", "ISSUED"): (Step(slug="void-slip", verb=gettext_lazy("Void slip"), is_first=False),),
}
"""By kind and status; what only the table can do is not offered here."""


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The window; with the slip that was just made out or counted in shown large."""
    with reading(credential, at=timezone.now()) as view:
        _only_the_cage(view)
        done = _done(view, request.GET.get("slip", ""))
        return _shown(request, view, "tablebank/cage.html", done=done)


@signed_in
@never_cache
@require_safe
def window(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The lists alone: what the page asks for again every few seconds."""
    with reading(credential, at=timezone.now()) as view:
        _only_the_cage(view)
        return _shown(request, view, "tablebank/parts/cage_window.html")


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def act(
    request: HttpRequest,
    credential: SessionCredential,
    slug: str,
    session_id: UUID,
    target_id: UUID,
) -> HttpResponse:
    """The form of one step, over the window."""
    asked = Addressed(slug=slug, session_id=session_id, target_id=target_id)
    return act_over(request, credential, _OVER, asked)


def _only_the_cage(view: View) -> None:
    view.only_for(AT_THE_CAGE)


def _done(view: View, slip_id: str) -> WindowSlip | None:
    try:
        return slip_at_window(view.cursor, view.casino_id, UUID(slip_id)) if slip_id else None
    except ValueError:
        return None


def _after(place: Place) -> str:
    return f"{reverse('cage')}?{urlencode({'slip': str(place.the_slip().id)})}"


def _with_form(request: HttpRequest, view: View, form: ShownForm, status: int) -> HttpResponse:
    return _shown(request, view, "tablebank/cage.html", form=form, status=status)


_OVER = OverList(slugs=SLUGS, enter=_only_the_cage, show=_with_form, after=_after)


def _shown(
    request: HttpRequest,
    view: View,
    template: str,
    *,
    form: ShownForm | None = None,
    done: WindowSlip | None = None,
    status: int = 200,
) -> HttpResponse:
    found = cage_window(view.cursor, view.house, now=view.now)
    context: dict[str, Any] = {
        "sections": _sections(found),
        "recaps": found.recaps,
        "limit": view.house.settings.transit_limit_minutes,
        "done": done,
        "form": form,
        "view": form.place.view if form else None,
        "session": form.place.view.session if form else None,
        "back": reverse("cage"),
    }
    return shown(request, view, template, context, status=status)


def _sections(found: CageWindow) -> list[Section]:
    """Late ones on top; then what the window has to do, then what it waits for."""
    late = Section(name="late", title=_("Late"), slips=found.late, empty="", is_late=True)
    return [
        *([late] if found.late else []),
        Section(
            name="requests",
            title=_("Requests to issue"),
            slips=found.to_issue,
            empty=_("No fill is asked for."),
        ),
        Section(
            name="credits",
            title=_("Credits on the way"),
            slips=found.credits_moving,
            empty=_("No credit is on the way."),
        ),
        Section(
            name="fills",
            title=_("Fills on the way"),
            slips=found.fills_moving,
            empty=_("No fill is on the way."),
        ),
        Section(
            name="asked",
            title=_("Credits asked for, still at the table"),
            slips=found.credits_asked,
            empty=_("No credit is asked for."),
        ),
    ]
