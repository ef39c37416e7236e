"""The opener/closer chain: what one session left in the tray is what the next one found (INV-12).

A link is a session's opener held against what the table was left with before it, which
`opening.compared` does for the chain as for the count itself; there is no second comparison. The
first link of a gaming day reaches back to the day before. Voided sessions are no link (SESS-7).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from tablebank.domain.blind import COUNTS_BLIND
from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import Finding, Session, Snapshot, TableFacts
from tablebank.domain.opening import compared, left_in_tray
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import Basis, Chipset, Phase, SnapshotKind

NOT_A_LINK = frozenset({Phase.READY_TO_OPEN, Phase.VOIDED})


class Held(StrEnum):
    """How a link of the chain holds."""

    EQUAL = "equal"
    """The same chips, or the same total where one side has no chips."""
    WITHIN_TOLERANCE = "within_tolerance"
    """A difference the casino's opening tolerance lets pass."""
    BROKEN = "broken"
    """A difference beyond it: an OPENING_VARIANCE."""
    FIRST = "first"
    """The table's first session: there is nothing before it (PAR-11)."""
    UNKNOWN = "unknown"
    """One side was not counted, or not yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two counts of a link: the form, what was counted (cents), and on what basis.

    The total is None only where it is hidden from who reads (SNAP-4).
    """

    snapshot_id: UUID
    session_id: UUID | None
    """None of an idle count: nobody played when it was made (SNAP-7)."""
    gaming_day: date
    number: str | None
    basis: Basis
    chipset: Chipset | None
    total_cents: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One session's opener against the closer before it.

    `difference_cents` is Σ |Δ chips × value|, by total where one side has no chips (`by_chip`
    None); `net_cents` is opener less closer. Both are None where the link is first or unknown, and
    `reasons` says why. `exception_id` names the OPENING_VARIANCE, if one was raised.
    """

    session_id: UUID
    shift_code: str
    sequence: int
    held: Held
    opener: Side | None
    closer: Side | None
    difference_cents: int | None
    net_cents: int | None
    by_chip: Chipset | None
    reasons: tuple[str, ...]
    exception_id: UUID | None
    exception_status: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TableChain:
    """A table's links of some gaming days in their order, and what it was left with at the end."""

    table_id: UUID
    table_code: str
    pit: str
    links: tuple[Link, ...]
    left_with: Side | None


def chain_of(*, house: House, facts: TableFacts, session_ids: Iterable[UUID]) -> TableChain | None:
    """The chain of one table over these sessions of it; None where none of them was opened.

    `facts` hold the sessions, their predecessors, the counts and findings of both.
    """
    wanted = set(session_ids)
    opened = [
        each
        for each in facts.sessions
        if each.id in wanted and each.phase not in NOT_A_LINK and each.ordinal is not None
    ]
    if not opened:
        return None
    opened.sort(key=lambda each: each.ordinal or 0)
    last = opened[-1]
    return TableChain(
        table_id=facts.table.id,
        table_code=last.table_code or facts.table.code,
        pit=last.pit or facts.table.pit,
        links=tuple(_link(house, facts, each) for each in opened),
        left_with=_side(house, facts, effective_snapshot(facts, last.id, SnapshotKind.CLOSING)),
    )


def breaks(chains: Iterable[TableChain]) -> tuple[Link, ...]:
    """The links that do not hold."""
    return tuple(link for chain in chains for link in chain.links if link.held is Held.BROKEN)


def veiled_chain(chain: TableChain, hidden: Collection[UUID]) -> TableChain:
    """The chain without what the counts of these sessions held (SNAP-4); how it holds stays."""
    return replace(
        chain,
        links=tuple(_veiled(each, hidden) for each in chain.links),
        left_with=_veiled_side(chain.left_with, hidden),
    )


def _veiled(link: Link, hidden: Collection[UUID]) -> Link:
    if not any(each and each.session_id in hidden for each in (link.opener, link.closer)):
        return link
    return replace(
        link,
        opener=_veiled_side(link.opener, hidden),
        closer=_veiled_side(link.closer, hidden),
        difference_cents=None,
        net_cents=None,
        by_chip=None,
        reasons=(*link.reasons, COUNTS_BLIND),
    )


def _veiled_side(side: Side | None, hidden: Collection[UUID]) -> Side | None:
    if side is None or side.session_id not in hidden:
        return side
    return replace(side, chipset=None, total_cents=None)


def _link(house: House, facts: TableFacts, session: Session) -> Link:
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    before = session.previous_session_id
    closer = left_in_tray(facts, before, until=session.closed_at) if before else None
    against = opener and compared(
        house=house,
        facts=facts,
        session=session,
        chipset=opener.chipset,
        total_cents=opener.total_cents,
    )
    gap = against.difference_cents if against else None
    raised = _variance(facts, session)
    return Link(
        session_id=session.id,
        shift_code=session.shift_code,
        sequence=session.sequence or 0,
        held=_held(house, session, opener, gap),
        opener=_side(house, facts, opener),
        closer=_side(house, facts, against.closer if against else closer),
        difference_cents=gap,
        net_cents=opener.total_cents - against.closer.total_cents if opener and against else None,
        by_chip=against.by_chip if against else None,
        reasons=_reasons(session, opener, closer),
        exception_id=raised.id if raised else None,
        exception_status=str(raised.status) if raised else None,
    )


def _held(house: House, session: Session, opener: Snapshot | None, gap: int | None) -> Held:
    if session.previous_session_id is None:
        return Held.FIRST
    if opener is None or gap is None:
        return Held.UNKNOWN
    if gap == 0:
        return Held.EQUAL
    within = gap <= house.settings_then(opener.recorded_at).opening_tolerance_cents
    return Held.WITHIN_TOLERANCE if within else Held.BROKEN


def _reasons(session: Session, opener: Snapshot | None, closer: Snapshot | None) -> tuple[str, ...]:
    """Why a link is not known, in the words that rundowns use (RUN-1)."""
    found = [] if opener else ["MISSING_OPENING_COUNT"]
    if session.previous_session_id is None:
        return (*found, "FIRST_SESSION")
    return tuple(found if closer else [*found, "MISSING_CLOSING_COUNT"])


def _side(house: House, facts: TableFacts, snapshot: Snapshot | None) -> Side | None:
    if snapshot is None:
        return None
    if snapshot.session_id is None:
        day = house.calendar.day_of(snapshot.occurred_at)
    else:
        day = session_of(facts, snapshot.session_id).gaming_day
    return Side(
        snapshot_id=snapshot.id,
        session_id=snapshot.session_id,
        gaming_day=day,
        number=snapshot.number,
        basis=snapshot.basis,
        chipset=snapshot.chipset,
        total_cents=snapshot.total_cents,
    )


def _variance(facts: TableFacts, session: Session) -> Finding | None:
    return next(
        (
            each
            for each in facts.findings
            if each.kind == "OPENING_VARIANCE" and each.session_id == session.id
        ),
        None,
    )
