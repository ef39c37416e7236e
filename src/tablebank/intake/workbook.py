"""A workbook (XLSX) to one grid per visible sheet: stored values only, never a formula worked out.

openpyxl reads the values. Beside it the sheet's XML is walked once for what values do not show:
formulas without a stored result, merged cells, hidden rows and columns. The archive is measured
before anything of it is read, and whatever either reader stumbles over means one thing: the
workbook cannot be opened (S9).
"""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]
from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped]
from openpyxl.utils import (  # type: ignore[import-untyped]
    coordinate_to_tuple,
    range_boundaries,
)
from openpyxl.xml.constants import SHEET_MAIN_NS  # type: ignore[import-untyped]

from tablebank.intake.bounds import (
    MAX_COLUMNS,
    MAX_LINES,
    MAX_MERGES,
    MAX_PARTS,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_TAGS,
    MAX_UNPACKED,
)
from tablebank.intake.cells import EMPTY, Cell, Grid, Line, is_blank, text_cell
from tablebank.intake.faults import Fault, Note, Place, Told, shown
from tablebank.intake.formats import FILE

_CHUNK = 1 << 20
_ENCRYPTED_PART = 0x1
_MAIN = "{" + SHEET_MAIN_NS
_STRICT = "{http://purl.oclc.org/ooxml/"
_UNPACKABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Workbook:
    """The visible sheets in their order, what was passed over, and why it cannot be read if so."""

    grids: tuple[Grid, ...] = ()
    told: tuple[Note, ...] = ()
    fault: Note | None = None


class _TooMuchError(Exception):
    """More of something than a sheet may hold."""

    def __init__(self, fault: Fault, most: int) -> None:
        super().__init__(fault.name)
        self.fault, self.most = fault, most


def sheets_of(data: bytes) -> Workbook:
    """Every visible sheet of a workbook; hidden ones are named and not read (PAR-8)."""
    try:
        if (fault := _measured(data)) is not None:
            return Workbook(fault=Note(FILE, fault))
        return _read(data)
    except _TooMuchError as much:
        return Workbook(fault=Note(FILE, much.fault, facts={"most": much.most}))
    except Exception:  # hostile or broken files fail anywhere in either reader
        return Workbook(fault=Note(FILE, Fault.WORKBOOK_BROKEN))


def _measured(data: bytes) -> Fault | None:
    """Why the archive may not be opened, by what it declares, then by what it unpacks to."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & _ENCRYPTED_PART for part in parts):
            return Fault.WORKBOOK_ENCRYPTED
        if len(parts) > MAX_PARTS or len({part.filename for part in parts}) < len(parts):
            return Fault.WORKBOOK_TOO_LARGE
        if any(part.compress_type not in _UNPACKABLE for part in parts):
            return Fault.WORKBOOK_BROKEN
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            return Fault.WORKBOOK_TOO_LARGE
        size = tags = 0
        for part in parts:
            is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    tags += chunk.count(b"<") if is_markup else 0
                    if size > MAX_UNPACKED or tags > MAX_TAGS:
                        return Fault.WORKBOOK_TOO_LARGE
    return None


def _read(data: bytes) -> Workbook:
    reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    with closing(reader.archive):
        reader.read()
        parts = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
        if len(parts) > MAX_SHEETS:
            raise _TooMuchError(Fault.TOO_MANY_SHEETS, MAX_SHEETS)
        grids: list[Grid] = []
        told: list[Note] = []
        for sheet in reader.wb.worksheets:
            if sheet.sheet_state != "visible":
                facts = {"sheet": shown(sheet.title)}
                told.append(Note(Place(sheet.title), Told.SHEET_HIDDEN, facts=facts))
                continue
            with reader.archive.open(parts[sheet.title]) as stream:
                marks = _marks(stream)
            grids.append(_grid(sheet, marks))
    return Workbook(grids=tuple(grids), told=tuple(told))


# -- what values do not show -----------------------------------------------------------------------


@dataclass(slots=True)
class _Marks:
    """Places by row and column from 1; merged areas as left, top, right, bottom."""

    row: int = 0
    filled: set[int] = field(default_factory=set)
    unstored: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def _marks(stream: Any) -> _Marks:
    marks = _Marks()
    rows = 0
    for _event, element in iterparse(stream):
        namespace, _brace, name = element.tag.rpartition("}")
        if namespace.startswith(_STRICT):
            raise ValueError("a dialect that the other reader finds nothing in")
        match name if namespace == _MAIN else "":
            case "row":
                rows += 1
                _row_marks(element, marks)
                if len(marks.filled) > MAX_ROWS or rows > MAX_LINES:
                    raise _TooMuchError(Fault.TOO_MANY_ROWS, MAX_ROWS)
                element.clear()
            case "mergeCell":
                marks.merged.append(_area(element.get("ref", "")))
                if len(marks.merged) > MAX_MERGES:
                    raise _TooMuchError(Fault.TOO_MANY_MERGES, MAX_MERGES)
            case "col" if element.get("hidden") in ("1", "true"):
                least, most = int(element.get("min", "0")), int(element.get("max", "0"))
                marks.hidden_columns.append((least, most))
    return marks


def _row_marks(row: Element, marks: _Marks) -> None:
    """Note whether anything stands in a row, and its formulas without a result.

    Rows and cells that go back would be passed over by the other reader: such a sheet is broken.
    """
    number = int(row.get("r", marks.row + 1))
    if number <= marks.row:
        raise ValueError("rows out of order")
    marks.row, column = number, 0
    for cell in row:
        column = _column(cell, row=number, after=column)
        parts = {child.tag.rpartition("}")[2]: child for child in cell}
        has_value = "is" in parts or ("v" in parts and bool(parts["v"].text))
        # A text that came out empty is a result too.
        is_unstored = "f" in parts and not has_value and cell.get("t") != "str"
        if not has_value and not is_unstored:
            continue
        marks.filled.add(number)
        if column > MAX_COLUMNS:
            raise _TooMuchError(Fault.TOO_MANY_COLUMNS, MAX_COLUMNS)
        if is_unstored:
            marks.unstored[number, column] = f"={parts['f'].text or ''}"
    if number in marks.filled and number > MAX_LINES:
        raise _TooMuchError(Fault.TOO_MANY_ROWS, MAX_ROWS)
    if number in marks.filled and row.get("hidden") in ("1", "true"):
        marks.hidden_rows.append(number)


def _column(cell: Element, *, row: int, after: int) -> int:
    reference = cell.get("r")
    place = coordinate_to_tuple(reference) if reference else (row, after + 1)
    if place[0] != row or place[1] <= after:
        raise ValueError("cells out of order")
    return int(place[1])


def _area(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(each or 0) for each in range_boundaries(reference))
    return left, top, right, bottom


# -- values ----------------------------------------------------------------------------------------


def _grid(sheet: Any, marks: _Marks) -> Grid:
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    rows: dict[int, list[Cell]] = {}
    for number, row in _rows(sheet, marks.filled):
        cells = [
            _unstored(marks.unstored[number, column])
            if (number, column) in marks.unstored
            else _cell(each)
            for column, each in enumerate(row, start=1)
        ]
        if not is_blank(cells):
            rows[number] = _trimmed(cells)
    across = _merge(rows, marks.merged)
    lines = tuple(
        Line(number, tuple(cells), spans=number in across) for number, cells in rows.items()
    )
    return Grid(sheet=sheet.title, lines=lines, told=_hidden(sheet.title, lines, marks))


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at its end."""
    last = max(column for column, cell in enumerate(cells) if not cell.is_empty)
    return cells[: last + 1]


