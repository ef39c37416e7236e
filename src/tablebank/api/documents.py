"""Forms as PDF over HTTP: the one answer that is made elsewhere.

What stands on a form is said in words, and words are the pages'. Neither face may know the other:
where the parts are put together (`config.urls`), this one is given its printer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import ValidationError

from tablebank.api.asking import Query
from tablebank.api.door import NOWHERE, clock, credential_of, misshapen, path_id
from tablebank.api.endpoint import R, by_status
from tablebank.documents.wanted import Printer, Wanted
from tablebank.domain.documents import Document
from tablebank.domain.settings import Paper

PDF = "application/pdf"
_PRINTERS: list[Printer] = []


def print_with(printer: Printer) -> None:
    """Give this face the printer that makes its forms."""
    _PRINTERS[:] = [printer]


class DocumentQuery(Query):
    """On which sheet, if not on the casino's own."""

    paper: Paper | None = None


def slip(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.SLIP, id)


def opener(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.OPENER, id)


def closer(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.CLOSER, id)


def rundown(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.RUNDOWN, id)


def variance(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.VARIANCE, id)


def count(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.COUNT, id)


def count_session(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.COUNT_SESSION, id)


def shift_rundown(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.SHIFT_RUNDOWN, id)


def hand_over(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
    return _printed(request, Document.HAND_OVER, id)


def _printed(request: HttpRequest, document: Document, record_id: str) -> HttpResponse:
    """The form in the casino's language, counted like any other print (FIL-07)."""
    credential = credential_of(request)
    try:
        query = DocumentQuery.model_validate(request.GET.dict())
    except ValidationError as wrong:
        raise misshapen(wrong) from wrong
    wanted = Wanted(
        document=document,
        record_id=path_id(record_id) or NOWHERE,
        site=request.build_absolute_uri("/").rstrip("/"),
        paper=query.paper,
    )
    made = _PRINTERS[0](credential, wanted, clock=clock)
    return HttpResponse(made, content_type=PDF)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """A form: its address, who answers it, its words, and whether it is for some roles only."""

    path: str
    view: Callable[..., HttpResponse]
    summary: str
    by_role: bool = False


_SESSION = "/sessions/{id}/documents"
_FORMS = (
    _Form(
        path="/slips/{id}/document.pdf",
        view=slip,
        summary="A slip, or the request for one, to print",
    ),
    _Form(path=f"{_SESSION}/opener.pdf", view=opener, summary="The opener of a session, to print"),
    _Form(path=f"{_SESSION}/closer.pdf", view=closer, summary="The closer of a session, to print"),
    _Form(
        path=f"{_SESSION}/rundown.pdf",
        view=rundown,
        summary="The rundown report of a session, to print",
    ),
    _Form(
        path=f"{_SESSION}/variance.pdf",
        view=variance,
        summary="The variance slip of an opener that is not what the closer left, to print",
        by_role=True,
    ),
    _Form(
        path="/drops/{id}/count.pdf",
        view=count,
        summary="The soft count sheet of a box, to print",
        by_role=True,
    ),
    _Form(
        path="/count-sessions/{id}/document.pdf",
        view=count_session,
        summary="A posted count session, all its boxes, to print",
        by_role=True,
    ),
    _Form(
        path="/shifts/{id}/documents/rundown.pdf",
        view=shift_rundown,
        summary="The rundown summary of a shift, to print",
    ),
    _Form(
        path="/hand-overs/{id}/document.pdf",
        view=hand_over,
        summary="A hand-over as it was signed, to print",
        by_role=True,
    ),
)


def register_documents(router: Router) -> None:
    """Put the forms on the router."""
    for form in _FORMS:
        router.add_api_operation(
            form.path,
            ["GET"],
            form.view,
            summary=form.summary,
            description=f"{form.summary}. Each print is counted: a later one is marked REPRINT.",
            tags=["documents"],
            operation_id=f"print_{form.view.__name__}",
            openapi_extra=_documented(form),
        )


def _documented(form: _Form) -> dict[str, Any]:
    refuses = (
        R.NOT_SIGNED_IN,
        R.NOT_FOUND,
        R.SHAPE,
        *((R.ROLE_NOT_ALLOWED,) if form.by_role else ()),
    )
    fields = DocumentQuery.model_json_schema()
    return {
        "parameters": [
            {
                "name": "paper",
                "in": "query",
                "required": False,
                "schema": fields["$defs"]["Paper"],
            }
        ],
        "responses": {
            "200": {
                "description": "The form, one page or more for each part.",
                "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
            },
            **by_status(refuses),
        },
    }
