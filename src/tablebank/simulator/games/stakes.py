"""What a seat puts at risk in one round, and what became of it: the words all games share."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Style(StrEnum):
    """How a player plays: by the book, never daring, or badly."""

    BASIC = "basic"
    CAUTIOUS = "cautious"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Stake:
    """One seat's bet, and what the player could still add to it (doubles, splits, insurance)."""

    bet_cents: int
    spare_cents: int
    style: Style


@dataclass(frozen=True, slots=True)
class Settled:
    """What moves after the round: chips lost to the tray, chips won from it. Pushes move nothing.

    Both may be positive: a split hand can win once and lose once.
    """

    lost_cents: int
    won_cents: int


class Game(Protocol):
    """A game on a table."""

    def most_payable_cents(self, stakes: Sequence[Stake]) -> int:
        """What the tray may have to pay for this round at worst."""

    def play(self, stakes: Sequence[Stake]) -> list[Settled]:
        """Play one round; one answer per stake, in order."""
