"""Reports over HTTP: the list of them, and each as JSON or as a file.

A file is written in words, and words are the pages': where the parts are put together
(`config.urls`), this face is given its exporter, as it is given its printer.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import ValidationError

from tablebank.api.asking import Query
from tablebank.api.body import Day
from tablebank.api.door import clock, credential_of, misshapen, read
from tablebank.api.endpoint import NoQuery, R, Read, by_status
from tablebank.domain.windows.asked import Baselines
from tablebank.queries.doors import View
from tablebank.queries.reports.asking import Said, asked_from, report_called
from tablebank.queries.reports.catalogue import REPORTS
from tablebank.queries.reports.files import MEDIA, Exporter, FileWanted, Format
from tablebank.queries.reports.kind import Report, make

_EXPORTERS: list[Exporter] = []


def export_with(exporter: Exporter) -> None:
    """Give this face the exporter that makes its files."""
    _EXPORTERS[:] = [exporter]


class ReportQuery(Query):
    """Of which gaming days, shift and pit, from which baselines, and as what."""

    gaming_day: Day | None = None
    to_gaming_day: Day | None = None
    shift_id: UUID | None = None
    pit: str | None = None
    baseline: Baselines = Baselines.ALL
    format: Format = Format.JSON

    @property
    def said(self) -> Said:
        return Said(**self.model_dump(exclude={"format"}))


def _listed(view: View, at: Any, query: NoQuery) -> Any:
    mine = [each for each in REPORTS if set(each.readers) & view.caller.roles]
    return {"items": [_line(each) for each in mine], "next_cursor": None}


def _line(report: Report) -> dict[str, Any]:
    return {
        "slug": report.slug,
        "filters": ["gaming_day", *sorted(str(each) for each in report.filters)],
        "formats": [str(each) for each in Format],
        "roles": sorted(str(each) for each in report.readers),
    }


def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report: JSON in this face's own words, or a file."""
    credential = credential_of(request)
    try:
        query = ReportQuery.model_validate(request.GET.dict())
    except ValidationError as wrong:
        raise misshapen(wrong) from wrong
    if query.format is Format.JSON:
        return read(request, lambda view: _made(view, slug, query))
    wanted = FileWanted(
        slug=slug,
        said=query.said,
        format=query.format,
        site=request.build_absolute_uri("/").rstrip("/"),
    )
    made = _EXPORTERS[0](credential, wanted, clock=clock)
    response = HttpResponse(made.content, content_type=made.media)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _made(view: View, slug: str, query: ReportQuery) -> Any:
    kind = report_called(slug)
    view.only_for(kind.readers)
    return make(view, kind, asked_from(view, kind, query.said)).as_json()


REPORT_LIST: tuple[Read, ...] = (
    Read(
        path="/reports",
        tag="reports",
        summary="The reports there are for the caller, and what each may be asked by",
        answer=_listed,
    ),
)


def register_reports(router: Router) -> None:
    """Put the reports on the router: the one answer that is JSON or a file."""
    fields = ReportQuery.model_json_schema()
    media = {"application/json": {"schema": {"type": "object"}}}
    for each in MEDIA.values():
        media[each] = {"schema": {"type": "string", "format": "binary"}}
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": _schema(schema, fields)}
        for name, schema in fields["properties"].items()
    ]
    router.add_api_operation(
        "/reports/{slug}",
        ["GET"],
        report,
        summary="One report, as JSON or as a file",
        description=(
            "Reports read and change nothing. The first part is `items` with its `totals`; further"
            " parts stand under their names. An unknown figure is null, and its row's `reasons` or"
            " the counts beside it say why."
        ),
        tags=["reports"],
        operation_id="get_reports_slug",
        openapi_extra={
            "parameters": parameters,
            "responses": {
                "200": {"description": "The report.", "content": media},
                **by_status(
                    (R.NOT_SIGNED_IN, R.ROLE_NOT_ALLOWED, R.NOT_FOUND, R.SHAPE, R.REFERENCE_UNKNOWN)
                ),
            },
        },
    )


def _schema(schema: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A parameter's own schema, what it refers to put in its place."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if not name:
        return schema
    defined: dict[str, Any] = whole["$defs"][name]
    return {**defined, "default": schema.get("default")}
