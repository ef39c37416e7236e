"""What a lookback comes to in numbers: nearest ranks, medians, sums; and where its parts differ.

Everything is whole: cents, pieces, and fractions where something is divided. Nothing known gives
None.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tablebank.domain.recommendations.evidence import Lookback, ShiftSeen

SHIFTS_TO_JUDGE_BY = 10
"""A part of the lookback with fewer shifts is not judged: its P90 would be its worst shift."""


class Dimension(StrEnum):
    """Along what a table's shifts are parted (SUGG-3)."""

    WEEKDAY = "weekday"
    SHIFT = "shift"
    GAME_TYPE = "game_type"


class Weekday(StrEnum):
    """A gaming day's, in the order of `date.weekday`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, kw_only=True, slots=True)
class FillsPerShift:
    """Fills over some shifts, those without one included (SUGG-1); credits never enter."""

    shifts: int
    fills: int
    fills_total_cents: int
    p90_fills: int | None
    p90_largest_fill_cents: int | None
    """Of the largest fill of each shift that had one; None if none had."""

    @property
    def average_fills(self) -> Fraction | None:
        """Fills in a shift, on average."""
        return Fraction(self.fills, self.shifts) if self.shifts else None

    @property
    def average_total_cents(self) -> Fraction | None:
        """What came to the table in a shift, on average, in cents."""
        return Fraction(self.fills_total_cents, self.shifts) if self.shifts else None

    @property
    def average_fill_cents(self) -> Fraction | None:
        """One fill, on average, in cents."""
        return Fraction(self.fills_total_cents, self.fills) if self.fills else None


@dataclass(frozen=True, kw_only=True, slots=True)
class TrayLevels:
    """What was counted in the tray over the lookback."""

    openings: int
    median_opening_cents: int | None
    counts: int
    """Interim and closing counts, without closings of a restored tray."""
    counts_above_par: int | None
    """None without a par."""
    lowest_count_cents: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A part of the shifts by itself. `matters`: it is to be judged otherwise than the whole."""

    dimension: Dimension
    name: str
    """A weekday, a shift code or a game type."""
    measured: FillsPerShift
    matters: bool


def nearest_rank(values: Iterable[int], *, percent: int = 90) -> int | None:
    """The smallest value that at least `percent` of all do not exceed; None of none (SUGG-1)."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[-(-len(ordered) * percent // 100) - 1]


def median_cents(amounts: Iterable[int]) -> int | None:
    """The middle amount, or the mean of the two middle ones; half a cent counts as a whole."""
    ordered = sorted(amounts)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return -(-(ordered[middle - 1] + ordered[middle]) // 2)


def fills_per_shift(shifts: Iterable[Sequence[int]]) -> FillsPerShift:
    """Measures shifts, each given as the amounts of its fills in cents (SUGG-1)."""
    every = list(shifts)
    numbers = list(map(len, every))
    largest = [max(amounts) for amounts in every if amounts]
    total = sum(map(sum, every))
    return FillsPerShift(
        shifts=len(numbers),
        fills=sum(numbers),
        fills_total_cents=total,
        p90_fills=nearest_rank(numbers),
        p90_largest_fill_cents=nearest_rank(largest),
    )


def tray_levels(lookback: Lookback, *, par_cents: int | None) -> TrayLevels:
    """Openings and counts of a lookback, against the par in force (SUGG-2)."""
    counts = lookback.counts_cents
    above = None if par_cents is None else sum(count > par_cents for count in counts)
    return TrayLevels(
        openings=len(lookback.openings_cents),
        median_opening_cents=median_cents(lookback.openings_cents),
        counts=len(counts),
        counts_above_par=above,
        lowest_count_cents=min(counts, default=None),
    )


def used_shifts(lookback: Lookback) -> list[ShiftSeen]:
    """The shifts that are evidence: known, and played under the par in force."""
    return [shift for shift in lookback.shifts if shift.left_out is None]


def segments_that_matter(
    shifts: Sequence[ShiftSeen], *, whole: FillsPerShift, target: int
) -> tuple[Segment, ...]:
    """All segments of each dimension along which one of them matters, in a fixed order (SUGG-3).

    A segment matters when it has shifts enough to be judged (`SHIFTS_TO_JUDGE_BY`) and its P90 of
    fills per shift lies on the other side of the target than the table's own: a table that keeps
    the target on the whole and misses it on Saturdays, or that misses it for its nights alone. One
    par holds for the whole gaming day (PAR-2), so what is done about it is for people.
    """
    if whole.p90_fills is None:
        return ()
    misses = whole.p90_fills > target
    if not misses and all(len(shift.amounts_cents or ()) <= target for shift in shifts):
        return ()
    found: list[Segment] = []
    for dimension, parts in _parted(shifts).items():
        if len(parts) < 2 or not any(len(part) >= SHIFTS_TO_JUDGE_BY for part in parts.values()):
            continue
        judged = {
            name: (len(part) >= SHIFTS_TO_JUDGE_BY and _misses(part, target=target) is not misses)
            for name, part in parts.items()
        }
        if any(judged.values()):
            found += (
                Segment(
                    dimension=dimension,
                    name=name,
                    measured=fills_per_shift(parts[name]),
                    matters=judged[name],
                )
                for name in _ordered(parts, dimension=dimension)
            )
    return tuple(found)


_Parts = dict[str, list[tuple[int, ...]]]


def _parted(shifts: Sequence[ShiftSeen]) -> dict[Dimension, _Parts]:
    """The shifts' fills by weekday, by shift code and by game; without a game in no game's part."""
    weekdays: _Parts = defaultdict(list)
    codes: _Parts = defaultdict(list)
    games: _Parts = defaultdict(list)
    for shift in shifts:
        amounts = shift.amounts_cents
        if amounts is None:
            continue
        weekdays[_WEEKDAYS[shift.gaming_day.weekday()]].append(amounts)
        codes[shift.shift_code].append(amounts)
        if shift.game_type is not None:
            games[shift.game_type].append(amounts)
    return {Dimension.WEEKDAY: weekdays, Dimension.SHIFT: codes, Dimension.GAME_TYPE: games}


def _misses(part: Sequence[Sequence[int]], *, target: int) -> bool:
    p90 = nearest_rank(map(len, part))
    return p90 is not None and p90 > target


def _ordered(parts: _Parts, *, dimension: Dimension) -> list[str]:
    """Weekdays as the week has them; shifts and games by their names."""
    if dimension is Dimension.WEEKDAY:
        return [weekday for weekday in _WEEKDAYS if weekday in parts]
    return sorted(parts)
