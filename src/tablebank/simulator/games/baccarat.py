"""Baccarat from an eight-deck shoe, dealt without commission: a banker's three-card seven pushes.

Cards count their pips, tens and pictures nothing; a hand is the last digit of its sum. The drawing
rules leave nobody a choice.
"""

from collections.abc import Sequence
from random import Random

from tablebank.simulator.games.stakes import Settled, Stake, Style

DECK = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0) * 4
CUT = 16
TIE_PAYS = 8


def banker_draws(*, banker: int, third: int | None) -> bool:
    """Whether the banker takes a card, given the player's third (None: the player stood)."""
    if third is None:
        return banker <= 5
    if banker <= 2:
        return True
    least, most = {3: (0, 9), 4: (2, 7), 5: (4, 7), 6: (6, 7)}.get(banker, (1, 0))
    return least <= third <= most and not (banker == 3 and third == 8)


class Baccarat:
    """One shoe, and the coups dealt from it."""

    def __init__(self, *, rng: Random, decks: int = 8) -> None:
        self._rng = rng
        self._decks = decks
        self._shoe: list[int] = []

    def most_payable_cents(self, stakes: Sequence[Stake]) -> int:
        """Every bet on a tie, and a tie."""
        return sum(stake.bet_cents * TIE_PAYS for stake in stakes)

    def stack(self, cards: Sequence[int]) -> None:
        """Put known cards on top of the shoe, first card first: for showing a coup."""
        self._shuffle()
        self._shoe.extend(reversed(cards))

    def play(self, stakes: Sequence[Stake]) -> list[Settled]:
        """Bets, one coup, settlement."""
        bets = [self._side(stake) for stake in stakes]
        winner, banker_seven = self.coup()
        return [
            _settle(bet_cents=stake.bet_cents, side=side, winner=winner, seven=banker_seven)
            for stake, side in zip(stakes, bets, strict=True)
        ]

    def coup(self) -> tuple[str, bool]:
        """Deal one coup: who won (P, B or T), and whether by the banker's three-card seven."""
        if len(self._shoe) <= CUT:
            self._shuffle()
        draw = self._shoe.pop
        cards = [draw() for _ in range(4)]
        player, banker = (cards[0] + cards[2]) % 10, (cards[1] + cards[3]) % 10
        three = False
        if player < 8 and banker < 8:
            third = draw() if player <= 5 else None
            if banker_draws(banker=banker, third=third):
                banker = (banker + draw()) % 10
                three = True
            if third is not None:
                player = (player + third) % 10
        if player == banker:
            return "T", False
        if player > banker:
            return "P", False
        return "B", three and banker == 7

    def _shuffle(self) -> None:
        self._shoe = list(DECK * self._decks)
        self._rng.shuffle(self._shoe)

    def _side(self, stake: Stake) -> str:
        if stake.style is Style.BASIC:
            return "B"
        roll = self._rng.random()
        if stake.style is Style.POOR and roll < 0.15:
            return "T"
        return "P" if roll < 0.6 else "B"


def _settle(*, bet_cents: int, side: str, winner: str, seven: bool) -> Settled:
    if side == "T":
        tie = winner == "T"
        return Settled(lost_cents=0 if tie else bet_cents, won_cents=bet_cents * 8 if tie else 0)
    if winner == "T" or (side == "B" and seven):
        return Settled(lost_cents=0, won_cents=0)
    if side == winner:
        return Settled(lost_cents=0, won_cents=bet_cents)
    return Settled(lost_cents=bet_cents, won_cents=0)
