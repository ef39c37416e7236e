"""A table's window in short: what was asked, what is seen of the table, the answer."""

from typing import Any

from tablebank.domain.par import par_in_force
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import TableSeen, Window, WinLoss
from tablebank.domain.windows.win_loss import win_loss
from tests.domain.floor import Floor
from tests.domain.founding import FOUNDING_DAY, instant

PAR = 4_000_000


def at(text: str) -> Any:
    """`15:00` of the first day, in UTC."""
    return instant(text if " " in text else f"2026-03-02 {text}")


def asked(start: str = "12:00", end: str = "19:00", **more: Any) -> Window:
    return Window(start=at(start), end=at(end), **more)


def seen(floor: Floor, *observations: Observation) -> TableSeen:
    par = par_in_force(
        policies=floor.policies,
        modes=floor.modes,
        table_id=floor.facts.table.id,
        game_type=floor.facts.table.game_type,
        day=FOUNDING_DAY,
    )
    return TableSeen(facts=floor.facts, par=par, observations=observations)


def answer(floor: Floor, window: Window, *observations: Observation) -> WinLoss:
    return win_loss(seen(floor, *observations), window)


def shift(floor: Floor, code: str = "DAY", **more: Any) -> Window:
    named = floor.shift(code)
    return Window(start=named.starts_at, end=named.ends_at, shift_id=named.id, **more)


def dropped(floor: Floor, cents: int) -> None:
    floor.count_box(floor.remove(), cents)
