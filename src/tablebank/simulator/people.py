"""The people of the simulated house: badges, names, roles, PINs, and when they work.

Everything follows from the seed and the number of tables, so the same cast comes back each time.
Each has a first PIN (given at hiring) and one of their own choosing; those one can be in the demo
have a password for the pages too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from tablebank.simulator.layouts import pits_of, tables_of

SHIFTS = ("DAY", "SWING", "GRAVE")
"""Crews, by the order of the shifts in a gaming day."""

_FIRST = """
    Ada Ben Cleo Dara Eli Faye Gus Hana Ivo Jana Kai Lena Milo Nora Otis Pia Quin Rosa Sami Tess
    Ugo Vera Wes Xena Yara Zeno Amal Bram Cira Dov Emre Flora Gita Hugo Ines Joss
"""
_LAST = """
    Abbott Baker Castro Diaz Ekman Flores Grant Hale Ito Jansen Keller Lopez Moreau Nakamura Ortiz
    Patel Quist Reyes Silva Tanaka Ueda Varga Weber Xu Young Zhang Ames Brandt Cole Dunn
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works here."""

    badge: str
    name: str
    role: str
    pit: int | None
    crew: str
    """The shift they work, or what else tells their hours: MID-0, NIGHTS, ALL."""
    first_pin: str
    pin: str
    password: str | None

    @property
    def signs(self) -> bool:
        """Whether this person ever signs with a PIN; who only reads does not."""
        return self.role not in {"SURVEILLANCE", "AUDITOR"}


@dataclass(slots=True, kw_only=True)
class Cast:
    """Everybody, and who stands where when."""

    people: list[Person] = field(default_factory=list)

    def of(self, *, role: str, crew: str, pit: int | None = None) -> tuple[Person, ...]:
        """Those of a role and crew (and pit), in order of badge."""
        return tuple(
            one for one in self.people if one.role == role and one.crew == crew and one.pit == pit
        )


@dataclass(frozen=True, slots=True)
class Post:
    """So many people of a role and crew, of a pit or of the house."""

    role: str
    crew: str
    pit: int | None
    number: int
    page: int
    """How many of them have a password for the pages."""


_BADGES = {
    "DEALER": 1000,
    "SUPERVISOR": 2000,
    "PIT_MANAGER": 2900,
    "CASHIER": 3000,
    "CAGE_MANAGER": 3900,
    "RUNNER": 4000,
    "DROP_CREW": 5000,
    "COUNT_TEAM": 6000,
    "ACCOUNTING": 7000,
    "SURVEILLANCE": 8000,
    "AUDITOR": 9000,
}


def _posts(tables: int) -> list[Post]:
    posts: list[Post] = []
    specs = tables_of(tables)
    for pit in range(1, pits_of(tables) + 1):
        here = sum(1 for spec in specs if spec.pit == pit)
        for order, crew in enumerate(SHIFTS):
            posts.append(Post("DEALER", crew, pit, here + 1, 1 if pit == 1 else 0))
            posts.append(Post("SUPERVISOR", crew, pit, 1, 1))
            # Hours from the middle of one shift to the middle of the next: these span the change.
            posts.append(Post("SUPERVISOR", f"MID-{order}", pit, 1, 1))
        posts.append(Post("RUNNER", "DAYS", pit, 2, 1 if pit == 1 else 0))
        posts.append(Post("RUNNER", "NIGHTS", pit, 2, 0))
    for crew in SHIFTS:
        posts.append(Post("PIT_MANAGER", crew, None, 1, 1))
        posts.append(Post("CASHIER", crew, None, 2, 1))
        posts.append(Post("DROP_CREW", crew, None, 2, 1))
    posts.append(Post("COUNT_TEAM", "ALL", None, 4, 1))
    posts.append(Post("ACCOUNTING", "ALL", None, 2, 1))
    posts.append(Post("CAGE_MANAGER", "ALL", None, 1, 1))
    posts.append(Post("SURVEILLANCE", "ALL", None, 1, 1))
    posts.append(Post("AUDITOR", "ALL", None, 1, 1))
    return posts


def cast(*, seed: int, tables: int) -> Cast:
    """Everybody who works in a house of so many tables."""
    return staffed(seed=seed, posts=_posts(tables))


def staffed(*, seed: int, posts: Sequence[Post]) -> Cast:
    """Those who fill these posts."""
    rng = Random(f"{seed}/people")
    handed_out = dict(_BADGES)
    names = [f"{first} {last}" for first in _FIRST.split() for last in _LAST.split()]
    rng.shuffle(names)
    everybody = Cast()
    for post in posts:
        for number in range(post.number):
            handed_out[post.role] += 1
            badge = str(handed_out[post.role])
            everybody.people.append(
                Person(
                    badge=badge,
                    name=names[len(everybody.people) % len(names)],
                    role=post.role,
                    pit=post.pit,
                    crew=post.crew,
                    first_pin=_pin(rng),
                    pin=_pin(rng),
                    password=f"chips-{badge}-{rng.randint(1000, 9999)}"
                    if number < post.page
                    else None,
                )
            )
    everybody.people.sort(key=lambda one: one.badge)
    return everybody


def _pin(rng: Random) -> str:
    """Six digits, not all in a row and no digit more than twice."""
    while True:
        pin = "".join(str(rng.randrange(10)) for _ in range(6))
        steps = {int(b) - int(a) for a, b in pairwise(pin)}
        if len(steps) > 2 and all(pin.count(digit) <= 2 for digit in pin):
            return pin
