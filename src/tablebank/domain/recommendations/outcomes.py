"""What became of advice that was taken: how a table was filled before it, and how since.

Both sides are measured as advice itself measures (SUGG-1): shifts that are over and known, played
under the par in question, final adjustments left out. A side with fewer sessions than advice asks
for is not judged: it is unknown, and never a table without fills. That fewer fills came after a
higher par does not say they came of it; what is told is what was, before and after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from tablebank.domain.recommendations.evidence import SessionSeen, TableEvidence, look_back
from tablebank.domain.recommendations.measures import (
    FillsPerShift,
    fills_per_shift,
    used_shifts,
)
from tablebank.domain.settings import Advice
from tablebank.domain.terms import BankMode, ParSource


class Standing(StrEnum):
    """Whether the par that was approved is the table's today."""

    COMING = "coming"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A proposed par that was approved for one table, and the table's sessions around that day."""

    proposal_id: UUID
    table_id: UUID
    table_code: str
    source: ParSource
    since: date
    """The gaming day from which it holds."""
    from_cents: int | None
    """The par in force on the day before; None where there was none."""
    to_cents: int | None
    is_todays: bool
    """Whether it is what is in force for the table today."""
    sessions: tuple[SessionSeen, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """Fills per shift over a stretch of days under one par."""

    shifts: int
    fills: int
    p90_fills: int | None
    average_fills: str
    """Fills in a shift on average, with two decimals."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One advice that was taken, with what was before and what came after; None is not known."""

    proposal_id: UUID
    table_id: UUID
    table_code: str
    source: ParSource
    standing: Standing
    effective_from_gaming_day: date
    from_cents: int | None
    to_cents: int | None
    capital_change_cents: int | None
    before: Side | None
    after: Side | None

    @property
    def is_judged(self) -> bool:
        """Whether both sides are known."""
        return self.before is not None and self.after is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """All outcomes together: those judged, and those of which nothing can be said yet."""

    taken: int
    judged: int
    on_target_before: int
    """Of the judged: P90 of fills per shift within the target."""
    on_target_after: int
    average_fills_before: str | None
    """Over all shifts of the judged ones; None without any."""
    average_fills_after: str | None
    capital_change_cents: int | None
    """Of all that are in force today; None where one of them had no par before."""


def days_looked_at(*, since: date, advice: Advice) -> tuple[date, date]:
    """The first and the last gaming day that an outcome is made from."""
    span = timedelta(days=advice.lookback_days)
    return since - span, since + span - timedelta(days=1)


def outcome_of(taken: Taken, *, day: date, advice: Advice) -> Outcome:
    """What is known on gaming day `day` of one advice that was taken.

    As many days before and after as advice looks back; a side is None with fewer than
    `min_sessions` that count (SUGG-1).
    """
    after = [each for each in taken.sessions if each.gaming_day >= taken.since]
    _first, last = days_looked_at(since=taken.since, advice=advice)
    eve = taken.since - timedelta(days=1)
    return Outcome(
        proposal_id=taken.proposal_id,
        table_id=taken.table_id,
        table_code=taken.table_code,
        source=taken.source,
        standing=_standing(taken, day=day),
        effective_from_gaming_day=taken.since,
        from_cents=taken.from_cents,
        to_cents=taken.to_cents,
        capital_change_cents=_change(taken),
        before=_side(taken.table_id, taken.sessions, par=taken.from_cents, last=eve, advice=advice),
        after=_side(taken.table_id, after, par=taken.to_cents, last=min(day, last), advice=advice),
    )


def summed(outcomes: Sequence[Outcome], *, target: int) -> Sum:
    """All of them together; `target` is how many fills a shift may have in nine of ten."""
    sides = [
        (each.before, each.after)
        for each in outcomes
        if each.before is not None and each.after is not None
    ]
    standing = [
        each.capital_change_cents for each in outcomes if each.standing is Standing.IN_FORCE
    ]
    changes = [each for each in standing if each is not None]
    return Sum(
        taken=len(outcomes),
        judged=len(sides),
        on_target_before=sum(_keeps(before, target=target) for before, _after in sides),
        on_target_after=sum(_keeps(after, target=target) for _before, after in sides),
        average_fills_before=_average(before for before, _after in sides),
        average_fills_after=_average(after for _before, after in sides),
        capital_change_cents=sum(changes) if len(changes) == len(standing) else None,
    )


def _standing(taken: Taken, *, day: date) -> Standing:
    if taken.since > day:
        return Standing.COMING
    return Standing.IN_FORCE if taken.is_todays else Standing.REPLACED


def _change(taken: Taken) -> int | None:
    if taken.from_cents is None or taken.to_cents is None:
        return None
    return taken.to_cents - taken.from_cents


def _side(
    table_id: UUID, sessions: Sequence[SessionSeen], *, par: int | None, last: date, advice: Advice
) -> Side | None:
    """The shifts up to gaming day `last` that were played under this par, or under none."""
    if par is None:
        sessions = [each for each in sessions if each.need_total_cents is None]
    evidence = TableEvidence(
        table_id=table_id,
        par_total_cents=par,
        table_bank_mode=BankMode.UNKNOWN,
        sessions=tuple(sessions),
    )
    lookback = look_back(evidence, day=last, advice=advice)
    if lookback.sessions < advice.min_sessions:
        return None
    return _as_side(fills_per_shift(each.amounts_cents or () for each in used_shifts(lookback)))


def _as_side(fills: FillsPerShift) -> Side | None:
    if fills.average_fills is None:
        return None
    return Side(
        shifts=fills.shifts,
        fills=fills.fills,
        p90_fills=fills.p90_fills,
        average_fills=_two_decimals(fills.average_fills),
    )


def _keeps(side: Side, *, target: int) -> bool:
    return side.p90_fills is not None and side.p90_fills <= target


def _average(sides: Iterable[Side]) -> str | None:
    """Sum over sum, never a mean of means; None of none."""
    every = list(sides)
    shifts = sum(each.shifts for each in every)
    return _two_decimals(Fraction(sum(each.fills for each in every), shifts)) if shifts else None


def _two_decimals(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))
