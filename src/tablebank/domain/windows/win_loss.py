"""A table's win or loss in a window, and everything it rests on (BASE).

`closing + credits + drop − opening − fills` as in the rundown, and by the same function; only where
the five come from is another question. A term that is not known leaves the result unknown, with the
reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tablebank.domain.boxes import drop_known, group_of, members
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.rundown import before_drop, effective_snapshot, table_win
from tablebank.domain.terms import SnapshotKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import (
    CloseOn,
    Coverage,
    DropSource,
    OpeningSource,
    TableSeen,
    Why,
    Window,
    WinLoss,
)
from tablebank.domain.windows.baseline import Baseline, baseline_of
from tablebank.domain.windows.marks import Mark, marks
from tablebank.domain.windows.moved import Moved, Point, moved

_COVERAGE = {
    OpeningSource.EARLIEST_IN_WINDOW: Coverage.PARTIAL,
    OpeningSource.NONE: Coverage.UNKNOWN,
}


def win_loss(seen: TableSeen, window: Window) -> WinLoss:
    """The window's answer for one table (BASE-1 to BASE-6)."""
    order = marks(seen.facts, window)
    opening = baseline_of(order, seen.par, window)
    closing = _closing(seen, order, opening, window)
    played = _played(seen.facts)
    first = _first_point(opening, window)
    slips = moved(seen.facts, first=first, last=closing.point) if first and closing else None
    drop = _drop(seen, _Span(window=window, first=first, closing=closing), played)
    change = before_drop(
        opening_cents=opening.cents,
        closing_cents=closing.cents if closing else None,
        fills_cents=slips.fills_cents if slips else None,
        credits_cents=slips.credits_cents if slips else None,
    )
    reasons = [*opening.reasons, *drop.reasons]
    if closing is None:
        reasons.append(Why.NO_CLOSING_COUNT)
    return WinLoss(
        win_loss_cents=table_win(before_drop_cents=change, drop_cents=drop.cents),
        before_drop_cents=change,
        opening_bankroll_cents=opening.cents,
        opening_source=opening.source,
        opening_snapshot_id=opening.mark.snapshot.id if opening.mark else None,
        opening_at=opening.mark.snapshot.occurred_at if opening.mark else None,
        coverage_type=_COVERAGE.get(opening.source, Coverage.FULL),
        closing_bankroll_cents=closing.cents if closing else None,
        closing_source=closing.source if closing else None,
        closing_snapshot_id=closing.mark.snapshot.id if closing and closing.mark else None,
        closing_at=closing.point.at if closing else None,
        **_slip_terms(slips),
        drop_total_cents=drop.cents,
        drop_source=drop.source,
        measured_from=first.at if first else None,
        measured_to=closing.point.at if closing else None,
        since=_since(opening, played, window),
        in_play=any(_is_in_window(each, window) for each in played),
        estimated=(
            opening.source is OpeningSource.PAR_TARGET
            or drop.source is DropSource.ESTIMATE
            or (closing is not None and closing.source is CloseOn.OBSERVATION)
        ),
        par=seen.par,
        reasons=tuple(dict.fromkeys(str(each) for each in reasons)),
    )


def _slip_terms(slips: Moved | None) -> dict[str, int | None]:
    return {
        "fills_total_cents": slips.fills_cents if slips else None,
        "credits_total_cents": slips.credits_cents if slips else None,
        "credits_in_transit_cents": slips.in_transit_cents if slips else None,
    }


# -- where it ends ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Closing:
    """What a window ends on: a count, or a reading by eye where that was asked for (BASE-3)."""

    source: CloseOn
    cents: int
    point: Point
    mark: Mark | None = None
    observation: Observation | None = None


def _closing(
    seen: TableSeen, order: Sequence[Mark], opening: Baseline, window: Window
) -> _Closing | None:
    """The latest count after the baseline, never the baseline again (LESSON-9)."""
    if opening.cents is None:
        return None
    after = order[order.index(opening.mark) + 1 :] if opening.mark else order
    inside = [
        mark for mark in after if window.start < mark.place <= window.end and not mark.is_attested
    ]
    count = _latest(inside)
    newer = _newer_reading(seen, count, opening, window)
    if newer is not None:
        return _Closing(
            source=CloseOn.OBSERVATION,
            cents=newer.total_cents,
            point=Point(at=newer.occurred_at, recorded_at=newer.recorded_at),
            observation=newer,
        )
    if count is None:
        return None
    return _Closing(
        source=CloseOn.COUNT, cents=count.snapshot.total_cents, point=_point(count), mark=count
    )


