"""Readings by eye: what a supervisor thinks a tray holds, and perhaps its box (SNAP-6).

An observation is an estimate. It stands beside the counts and never among them: nothing that adds
up, compares or decides is ever given one.
"""

from dataclasses import dataclass
from uuid import UUID

from tablebank.domain.chips import ChipList, parse_chipset, total_cents
from tablebank.domain.decisions import Act
from tablebank.domain.facts import Session, Snapshot
from tablebank.domain.money import checked_cents
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import Chipset, Phase
from tablebank.domain.trays import Observation

READABLE = frozenset({Phase.OPEN, Phase.CLOSING})
"""From the opener to the close there are chips to be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What somebody read at one table, in whole cents; `chipset` where they read it by chips."""

    session_id: UUID
    total_cents: int
    chipset: Chipset | None
    estimated_drop_cents: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A reading as it comes in: a total, or chips, and perhaps the drop so far."""

    session_id: UUID
    total_cents: int | None = None
    chipset: object = None
    estimated_drop_cents: int | None = None


def read_of(said: Said, *, chips: ChipList, pointer: str = "") -> Read:
    """The reading that was said; `pointer` is where in the request it stands.

    Refuses SHAPE what says neither total nor chips, TOTAL_MISMATCH what says both and differs
    (CHIP-3), chips the casino does not know and amounts below 0.
    """
    drop = said.estimated_drop_cents
    if drop is not None:
        checked_cents(drop, pointer=f"{pointer}/estimated_drop_cents")
    place = f"{pointer}/total_cents"
    total = said.total_cents
    if total is not None:
        checked_cents(total, pointer=place)
    chipset: Chipset | None = None
    if said.chipset is not None:
        chipset = parse_chipset(
            said.chipset, chips=chips, pointer=f"{pointer}/chipset", may_be_empty=True
        )
        summed = total_cents(chipset, chips=chips)
        if total not in (None, summed):
            raise _wrong(Refusal.TOTAL_MISMATCH, place, "The total is not the sum of the chips.")
        total = summed
    if total is None:
        raise _wrong(Refusal.SHAPE, place, "Say what the tray holds: a total, or its chips.")
    return Read(
        session_id=said.session_id, total_cents=total, chipset=chipset, estimated_drop_cents=drop
    )


def _wrong(refusal: Refusal, pointer: str, message: str) -> Refused:
    return Refused(refusal, errors=[FieldError(pointer, refusal.name, message)])


def observe(*, act: Act, session: Session, opener: Snapshot | None, read: Read) -> Observation:
    """The observation of one table; refuses SESSION_NOT_OPEN where nothing is in play to be read.

    `opener` is the session's opening count: nothing is read before it (TIME-1).
    """
    if session.phase not in READABLE:
        raise Refused(
            Refusal.SESSION_NOT_OPEN,
            {"session_id": str(session.id), "status": str(session.phase)},
        )
    earliest = opener.occurred_at if opener else session.prepared_at
    check_not_before(act.occurred_at, earliest=earliest, what="the opener")
    return Observation(
        id=act.new_id(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        total_cents=read.total_cents,
        chipset=read.chipset,
        estimated_drop_cents=read.estimated_drop_cents,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        observed_by=act.actor_id,
    )
