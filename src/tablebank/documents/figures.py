"""Lists of figures as files for a spreadsheet: CSV and XLSX, numbers as numbers, no live formulas.

What comes in is typed and worded already. A text that a spreadsheet would take for a formula is
kept a text, and marks that turn or hide letters are shown as unreadable (S9).
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from tablebank.documents.sheet import plain_text

Value = str | int | Decimal | date | datetime | None


class Style(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    AMOUNT = "amount"
    WHOLE = "whole"
    SHARE = "share"
    DAY = "day"
    INSTANT = "instant"


_FORMATS = {
    Style.AMOUNT: "#,##0.00;[Red]-#,##0.00",
    Style.WHOLE: "#,##0",
    Style.SHARE: "0.00%",
    Style.DAY: "yyyy-mm-dd",
    Style.INSTANT: "yyyy-mm-dd hh:mm",
}
_WIDTHS = {Style.TEXT: 22, Style.INSTANT: 18}


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The head of a column, and how what is below it is shown."""

    words: str
    style: Style


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """One list. `above` are lines of its own before the heads; amounts are whole units with their
    hundredths, instants local with no zone, a value that is not known a text that says so."""

    name: str
    above: Sequence[str]
    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[Value] | None = None


def csv_of(listing: Listing) -> bytes:
    """The list alone, its heads in the first line: what a program reads, and a person can."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(each.words) for each in listing.heads])
    for row in listing.rows:
        writer.writerow([_written(value) for value in row])
    return ("\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()).encode()


_STARTS_A_FORMULA = ("=", "+", "-", "@")


def _safe(text: str) -> str:
    """A text no spreadsheet takes for a formula: an apostrophe before it says that it is one."""
    shown = plain_text(text).replace("\N{ZERO WIDTH SPACE}", "")
    return f"'{shown}" if shown.lstrip().startswith(_STARTS_A_FORMULA) else shown


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _safe(value)
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


def xlsx_of(listings: Sequence[Listing]) -> bytes:
    """A workbook, a sheet for each list."""
    book = Workbook(write_only=True)
    for listing in listings:
        _add(book.create_sheet(_sheet_name(listing.name)), listing)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(name: str) -> str:
    """At most 31 letters, without those that a sheet's name may not have."""
    return "".join(" " if each in "[]:*?/\\" else each for each in name)[:31]


def _add(sheet: Any, listing: Listing) -> None:
    for column, head in enumerate(listing.heads, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(head.style, 14)
    sheet.freeze_panes = f"B{len(listing.above) + 3}"
    for line in listing.above:
        sheet.append([_cell(sheet, line, Style.TEXT)])
    sheet.append([])
    heads = [_cell(sheet, each.words, Style.TEXT, is_bold=True) for each in listing.heads]
    for cell in heads:
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    sheet.append(heads)
    for row in listing.rows:
        sheet.append(list(_row(sheet, listing, row)))
    if listing.totals is not None:
        sheet.append(list(_row(sheet, listing, listing.totals, is_bold=True)))


def _row(
    sheet: Any, listing: Listing, row: Sequence[Value], *, is_bold: bool = False
) -> Iterator[Any]:
    for head, value in zip(listing.heads, row, strict=True):
        yield _cell(sheet, value, head.style, is_bold=is_bold)


def _cell(sheet: Any, value: Value, style: Style, *, is_bold: bool = False) -> Any:
    if isinstance(value, str):
        value = plain_text(value).replace("\N{ZERO WIDTH SPACE}", "")
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # Whatever it begins with, it is a text and never a formula.
        cell.data_type = "s"
        if style is not Style.TEXT:
            cell.alignment = Alignment(horizontal="right")
    elif style in _FORMATS:
        cell.number_format = _FORMATS[style]
    if is_bold:
        cell.font = Font(bold=True)
    return cell
