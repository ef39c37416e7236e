"""A currency counter's file to counted boxes, row by row, with everything that is wrong (SOFT-5).

A box is read whole or not at all: one bad row of it, and nothing of it is taken, while the others
stand. What the file says is all that is known here; which boxes the casino has, and whether they
wait for a count, is seen to where they are entered.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tablebank.intake.amounts import Mark, amount_of, mark_of
from tablebank.intake.bounds import HEADING_LINES
from tablebank.intake.cells import Cell, Grid, Line
from tablebank.intake.count_layouts import HEADINGS, INSTRUMENTS, LAYOUTS, Column, Layout, Shape
from tablebank.intake.delimited import decoded, lines_of
from tablebank.intake.faults import Fault, Note, Place, shown
from tablebank.intake.formats import FILE, Format, format_of
from tablebank.intake.headings import chip_cents, tokens
from tablebank.intake.workbook import sheets_of

MOST_PIECES = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class RowRead:
    """One row of the file: whose box it is, and what is wrong with it, None where nothing is."""

    place: Place
    box: str | None
    wrong: Note | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxRead:
    """One box as the file has it: content lines, and totals in cents.

    `first_count_cents` and `second_count_cents` are None where the file has no such columns.
    `wrong` is what stands against it: then it is not taken.
    """

    box: str
    place: Place
    contents: tuple[Mapping[str, Any], ...] = ()
    first_count_cents: int | None = None
    second_count_cents: int | None = None
    wrong: tuple[Note, ...] = ()

    @property
    def total_cents(self) -> int:
        """The sum of its lines."""
        return sum(line["amount_cents"] for line in self.contents)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountFileRead:
    """A file as it was read. With `errors` nothing of it was: it is no file of a counter."""

    sha256: str
    file_name: str | None
    layout: str = ""
    boxes: tuple[BoxRead, ...] = ()
    rows: tuple[RowRead, ...] = ()
    errors: tuple[Note, ...] = ()


def read_count_file(
    data: bytes,
    *,
    file_name: str | None = None,
    content_type: str | None = None,
    locale: str | None = None,
) -> CountFileRead:
    """A counter's file from its bytes; `locale` says which mark parts the cents (`es-MX`)."""
    name = shown(re.split(r"[\\/]", file_name)[-1]) if file_name else None
    known = CountFileRead(sha256=hashlib.sha256(data).hexdigest(), file_name=name)
    grids, errors = _grids(data, content_type)
    if errors:
        return replace(known, errors=errors)
    mark = mark_of(locale)
    read = [_Reading(grid=grid, table=found, mark=mark) for grid in grids for found in _find(grid)]
    if not read:
        return replace(known, errors=(Note(FILE, Fault.COUNT_LAYOUT_UNKNOWN),))
    best = max(read, key=lambda each: each.fits)
    if not best.rows:
        return replace(known, errors=(Note(FILE, Fault.NO_BOXES),))
    layout = best.table.layout.name
    return replace(known, layout=layout, boxes=tuple(best.boxes), rows=tuple(best.rows))


def told_of(read: CountFileRead) -> dict[str, Any]:
    """A file that was read, as JSON values: what is entered of it, and what each row said."""
    return {
        "sha256": read.sha256,
        "file_name": read.file_name,
        "layout": read.layout,
        "boxes": [
            {
                "box": each.box,
                "place": str(each.place),
                "contents": [dict(line) for line in each.contents],
                "first_count_cents": each.first_count_cents,
                "second_count_cents": each.second_count_cents,
                "wrong": [_noted(note) for note in each.wrong],
            }
            for each in read.boxes
        ],
        "rows": [
            {
                "place": str(each.place),
                "box": each.box,
                "wrong": _noted(each.wrong) if each.wrong else None,
            }
            for each in read.rows
        ],
    }


def _noted(note: Note) -> dict[str, Any]:
    said = {"place": str(note.place), "code": note.code, "message": note.sentence}
    return {**said, "read": note.read}


def _grids(data: bytes, content_type: str | None) -> tuple[tuple[Grid, ...], tuple[Note, ...]]:
    """The lines of the file, or of each visible sheet; or why there are none."""
    kind = format_of(data)
    if isinstance(kind, Note):
        return (), (kind,)
    if kind is Format.WORKBOOK:
        book = sheets_of(data)
        return (book.grids, ()) if book.fault is None else ((), (book.fault,))
    text = decoded(data, content_type=content_type)
    if text is None:
        return (), (Note(FILE, Fault.NOT_TEXT),)
    grid = lines_of(text.text.removeprefix("\ufeff"), known=known_columns)
    return ((), grid.errors) if grid.errors else ((grid,), ())


# -- headings --------------------------------------------------------------------------------------