def _rows(sheet: Any, filled: set[int]) -> Iterator[tuple[int, Any]]:
    """Each row in which something stands, with its number."""
    last = max(filled, default=0)
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > last:
            return
        if number in filled:
            yield number, row


def _unstored(formula: str) -> Cell:
    return Cell(shown(formula), flaw=Fault.FORMULA_WITHOUT_VALUE)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "e":
        return Cell(shown(str(value)), flaw=Fault.CELL_ERROR)
    if isinstance(value, bool):
        return Cell(str(value).upper(), flaw=Fault.IS_TRUTH)
    if isinstance(value, date | time | timedelta):
        return Cell(str(value), flaw=Fault.IS_DATE)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return text_cell(str(value))


def _number(value: int | float, style: str) -> Cell:
    if "%" in style:
        return Cell(_plain(value), flaw=Fault.IS_PERCENT)
    text = _plain(value)
    if style.strip("0") == "" and text.isdigit():
        text = text.zfill(len(style))
    return Cell(shown(text), number=value)


def _plain(value: int | float) -> str:
    """A number as it is typed: 7 is stored as 7.0 now and then."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _merge(rows: dict[int, list[Cell]], areas: list[tuple[int, int, int, int]]) -> frozenset[int]:
    """Fill merged areas downwards, marked as merged; the rows in which one runs across."""
    across: set[int] = set()
    budget = MAX_LINES
    for left, top, right, bottom in areas:
        if right > left and top in rows:
            across.add(top)
        first = rows.get(top, [])
        value = first[left - 1] if left <= len(first) else EMPTY
        value = value if value.flaw else replace(value, flaw=Fault.MERGED_CELL)
        if bottom <= top or not value.text or left > MAX_COLUMNS:
            continue
        for number in range(top, min(bottom, MAX_LINES) + 1):
            budget -= 1
            if budget < 0:
                raise _TooMuchError(Fault.TOO_MANY_MERGES, MAX_MERGES)
            if number in rows:
                _put(rows[number], left - 1, value)
    return frozenset(across)


def _put(cells: list[Cell], column: int, cell: Cell) -> None:
    cells.extend([EMPTY] * (column + 1 - len(cells)))
    cells[column] = cell


def _hidden(title: str, lines: tuple[Line, ...], marks: _Marks) -> tuple[Note, ...]:
    there = {line.number for line in lines}
    rows = [Place(title, row) for row in marks.hidden_rows if row in there]
    used = max((line.filled[-1] for line in lines), default=-1) + 1
    columns = [
        Place(title, lines[0].number, column)
        for least, most in marks.hidden_columns
        for column in range(least, min(most, used) + 1)
    ]
    return (
        *(Note(place, Told.ROW_HIDDEN) for place in rows),
        *(Note(place, Told.COLUMN_HIDDEN) for place in columns),
    )
