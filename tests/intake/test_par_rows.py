"""What stands below the headings: tables, totals, pits, limits, chips, tables named twice."""

import pytest

from tablebank.intake.faults import Fault, Told
from tablebank.intake.par_sheet import Answers, Ask, ChipsIn, Limits
from tablebank.intake.par_words import Stability
from tests.intake.sheets import complaints, faults, needs, pits, read, row_of, told

ALL = ["Table", "Pit", "Game", "Limits", "Need", "Stability", "Pain points", "Notes"]


def test_a_full_row_is_read() -> None:
    """PAR-8, PAR-1: table, pit, game, limits, need, and what is told of it."""
    row = row_of(
        [
            ALL,
            ["BJ-07", "Main", "Black Jack", "$25–5,000", "$25,000.00", "Varies", "busy", "=1+1"],
        ],
        locale="en-US",
    )
    assert (row.table_code, row.pit, row.game_type) == ("BJ-07", "Main", "BLACKJACK")
    assert row.limits == Limits(min_cents=2_500, max_cents=500_000)
    assert row.need_cents == 2_500_000
    assert row.stability is Stability.DAY_OR_SHIFT_DEPENDENT
    assert (row.pain_points, row.notes) == ("busy", "=1+1")


def test_what_a_row_leaves_out_is_unknown() -> None:
    """PAR-8, LESSON-2: an empty need is none, and never 0."""
    row = row_of([ALL, ["BJ-07", "", "", "", "", "", "", ""], ["BJ-08"]][:2])
    assert row.need_cents is None
    assert (row.pit, row.game_type, row.limits, row.notes, row.stability) == (None,) * 5
    assert row_of([ALL, ["BJ-07", "", "", "", "0", "", "", ""]]).need_cents == 0


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("$25–5,000", (2_500, 500_000)),
        ("25/5000", (2_500, 500_000)),
        ("25-5000", (2_500, 500_000)),
        ("$25 - $5,000.00", (2_500, 500_000)),
        ("25 to 5000", (2_500, 500_000)),
        ("de 25 a 5000", (2_500, 500_000)),
        ("25 hasta 5k", (2_500, 500_000)),
        ("10-10", (1_000, 1_000)),
    ],
)
def test_limits_are_read(text: str, limits: tuple[int, int]) -> None:
    """PAR-8: as they stand on the sign of the table."""
    rows = [["Table", "Limits", "Need"], ["BJ-07", text, "25000"]]
    found = row_of(rows, locale="en-US").limits
    assert found == Limits(min_cents=limits[0], max_cents=limits[1])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("25", Fault.LIMITS_UNREADABLE),
        ("25-50-100", Fault.LIMITS_UNREADABLE),
        ("5000-25", Fault.LIMITS_REVERSED),
        ("25-lots", Fault.AMOUNT_UNREADABLE),
        ("25-", Fault.LIMITS_UNREADABLE),
    ],
)
def test_limits_that_are_none_are_refused(text: str, fault: Fault) -> None:
    """PAR-8: one end alone, three, the wrong way round, prose: each is one error."""
    assert faults(read([["Table", "Limits", "Need"], ["BJ-07", text, "5"]])) == [fault]


def test_limits_in_two_columns_need_both() -> None:
    """PAR-8: in English and in Spanish."""
    rows = [["Mesa", "Mínimo", "Máximo", "Fondo"], ["BJ-07", "25", "5000", "25000"]]
    assert row_of(rows).limits == Limits(min_cents=2_500, max_cents=500_000)
    assert faults(read([rows[0], ["BJ-07", "25", "", "5"]])) == [Fault.LIMITS_UNREADABLE]
    assert row_of([rows[0], ["BJ-07", "", "", "5"]]).limits is None


def test_every_error_of_the_sheet_is_told_at_once() -> None:
    """PAR-8: in the order of the sheet, and none of it can be imported."""
    sheet = read(
        [
            ALL,
            ["BJ-01", "Main", "", "", "25000", "", "", ""],
            ["BJ-02", "Main", "", "5-1", "-5", "perhaps", "", ""],
            ["=1+1", "Main", "", "", "50%", "", "", "a\u202eb"],
            ["", "Main", "", "", "7", "", "", ""],
        ]
    )
    assert not sheet.is_readable
    assert complaints(sheet) == [
        ("line 3", "LIMITS_REVERSED"),
        ("line 3", "AMOUNT_NEGATIVE"),
        ("line 3", "STABILITY_UNKNOWN"),
        ("line 4", "TABLE_INVALID"),
        ("line 4", "IS_PERCENT"),
        ("line 4", "CHARACTER_REFUSED"),
        ("line 5", "TABLE_MISSING"),
    ]
    assert [note.place.letter for note in sheet.errors] == ["D", "E", "F", "A", "E", "H", "E"]
    assert sheet.errors[5].read == "a\\u202eb"
    assert sheet == read(
        [
            ALL,
            ["BJ-01", "Main", "", "", "25000", "", "", ""],
            ["BJ-02", "Main", "", "5-1", "-5", "perhaps", "", ""],
            ["=1+1", "Main", "", "", "50%", "", "", "a\u202eb"],
            ["", "Main", "", "", "7", "", "", ""],
        ]
    ), "the same every time"


