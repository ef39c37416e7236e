"""Hold beside what a table or game has held before: how far it is off, and whether too far (STA).

Hold is win over drop, sum over sum (RUN-7). It is compared with the same table's or game's hold of
the year before; the deviation is in points of a percent. Few results deviate by chance alone, so
below `LEAST` nothing is said to be beyond a limit.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tablebank.domain.table_games import Results

LEAST = 10
"""So many results there must be in the period and before it, for a deviation to be judged."""


class WhyNot(StrEnum):
    """Why a hold is not judged."""

    RESULTS_UNKNOWN = "RESULTS_UNKNOWN"
    TOO_FEW_RESULTS = "TOO_FEW_RESULTS"
    NO_HOLD_BEFORE = "NO_HOLD_BEFORE"
    NO_LIMIT_SET = "NO_LIMIT_SET"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A hold, the one before it, and by how many points they differ; None where not known.

    `is_beyond` is None where it is not judged, and `reasons` say why.
    """

    hold_pct: str | None
    before_pct: str | None
    deviation_pct: str | None
    is_beyond: bool | None
    reasons: tuple[str, ...]


def held(*, now: Results, before: Results, limit_points: int | None) -> Held:
    """How the hold of a period compares with what was held before it."""
    hold, base = now.hold_pct, before.known_hold_pct
    deviation = None if hold is None or base is None else Decimal(hold) - Decimal(base)
    reasons = []
    if hold is None:
        reasons.append(WhyNot.RESULTS_UNKNOWN)
    if base is None:
        reasons.append(WhyNot.NO_HOLD_BEFORE)
    if min(now.results, before.results - before.unknown) < LEAST:
        reasons.append(WhyNot.TOO_FEW_RESULTS)
    if limit_points is None:
        reasons.append(WhyNot.NO_LIMIT_SET)
    is_beyond = None
    if not reasons and deviation is not None and limit_points is not None:
        is_beyond = abs(deviation) > limit_points
    return Held(
        hold_pct=hold,
        before_pct=base,
        deviation_pct=None if deviation is None else str(deviation),
        is_beyond=is_beyond,
        reasons=tuple(reasons),
    )
