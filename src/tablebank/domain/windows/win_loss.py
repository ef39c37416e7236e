"""A table's win or loss in a window, and everything it rests on (BASE).

`closing + credits + drop − opening − fills` as in the rundown, and by the same function; only where
the five come from is another question. A term that is not known leaves the result unknown, with the
reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tablebank.domain.boxes import count_in, members, removal_of, serves
from tablebank.domain.buy_ins import BuyIn, standing
from tablebank.domain.facts import Mount, Session, TableFacts
from tablebank.domain.par import ParInForce
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
from tablebank.domain.windows.drop import BoxSeen, Played, drop_of
from tablebank.domain.windows.edges import Edges, edges_of
from tablebank.domain.windows.marks import marks
from tablebank.domain.windows.moved import Moved, moved

_COVERAGE = {
    OpeningSource.EARLIEST_IN_WINDOW: Coverage.PARTIAL,
    OpeningSource.NONE: Coverage.UNKNOWN,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Between:
    """What is known between a window's two ends: slips, sessions with play, boxes on the table."""

    moved: Moved | None
    """None where the window has no two ends."""
    played: Sequence[Played]
    boxes: Sequence[BoxSeen]
    opened: bool = False
    """Whether a session of the window's own shift was opened, counted or not."""


def win_loss(seen: TableSeen, window: Window) -> WinLoss:
    """The window's answer for one table, from its facts (BASE-1 to BASE-6)."""
    facts = seen.facts
    edges = edges_of(
        marks(facts, window), par=seen.par, window=window, readings=_readings(seen, window)
    )
    slips = None
    if edges.first is not None and edges.closing is not None:
        slips = moved(facts, first=edges.first, last=edges.closing.point)
    between = Between(
        moved=slips,
        played=_played(seen, edges),
        boxes=_boxes(facts),
        opened=any(session.shift_id == window.shift_id for session in members(facts)),
    )
    return answer(window, par=seen.par, edges=edges, between=between)


def answer(window: Window, *, par: ParInForce, edges: Edges, between: Between) -> WinLoss:
    """The answer from the two ends and what lies between them."""
    opening, closing, slips = edges.opening, edges.closing, between.moved
    drop = drop_of(edges, between.played, between.boxes)
    change = before_drop(
        opening_cents=opening.cents,
        closing_cents=closing.cents if closing else None,
        fills_cents=slips.fills_cents if slips else None,
        credits_cents=slips.credits_cents if slips else None,
    )
    reasons = [*opening.reasons, *drop.reasons]
    opened = between.opened and _had_begun(between.played, window)
    if opened and not any(each.shift_id == window.shift_id for each in between.played):
        reasons.append(Why.OPENER_NOT_COUNTED)
    if closing is None:
        reasons.append(Why.NO_CLOSING_COUNT)
    return WinLoss(
        win_loss_cents=table_win(before_drop_cents=change, drop_cents=drop.cents),
        before_drop_cents=change,
        opening_bankroll_cents=opening.cents,
        opening_source=opening.source,
        opening_snapshot_id=opening.mark.snapshot_id if opening.mark else None,
        opening_at=opening.mark.point.at if opening.mark else None,
        coverage_type=_COVERAGE.get(opening.source, Coverage.FULL),
        closing_bankroll_cents=closing.cents if closing else None,
        closing_source=closing.source if closing else None,
        closing_snapshot_id=closing.mark.snapshot_id if closing and closing.mark else None,
        closing_at=closing.point.at if closing else None,
        fills_total_cents=slips.fills_cents if slips else None,
        credits_total_cents=slips.credits_cents if slips else None,
        credits_in_transit_cents=slips.in_transit_cents if slips else None,
        drop_total_cents=drop.cents,
        drop_source=drop.source,
        measured_from=edges.first.at if edges.first else None,
        measured_to=closing.point.at if closing else None,
        since=_since(edges, between.played, window),
        in_play=opened or any(_is_in_window(each, window) for each in between.played),
        estimated=(
            opening.source is OpeningSource.PAR_TARGET
            or drop.source is DropSource.ESTIMATE
            or (closing is not None and closing.source is CloseOn.OBSERVATION)
        ),
        par=par,
        reasons=tuple(str(each) for each in reasons),
    )


def _had_begun(played: Sequence[Played], window: Window) -> bool:
    """Whether a session of the window's own shift had an opener as far as the window reaches; one
    that has none yet may have been opened at any time."""
    ours = [each for each in played if each.shift_id == window.shift_id]
    return not ours or any(window.reaches(each.start) for each in ours)


def _is_in_window(played: Played, window: Window) -> bool:
    if not window.reaches(played.start):
        return False
    if window.shift_id is not None:
        return played.shift_id == window.shift_id
    return played.overlaps(window.start, window.end)


def _since(edges: Edges, played: Sequence[Played], window: Window) -> datetime | None:
    """The baseline's instant where there was play between it and the start (BASE-6)."""
    mark = edges.opening.mark
    if mark is None or mark.is_edge or mark.place >= window.start:
        return None
    at = mark.point.at
    return at if any(each.overlaps(at, window.start) for each in played) else None


# -- from the facts --------------------------------------------------------------------------------


def _readings(seen: TableSeen, window: Window) -> list[Observation]:
    """The readings by eye a window may close on: in a shift's, those of its own sessions."""
    ours = {
        session.id for session in members(seen.facts) if window.shift_id in (None, session.shift_id)
    }
    return [each for each in seen.observations if each.session_id in ours]


def _played(seen: TableSeen, edges: Edges) -> list[Played]:
    facts, buy_ins = seen.facts, standing(seen.buy_ins)
    found = []
    for session in members(facts):
        opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
        closer = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
        if opener is not None:
            end = closer.occurred_at if closer else session.closed_at
            found.append(
                Played(
                    ordinal=session.ordinal or 0,
                    shift_id=session.shift_id,
                    start=opener.occurred_at,
                    end=end,
                    noted_cents=_noted(buy_ins, session, began_at=opener.occurred_at, edges=edges),
                )
            )
    return found


def _noted(
    buy_ins: Sequence[BuyIn], session: Session, *, began_at: datetime, edges: Edges
) -> int | None:
    """What was noted in a session after the baseline and up to the closing: None for nothing.

    A buy-in at the very instant of the baseline lies after it where the session began with it.
    """
    if edges.first is None or edges.closing is None:
        return None
    first, last = edges.first.at, edges.closing.point.at
    amounts = [
        each.amount_cents
        for each in buy_ins
        if each.session_id == session.id
        and each.occurred_at <= last
        and (each.occurred_at > first or began_at >= first)
    ]
    return sum(amounts) if amounts else None


def _boxes(facts: TableFacts) -> list[BoxSeen]:
    ordinals = [session.ordinal or 0 for session in members(facts)]
    return [_box(facts, mount, ordinals) for mount in facts.mounts]


def _box(facts: TableFacts, mount: Mount, ordinals: Sequence[int]) -> BoxSeen:
    count = count_in(facts, mount)
    return BoxSeen(
        serves=frozenset(each for each in ordinals if serves(mount, each)),
        in_play=mount.in_play,
        removed=removal_of(facts, mount) is not None,
        counted_cents=count.drop_effect_cents if count else None,
    )
