"""What can be wrong with a file, where it is, and what was read there.

Nothing is raised at a first error: a reader gathers them, so that whoever sent the file hears of
all of them at once (PAR-8). A sentence is a template with named facts; those that end in `_cents`
are amounts. Faces may translate the template, the code is its name.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname  # type: ignore[import-untyped]

from tablebank.domain.money import words

SHOWN = 80
"""Characters of what was read that an error repeats."""


class Fault(Enum):
    """Why a file, a row or a cell cannot be read. One is enough: then nothing is imported."""

    # the file
    FILE_EMPTY = "There is nothing in it."
    FILE_TOO_LARGE = "It is larger than {most_mb} MB."
    FORMAT_NOT_READABLE = "{format} cannot be read here: save it as CSV or XLSX."
    WORKBOOK_ENCRYPTED = "The workbook is protected by a password: save it without one."
    WORKBOOK_TOO_LARGE = "Unpacked, the workbook is larger than any par sheet."
    WORKBOOK_BROKEN = "The workbook cannot be opened: save it anew as XLSX, or as CSV."
    NOT_TEXT = "It is neither a workbook nor text."
    QUOTE_OPEN = "A quotation mark is not closed, or stands within a quoted cell."
    QUOTE_SWALLOWS = "A quoted cell runs over several lines and seems to hold rows: check quotes."
    TOO_MANY_ROWS = "There are more than {most} rows."
    TOO_MANY_COLUMNS = "There are more than {most} columns."
    TOO_MANY_SHEETS = "There are more than {most} sheets."
    TOO_MANY_MERGES = "There are more merged cells than a par sheet has."
    NO_ROWS = "There is no row with a table."
    # what was asked of it
    SHEET_UNKNOWN = "There is no visible sheet of that name."
    LINE_UNKNOWN = "There is no such line with headings."
    COLUMN_UNKNOWN = "There is no such column."
    COLUMN_TWICE = "One column cannot be two things."
    HEADING_UNIT = "The heading names a unit of its own: write whole amounts."
    # a cell
    CELL_TOO_LONG = "The cell holds more than {most} characters."
    CHARACTER_REFUSED = "The cell holds a character that cannot be seen or kept."
    FORMULA_WITHOUT_VALUE = "The formula has no stored result: open and save it, or type it in."
    CELL_ERROR = "The cell shows an error."
    MERGED_CELL = "The cell is merged with others: write it in each row."
    IS_DATE = "This is a date or a time."
    IS_PERCENT = "This is a percentage."
    IS_TRUTH = "This is true or false."
    CELL_BEYOND = "The row has more cells than there are headings: quote what holds the separator."
    AMOUNT_SPLIT = "The amount seems to be cut in two by its separator: quote it."
    # amounts and limits
    AMOUNT_UNREADABLE = "This is not an amount."
    AMOUNT_NEGATIVE = "An amount is at least 0."
    AMOUNT_AMBIGUOUS = "This could be {first} or {second}: write it with its cents."
    AMOUNT_NOT_IN_CENTS = "The amount does not come out in whole cents."
    AMOUNT_TOO_LARGE = "The amount is larger than can be kept."
    CURRENCY_OTHER = "The amount is in {found}, not in {expected}."
    LIMITS_UNREADABLE = "Limits are a least and a most, such as 25-5,000."
    LIMITS_REVERSED = "The least is above the most."
    # rows
    TABLE_MISSING = "The row has an amount and names no table."
    TABLE_INVALID = "This cannot be a table's code."
    TEXT_TOO_LONG = "This is longer than {most} characters."
    ROW_UNCLEAR = "This line is neither a table nor a heading of a pit."
    TABLE_TWICE = "The table stands here and at {other}, and they differ."
    TABLE_ALIKE = "This and {code} at {other} may be the same table: write it one way."
    STABILITY_UNKNOWN = "Say stable, or that it depends on the day or shift."
    PIECES_INVALID = "Pieces are a whole number of at most {most}."
    AMOUNT_NOT_IN_CHIPS = "The amount is no whole number of chips of {chip_cents}."
    CHIPS_NOT_NEED = "The chips add up to {chips_cents}, the need says {need_cents}."
    TOTAL_DIFFERS = "The total says {said_cents}, the rows above add up to {rows_cents}."
    # boxes that a currency counter counted
    COUNT_LAYOUT_UNKNOWN = "No line has the headings of a counter's file: a box, and what is in it."
    NO_BOXES = "There is no row with a box."
    BOX_MISSING = "The row names no box."
    BOX_TWICE = "The box stands here and at {other}."
    BOX_UNKNOWN = "The casino has no such box."
    BOX_COUNTED = "The box is counted already, or lies in another count."
    DENOMINATION_UNREADABLE = "This is not a denomination."
    INSTRUMENT_UNKNOWN = "This is not known as something that is counted."
    AMOUNT_NOT_PIECES = "{said_cents} is not {pieces} times {denomination_cents}."
    # against what the casino has
    TABLE_UNKNOWN = "The casino has no such table."
    TABLE_AMBIGUOUS = "This could be {first} or {second}."
    TABLE_NAMED_TWICE = "{other} names the same table."
    PIT_MISSING = "A new table stands in a pit: name it."
    CHIP_UNKNOWN = "The casino has no chip of {chip_cents}."


class Told(Enum):
    """What was passed over or decided while reading: no error, but it is said."""

    ENCODING = "Read as {encoding}."
    SHEET_HIDDEN = "The sheet {sheet} is hidden and was not read."
    SHEET_NOT_READ = "The sheet {sheet} was not read."
    ROW_HIDDEN = "The row is hidden in the workbook, and was read all the same."
    COLUMN_HIDDEN = "The column is hidden in the workbook, and was read all the same."
    ABOVE_HEADINGS = "Above the headings."
    HEADING_REPEATED = "The headings once more."
    TOTAL = "A total, not a table."
    PIT_HEADING = "A heading: the tables below stand in it."
    GAME_HEADING = "A heading: the tables below deal it."
    TABLE_REPEATED = "The same as at {other}."
    REMARK = "A line without a table."
    COLUMN_NOT_READ = "The column is not one that is read."


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where in a file: `Sheet1!B7`, `line 7`, or the file itself."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    """From 1; 0 is the whole row, and row 0 the whole file or sheet."""

    @property
    def letter(self) -> str:
        """The column as spreadsheets call it."""
        return str(get_column_letter(self.column)) if self.column else ""

    def __str__(self) -> str:
        if not self.row:
            return shown(self.sheet)
        if not self.sheet:
            return f"line {self.row}"
        cell = f"{self.letter}{self.row}" if self.column else f"row {self.row}"
        name = quote_sheetname(shown(self.sheet)) if not self.sheet.isalnum() else self.sheet
        return f"{name}!{cell}"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell of one place; `read` is what stands there, safe to be shown."""

    place: Place
    about: Fault | Told
    read: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.about.name

    @property
    def sentence(self) -> str:
        """In plain English, its facts filled in."""
        said = {
            name: words(fact) if name.endswith("_cents") else fact
            for name, fact in self.facts.items()
        }
        return str(self.about.value).format(**said)


def in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """As one reads the file: by place, then by code; each once."""
    once = {(note.place, note.code, note.read): note for note in notes}
    return tuple(once[key] for key in sorted(once))


def shown(text: str) -> str:
    """A text as it can be shown anywhere: what cannot be seen is spelled out, long ones are cut."""
    cut = text[:SHOWN] + "…" if len(text) > SHOWN else text
    return "".join(each if is_seen(each) else f"\\u{ord(each):04x}" for each in cut)


def is_seen(character: str) -> bool:
    """Whether a character can be seen: no control, no bidirectional sign, nothing unassigned."""
    return unicodedata.category(character)[0] != "C" and character not in "\u2028\u2029"
