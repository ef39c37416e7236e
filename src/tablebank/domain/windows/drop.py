"""What the boxes took between the two ends of a window, where that can be told (BASE-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.windows.asked import DropSource, Why
from tablebank.domain.windows.edges import Edges


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A session with an opener: from when to when there was play; `end` None while there is."""

    ordinal: int
    shift_id: UUID
    start: datetime
    end: datetime | None

    def overlaps(self, first: datetime, last: datetime) -> bool:
        """Whether there was play between two instants; touching is not overlapping."""
        return self.start < last and (self.end is None or self.end > first)


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxSeen:
    """A box on the table, mounting to removal: the sessions it served, by ordinal (BOX-5)."""

    serves: frozenset[int]
    in_play: bool
    removed: bool
    counted_cents: int | None
    """Its counted drop; None until it is counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """A window's drop: cents and where they come from, or the reasons why nobody knows."""

    cents: int | None
    source: DropSource | None
    reasons: tuple[str, ...] = ()


def drop_of(edges: Edges, played: Sequence[Played], boxes: Sequence[BoxSeen]) -> Drop:
    """The boxes of the sessions inside; of one that reaches out nobody can tell.

    A reading by eye that says what the box holds stands in where the window closes on it and the
    one session in play began with the baseline.
    """
    first, closing = edges.first, edges.closing
    if first is None or closing is None:
        return Drop(cents=None, source=None)
    within = [each for each in played if each.overlaps(first.at, closing.point.at)]
    if not within:
        return Drop(cents=0, source=DropSource.NO_PLAY)
    counted = _counted(within, boxes, first.at, closing.point.at)
    if counted.cents is not None or closing.observation is None:
        return counted
    thought = closing.observation.estimated_drop_cents
    if thought is None or len(within) > 1 or within[0].start < first.at:
        return counted
    return Drop(cents=thought, source=DropSource.ESTIMATE, reasons=counted.reasons)


def _counted(
    within: Sequence[Played], boxes: Sequence[BoxSeen], first: datetime, last: datetime
) -> Drop:
    if any(each.start < first or each.end is None or each.end > last for each in within):
        return Drop(cents=None, source=None, reasons=(Why.SESSION_REACHES_OUT,))
    ours = {each.ordinal for each in within}
    serving = [box for box in boxes if box.serves & ours]
    if any(box.serves - ours for box in serving):
        return Drop(cents=None, source=None, reasons=(Why.DROP_SHARED,))
    reasons = []
    if any(box.in_play for box in serving):
        reasons.append("BOX_OLDER_THAN_OPENER")
    if not all(any(ordinal in box.serves for box in serving) for ordinal in ours):
        reasons.append("NO_BOX")
    if not all(box.removed for box in serving):
        reasons.append("BOXES_OUTSTANDING")
    if any(box.counted_cents is None for box in serving):
        reasons.append("COUNT_PENDING")
    if reasons:
        return Drop(cents=None, source=None, reasons=tuple(reasons))
    total = sum(box.counted_cents or 0 for box in serving)
    return Drop(cents=total, source=DropSource.COUNTED)
