"""Whole sheets as casinos have them, with everything at once: eighty tables, the usual mess."""

from typing import Any

import pytest

from tablebank.intake import bounds
from tablebank.intake.faults import Fault, Told
from tablebank.intake.par_plan import KnownTable, Outcome, plan
from tests.intake.sheets import complaints, faults, needs, read, text_of, told, workbook_of

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


def test_the_sheet_of_eighty_tables_is_read_whole() -> None:
    """PAR-8: every table with its pit, game, limits and need; what was passed over is said."""
    sheet = read(eighty_tables(), locale="es-MX")
    found = needs(sheet)
    assert len(found) == 80
    assert list(found.values()) == [need_of(n) * 100 for n in range(1, 80)] + [None]
    assert {row.pit for row in sheet.rows} == set(PITS)
    assert {row.game_type for row in sheet.rows} == {"BLACKJACK", "ROULETTE", "BACCARAT", "CRAPS"}
    assert all(row.limits and row.limits.max_cents == 500_000 for row in sheet.rows)
    assert sum(row.notes == "fines de semana" for row in sheet.rows) == 4
    said = [note for notes in told(sheet).values() for note in notes]
    assert said.count(Told.TOTAL) == 5
    assert said.count(Told.ABOVE_HEADINGS) == 3, "title, date, and the upper line of headings"
    assert said.count(Told.PIT_HEADING) == 4
    assert said.count(Told.REMARK) == 1, "whoever signed it is no pit"
    assert said.count(Told.ROW_HIDDEN) == 1
    assert said.count(Told.SHEET_HIDDEN) == said.count(Told.SHEET_NOT_READ) == 1


def test_the_same_sheet_as_text_is_the_same() -> None:
    """PAR-8: exported with semicolons by a Spanish Excel, or pasted with tabs."""
    sheet = read(eighty_tables(), locale="es-MX")
    lines = [["Mesa", "Pit", "Juego", "Límites", "Fondo", "Notas"]]
    for row in sheet.rows:
        need = "" if row.need_cents is None else f"{row.need_cents // 100}"
        game = row.game_type or ""
        lines.append([row.table_code, row.pit or "", game, "25-5000", need, row.notes or ""])
    exported = read(text_of(lines, separator=";").encode("cp1252"))
    pasted = read(text_of(lines, separator="\t", line_end="\n"))
    assert exported.rows == pasted.rows
    assert needs(exported) == needs(sheet)


def test_it_is_planned_and_then_changes_nothing() -> None:
    """PAR-8: tables provisioned from the sheet, the same sheet brought again."""
    sheet = read(eighty_tables(), locale="es-MX")
    first = plan(sheet, [], provision=True)
    assert first.may_go
    assert [row.outcome for row in first.rows] == [Outcome.CREATE_TABLE] * 80
    assert sum(row.writes_policy for row in first.rows) == 79
    tables = [
        KnownTable(
            code=row.table_code,
            pit=row.row.pit or "",
            game_type=row.row.game_type,
            limits=row.row.limits,
            need_cents=row.to_cents,
            notes=row.row.notes,
        )
        for row in first.rows
    ]
    second = plan(read(eighty_tables(), locale="es-MX"), tables, provision=True)
    assert second.changes_nothing
    assert not any(row.differs for row in second.rows)


def test_the_same_bytes_have_the_same_hash() -> None:
    """PAR-8: the file's hash is kept with what came of it; pasted text has that of its UTF-8."""
    data = text_of([["Table", "Need"], ["BJ-01", "5"]])
    assert read(data).sha256 == read(data.encode()).sha256
    assert read(data).sha256 != read(data + " ").sha256


def test_too_long_and_too_many() -> None:
    """S9: a pit, a game and a table are called something short; a workbook has few sheets."""
    rows = [["Table", "Pit", "Game", "Need"], ["B-1", "x" * 65, "y" * 65, "5"]]
    assert complaints(read(rows)) == [("line 2", "TEXT_TOO_LONG")] * 2

    def more(book: Any) -> None:
        for each in range(bounds.MAX_SHEETS):
            book.create_sheet(f"{each}")

    assert faults(read(workbook_of([["Table", "Need"]], also=more))) == [Fault.TOO_MANY_SHEETS]


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_is_a_sentence(fault: Fault) -> None:
    """PAR-8: said to people, with nothing but named facts in it."""
    assert fault.value[0].isupper() or fault.value.startswith("{")
    assert fault.value.endswith((".", "?"))
