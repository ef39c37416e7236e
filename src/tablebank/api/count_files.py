"""A currency counter's file over HTTP: CSV or a workbook as multipart, into a count session."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from tablebank.api import count_shapes
from tablebank.api.door import clock, credential_of, json_of
from tablebank.api.endpoint import R, Write
from tablebank.api.par_sheets import FORM, WORKBOOK, file_of, is_sheet
from tablebank.commands import count_files
from tablebank.commands.perform import Done
from tablebank.domain.authority import STEPS, acting_role
from tablebank.domain.decisions import House
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.intake.count_file import CountFileRead, read_count_file, told_of
from tablebank.queries.doors import reading

BESIDE = ("count_session_id", "occurred_at")
"""What a form may say beside its file."""


def sent(request: HttpRequest) -> Any:
    """The body as JSON says it, or as a counter's file does; refuses COUNT_FILE_NOT_READ one that
    cannot be read at all, and ROLE_NOT_ALLOWED before anything is read."""
    if not is_sheet(request.content_type or ""):
        return json_of(request)
    house = _house(request)
    try:
        data, name, beside = file_of(request)
    except Refused as no:
        if no.refusal is not Refusal.SHEET_NOT_IMPORTED:
            raise
        raise Refused(Refusal.COUNT_FILE_NOT_READ, errors=no.errors) from no
    read = read_count_file(
        data,
        file_name=name,
        content_type=request.headers.get("Content-Type"),
        locale=house.settings.locale,
    )
    if read.errors:
        raise Refused(Refusal.COUNT_FILE_NOT_READ, errors=wrong_with(read))
    said = {each: beside[each] for each in BESIDE if beside.get(each)}
    return {**told_of(read), **said}


def _house(request: HttpRequest) -> House:
    """The casino the file is for, for those who may enter a count: nobody else's file is read."""
    with reading(credential_of(request), at=clock()) as view:
        acting_role(step=STEPS["enter_count"], roles=view.caller.roles, wanted=None)
        return view.house


def wrong_with(read: CountFileRead) -> list[FieldError]:
    """Why nothing of the file could be read, each with its place."""
    return [FieldError(f"/{each.place}", each.code, each.sentence) for each in read.errors]


def _outcome(cursor: Any, done: Done) -> Any:
    return {"count_session_id": str(done.decision.subject_id), **done.decision.outcome}


MEDIA: Mapping[str, Any] = {
    FORM: {
        "schema": {
            "type": "object",
            "description": "The file, the count session, and when it was counted.",
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "count_session_id": {"type": "string", "format": "uuid"},
                "occurred_at": {"type": "string", "format": "date-time"},
            },
            "required": ["file", "count_session_id"],
        }
    },
    "text/csv": {
        "schema": {"type": "string"},
        "example": "Box,Denomination,Quantity,Amount\nBJ-07-A,100,12,1200\nBJ-07-A,20,31,620\n",
    },
    WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
}
"""How a file may come."""

COUNT_FILES: tuple[Write, ...] = (
    Write(
        path="/counts/import",
        tag="counts",
        summary="Fill a count session from a currency counter's file: CSV, or a workbook",
        command=count_files.IMPORT_COUNTS,
        shape=count_shapes.ImportCountsIn,
        render=_outcome,
        reads=sent,
        parameters=({"name": "count_session_id", "in": "query", "schema": {"type": "string"}},),
        media=MEDIA,
        refuses=(R.COUNT_FILE_NOT_READ, R.COUNT_SESSION_POSTED),
    ),
)
