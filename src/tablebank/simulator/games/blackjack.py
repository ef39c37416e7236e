"""Blackjack from a six-deck shoe: naturals pay 3 to 2, double on any two cards, four hands at most.

Cards are their values, the ace is 1. The dealer peeks under an ace or ten, stands on all 17s unless
told to hit soft ones. Double after split is allowed; split aces take one card each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tablebank.simulator.games.stakes import Settled, Stake, Style

DECK = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10) * 4
CUT = 78
"""Cards left behind the cut card: a quarter of the shoe."""

MOST_HANDS = 4

# One letter per dealer's up card, 2 to 10 and then the ace. H hit, S stand, D double else hit,
# d double else stand. Six decks, dealer stands on soft 17, double after split.
_HARD = {
    9: "HDDDDHHHHH",
    10: "DDDDDDDDHH",
    11: "DDDDDDDDDH",
    12: "HHSSSHHHHH",
    13: "SSSSSHHHHH",
    14: "SSSSSHHHHH",
    15: "SSSSSHHHHH",
    16: "SSSSSHHHHH",
}
_SOFT = {
    13: "HHHDDHHHHH",
    14: "HHHDDHHHHH",
    15: "HHDDDHHHHH",
    16: "HHDDDHHHHH",
    17: "HDDDDHHHHH",
    18: "SddddSSHHH",
}
_SPLIT = {
    1: "YYYYYYYYYY",
    2: "YYYYYYNNNN",
    3: "YYYYYYNNNN",
    4: "NNNYYNNNNN",
    6: "YYYYYNNNNN",
    7: "YYYYYYNNNN",
    8: "YYYYYYYYYY",
    9: "YYYYYNYYNN",
}


def total(cards: Sequence[int]) -> tuple[int, bool]:
    """The best total of a hand, and whether an ace in it counts eleven."""
    hard = sum(cards)
    if hard <= 11 and 1 in cards:
        return hard + 10, True
    return hard, False


def is_natural(cards: Sequence[int]) -> bool:
    """Twenty-one in the first two cards."""
    return len(cards) == 2 and 1 in cards and 10 in cards


def decide(*, style: Style, cards: Sequence[int], up_card: int, may_double: bool) -> str:
    """Hit (H), stand (S) or double (D) one hand, as a player of this style would."""
    points, soft = total(cards)
    if style is Style.CAUTIOUS:
        if soft:
            return "S" if points >= 18 else "H"
        if points == 11 and may_double and up_card not in (1, 10):
            return "D"
        return "S" if points >= 12 else "H"
    if style is Style.POOR:
        return "S" if points >= 17 else "H"
    column = 9 if up_card == 1 else up_card - 2
    row = _SOFT.get(points) if soft else _HARD.get(points)
    if row is None:
        return "S" if points >= 17 else "H"
    letter = row[column]
    if letter == "D":
        return "D" if may_double else "H"
    if letter == "d":
        return "D" if may_double else "S"
    return letter


def splits(*, style: Style, card: int, up_card: int) -> bool:
    """Whether a player of this style parts a pair."""
    if style is Style.CAUTIOUS:
        return card == 1
    if style is Style.POOR:
        return card in (1, 8, 10)
    row = _SPLIT.get(card)
    return row is not None and row[9 if up_card == 1 else up_card - 2] == "Y"


@dataclass(slots=True)
class _Hand:
    cards: list[int]
    stake_cents: int
    natural: bool = False


class Blackjack:
    """One table's shoe and the rounds dealt from it."""

    def __init__(self, *, rng: Random, decks: int = 6, hits_soft_17: bool = False) -> None:
        self._rng = rng
        self._decks = decks
        self._hits_soft_17 = hits_soft_17
        self._shoe: list[int] = []

    def most_payable_cents(self, stakes: Sequence[Stake]) -> int:
        """Four hands, each doubled, all won."""
        return sum(stake.bet_cents * 2 * MOST_HANDS for stake in stakes)

    def stack(self, cards: Sequence[int]) -> None:
        """Put known cards on top of the shoe, first card first: for showing a hand."""
        self._shuffle()
        self._shoe.extend(reversed(cards))

    def play(self, stakes: Sequence[Stake]) -> list[Settled]:
        """Deal, let every seat act, play the dealer's hand, settle."""
        if len(self._shoe) <= CUT:
            self._shuffle()
        draw = self._shoe.pop
        firsts = [[draw()] for _ in stakes]
        dealer = [draw()]
        for cards in firsts:
            cards.append(draw())
        dealer.append(draw())
        up_card = dealer[0]
        if is_natural(dealer):
            return [
                self._against_natural(stake, cards, insured=up_card == 1)
                for stake, cards in zip(stakes, firsts, strict=True)
            ]
        seats = [
            self._act(stake, cards, up_card) for stake, cards in zip(stakes, firsts, strict=True)
        ]
        if any(self._alive(hand) for hands in seats for hand in hands):
            self._draw_out(dealer)
        dealer_points = total(dealer)[0]
        return [
            self._settle(stake, hands, dealer_points, insured=up_card == 1)
            for stake, hands in zip(stakes, seats, strict=True)
        ]

    def _shuffle(self) -> None:
        self._shoe = list(DECK * self._decks)
        self._rng.shuffle(self._shoe)

    @staticmethod
    def _insurance_cents(stake: Stake, *, offered: bool) -> int:
        """Poor players insure: half the bet, in whole chips of $2.50."""
        half = stake.bet_cents // 2
        takes = offered and stake.style is Style.POOR and half % 250 == 0
        return half if takes and stake.spare_cents >= half else 0

    def _against_natural(self, stake: Stake, cards: list[int], *, insured: bool) -> Settled:
        insurance = self._insurance_cents(stake, offered=insured)
        lost = 0 if is_natural(cards) else stake.bet_cents
        return Settled(lost_cents=lost, won_cents=2 * insurance)

    def _act(self, stake: Stake, cards: list[int], up_card: int) -> list[_Hand]:
        if is_natural(cards):
            return [_Hand(cards, stake.bet_cents, natural=True)]
        spare = stake.spare_cents - self._insurance_cents(stake, offered=up_card == 1)
        waiting = [_Hand(cards, stake.bet_cents)]
        done: list[_Hand] = []
        while waiting:
            hand = waiting.pop()
            pair = len(hand.cards) == 2 and hand.cards[0] == hand.cards[1]
            room = len(waiting) + len(done) + 1 < MOST_HANDS and spare >= stake.bet_cents
            if pair and room and splits(style=stake.style, card=hand.cards[0], up_card=up_card):
                spare -= stake.bet_cents
                aces = hand.cards[0] == 1
                for card in hand.cards:
                    part = _Hand([card, self._shoe.pop()], stake.bet_cents)
                    (done if aces else waiting).append(part)
                continue
            spare -= self._finish(hand, stake, up_card, spare)
            done.append(hand)
        return done

    def _finish(self, hand: _Hand, stake: Stake, up_card: int, spare: int) -> int:
        """Play one hand to its end; answers what a double added to it."""
        while total(hand.cards)[0] < 21:
            may_double = len(hand.cards) == 2 and spare >= stake.bet_cents
            choice = decide(
                style=stake.style, cards=hand.cards, up_card=up_card, may_double=may_double
            )
            if choice == "S":
                return 0
            hand.cards.append(self._shoe.pop())
            if choice == "D":
                hand.stake_cents += stake.bet_cents
                return stake.bet_cents
        return 0

    @staticmethod
    def _alive(hand: _Hand) -> bool:
        return not hand.natural and total(hand.cards)[0] <= 21

    def _draw_out(self, dealer: list[int]) -> None:
        while True:
            points, soft = total(dealer)
            if points > 17 or (points == 17 and not (soft and self._hits_soft_17)):
                return
            dealer.append(self._shoe.pop())

    def _settle(
        self, stake: Stake, hands: list[_Hand], dealer_points: int, *, insured: bool
    ) -> Settled:
        lost = self._insurance_cents(stake, offered=insured)
        won = 0
        for hand in hands:
            points = total(hand.cards)[0]
            if hand.natural:
                won += hand.stake_cents * 3 // 2
            elif points > 21 or (dealer_points <= 21 and points < dealer_points):
                lost += hand.stake_cents
            elif dealer_points > 21 or points > dealer_points:
                won += hand.stake_cents
        return Settled(lost_cents=lost, won_cents=won)
