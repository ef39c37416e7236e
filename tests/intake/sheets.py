"""Par sheets as casinos have them, made on the spot: texts and workbooks, and what came of them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from tablebank.intake.faults import Fault, Told
from tablebank.intake.par_reading import read_par_sheet
from tablebank.intake.par_sheet import ParRow, ParSheet

Rows = Sequence[Sequence[Any]]

HEADINGS = ("Table", "Need")


def text_of(rows: Rows, *, separator: str = ",", line_end: str = "\r\n") -> str:
    """Rows as a text, quoted where they must be."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=line_end).writerows(rows)
    return written.getvalue()


def workbook_of(
    rows: Rows = (), *, title: str = "Par", also: Callable[[Any], None] = lambda book: None
) -> bytes:
    """Rows as a workbook; `also` does the rest to it."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    also(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_parts(data: bytes, changed: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """A workbook with parts of it put in another way than any program would write them."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in {*before.namelist(), *changed}:
            change = changed.get(name)
            if change is None:
                after.writestr(name, before.read(name))
            else:
                after.writestr(name, change(before.read(name)) if callable(change) else change)
    return saved.getvalue()


SHEET_1 = "xl/worksheets/sheet1.xml"


def read(source: bytes | str | Rows, **said: Any) -> ParSheet:
    """What comes of bytes, of pasted text, or of rows written as a text."""
    if not isinstance(source, bytes | str):
        source = text_of(source)
    return read_par_sheet(source, **said)


def row_of(source: bytes | str | Rows, **said: Any) -> ParRow:
    """The only row of a sheet that can be read."""
    sheet = read(source, **said)
    assert sheet.is_readable, complaints(sheet)
    (row,) = sheet.rows
    return row


def needs(sheet: ParSheet) -> dict[str, int | None]:
    """Each table's need in cents."""
    assert sheet.is_readable, complaints(sheet)
    return {row.table_code: row.need_cents for row in sheet.rows}


def complaints(sheet: ParSheet) -> list[tuple[str, str]]:
    """Where and what: every error, then every question."""
    errors = [(str(note.place), note.code) for note in sheet.errors]
    return errors + [("?", question.code) for question in sheet.questions]


def faults(sheet: ParSheet) -> list[Fault]:
    """The errors, in their order."""
    return [note.about for note in sheet.errors if isinstance(note.about, Fault)]


def told(sheet: ParSheet) -> dict[str, list[Told]]:
    """What was said of each place."""
    found: dict[str, list[Told]] = {}
    for note in sheet.skipped:
        assert isinstance(note.about, Told)
        found.setdefault(str(note.place), []).append(note.about)
    return found


def pits(rows: Iterable[ParRow]) -> dict[str, str | None]:
    """Where each table stands."""
    return {row.table_code: row.pit for row in rows}


PITS = {"Pit 1": "BJ", "Pit 2": "RL", "Alta denominación": "BC", "Pit 4": "CR"}
GAMES = {"BJ": "Blackjack", "RL": "Ruleta americana", "BC": "Punto banco", "CR": "Dados"}


def need_of(number: int) -> int:
    return 20_000 + number * 500


def eighty_tables() -> bytes:
    """Printed once a year: title, two lines of headings, pits as merged lines, totals, a footer."""
    lines: list[list[Any]] = [
        ["GRAND CASINO – FONDOS POR MESA"],
        ["Vigente desde el 3 de enero"],
        [],
        ["Mesa", "Juego", "Apuestas", None, "Fondo", "Observaciones"],
        [None, None, "Mínimo", "Máximo", None, None],
    ]
    merged = ["A1:F1", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5"]
    number = 0
    for pit, prefix in PITS.items():
        lines.append([pit])
        merged.append(f"A{len(lines)}:F{len(lines)}")
        for each in range(20):
            number += 1
            need: Any = need_of(number)
            if number % 7 == 0:
                need = f"${need:,.2f}"
            elif number % 11 == 0:
                need = f"{need / 1000:g}k"
            elif number == 80:
                need = None
            note = "fines de semana" if each == 3 else None
            lines.append([f"{prefix}-{each + 1:02}", GAMES[prefix], 25, "5k", need, note])
        lines.append([])
        known = [need_of(n) for n in range(number - 19, number + 1) if n != 80]
        lines.append([f"Total {pit}", None, None, None, sum(known)])
    every = sum(need_of(n) for n in range(1, 80))
    lines += [["GRAN TOTAL", None, None, None, every], [], ["Autorizó: Gerencia de mesas"]]

    def finish(book: Any) -> None:
        for area in merged:
            book.active.merge_cells(area)
        book.active.row_dimensions[9].hidden = True
        book.create_sheet("2025").sheet_state = "hidden"
        book.create_sheet("Teléfonos").append(["Caja", "Ext. 4100"])

    return workbook_of(lines, title="Mesas 2026", also=finish)
