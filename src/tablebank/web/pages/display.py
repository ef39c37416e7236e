"""Choosing how this device shows the pages: light, density, language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tablebank.web.display import A_YEAR_S, chosen, display_of, remember_display


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember what was chosen on this device, and go back to where one was.

    Nothing of a casino changes by it, so it is no command and needs no key.
    """
    wanted = request.POST.get("next", "")
    response = HttpResponseRedirect(wanted if is_ours(request, wanted) else reverse("home"))
    remember_display(response, chosen(display_of(request), request.POST.dict()))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR_S, samesite="Lax"
        )
    return response


def is_ours(request: HttpRequest, wanted: str) -> bool:
    """Whether an address is one of our own pages: nobody is led to another host."""
    return bool(wanted) and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
