"""What an exception rests on, in words: the facts of a finding as a person reads them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tablebank.web import words
from tablebank.web.figures import money, number

Saying = Callable[[Any, str], str]


def facts_in_words(facts: Mapping[str, Any], *, currency: str) -> Sequence[str]:
    """One short sentence for each fact that says something; what is not known is left out."""
    return [
        say(facts[name], currency)
        for name, say in _SAYING.items()
        if facts.get(name) not in (None, "", {}, [])
    ]


def _amount(label: str) -> Saying:
    return lambda cents, currency: f"{label} {money(cents, currency=currency, exact=True)}"


def _named(label: str) -> Saying:
    return lambda text, currency: f"{label} {text}"


def _by_chip(difference: Mapping[str, int], currency: str) -> str:
    rows = [
        f"{money(int(chip), currency=currency) if chip.isdigit() else chip}: "
        f"{number(pieces, signed=True)}"
        for chip, pieces in difference.items()
    ]
    return f"Chips apart: {', '.join(rows)}"


def _late(ids: Sequence[str], currency: str) -> str:
    return f"{len(ids)} entered late" if len(ids) != 1 else "One fact entered late"


def _reported(said: Mapping[str, Any], currency: str) -> str:
    return f"Reported: {', '.join(str(each) for each in said.values() if each is not None)}"


_SAYING: Mapping[str, Saying] = {
    "number": _named("Slip"),
    "status": lambda code, currency: words.said(words.SLIP_STATUS, code),
    "total_cents": _amount("Slip total"),
    "opener": _named("Opener"),
    "closer": _named("Closer"),
    "difference_cents": _amount("Apart by"),
    "difference": _by_chip,
    "first_count_cents": _amount("First count"),
    "second_count_cents": _amount("Second count"),
    "batch_id": _named("Batch"),
    "need_total_cents": _amount("Target need (par)"),
    "close_reason": _named("Reason given:"),
    "reported": _reported,
    "late": _late,
    "badge": _named("Badge"),
}
