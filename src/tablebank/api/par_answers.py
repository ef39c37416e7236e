"""How a program answers what a par sheet cannot tell of itself: beside the file, or in the JSON.

A refused sheet names its questions, each with the parameter that answers it and what may be said.
The same request with the answers is read again; nothing is kept in between (PAR-8).
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StrictInt, ValidationError

from tablebank.api.body import Shape
from tablebank.api.door import misshapen
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.intake.bounds import MAX_LINES
from tablebank.intake.headings import Field as Column
from tablebank.intake.par_sheet import NONE, Answers, Ask, ChipsIn, ParSheet, Question

COLUMN = "column_"
"""Before the name of the field whose column a parameter names."""
HEADING_LINE = "heading_line"
Letters = Annotated[str, Field(pattern=f"^([A-Za-z]{{1,3}}|{NONE})$")]


class AnswersIn(Shape):
    """Which sheet, which line of headings (0: none), which column is what, what chips stand for.

    A column's letter, or `-` where the sheet has no such column.
    """

    sheet: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    heading_line: Annotated[StrictInt, Field(ge=0, le=MAX_LINES)] | None = None
    columns: Annotated[dict[Column, Letters], Field(default_factory=dict)]
    chips_in: ChipsIn | None = None

    def as_answers(self) -> Answers:
        """As the reader takes them."""
        return Answers(
            sheet=self.sheet,
            heading_line=self.heading_line,
            columns={
                field: None if letters == NONE else letters.upper()
                for field, letters in self.columns.items()
            },
            chips_in=self.chips_in,
        )


def answers_beside(said: Mapping[str, str]) -> Answers:
    """The answers among the parameters of an address or the fields of a form; refuses SHAPE."""
    told: dict[str, Any] = {name: said[name] for name in ("sheet", "chips_in") if name in said}
    if HEADING_LINE in said:
        told[HEADING_LINE] = _whole(said[HEADING_LINE])
    columns = {name: said[name] for name in said if name.startswith(COLUMN)}
    told["columns"] = {name.removeprefix(COLUMN): letters for name, letters in columns.items()}
    return answers_in(told)


def answers_in(told: Any) -> Answers:
    """The answers of a JSON body; refuses SHAPE with what is wrong, each with its place."""
    try:
        return AnswersIn.model_validate(told).as_answers()
    except ValidationError as wrong:
        errors = [
            FieldError(f"/answers{each.pointer}", each.code, each.message)
            for each in misshapen(wrong).errors
        ]
        raise Refused(Refusal.SHAPE, errors=errors) from wrong


def _whole(text: str) -> int | str:
    """A number as JSON would have it; what is none, for the shape to refuse."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def place_of(asked: Question) -> str:
    """Where in `answers` a question is answered."""
    if asked.ask is Ask.WHICH_COLUMN:
        return f"/answers/columns/{asked.field}"
    return "/answers/sheet" if asked.ask is Ask.WHICH_SHEET else "/answers/chips_in"


def parameter_of(asked: Question) -> str:
    """The parameter of the address, or the field of the form, that answers a question."""
    if asked.ask is Ask.WHICH_COLUMN:
        return f"{COLUMN}{asked.field}"
    return "sheet" if asked.ask is Ask.WHICH_SHEET else "chips_in"


def questions_of(sheet: ParSheet) -> list[dict[str, Any]]:
    """What has to be answered, as a program reads it; `is_likely` is a guess and nothing more."""
    return [
        {
            "code": asked.code,
            "asks": asked.ask.value,
            "field": str(asked.field) if asked.field else None,
            "parameter": parameter_of(asked),
            "choices": [
                {
                    "value": choice.value,
                    "text": choice.text or choice.value,
                    "samples": list(choice.samples),
                    "is_likely": choice.is_likely,
                }
                for choice in asked.choices
            ],
        }
        for asked in sheet.questions
    ]


PARAMETERS: tuple[dict[str, Any], ...] = (
    {
        "name": "provision_tables",
        "in": "query",
        "description": "Register the tables that are not here yet (ADMIN).",
        "schema": {"type": "boolean", "default": False},
    },
    {
        "name": "effective_from_gaming_day",
        "in": "query",
        "description": "From which gaming day on; without it as early as each table may.",
        "schema": {"type": "string", "format": "date"},
    },
    {
        "name": "file_name",
        "in": "query",
        "description": "What a file sent as it is was called; a form's file says it itself.",
        "schema": {"type": "string", "maxLength": 200},
    },
    {
        "name": "sheet",
        "in": "query",
        "description": "Answers WHICH_SHEET: the name of a sheet of the workbook.",
        "schema": {"type": "string"},
        "example": "Par March",
    },
    {
        "name": HEADING_LINE,
        "in": "query",
        "description": "The line of the headings, counted from 1; 0 where there are none.",
        "schema": {"type": "integer", "minimum": 0},
    },
    *(
        {
            "name": f"{COLUMN}{field}",
            "in": "query",
            "description": f"Answers WHICH_COLUMN:{field}: a letter, `{NONE}` for no such column.",
            "schema": {"type": "string"},
            "example": "C",
        }
        for field in Column
    ),
    {
        "name": "chips_in",
        "in": "query",
        "description": "Answers CHIPS_IN: what stands below the chips.",
        "schema": {"type": "string", "enum": [str(each) for each in ChipsIn]},
    },
)
"""The answers, and what a file cannot say, as the OpenAPI document lists them."""