# -- what is no table ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["Total", "TOTALES", "Suma", "Grand total", "Gran Total", "Sum:"])
def test_a_total_is_no_table(word: str) -> None:
    """PAR-8: skipped, and said."""
    sheet = read([["Table", "Need"], ["A1", "5"], ["A2", "6"], [word, "11"]])
    assert needs(sheet) == {"A1": 500, "A2": 600}
    assert told(sheet) == {"line 4": [Told.TOTAL]}


def test_a_total_without_a_word_is_known_by_its_sum() -> None:
    """PAR-8: an amount without a table that is the sum of the rows above it."""
    rows = [["Table", "Need"], ["A1", "5"], ["A2", "6"], ["", "11"]]
    assert told(read(rows)) == {"line 4": [Told.TOTAL]}
    assert faults(read([*rows[:3], ["", "12"]])) == [Fault.TABLE_MISSING]
    assert faults(read([rows[0], rows[1], ["", "5"]])) == [Fault.TABLE_MISSING]


def test_totals_by_pit_and_of_all_are_held_against_the_rows() -> None:
    """PAR-8: a total that differs says that a row was read wrongly, or that the sheet is old."""
    rows = [
        *(["Table", "Need"], ["Pit 1", ""], ["A1", "5"], ["A2", "6"], ["Subtotal Pit 1", "11"]),
        *(["Pit 2", ""], ["B1", "7"], ["Subtotal", "7"], ["", ""], ["Grand total", "18"]),
    ]
    assert needs(read(rows)) == {"A1": 500, "A2": 600, "B1": 700}
    sheet = read([*rows[:-1], ["Grand total", "19"]])
    assert faults(sheet) == [Fault.TOTAL_DIFFERS]
    assert "$19.00" in sheet.errors[0].sentence
    assert "$18.00" in sheet.errors[0].sentence
    assert needs(read([*rows[:-1], ["Grand total", ""]])) == {"A1": 500, "A2": 600, "B1": 700}


def test_headings_of_pits_and_games_are_carried_down() -> None:
    """PAR-8: each table stands in the pit above it, and deals the game above it."""
    sheet = read(
        [
            *(["Table", "Need", "Notes"], ["PIT 1", "", ""], ["Blackjack:", "", ""]),
            *(["BJ-01", "5", ""], ["Ruleta", "", ""], ["RL-01", "6", ""]),
            *(["High limit", "", ""], ["BC-01", "7", ""], ["Table", "Need", "Notes"]),
            *(["", "", "ask Sam about these"], ["BC-02", "8", ""]),
        ]
    )
    assert pits(sheet.rows) == {
        "BJ-01": "PIT 1",
        "RL-01": "PIT 1",
        "BC-01": "High limit",
        "BC-02": "High limit",
    }
    assert [row.game_type for row in sheet.rows] == ["BLACKJACK", "ROULETTE", None, None]
    assert told(sheet) == {
        "line 2": [Told.PIT_HEADING],
        "line 3": [Told.GAME_HEADING],
        "line 5": [Told.GAME_HEADING],
        "line 7": [Told.PIT_HEADING],
        "line 9": [Told.HEADING_REPEATED],
        "line 10": [Told.REMARK],
    }


def test_a_line_that_may_be_either_is_asked_of_whoever_wrote_it() -> None:
    """PAR-8: a date below the tables must not become a table of its own."""
    rows = [["Table", "Need"], ["BJ-01", "5"], ["As of 3 January 2026", ""]]
    assert complaints(read(rows)) == [("line 3", "ROW_UNCLEAR")]
    letters = [["Table", "Need"], ["A", "5"], ["B", ""], ["C", "6"]]
    assert complaints(read(letters)) == [("line 3", "ROW_UNCLEAR")]
    assert needs(read([*rows[:2], ["BJ-02", ""]])) == {"BJ-01": 500, "BJ-02": None}


# -- codes -----------------------------------------------------------------------------------------


def test_a_table_named_twice_alike_is_one() -> None:
    """PAR-8: case and spaces around do not make another table; it is said once."""
    sheet = read([["Table", "Need"], ["BJ-07", "5"], ["RL-01", "6"], [" bj-07 ", "5.00"]])
    assert needs(sheet) == {"BJ-07": 500, "RL-01": 600}
    assert told(sheet) == {"line 4": [Told.TABLE_REPEATED]}


def test_a_table_named_twice_with_two_needs_is_an_error_on_both() -> None:
    """PAR-8: nobody can say which is meant."""
    sheet = read([["Table", "Need"], ["BJ-07", "5"], ["RL-01", "6"], ["bj-07", "7"]])
    assert complaints(sheet) == [("line 2", "TABLE_TWICE"), ("line 4", "TABLE_TWICE")]
    assert "line 4" in sheet.errors[0].sentence


