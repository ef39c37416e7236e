"""Amounts as they are written on par sheets, and those that nobody can be sure of."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.money import MAX_CENTS
from tablebank.intake.amounts import Amount, Mark, amount_of, mark_of
from tablebank.intake.cells import Cell, text_cell
from tablebank.intake.faults import Fault
from tests.intake.sheets import faults, needs, read, row_of

POINT, COMMA = Mark.POINT, Mark.COMMA


def said(text: str, mark: Mark | None = None) -> Amount:
    return amount_of(text_cell(text), mark=mark)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$25,000.00", 2_500_000),
        ("25.000,00", 2_500_000),
        ("25 000", 2_500_000),
        ("25\u00a0000,50", 2_500_050),
        ("25\u202f000.50", 2_500_050),
        ("25'000.00", 2_500_000),
        ("25k", 2_500_000),
        ("25K", 2_500_000),
        ("$ 2.5k", 250_000),
        ("2,5k", 250_000),
        ("25 mil", 2_500_000),
        ("25000", 2_500_000),
        ("$1,250,000", 125_000_000),
        ("1.250.000", 125_000_000),
        ("25.5", 2_550),
        ("0", 0),
        ("$0.01", 1),
        ("US$ 25000", 2_500_000),
        ("25000 USD", 2_500_000),
        ("MX$25,000.00", 2_500_000),
        ("25.000,00 €", 2_500_000),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_is_read(text: str, cents: int) -> None:
    """PAR-8: with or without sign, groups and cents, in thousands, whatever the country."""
    for mark in (None, POINT, COMMA):
        assert said(text, mark).cents == cents


@pytest.mark.parametrize("text", ["", "-", "–", "n/a", "N/D"])
def test_no_amount_is_none_and_never_zero(text: str) -> None:
    """PAR-8, LESSON-2: an empty cell is a need that nobody named."""
    assert said(text) == Amount(cents=None, fault=None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("-25", Fault.AMOUNT_NEGATIVE),
        ("−25", Fault.AMOUNT_NEGATIVE),
        ("(25,000.00)", Fault.AMOUNT_NEGATIVE),
        ("$-25.00", Fault.AMOUNT_NEGATIVE),
        ("25-", Fault.AMOUNT_NEGATIVE),
        ("50%", Fault.IS_PERCENT),
        ("2026-01-03", Fault.IS_DATE),
        ("1/3/2026", Fault.IS_DATE),
        ("about 25000", Fault.AMOUNT_UNREADABLE),
        ("TBD", Fault.AMOUNT_UNREADABLE),
        ("2.5M", Fault.AMOUNT_UNREADABLE),
        ("25,00,000", Fault.AMOUNT_UNREADABLE),
        ("25.000.00", Fault.AMOUNT_UNREADABLE),
        ("25..0", Fault.AMOUNT_UNREADABLE),
        ("(25", Fault.AMOUNT_UNREADABLE),
        ("1e5", Fault.AMOUNT_UNREADABLE),
        ("0x10", Fault.AMOUNT_UNREADABLE),
        ("２５０００", Fault.AMOUNT_UNREADABLE),
        ("٢٥٠٠٠", Fault.AMOUNT_UNREADABLE),
        ("=25*1000", Fault.AMOUNT_UNREADABLE),
        ("0.500", Fault.AMOUNT_NOT_IN_CENTS),
        ("1.0000", Fault.AMOUNT_UNREADABLE),
        ("9" * 30, Fault.AMOUNT_TOO_LARGE),
        ("9" * 400, Fault.AMOUNT_TOO_LARGE),
        ("90071992547409.92", Fault.AMOUNT_TOO_LARGE),
        ("90071992547410k", Fault.AMOUNT_TOO_LARGE),
        ("2.123456k", Fault.AMOUNT_UNREADABLE),
    ],
)
def test_what_is_no_amount_is_refused(text: str, fault: Fault) -> None:
    """PAR-8, LESSON-8: negative, a share, a date, prose, digits of another script, too many."""
    assert said(text).fault is fault
    assert said(text).cents is None


def test_the_largest_amount_is_read() -> None:
    """CHIP-1: up to the last cent that can be kept, and not one more."""
    assert said("90,071,992,547,409.91").cents == MAX_CENTS
    assert said("90,071,992,547,409.92").fault is Fault.AMOUNT_TOO_LARGE


@pytest.mark.parametrize("text", ["25.000", "25,000", "$25,000", "1.250k"])
def test_what_could_be_two_amounts_is_refused_with_both(text: str) -> None:
    """PAR-8: nothing is guessed; whoever wrote it is told what it could be."""
    amount = said(text)
    assert amount.fault is Fault.AMOUNT_AMBIGUOUS
    readings = {Decimal(amount.facts[each].replace(",", "")) for each in ("first", "second")}
    more, less = max(readings), min(readings)
    assert more == less * 1000


def test_a_mark_settles_what_could_be_two() -> None:
    """PAR-8: in its own country's way it is read; as three digits of cents it never is."""
    assert said("25.000", COMMA).cents == 2_500_000
    assert said("25,000", POINT).cents == 2_500_000
    assert said("25.000", POINT).fault is Fault.AMOUNT_AMBIGUOUS
    assert said("25,000", COMMA).fault is Fault.AMOUNT_AMBIGUOUS
    assert said("2.125k", POINT).cents == 212_500


