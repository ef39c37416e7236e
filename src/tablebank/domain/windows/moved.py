"""The chips that slips brought into a tray and took out of it between two counts (BASE-4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.facts import Slip, TableFacts
from tablebank.domain.rundown import VERIFIED, tray_recorded_at
from tablebank.domain.terms import SlipKind, SlipStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """An instant at which a tray is known: of a count with its recording, else without."""

    at: datetime
    recorded_at: datetime | None = None

    def is_before(self, instant: datetime, recorded_at: datetime | None) -> bool:
        """Whether something happened after it: by its instant, ties as recorded (SLIP-12)."""
        if instant != self.at or self.recorded_at is None or recorded_at is None:
            return instant > self.at
        return recorded_at > self.recorded_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Fills and credits in whole cents; of the credits, what no cage has counted yet."""

    fills_cents: int
    credits_cents: int
    in_transit_cents: int


def moved(facts: TableFacts, *, first: Point, last: Point) -> Moved:
    """What touched the tray after `first` and up to `last`, by its tray instant (SLIP-12).

    A credit enters from its pick-up on, verified or not. One that was voided later was out of the
    tray only between its pick-up and its void: a count between the two missed its chips, a count
    after it has them again.
    """
    fills = credits_ = in_transit = 0
    for slip in facts.slips:
        if slip.kind == SlipKind.FILL:
            if slip.status in VERIFIED:
                fills += slip.total_cents * _entered(facts, slip, first=first, last=last)
            continue
        out = _entered(facts, slip, first=first, last=last)
        if slip.status == SlipStatus.VOIDED:
            out -= _came_back(facts, slip, first=first, last=last)
        credits_ += slip.total_cents * out
        if slip.status == SlipStatus.PICKED_UP:
            in_transit += slip.total_cents * out
    return Moved(fills_cents=fills, credits_cents=credits_, in_transit_cents=in_transit)


def _entered(facts: TableFacts, slip: Slip, *, first: Point, last: Point) -> int:
    """1 where its chips touched the tray between the two, else 0."""
    at = slip.tray_instant
    if at is None or slip.status == SlipStatus.CANCELLED:
        return 0
    return _between(at, tray_recorded_at(facts, slip), first=first, last=last)


def _came_back(facts: TableFacts, slip: Slip, *, first: Point, last: Point) -> int:
    """1 where a credit's chips were put back between the two; one never picked up never left."""
    if slip.tray_instant is None:
        return 0
    voided = _voided(facts, slip.id)
    return 0 if voided is None else _between(*voided, first=first, last=last)


def _voided(facts: TableFacts, slip_id: UUID) -> tuple[datetime, datetime] | None:
    for step in facts.steps:
        if step.slip_id == slip_id and step.status == SlipStatus.VOIDED:
            return step.occurred_at, step.recorded_at
    return None


def _between(at: datetime, recorded_at: datetime | None, *, first: Point, last: Point) -> int:
    return int(first.is_before(at, recorded_at) and not last.is_before(at, recorded_at))
