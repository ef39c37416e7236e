"""How a casino writes amounts and numbers: its locale's separators, its currency's sign and place.

The locale is the casino's, whatever language its reader chose: on one floor an amount looks the
same to everybody, and reads back as it was written. Whose page is being made is said by the one
who makes it (`write_as`), as its zone is.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

import babel
from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol
from django.utils.functional import lazy
from django.utils.translation import get_language

from tablebank.domain.decisions import House
from tablebank.domain.settings import Locale

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """What stands between the digits of an amount, before it and after it."""

    locale: str
    currency: str
    group: str
    decimal: str
    before: str
    after: str

    @property
    def sign(self) -> str:
        """The currency's sign alone, wherever it stands."""
        return (self.before or self.after).strip()

    @property
    def example(self) -> str:
        """An amount as it is typed."""
        return f"1{self.group}234{self.decimal}50"

    @property
    def nothing(self) -> str:
        """No amount, to the cent: what a field shows where one can be typed."""
        return f"0{self.decimal}00"

    def digits(self, whole: int) -> str:
        """A number of at least 0, in groups of three."""
        return f"{whole:,}".replace(",", self.group)

    def bare(self, cents: int, *, exact: bool = False) -> str:
        """An amount of at least 0 without its currency; with cents unless they are zero."""
        whole, rest = divmod(cents, 100)
        return self.digits(whole) + (f"{self.decimal}{rest:02d}" if exact or rest else "")

    def amount(self, cents: int, *, exact: bool = False) -> str:
        """An amount of at least 0 with its currency in its place."""
        return f"{self.before}{self.bare(cents, exact=exact)}{self.after}"

    def cents_in(self, text: str) -> int | None:
        """The amount that a text is, or None: what could be meant twice is not read.

        Digits alone or in full groups of three, with both digits of the cents or without them:
        so no text means one amount in one locale and another in the next.
        """
        found = _typed(self).fullmatch(text.strip())
        if found is None:
            return None
        whole = re.sub(r"\D", "", found["whole"])
        return int(whole) * 100 + int(found["rest"] or 0)


@lru_cache
def writing(locale: str, currency: str) -> Writing:
    """How this locale writes this currency; no currency is a plain amount."""
    there = babel.Locale.parse(locale, sep="-")
    pattern = there.currency_formats["standard"]
    before, after = pattern.prefix[0], pattern.suffix[0]
    symbol = get_currency_symbol(currency, there) if currency else ""
    if before.endswith("¤") and symbol[-1:].isalpha():
        symbol += NO_BREAK
    return Writing(
        locale=locale,
        currency=currency,
        group=get_group_symbol(there),
        decimal=get_decimal_symbol(there),
        before=before.replace("¤", symbol) if symbol else "",
        after=after.replace("¤", symbol) if symbol else "",
    )


def country(locale: str) -> str:
    """A locale as people choose it, in their language: `Spain (Spanish): 1.234,50`."""
    there, reader = babel.Locale.parse(locale, sep="-"), (get_language() or "en").partition("-")[0]
    names = there.get_territory_name(reader), there.get_language_name(reader)
    return f"{names[0]} ({names[1]}): {writing(locale, '').example}"


country_lazy = lazy(country, str)


@lru_cache
def _typed(how: Writing) -> re.Pattern[str]:
    sign = re.escape(how.sign)
    before, after = rf"(?:{sign}\s*)?", (rf"(?:\s*{sign})?" if how.after else "")
    group, decimal = re.escape(how.group), re.escape(how.decimal)
    whole = rf"(?P<whole>[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]{{1,15}})"
    return re.compile(rf"{before}{whole}(?:{decimal}(?P<rest>[0-9]{{2}}))?{after}")


_NOW: ContextVar[tuple[str, str]] = ContextVar("writing", default=(Locale.EN_US.value, "USD"))


def current(currency: str | None = None) -> Writing:
    """How the casino of this page writes; another currency than its own where one is named."""
    locale, own = _NOW.get()
    return writing(locale, own if currency is None else currency)


@contextmanager
def write_as(house: House) -> Iterator[None]:
    """Amounts as this casino writes them, until its page is made."""
    token = _NOW.set((house.settings.locale.value, house.casino.currency))
    try:
        yield
    finally:
        _NOW.reset(token)