def _catalogue(names: Mapping[Any, str]) -> dict[frozenset[str], Any]:
    return {
        tokens(name): what
        for what, text in names.items()
        for name in re.split(r"[;\n]", text)
        if name.strip()
    }


_COLUMNS = _catalogue(HEADINGS)
_INSTRUMENTS = _catalogue(INSTRUMENTS)


def known_columns(texts: Sequence[str]) -> int:
    """How many different columns the texts of a line name."""
    return len({found for text in texts if (found := _COLUMNS.get(tokens(text))) is not None})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """A layout that the headings of a line fit, and which column is which, from 0."""

    layout: Layout
    first: int
    columns: Mapping[Column, int]
    across: Mapping[int, int]
    """Columns of denominations, with their cents."""
    amounts: Mapping[int, str]
    """Columns of instruments that are told in amounts."""


def _find(grid: Grid) -> Iterable[_Table]:
    """The layouts that the first line with known headings fits."""
    for index, line in enumerate(grid.lines[:HEADING_LINES]):
        columns: dict[Column, int] = {}
        across: dict[int, int] = {}
        amounts: dict[int, str] = {}
        for place, cell in enumerate(line.cells):
            named = tokens(cell.text)
            if (column := _COLUMNS.get(named)) is not None and column not in columns:
                columns[column] = place
            elif (cents := chip_cents(cell.text)) is not None:
                across[place] = cents
            elif (instrument := _INSTRUMENTS.get(named)) is not None:
                amounts[place] = instrument
        fitting = [
            _Table(layout=each, first=index + 1, columns=columns, across=across, amounts=amounts)
            for each in LAYOUTS
            if each.needs <= columns.keys() and (each.shape is Shape.LINES or across or amounts)
        ]
        if fitting:
            return fitting[:1] if fitting[0].layout.shape is Shape.LINES else fitting
    return ()


# -- rows ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Box:
    """What a box has gathered from its rows so far."""

    code: str
    place: Place
    contents: list[Mapping[str, Any]] = field(default_factory=list)
    said: dict[Column, int] = field(default_factory=dict)
    wrong: list[Note] = field(default_factory=list)
    rows: int = 0


