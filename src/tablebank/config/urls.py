"""Every address the program answers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from tablebank.api.documents import print_with
from tablebank.api.reports import export_with
from tablebank.relay.hub import Hub
from tablebank.relay.streaming import HUB, SCOPE
from tablebank.store import database
from tablebank.web.printing import printed
from tablebank.web.report_files import exported


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. It asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: the database answers, is migrated, and binds the role that speaks to it; and where
    streams are served, what happens in it is heard of (JRN-4).
    """
    try:
        found = {"database": True, "migrations": database.is_migrated()}
        found["role"] = database.standing().safe
    except Exception:  # whatever it is, it is not ready
        found = {"database": False, "migrations": False, "role": False}
    hub: Hub | None = getattr(request, "environ", {}).get(SCOPE, {}).get(HUB)
    found["relay"] = hub is None or hub.hears.is_set()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


print_with(printed)
export_with(exported)
urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("", include("tablebank.api.urls")),
    path("", include("tablebank.web.urls")),
]
handler404 = "tablebank.web.pages.entrance.not_found"
handler500 = "tablebank.web.pages.entrance.went_wrong"
