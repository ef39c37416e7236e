"""Signing in and out at a browser."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tablebank.commands import signing_in
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import HTTP_STATUS, Refused
from tablebank.queries.doors import reading
from tablebank.web.credentials import device_of, forget, remember, remember_device
from tablebank.web.explained import explained
from tablebank.web.heard import heard
from tablebank.web.menu import begins_at
from tablebank.web.pages.display import is_ours
from tablebank.web.pages.entrance import displayed, signed_in


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Casino, badge, password; the same words whatever of them was wrong (SIGN-4)."""
    device = device_of(request)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    context: dict[str, Any] = {"next": wanted, **displayed(request)}
    status = 200
    if request.method == "POST":
        slug = _typed(request, "casino").lower()
        badge = _typed(request, "badge")
        try:
            credential = signing_in.sign_in(
                slug=slug,
                badge=badge,
                password=request.POST.get("password", ""),
                device=device,
                clock=timezone.now,
            )
        except Refused as no:
            status = HTTP_STATUS[no.refusal.kind]
            context |= {
                "slug": slug,
                "badge": badge,
                "refusal": heard(no.detail),
                "details": explained(no),
            }
        else:
            remember(request, credential)
            onward = wanted if is_ours(request, wanted) else _work_of(credential)
            response: HttpResponse = HttpResponseRedirect(onward)
            remember_device(response, device)
            return response
    response = render(request, "tablebank/sign_in.html", context, status=status)
    remember_device(response, device)
    return response


def _typed(request: HttpRequest, name: str) -> str:
    """What was typed into a field; a NUL is no character of it, and no row could hold it."""
    return request.POST.get(name, "").replace("\x00", "").strip()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave this browser to the next person."""
    forget(request)
    return HttpResponseRedirect(reverse("sign-in"))


@signed_in
@never_cache
@require_safe
def home(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """To the page of one's own work."""
    return HttpResponseRedirect(_work_of(credential))


def _work_of(credential: SessionCredential) -> str:
    """Where a person's work is: the window, the boxes, or the floor."""
    with reading(credential, at=timezone.now()) as view:
        return reverse(begins_at(view.caller.roles))
