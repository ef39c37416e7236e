"""A gaming day as its page says it: what is not ready in words, the numbers, the chain (DAY-1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tablebank.domain.closing_the_day import numbers_told
from tablebank.domain.decisions import House
from tablebank.domain.facts import Session
from tablebank.domain.gaming_day_state import DayState, NotReady, Unit
from tablebank.domain.opener_closer_chain import Held, Link, TableChain
from tablebank.domain.refusals import Refusal, Refused
from tablebank.queries.gaming_days import DaySheet
from tablebank.web.explained import explained
from tablebank.web.heard import heard
from tablebank.web.words import REASON, Words, said

FORM: Mapping[str, Words] = {
    "F": gettext_lazy("Fill slips"),
    "C": gettext_lazy("Credit slips"),
    "R": gettext_lazy("Requests"),
    "O": gettext_lazy("Openers"),
    "K": gettext_lazy("Closers"),
    "PF": gettext_lazy("Fill slips on paper"),
    "PC": gettext_lazy("Credit slips on paper"),
    "PR": gettext_lazy("Requests on paper"),
    "PO": gettext_lazy("Openers on paper"),
    "PK": gettext_lazy("Closers on paper"),
}

HELD: Mapping[str, Words] = {
    Held.EQUAL: gettext_lazy("Equal"),
    Held.WITHIN_TOLERANCE: gettext_lazy("Within tolerance"),
    Held.BROKEN: gettext_lazy("Broken"),
    Held.FIRST: gettext_lazy("First session, nothing before it"),
    Held.UNKNOWN: gettext_lazy("Unknown"),
}

REASONS: Mapping[str, Words] = {
    **REASON,
    "FIRST_SESSION": gettext_lazy("First session, nothing before it"),
    "COUNTS_BLIND": gettext_lazy("Counts are blind here: this count is not shown to you."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """What is not ready: whose it is, why in words, and the session where it is put right."""

    table_code: str
    pit: str
    sessions: tuple[Session, ...]
    why: str
    details: Sequence[str]

    @property
    def session_id(self) -> UUID:
        return self.sessions[0].id


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainLine:
    """One link of the chain as it is read."""

    shift_code: str
    sequence: int
    session_id: UUID
    held: str
    words: str
    opener: Mapping[str, Any] | None
    closer: Mapping[str, Any] | None
    difference_cents: int | None
    net_cents: int | None
    reasons: Sequence[str]
    exception_id: UUID | None

    @property
    def is_broken(self) -> bool:
        return self.held == Held.BROKEN

    @property
    def is_unknown(self) -> bool:
        return self.held == Held.UNKNOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainRow:
    """One table's links, and how they hold in a word."""

    table_code: str
    pit: str
    lines: Sequence[ChainLine]
    told: str

    @property
    def needs(self) -> bool:
        return any(each.is_broken or each.is_unknown for each in self.lines)


def waiting_rows(state: DayState, house: House) -> Sequence[Waiting]:
    """What is not ready, in words that say what to do."""
    return [_waiting(each, house) for each in _by_table(state.not_ready)]


def _by_table(units: Iterable[Unit]) -> Sequence[Any]:
    return sorted(units, key=lambda each: (each.pit, each.table_code))


def _waiting(unit: NotReady, house: House) -> Waiting:
    no = Refused(Refusal[unit.code], unit.facts)
    return Waiting(
        table_code=unit.table_code,
        pit=unit.pit,
        sessions=unit.sessions,
        why=heard(no.detail),
        details=explained(no, house=house),
    )


def number_rows(sheet: DaySheet) -> Sequence[Mapping[str, Any]]:
    """Every series with what its form is called."""
    return [
        {**each, "words": said(FORM, each["form"])} for each in numbers_told(sheet.state.numbers)
    ]


def chain_rows(chain: Iterable[TableChain]) -> Sequence[ChainRow]:
    """Every table's chain, those with a break or an unknown link first."""
    rows = [
        ChainRow(
            table_code=each.table_code,
            pit=each.pit,
            lines=[_line(link) for link in each.links],
            told=_told(each.links),
        )
        for each in chain
    ]
    return sorted(rows, key=lambda row: (not row.needs, row.pit, row.table_code))


def _line(link: Link) -> ChainLine:
    return ChainLine(
        shift_code=link.shift_code,
        sequence=link.sequence,
        session_id=link.session_id,
        held=str(link.held),
        words=said(HELD, link.held),
        opener=_side(link.opener),
        closer=_side(link.closer),
        difference_cents=link.difference_cents,
        net_cents=link.net_cents,
        reasons=[said(REASONS, each) for each in link.reasons if each != "FIRST_SESSION"],
        exception_id=link.exception_id,
    )


def _side(side: Any) -> Mapping[str, Any] | None:
    if side is None:
        return None
    return {"number": side.number, "cents": side.total_cents, "basis": str(side.basis)}


def _told(links: Sequence[Link]) -> str:
    """How many links hold, and how many do not."""
    holds = sum(each.held in (Held.EQUAL, Held.WITHIN_TOLERANCE, Held.FIRST) for each in links)
    broken = sum(each.held is Held.BROKEN for each in links)
    parts = [ngettext("%(count)d link holds", "%(count)d links hold", holds) % {"count": holds}]
    if broken:
        parts.append(ngettext("%(count)d broken", "%(count)d broken", broken) % {"count": broken})
    if unknown := len(links) - holds - broken:
        parts.append(
            ngettext("%(count)d unknown", "%(count)d unknown", unknown) % {"count": unknown}
        )
    return " · ".join(parts)


def in_the_way(sheet: DaySheet) -> Sequence[str]:
    """Why the day cannot be closed as it stands, most telling first."""
    state, found = sheet.state, []
    if not sheet.is_over:
        found.append(_("The gaming day is not over yet."))
    if state.live:
        count = len(state.live)
        live = ngettext(
            "%(count)d table is still in play.", "%(count)d tables are still in play.", count
        )
        found.append(live % {"count": count})
    if state.stopping:
        count = len(state.stopping)
        open_ones = ngettext(
            "%(count)d exception stops closing the day.",
            "%(count)d exceptions stop closing the day.",
            count,
        )
        found.append(open_ones % {"count": count})
    if state.unexplained:
        numbers = ", ".join(state.unexplained)
        found.append(_("Missing or on two forms: %(numbers)s.") % {"numbers": numbers})
    return found
