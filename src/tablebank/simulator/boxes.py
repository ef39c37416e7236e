"""Drop boxes as things: what lies in them, and which play went into them.

A box holds notes, tickets and coupons, and the paper forms dropped beside them. Nothing leaves it
until the count room opens it.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A numbered form on paper, as the count room will find it."""

    form: str
    number: str
    table: str
    amount_cents: int
    slip_id: str | None = None
    """The slip it is of; None of an opener and a closer."""

    def evidence(self) -> dict[str, Any]:
        """The line of the evidence manifest (SOFT-1)."""
        return {
            "form": self.form,
            "number": self.number,
            "table": self.table,
            "amount_cents": self.amount_cents,
        }


@dataclass(slots=True, kw_only=True)
class Contents:
    """What is in a box from its mounting to its count."""

    notes: Counter[int] = field(default_factory=Counter)
    vouchers: Counter[int] = field(default_factory=Counter)
    coupons: Counter[int] = field(default_factory=Counter)
    forms: list[Form] = field(default_factory=list)

    @property
    def drop_cents(self) -> int:
        """What it is worth as drop: notes and tickets; a coupon is worth nothing there."""
        return _sum(self.notes) + _sum(self.vouchers)

    @property
    def total_cents(self) -> int:
        """The sum of everything the count sheet lists, coupons too."""
        return self.drop_cents + _sum(self.coupons)

    def lines(self) -> list[dict[str, Any]]:
        """The count sheet, largest denominations first."""
        return [
            {
                "instrument": instrument,
                "denomination_cents": face,
                "quantity": quantity,
                "amount_cents": face * quantity,
            }
            for instrument, held in (
                ("CURRENCY", self.notes),
                ("VOUCHER", self.vouchers),
                ("COUPON", self.coupons),
            )
            for face, quantity in sorted(held.items(), reverse=True)
            if quantity
        ]


@dataclass(slots=True, kw_only=True, eq=False)
class Box:
    """A registered box. `contents` is what it holds now; emptied by the count."""

    code: str
    contents: Contents = field(default_factory=Contents)

    @classmethod
    def named(cls, code: str) -> Self:
        """An empty box."""
        return cls(code=code)

    def empty(self) -> Contents:
        """Tip it out: what was in it, and an empty box."""
        held, self.contents = self.contents, Contents()
        return held


def _sum(held: Counter[int]) -> int:
    return sum(face * quantity for face, quantity in held.items())
