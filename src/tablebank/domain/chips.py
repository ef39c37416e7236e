"""Chips: which ones a casino knows, what counts as a count of them, and what it adds up to.

A chip count says how many pieces there are of each chip: `{"500": 40, "PROMO-25": 4}`. A bare
amount is the value chip of that many cents; every other type goes by its code (CHIP-2, CHIP-5).
Totals always come from the pieces (CHIP-3). How a count is signed, and what two counts that differ
mean, is not decided here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ChipType
from tablebank.domain.money import MAX_CENTS, words
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import Chipset

VALUE = "VALUE"
"""The set of the chips that go by their amount."""

CHIP_SETS = (VALUE, "NON_VALUE", "PROMO", "TOURNAMENT", "FOREIGN", "COIN")

MAX_PIECES = 1_000_000
"""More pieces of one chip than any tray or cage holds: a slip of the finger."""


class DefaultChip(NamedTuple):
    """A chip type a new casino begins with."""

    code: str
    cents: int
    colour: str
    chip_set: str
    in_bank: bool


def default_value_chips() -> tuple[DefaultChip, ...]:
    """The value chips of a new casino: $1 to $5,000, in the colours most houses use."""
    colours = {
        100: "white",
        500: "red",
        2_500: "green",
        10_000: "black",
        50_000: "purple",
        100_000: "yellow",
        500_000: "brown",
    }
    return tuple(
        DefaultChip(str(cents), cents, colour, VALUE, True) for cents, colour in colours.items()
    )


@dataclass(frozen=True)
class ChipList:
    """The chip types in force on one gaming day, by the key they have in a chip count."""

    by_key: Mapping[str, ChipType]

    def find(self, key: str) -> ChipType | None:
        """The type a key stands for, or None if this casino has no such chip."""
        return self.by_key.get(key)

    @cached_property
    def types(self) -> tuple[ChipType, ...]:
        """All types, as they are listed: value chips from the highest down, then by code."""
        return tuple(self.by_key[key] for key in sorted(self.by_key, key=_rank))


def key_of(chip: ChipType) -> str:
    """The key of a chip in a chip count: its amount for a value chip, else its code (CHIP-5)."""
    return str(chip.cents) if chip.chip_set == VALUE else chip.code


def chips_in_force(rows: Sequence[ChipType], *, day: date) -> ChipList:
    """The list in force on a gaming day, from all of the casino's rows (CHIP-5).

    Per code the latest effective row, the later recorded if tied. The rows a casino was created
    with (those recorded first, all at one instant) hold for every earlier day too (TIME-5).
    """
    founded_at = min((row.recorded_at for row in rows), default=None)
    by_code: dict[str, list[ChipType]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    current = (
        in_force(of_code, day=day, founding=lambda row: row.recorded_at == founded_at)
        for of_code in by_code.values()
    )
    # Two value chips of one amount share a key: the one that came last stands for it.
    known = sorted(
        (chip for chip in current if chip is not None),
        key=lambda chip: (chip.effective_from_gaming_day, chip.recorded_at, chip.id),
    )
    by_key = {
        key_of(chip): chip for chip in known if chip.chip_set == VALUE or not _is_amount(chip.code)
    }
    return ChipList(by_key)


def parse_chipset(
    raw: object, *, chips: ChipList, pointer: str = "/chipset", may_be_empty: bool
) -> dict[str, int]:
    """A chip count as it is kept: known chips, whole pieces, highest value first, no zero rows.

    Refuses, with every bad key named at once, CHIPSET_INVALID (not a count, or more than fits),
    DENOMINATION_UNKNOWN, NEGATIVE_AMOUNT; and CHIPSET_EMPTY where there must be chips: an empty
    tray is a valid count, a slip for nothing is no slip (CHIP-2, CHIP-4).
    """
    if not isinstance(raw, Mapping):
        raise _refused([_error(pointer, Refusal.CHIPSET_INVALID, "Chips are a map of pieces.")])
    errors: list[FieldError] = []
    pieces: dict[str, int] = {}
    for key, count in raw.items():
        refusal, message = _what_is_wrong(key, count, chips=chips)
        if refusal is not None:
            errors.append(_error(f"{pointer}/{_escaped(key)}", refusal, message))
        elif count:
            pieces[key] = count
    if errors:
        raise _refused(errors)
    if not pieces and not may_be_empty:
        raise _refused([_error(pointer, Refusal.CHIPSET_EMPTY, "Name at least one chip.")])
    chipset = _ordered(pieces)
    if total_cents(chipset, chips=chips) > MAX_CENTS:
        raise _refused([_error(pointer, Refusal.CHIPSET_INVALID, "More than can be written.")])
    return chipset


def _what_is_wrong(
    key: object, count: object, *, chips: ChipList
) -> tuple[Refusal, str] | tuple[None, str]:
    """The first thing wrong with one row of a chip count, and the words for it."""
    if not isinstance(key, str) or chips.find(key) is None:
        return Refusal.DENOMINATION_UNKNOWN, "This chip is not in the casino's list."
    if type(count) is not int:
        return Refusal.CHIPSET_INVALID, "Pieces are a whole number."
    if count < 0:
        return Refusal.NEGATIVE_AMOUNT, "There are at least 0 pieces of a chip."
    if count > MAX_PIECES:
        return Refusal.CHIPSET_INVALID, f"There are at most {MAX_PIECES:,} pieces of a chip."
    return None, ""


def total_cents(chipset: Chipset, *, chips: ChipList) -> int:
    """What the chips are worth: pieces times value, of the types in the bank (CHIP-3, CHIP-5).

    A bare amount that has left the list is still worth what it says; a code that is not known has
    no value at all and is refused, never taken for 0.
    """
    return sum(count * _bank_cents(key, chips=chips) for key, count in chipset.items())


def check_total(*, claimed: int | None, total: int) -> None:
    """Refuses TOTAL_MISMATCH when a caller's own total is not the sum of the chips (CHIP-3)."""
    if claimed is None or claimed == total:
        return
    message = f"The chips add up to {words(total)}."
    raise Refused(
        Refusal.TOTAL_MISMATCH,
        {"claimed_cents": claimed, "total_cents": total},
        errors=[_error("/total_cents", Refusal.TOTAL_MISMATCH, message)],
    )


