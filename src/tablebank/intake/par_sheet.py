"""A par sheet as it was read: typed rows, what was passed over, what must be asked, what is wrong.

Nothing of it is in force, nothing is half read: while a question or an error stands, the rows are
there to be looked at and not to be imported (PAR-8). What it changes is `domain.par_import`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from tablebank.domain.terms import Chipset
from tablebank.intake.amounts import Mark
from tablebank.intake.faults import Note, Place
from tablebank.intake.headings import Field
from tablebank.intake.par_words import Stability


class ChipsIn(StrEnum):
    """What stands below a chip: how many pieces of it, or what they are worth together."""

    PIECES = "pieces"
    AMOUNTS = "amounts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The least and the most one may bet, in cents."""

    min_cents: int
    max_cents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ParRow:
    """One table of the sheet. `need_cents` is None where the sheet names no need: never 0.

    `chipset` are the target chips by value in pieces, None where the sheet has none.
    """

    place: Place
    table_code: str
    need_cents: int | None
    pit: str | None = None
    game_type: str | None = None
    limits: Limits | None = None
    chipset: Chipset | None = None
    notes: str | None = None
    stability: Stability | None = None
    pain_points: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column, and what it was taken for: a field, a chip of so many cents, or nothing."""

    letter: str
    heading: str
    field: Field | None = None
    chip_cents: int | None = None


class Ask(Enum):
    """What cannot be told from the sheet alone."""

    WHICH_SHEET = "Which sheet is the par sheet?"
    WHICH_COLUMN = "Which column is it?"
    CHIPS_IN = "Below the chips: are these pieces or amounts?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One possible answer; `value` is what `Answers` takes. `samples` are the first cells of it."""

    value: str
    text: str = ""
    samples: tuple[str, ...] = ()
    is_likely: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Asked of whoever brings the sheet; the answer goes into `Answers`, and it is read again."""

    ask: Ask
    field: Field | None = None
    """The field whose column is asked for."""
    choices: tuple[Choice, ...] = ()

    @property
    def code(self) -> str:
        return self.ask.name if self.field is None else f"{self.ask.name}:{self.field}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """How a sheet is to be read, as far as somebody has said."""

    sheet: str | None = None
    heading_line: int | None = None
    """The line of the headings; 0 if there are none."""
    columns: Mapping[Field, str | None] = field(default_factory=dict)
    """The letter of each field's column; None if there is no such column."""
    chips_in: ChipsIn | None = None

    @property
    def told(self) -> dict[str, Any]:
        """Those that were given, as they are kept with the import."""
        columns = {str(field): letter or NONE for field, letter in self.columns.items()}
        given = {
            "sheet": self.sheet,
            "heading_line": self.heading_line,
            "columns": columns or None,
            "chips_in": str(self.chips_in) if self.chips_in else None,
        }
        return {name: value for name, value in given.items() if value is not None}


NO_ANSWERS = Answers()
NONE = "-"
"""How it is said that a sheet has no such column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParSheet:
    """A par sheet read. `sha256` is of the bytes as they came; of pasted text, of its UTF-8."""

    sha256: str
    file_name: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    heading_line: int | None = None
    columns: tuple[Column, ...] = ()
    decimal_mark: Mark | None = None
    """What parts the cents in the column of the need, where it matters and could be told."""
    chips_in: ChipsIn | None = None
    rows: tuple[ParRow, ...] = ()
    skipped: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    errors: tuple[Note, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether all of it was read: one error or open question stops the whole (PAR-8)."""
        return not self.errors and not self.questions
