"""Every address of `/api/v1`, its OpenAPI document, and what is answered where there is none."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from pydantic.json_schema import models_json_schema

from tablebank import __version__
from tablebank.api import (
    controls,
    count_files,
    count_room,
    drop_trips,
    exceptions,
    floor,
    gaming_days,
    house,
    par,
    par_sheets,
    profiles,
    remarks,
    shifts,
    windows,
)
from tablebank.api.documents import register_documents
from tablebank.api.door import problem, refused
from tablebank.api.endpoint import Read, Write, register
from tablebank.api.feed import register_feed
from tablebank.api.reports import REPORT_LIST, register_reports
from tablebank.domain.refusals import Refusal, Refused

logger = structlog.get_logger(__name__)

ENDPOINTS: tuple[Read | Write, ...] = (
    *house.ENDPOINTS,
    *profiles.PROFILES,
    *par.PAR,
    *par_sheets.SHEETS,
    *floor.SESSIONS,
    *floor.SLIPS,
    *floor.DROPS,
    *count_room.COUNT_SESSIONS,
    *count_files.COUNT_FILES,
    *exceptions.EXCEPTIONS,
    *drop_trips.TRIPS,
    *floor.RECORD,
    *shifts.SHIFTS,
    *remarks.REMARKS,
    *windows.WINDOWS,
    *REPORT_LIST,
    *gaming_days.GAMING_DAYS,
    *controls.CONTROLS,
)

PROBLEM = {
    "type": "object",
    "description": "A refusal (RFC 9457): nothing was changed.",
    "required": ["type", "title", "status", "detail", "code", "facts"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "enum": [each.name for each in Refusal]},
        "facts": {"type": "object"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}


class TablebankAPI(NinjaAPI):
    """The router, with the bodies of our endpoints in its OpenAPI document."""

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**how)
        shapes = {each.shape for each in ENDPOINTS if isinstance(each, Write)}
        _, described = models_json_schema(
            [(shape, "validation") for shape in sorted(shapes, key=lambda each: each.__name__)],
            ref_template="#/components/schemas/{model}",
        )
        components = document.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        schemas.update(described.get("$defs", {}))
        schemas["Problem"] = PROBLEM
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"] = _ours(operation["responses"])
        return document


def _ours(responses: Mapping[int | str, Any]) -> dict[str, Any]:
    """The responses our lines name, by text; the framework adds an empty 200 of its own."""
    return {status: said for status, said in responses.items() if isinstance(status, str)}


api = TablebankAPI(
    title="Tablebank",
    version=__version__,
    description="The system of record for the chip banks of casino table games.",
    urls_namespace="api",
)
_router = Router()
register(_router, ENDPOINTS)
register_feed(_router)
register_documents(_router)
register_reports(_router)
par_sheets.register_template(_router)
api.add_router("", _router)


@api.exception_handler(Refused)
def answer_refusal(request: HttpRequest, no: Refused) -> HttpResponse:
    """Every refusal, wherever it was raised, as problem+json."""
    return refused(request, no)


@api.exception_handler(Exception)
def answer_failure(request: HttpRequest, met: Exception) -> HttpResponse:
    """What went wrong on our side is logged, and told without what it was."""
    logger.error("unexpected", path=request.path, method=request.method, exc_info=met)
    return problem(status=500, code="UNEXPECTED", title="Something went wrong here. Try again.")


def problems(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware: under `/api/` a wrong method is told as every other refusal is."""

    def answered(request: HttpRequest) -> Any:
        response = get_response(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        told = problem(status=405, code="METHOD_NOT_ALLOWED", title="Not by this method.")
        told["Allow"] = response.get("Allow", "")
        return told

    return answered


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that does not exist is answered like a thing that does not (TEN-1)."""
    return refused(request, Refused(Refusal.NOT_FOUND))


urlpatterns = [
    path("api/v1/", nothing_here),
    path("api/v1/", api.urls),
    re_path(r"^api/.*$", nothing_here),
]
