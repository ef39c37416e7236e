"""Every address the program answers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from tablebank.store import database


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. It asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: the database answers, is migrated, and binds the role that speaks to it."""
    try:
        found = {"database": True, "migrations": database.is_migrated()}
        found["role"] = database.standing().safe
    except Exception:  # whatever it is, it is not ready
        found = {"database": False, "migrations": False, "role": False}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("", include("tablebank.api.urls")),
    path("", include("tablebank.web.urls")),
]
handler404 = "tablebank.web.pages.entrance.not_found"
handler500 = "tablebank.web.pages.entrance.went_wrong"
