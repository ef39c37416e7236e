"""A par sheet over HTTP: JSON rows, CSV text, or a workbook, all of it or nothing (PAR-8)."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router

from tablebank.api import par_shapes
from tablebank.api.door import clock, credential_of, json_of
from tablebank.api.endpoint import R, Write, by_status
from tablebank.commands import par_sheets
from tablebank.commands.perform import Done
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.intake.faults import Note
from tablebank.intake.par_reading import read_par_sheet
from tablebank.intake.par_sheet import ParRow, ParSheet
from tablebank.intake.par_template import template_csv
from tablebank.queries.doors import reading

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = "multipart/form-data"


def sent(request: HttpRequest) -> Any:
    """The body as JSON says it, or as a sheet says it; refuses SHEET_NOT_IMPORTED with every error.

    Rows that come as JSON are taken as they are: they need no reading, and the file is theirs.
    """
    if not _is_sheet(request.content_type or ""):
        said = json_of(request)
        return {"rows": said} if isinstance(said, list) else said
    data, name = _file(request)
    with reading(credential_of(request), at=clock()) as view:
        house = view.house
    sheet = read_par_sheet(
        data,
        file_name=name,
        content_type=request.headers.get("Content-Type"),
        locale=house.settings.locale,
        currency=house.casino.currency,
    )
    if not sheet.is_readable:
        raise Refused(Refusal.SHEET_NOT_IMPORTED, errors=wrong_with(sheet))
    return {**_asked(request), **as_json(sheet)}


def _is_sheet(content_type: str) -> bool:
    return content_type.startswith("text/") or content_type in (WORKBOOK, FORM)


def _file(request: HttpRequest) -> tuple[bytes, str | None]:
    """What was sent, and what it is called."""
    try:
        if request.content_type != FORM:
            return request.body, None
        for name in request.FILES:
            file = request.FILES.get(name)
            if isinstance(file, UploadedFile):
                return file.read(), file.name
    except (RequestDataTooBig, MultiPartParserError) as no:
        raise Refused(Refusal.NOT_JSON, detail=f"The file cannot be read: {no}") from no
    raise Refused(Refusal.NOT_JSON, detail="There is no file in the form.")


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What an address says beside a file that cannot say it."""
    said = {
        "effective_from_gaming_day": request.GET.get("effective_from_gaming_day"),
        "provision_tables": request.GET.get("provision_tables", "").lower() in ("true", "1"),
    }
    return {name: value for name, value in said.items() if value is not None}


def as_json(sheet: ParSheet) -> dict[str, Any]:
    """A sheet that was read as the rows of a command."""
    return {
        "rows": [_row(row) for row in sheet.rows],
        "sha256": sheet.sha256,
        "file_name": sheet.file_name,
    }


def _row(row: ParRow) -> dict[str, Any]:
    told = {
        "table_code": row.table_code,
        "place": str(row.place),
        "need_cents": row.need_cents,
        "pit": row.pit,
        "game_type": row.game_type,
        "limits": asdict(row.limits) if row.limits else None,
        "target_chipset": dict(row.chipset) if row.chipset else None,
        "notes": row.notes,
        "stability": str(row.stability) if row.stability else None,
        "pain_points": row.pain_points,
    }
    return {name: value for name, value in told.items() if value is not None}


def wrong_with(sheet: ParSheet) -> list[FieldError]:
    """Everything that stands in the way, each with its place: errors, and what has to be asked."""
    asked = [FieldError("/", each.code, each.ask.value) for each in sheet.questions]
    return [*(_error(note) for note in sheet.errors), *asked]


def _error(note: Note) -> FieldError:
    read = f" {note.read!r}" if note.read else ""
    return FieldError(f"/{note.place}", note.code, f"{note.sentence}{read}")


def _outcome(cursor: Any, done: Done) -> Any:
    return dict(done.decision.outcome)


def template(request: HttpRequest) -> HttpResponse:
    """A sheet to begin with, as CSV, for whoever is signed in."""
    with reading(credential_of(request), at=clock()):
        text = template_csv()
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="par-sheet.csv"'
    return response


def register_template(router: Router) -> None:
    """Put the template on the router: the one answer that is no JSON."""
    content = {"text/csv": {"schema": {"type": "string"}}}
    router.add_api_operation(
        "/par-sheets/template",
        ["GET"],
        template,
        summary="A par sheet to begin with, as CSV",
        tags=["par"],
        operation_id="get_par_sheets_template",
        openapi_extra={
            "responses": {
                "200": {"description": "The template.", "content": content},
                **by_status((R.NOT_SIGNED_IN,)),
            }
        },
    )


SHEETS: tuple[Write, ...] = (
    Write(
        path="/par-sheets",
        tag="par",
        summary="Import a par sheet: JSON rows, CSV, or a workbook as multipart",
        command=par_sheets.IMPORT_PAR_SHEET,
        shape=par_shapes.ParSheetIn,
        render=_outcome,
        reads=sent,
        refuses=(R.SHEET_NOT_IMPORTED, R.CODE_TAKEN),
    ),
)
