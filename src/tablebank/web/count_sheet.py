"""The count sheet: a row for each chip, what was typed for it, and what the count before it held.

A row is said in pieces or by its amount; the pages add up while one types, and these figures are
the same sums where no script runs. What nobody typed is unknown and adds nothing (LESSON-2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tablebank.domain.chips import ChipList, key_of
from tablebank.web import typed
from tablebank.web.typed import Data

RACK = 100
"""Pieces in a rack. A stack is the casino's own (settings)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChipRow:
    """One denomination of a count: what was typed for it, and what was there before."""

    name: str
    amount_name: str
    label_cents: int
    code: str
    colour: str
    in_bank: bool
    typed: str
    typed_amount: str
    pieces: int | None
    """What was typed, as pieces; None where nothing was, or nothing that can be read."""
    before: int | None
    error: str

    @property
    def cents(self) -> int | None:
        """What the row comes to, or None while it is not counted."""
        return None if self.pieces is None else self.pieces * self.label_cents

    @property
    def change_cents(self) -> int | None:
        """How far the row is from the count before it."""
        if self.pieces is None or self.before is None:
            return None
        return (self.pieces - self.before) * self.label_cents

    @property
    def is_wrong_by_amount(self) -> bool:
        """Whether its error is one of the amount, and stands beside that."""
        return bool(self.error and self.typed_amount.strip())


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """What the rows come to so far."""

    total_cents: int | None
    """None while no row is counted."""
    change_cents: int | None
    """None while a chip of the count before is not counted yet: a gap is not a difference."""
    is_partial: bool


def rows_of(
    name: str,
    data: Data,
    errors: Mapping[str, str],
    *,
    chips: ChipList,
    was: Mapping[str, int] | None,
) -> list[ChipRow]:
    """Every chip the casino knows, highest first; those outside the bank last (CHIP-5)."""
    listed = sorted(chips.types, key=lambda each: (not each.in_bank, -each.cents, each.code))
    rows = []
    for chip in listed:
        key = key_of(chip)
        pieces, amount = data.get(f"{name}:{key}", ""), data.get(typed.amount_name(name, key), "")
        rows.append(
            ChipRow(
                name=f"{name}:{key}",
                amount_name=typed.amount_name(name, key),
                label_cents=chip.cents,
                code="" if chip.chip_set == "VALUE" else chip.code,
                colour=chip.colour,
                in_bank=chip.in_bank,
                typed=pieces,
                typed_amount=amount,
                pieces=_read(pieces, amount, worth_cents=chip.cents),
                before=None if was is None else was.get(key, 0),
                error=errors.get(f"/{name}/{key}", ""),
            )
        )
    return rows


def summed(rows: Sequence[ChipRow], *, before_cents: int | None) -> Sum:
    """The rows of the bank added up, and how far that is from the count before (CHIP-3)."""
    bank = [row for row in rows if row.in_bank]
    counted = [row.cents for row in bank if row.cents is not None]
    total = sum(counted) if counted else None
    is_partial = any(row.pieces is None and row.before for row in bank)
    knows_both = total is not None and before_cents is not None and not is_partial
    return Sum(
        total_cents=total,
        change_cents=(total or 0) - (before_cents or 0) if knows_both else None,
        is_partial=is_partial and total is not None,
    )


def _read(pieces: str, amount: str, *, worth_cents: int) -> int | None:
    try:
        return typed.pieces_of_row(pieces, amount, worth_cents=worth_cents)
    except typed.NotRead:
        return None