def added(a: Chipset, b: Chipset) -> dict[str, int]:
    """The chips of both together."""
    return _ordered({key: a.get(key, 0) + b.get(key, 0) for key in _keys(a, b)})


def difference(a: Chipset, b: Chipset) -> dict[str, int]:
    """How many more pieces `a` holds than `b`, by chip; what is equal is left out (SESS-5)."""
    return _ordered({key: a.get(key, 0) - b.get(key, 0) for key in _keys(a, b)})


def taken(a: Chipset, b: Chipset) -> dict[str, int]:
    """`a` after `b` has left it; below zero where more left than was there.

    That is no error: an expected tray is an estimate that ignores play (SNAP-3).
    """
    return difference(a, b)


def difference_cents(a: Chipset, b: Chipset, *, chips: ChipList) -> int:
    """How far apart two counts are, chip by chip: Σ |Δ pieces × value| (SESS-5).

    Forty $5 chips against two $100 chips is $400 apart, although the totals agree.
    """
    return sum(
        abs(count) * _bank_cents(key, chips=chips) for key, count in difference(a, b).items()
    )


def net_cents(a: Chipset, b: Chipset, *, chips: ChipList) -> int:
    """How much more `a` is worth than `b`, with its sign."""
    return total_cents(a, chips=chips) - total_cents(b, chips=chips)


def _bank_cents(key: str, *, chips: ChipList) -> int:
    """What one piece adds to the bank: nothing where the type is counted beside it."""
    chip = chips.find(key)
    if chip is not None:
        return chip.cents if chip.in_bank else 0
    if _is_amount(key):
        return int(key)
    raise _refused(
        [_error("/chipset", Refusal.DENOMINATION_UNKNOWN, f"{key} is not in the casino's list.")]
    )


def _is_amount(key: str) -> bool:
    return key.isascii() and key.isdigit()


def _rank(key: str) -> tuple[bool, int, str]:
    return (False, -int(key), key) if _is_amount(key) else (True, 0, key)


def _keys(a: Chipset, b: Chipset) -> Iterable[str]:
    return {*a, *b}


def _ordered(pieces: Mapping[str, int]) -> dict[str, int]:
    """The one way a chip count is written down, so that equal counts are equal bytes."""
    return {key: pieces[key] for key in sorted(pieces, key=_rank) if pieces[key]}


def _escaped(key: object) -> str:
    """A key as one step of a JSON pointer (RFC 6901)."""
    return str(key).replace("~", "~0").replace("/", "~1")


def _error(pointer: str, refusal: Refusal, message: str) -> FieldError:
    return FieldError(pointer, refusal.name, message)


def _refused(errors: Sequence[FieldError]) -> Refused:
    return Refused(Refusal[errors[0].code], errors=errors)
