"""Where a window begins and where it ends, chosen from a table's counts (BASE-1, BASE-3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tablebank.domain.par import ParInForce
from tablebank.domain.terms import SnapshotKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import CloseOn, Window
from tablebank.domain.windows.baseline import Baseline, baseline_of
from tablebank.domain.windows.marks import Mark, Point


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """What a window ends on: a count, or a reading by eye where that was asked for (BASE-3)."""

    source: CloseOn
    cents: int
    point: Point
    mark: Mark | None = None
    observation: Observation | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Edges:
    """The two ends of what is measured; `first` None where nothing begins it."""

    opening: Baseline
    first: Point | None
    closing: Closing | None


def edges_of(
    seen: Sequence[Mark],
    *,
    par: ParInForce,
    window: Window,
    readings: Sequence[Observation] = (),
) -> Edges:
    """The ends for one table. `seen` is in order; `readings` are those the window may close on."""
    seen = [mark for mark in seen if window.reaches(mark.point.at)]
    readings = [each for each in readings if window.reaches(each.occurred_at)]
    opening = baseline_of(seen, par, window)
    if opening.cents is None:
        return Edges(opening=opening, first=None, closing=None)
    first = opening.mark.point if opening.mark else Point(window.start, None)
    closing = _closing(seen, readings, opening, window)
    return Edges(opening=opening, first=first, closing=closing)


def _closing(
    seen: Sequence[Mark], readings: Sequence[Observation], opening: Baseline, window: Window
) -> Closing | None:
    """The latest count after the baseline, never the baseline again (LESSON-9)."""
    after = seen[seen.index(opening.mark) + 1 :] if opening.mark else seen
    inside = [
        mark for mark in after if window.start < mark.place <= window.end and not mark.is_attested
    ]
    count = _latest(inside)
    newer = _newer_reading(readings, count, opening, window)
    if newer is not None:
        return Closing(
            source=CloseOn.OBSERVATION,
            cents=newer.total_cents,
            point=Point(newer.occurred_at, newer.recorded_at),
            observation=newer,
        )
    if count is None:
        return None
    return Closing(source=CloseOn.COUNT, cents=count.total_cents, point=count.point, mark=count)


def _latest(inside: Sequence[Mark]) -> Mark | None:
    """Of counts at the same instant, as a roll-over makes them, the closer: it ends a session."""
    if not inside:
        return None
    together = [mark for mark in inside if mark.place == inside[-1].place]
    closers = [mark for mark in together if mark.kind == SnapshotKind.CLOSING]
    return (closers or together)[-1]


def _newer_reading(
    readings: Sequence[Observation], count: Mark | None, opening: Baseline, window: Window
) -> Observation | None:
    if window.close_on is not CloseOn.OBSERVATION:
        return None
    after = [each.point.at for each in (count, opening.mark) if each]
    newer = [
        each
        for each in readings
        if window.start < each.occurred_at <= window.end
        and all(each.occurred_at > instant for instant in after)
    ]
    return max(newer, key=lambda each: (each.occurred_at, each.recorded_at), default=None)
