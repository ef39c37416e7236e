"""The opening baseline of a window: the first of five sources that applies (BASE-1, BASE-8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tablebank.domain.par import ParInForce
from tablebank.domain.windows.asked import Baselines, OpeningSource, Why, Window
from tablebank.domain.windows.marks import Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """What a window begins from, and why nothing better does."""

    source: OpeningSource
    cents: int | None
    mark: Mark | None
    reasons: tuple[Why, ...]


def baseline_of(seen: Sequence[Mark], par: ParInForce, window: Window) -> Baseline:
    """A the latest count at or before the start if it is an opener, B if it is another; C the par
    in force; D the earliest count inside; E none. `seen` is in order.

    An attested opener is one for A, and never a count for B or D (SNAP-2).
    """
    before = [mark for mark in seen if mark.place <= window.start]
    let_in = [mark for mark in before if not mark.is_attested]
    reasons: list[Why] = []
    if window.baselines is not Baselines.COUNTED:
        let_in = before
    elif len(let_in) < len(before):
        reasons.append(Why.PAR_ATTESTED_LEFT_OUT)
    if let_in:
        return _from_count(let_in[-1], reasons)
    reasons.append(Why.NO_COUNT_BEFORE)
    if window.baselines is not Baselines.ALL:
        reasons.append(Why.BOOTSTRAP_LEFT_OUT)
    elif par.par_total_cents is None:
        reasons.append(Why.NO_PAR_IN_FORCE)
    else:
        return Baseline(
            source=OpeningSource.PAR_TARGET,
            cents=par.par_total_cents,
            mark=None,
            reasons=tuple(reasons),
        )
    return _from_inside(seen, window, reasons)


def _from_count(mark: Mark, reasons: list[Why]) -> Baseline:
    source = OpeningSource.VERIFIED_OPEN
    if not mark.is_opening:
        source = OpeningSource.PRIOR_COUNT
        reasons.append(Why.LATEST_COUNT_NO_OPENING)
    return Baseline(
        source=source, cents=mark.snapshot.total_cents, mark=mark, reasons=tuple(reasons)
    )


def _from_inside(seen: Sequence[Mark], window: Window, reasons: list[Why]) -> Baseline:
    for mark in seen:
        if window.start < mark.place <= window.end and not mark.is_attested:
            return Baseline(
                source=OpeningSource.EARLIEST_IN_WINDOW,
                cents=mark.snapshot.total_cents,
                mark=mark,
                reasons=tuple(reasons),
            )
    reasons.append(Why.NO_COUNT_IN_WINDOW)
    return Baseline(source=OpeningSource.NONE, cents=None, mark=None, reasons=tuple(reasons))
