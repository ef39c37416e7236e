"""What a night will be, drawn from its seed: its tables, how each spends it, what goes wrong there.

At most one fault strikes a table, so that none hides another. One that needs an honest table beside
has one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tablebank.simulator.faults.catalogue import FAULTS
from tablebank.simulator.faults.kind import Fault, Plan
from tablebank.simulator.layouts import BLACKJACK, ROULETTE, TableSpec
from tablebank.simulator.people import SHIFTS, Cast, Person, Post, staffed

PIT = 1
MOST_TABLES = 3
HOW_MANY = (0, 1, 2, 3)
HOW_OFTEN = (2, 5, 5, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A table of the night. `beside` is the place of the honest table that its fault needs."""

    spec: TableSpec
    plan: Plan
    fault: Fault | None
    beside: int | None


def draw(*, seed: int, only: Sequence[type[Fault]] | None = None) -> tuple[Drawn, ...]:
    """The tables of a night. `only` names what goes wrong; else that is drawn too."""
    rng = Random(f"{seed}/faults")
    tables = rng.choice((2, 2, MOST_TABLES))
    kinds = list(only) if only is not None else _kinds(rng, tables)
    tables = max(tables, _places(kinds))
    drawn: list[Drawn] = []
    for kind in kinds:
        place = len(drawn)
        beside = place + 1 if kind.needs_neighbour else None
        drawn.append(_table(rng, place, fault=kind(rng=rng), beside=beside))
        if beside is not None:
            drawn.append(_table(rng, beside))
    drawn += [_table(rng, place) for place in range(len(drawn), tables)]
    return tuple(drawn)


def _kinds(rng: Random, tables: int) -> list[type[Fault]]:
    """None to one for each table, and no more than there is room for."""
    wanted = min(rng.choices(HOW_MANY, HOW_OFTEN)[0], tables)
    kinds: list[type[Fault]] = []
    while len(kinds) < wanted and _places(kinds) < tables:
        kind = rng.choice(FAULTS)
        if _places([*kinds, kind]) <= tables:
            kinds.append(kind)
    return kinds


def _places(kinds: Sequence[type[Fault]]) -> int:
    """How many tables these take."""
    return sum(1 + kind.needs_neighbour for kind in kinds)


def _table(
    rng: Random, place: int, *, fault: Fault | None = None, beside: int | None = None
) -> Drawn:
    layout = rng.choice((BLACKJACK, ROULETTE))
    spec = TableSpec(
        code=f"{layout.prefix}-{place + 1:02d}",
        pit=PIT,
        layout=layout,
        imprest=False,
        has_target=False,
        spares="BCD",
    )
    plan = rng.choice(fault.plans if fault else tuple(Plan))
    return Drawn(spec=spec, plan=plan, fault=fault, beside=beside)


class SmallCast(Cast):
    """So few people that all but the supervisors work through: one of these for each shift."""

    def of(self, *, role: str, crew: str, pit: int | None = None) -> tuple[Person, ...]:
        """Those of a role; supervisors by their crew."""
        there = tuple(one for one in self.people if one.role == role)
        if role != "SUPERVISOR":
            return there
        hours = "MID" if crew.startswith("MID") else crew
        return tuple(one for one in there if one.crew == hours) or there


def crew(*, seed: int, tables: int) -> Cast:
    """Who works the night."""
    posts = [
        Post("DEALER", "ALL", PIT, tables + 1, 0),
        *(Post("SUPERVISOR", hours, PIT, 1, 0) for hours in (*SHIFTS[:2], "MID")),
        Post("RUNNER", "ALL", PIT, 2, 0),
        Post("PIT_MANAGER", "ALL", None, 1, 0),
        Post("CASHIER", "ALL", None, 1, 0),
        Post("DROP_CREW", "ALL", None, 2, 0),
        Post("COUNT_TEAM", "ALL", None, 3, 0),
        Post("ACCOUNTING", "ALL", None, 1, 0),
        Post("SURVEILLANCE", "ALL", None, 1, 0),
    ]
    return SmallCast(people=staffed(seed=seed, posts=posts).people)
