"""Which tables the simulated house has: games, pits, targets, bank modes, who comes to play.

Pits 1 and 2 drop each shift, the others once a gaming day; every second table is run Imprest to
Par. Of the tables run by count, half have a target and half have none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tablebank.simulator.gamblers import Crowd
from tablebank.simulator.games.baccarat import Baccarat
from tablebank.simulator.games.blackjack import Blackjack
from tablebank.simulator.games.roulette import Roulette
from tablebank.simulator.games.stakes import Game, Style

TABLES_PER_PIT = 6
PITS_DROPPED_EACH_SHIFT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A kind of table."""

    prefix: str
    game_type: str
    name: str
    limits: Mapping[str, int]
    target: Mapping[str, int]
    """The tray at par, by chip code."""
    crowd: Crowd
    seconds_a_round: int
    deal: Callable[[Random], Game]

    @property
    def target_cents(self) -> int:
        """What the tray is worth at par."""
        return sum(int(code) * quantity for code, quantity in self.target.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table of the house, before it is registered."""

    code: str
    pit: int
    layout: Layout
    imprest: bool
    has_target: bool
    spares: str
    """The letters of its spare boxes: more where boxes change often."""


def _blackjack(rng: Random) -> Game:
    return Blackjack(rng=rng)


def _roulette(rng: Random) -> Game:
    return Roulette(rng=rng)


def _baccarat(rng: Random) -> Game:
    return Baccarat(rng=rng)


BLACKJACK = Layout(
    prefix="BJ",
    game_type="BLACKJACK",
    name="Blackjack",
    limits={"min_cents": 1_500, "max_cents": 50_000},
    target={"100": 100, "250": 40, "500": 160, "2500": 200, "10000": 90, "50000": 20},
    crowd=Crowd(
        seats=6,
        units=(1_500, 1_500, 2_500, 2_500, 5_000, 10_000),
        bank_units=(10, 20),
        styles=((Style.BASIC, 5), (Style.CAUTIOUS, 3), (Style.POOR, 2)),
        coupons=True,
    ),
    seconds_a_round=62,
    deal=_blackjack,
)

ROULETTE = Layout(
    prefix="RO",
    game_type="ROULETTE",
    name="Double-zero roulette",
    limits={"min_cents": 500, "max_cents": 20_000},
    target={"100": 200, "500": 360, "2500": 200, "10000": 80, "50000": 10},
    crowd=Crowd(
        seats=6,
        units=(500, 500, 500, 500, 1_000),
        bank_units=(20, 60),
        styles=((Style.BASIC, 4), (Style.CAUTIOUS, 2), (Style.POOR, 4)),
    ),
    seconds_a_round=85,
    deal=_roulette,
)

BACCARAT = Layout(
    prefix="BA",
    game_type="BACCARAT",
    name="Baccarat without commission",
    limits={"min_cents": 10_000, "max_cents": 500_000},
    target={"2500": 200, "10000": 300, "50000": 60, "100000": 35},
    crowd=Crowd(
        seats=6,
        units=(10_000, 10_000, 20_000, 30_000),
        bank_units=(15, 30),
        styles=((Style.BASIC, 4), (Style.CAUTIOUS, 4), (Style.POOR, 2)),
    ),
    seconds_a_round=70,
    deal=_baccarat,
)

_PATTERN = (BLACKJACK, BLACKJACK, BLACKJACK, BLACKJACK, ROULETTE, ROULETTE)
_HIGH_LIMIT = (BLACKJACK, BLACKJACK, BACCARAT, BACCARAT, ROULETTE, ROULETTE)


def pits_of(tables: int) -> int:
    """How many pits a house of so many tables has: three at least, so both drop practices occur."""
    return min(tables, max(3, -(-tables // TABLES_PER_PIT)))


def tables_of(tables: int) -> tuple[TableSpec, ...]:
    """The tables of the house, pit by pit."""
    pits = pits_of(tables)
    numbers: dict[str, int] = {}
    specs = []
    for index in range(tables):
        pit = index * pits // tables + 1
        pattern = _HIGH_LIMIT if pit == pits else _PATTERN
        layout = pattern[index % len(pattern)]
        numbers[layout.prefix] = numbers.get(layout.prefix, 0) + 1
        imprest = index % 2 == 1
        specs.append(
            TableSpec(
                code=f"{layout.prefix}-{numbers[layout.prefix]:02d}",
                pit=pit,
                layout=layout,
                imprest=imprest,
                has_target=imprest or index % 4 == 0,
                spares="BC" if drops_each_shift(pit) else "B",
            )
        )
    return tuple(specs)


def drops_each_shift(pit: int) -> bool:
    """Pits 1 and 2 change their boxes at every shift change, the others once a gaming day."""
    return pit <= PITS_DROPPED_EACH_SHIFT