def column(amounts: Sequence[str], **known: str) -> list[int | None]:
    rows = [["Table", "Need"], *([f"T{index}", each] for index, each in enumerate(amounts))]
    return list(needs(read(rows, **known)).values())


def test_the_column_as_a_whole_tells_which_mark_parts_the_cents() -> None:
    """PAR-8: one amount that can only be read in one way settles it for all of them."""
    assert column(["25.000", "1.500,50"]) == [2_500_000, 150_050]
    assert column(["25,000", "1,500.50"]) == [2_500_000, 150_050]
    assert column(["25.000", "1.250.000"]) == [2_500_000, 125_000_000]


def test_what_is_no_amount_settles_nothing() -> None:
    """PAR-8: three digits after a mark are no cents, and no proof of how the others are meant."""
    sheet = read([["Table", "Need"], ["A1", "1234.567"], ["A2", "25,000"]])
    assert faults(sheet) == [Fault.AMOUNT_NOT_IN_CENTS, Fault.AMOUNT_AMBIGUOUS]


def test_the_other_columns_tell_what_one_leaves_open() -> None:
    """PAR-8: one hand wrote the sheet; its own column goes before them."""
    rows = [["Table", "Limits", "Need"], ["A1", "10,00-500,00", "25.000"]]
    assert row_of(rows, locale="en-US").need_cents == 2_500_000
    assert faults(read([*rows, ["A2", "", "1,500.50"]])) == [Fault.AMOUNT_AMBIGUOUS]


def test_the_column_goes_before_the_locale() -> None:
    """PAR-8: a sheet from a sister house is read as it is written, not as this house writes."""
    assert column(["25.000", "1.500,50"], locale="en-US") == [2_500_000, 150_050]
    assert column(["25,000", "1,500.50"], locale="es-CO") == [2_500_000, 150_050]


def test_the_locale_settles_what_the_column_leaves_open() -> None:
    """PAR-8: a casino's own locale says how its people write."""
    assert column(["25.000", "30.000"], locale="es-CO") == [2_500_000, 3_000_000]
    assert column(["25,000", "30,000"], locale="en-US") == [2_500_000, 3_000_000]
    assert column(["25,000", "30,000"], locale="es-MX") == [2_500_000, 3_000_000]


@pytest.mark.parametrize("locale", [None, "en-US", "es-CO"])
def test_a_column_written_both_ways_settles_nothing(locale: str | None) -> None:
    """PAR-8: two people wrote it; the clear ones are read, the other is refused whatever locale."""
    rows = [["Table", "Need"], ["A1", "1.500,50"], ["A2", "1,500.50"], ["A3", "25.000"]]
    sheet = read(rows, locale=locale)
    assert faults(sheet) == [Fault.AMOUNT_AMBIGUOUS]
    assert str(sheet.errors[0].place) == "line 4"
    assert [row.need_cents for row in sheet.rows] == [150_050, 150_050]


