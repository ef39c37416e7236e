"""Amounts as people write them: `$25,000.00`, `25.000,00`, `25 000`, `25k`, a spreadsheet's number.

Comma and point mean opposite things in different countries. Which one parts the cents is told by
the column as a whole: `25.000,00` can be read in one way only, and settles it for its neighbours.
Where nothing in the column tells, the casino's locale does; where that does not fit either, the
amount is refused with both readings. Nothing is guessed, and nothing is rounded (CHIP-1, PAR-8).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

import babel
from babel.numbers import get_decimal_symbol

from tablebank.domain.money import MAX_CENTS
from tablebank.intake.bounds import AMOUNT_CHARACTERS
from tablebank.intake.cells import Cell
from tablebank.intake.faults import Fault


class Mark(StrEnum):
    """What parts the cents from the rest."""

    POINT = "."
    COMMA = ","


NO_AMOUNT = frozenset({"-", "--", "–", "—", "n/a", "n.a.", "na", "n/d", "s/d"})
"""How people write that there is none: the same as an empty cell, and never 0."""

SIGNS: Mapping[str, str] = {
    "US$": "USD",
    "MX$": "MXN",
    "CA$": "CAD",
    "€": "EUR",
    "£": "GBP",
    "₱": "PHP",
    "S/": "PEN",
}
"""Signs that mean one currency; a bare `$` is whatever the casino's is."""

CODES = (
    *("USD", "CAD", "GBP", "EUR", "AUD", "NZD", "PHP", "SGD"),
    *("MXN", "COP", "CLP", "PEN", "ARS", "DOP", "CRC", "PAB", "UYU"),
)
"""Currencies as they are written out: those of the countries whose ways are known here."""