class _Reading:
    """One grid read by one layout."""

    def __init__(self, *, grid: Grid, table: _Table, mark: Mark | None) -> None:
        self.grid, self.table, self.mark = grid, table, mark
        self.rows: list[RowRead] = []
        held: dict[str, _Box] = {}
        for line in grid.lines[table.first :]:
            self._read(line, held)
        self.boxes = [self._whole(each) for each in held.values()]

    @property
    def fits(self) -> int:
        """How many boxes come out, less those that do not: the layout of the file fits best."""
        return sum(-1 if each.wrong else 1 for each in self.boxes)

    def _read(self, line: Line, held: dict[str, _Box]) -> None:
        cell = line.at(self.table.columns[Column.BOX])
        if cell.is_empty:
            if any(not each.is_empty for each in line.cells) and not self._is_sum(line):
                note = Note(self.grid.place(line), Fault.BOX_MISSING)
                self.rows.append(RowRead(place=note.place, box=None, wrong=note))
            return
        if tokens(cell.text) in (frozenset({"total"}), frozenset({"grand", "total"})):
            return
        box = held.setdefault(cell.text, _Box(cell.text, self.grid.place(line)))
        box.rows += 1
        before = len(box.wrong)
        if self.table.layout.shape is Shape.LINES:
            self._line(line, box)
        else:
            self._across(line, box)
        wrong = box.wrong[before] if len(box.wrong) > before else None
        self.rows.append(RowRead(place=self.grid.place(line), box=box.code, wrong=wrong))

    def _is_sum(self, line: Line) -> bool:
        """Whether the line is the file's own sum: it begins with that word."""
        first = next((cell.text for cell in line.cells if not cell.is_empty), "")
        return "total" in tokens(first)

    def _line(self, line: Line, box: _Box) -> None:
        """One denomination of a box: pieces, amount or both, which then must agree."""
        for column in (Column.TOTAL, Column.FIRST, Column.SECOND):
            self._told(line, box, column)
        instrument = self._instrument(line, box)
        if instrument is None:
            return
        cents = self._denomination(line, box)
        pieces = self._pieces(line, self.table.columns.get(Column.PIECES), box)
        amount = self._amount(line, self.table.columns.get(Column.AMOUNT), box)
        if cents is not None and pieces is not None and amount not in (None, cents * pieces):
            facts = {"said_cents": amount, "pieces": pieces, "denomination_cents": cents}
            self._object(line, Column.AMOUNT, box, Fault.AMOUNT_NOT_PIECES, facts)
            return
        if amount is None and cents is not None and pieces is not None:
            amount = cents * pieces
        if amount is not None:
            counted = {"instrument": instrument, "denomination_cents": cents}
            box.contents.append(_told({**counted, "quantity": pieces, "amount_cents": amount}))

    def _across(self, line: Line, box: _Box) -> None:
        """A box with its denominations beside each other, and its total: their sum."""
        if box.rows > 1:
            self._object(line, Column.BOX, box, Fault.BOX_TWICE, {"other": str(box.place)})
            return
        for column, cents in self.table.across.items():
            pieces = amount = None
            if self.table.layout.in_pieces:
                pieces = self._pieces(line, column, box)
                amount = None if pieces is None else pieces * cents
            else:
                amount = self._amount(line, column, box)
            if amount:
                counted = {"instrument": "CURRENCY", "denomination_cents": cents}
                box.contents.append(_told({**counted, "quantity": pieces, "amount_cents": amount}))
        for column, instrument in self.table.amounts.items():
            if amount := self._amount(line, column, box):
                box.contents.append({"instrument": instrument, "amount_cents": amount})
        for told in (Column.TOTAL, Column.FIRST, Column.SECOND):
            self._told(line, box, told)
        rows_cents = sum(each["amount_cents"] for each in box.contents)
        if box.said.get(Column.TOTAL) != rows_cents and not box.wrong:
            facts = {"said_cents": box.said.get(Column.TOTAL, 0), "rows_cents": rows_cents}
            self._object(line, Column.TOTAL, box, Fault.TOTAL_DIFFERS, facts)

    def _whole(self, box: _Box) -> BoxRead:
        """The box as the file has it; where its rows told a total, it is their sum."""
        total = sum(each["amount_cents"] for each in box.contents)
        said = box.said.get(Column.TOTAL)
        if said is not None and said != total and not box.wrong:
            facts = {"said_cents": said, "rows_cents": total}
            box.wrong.append(Note(box.place, Fault.TOTAL_DIFFERS, facts=facts))
        return BoxRead(
            box=box.code,
            place=box.place,
            contents=tuple(box.contents),
            first_count_cents=box.said.get(Column.FIRST),
            second_count_cents=box.said.get(Column.SECOND),
            wrong=tuple(box.wrong),
        )

    # -- cells ---------------------------------------------------------------------------------

    def _told(self, line: Line, box: _Box, column: Column) -> None:
        """A total of the box, told in one of its rows or the same in all of them."""
        amount = self._amount(line, self.table.columns.get(column), box)
        if amount is None:
            return
        if box.said.setdefault(column, amount) != amount:
            facts = {"said_cents": amount, "rows_cents": box.said[column]}
            self._object(line, column, box, Fault.TOTAL_DIFFERS, facts)

    def _instrument(self, line: Line, box: _Box) -> str | None:
        cell = line.at(self.table.columns.get(Column.INSTRUMENT))
        if cell.is_empty:
            return "CURRENCY"
        found = _INSTRUMENTS.get(tokens(cell.text)) or _spelled(cell)
        if found is None:
            self._object(line, Column.INSTRUMENT, box, Fault.INSTRUMENT_UNKNOWN, {})
        return found

    def _denomination(self, line: Line, box: _Box) -> int | None:
        cell = line.at(self.table.columns.get(Column.DENOMINATION))
        if cell.is_empty:
            return None
        found = amount_of(cell, mark=self.mark)
        if found.fault is not None or not found.cents:
            self._object(line, Column.DENOMINATION, box, Fault.DENOMINATION_UNREADABLE, {})
            return None
        return found.cents

    def _pieces(self, line: Line, column: int | None, box: _Box) -> int | None:
        cell = line.at(column)
        if column is None or cell.is_empty:
            return None
        text = cell.text.replace(",", "").replace(" ", "")
        if cell.flaw is None and text.isascii() and text.isdigit() and int(text) <= MOST_PIECES:
            return int(text)
        facts = {"most": MOST_PIECES}
        box.wrong.append(
            Note(self.grid.place(line, column), Fault.PIECES_INVALID, cell.text, facts)
        )
        return None

    def _amount(self, line: Line, column: int | None, box: _Box) -> int | None:
        if column is None:
            return None
        found = amount_of(line.at(column), mark=self.mark)
        if found.fault is not None:
            place, read = self.grid.place(line, column), line.at(column).text
            box.wrong.append(Note(place, found.fault, read, found.facts))
        return found.cents

    def _object(
        self, line: Line, column: Column, box: _Box, fault: Fault, facts: Mapping[str, Any]
    ) -> None:
        at = self.table.columns.get(column)
        box.wrong.append(Note(self.grid.place(line, at), fault, line.at(at).text, facts))


def _spelled(cell: Cell) -> str | None:
    """An instrument by its own name, as a program writes it."""
    return cell.text if cell.text in INSTRUMENTS else None


def _told(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """A content line without what is not known of it."""
    return {name: value for name, value in line.items() if value is not None}
