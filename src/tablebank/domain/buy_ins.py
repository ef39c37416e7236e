"""Buy-ins noted at the table: what players gave for chips, as somebody saw it (telemetry).

A buy-in moves cash into the box and chips out of the tray. Noted, it is telemetry: it may stand in
for a drop nobody has counted yet, said to be an estimate (BASE-5), and enters nothing official.
Nothing noted is edited: a wrong one is superseded by the right one, with a reason (0059).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tablebank.domain.decisions import Act
from tablebank.domain.facts import Session, Snapshot
from tablebank.domain.money import checked_cents
from tablebank.domain.observing import READABLE
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.settings import Settings
from tablebank.domain.terms import Record


class BuyInKind(StrEnum):
    """What was given for chips; each of them enters the drop once it is counted (SOFT-1)."""

    CASH = "CASH"
    CHECK = "CHECK"
    MARKER = "MARKER"
    VOUCHER = "VOUCHER"


@dataclass(frozen=True, kw_only=True, slots=True)
class BuyIn(Record):
    """One buy-in as it was noted, in whole cents; 0 only where a correction says there was none.

    A correction names what it `supersedes` and stands at the same instant as that.
    """

    table_id: UUID
    session_id: UUID
    kind: BuyInKind
    amount_cents: int
    occurred_at: datetime
    recorded_at: datetime
    noted_by: UUID
    supersedes: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """A buy-in as it comes in: in whole cents, perhaps in place of one noted before."""

    kind: BuyInKind
    amount_cents: int
    supersedes: BuyIn | None = None
    reason: str | None = None


def checked_noted(noted: Noted) -> Noted:
    """Refuses NEGATIVE_AMOUNT below 0, SHAPE a buy-in of nothing that corrects nothing, and
    REASON_REQUIRED a correction without one."""
    checked_cents(noted.amount_cents, pointer="/amount_cents")
    if noted.supersedes is None and noted.amount_cents == 0:
        message = "A buy-in for nothing is none: 0 only takes back one noted before."
        error = FieldError("/amount_cents", Refusal.SHAPE.name, message)
        raise Refused(Refusal.SHAPE, errors=[error])
    if noted.supersedes is not None and not noted.reason:
        raise Refused(Refusal.REASON_REQUIRED)
    return noted


def note_buy_in(
    *,
    act: Act,
    settings: Settings,
    session: Session,
    opener: Snapshot | None,
    noted: Noted,
    beside: Iterable[BuyIn] = (),
) -> BuyIn:
    """The buy-in to be kept. `beside` are those of the session, `opener` its opening count.

    Refuses TELEMETRY_OFF where the house notes none, SESSION_NOT_OPEN outside play (once a table
    is closed its estimate stands as it was, to be held against the count), OCCURRED_AT_OUT_OF_RANGE
    before the opener, and BUY_IN_SUPERSEDED a second correction of the same.
    """
    if not settings.telemetry:
        raise Refused(Refusal.TELEMETRY_OFF)
    if session.phase not in READABLE:
        raise Refused(
            Refusal.SESSION_NOT_OPEN,
            {"session_id": str(session.id), "status": str(session.phase)},
        )
    before = noted.supersedes
    occurred_at = before.occurred_at if before else act.occurred_at
    earliest = opener.occurred_at if opener else session.prepared_at
    check_not_before(occurred_at, earliest=earliest, what="the opener")
    later = next((each for each in beside if before and each.supersedes == before.id), None)
    if later is not None:
        raise Refused(Refusal.BUY_IN_SUPERSEDED, {"superseded_by": str(later.id)})
    return BuyIn(
        id=act.new_id(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        kind=noted.kind,
        amount_cents=noted.amount_cents,
        occurred_at=occurred_at,
        recorded_at=act.recorded_at,
        noted_by=act.actor_id,
        supersedes=before.id if before else None,
        reason=noted.reason,
    )


def standing(buy_ins: Iterable[BuyIn]) -> tuple[BuyIn, ...]:
    """Those that stand: superseded by none, and for something."""
    every = tuple(buy_ins)
    superseded = {each.supersedes for each in every}
    return tuple(each for each in every if each.id not in superseded and each.amount_cents > 0)
