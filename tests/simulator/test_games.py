"""Each game against its own mathematics: book prices, drawing rules, the house's edge."""

from random import Random

import pytest

from tablebank.simulator.games.baccarat import Baccarat, banker_draws
from tablebank.simulator.games.blackjack import Blackjack, decide, splits, total
from tablebank.simulator.games.roulette import (
    DOUBLE_ZERO,
    INSIDE,
    OUTSIDE,
    POCKETS,
    Roulette,
    Spot,
    settle,
)
from tablebank.simulator.games.stakes import Settled, Stake, Style


def _hand(*cards: int, style: Style = Style.BASIC, spare: int = 10_000) -> Settled:
    """One player with $10 against the dealer; cards in the order in which they are dealt."""
    game = Blackjack(rng=Random(1))
    game.stack(cards)
    return game.play([Stake(1_000, spare, style)])[0]


# -- blackjack -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cards", "lost", "won"),
    [
        ((1, 5, 10, 10, 10), 0, 1_500),  # a natural is paid 3 to 2
        ((1, 1, 10, 10), 0, 0),  # both have one: nobody wins
        ((10, 1, 9, 10), 1_000, 0),  # the dealer's natural takes the bet
        ((10, 6, 9, 10, 10), 0, 1_000),  # sixteen draws and breaks
        ((10, 10, 8, 9), 1_000, 0),  # eighteen loses to nineteen
        ((10, 10, 9, 9), 0, 0),  # nineteen against nineteen stands off
        ((6, 6, 5, 10, 9, 10), 0, 2_000),  # eleven doubles against a six
        ((8, 6, 8, 10, 10, 10, 5), 2_000, 0),  # eights part: two eighteens lose to 21
    ],
)
def test_a_hand_is_settled_by_the_book(cards: tuple[int, ...], lost: int, won: int) -> None:
    assert _hand(*cards) == Settled(lost_cents=lost, won_cents=won)


def test_nobody_doubles_or_splits_with_money_they_do_not_have() -> None:
    settled = _hand(6, 6, 5, 10, 9, 10, spare=0)
    assert settled == Settled(lost_cents=0, won_cents=1_000)


def test_insurance_is_a_poor_players_bet() -> None:
    """Half the bet more against an ace, paid two to one: the natural costs nothing."""
    settled = _hand(10, 1, 7, 10, style=Style.POOR)
    assert settled == Settled(lost_cents=1_000, won_cents=1_000)


def test_the_dealer_stands_on_soft_seventeen_unless_told_to_hit() -> None:
    cards = (10, 6, 8, 1, 4)
    stands = Blackjack(rng=Random(1))
    hits = Blackjack(rng=Random(1), hits_soft_17=True)
    for game in (stands, hits):
        game.stack(cards)
    assert stands.play([Stake(1_000, 0, Style.BASIC)])[0].won_cents == 1_000
    assert hits.play([Stake(1_000, 0, Style.BASIC)])[0].lost_cents == 1_000


def test_strategy_rows_cover_every_up_card() -> None:
    """No hand and no up card leaves a player without a decision; nobody hits twenty."""
    for style in Style:
        for up_card in range(1, 11):
            for cards in [(2, 2), (9, 2), (10, 2), (10, 6), (1, 6), (1, 7), (5, 4), (10, 10)]:
                choice = decide(style=style, cards=cards, up_card=up_card, may_double=False)
                assert choice in {"H", "S"}
            assert decide(style=style, cards=(10, 10), up_card=up_card, may_double=True) == "S"
            assert splits(style=style, card=1, up_card=up_card)


def test_an_ace_counts_eleven_while_it_can() -> None:
    assert total((1, 6)) == (17, True)
    assert total((1, 6, 10)) == (17, False)
    assert total((1, 1, 9)) == (21, True)


