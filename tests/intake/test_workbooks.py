"""Workbooks: stored values only, merged cells, hidden sheets, and which sheet is the par sheet."""

from datetime import date, time
from typing import Any

import pytest

from tablebank.intake.faults import Fault, Told
from tablebank.intake.par_sheet import Answers, Ask
from tests.intake.sheets import (
    SHEET_1,
    complaints,
    faults,
    needs,
    pits,
    read,
    row_of,
    told,
    with_parts,
    workbook_of,
)

SHEET = [["Table", "Need"], ["BJ-01", 25_000], ["BJ-02", 30_000.5], ["BJ-03", "$1,250.00"]]


def test_numbers_and_texts_are_read() -> None:
    """PAR-8: a spreadsheet's numbers as well as typed amounts, each with its cell."""
    sheet = read(workbook_of(SHEET))
    assert needs(sheet) == {"BJ-01": 2_500_000, "BJ-02": 3_000_050, "BJ-03": 125_000}
    assert [str(row.place) for row in sheet.rows] == ["Par!row 2", "Par!row 3", "Par!row 4"]
    assert sheet.sheet == "Par"


def test_an_error_names_its_cell() -> None:
    """PAR-8: every one of them, as spreadsheets call it."""
    rows = [["Table", "Need"], ["BJ-01", "x"], ["BJ-02", -5], ["BJ-03", date(2026, 1, 3)]]
    assert complaints(read(workbook_of(rows, title="Par sheet"))) == [
        ("'Par sheet'!B2", "AMOUNT_UNREADABLE"),
        ("'Par sheet'!B3", "AMOUNT_NEGATIVE"),
        ("'Par sheet'!B4", "IS_DATE"),
    ]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (True, Fault.IS_TRUTH),
        (time(12, 30), Fault.IS_DATE),
        ("#REF!", Fault.CELL_ERROR),
        ("=SUM(A1:A2)", Fault.FORMULA_WITHOUT_VALUE),
        ("=[1]Other!A1", Fault.FORMULA_WITHOUT_VALUE),
        (25_000.005, Fault.AMOUNT_NOT_IN_CENTS),
        ("50%", Fault.IS_PERCENT),
    ],
)
def test_what_is_no_amount_in_a_workbook_is_refused(value: Any, fault: Fault) -> None:
    """PAR-8, S9: a formula is never worked out, and one without a stored result is no zero."""
    assert faults(read(workbook_of([["Table", "Need"], ["BJ-01", value]]))) == [fault]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (b"12345.300000000001", Fault.AMOUNT_NOT_IN_CENTS),
        (b"9" * 400, Fault.AMOUNT_TOO_LARGE),
        (b"1e300", Fault.AMOUNT_TOO_LARGE),
        (b"9e999", Fault.AMOUNT_TOO_LARGE),
        (b"9" * 5_000, Fault.WORKBOOK_BROKEN),
    ],
)
def test_a_number_that_no_program_would_store_is_refused(number: bytes, fault: Fault) -> None:
    """S9, LESSON-29: as long as one likes, and never rounded."""
    data = with_parts(
        workbook_of([["Table", "Need"], ["BJ-01", 7]]),
        {SHEET_1: lambda xml: xml.replace(b"<v>7</v>", b"<v>%s</v>" % number)},
    )
    assert faults(read(data)) == [fault]


def test_a_share_is_no_amount() -> None:
    """PAR-8: 0.25 shown as 25 % is not twenty-five cents."""

    def as_share(book: Any) -> None:
        book.active["B2"].number_format = "0%"

    data = workbook_of([["Table", "Need"], ["BJ-01", 0.25]], also=as_share)
    assert faults(read(data)) == [Fault.IS_PERCENT]


def stored(formula: bytes, result: bytes, kind: bytes = b"n") -> bytes:
    """A sheet whose need is a formula with its stored result, as Excel saves it."""
    cell = b'<c r="B2" t="%s"><f>%s</f><v>%s</v></c>' % (kind, formula, result)
    return with_parts(
        workbook_of([["Table", "Need"], ["BJ-01", 7]]),
        {SHEET_1: lambda xml: xml.replace(b'<c r="B2" t="n"><v>7</v></c>', cell)},
    )


def test_a_formula_is_read_by_its_stored_result() -> None:
    """PAR-8: as whoever saved it saw it; also one that refers to another file."""
    assert row_of(stored(b"A1*5", b"25000")).need_cents == 2_500_000
    assert row_of(stored(b"[1]Par!B2", b"25000")).need_cents == 2_500_000
    assert row_of(stored(b'HYPERLINK("http://x","y")', b"$5.00", b"str")).need_cents == 500
    assert row_of(stored(b'IF(A2="","",1)', b"", b"str")).need_cents is None
    assert faults(read(stored(b"A1/0", b"#DIV/0!", b"e"))) == [Fault.CELL_ERROR]


def test_a_table_typed_as_a_number_keeps_its_zeros() -> None:
    """PAR-8: 7 shown as 07 is table 07; a fraction or a date is none."""

    def shown(book: Any) -> None:
        book.active["A2"].number_format = "00"

    data = workbook_of([["Table", "Need"], [7, 5], [101, 6], [102.0, 7]], also=shown)
    assert needs(read(data)) == {"07": 500, "101": 600, "102": 700}
    assert faults(read(workbook_of([["Table", "Need"], [7.5, 5]]))) == [Fault.TABLE_INVALID]
    dated = workbook_of([["Table", "Need"], [date(2026, 1, 2), 5]])
    assert faults(read(dated)) == [Fault.IS_DATE]


