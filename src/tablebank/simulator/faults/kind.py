"""What a fault is: a world in which one thing goes another way, and what must be raised for it.

A fault strikes once in a night, at one table. What it struck is only known once it has: the slip,
the session or the removal that the exception must hang on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import ClassVar

from tablebank.simulator.boxes import Box
from tablebank.simulator.truth import BoxTruth, SessionTruth
from tablebank.simulator.world import World


class Plan(StrEnum):
    """How a table spends the night."""

    ROLLS = "ROLLS"
    """In play across the shift change: rolled over, its box changed."""
    STANDS = "STANDS"
    """Closed before the change, its box taken, opened again after it."""


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """An exception by its kind and its subject (FIND-2)."""

    kind: str
    subject_type: str
    subject_id: str

    def __str__(self) -> str:
        return f"{self.kind} on {self.subject_type} {self.subject_id}"


class Fault(World):
    """One thing that goes wrong once. A kind of fault is a class with a name and a line of words.

    `turn` says which of the table's slips or boxes is struck where it could be either: the first or
    the second.
    """

    name: ClassVar[str]
    words: ClassVar[str]
    plans: ClassVar[tuple[Plan, ...]] = (Plan.ROLLS, Plan.STANDS)
    """The nights of a table on which it can happen."""
    is_seen: ClassVar[bool] = True
    """Whether any system could see it."""
    needs_neighbour: ClassVar[bool] = False
    """Whether it needs an honest table beside."""

    def __init__(self, *, rng: Random) -> None:
        self.rng = rng
        self.turn = rng.choice((1, 2))
        self.struck = False
        self.neighbour: Callable[[], Box] | None = None
        """The box that hangs on the honest table beside, where it needs one."""

    def strikes(self) -> bool:
        """Whether it happens now: at its turn, and once."""
        self.turn -= 1
        if self.struck or self.turn > 0:
            return False
        self.struck = True
        return True

    def at_once(self) -> bool:
        """Whether it happens now: the first time it can, and once."""
        self.turn = 1
        return self.strikes()

    def shows(self) -> Iterable[Shown]:
        """What must be raised, once the night is over."""
        return ()

    def passing(self) -> Iterable[Shown]:
        """What may be raised on the way, and must have been cleared by the facts since."""
        return ()


class OnSlip(Fault):
    """A fault that strikes a slip."""

    kind: ClassVar[str]
    slip_id: str = ""

    def strikes_slip(self, slip_id: str | None) -> bool:
        """As `strikes`, and it remembers which slip."""
        if slip_id is None or not self.strikes():
            return False
        self.slip_id = slip_id
        return True

    def shows(self) -> Iterable[Shown]:
        yield Shown(self.kind, "slip", self.slip_id)


class OnDrop(Fault):
    """A fault that strikes a box: the exception hangs on its removal, once it has one."""

    kind: ClassVar[str]
    truth: BoxTruth | None = None
    number: str | None = None
    """The form in the box that it is about, where it is about one."""

    def strikes_box(self, truth: BoxTruth) -> bool:
        """As `strikes`, and it remembers which box."""
        if not self.strikes():
            return False
        self.truth = truth
        return True

    def shows(self) -> Iterable[Shown]:
        drop_id = self.truth.drop_id if self.truth else None
        yield Shown(self.kind, "drop", f"{drop_id}/{self.number}" if self.number else f"{drop_id}")


class OnSession(Fault):
    """A fault that strikes a session."""

    kind: ClassVar[str]
    session_id: str = ""

    def strikes_session(self, session: SessionTruth) -> bool:
        """As `strikes`, and it remembers which session."""
        if not self.strikes():
            return False
        self.session_id = session.session_id
        return True

    def shows(self) -> Iterable[Shown]:
        yield Shown(self.kind, "session", self.session_id)
