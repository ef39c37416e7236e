"""How well estimates of the drop do: each held against what the count room found (BASE-5).

A control chart for individual values: share of the counted drop that was estimated, point by point
in time, with the mean as its centre line and natural limits at 2.66 mean moving ranges from it
(Shewhart, Wheeler). A point beyond a limit is worth a look; a point between them is noise. It says
nothing of a result, and changes none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import mean
from uuid import UUID

SCALE = Decimal("2.66")
"""3 over 1.128: three standard deviations, told from the mean of ranges between two values."""
ENOUGH = 10
"""With fewer points there are no limits: they would say more of chance than of the pit."""
_PLACES = Decimal("0.0001")


class EstimateSource(StrEnum):
    """Where an estimate comes from."""

    BUY_INS = "buy_ins"
    """Buy-ins noted in every session that the boxes served."""
    READING = "reading"
    """The last reading by eye of what the one box held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A session, or a drop group, with both: what was estimated and what was counted, in cents."""

    session_ids: tuple[UUID, ...]
    gaming_day: date
    estimate_cents: int
    counted_cents: int

    @property
    def share(self) -> Decimal | None:
        """Estimate over counted drop; None where nothing, or less, was counted."""
        if self.counted_cents <= 0:
            return None
        return (Decimal(self.estimate_cents) / self.counted_cents).quantize(_PLACES)


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlChart:
    """The centre line and the natural limits of some shares; None while there are too few."""

    points: int
    centre: Decimal | None
    lower: Decimal | None
    upper: Decimal | None

    def is_signal(self, share: Decimal | None) -> bool:
        """Whether a share lies beyond the limits, where there are any."""
        if share is None or self.lower is None or self.upper is None:
            return False
        return not self.lower <= share <= self.upper


def control_chart(compared: Sequence[Compared]) -> ControlChart:
    """The chart of these, in their order. What has no share is no point; no limit is below 0."""
    shares = [each.share for each in compared if each.share is not None]
    if len(shares) < ENOUGH:
        return ControlChart(points=len(shares), centre=None, lower=None, upper=None)
    centre = mean(shares)
    reach = SCALE * mean(abs(later - earlier) for earlier, later in pairwise(shares))
    return ControlChart(
        points=len(shares),
        centre=centre.quantize(_PLACES),
        lower=max(Decimal(0), centre - reach).quantize(_PLACES),
        upper=(centre + reach).quantize(_PLACES),
    )
