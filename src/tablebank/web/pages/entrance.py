"""What every page begins and ends with: who is asking, what every page says, how a no looks."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from tablebank.domain.credentials import SessionCredential
from tablebank.domain.par import mode_in_force
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.domain.terms import BankMode
from tablebank.queries.doors import View, reading
from tablebank.web.credentials import credential_of, forget
from tablebank.web.display import DENSITIES, THEMES, display_of
from tablebank.web.heard import heard
from tablebank.web.menu import menu_for
from tablebank.web.written import current, write_as

P = ParamSpec("P")

TITLE: Mapping[int, str | Promise] = {
    400: gettext_lazy("That could not be read"),
    403: gettext_lazy("Not yours to do"),
    404: gettext_lazy("Nothing here"),
    409: gettext_lazy("Not now"),
    500: gettext_lazy("Something went wrong"),
    503: gettext_lazy("Busy"),
}
SAID = "said"
"""Where the message for the next page waits in the session."""

Page = Callable[Concatenate[HttpRequest, SessionCredential, P], HttpResponse]


def signed_in(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for people who are signed in; others are led to the door and back again."""

    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        credential = credential_of(request)
        if credential is None:
            return _to_the_door(request)
        try:
            _readable(request)
            return page(request, credential, *args, **kwargs)
        except Refused as no:
            if no.refusal is Refusal.NOT_SIGNED_IN:
                forget(request)
                return _to_the_door(request)
            return plain_page(request, HTTP_STATUS[no.refusal.kind], heard(no.detail))

    return opened


def _readable(request: HttpRequest) -> None:
    """No page of ours is asked with a NUL, nor makes a key with one; no row could hold it."""
    asked = [*request.GET.values(), request.POST.get("key", "")]
    if any("\x00" in str(each) for each in asked):
        raise Refused(Refusal.NOT_FOUND)


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """To sign in, and then back to the page one was on: the one that a part or a form is on."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    asked = htmx.current_url_abs_path or request.get_full_path()
    door = f"{reverse('sign-in')}?{urlencode({'next': asked})}"
    return HttpResponseClientRedirect(door) if htmx else HttpResponseRedirect(door)


def shown(
    request: HttpRequest,
    view: View,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page in the casino's own time, with what every page says: who, where, when, and DEMO."""
    casino, display = view.house.casino, display_of(request)
    shift = view.house.calendar.shift_at(view.now)
    whole = {
        "casino": casino,
        "caller": view.caller.staff,
        "currency": casino.currency,
        "now": view.now,
        "head": view.head,
        "shift": shift,
        "menu": menu_for(view.caller.roles, is_set_up=is_set_up(view)),
        "page_name": _page_name(request),
        "refreshed": _is_refresh(request),
        "said": _said(request),
        **displayed(request, theme=display.theme_at(view.now, zone=casino.timezone)),
        **context,
    }
    with timezone.override(ZoneInfo(casino.timezone)), write_as(view.house):
        return render(request, template, {"writing": current(), **whole}, status=status)


def is_set_up(view: View) -> bool:
    """Whether nobody needs to be led to the set-up: a mode is chosen, and tables were opened."""
    return view.has_begun and mode_in_force(view.house.modes, day=view.today) != BankMode.UNKNOWN


def displayed(request: HttpRequest, *, theme: str = "") -> dict[str, Any]:
    """What every page says of how this device shows it, and what else can be chosen."""
    return {
        "display": display_of(request),
        "theme": theme,
        "themes_to_choose": THEMES,
        "densities_to_choose": DENSITIES,
        "languages": settings.LANGUAGES,
        "here": request.get_full_path() if request.method == "GET" else reverse("home"),
    }


def _page_name(request: HttpRequest) -> str:
    """The page's own name; a form that stands over a list is on the page of that list."""
    found = request.resolver_match
    return (found.url_name or "").partition("-")[0] if found else ""


def say_next(request: HttpRequest, message: str, *, details: list[str], needs: bool) -> None:
    """Leave a message for the next page; `needs` where somebody has something left to do."""
    request.session[SAID] = {"message": message, "details": details, "needs": needs}


def _is_refresh(request: HttpRequest) -> bool:
    """Whether a part of a page asks for itself again."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted


def _said(request: HttpRequest) -> Any:
    """The message left for this page; parts that refresh themselves do not use it up."""
    return None if _is_refresh(request) else request.session.pop(SAID, None)


def plain_page(request: HttpRequest, status: int, words: str) -> HttpResponse:
    """A page that says one thing, and the way back; inside a casino it says whose page it is."""
    context = {"title": TITLE.get(status, _("Not possible")), "words": words}
    credential = credential_of(request)
    if credential is not None:
        try:
            with reading(credential, at=timezone.now()) as view:
                return shown(request, view, "tablebank/refused.html", context, status=status)
        except Refused:
            forget(request)
    whole = {**displayed(request), **context}
    return render(request, "tablebank/refused.html", whole, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address nobody has."""
    return plain_page(request, 404, _("There is no such page."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that is too old."""
    words = _("This form is no longer valid here. Open the page again; nothing was changed.")
    return plain_page(request, 403, words)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Something we did not foresee; what was being done was not done."""
    words = _("Nothing was changed. Try again, or tell whoever runs this.")
    context = {"title": TITLE[500], "words": words}
    return render(request, "tablebank/refused.html", context, status=500)
