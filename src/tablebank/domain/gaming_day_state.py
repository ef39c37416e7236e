"""Where a gaming day stands: what is final, what can be made final, what is not ready and why.

The page, the closing and its dry run all ask here, so they cannot say different things (DAY-1).
What is made final together is a session, or its whole drop group (BOX-6).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import group_of
from tablebank.domain.day_closes import DayClose
from tablebank.domain.decisions import Act, Decision, House, after
from tablebank.domain.drop_trips import left_at_day_close
from tablebank.domain.facts import Finding, Report, Session, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.findings.slip_number_gap import SLIP_NUMBER_GAP
from tablebank.domain.lifecycle import status_of
from tablebank.domain.number_accounts import SeriesAccount, gaps
from tablebank.domain.opener_closer_chain import TableChain, chain_of
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.results import finalize, reconcile, standing_reports
from tablebank.domain.terms import LIVE, DropState, FindingStatus, Phase, Stops
from tablebank.domain.trips import BoxLeftOut


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalMark:
    """A place in the casino's journal: the number and hash of an entry."""

    number: int
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DayFacts:
    """Everything on record that closing a gaming day needs.

    `tables` are the facts of every table with a session of that day; `findings` those that stop a
    day, of whatever day, and all on numbers; `closes` the day's revisions, the oldest first.
    """

    day: date
    tables: tuple[TableFacts, ...]
    numbers: tuple[SeriesAccount, ...]
    findings: tuple[Finding, ...]
    closes: tuple[DayClose, ...]
    journal: JournalMark

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions of that day, table by table."""
        return tuple(
            each for facts in self.tables for each in facts.sessions if each.gaming_day == self.day
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """What is made final together: one session, or the members of one drop group."""

    table_id: UUID
    table_code: str
    pit: str
    sessions: tuple[Session, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready(Unit):
    """Reconciled with nothing in its way: what finalizing it decides (RUN-5)."""

    decision: Decision


@dataclass(frozen=True, kw_only=True, slots=True)
class Final(Unit):
    """Final already: the report that stands for it."""

    report: Report


@dataclass(frozen=True, kw_only=True, slots=True)
class NotReady(Unit):
    """Not ready, and why: the code and facts a person would be refused with who tried."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayState:
    """A gaming day, sorted: every session of it is in exactly one of the first six."""

    ready: tuple[Ready, ...]
    final: tuple[Final, ...]
    not_ready: tuple[NotReady, ...]
    live: tuple[Session, ...]
    not_opened: tuple[Session, ...]
    voided: tuple[Session, ...]
    stopping: tuple[Finding, ...]
    """Open findings that stop closing the day (FIND-1)."""
    unexplained: tuple[str, ...]
    """Numbers that are missing or stand twice, and whose exception nobody has resolved."""
    numbers: tuple[SeriesAccount, ...]
    chain: tuple[TableChain, ...]
    findings: tuple[Finding, ...]
    """What looking again has raised, changed or cleared."""
    left_out: tuple[BoxLeftOut, ...]
    """Boxes that served the day and hang still: closing it writes them down (BOX-5)."""


def day_state(*, act: Act, house: House, known: DayFacts, pending_count: bool) -> DayState:
    """Look at every session of the day anew, with every check that finalizing has (FIND-4).

    `pending_count`: those that wait for their count alone are made final before it, where the
    casino allows that (RUN-5).
    """
    left = tuple(each for facts in known.tables for each in _left_out(act, house, facts, known.day))
    seen = [
        after(facts, [one for one in left if one.table_id == facts.table.id])
        for facts in known.tables
    ]
    changes = [(facts, settled(act=act, house=house, facts=facts)) for facts in seen]
    now = [after(facts, found) for facts, found in changes]
    units = [
        each
        for facts in now
        for group in _groups(facts, known.day)
        for each in _sorted(act, house, facts, group, pending_count=pending_count)
    ]
    sessions = known.sessions
    found = tuple(each for _, changed in changes for each in changed)
    stopping = _stopping(house, known, now)
    return DayState(
        ready=tuple(each for each in units if isinstance(each, Ready)),
        final=tuple(each for each in units if isinstance(each, Final)),
        not_ready=tuple(each for each in units if isinstance(each, NotReady)),
        live=tuple(each for each in sessions if each.phase in LIVE),
        not_opened=tuple(each for each in sessions if each.phase == Phase.READY_TO_OPEN),
        voided=tuple(each for each in sessions if each.phase == Phase.VOIDED),
        stopping=stopping,
        unexplained=_unexplained(known),
        numbers=known.numbers,
        chain=_chains(house, now, known.day),
        findings=found,
        left_out=left,
    )


def _left_out(act: Act, house: House, facts: TableFacts, day: date) -> tuple[BoxLeftOut, ...]:
    """What the drop left out of a day that is over; while it runs, its boxes may still be taken."""
    if house.calendar.day_of(act.now) <= day:
        return ()
    return left_at_day_close(act=act, facts=facts, day=day)