def _latest(inside: Sequence[Mark]) -> Mark | None:
    """Of counts at the same instant, as a roll-over makes them, the closer: it ends a session."""
    if not inside:
        return None
    together = [mark for mark in inside if mark.place == inside[-1].place]
    closers = [mark for mark in together if mark.snapshot.kind == SnapshotKind.CLOSING]
    return (closers or together)[-1]


def _newer_reading(
    seen: TableSeen, count: Mark | None, opening: Baseline, window: Window
) -> Observation | None:
    if window.close_on is not CloseOn.OBSERVATION:
        return None
    ours = {
        session.id for session in members(seen.facts) if window.shift_id in (None, session.shift_id)
    }
    after = [each.snapshot.occurred_at for each in (count, opening.mark) if each]
    newer = [
        each
        for each in seen.observations
        if window.start < each.occurred_at <= window.end
        and each.session_id in ours
        and all(each.occurred_at > instant for instant in after)
    ]
    return max(newer, key=lambda each: (each.occurred_at, each.recorded_at), default=None)


# -- from where to where ---------------------------------------------------------------------------


def _point(mark: Mark) -> Point:
    return Point(at=mark.snapshot.occurred_at, recorded_at=mark.snapshot.recorded_at)


def _first_point(opening: Baseline, window: Window) -> Point | None:
    if opening.cents is None:
        return None
    return _point(opening.mark) if opening.mark else Point(at=window.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Played:
    """A session that had an opener: from when to when there was play; None while there is."""

    session: Session
    start: datetime
    end: datetime | None

    def overlaps(self, first: datetime, last: datetime) -> bool:
        """Whether there was play between two instants; touching is not overlapping."""
        return self.start < last and (self.end is None or self.end > first)


def _played(facts: TableFacts) -> tuple[_Played, ...]:
    found = []
    for session in members(facts):
        opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
        closer = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
        if opener is not None:
            end = closer.occurred_at if closer else session.closed_at
            found.append(_Played(session=session, start=opener.occurred_at, end=end))
    return tuple(found)


def _is_in_window(played: _Played, window: Window) -> bool:
    if window.shift_id is not None:
        return played.session.shift_id == window.shift_id
    return played.overlaps(window.start, window.end)


def _since(opening: Baseline, played: Sequence[_Played], window: Window) -> datetime | None:
    """The baseline's instant where there was play between it and the start (BASE-6)."""
    mark = opening.mark
    if mark is None or mark.is_edge or mark.place >= window.start:
        return None
    at = mark.snapshot.occurred_at
    return at if any(each.overlaps(at, window.start) for each in played) else None


# -- the drop --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Span:
    """What was measured: from the baseline to the closing, each if there is one."""

    window: Window
    first: Point | None
    closing: _Closing | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drop:
    cents: int | None
    source: DropSource | None
    reasons: tuple[str, ...] = ()


def _drop(seen: TableSeen, span: _Span, played: Sequence[_Played]) -> _Drop:
    """What the boxes of the sessions inside held; of one that reaches out nobody can tell (BASE-5).

    A reading by eye that says what the box holds stands in, where it was asked to close on and the
    one session in play began with the baseline.
    """
    first, closing = span.first, span.closing
    if first is None or closing is None:
        return _Drop(cents=None, source=None)
    within = [each for each in played if each.overlaps(first.at, closing.point.at)]
    if not within:
        return _Drop(cents=0, source=DropSource.NO_PLAY)
    counted = _counted(seen.facts, span, within)
    if counted.cents is not None or closing.observation is None:
        return counted
    thought = closing.observation.estimated_drop_cents
    if thought is None or len(within) > 1 or within[0].start < first.at:
        return counted
    return _Drop(cents=thought, source=DropSource.ESTIMATE, reasons=counted.reasons)


def _counted(facts: TableFacts, span: _Span, within: Sequence[_Played]) -> _Drop:
    if not all(_lies_inside(each, span) for each in within):
        return _Drop(cents=None, source=None, reasons=(Why.SESSION_REACHES_OUT,))
    ours = {each.session.id for each in within}
    for each in within:
        if any(member.id not in ours for member in group_of(facts, each.session)):
            return _Drop(cents=None, source=None, reasons=(Why.DROP_SHARED,))
    known = drop_known(facts, [each.session for each in within])
    source = None if known.total_cents is None else DropSource.COUNTED
    return _Drop(cents=known.total_cents, source=source, reasons=known.reasons)


def _lies_inside(played: _Played, span: _Span) -> bool:
    if span.first is None or span.closing is None:
        return False
    return (
        played.end is not None
        and played.start >= span.first.at
        and played.end <= span.closing.point.at
    )