def test_against_the_locale_an_amount_is_refused_rather_than_taken() -> None:
    """PAR-8: 25.000 in a house that writes 25,000 might be twenty-five dollars."""
    sheet = read([["Table", "Need"], ["A1", "25.000"]], locale="en-US")
    assert faults(sheet) == [Fault.AMOUNT_AMBIGUOUS]
    assert "25,000.00 or 25.00" in sheet.errors[0].sentence
    assert sheet.errors[0].read == "25.000"


def test_amounts_of_two_currencies_are_not_mixed() -> None:
    """PAR-8: an amount that names another currency than the casino's is no amount of it."""
    rows = [["Table", "Need"], ["A1", "25000 USD"], ["A2", "€30000"]]
    assert faults(read(rows)) == [Fault.CURRENCY_OTHER]
    assert faults(read(rows, currency="MXN")) == [Fault.CURRENCY_OTHER] * 2
    assert row_of(rows[:2], currency="USD").need_cents == 2_500_000
    assert row_of([rows[0], ["A1", "$25000"]], currency="MXN").need_cents == 2_500_000


@pytest.mark.parametrize(
    ("number", "cents"),
    [(25_000, 2_500_000), (25_000.0, 2_500_000), (0.1, 10), (1234.56, 123_456), (0, 0)],
)
def test_a_spreadsheets_number_is_exact(number: float, cents: int) -> None:
    """PAR-8, CHIP-1: what comes out in whole cents is read."""
    assert amount_of(Cell(str(number), number=number), mark=None).cents == cents


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (0.1 + 0.2, Fault.AMOUNT_NOT_IN_CENTS),
        (25_000.005, Fault.AMOUNT_NOT_IN_CENTS),
        (-74.71, Fault.AMOUNT_NEGATIVE),
        (1e300, Fault.AMOUNT_TOO_LARGE),
        (float("inf"), Fault.AMOUNT_TOO_LARGE),
        (float("nan"), Fault.AMOUNT_TOO_LARGE),
        (10**400, Fault.AMOUNT_TOO_LARGE),
    ],
)
def test_a_spreadsheets_number_is_never_rounded(number: float, fault: Fault) -> None:
    """PAR-8, LESSON-29: -74.71000000000001 is not put right, it is refused."""
    assert amount_of(Cell(str(number), number=number), mark=None).fault is fault


def test_locales_part_the_cents_in_their_own_way() -> None:
    """PAR-8: Mexico has the point, Colombia the comma; an unnamed one tells nothing."""
    assert mark_of("en-US") is mark_of("es-MX") is POINT
    assert mark_of("es-CO") is mark_of("es-ES") is COMMA
    assert mark_of(None) is None


WRITTEN = {
    "$1,234.50": lambda whole, rest: f"${whole:,}.{rest:02d}",
    "1.234,50": lambda whole, rest: f"{whole:,}".replace(",", ".") + f",{rest:02d}",
    "1 234,50": lambda whole, rest: f"{whole:,}".replace(",", "\u202f") + f",{rest:02d}",
    "1'234.50": lambda whole, rest: f"{whole:,}".replace(",", "'") + f".{rest:02d}",
    "1234.50": lambda whole, rest: f"{whole}.{rest:02d}",
}


@given(st.integers(0, MAX_CENTS), st.sampled_from(sorted(WRITTEN)))
def test_every_amount_reads_back_however_it_is_written(cents: int, way: str) -> None:
    """PAR-8, CHIP-1: to the cent, up to the largest."""
    assert said(WRITTEN[way](*divmod(cents, 100))).cents == cents


@given(st.text(max_size=60), st.sampled_from([None, POINT, COMMA]))
def test_any_text_is_an_amount_or_a_fault(text: str, mark: Mark | None) -> None:
    """PAR-8, the parsers of S5: never both, never a crash, never below zero."""
    amount = said(text, mark)
    assert amount.fault is None or amount.cents is None
    assert amount.cents is None or 0 <= amount.cents <= MAX_CENTS
