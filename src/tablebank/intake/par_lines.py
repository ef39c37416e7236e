"""What each line below the headings is: a table, a total, the heading of a pit, or nothing to read.

A line without digits that stands alone is taken for the heading of a pit or a game, and said so; a
line that could be either is an error. Nothing is passed over in silence (PAR-8).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import accumulate

from tablebank.intake.amounts import Mark, amount_of
from tablebank.intake.bounds import MAX_CODE
from tablebank.intake.cells import Grid, Line
from tablebank.intake.faults import Fault, Note, Told, shown
from tablebank.intake.headings import Field, tokens
from tablebank.intake.par_columns import Columns
from tablebank.intake.par_words import game_of, is_pit_heading, is_total, known_game

_LONGEST_CODE = 16
_SHORTEST_PIT = 2
_CODE_WORDS = 3
_NOT_MERGED = (Fault.MERGED_CELL,)


class What(Enum):
    """What a line is."""

    TABLE = auto()
    TOTAL = auto()
    PIT = auto()
    GAME = auto()
    HEADINGS = auto()
    REMARK = auto()
    UNCLEAR = auto()
    NAMELESS = auto()


_TOLD = {
    What.TOTAL: Told.TOTAL,
    What.PIT: Told.PIT_HEADING,
    What.GAME: Told.GAME_HEADING,
    What.HEADINGS: Told.HEADING_REPEATED,
    What.REMARK: Told.REMARK,
}
_FAULTS = {What.UNCLEAR: Fault.ROW_UNCLEAR, What.NAMELESS: Fault.TABLE_MISSING}


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line with a table, and what it stands under."""

    line: Line
    pit: str | None
    game_type: str | None


@dataclass(slots=True)
class _Sums:
    """What the rows add up to, block by block between totals."""

    rows: int = 0
    blocks_cents: list[int] = field(default_factory=lambda: [0])
    is_known: bool = True
    """Not any more once an amount could not be read."""

    def fits(self, cents: int) -> bool:
        """Whether an amount is the sum of the last block, of the last ones, or of all rows."""
        return cents in accumulate(reversed(self.blocks_cents))


def walk(grid: Grid, columns: Columns, *, mark: Mark | None) -> Iterator[TableLine | Note]:
    """Every line below the headings in order: a table's, or what is to be told of it."""
    pit: str | None = None
    game: str | None = None
    sums = _Sums()
    for line in columns.lines:
        what = _what(line, columns, mark=mark, sums=sums)
        text = _words(line)
        if what is What.TABLE:
            pit = _pit(line, columns) or pit
            _add(line, columns, mark=mark, sums=sums)
            yield TableLine(line, pit, game)
            continue
        if what is What.PIT:
            pit, game = text.rstrip(" :"), None
        elif what is What.GAME:
            game = game_of(text)
        place = grid.place(line, columns.fields.get(Field.NEED) if what is What.NAMELESS else None)
        yield Note(place, _TOLD.get(what) or _FAULTS[what], shown(text))
        if what is What.TOTAL:
            yield from _checked_total(grid, line, columns, mark=mark, sums=sums)


def _what(line: Line, columns: Columns, *, mark: Mark | None, sums: _Sums) -> What:
    if _repeats_headings(line, columns):
        return What.HEADINGS
    name = line.at(columns.fields.get(Field.TABLE))
    needs = [column for column in _amount_columns(columns) if not line.at(column).is_empty]
    first = line.cells[line.filled[0]].text
    if is_total(name.text or first):
        return What.TOTAL
    if not needs and len(line.filled) == 1:
        return _alone(line, columns)
    if not name.is_empty:
        return What.TABLE
    if not needs:
        return What.REMARK
    cents = amount_of(line.at(columns.fields.get(Field.NEED)), mark=mark).cents
    is_sum = cents is not None and sums.is_known and sums.rows > 1 and sums.fits(cents)
    return What.TOTAL if is_sum else What.NAMELESS


def _alone(line: Line, columns: Columns) -> What:
    """A single cell: a heading, a table of which nothing more is known, or a remark."""
    text = _words(line)
    in_place = line.filled[0] == columns.fields.get(Field.TABLE)
    if len(text) > MAX_CODE:
        return What.REMARK
    if known_game(text) and not text.isdigit():
        return What.GAME
    if in_place and not line.spans and len(text) <= _SHORTEST_PIT and text.isalpha():
        return What.UNCLEAR
    if is_pit_heading(text) or line.spans or not any(each.isdigit() for each in text):
        return What.PIT if in_place or line.filled[0] == 0 else What.REMARK
    if not in_place:
        return What.REMARK
    is_code = len(text) <= _LONGEST_CODE and len(text.split()) <= _CODE_WORDS
    return What.TABLE if is_code else What.UNCLEAR


def _words(line: Line) -> str:
    return " ".join(line.cells[column].text for column in line.filled)


def _amount_columns(columns: Columns) -> Iterator[int]:
    if Field.NEED in columns.fields:
        yield columns.fields[Field.NEED]
    yield from columns.chips


def _repeats_headings(line: Line, columns: Columns) -> bool:
    if columns.headings is None or len(line.filled) < 2:
        return False
    return all(
        tokens(line.cells[column].text) == tokens(columns.heading(column)) for column in line.filled
    )


def _pit(line: Line, columns: Columns) -> str | None:
    cell = line.at(columns.fields.get(Field.PIT))
    return cell.text or None if cell.flaw in (None, *_NOT_MERGED) else None


def _add(line: Line, columns: Columns, *, mark: Mark | None, sums: _Sums) -> None:
    amount = amount_of(line.at(columns.fields.get(Field.NEED)), mark=mark)
    sums.rows += 1
    sums.is_known &= amount.fault is None
    sums.blocks_cents[-1] += amount.cents or 0


def _checked_total(
    grid: Grid, line: Line, columns: Columns, *, mark: Mark | None, sums: _Sums
) -> Iterator[Note]:
    """A sheet's own total that differs says that a row was read wrongly, or that it is old."""
    cell = line.at(columns.fields.get(Field.NEED))
    said = amount_of(replace(cell, flaw=None) if cell.flaw in _NOT_MERGED else cell, mark=mark)
    block, is_right = sums.blocks_cents[-1], said.cents is None or sums.fits(said.cents)
    facts = {"said_cents": said.cents, "rows_cents": block or sum(sums.blocks_cents)}
    if block:
        sums.blocks_cents.append(0)
    if is_right or not sums.is_known:
        return
    place = grid.place(line, columns.fields[Field.NEED])
    yield Note(place, Fault.TOTAL_DIFFERS, shown(cell.text), facts)
