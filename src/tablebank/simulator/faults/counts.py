"""Faults of the count room: two counters, and the way of the money to the cage (SOFT)."""

from collections.abc import Iterable

from tablebank.simulator.faults.kind import Fault, OnDrop, Shown
from tablebank.simulator.truth import BoxTruth

STRAP_CENTS = 200_000
"""A strap of a hundred twenties."""


class CounterError(OnDrop):
    """One of the two counters misreads a bundle."""

    name = "counter error"
    words = "The first and the second count of a box differ."
    kind = "COUNT_VARIANCE"

    def second_count(self, first_cents: int, *, truth: BoxTruth) -> int:
        off = self.rng.choice((-1, 1)) * self.rng.choice((100, 500, 2_000, 10_000))
        return max(0, first_cents + off) if self.strikes_box(truth) else first_cents


class ShortCount(Fault):
    """Money is gone between the counting table and the cage."""

    name = "short count"
    words = "The cage counted less than the count team."
    count_session_id: str = ""

    def carried_over(self, cents: int, *, count_session_id: str) -> int:
        short = min(cents, self.rng.choice((2_000, 10_000, STRAP_CENTS)))
        if not short or not self.at_once():
            return cents
        self.count_session_id = count_session_id
        return cents - short

    def shows(self) -> Iterable[Shown]:
        yield Shown("TRANSFER_VARIANCE", "count_session", self.count_session_id)
