"""Who sits at this browser: the signed-in person, and the device their wrong PINs are counted on.

The Django session holds casino and person; the device is a cookie of its own that outlives sign-ins
(SIGN-4). The JSON face reads the same three names.
"""

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from tablebank.domain.credentials import SessionCredential

CASINO = "casino_id"
PERSON = "staff_id"
DEVICE_COOKIE = "tb_device"
_DEVICE_LASTS = 400 * 24 * 60 * 60
"""As long as browsers let a cookie live."""


def credential_of(request: HttpRequest) -> SessionCredential | None:
    """Who is signed in at this browser, or None."""
    casino, person = request.session.get(CASINO), request.session.get(PERSON)
    device = request.COOKIES.get(DEVICE_COOKIE)
    if not casino or not person or not device:
        return None
    return SessionCredential(casino_id=UUID(casino), staff_id=UUID(person), device=device)


def device_of(request: HttpRequest) -> str:
    """The name of this browser: the one it has, or a new one that nobody can guess."""
    return request.COOKIES.get(DEVICE_COOKIE) or secrets.token_urlsafe(24)


def remember_device(response: HttpResponse, device: str) -> None:
    """Leave the device's name with the browser, out of reach of scripts."""
    response.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=_DEVICE_LASTS,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def remember(request: HttpRequest, credential: SessionCredential) -> None:
    """Sign this browser in, under a new session id and a new CSRF token."""
    request.session.flush()
    rotate_token(request)
    request.session[CASINO] = str(credential.casino_id)
    request.session[PERSON] = str(credential.staff_id)


def forget(request: HttpRequest) -> None:
    """Sign this browser out; nothing of the session stays."""
    request.session.flush()
