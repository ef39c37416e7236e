"""Double-zero roulette: thirty-eight pockets, every bet at its book price.

A spot is a set of pockets (as bits) and what it pays to one. 0 is pocket 0, 00 is pocket 37.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tablebank.simulator.games.stakes import Settled, Stake, Style

POCKETS = 38
DOUBLE_ZERO = 37
MOST_UNITS = 7
RED = frozenset({1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the layout."""

    name: str
    pockets: int
    pays: int

    def covers(self, pocket: int) -> bool:
        """Whether this place wins on that pocket."""
        return bool(self.pockets >> pocket & 1)


def _spot(name: str, pockets: Sequence[int], pays: int) -> Spot:
    bits = 0
    for pocket in pockets:
        bits |= 1 << pocket
    return Spot(name, bits, pays)


def _numbers() -> list[Spot]:
    straight = [_spot(f"straight {n}", [n], 35) for n in range(POCKETS)]
    across = [_spot(f"split {n}", [n, n + 1], 17) for n in range(1, 36) if n % 3]
    along = [_spot(f"split {n}/{n + 3}", [n, n + 3], 17) for n in range(1, 34)]
    streets = [_spot(f"street {n}", [n, n + 1, n + 2], 11) for n in range(1, 37, 3)]
    corners = [_spot(f"corner {n}", [n, n + 1, n + 3, n + 4], 8) for n in range(1, 33) if n % 3]
    lines = [_spot(f"line {n}", list(range(n, n + 6)), 5) for n in range(1, 32, 3)]
    return straight + across + along + streets + corners + lines


def _outside() -> list[Spot]:
    dozens = [_spot(f"dozen {k + 1}", range(12 * k + 1, 12 * k + 13), 2) for k in range(3)]
    columns = [_spot(f"column {k + 1}", range(k + 1, 37, 3), 2) for k in range(3)]
    halves = [
        _spot("red", sorted(RED), 1),
        _spot("black", [n for n in range(1, 37) if n not in RED], 1),
        _spot("even", range(2, 37, 2), 1),
        _spot("odd", range(1, 37, 2), 1),
        _spot("low", range(1, 19), 1),
        _spot("high", range(19, 37), 1),
    ]
    return dozens + columns + halves


INSIDE: tuple[Spot, ...] = tuple(_numbers())
OUTSIDE: tuple[Spot, ...] = tuple(_outside())


class Roulette:
    """One wheel and the bets laid before each spin.

    A stake's bet is one unit; how many units lie where is the player's style: outside only, a
    favourite few numbers, or all over the felt.
    """

    def __init__(self, *, rng: Random) -> None:
        self._rng = rng

    def most_payable_cents(self, stakes: Sequence[Stake]) -> int:
        """Every unit of every player on one single number, and it comes."""
        return sum(stake.bet_cents * MOST_UNITS * 35 for stake in stakes)

    def play(self, stakes: Sequence[Stake]) -> list[Settled]:
        """Lay the bets, spin, sweep, pay."""
        laid = [self._lay(stake) for stake in stakes]
        pocket = self._rng.randrange(POCKETS)
        return [
            settle(spots=spots, unit_cents=stake.bet_cents, pocket=pocket)
            for spots, stake in zip(laid, stakes, strict=True)
        ]

    def _lay(self, stake: Stake) -> list[Spot]:
        pick = self._rng.choice
        units = 1 + stake.spare_cents // stake.bet_cents
        if stake.style is Style.CAUTIOUS:
            wanted = [pick(OUTSIDE)]
        elif stake.style is Style.BASIC:
            wanted = [pick(OUTSIDE), pick(OUTSIDE), pick(INSIDE)]
        else:
            wanted = [pick(INSIDE) for _ in range(self._rng.randint(3, MOST_UNITS))]
        return wanted[:units]


def settle(*, spots: Sequence[Spot], unit_cents: int, pocket: int) -> Settled:
    """What one unit on each of these places comes to when the ball lies in that pocket."""
    lost = won = 0
    for spot in spots:
        if spot.covers(pocket):
            won += unit_cents * spot.pays
        else:
            lost += unit_cents
    return Settled(lost_cents=lost, won_cents=won)
