"""The opener/closer chain: what each session found beside what the one before it left (INV-12).

Links are compared where counts are compared (`domain.opening`); a break is an exception of its own
and stands here with it, resolved or not. A difference that is not known is not none. The pit is
the one a session was opened in, which a later change of its table does not move (BASE-7).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tablebank.domain.facts import Session
from tablebank.domain.opener_closer_chain import Held, Link, TableChain
from tablebank.queries.doors import View
from tablebank.queries.opener_closer_chain import chains_of_days
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.results import sessions_asked


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkRow:
    """One opener and the closer before it. `difference_cents` is chip by chip, without sign;
    `net_cents` the opener less the closer."""

    gaming_day: date
    shift_code: str
    pit: str | None
    table_code: str
    sequence: int
    closer_number: str | None
    closer_cents: int | None
    opener_number: str | None
    opener_cents: int | None
    held: str
    difference_cents: int | None
    net_cents: int | None
    exception_status: str | None
    reasons: tuple[str, ...]
    session_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSum:
    """How many links hold in which way."""

    held: str
    links: int


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    chains = chains_of_days(
        view.cursor, view.house, first=asked.first_day, last=asked.last_day, blind=view.blind
    )
    sessions = {each.id: each for each in sessions_asked(view, asked)}
    rows = tuple(
        _row(chain, link, sessions[link.session_id])
        for chain in chains
        for link in chain.links
        if link.session_id in sessions
    )
    counts = Counter(each.held for each in rows)
    sums = tuple(HeldSum(held=each, links=counts[each]) for each in Held if counts[each])
    return (
        Part(name="links", row=LinkRow, items=rows),
        Part(name="by_held", row=HeldSum, items=sums),
    )


def _row(chain: TableChain, link: Link, session: Session) -> LinkRow:
    opener, closer = link.opener, link.closer
    return LinkRow(
        gaming_day=session.gaming_day,
        shift_code=link.shift_code,
        pit=session.pit,
        table_code=chain.table_code,
        sequence=link.sequence,
        closer_number=closer.number if closer else None,
        closer_cents=closer.total_cents if closer else None,
        opener_number=opener.number if opener else None,
        opener_cents=opener.total_cents if opener else None,
        held=link.held,
        difference_cents=link.difference_cents,
        net_cents=link.net_cents,
        exception_status=link.exception_status,
        reasons=link.reasons,
        session_id=link.session_id,
    )


OPENER_CLOSER_CHAIN = Report(
    slug="opener-closer-chain",
    readers=MANAGERS,
    filters=(Filter.TO_DAY, Filter.PIT),
    parts=_parts,
)
