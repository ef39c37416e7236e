"""One gaming table as it physically is: tray, mounted box, players, and the rounds played on it.

Cash goes into the box and chips come out of the tray; lost bets go into the tray and wins come out
of it; players carry chips in and away. Every round adds to the table's truth what really moved.
"""

from collections import Counter
from random import Random

from tablebank.simulator import chips
from tablebank.simulator.boxes import Box
from tablebank.simulator.gamblers import Crowd, Gambler, notes
from tablebank.simulator.games.stakes import Game, Settled, Stake
from tablebank.simulator.truth import SessionTruth


class Felt:
    """A table in play. What the people around it do and sign is `floor`'s business."""

    def __init__(
        self, *, game: Game, crowd: Crowd, rng: Random, tray: chips.Pieces, box: Box
    ) -> None:
        self.game = game
        self.crowd = crowd
        self.rng = rng
        self.tray = tray
        self.box = box
        self.players: list[Gambler] = []
        self.outside = chips.none()
        """Chips that came from elsewhere in the house, less those carried away."""
        self.cash_in = 0
        self.truth: SessionTruth | None = None
        self.refused_for_want_of_chips = False

    def round(self, *, arrivals: float) -> None:
        """Somebody may sit down; bets, the game, settlement; those who are done get up.

        `arrivals` is the chance that a free seat is taken before this round.
        """
        if len(self.players) < self.crowd.seats and self.rng.random() < arrivals:
            self.sit(self.crowd.arrive(rng=self.rng))
        stakes: list[Stake] = []
        seated: list[Gambler] = []
        for gambler in tuple(self.players):
            if self._ready(gambler):
                spare = chips.value_cents(gambler.purse) - gambler.unit_cents
                stakes.append(Stake(gambler.unit_cents, spare, gambler.style))
                seated.append(gambler)
        if not stakes:
            return
        if self.game.most_payable_cents(stakes) > chips.value_cents(self.tray):
            self.refused_for_want_of_chips = True
            return
        for gambler, settled in zip(seated, self.game.play(stakes), strict=True):
            self._settle(gambler, settled)

    def sit(self, gambler: Gambler) -> None:
        """A player takes a seat, with chips from elsewhere if they brought any."""
        for place, quantity in enumerate(gambler.purse):
            self.outside[place] -= quantity
        self.players.append(gambler)

    def clear(self) -> None:
        """Last hand: everybody gets up."""
        for gambler in tuple(self.players):
            self._leave(gambler)

    def _ready(self, gambler: Gambler) -> bool:
        """See that a player has a bet in front of them; those who are done leave the table."""
        held = chips.value_cents(gambler.purse)
        if gambler.rounds_left <= 0 or held >= gambler.goal_cents + gambler.buy_in_cents:
            self._leave(gambler)
            return False
        gambler.rounds_left -= 1
        if held < gambler.unit_cents:
            if gambler.budget_cents < gambler.buy_in_cents:
                self._leave(gambler)
                return False
            return self._buy_in(gambler)
        return True

    def _buy_in(self, gambler: Gambler) -> bool:
        """Cash (or a ticket) into the box, chips out of the tray; refused if the tray is short."""
        amount = gambler.buy_in_cents
        small = min(amount, gambler.unit_cents * 12)
        first = chips.pick(self.tray, small, largest=gambler.unit_cents)
        if first is None or chips.value_cents(self.tray) < amount * 2:
            first = chips.none()
            small = 0
        rest_from = [a - b for a, b in zip(self.tray, first, strict=True)]
        rest = chips.pick(rest_from, amount - small, largest=gambler.unit_cents * 5)
        if rest is None or chips.value_cents(self.tray) < amount * 2:
            self.refused_for_want_of_chips = True
            return False
        given = [a + b for a, b in zip(first, rest, strict=True)]
        chips.move(given, out_of=self.tray, into=gambler.purse)
        gambler.budget_cents -= amount
        self.cash_in += amount
        if gambler.voucher:
            self.box.contents.vouchers[amount] += 1
            gambler.voucher = False
        else:
            self.box.contents.notes += Counter(notes(amount))
        self._truth().dropped_cents += amount
        return True

    def _settle(self, gambler: Gambler, settled: Settled) -> None:
        """Sweep what was lost, pay what was won, in chips the size of the bet where there are."""
        won = settled.won_cents
        if gambler.coupon_cents and won + settled.lost_cents:
            if won and not settled.lost_cents:
                won += gambler.coupon_cents
            self.box.contents.coupons[gambler.coupon_cents] += 1
            gambler.coupon_cents = 0
        swept = chips.pay(settled.lost_cents, payer=gambler.purse, payee=self.tray)
        size = max(gambler.unit_cents, won // 4)
        paid = chips.pay(won, payer=self.tray, payee=gambler.purse, largest=size)
        self._truth().play_cents += swept - paid

    def _leave(self, gambler: Gambler) -> None:
        chips.colour_up(purse=gambler.purse, tray=self.tray)
        for place, quantity in enumerate(gambler.purse):
            self.outside[place] += quantity
        gambler.purse = chips.none()
        self.players.remove(gambler)

    def _truth(self) -> SessionTruth:
        if self.truth is None:
            raise RuntimeError("a round was played without a session")
        return self.truth
