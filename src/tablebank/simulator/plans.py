"""When each table is open: most all day, some late, some early, one twice in one shift."""

from dataclasses import dataclass
from random import Random

from tablebank.simulator.clock import HOUR, MINUTE, Shift
from tablebank.simulator.people import SHIFTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """A table open without a break: from one second to another, over these shifts.

    `last` says that the box goes with the close; else it stays on the table for the next stint.
    """

    opens: int
    closes: int
    shifts: tuple[Shift, ...]
    last: bool = True


def stints(*, index: int, shifts: tuple[Shift, ...], rng: Random) -> tuple[Stint, ...]:
    """The stints of a table over all days of the run. `index` is its place in the house.

    Every fifth table stays open from one gaming day into the next; a run's last day closes all.
    """
    days = [shifts[at : at + len(SHIFTS)] for at in range(0, len(shifts), len(SHIFTS))]
    if index % 5 == 0 and len(days) > 1:
        return (_all(shifts, rng),)
    return tuple(stint for day in days for stint in _day(index, day, rng))


def _all(shifts: tuple[Shift, ...], rng: Random) -> Stint:
    return Stint(
        opens=shifts[0].starts + rng.randint(-4, 20) * MINUTE,
        closes=shifts[-1].ends - rng.randint(25, 55) * MINUTE,
        shifts=shifts,
    )


def _day(index: int, day: tuple[Shift, ...], rng: Random) -> tuple[Stint, ...]:
    morning, evening, night = day
    whole = _all(day, rng)
    if index % 12 == 3:
        closes = night.starts + 3 * HOUR + rng.randint(0, 30) * MINUTE
        return (Stint(opens=whole.opens, closes=closes, shifts=day),)
    if index % 12 == 5:
        opens = morning.starts + 4 * HOUR + rng.randint(0, 30) * MINUTE
        return (Stint(opens=opens, closes=whole.closes, shifts=day),)
    if index % 12 == 6:
        closes = evening.ends - rng.randint(30, 60) * MINUTE
        return (Stint(opens=whole.opens, closes=closes, shifts=(morning, evening)),)
    if index % 12 == 8:
        opens = evening.starts + rng.randint(10, 40) * MINUTE
        return (Stint(opens=opens, closes=whole.closes, shifts=(evening, night)),)
    if index % 12 == 10:
        pause = morning.starts + 4 * HOUR + rng.randint(0, 30) * MINUTE
        return (
            Stint(opens=whole.opens, closes=pause, shifts=(morning,), last=False),
            Stint(opens=pause + 2 * HOUR, closes=whole.closes, shifts=day),
        )
    return (whole,)
