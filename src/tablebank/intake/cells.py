"""A file as lines of cells, whatever it was before: a text or a sheet of a workbook.

A cell is checked and put in order as it comes in: composed characters (NFC), single spaces, nothing
that cannot be seen. What it means is for others to say; a flaw matters only to whoever needs the
cell.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tablebank.intake.bounds import MAX_CELL
from tablebank.intake.faults import Fault, Note, Place, is_seen, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell. A `number` is a spreadsheet's own; a typed one is text."""

    text: str = ""
    number: int | float | None = None
    flaw: Fault | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text and self.flaw is None


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text or one row of a sheet, with its number there."""

    number: int
    cells: tuple[Cell, ...]
    spans: bool = False
    """Whether a cell of it is merged across columns: a title, or the heading of a pit."""

    def at(self, column: int | None) -> Cell:
        """The cell of a column, from 0; nothing where the line is shorter."""
        if column is None or column >= len(self.cells):
            return EMPTY
        return self.cells[column]

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns with something in them."""
        return tuple(index for index, cell in enumerate(self.cells) if not cell.is_empty)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A text, or one sheet: its lines that are not blank."""

    sheet: str = ""
    lines: tuple[Line, ...] = ()
    told: tuple[Note, ...] = ()
    errors: tuple[Note, ...] = ()
    separator: str = ""
    """What parts the cells of a text; a sheet has none."""

    def place(self, line: Line, column: int | None = None) -> Place:
        """Where a cell stands, or with no column its line."""
        return Place(self.sheet, line.number, 0 if column is None else column + 1)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(line.cells) for line in self.lines), default=0)


def text_cell(text: str) -> Cell:
    """A cell from its text, put in order; flawed if it is too long or holds what cannot be seen."""
    if len(text) > MAX_CELL:
        return Cell(shown(text), flaw=Fault.CELL_TOO_LONG)
    ordered = " ".join(unicodedata.normalize("NFC", text).split())
    if not all(is_seen(each) or each in "\t\r\n" for each in text):
        return Cell(shown(ordered), flaw=Fault.CHARACTER_REFUSED)
    return Cell(ordered)


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether nothing stands in a line."""
    return all(cell.is_empty for cell in cells)
