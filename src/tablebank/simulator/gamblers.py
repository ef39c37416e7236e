"""The players: what they bring, how they bet, how long they stay.

Some come with cash, some with chips from elsewhere in the house. They buy in, play, buy in again
while money and patience last, and carry their chips away. What a player does is drawn from the
table's own random stream, so the same seed brings the same people.
"""

from dataclasses import dataclass, field
from random import Random

from tablebank.simulator import chips
from tablebank.simulator.games.stakes import Style

BILLS: tuple[int, ...] = (10_000, 5_000, 2_000, 1_000, 500, 100)
"""Notes in cents, largest first."""


@dataclass(slots=True, kw_only=True)
class Gambler:
    """One player at a table."""

    style: Style
    unit_cents: int
    buy_in_cents: int
    budget_cents: int
    """Cash still in the pocket."""
    rounds_left: int
    goal_cents: int
    voucher: bool
    """The first buy-in is a printed ticket, not notes."""
    coupon_cents: int
    """A match-play coupon not used yet; 0 if none."""
    purse: chips.Pieces = field(default_factory=chips.none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Who comes to a kind of table: bet sizes in cents and how they play."""

    seats: int
    units: tuple[int, ...]
    bank_units: tuple[int, int]
    """A buy-in, in bets: least and most."""
    styles: tuple[tuple[Style, int], ...]
    coupons: bool = False

    def arrive(self, *, rng: Random) -> Gambler:
        """The next player to sit down, or nearly: with chips in hand if they came with chips."""
        unit = rng.choice(self.units)
        styles, weights = zip(*self.styles, strict=True)
        style = rng.choices(styles, weights)[0]
        bank = unit * rng.randint(*self.bank_units)
        buy_in = -(-bank // 2_000) * 2_000 if bank < 20_000 else -(-bank // 10_000) * 10_000
        gambler = Gambler(
            style=style,
            unit_cents=unit,
            buy_in_cents=buy_in,
            budget_cents=buy_in * rng.choice((1, 1, 2, 2, 3)),
            rounds_left=int(rng.expovariate(1 / 55)) + 5,
            goal_cents=buy_in * rng.choice((2, 2, 3)),
            voucher=rng.random() < 0.06,
            coupon_cents=1_000 if self.coupons and rng.random() < 0.08 else 0,
        )
        if rng.random() < 0.35:
            gambler.purse = from_elsewhere(amount_cents=buy_in, unit_cents=unit)
            gambler.budget_cents -= buy_in
        return gambler


def from_elsewhere(*, amount_cents: int, unit_cents: int) -> chips.Pieces:
    """Chips a player walks up with: mostly the size of the bets, some one size larger."""
    purse = chips.none()
    left = amount_cents
    place = next(p for p, face in enumerate(chips.FACES) if face <= unit_cents and face != 250)
    if place > 0:
        larger = chips.FACES[place - 1]
        purse[place - 1] = left // 2 // larger
        left -= purse[place - 1] * larger
    for at in range(place, len(chips.FACES)):
        if at != chips.HALF:
            purse[at] += left // chips.FACES[at]
            left %= chips.FACES[at]
    return purse


def notes(amount_cents: int) -> dict[int, int]:
    """An amount in notes: hundreds and twenties, and what is left in smaller ones."""
    counted: dict[int, int] = {}
    left = amount_cents
    for bill in BILLS:
        if left >= bill and bill != 5_000:
            counted[bill], left = divmod(left, bill)
    return counted
