"""Amounts as a casino's locale writes them, and read back by the same rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.settings import Locale
from tablebank.web import figures
from tablebank.web.written import writing
from tests.cast import found
from tests.web.browser import browser_of
from tests.web.spanish import spanish_of

CURRENCIES = ("USD", "MXN", "EUR", "GBP", "CHF", "PEN", "CLP", "")
EXAMPLES = (
    ("en-US", "USD", "$25,000.50"),
    ("en-GB", "GBP", "£25,000.50"),
    ("en-US", "CHF", "CHF\u00a025,000.50"),
    ("es-US", "USD", "$25,000.50"),
    ("es-MX", "MXN", "$25,000.50"),
    ("es-MX", "USD", "USD\u00a025,000.50"),
    ("es-PE", "PEN", "S/\u00a025,000.50"),
    ("es-CO", "COP", "$25.000,50"),
    ("es-ES", "EUR", "25.000,50\u00a0€"),
)


@pytest.mark.parametrize(("locale", "currency", "text"), EXAMPLES)
def test_an_amount_is_written_as_in_its_country(locale: str, currency: str, text: str) -> None:
    """04-screens: money follows the casino's locale."""
    how = writing(locale, currency)
    assert how.amount(2_500_050) == text
    assert how.cents_in(text) == 2_500_050


@given(st.sampled_from(Locale), st.sampled_from(CURRENCIES), st.integers(0, 10**15), st.booleans())
def test_every_locale_reads_back_what_it_writes(
    locale: Locale, currency: str, cents: int, exact: bool
) -> None:
    """CHIP-1: with its currency or without, in groups or in one row, no cent is lost."""
    how = writing(locale, currency)
    assert how.cents_in(how.amount(cents, exact=exact)) == cents
    assert how.cents_in(how.bare(cents, exact=exact)) == cents
    assert how.cents_in(how.bare(cents, exact=True).replace(how.group, "")) == cents
    assert how.cents_in(how.example) == 123_450


@given(
    st.sampled_from(Locale),
    st.sampled_from(Locale),
    st.integers(0, 10**6),
    st.sampled_from((0, 50)),
)
def test_no_text_means_two_amounts(one: Locale, other: Locale, whole: int, rest: int) -> None:
    """Whoever types an amount as another country writes it is refused, never misread (LESSON-6)."""
    cents = whole * 100 + rest
    text = writing(one, "").bare(cents)
    assert writing(other, "").cents_in(text) in (None, cents)


@pytest.mark.parametrize(
    "text",
    ["25.000,00", "25,00", "25,5", "25,000.5", "2,5000.00", "25 000", "€25,000", "٢٥", "--1"],
)
def test_what_another_country_writes_is_refused(text: str) -> None:
    assert writing("es-MX", "MXN").cents_in(text) is None


def test_signs_stand_before_the_whole_amount() -> None:
    """06-look: a true minus sign, wherever the currency stands."""
    assert figures.money(-50, currency="EUR", exact=True) == "−€0.50"
    assert figures.money(50, currency="EUR", signed=True) == "+€0.50"
    assert figures.money_between({"min_cents": 2_500, "max_cents": 500_000}) == "$25–5,000"
    assert figures.percent("-4.50") == "−4.50 %"


def test_a_locale_is_chosen_by_its_country_and_an_example() -> None:
    """Settings: what is chosen is seen before it is chosen, in the reader's language."""
    ada = found().ada
    page = browser_of(ada).get("/settings/do/how-it-works")
    page.says("United States (English): 1,234.50", "Spain (Spanish): 1.234,50")
    chosen = {**page.form.values, "locale": "es-ES"}
    browser_of(ada).send("/settings/do/how-it-works", chosen)
    spanish_of(ada).get("/settings/casino").says("España (español): 1.234,50")