def test_basic_strategy_loses_little_and_poor_play_more() -> None:
    """Thirty thousand hands: about half a percent by the book, several percent without it."""
    lost = {}
    for style in (Style.BASIC, Style.POOR):
        game = Blackjack(rng=Random(11))
        stakes = [Stake(1_000, 20_000, style)] * 5
        rounds = 6_000
        rows = [settled for _ in range(rounds) for settled in game.play(stakes)]
        lost[style] = sum(row.lost_cents - row.won_cents for row in rows) / (len(rows) * 1_000)
    assert -0.015 < lost[Style.BASIC] < 0.025
    assert lost[Style.POOR] > lost[Style.BASIC] + 0.02


# -- roulette --------------------------------------------------------------------------------------


@pytest.mark.parametrize("spot", [*INSIDE, *OUTSIDE], ids=lambda spot: spot.name)
def test_every_spot_on_the_layout_costs_two_pockets_in_thirty_eight(spot: Spot) -> None:
    """The double-zero edge, exactly: over all pockets a unit on any spot loses two units."""
    lost = 0
    for pocket in range(POCKETS):
        settled = settle(spots=[spot], unit_cents=500, pocket=pocket)
        lost += settled.lost_cents - settled.won_cents
    assert lost == 2 * 500


def test_the_layout_is_whole() -> None:
    by_size = {}
    for spot in INSIDE:
        size = spot.pockets.bit_count()
        by_size[size] = by_size.get(size, 0) + 1
    assert by_size == {1: 38, 2: 57, 3: 12, 4: 22, 6: 11}
    assert not any(spot.covers(0) or spot.covers(DOUBLE_ZERO) for spot in OUTSIDE)


def test_a_spin_never_pays_more_than_the_tray_was_asked_to_cover() -> None:
    game = Roulette(rng=Random(3))
    stakes = [Stake(500, 50_000, style) for style in Style]
    for _ in range(500):
        paid = sum(settled.won_cents for settled in game.play(stakes))
        assert paid <= game.most_payable_cents(stakes)


# -- baccarat --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cards", "winner", "seven"),
    [
        ((9, 7, 0, 0), "P", False),  # a natural nine stands
        ((0, 4, 6, 3), "B", False),  # player stands on six, banker on seven
        ((0, 0, 2, 5, 8), "B", False),  # banker stands on five against an eight
        ((0, 3, 4, 0, 8), "B", False),  # banker's three does not draw to an eight
        ((0, 2, 0, 0, 1, 5), "B", True),  # banker's three-card seven
    ],
)
def test_a_coup_is_drawn_by_rule(cards: tuple[int, ...], winner: str, seven: bool) -> None:
    game = Baccarat(rng=Random(1))
    game.stack(cards)
    assert game.coup() == (winner, seven)


def test_the_banker_draws_by_the_players_third_card() -> None:
    drawn = {
        banker: [third for third in range(10) if banker_draws(banker=banker, third=third)]
        for banker in range(8)
    }
    assert drawn[2] == list(range(10))
    assert drawn[3] == [0, 1, 2, 3, 4, 5, 6, 7, 9]
    assert drawn[4] == [2, 3, 4, 5, 6, 7]
    assert drawn[5] == [4, 5, 6, 7]
    assert drawn[6] == [6, 7]
    assert drawn[7] == []


def test_the_shoe_comes_out_as_the_books_say() -> None:
    """Banker wins about 45.9 in a hundred coups, player 44.6, ties 9.5."""
    game = Baccarat(rng=Random(5))
    coups = [game.coup()[0] for _ in range(20_000)]
    shares = {side: coups.count(side) / len(coups) for side in "BPT"}
    assert shares["B"] == pytest.approx(0.459, abs=0.015)
    assert shares["P"] == pytest.approx(0.446, abs=0.015)
    assert shares["T"] == pytest.approx(0.095, abs=0.01)


def test_a_bankers_three_card_seven_stands_off() -> None:
    game = Baccarat(rng=Random(1))
    game.stack((0, 2, 0, 0, 1, 5))
    assert game.play([Stake(10_000, 0, Style.BASIC)]) == [Settled(lost_cents=0, won_cents=0)]
