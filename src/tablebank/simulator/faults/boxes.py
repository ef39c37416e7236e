"""Faults of boxes: when they are taken, which ones, and how they come to the count room (BOX)."""

from collections.abc import Iterable, Sequence

from tablebank.simulator.boxes import Box
from tablebank.simulator.clock import MINUTE
from tablebank.simulator.faults.kind import OnDrop, Plan, Shown
from tablebank.simulator.truth import BoxTruth


class LateDrop(OnDrop):
    """The lift stands still, and the crew comes when the window is over."""

    name = "late drop"
    words = "A box was taken after its window."
    kind = "DROP_OUT_OF_SCHEDULE"
    plans = (Plan.STANDS,)

    def late_by(self, truth: BoxTruth) -> int:
        self.turn = 1
        return self.rng.randint(50, 70) * MINUTE if self.strikes_box(truth) else 0


class UnscheduledDrop(OnDrop):
    """A box is full in the middle of the evening."""

    name = "unscheduled drop"
    words = "A box was taken in play, and no drop was due."
    kind = "DROP_OUT_OF_SCHEDULE"

    def takes_in_play(self, truth: BoxTruth) -> bool:
        return self.strikes_box(truth)


class WrongBox(OnDrop):
    """The crew writes down one spare box and hangs the other."""

    name = "wrong box"
    words = "Another box hung on the table than the record says."
    kind = "CUSTODY_IRREGULAR"

    def box_hung(self, meant: Box, *, shelf: Sequence[Box], truth: BoxTruth) -> Box:
        """What shows it is the removal of the box that hangs there since."""
        self.turn = 1
        return shelf[0] if shelf and self.strikes_box(truth) else meant


class BrokenCustody(OnDrop):
    """The box is set down in the count room and nobody signs."""

    name = "broken custody"
    words = "A box was counted and never signed in at the count room."
    kind = "CUSTODY_IRREGULAR"

    def is_handed_over(self, truth: BoxTruth) -> bool:
        return not self.strikes_box(truth)


class LeftOut(OnDrop):
    """The crew walks past a table that stands in a corner."""

    name = "box left out of the drop"
    words = "A box that was due was left out by the run."
    kind = "BOX_NOT_DROPPED"

    def is_left_out(self, truth: BoxTruth) -> bool:
        self.turn = 1
        return self.strikes_box(truth)

    def shows(self) -> Iterable[Shown]:
        """Left out by the run, and so it still hangs when its window is over."""
        session_id = self.truth.serves[-1].session_id if self.truth else ""
        yield Shown(self.kind, "session", session_id)
        yield Shown("DROP_OVERDUE", "session", session_id)
