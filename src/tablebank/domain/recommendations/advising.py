"""The recommendation: raise a par, lower it, keep it; or say that nothing can be said (SUGG).

Advice only. It changes nothing, and what a person makes of it begins on a gaming day to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from tablebank.domain.money import MAX_CENTS
from tablebank.domain.par import check_effective_day
from tablebank.domain.recommendations.evidence import (
    LeftOut,
    Lookback,
    TableEvidence,
    look_back,
)
from tablebank.domain.recommendations.measures import (
    FillsPerShift,
    Segment,
    TrayLevels,
    fills_per_shift,
    segments_that_matter,
    tray_levels,
    used_shifts,
)
from tablebank.domain.recommendations.reasons import Reason, Why, because
from tablebank.domain.recommendations.replay import (
    Replay,
    ShiftPoint,
    fills_before_and_after,
    replay,
)
from tablebank.domain.settings import Advice
from tablebank.domain.terms import BankMode, ParSource

SOURCE = ParSource.SYSTEM_SUGGESTED
"""What a policy row written from advice names as its source (SUGG-4)."""

COUNTS_TO_JUDGE_BY = 10
"""Fewer counts than this have no nine of ten."""


class Kind(StrEnum):
    """What is advised."""

    RAISE = "raise"
    LOWER = "lower"
    KEEP = "keep"
    NO_PAR = "no_par"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """Advice about one table's par, with all it was made from. Rows of plain values throughout."""

    table_id: UUID
    kind: Kind
    par_total_cents: int | None
    """The par in force."""
    proposed_par_total_cents: int | None
    """None unless another par is advised."""
    first_day: date
    last_day: date
    sessions: int
    left_out: tuple[tuple[LeftOut, int], ...]
    shifts_unknown: int
    """Shifts in play or with unsettled slips: in no figure here."""
    fills: FillsPerShift
    credits_total_cents: int | None
    tray: TrayLevels
    segments: tuple[Segment, ...]
    replay: Replay | None
    shifts: tuple[ShiftPoint, ...]
    """The chart: fills per shift before and after; empty unless another par is advised."""
    reasons: tuple[Reason, ...]


def recommend(evidence: TableEvidence, *, day: date, advice: Advice) -> Recommendation:
    """What the fills of the lookback that ends with gaming day `day` say about a table's par.

    SUGG-1: not enough data with fewer than `min_sessions` that count. SUGG-2: up when P90 of fills
    per shift is over the target, down by one increment when hardly filled and high, else keep.
    SUGG-3: with its evidence, the segments that matter, and a replay of the same days.
    """
    lookback = look_back(evidence, day=day, advice=advice)
    used = used_shifts(lookback)
    fills = fills_per_shift(shift.amounts_cents or () for shift in used)
    par = proposed = evidence.par_total_cents
    tray = tray_levels(lookback, par_cents=par)
    if lookback.sessions < advice.min_sessions:
        kind, reasons = Kind.NOT_ENOUGH_DATA, [_too_few(lookback, advice)]
    elif par is None:
        kind, reasons = Kind.NO_PAR, [because(Why.NO_PAR)]
    else:
        proposed, reasons = _proposed(fills, tray=tray, par_cents=par, advice=advice)
        kind = Kind.RAISE if proposed > par else Kind.LOWER if proposed < par else Kind.KEEP
    segments: tuple[Segment, ...] = ()
    if kind is not Kind.NOT_ENOUGH_DATA:
        segments = segments_that_matter(used, whole=fills, target=advice.target)
    replayed = None
    points: tuple[ShiftPoint, ...] = ()
    if par is not None and proposed is not None and proposed != par:
        replayed = replay(lookback.shifts, extra_cents=proposed - par)
        points = fills_before_and_after(lookback.shifts, extra_cents=proposed - par)
        reasons += _replayed(replayed, target=advice.target)
        reasons += _MODES.get(evidence.table_bank_mode, ())
    reasons += _differing(segments, target=advice.target)
    reasons += (
        because(Why.LEFT_OUT, why=str(why), sessions=number)
        for why, number in sorted(lookback.left_out.items())
    )
    return Recommendation(
        table_id=evidence.table_id,
        kind=kind,
        par_total_cents=par,
        proposed_par_total_cents=None if replayed is None else proposed,
        first_day=lookback.first_day,
        last_day=lookback.last_day,
        sessions=lookback.sessions,
        left_out=tuple(sorted(lookback.left_out.items())),
        shifts_unknown=sum(shift.amounts_cents is None for shift in lookback.shifts),
        fills=fills,
        credits_total_cents=lookback.credits_total_cents,
        tray=tray,
        segments=segments,
        replay=replayed,
        shifts=points,
        reasons=tuple(reasons),
    )