_CURRENCY = "|".join(re.escape(each) for each in (*SIGNS, *CODES, "$"))
_WRITTEN = re.compile(
    rf"(?P<open>\()?(?P<minus>[-−–])?\s?(?P<before>{_CURRENCY})?\s?(?P<inner>[-−–])?"
    r"(?P<digits>[0-9](?:[0-9.,'’ ]*[0-9])?)\s?(?P<thousands>k|mil)?"
    rf"\s?(?P<after>{_CURRENCY})?(?P<trailing>[-−–])?(?P<close>\))?",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{1,4}([-/])[0-9]{1,2}\1[0-9]{1,4}")
_GROUPS = {Mark.POINT: ",", Mark.COMMA: "."}


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell was found to say: cents, nothing, or a fault with its facts."""

    cents: int | None = None
    fault: Fault | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    currency: str = ""


NOTHING = Amount()


def mark_of(locale: str | None) -> Mark | None:
    """What parts the cents in a locale such as `es-MX`; None if none is named, or it is another."""
    if locale is None:
        return None
    symbol = get_decimal_symbol(babel.Locale.parse(locale, sep="-"))
    return Mark(symbol) if symbol in list(Mark) else None


def marks_in(texts: Iterable[str]) -> frozenset[Mark]:
    """The marks that some of a column's amounts can only have been written with."""
    return frozenset(mark for text in texts if (mark := _clear_mark(text)) is not None)


def amount_of(cell: Cell, *, mark: Mark | None) -> Amount:
    """The amount in a cell in cents, nothing if there is none, or why it cannot be read."""
    if cell.flaw is not None:
        return Amount(fault=cell.flaw)
    if cell.number is not None:
        return _in_cents(Decimal(repr(cell.number)))
    if not cell.text or cell.text.casefold() in NO_AMOUNT:
        return NOTHING
    return _written(cell.text, mark)


def _written(text: str, mark: Mark | None) -> Amount:
    if len(text) > AMOUNT_CHARACTERS:
        digits = re.sub(r"[.,' ]", "", text)
        too_large = digits.isascii() and digits.isdigit()
        return Amount(fault=Fault.AMOUNT_TOO_LARGE if too_large else Fault.AMOUNT_UNREADABLE)
    if text.endswith("%"):
        return Amount(fault=Fault.IS_PERCENT)
    if _DATE.fullmatch(text):
        return Amount(fault=Fault.IS_DATE)
    found = _shape(text)
    if found is None:
        return Amount(fault=Fault.AMOUNT_UNREADABLE)
    if found.negative:
        return Amount(fault=Fault.AMOUNT_NEGATIVE)
    return _chosen(found, mark)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A written amount taken apart: what it is by each mark, in units of the currency."""

    readings: Mapping[Mark, Decimal]
    in_thousands: bool
    negative: bool
    currency: str

    def is_usual(self, mark: Mark) -> bool:
        """Whether anybody writes an amount this way: nobody puts three digits after the mark."""
        exponent = int(self.readings[mark].as_tuple().exponent)
        return self.in_thousands or exponent >= -2

    def value(self, mark: Mark) -> Decimal:
        return self.readings[mark] * (1000 if self.in_thousands else 1)


def _shape(text: str) -> _Shape | None:
    found = _WRITTEN.fullmatch(text)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    if found["before"] and found["after"]:
        return None
    readings = {
        mark: value for mark in Mark if (value := _number(found["digits"], mark)) is not None
    }
    if not readings:
        return None
    sign = (found["before"] or found["after"] or "").upper()
    return _Shape(
        readings=readings,
        in_thousands=bool(found["thousands"]),
        negative=any(found[each] for each in ("open", "minus", "inner", "trailing")),
        currency=SIGNS.get(sign, sign if sign in CODES else ""),
    )


@lru_cache
def _grammar(mark: Mark) -> re.Pattern[str]:
    group = re.escape(_GROUPS[mark])
    whole = rf"[1-9][0-9]{{0,2}}(?P<group>[{group}'’ ])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]+"
    return re.compile(rf"(?P<whole>{whole})(?:{re.escape(mark)}(?P<rest>[0-9]{{1,3}}))?")


def _number(digits: str, mark: Mark) -> Decimal | None:
    found = _grammar(mark).fullmatch(digits)
    if found is None:
        return None
    whole = re.sub(r"[^0-9]", "", found["whole"])
    return Decimal(f"{whole}.{found['rest']}" if found["rest"] else whole)


def _clear_mark(text: str) -> Mark | None:
    """The mark an amount can only have been written with, or None if it tells nothing."""
    found = _shape(text) if len(text) <= AMOUNT_CHARACTERS else None
    if found is None or len(found.readings) != 1:
        return None
    (mark,) = found.readings
    return mark if found.is_usual(mark) else None


def _chosen(found: _Shape, mark: Mark | None) -> Amount:
    values = {each: found.value(each) for each in found.readings}
    if len(set(values.values())) == 1:
        only = next(iter(values))
        if not found.is_usual(only):
            return Amount(fault=Fault.AMOUNT_NOT_IN_CENTS)
        return _in_cents(values[only], currency=found.currency)
    if mark is None or not found.is_usual(mark):
        more, less = map(_said, sorted(values.values(), reverse=True))
        facts = {"first": more, "second": less}
        return Amount(fault=Fault.AMOUNT_AMBIGUOUS, facts=facts)
    return _in_cents(values[mark], currency=found.currency)


def _said(value: Decimal) -> str:
    return f"{value:,.2f}" if value * 100 % 1 == 0 else f"{value:,}"


def _in_cents(value: Decimal, *, currency: str = "") -> Amount:
    if value.is_nan() or abs(value) > MAX_CENTS:
        return Amount(fault=Fault.AMOUNT_TOO_LARGE)
    if value < 0:
        return Amount(fault=Fault.AMOUNT_NEGATIVE)
    cents = value * 100
    if cents != cents.to_integral_value():
        return Amount(fault=Fault.AMOUNT_NOT_IN_CENTS)
    if cents > MAX_CENTS:
        return Amount(fault=Fault.AMOUNT_TOO_LARGE)
    return Amount(cents=int(cents), currency=currency)