def test_merged_pits_and_titles_are_carried_down() -> None:
    """PAR-8: as sheets are laid out to be printed."""
    rows = [
        ["Grand Casino: bankrolls"],
        [],
        ["Pit", "Table", "Game", "Limits", None, "Par", "Notes"],
        [None, None, None, "Min", "Max", None, None],
        ["Main", "BJ-01", "Blackjack", 25, 5000, 25_000, "busy"],
        [None, "BJ-02", None, 25, 5000, 30_000, None],
        ["High limit"],
        ["Salon", "BC-01", "Baccarat", 100, 10_000, 90_000, None],
        ["Total", None, None, None, None, 145_000, None],
    ]

    def merge(book: Any) -> None:
        for area in ("A1:G1", "A3:A4", "B3:B4", "D3:E3", "F3:F4", "A5:A6", "C5:C6", "A7:G7"):
            book.active.merge_cells(area)

    sheet = read(workbook_of(rows, also=merge))
    assert needs(sheet) == {"BJ-01": 2_500_000, "BJ-02": 3_000_000, "BC-01": 9_000_000}
    assert pits(sheet.rows) == {"BJ-01": "Main", "BJ-02": "Main", "BC-01": "Salon"}
    assert [row.game_type for row in sheet.rows] == ["BLACKJACK", "BLACKJACK", "BACCARAT"]
    limits = sheet.rows[1].limits
    assert limits is not None
    assert (limits.min_cents, limits.max_cents) == (2_500, 500_000)
    assert told(sheet)["Par!row 7"] == [Told.PIT_HEADING]
    assert told(sheet)["Par!row 9"] == [Told.TOTAL]
    assert told(sheet)["Par!row 1"] == [Told.ABOVE_HEADINGS]


def test_a_need_merged_over_several_tables_is_refused() -> None:
    """PAR-8: it may be each table's, or all of theirs together."""

    def merge(book: Any) -> None:
        book.active.merge_cells("B2:B3")

    data = workbook_of([["Table", "Need"], ["BJ-01", 25_000], ["BJ-02", None]], also=merge)
    assert complaints(read(data)) == [("Par!B2", "MERGED_CELL"), ("Par!B3", "MERGED_CELL")]


def test_hidden_sheets_are_not_read_and_said() -> None:
    """PAR-8: what nobody sees is not imported, and nobody wonders where it went."""

    def more(book: Any) -> None:
        for title, state in (("Old", "hidden"), ("Older", "veryHidden")):
            sheet = book.create_sheet(title)
            sheet.sheet_state = state
            sheet.append(["Table", "Need"])
            sheet.append(["BJ-99", 1])
        book.create_sheet("Empty")
        book.create_sheet("Contacts").append(["Ask Sam"])

    sheet = read(workbook_of(SHEET, also=more))
    assert "BJ-99" not in needs(sheet)
    assert told(sheet) == {
        "Contacts": [Told.SHEET_NOT_READ],
        "Old": [Told.SHEET_HIDDEN],
        "Older": [Told.SHEET_HIDDEN],
    }
    named = read(workbook_of(SHEET, also=more), answers=Answers(sheet="Old"))
    assert faults(named) == [Fault.SHEET_UNKNOWN]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    """PAR-8: a filter left on hides rows; they are on the sheet all the same."""

    def hide(book: Any) -> None:
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["B"].hidden = True

    sheet = read(workbook_of(SHEET, also=hide))
    assert len(needs(sheet)) == 3
    assert told(sheet) == {"Par!row 3": [Told.ROW_HIDDEN], "Par!B1": [Told.COLUMN_HIDDEN]}


def test_of_several_sheets_the_one_that_looks_like_it_is_read() -> None:
    """PAR-8: and where two do, it is asked."""

    def second(book: Any) -> None:
        book.create_sheet("Weekend").append(["Mesa", "Fondo"])
        book["Weekend"].append(["BJ-01", 99])

    data = workbook_of(SHEET, also=second)
    (question,) = read(data).questions
    assert question.ask is Ask.WHICH_SHEET
    assert [choice.value for choice in question.choices] == ["Par", "Weekend"]
    assert question.choices[1].samples == ("Mesa Fondo", "BJ-01 99")
    assert needs(read(data, answers=Answers(sheet="Weekend"))) == {"BJ-01": 9_900}


def test_a_workbook_with_nothing_to_see_is_empty() -> None:
    """PAR-8: an error, not an import of no tables."""
    assert faults(read(workbook_of())) == [Fault.FILE_EMPTY]
    assert faults(read(workbook_of([["Table", "Need"]]))) == [Fault.NO_ROWS]


def test_what_is_below_and_beside_the_tables_does_no_harm() -> None:
    """PAR-8: borders drawn to the end of the sheet, a note three columns off."""

    def decorate(book: Any) -> None:
        book.active["H3"] = "ask Sam"
        book.active["A900"].number_format = "0.00"
        book.active["ZZ1"].number_format = "0.00"

    assert len(needs(read(workbook_of(SHEET, also=decorate)))) == 3
