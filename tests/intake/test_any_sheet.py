"""Whatever comes in is read or refused; whatever is known and written down reads back the same."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.money import MAX_CENTS
from tablebank.intake.headings import Field
from tablebank.intake.par_sheet import Answers, ChipsIn, Limits, ParRow, ParSheet
from tests.intake.sheets import complaints, read, text_of, with_parts, workbook_of

# -- anything --------------------------------------------------------------------------------------

A_IS_TABLE = Answers(columns={Field.TABLE: "A", Field.NEED: "B"})

PIECES = st.sampled_from(
    [
        *("Table", "Need", "Mesa", "Fondo", "Pit 1", "Total", "BJ-01", "BJ 01", "25,000", "25.000"),
        *("$5", "25k", "-5", "50%", '"', "'", "=1", "\n", "\r\n", ",", ";", "\t", "|", ",", ";"),
        *("Limits", "25-5000", "$100", "25", "\u202e", "\x00", "ñ", "１", " ", "n/a", "#"),
    ]
)
PASTED = st.lists(PIECES, max_size=60).map("".join)


def is_sound(sheet: ParSheet) -> None:
    """What holds of every sheet: complete or refused with reasons that can be shown."""
    assert sheet.is_readable == (not sheet.errors and not sheet.questions)
    assert not sheet.is_readable or sheet.rows
    assert list(sheet.errors) == sorted(sheet.errors, key=lambda note: (note.place, note.code))
    for note in (*sheet.errors, *sheet.skipped):
        assert note.sentence
        assert "{" not in note.sentence
        assert note.read.isprintable()
        assert len(note.read) < 800
    for row in sheet.rows:
        assert row.table_code.isprintable()
        assert row.need_cents is None or 0 <= row.need_cents <= MAX_CENTS
        assert row.limits is None or row.limits.min_cents <= row.limits.max_cents


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """PAR-8, S5: never a crash."""
    is_sound(read(data))
    is_sound(read(data, answers=A_IS_TABLE))


@given(PASTED, st.sampled_from([None, "en-US", "es-CO"]))
@settings(max_examples=300)
def test_any_pasted_text_is_read_or_refused(text: str, locale: str | None) -> None:
    """PAR-8, S5: made of what par sheets are made of, in any disorder; twice the same."""
    for answers in (Answers(), A_IS_TABLE, Answers(heading_line=1, chips_in=ChipsIn.PIECES)):
        sheet = read(text, locale=locale, answers=answers)
        is_sound(sheet)
        assert sheet == read(text, locale=locale, answers=answers)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(["Table", "Need", "Total", "BJ-01", "=1+1", "$5", "25,000.00", "x" * 70]),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.booleans())
@settings(max_examples=60)
def test_any_workbook_is_read_or_refused(rows: list[list[Any]], headed: bool) -> None:
    """PAR-8, S5: numbers, dates, formulas and truths wherever they may stand."""
    data = workbook_of([["Table", "Need", "Notes"], *rows] if headed else rows)
    is_sound(read(data))
    is_sound(read(data, answers=A_IS_TABLE))


@given(st.binary(max_size=200), st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml"]))
@settings(max_examples=60)
def test_any_part_of_a_workbook_may_be_anything(data: bytes, part: str) -> None:
    """S5, S9: an archive that looks like a workbook need not hold one."""
    is_sound(read(with_parts(workbook_of([["Table", "Need"], ["BJ-01", 7]]), {part: data})))


# -- what is known reads back ----------------------------------------------------------------------

TEXTS = st.text(
    st.characters(codec="cp1252", exclude_categories=["C", "Zs", "Zl", "Zp"]),
    min_size=1,
    max_size=9,
).filter(lambda text: text.isascii() or len(text) > 2)

NOTES = st.lists(TEXTS, min_size=1, max_size=4).map(" ".join)
CENTS = st.one_of(st.integers(0, 10**8), st.integers(0, MAX_CENTS))


@st.composite
def sheets(draw: st.DrawFn) -> list[ParRow]:
    """Tables as a casino may have them, each with what its sheet tells."""
    numbers = draw(st.lists(st.integers(1, 400), min_size=1, max_size=12, unique=True))
    blank = read([["Table", "Need"], ["T-1", "1"]]).rows[0]
    rows = []
    for number in numbers:
        ends = sorted(draw(st.tuples(CENTS, CENTS)))
        rows.append(
            replace(
                blank,
                table_code=f"{draw(st.sampled_from(['BJ-', 'RL ', 'Mesa ñ', '']))}{number}",
                need_cents=draw(st.none() | CENTS),
                pit=draw(st.sampled_from(["Main", "Salón 2"])),
                game_type=draw(st.sampled_from([None, "BLACKJACK", "THREE_CARD_POKER"])),
                limits=draw(st.sampled_from([None, Limits(min_cents=ends[0], max_cents=ends[1])])),
                notes=draw(st.none() | NOTES),
            )
        )
    return rows


def _with_point(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


WAYS = {
    "$1,234.50": lambda cents: f"${_with_point(cents)}",
    "1,234.50": _with_point,
    "1.234,50": lambda cents: _with_point(cents).translate({44: ".", 46: ","}),
    "1 234,50": lambda cents: _with_point(cents).translate({44: "\u00a0", 46: ","}),
    "1234.50 USD": lambda cents: f"{cents // 100}.{cents % 100:02d} USD",
}
SPANISH = ("Mesa", "Sección", "Juego", "Mínimo", "Máximo", "Necesidad", "Observaciones")
ENGLISH = ("Table", "Pit", "Game", "Min", "Max", "Target need (par)", "Notes")


def written(rows: list[ParRow], way: Any, headings: tuple[str, ...]) -> list[list[str]]:
    """The sheet as somebody types it: a title above, a total below."""
    lines = [["Par"], list(headings)]
    for row in rows:
        ends = (row.limits.min_cents, row.limits.max_cents) if row.limits else ()
        limits = [way(each) for each in ends] or ["", ""]
        need = "" if row.need_cents is None else way(row.need_cents)
        game = (row.game_type or "").replace("_", " ").title()
        lines.append([row.table_code, row.pit or "", game, *limits, need, row.notes or ""])
    known = [row.need_cents for row in rows if row.need_cents is not None]
    total = way(sum(known)) if sum(known) <= MAX_CENTS else ""
    return [*lines, ["Total", "", "", "", "", total, ""]]


def said(row: ParRow) -> ParRow:
    """A row wherever it stands."""
    return replace(row, place=replace(row.place, row=0, sheet=""))


@settings(max_examples=60)
@given(
    sheets(),
    st.sampled_from(sorted(WAYS)),
    st.sampled_from([SPANISH, ENGLISH]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["en-US", "es-CO", None]),
)
def test_a_written_sheet_reads_back_the_same(
    rows: list[ParRow],
    way: str,
    headings: tuple[str, ...],
    separator: str,
    encoding: str,
    locale: str | None,
) -> None:
    """PAR-8: through every separator, encoding and way of writing amounts, in any country."""
    lines = written(rows, WAYS[way], headings)
    data = text_of(lines, separator=separator).encode(encoding)
    sheet = read(data, locale=locale, content_type="text/csv; charset=windows-1252")
    assert sheet.is_readable, complaints(sheet)
    assert [said(row) for row in sheet.rows] == [said(row) for row in rows]


@given(sheets(), st.sampled_from([SPANISH, ENGLISH]), st.booleans())
@settings(max_examples=50)
def test_a_written_workbook_reads_back_the_same(
    rows: list[ParRow], headings: tuple[str, ...], as_numbers: bool
) -> None:
    """PAR-8: with amounts as numbers of the spreadsheet, or typed."""
    small = [
        replace(
            row,
            need_cents=row.need_cents and row.need_cents % 10**12,
            limits=None,
            notes=row.notes and f"x {row.notes}",
        )
        for row in rows
    ]
    lines: list[list[Any]] = [list(each) for each in written(small, _with_point, headings)]
    if as_numbers:
        for line, row in zip(lines[2:], small, strict=False):
            line[5] = None if row.need_cents is None else row.need_cents / 100
    sheet = read(workbook_of(lines))
    assert sheet.is_readable, complaints(sheet)
    assert [said(row) for row in sheet.rows] == [said(row) for row in small]
