"""What the boxes took between the two ends of a window, where that can be told (BASE-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.money import sum_known
from tablebank.domain.windows.asked import DropSource, Why
from tablebank.domain.windows.edges import Edges


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A session with an opener: from when to when there was play; `end` None while there is."""

    ordinal: int
    shift_id: UUID
    start: datetime
    end: datetime | None
    noted_cents: int | None = None
    """What the buy-ins noted in it between the window's two ends come to; None where none was."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxGroup:
    """Sessions that share boxes, in their order, with those boxes (BOX-6)."""

    sessions: tuple[Played, ...]
    boxes: tuple[BoxSeen, ...]

    @property
    def has_one_box(self) -> bool:
        """Whether one box took all of it and nothing else: then what it holds is this group's."""
        ours = {each.ordinal for each in self.sessions}
        return len(self.boxes) == 1 and not self.boxes[0].in_play and self.boxes[0].serves <= ours

    @property
    def counted_cents(self) -> int | None:
        """Its counted drop, once every session has ended and every box is counted (BASE-5)."""
        if any(each.end is None for each in self.sessions):
            return None
        first = min(each.start for each in self.sessions)
        last = max(each.end for each in self.sessions if each.end is not None)
        return _counted(self.sessions, self.boxes, first, last).cents


def drop_of(edges: Edges, played: Sequence[Played], boxes: Sequence[BoxSeen]) -> Drop:
    """The boxes of the sessions inside; else, group by group, what telemetry or a reading tells.

    A group whose boxes are counted is never estimated (0059). `reasons` say why not everything is
    counted, also beside an estimate.
    """
    first, closing = edges.first, edges.closing
    if first is None or closing is None:
        return Drop(cents=None, source=None)
    start, end = first.at, closing.point.at
    within = [each for each in played if each.overlaps(start, end)]
    if not within:
        return Drop(cents=0, source=DropSource.NO_PLAY)
    counted = _counted(within, boxes, start, end)
    if counted.cents is not None:
        return counted
    read = closing.observation.estimated_drop_cents if closing.observation else None
    latest = max(within, key=lambda each: each.ordinal)
    total = sum_known(
        _told(group, start, end, read=read if latest in group.sessions else None)
        for group in groups_of(within, boxes)
    )
    if total is None:
        return counted
    return Drop(cents=total, source=DropSource.ESTIMATE, reasons=counted.reasons)


def groups_of(within: Sequence[Played], boxes: Sequence[BoxSeen]) -> list[BoxGroup]:
    """The sessions by the boxes they share; boxes follow each other, so do their groups (BOX-5)."""
    groups: list[BoxGroup] = []
    for session in sorted(within, key=lambda each: each.ordinal):
        mine = tuple(box for box in boxes if session.ordinal in box.serves)
        if groups and any(box in groups[-1].boxes for box in mine):
            last = groups.pop()
            more = tuple(box for box in mine if box not in last.boxes)
            groups.append(BoxGroup(sessions=(*last.sessions, session), boxes=(*last.boxes, *more)))
        else:
            groups.append(BoxGroup(sessions=(session,), boxes=mine))
    return groups


def _told(group: BoxGroup, start: datetime, end: datetime, *, read: int | None) -> int | None:
    """A group's drop: counted, else the buy-ins noted in every session of it, else `read`: what
    somebody thought its box held, where that is this group's alone and all of it."""
    counted = _counted(group.sessions, group.boxes, start, end)
    if counted.cents is not None:
        return counted.cents
    noted = sum_known(each.noted_cents for each in group.sessions)
    if noted is not None:
        return noted
    began_with_it = all(each.start >= start for each in group.sessions)
    return read if began_with_it and group.has_one_box else None


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