def _groups(facts: TableFacts, day: date) -> Iterator[tuple[Session, ...]]:
    """The day's sessions that were opened and are over, each with its whole drop group, once."""
    seen: set[UUID] = set()
    for session in facts.sessions:
        is_over = session.phase in (Phase.CLOSED, Phase.RECONCILED, Phase.FINALIZED)
        if session.gaming_day != day or not is_over or session.id in seen:
            continue
        group = group_of(facts, session)
        seen |= {each.id for each in group}
        mine = tuple(each for each in group if each.gaming_day == day)
        yield tuple(each for each in mine if each.phase not in LIVE)


def _sorted(
    act: Act, house: House, facts: TableFacts, mine: Sequence[Session], *, pending_count: bool
) -> Iterator[Unit]:
    """The day's members of one group as one unit, or one by one where they stand apart."""
    if all(each.phase == Phase.FINALIZED for each in mine):
        for report in standing_reports(facts, mine):
            members = tuple(each for each in mine if str(each.id) in report.member_ids)
            yield Final(report=report, **_unit(facts, members))
        return
    left = [each for each in mine if each.phase != Phase.FINALIZED]
    for report in standing_reports(facts, [each for each in mine if each not in left]):
        members = tuple(each for each in mine if str(each.id) in report.member_ids)
        yield Final(report=report, **_unit(facts, members))
    if all(each.phase == Phase.RECONCILED for each in left):
        yield _tried(act, house, facts, left, pending_count=False)
        return
    if pending_count:
        for each in left:
            yield _tried(act, house, facts, [each], pending_count=True)
        return
    yield _tried(act, house, facts, left, pending_count=False)


def _tried(
    act: Act, house: House, facts: TableFacts, mine: Sequence[Session], *, pending_count: bool
) -> Ready | NotReady:
    """Finalize it, or say why that is refused: of what is not reconciled, why it cannot be."""
    said = _unit(facts, mine)
    first = next((each for each in mine if each.phase == Phase.CLOSED), mine[0])
    waits = pending_count and first.drop_state != DropState.COUNTED
    try:
        decision = finalize(act=act, house=house, facts=facts, session=first, pending_count=waits)
    except Refused as no:
        if first.phase != Phase.CLOSED or waits:
            return NotReady(code=no.code, facts=no.facts, **said)
        return _why_not_reconciled(act, house, facts, first, said)
    return Ready(decision=decision, **said)


def _why_not_reconciled(
    act: Act, house: House, facts: TableFacts, session: Session, said: Mapping[str, Any]
) -> NotReady:
    try:
        reconcile(act=act, house=house, facts=facts, session=session)
    except Refused as no:
        return NotReady(code=no.code, facts=no.facts, **said)
    return NotReady(code=Refusal.NOT_RECONCILED.name, facts={"status": status_of(session)}, **said)


def _unit(facts: TableFacts, sessions: Sequence[Session]) -> dict[str, Any]:
    return {
        "table_id": facts.table.id,
        "table_code": sessions[0].table_code or facts.table.code,
        "pit": sessions[0].pit or facts.table.pit,
        "sessions": tuple(sessions),
    }


def _stopping(house: House, known: DayFacts, tables: Iterable[TableFacts]) -> tuple[Finding, ...]:
    """The open findings that stop this day: of its sessions and shifts, or else raised in it."""
    ids = {each.id for each in known.sessions}
    shifts = {each.id for each in house.calendar.shifts_of(known.day)}
    open_now = {
        each.id: each
        for each in (*known.findings, *(each for facts in tables for each in facts.findings))
    }
    return tuple(
        each
        for each in open_now.values()
        if each.status == FindingStatus.OPEN
        and each.stops == Stops.DAY
        and each.kind != SLIP_NUMBER_GAP.name
        and _is_of_day(each, known.day, sessions=ids, shifts=shifts, house=house)
    )


def _is_of_day(
    finding: Finding, day: date, *, sessions: set[UUID], shifts: set[UUID], house: House
) -> bool:
    if finding.session_id is not None:
        return finding.session_id in sessions
    if finding.shift_id is not None:
        return finding.shift_id in shifts
    return house.calendar.day_of(finding.raised_at) == day


def _unexplained(known: DayFacts) -> tuple[str, ...]:
    explained = {
        each.subject_id
        for each in known.findings
        if each.kind == SLIP_NUMBER_GAP.name and each.status == FindingStatus.RESOLVED
    }
    return tuple(number for number in gaps(known.numbers) if number not in explained)


def _chains(house: House, tables: Iterable[TableFacts], day: date) -> tuple[TableChain, ...]:
    found = [
        chain_of(
            house=house,
            facts=facts,
            session_ids=[each.id for each in facts.sessions if each.gaming_day == day],
        )
        for facts in tables
    ]
    chains = [each for each in found if each is not None]
    return tuple(sorted(chains, key=lambda each: (each.pit, each.table_code)))
