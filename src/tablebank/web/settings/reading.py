"""Reading what only the settings ask for: whole numbers, days, times, choices of many, colours.

Like `typed`, nothing that cannot be read is guessed at. A secret is read as it was typed, to the
last space, and is never shown again.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tablebank.domain.chips import ChipList
from tablebank.web.actions.kind import Field
from tablebank.web.typed import Data, NotRead, Reader, amount_name, counted_chips, keys_typed
from tablebank.web.written import current

SHIFT_ROWS = 8
"""As many shifts as the form has lines for."""

_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_FACTOR = re.compile(r"\d(?:\.\d{1,2})?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-f]{6}|[a-z]{3,20}")
_LONGEST_SECRET = 200


def _text(field: Field, data: Data) -> str | None:
    text = data.get(field.name, "").strip()
    if not text and field.required:
        raise NotRead(_("%(label)s is missing.") % {"label": field.label})
    return text or None


def _whole(field: Field, data: Data, chips: ChipList, zone: str) -> int | None:
    text = _text(field, data)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text):
        raise NotRead(_("A whole number."))
    return int(text)


def _factor(field: Field, data: Data, chips: ChipList, zone: str) -> float | None:
    text = _text(field, data)
    if text is None:
        return None
    if not _FACTOR.fullmatch(text):
        raise NotRead(_("A number such as 0.75."))
    return float(Decimal(text))


def _day(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = _text(field, data)
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotRead(_("A day such as 2026-03-02.")) from None


def _one(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = _text(field, data)
    if text is not None and text not in {each.value for each in field.choices}:
        raise NotRead(_("Choose one of the list."))
    return text


def _many(field: Field, data: Data, chips: ChipList, zone: str) -> list[str]:
    """Those that are ticked, in the order they are offered."""
    chosen = [
        each.value for each in field.choices if data.get(f"{field.name}:{each.value}") == "yes"
    ]
    if not chosen and field.required:
        raise NotRead(_("Choose at least one."))
    return chosen


def _colour(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = _text(field, data)
    if text is None:
        return None
    if not _COLOUR.fullmatch(text.lower()):
        raise NotRead(_("A colour such as red or #b01d1d."))
    return text.lower()


def _secret(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = data.get(field.name, "")
    if not text:
        if field.required:
            raise NotRead(_("%(label)s is missing.") % {"label": field.label})
        return None
    if len(text) > _LONGEST_SECRET or "\x00" in text:
        raise NotRead(_("It is too long, or has a character that cannot be kept."))
    return text


def _times(field: Field, data: Data, chips: ChipList, zone: str) -> list[str]:
    """Wall times with commas or spaces between them; `5:30` is read as `05:30`."""
    found = []
    for part in data.get(field.name, "").replace(",", " ").replace(";", " ").split():
        time = _TIME.fullmatch(part)
        if time is None:
            raise NotRead(_("Times such as 05:30, 13:30. Not read: %(part)s") % {"part": part})
        found.append(f"{int(time[1]):02d}:{time[2]}")
    if not found and field.required:
        raise NotRead(_("%(label)s is missing.") % {"label": field.label})
    return found


def _shifts(field: Field, data: Data, chips: ChipList, zone: str) -> list[dict[str, str]]:
    """The lines in which a code or a start was typed, in their order."""
    return [
        {"code": data.get(code, "").strip(), "start": data.get(start, "").strip()}
        for code, start in map(shift_names, filled_rows(field.name, data))
    ]


def _target_chips(field: Field, data: Data, chips: ChipList, zone: str) -> dict[str, int] | None:
    """Pieces by chip; a target may be an amount alone, and a chip it has none of is left out."""
    sent = [
        data.get(name, "").strip()
        for key in keys_typed(field.name, data)
        for name in (f"{field.name}:{key}", amount_name(field.name, key))
    ]
    found = counted_chips(field, data, chips, zone) if any(sent) else None
    return {key: count for key, count in (found or {}).items() if count} or None


def shift_names(row: tuple[str, int]) -> tuple[str, str]:
    """The names of a line's code and start."""
    name, index = row
    return f"{name}:{index}:code", f"{name}:{index}:start"


def filled_rows(name: str, data: Data) -> list[tuple[str, int]]:
    """The lines of a shift schedule in which something was typed."""
    rows = [(name, index) for index in range(SHIFT_ROWS)]
    return [row for row in rows if any(data.get(each, "").strip() for each in shift_names(row))]


READERS: Mapping[str, Reader] = {
    "whole": _whole,
    "factor": _factor,
    "day": _day,
    "one": _one,
    "many": _many,
    "colour": _colour,
    "secret": _secret,
    "times": _times,
    "shifts": _shifts,
    "target_chips": _target_chips,
}
"""By the kind of field; the other kinds are read by `typed`."""


def as_money(cents: int) -> str:
    """An amount as one would type it here."""
    return current().bare(cents, exact=True)


def as_many(name: str, chosen: Any) -> Data:
    """What is ticked, as a browser sends it."""
    return {f"{name}:{each}": "yes" for each in chosen}
