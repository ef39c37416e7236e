"""Which column is which: known for sure, or asked and answered."""

import pytest

from tablebank.intake.faults import Fault
from tablebank.intake.headings import Field, chip_cents, field_of
from tablebank.intake.par_sheet import Answers, Ask
from tablebank.intake.par_template import HEADINGS, template_csv
from tests.intake.sheets import complaints, faults, needs, read, row_of

ROWS = [["BJ-01", "25000"], ["BJ-02", "30000"]]


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        (
            Field.TABLE,
            "Table, TABLE NO., Table #, Mesa, No. de Mesa, N° mesa, Número de mesa, Code",
        ),
        (
            Field.NEED,
            "Need, Par, Target need (par), Bankroll, Opening Bank, Fill, Need/Par, need_total",
        ),
        (
            Field.NEED,
            "Necesidad, Fondo, Fondo fijo, Banca inicial, Par ($), NEED USD, Importe fondo",
        ),
        (Field.PIT, "Pit, Área, SECCIÓN, Section, Sala"),
        (Field.GAME, "Game, Juego, Game type, Tipo de juego, game_type"),
        (Field.LIMITS, "Limits, Límites, Table limits, Limits band, Min/Max"),
        (Field.LEAST, "Min, Mínimo, Minimum bet, Apuesta mínima"),
        (Field.MOST, "Max, Máximo, Max. Bet, Apuesta máxima"),
        (Field.NOTES, "Notes, Notas, Observaciones, Remarks"),
        (Field.STABILITY, "Stability, Estabilidad"),
        (Field.PAIN_POINTS, "Pain points, Known pain points, pain_points"),
    ],
)
def test_usual_headings_are_known_for_sure(field: Field, headings: str) -> None:
    """PAR-8: by their words, whatever case, accents, order and punctuation."""
    for heading in headings.split(", "):
        assert field_of(heading) is field, heading


@pytest.mark.parametrize(
    "heading", ["Total", "Par (weekday)", "Last year", "Min par", "Bank no", ""]
)
def test_other_headings_are_not(heading: str) -> None:
    """PAR-8: nearly is not enough where money follows."""
    assert field_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "cents"),
    [
        ("$100", 10_000),
        ("25", 2_500),
        ("100s", 10_000),
        ("$5's", 500),
        ("$2.50", 250),
        ("1,000", 100_000),
        ("$1K", 100_000),
        ("500 chips", 50_000),
        ("Fichas de 25", 2_500),
        ("2026", None),
        ("17", None),
        ("1.000", None),
        ("Pit 1", None),
    ],
)
def test_a_chip_is_known_by_its_value(heading: str, cents: int | None) -> None:
    """PAR-8, CHIP-2: and a year is none."""
    assert chip_cents(heading) == cents


def test_headings_may_stand_below_a_title() -> None:
    """PAR-8: lines above them are passed over, and said."""
    title = [["Grand Casino"], [], ["Par sheet", "as of", "3 January"], []]
    sheet = read([*title, ["No. de mesa", "Fondo"], *ROWS])
    assert needs(sheet) == {"BJ-01": 2_500_000, "BJ-02": 3_000_000}
    assert sheet.heading_line == 5
    assert [note.code for note in sheet.skipped] == ["ABOVE_HEADINGS"] * 2


def test_pasted_rows_without_headings_are_asked_about() -> None:
    """PAR-8: which column is the table, which the need; then they are read."""
    pasted = "BJ-01\t25000\nBJ-02\t30000\n"
    sheet = read(pasted)
    assert not sheet.is_readable
    assert [(each.ask, each.field) for each in sheet.questions] == [
        (Ask.WHICH_COLUMN, Field.TABLE),
        (Ask.WHICH_COLUMN, Field.NEED),
    ]
    assert [choice.value for choice in sheet.questions[0].choices] == ["A", "B"]
    assert sheet.questions[1].choices[1].samples == ("25000", "30000")
    told = Answers(columns={Field.TABLE: "A", Field.NEED: "B"})
    assert needs(read(pasted, answers=told)) == {"BJ-01": 2_500_000, "BJ-02": 3_000_000}


def test_a_doubtful_heading_is_offered_and_not_taken() -> None:
    """PAR-8: the likely one is marked; nothing is read before the answer."""
    rows = [["Table", "Phone", "Par (weekday)"], ["BJ-01", "555", "25000"]]
    sheet = read(rows)
    (question,) = sheet.questions
    assert question.code == "WHICH_COLUMN:need_total"
    assert [(each.value, each.is_likely) for each in question.choices] == [
        ("B", False),
        ("C", True),
    ]
    assert sheet.rows == ()
    assert row_of(rows, answers=Answers(columns={Field.NEED: "C"})).need_cents == 2_500_000
    assert row_of(rows, answers=Answers(columns={Field.NEED: None})).need_cents is None


def test_two_columns_for_one_thing_are_asked_about() -> None:
    """PAR-8: par and bankroll side by side, and only these are offered."""
    rows = [["Table", "Par", "Bankroll", "Notes"], ["BJ-01", "25000", "20000", "x"]]
    (question,) = read(rows).questions
    assert [choice.text for choice in question.choices] == ["Par", "Bankroll"]
    assert row_of(rows, answers=Answers(columns={Field.NEED: "B"})).need_cents == 2_500_000


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (Answers(columns={Field.NEED: "Z"}), Fault.COLUMN_UNKNOWN),
        (Answers(columns={Field.NEED: "7"}), Fault.COLUMN_UNKNOWN),
        (Answers(columns={Field.NEED: "A", Field.TABLE: "A"}), Fault.COLUMN_TWICE),
        (Answers(heading_line=99), Fault.LINE_UNKNOWN),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(answers: Answers, fault: Fault) -> None:
    """PAR-8: with what it said."""
    sheet = read([["Table", "Need"], *ROWS], answers=answers)
    assert fault in faults(sheet)
    assert not sheet.rows


def test_the_line_of_the_headings_can_be_named() -> None:
    """PAR-8: or that there is none."""
    rows = [["Table", "Need"], ["Table", "Par"], *ROWS]
    assert read(rows).heading_line == 1
    assert needs(read(rows, answers=Answers(heading_line=2)))["BJ-01"] == 2_500_000
    none = Answers(heading_line=0, columns={Field.TABLE: "A", Field.NEED: "B"})
    assert complaints(read(rows, answers=none)) == [
        ("line 1", "AMOUNT_UNREADABLE"),
        ("line 2", "AMOUNT_UNREADABLE"),
    ]


@pytest.mark.parametrize("heading", ["Need (cents)", "Par en miles", "Need (000)", "Par k"])
def test_amounts_in_another_unit_are_refused(heading: str) -> None:
    """LESSON-6: cents against dollars, thousands against units; also when the column is named."""
    answers = Answers(columns={Field.NEED: "B"})
    assert faults(read([["Table", heading], *ROWS], answers=answers)) == [Fault.HEADING_UNIT]


def test_the_template_reads_back() -> None:
    """PAR-8: what is handed out is what is taken in, for sure, in any country."""
    for locale in (None, "en-US", "es-CO"):
        sheet = read(template_csv(), locale=locale)
        assert needs(sheet) == {"BJ-01": 2_500_000, "RL-01": 4_000_000, "BC-01": None}
        assert [column.field for column in sheet.columns] == list(map(field_of, HEADINGS))
        assert all(row.pit and row.game_type and row.limits for row in sheet.rows)
