"""Chips as things: pieces of a face value that are always somewhere.

A holding is a list of pieces, one place per face value. Chips are only ever moved from one holding
to another, so none can appear or vanish. What a tray is *called* on the wire (a chipset by code) is
made at the edge; what happens between players, tray and cage is here.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

FACES: tuple[int, ...] = (500_000, 100_000, 50_000, 10_000, 2_500, 500, 250, 100)
"""Face values in cents, largest first. All but the $2.50 chip divide their larger neighbours."""

HALF = FACES.index(250)
_CHAIN = tuple(place for place in range(len(FACES)) if place != HALF)

Pieces = list[int]
"""How many of each face, in the order of `FACES`."""


class TrayShort(Exception):
    """A tray or a purse cannot come up with an amount: no such chips are in it."""


def none() -> Pieces:
    """No chips at all."""
    return [0] * len(FACES)


def holding(chipset: Mapping[str, int]) -> Pieces:
    """The pieces of a chipset by code, `{"500": 40}`."""
    pieces = none()
    for code, quantity in chipset.items():
        pieces[FACES.index(int(code))] = quantity
    return pieces


def chipset(pieces: Pieces) -> dict[str, int]:
    """A holding as the wire writes it, smallest chips first; absent means none (CHIP-2)."""
    return {str(FACES[place]): pieces[place] for place in reversed(_PLACES) if pieces[place]}


def value_cents(pieces: Pieces) -> int:
    """What the pieces are worth."""
    return sum(face * quantity for face, quantity in zip(FACES, pieces, strict=True))


def move(pieces: Pieces, *, out_of: Pieces, into: Pieces) -> None:
    """Carry pieces from one holding to another. Refuses what is not there."""
    for place, quantity in enumerate(pieces):
        if quantity > out_of[place]:
            raise TrayShort(f"{quantity} of {FACES[place]} asked, {out_of[place]} there")
    for place, quantity in enumerate(pieces):
        out_of[place] -= quantity
        into[place] += quantity


def pick(held: Pieces, amount_cents: int, *, largest: int = FACES[0]) -> Pieces | None:
    """Pieces of `held` worth exactly the amount, no chip above `largest`; None if there are none.

    Every face but the $2.50 divides the next, so taking the largest first finds a way whenever one
    exists. A half dollar needs one $2.50; further ones go in pairs, as fives.
    """
    taken = none()
    need = amount_cents
    if need % 100:
        if need % 100 != 50 or need < 250 or not held[HALF]:
            return None
        taken[HALF] = 1
        need -= 250
    for place in _CHAIN:
        face = FACES[place]
        if need and face <= largest and held[place]:
            quantity = min(held[place], need // face)
            taken[place] = quantity
            need -= quantity * face
    if need:
        return _with_pairs(held, taken, need)
    return taken


def _with_pairs(held: Pieces, taken: Pieces, need: int) -> Pieces | None:
    """Make up what is missing with pairs of $2.50, giving back ones to come to a whole five."""
    missing = need + taken[-1] * 100
    pairs = min(missing // 500, (held[HALF] - taken[HALF]) // 2)
    rest = missing - pairs * 500
    if rest // 100 > held[-1]:
        return None
    taken[HALF] += pairs * 2
    taken[-1] = rest // 100
    return taken


def pay(amount_cents: int, *, payer: Pieces, payee: Pieces, largest: int = FACES[0]) -> int:
    """Hand over an amount, with change from the payee where needed; answers what was handed over.

    First in chips up to `largest` (a $25 bet is paid in green), then in any, then by changing with
    the payee. Where even that finds no exact way the payer rounds up to the next amount that can be
    made, and down if there is none: what really moved is what is answered, and what is true.
    """
    if amount_cents <= 0:
        return 0
    exact = pick(payer, amount_cents, largest=largest) or pick(payer, amount_cents)
    if exact is not None:
        move(exact, out_of=payer, into=payee)
        return amount_cents
    if _pay_with_change(amount_cents, payer=payer, payee=payee):
        return amount_cents
    most = value_cents(payer)
    upward: Iterable[int] = range(amount_cents + 50, min(most, amount_cents + 500) + 1, 50)
    downward: Iterable[int] = range(min(most, amount_cents - 50), 0, -50)
    for near in chain(upward, downward):
        rounded = pick(payer, near)
        if rounded is not None:
            move(rounded, out_of=payer, into=payee)
            return near
    return 0


def _pay_with_change(amount_cents: int, *, payer: Pieces, payee: Pieces) -> bool:
    """Lay both holdings together and deal out again so that the payer is poorer by the amount."""
    left_cents = value_cents(payer) - amount_cents
    if left_cents < 0:
        return False
    together = [a + b for a, b in zip(payer, payee, strict=True)]
    left = pick(together, left_cents)
    if left is None:
        return False
    payee[:] = [a - b for a, b in zip(together, left, strict=True)]
    payer[:] = left
    return True


def colour_up(*, purse: Pieces, tray: Pieces) -> None:
    """Change a leaving player's chips into the fewest the tray can give for them."""
    together = [a + b for a, b in zip(purse, tray, strict=True)]
    fewest = pick(together, value_cents(purse))
    if fewest is not None:
        purse[:] = fewest
        tray[:] = [a - b for a, b in zip(together, fewest, strict=True)]


_PLACES = range(len(FACES))