def check_day_of_advice(*, effective: date, today: date) -> None:
    """Refuses EFFECTIVE_DAY_PASSED advice made policy for a gaming day that has begun (SUGG-4).

    Stricter than PAR-3: advice rests on play, so the table has played.
    """
    check_effective_day(effective=effective, today=today, any_reached_table_has_played=True)


_MODES = {
    BankMode.INVENTORY_COUNT: (because(Why.PAR_IS_A_TARGET),),
    BankMode.IMPREST_TO_PAR: (because(Why.PAR_IS_RESTORED_TO),),
}


def _too_few(lookback: Lookback, advice: Advice) -> Reason:
    return because(
        Why.TOO_FEW_SESSIONS,
        lookback_days=advice.lookback_days,
        sessions=lookback.sessions,
        min_sessions=advice.min_sessions,
    )


def _proposed(
    fills: FillsPerShift, *, tray: TrayLevels, par_cents: int, advice: Advice
) -> tuple[int, list[Reason]]:
    """The par SUGG-2 comes to, and why; the par in force where it is to be kept."""
    p90 = fills.p90_fills or 0
    if p90 > advice.target:
        return _raised(fills, par_cents=par_cents, advice=advice)
    if fills.fills > 1:
        within = because(Why.FILLS_WITHIN_TARGET, p90_fills=p90, target=advice.target)
        return par_cents, [within]
    return _lowered(fills, tray=tray, par_cents=par_cents, increment=advice.increment_cents)


def _raised(fills: FillsPerShift, *, par_cents: int, advice: Advice) -> tuple[int, list[Reason]]:
    """Up by P90 of the largest fill × safety factor, rounded up to whole increments."""
    largest = fills.p90_largest_fill_cents or 0
    increment = advice.increment_cents
    step = -(-Fraction(largest) * Fraction(advice.safety_factor) // increment) * increment
    reasons = [because(Why.FILLS_OVER_TARGET, p90_fills=fills.p90_fills or 0, target=advice.target)]
    if par_cents + step > MAX_CENTS:
        return par_cents, [*reasons, because(Why.BEYOND_LARGEST_AMOUNT)]
    by = because(
        Why.STEP_FROM_LARGEST_FILL,
        p90_largest_fill_cents=largest,
        safety_factor=str(advice.safety_factor),
        increment_cents=increment,
        step_cents=step,
    )
    return par_cents + step, [*reasons, by]


def _lowered(
    fills: FillsPerShift, *, tray: TrayLevels, par_cents: int, increment: int
) -> tuple[int, list[Reason]]:
    """Down by one whole increment, if the tray stood above par and the median opening allows it."""
    reasons = [because(Why.HARDLY_FILLED, fills=fills.fills)]
    if tray.lowest_count_cents is not None:
        reasons.append(because(Why.LOWEST_COUNT, lowest_count_cents=tray.lowest_count_cents))
    if tray.counts < COUNTS_TO_JUDGE_BY:
        return par_cents, [*reasons, because(Why.TOO_FEW_COUNTS, counts=tray.counts)]
    above = tray.counts_above_par or 0
    high = above * 10 >= tray.counts * 9
    reasons.append(
        because(
            Why.TRAY_ABOVE_PAR if high else Why.TRAY_NOT_ABOVE_PAR,
            counts_above_par=above,
            counts=tray.counts,
        )
    )
    if not high:
        return par_cents, reasons
    lower, median = par_cents - increment, tray.median_opening_cents
    if lower < 0:
        return par_cents, [*reasons, because(Why.NOT_BELOW_NOTHING, increment_cents=increment)]
    if median is None:
        return par_cents, [*reasons, because(Why.OPENINGS_UNKNOWN)]
    if lower < median:
        floor = because(
            Why.NOT_BELOW_MEDIAN_OPENING, lower_cents=lower, median_opening_cents=median
        )
        return par_cents, [*reasons, floor]
    return lower, reasons


def _replayed(replayed: Replay, *, target: int) -> list[Reason]:
    change = replayed.extra_capital_cents
    if change < 0:
        return [because(Why.SETS_FREE, freed_capital_cents=-change)]
    reasons = [
        because(Why.FILLS_SPARED, fills_spared=replayed.fills_spared or 0, fills=replayed.fills)
    ]
    after = replayed.p90_fills_after
    if after is not None and after > target:
        reasons.append(because(Why.STILL_OVER_TARGET, p90_fills_after=after))
    return [*reasons, because(Why.TIES_UP, extra_capital_cents=change)]


def _differing(segments: Sequence[Segment], *, target: int) -> list[Reason]:
    found = []
    for segment in segments:
        p90 = segment.measured.p90_fills or 0
        if segment.matters:
            found.append(
                because(
                    Why.SEGMENT_OVER_TARGET if p90 > target else Why.SEGMENT_WITHIN_TARGET,
                    dimension=str(segment.dimension),
                    name=segment.name,
                    p90_fills=p90,
                )
            )
    return found
