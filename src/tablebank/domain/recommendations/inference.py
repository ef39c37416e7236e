"""What a par may be inferred from, and what never (PAR-7). Whatever comes out wants approval.

Openings give a median to start from, as unverified. Closings give a par only where the tray had
just been restored to one. In Inventory Count a closing is where play left the tray: no par is ever
made from one, and who asks for it is refused by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tablebank.domain.recommendations.measures import median_cents
from tablebank.domain.recommendations.reasons import Reason, Why, because
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import BankMode, ParSource

LAST = 14
LEAST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningSeen:
    """An opening count; one for which par stood is no count and is not among them (SNAP-2)."""

    session_id: UUID
    ordinal: int
    total_cents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingSeen:
    """How a session closed; the total is None where nothing was counted."""

    session_id: UUID
    ordinal: int
    table_bank_mode: BankMode
    total_cents: int | None
    attested: bool
    adjusted: bool
    """By at least one verified FINAL_ADJUSTMENT."""
    off_par: bool
    """A pit manager passed it off par (CLOSE-1)."""

    @property
    def at_par(self) -> bool:
        """Whether what was counted is a par: restored to it in Imprest to Par, and not off it."""
        return (
            self.table_bank_mode is BankMode.IMPREST_TO_PAR
            and self.total_cents is not None
            and (self.attested or self.adjusted)
            and not self.off_par
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A par somebody may approve: a proposal until then, with its weakness said (PAR-4)."""

    par_total_cents: int
    source: ParSource
    session_ids: tuple[UUID, ...]
    reasons: tuple[Reason, ...]
    weaknesses: tuple[Reason, ...]


class NoCandidate(StrEnum):
    """Why there is nothing to approve."""

    TOO_FEW_OPENINGS = "too_few_openings"
    NO_CLOSING = "no_closing"
    CLOSING_NOT_COUNTED = "closing_not_counted"
    CLOSING_NOT_RESTORED = "closing_not_restored"
    CLOSED_OFF_PAR = "closed_off_par"
    TOO_FEW_RESTORED_CLOSES = "too_few_restored_closes"


def infer_from_openings(
    openings: Sequence[OpeningSeen], *, last: int = LAST, least: int = LEAST
) -> Candidate | NoCandidate:
    """The median of the last openings, in any mode, never as more than unverified (PAR-7)."""
    latest = sorted(openings, key=lambda each: each.ordinal)[-last:] if last > 0 else []
    median = median_cents(each.total_cents for each in latest)
    if median is None or len(latest) < least:
        return NoCandidate.TOO_FEW_OPENINGS
    totals = [each.total_cents for each in latest]
    weaknesses = [
        because(Why.OPENINGS_FOLLOW_PLAY),
        because(Why.OPENINGS_SPREAD, lowest_cents=min(totals), highest_cents=max(totals)),
    ]
    if len(latest) < last:
        weaknesses.append(because(Why.FEWER_THAN_ASKED, openings=len(latest), asked=last))
    return Candidate(
        par_total_cents=median,
        source=ParSource.INFERRED_UNVERIFIED,
        session_ids=tuple(each.session_id for each in latest),
        reasons=(because(Why.MEDIAN_OF_OPENINGS, openings=len(latest)),),
        weaknesses=tuple(weaknesses),
    )


def adopt_from_imprest_close(
    closings: Sequence[ClosingSeen], *, mode: BankMode
) -> Candidate | NoCandidate:
    """The last closing of all, if the tray had been restored to par then (PAR-7).

    An earlier one is not taken in its place: what par was says nothing of what it is. Refuses
    NOT_IMPREST where the table, or that closing, is in Inventory Count, and BANK_MODE_UNKNOWN.
    """
    _check_mode(mode)
    latest = max(closings, key=lambda each: each.ordinal, default=None)
    if latest is None:
        return NoCandidate.NO_CLOSING
    _check_mode(latest.table_bank_mode, session_id=latest.session_id)
    if latest.total_cents is None:
        return NoCandidate.CLOSING_NOT_COUNTED
    if not latest.attested and not latest.adjusted:
        return NoCandidate.CLOSING_NOT_RESTORED
    if not latest.at_par:
        return NoCandidate.CLOSED_OFF_PAR
    return Candidate(
        par_total_cents=latest.total_cents,
        source=ParSource.INFERRED_FROM_IMPREST_CLOSE,
        session_ids=(latest.session_id,),
        reasons=(because(Why.LAST_RESTORED_CLOSE),),
        weaknesses=(),
    )


def adopt_median_of_imprest_closes(
    closings: Sequence[ClosingSeen], *, mode: BankMode, last: int = LAST, least: int = LEAST
) -> Candidate | NoCandidate:
    """The median of the last closings of a tray restored to par, and of no others (PAR-7).

    Refuses NOT_IMPREST where the table is in Inventory Count, and BANK_MODE_UNKNOWN. What it closed
    with while it was in Inventory Count is not among them.
    """
    _check_mode(mode)
    restored = sorted((each for each in closings if each.at_par), key=lambda each: each.ordinal)
    latest = restored[-last:] if last > 0 else []
    totals = [each.total_cents for each in latest if each.total_cents is not None]
    median = median_cents(totals)
    if median is None or len(latest) < least:
        return NoCandidate.TOO_FEW_RESTORED_CLOSES
    return Candidate(
        par_total_cents=median,
        source=ParSource.INFERRED_FROM_IMPREST_CLOSE,
        session_ids=tuple(each.session_id for each in latest),
        reasons=(because(Why.MEDIAN_OF_RESTORED_CLOSES, closings=len(latest)),),
        weaknesses=(),
    )


def _check_mode(mode: BankMode, *, session_id: UUID | None = None) -> None:
    """Refuses by name to make a par of closings that are not Imprest to Par (PAR-7)."""
    if mode is BankMode.IMPREST_TO_PAR:
        return
    facts = {"table_bank_mode": str(mode)}
    if session_id is not None:
        facts["session_id"] = str(session_id)
    if mode is BankMode.UNKNOWN:
        raise Refused(Refusal.BANK_MODE_UNKNOWN, facts)
    raise Refused(
        Refusal.NOT_IMPREST,
        facts,
        detail="No par is inferred from closing counts in Inventory Count.",
    )