@pytest.mark.parametrize("other", ["BJ 07", "BJ07", "bj_7", "BJ.007", "ＢＪ-07"])
def test_two_codes_that_may_be_one_table_are_an_error(other: str) -> None:
    """PAR-8: BJ 07 and BJ-07 on one sheet are one table or two, and that is not guessed."""
    sheet = read([["Table", "Need"], ["BJ-07", "5"], [other, "5"]])
    assert not sheet.is_readable
    if other.isascii():
        assert faults(sheet) == [Fault.TABLE_ALIKE] * 2


def test_codes_with_the_same_digits_are_not_alike() -> None:
    """PAR-8: table 1 of pit 1 is not table 11."""
    rows = [["Table", "Need"], ["1-1", "5"], ["11", "6"], ["A1-1", "7"], ["A11", "8"]]
    assert len(needs(read(rows))) == 4


@pytest.mark.parametrize(
    "code", ["=BJ", "+1", "-1", "@x", "x" * 65, "BJ\u200b07", "BJ\u202e70", "BJ\x0707", "ＢＪ"]
)
def test_what_can_be_no_code_is_refused(code: str) -> None:
    """S9: formulas, what cannot be seen, letters that look like others."""
    sheet = read([["Table", "Need"], [code, "5"]])
    assert len(faults(sheet)) == 1
    assert sheet.errors[0].read.isprintable()


def test_texts_are_put_in_order() -> None:
    """S9: one way of writing an accent, single spaces."""
    row = row_of([["Mesa", "Fondo", "Notas"], ["Nin\u0303o  1", "5", " a \u00a0 b "]])
    assert (row.table_code, row.notes) == ("Niño 1", "a b")


# -- chips -----------------------------------------------------------------------------------------

CHIPS = ["Table", "$5", "25", "100s", "Par"]


def test_pieces_are_told_from_the_need() -> None:
    """PAR-8, CHIP-2: what adds up to the need is what is meant."""
    sheet = read([CHIPS, ["A1", "100", "100", "20", "5000"], ["A2", "", "", "1", "100"]])
    assert sheet.is_readable, complaints(sheet)
    assert sheet.chips_in is ChipsIn.PIECES
    assert [row.chipset for row in sheet.rows] == [
        {"10000": 20, "2500": 100, "500": 100},
        {"10000": 1},
    ]


def test_amounts_are_told_from_the_need() -> None:
    """PAR-8, CHIP-2: as many pieces as the amount is worth."""
    sheet = read([CHIPS, ["A1", "500", "2500", "2000", "5000"]])
    assert sheet.is_readable, complaints(sheet)
    assert sheet.chips_in is ChipsIn.AMOUNTS
    assert sheet.rows[0].chipset == {"10000": 20, "2500": 100, "500": 100}


def test_a_row_whose_chips_are_not_its_need_is_refused() -> None:
    """PAR-8, LESSON-8: ten chips of $100 are not 9,000.00."""
    sheet = read([CHIPS, ["A1", "100", "100", "20", "5000"], ["A2", "", "", "10", "9000"]])
    assert complaints(sheet) == [("line 3", "CHIPS_NOT_NEED")]
    assert "$1,000.00" in sheet.errors[0].sentence


def test_without_a_need_pieces_or_amounts_is_asked() -> None:
    """PAR-8, CHIP-3: answered, the need is what the chips are worth."""
    rows = [CHIPS[:4], ["A1", "100", "100", "20"], ["A2", "", "", ""]]
    (question,) = read(rows).questions
    assert question.ask is Ask.CHIPS_IN
    pieces = read(rows, answers=Answers(chips_in=ChipsIn.PIECES))
    assert needs(pieces) == {"A1": 500_000, "A2": None}
    amounts = read(rows, answers=Answers(chips_in=ChipsIn.AMOUNTS))
    assert complaints(amounts) == [("line 2", "AMOUNT_NOT_IN_CHIPS")]


@pytest.mark.parametrize("pieces", ["1.5", "1000001"])
def test_pieces_are_whole_and_few_enough(pieces: str) -> None:
    """CHIP-2, LESSON-8: half a chip is none."""
    answers = Answers(chips_in=ChipsIn.PIECES)
    assert faults(read([CHIPS, ["A1", "", "", pieces, ""]], answers=answers)) == [
        Fault.PIECES_INVALID
    ]


def test_years_are_no_chips() -> None:
    """PAR-8: a column of last year's needs is passed over, and said."""
    sheet = read([["Table", "2025", "2026", "Par"], ["A1", "4000", "4500", "5000"]])
    assert needs(sheet) == {"A1": 500_000}
    assert told(sheet) == {"line 1": [Told.COLUMN_NOT_READ] * 2}
