"""A par sheet over HTTP: JSON rows, CSV text, or a workbook, all of it or nothing (PAR-8)."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router
from pydantic import ValidationError

from tablebank.api import par_shapes
from tablebank.api.door import clock, credential_of, json_of
from tablebank.api.endpoint import R, Write, by_status
from tablebank.api.par_answers import (
    PARAMETERS,
    answers_beside,
    answers_in,
    place_of,
    questions_of,
)
from tablebank.commands import par_sheets
from tablebank.commands.perform import Done
from tablebank.domain.authority import STEPS, acting_role
from tablebank.domain.decisions import House
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.intake.bounds import MAX_BYTES
from tablebank.intake.faults import Fault, Note
from tablebank.intake.formats import FILE
from tablebank.intake.par_reading import read_par_sheet
from tablebank.intake.par_sheet import Answers, ParRow, ParSheet
from tablebank.intake.par_template import template_csv
from tablebank.queries.doors import reading

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = "multipart/form-data"
BESIDE_BYTES = 64 * 1024
"""What a form may hold beside its file."""


def sent(request: HttpRequest) -> Any:
    """The body as JSON says it, or as a sheet says it; refuses SHEET_NOT_IMPORTED with every error
    and every question, and ROLE_NOT_ALLOWED before anything is read.

    Rows that come as JSON are taken as they are: they need no reading, and the file is theirs.
    """
    if is_sheet(request.content_type or ""):
        house = _house(request)
        data, name, beside = file_of(request)
        sheet = read_par_sheet(
            data,
            file_name=name,
            content_type=request.headers.get("Content-Type"),
            locale=house.settings.locale,
            currency=house.casino.currency,
            answers=answers_beside(beside),
        )
        return _readable(request, sheet, answers_beside(beside), beside=_asked(beside))
    said = json_of(request)
    if isinstance(said, list):
        return {"rows": said}
    if isinstance(said, dict) and isinstance(said.get("text"), str):
        return _from_text(request, said)
    return said


def _from_text(request: HttpRequest, said: dict[str, Any]) -> dict[str, Any]:
    """The pasted rows of a JSON body read, with what else it says."""
    if "rows" in said:
        error = FieldError("/text", Refusal.SHAPE.name, "Either rows, or a text that holds them.")
        raise Refused(Refusal.SHAPE, errors=[error])
    house = _house(request)
    answers = answers_in(said.get("answers") or {})
    sheet = read_par_sheet(
        said["text"],
        locale=house.settings.locale,
        currency=house.casino.currency,
        answers=answers,
    )
    rest = {name: value for name, value in said.items() if name != "text"}
    return _readable(request, sheet, answers, beside=rest)


def _house(request: HttpRequest) -> House:
    """The casino the sheet is for, for those who may import one: nobody else's file is read."""
    with reading(credential_of(request), at=clock()) as view:
        acting_role(step=STEPS["import_par"], roles=view.caller.roles, wanted=None)
        return view.house


def _readable(
    request: HttpRequest, sheet: ParSheet, answers: Answers, *, beside: Mapping[str, Any]
) -> dict[str, Any]:
    """The sheet as a body would say it, with what is said `beside` it."""
    whole = {**as_json(sheet), **({"answers": answers.told} if answers.told else {}), **beside}
    if not sheet.is_readable:
        facts = {"questions": questions_of(sheet)} if sheet.questions else {}
        others = [] if sheet.questions else _wrong_with_the_others(request, whole, sheet)
        errors = [*wrong_with(sheet), *others]
        raise Refused(Refusal.SHEET_NOT_IMPORTED, facts, errors=errors)
    return whole


def _wrong_with_the_others(
    request: HttpRequest, whole: Mapping[str, Any], sheet: ParSheet
) -> list[FieldError]:
    """Against the rows that could be read, each by its place like the others (PAR-8)."""
    try:
        said = par_shapes.ParSheetIn.model_validate(whole)
    except ValidationError:
        return []
    body = said.as_body(par_sheets.ImportParSheet)
    others = par_sheets.wrong_with_the_others(credential_of(request), body, clock=clock)
    return [replace(each, pointer=_place(each.pointer, sheet)) for each in others]


def _place(pointer: str, sheet: ParSheet) -> str:
    nth = pointer.split("/")[2]
    return f"/{sheet.rows[int(nth)].place}"


def is_sheet(content_type: str) -> bool:
    """Whether a body is a file and no JSON."""
    return content_type.startswith("text/") or content_type in (WORKBOOK, FORM)


def file_of(request: HttpRequest) -> tuple[bytes, str | None, dict[str, str]]:
    """What was sent, what it is called, and what was said beside it.

    A body larger than any sheet is refused by its own word about its length, before it is read.
    """
    beside: dict[str, str] = request.GET.dict()
    announced = request.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > MAX_BYTES + BESIDE_BYTES:
        raise _too_large()
    try:
        if request.content_type != FORM:
            return request.read(MAX_BYTES + 1), beside.get("file_name"), beside
        for name in request.FILES:
            file = request.FILES.get(name)
            if isinstance(file, UploadedFile):
                return file.read(MAX_BYTES + 1), file.name, {**beside, **request.POST.dict()}
    except (RequestDataTooBig, MultiPartParserError) as no:
        raise Refused(Refusal.NOT_JSON, detail=f"The file cannot be read: {no}") from no
    raise Refused(Refusal.NOT_JSON, detail="There is no file in the form.")


def _too_large() -> Refused:
    note = Note(FILE, Fault.FILE_TOO_LARGE, facts={"most_mb": MAX_BYTES // 2**20})
    return Refused(Refusal.SHEET_NOT_IMPORTED, errors=[_error(note)])


def _asked(beside: Mapping[str, str]) -> dict[str, Any]:
    """What is said beside a file that cannot say it."""
    said = {
        "effective_from_gaming_day": beside.get("effective_from_gaming_day"),
        "provision_tables": beside.get("provision_tables", "").lower() in ("true", "1"),
    }
    return {name: value for name, value in said.items() if value is not None}


def as_json(sheet: ParSheet) -> dict[str, Any]:
    """A sheet that was read as the rows of a command."""
    return {
        "rows": [_row(row) for row in sheet.rows],
        "sha256": sheet.sha256,
        "file_name": sheet.file_name,
        "sheet_name": sheet.sheet,
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
    asked = [FieldError(place_of(each), each.code, each.ask.value) for each in sheet.questions]
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


MEDIA: Mapping[str, Any] = {
    "text/csv": {
        "schema": {"type": "string"},
        "example": "Table;Par (weekday);Notes\nBJ-07;25,000;\nBJ-08;7.5k;quiet\n",
    },
    WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
    FORM: {
        "schema": {
            "type": "object",
            "description": "The file, and beside it any of the query's parameters as a field.",
            "properties": {
                "file": {"type": "string", "format": "binary"},
                **{each["name"]: each["schema"] for each in PARAMETERS},
            },
            "required": ["file"],
        }
    },
}
"""How a sheet may come beside JSON."""

SHEETS: tuple[Write, ...] = (
    Write(
        path="/par-sheets",
        tag="par",
        summary="Import a par sheet: JSON rows, CSV, or a workbook as multipart",
        command=par_sheets.IMPORT_PAR_SHEET,
        shape=par_shapes.ParSheetIn,
        render=_outcome,
        reads=sent,
        parameters=PARAMETERS,
        media=MEDIA,
        refuses=(R.SHEET_NOT_IMPORTED, R.CODE_TAKEN),
    ),
)
