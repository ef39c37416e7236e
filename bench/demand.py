"""Chip demand as the simulated players make it: what leaves a table's tray over a gaming day.

The players sit at a table whose tray cannot run out, so that what they take and bring is theirs
alone and the same for every par. A day is kept as what a supervisor would see who looks every ten
minutes: how much more or less is in the tray than at the day's start. Who fills what and when is
not decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tablebank.simulator import chips
from tablebank.simulator.boxes import Box
from tablebank.simulator.clock import HOUR
from tablebank.simulator.felt import Felt
from tablebank.simulator.floor import ARRIVALS, LOOKED_AT_EVERY
from tablebank.simulator.layouts import BACCARAT, BLACKJACK, ROULETTE, Layout
from tablebank.simulator.truth import SessionTruth

LAYOUTS: tuple[Layout, ...] = (BLACKJACK, ROULETTE, BACCARAT)
CUSTOM = (0.6, 0.8, 1.0, 1.25)
"""How well a table is visited, as a multiple of the simulator's arrivals."""
WEEKEND = 1.3
"""Fridays and Saturdays, on top of it."""

SHIFT_HOURS = 8
LOOKS_A_SHIFT = SHIFT_HOURS * HOUR // LOOKED_AT_EVERY
ENDLESS = 400

Shift = tuple[int, ...]
"""What is in the tray beyond what was there when the day began, look by look, in cents."""
Day = tuple[Shift, ...]
Pool = Mapping[tuple[str, float, bool], tuple[Day, ...]]
"""Days by game type, custom and whether it is a weekend."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Tables that are visited alike on days that are alike."""

    layout: Layout
    custom: float
    weekend: bool


def dice(seed: str) -> Random:
    """Chance that repeats itself."""
    return Random(seed)  # noqa: S311


def played(*, days: int, seed: int) -> Pool:
    """So many days of every kind of table."""
    return {
        (layout.game_type, custom, weekend): _days(
            Kind(layout, custom, weekend), days=days, seed=seed
        )
        for layout in LAYOUTS
        for custom in CUSTOM
        for weekend in (False, True)
    }


def _days(kind: Kind, *, days: int, seed: int) -> tuple[Day, ...]:
    layout = kind.layout
    name = f"{seed}/{layout.prefix}/{kind.custom}/{kind.weekend}"
    game = layout.deal(dice(f"{name}/game"))
    rng = dice(f"{name}/players")
    found = []
    for _ in range(days):
        felt = Felt(
            game=game,
            crowd=layout.crowd,
            rng=rng,
            tray=[ENDLESS * quantity for quantity in chips.holding(layout.target)],
            box=Box(code="demand"),
        )
        felt.truth = _nobodys_session(layout)
        found.append(_day(felt, kind))
        assert not felt.refused_for_want_of_chips, "an endless tray ran out"
    return tuple(found)


def _day(felt: Felt, kind: Kind) -> Day:
    """Three shifts without a break; at the end everybody gets up."""
    start = chips.value_cents(felt.tray)
    pace = kind.layout.seconds_a_round
    busy = kind.custom * (WEEKEND if kind.weekend else 1.0)
    shifts = []
    at = 0
    for order, arrivals in enumerate(ARRIVALS):
        seen = []
        for look in range(LOOKS_A_SHIFT):
            until = (order * LOOKS_A_SHIFT + look + 1) * LOOKED_AT_EVERY
            while at < until:
                felt.round(arrivals=min(1.0, arrivals * busy))
                at += pace
            if order == len(ARRIVALS) - 1 and look == LOOKS_A_SHIFT - 1:
                felt.clear()
            seen.append(chips.value_cents(felt.tray) - start)
        shifts.append(tuple(seen))
    return tuple(shifts)


def _nobodys_session(layout: Layout) -> SessionTruth:
    return SessionTruth(
        session_id="",
        table="",
        pit="",
        game=layout.game_type,
        mode="INVENTORY_COUNT",
        gaming_day="",
        shift="",
        shift_id="",
    )
