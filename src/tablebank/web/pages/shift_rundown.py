"""The shift rundown page: the official sum of a shift's sessions, and what is kept of it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.credentials import SessionCredential
from tablebank.queries.doors import View, reading
from tablebank.queries.rundowns import shift_summary
from tablebank.queries.shifts_kept import kept_rundowns, standing
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.shift_choice import shift_chosen
from tablebank.web.shift_rundown_view import shift_rundown_view


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """A shift's sessions by pit with the sum; without one named the shift that runs."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        return _shown(request, view, "tablebank/shift_rundown.html")


@signed_in
@never_cache
@require_safe
def part(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The same alone: what the page asks for again when something happened."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        return _shown(request, view, "tablebank/parts/shift_rundown.html")


def _shown(request: HttpRequest, view: View, template: str) -> HttpResponse:
    choice = shift_chosen(request.GET.dict(), view)
    summary = shift_summary(view.cursor, view.casino_id, choice.shift, blind=view.blind)
    kept = kept_rundowns(view.cursor, view.casino_id, choice.shift.id)
    context = {
        "choice": choice,
        "rundown": shift_rundown_view(summary),
        "kept": kept,
        "stands": standing(kept),
    }
    return shown(request, view, template, context)
