"""Whole sheets as casinos have them, with everything at once: eighty tables, the usual mess."""

from typing import Any

import pytest

from tablebank.intake import bounds
from tablebank.intake.faults import Fault, Told
from tests.intake.sheets import (
    PITS,
    complaints,
    eighty_tables,
    faults,
    need_of,
    needs,
    read,
    text_of,
    told,
    workbook_of,
)


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


def test_a_game_is_known_by_its_spanish_name_too() -> None:
    """PAR-8: one game has one code, however the sheet calls it; PAR-2 goes by the code."""
    names = ("Punto y Banca", "Mini-Bacará", "Ruleta europea", "Ruleta francesa", "Dados", "21")
    rows = [("Mesa", "Juego", "Fondo"), *((f"T-{n}", name, 500) for n, name in enumerate(names))]
    assert [row.game_type for row in read(text_of(rows)).rows] == [
        "BACCARAT",
        "BACCARAT",
        "ROULETTE",
        "ROULETTE",
        "CRAPS",
        "BLACKJACK",
    ]


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
