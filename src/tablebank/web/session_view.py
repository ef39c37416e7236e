"""Everything the session page shows, gathered in one reading: the session, its rundown, its facts.

What a person may not see is not gathered: exceptions are for those who answer for them, the numbers
of journal entries for those who audit it (docs/interface.md, who may read).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.adopting import adoptable
from tablebank.domain.authority import SEES_EXCEPTIONS, SEES_JOURNAL, STEPS, acts_as
from tablebank.domain.boxes import group_of, members, mounted, mounts_serving, serves
from tablebank.domain.chips import ChipList
from tablebank.domain.count_guard import Move, moves_since
from tablebank.domain.credentials import Caller
from tablebank.domain.decisions import House
from tablebank.domain.facts import Session, Table, TableFacts, Trial
from tablebank.domain.idle_count import idle_counts_after
from tablebank.domain.need_now import Suggested
from tablebank.domain.opening import left_in_tray
from tablebank.domain.remarking import asks_for_remark
from tablebank.domain.results import differs_from_report
from tablebank.domain.rundown import IN_FLIGHT, effective_snapshot, group_rundown, is_stale
from tablebank.domain.terms import CLOSED_PHASES, LIVE, DropState, Phase, SnapshotKind
from tablebank.domain.trays import CountStart
from tablebank.queries.buy_ins import BuyInSheet, buy_ins_of_session
from tablebank.queries.doors import View
from tablebank.queries.drop_book import DropSheet, drops_by_id
from tablebank.queries.drop_trips import TripUnderWay, trip_of_box
from tablebank.queries.findings import ExceptionSheet, findings_of, without_counts
from tablebank.queries.house_book import staff_by_id
from tablebank.queries.journal import EntrySheet, entries_of_session
from tablebank.queries.par_book import suggestion
from tablebank.queries.remarks import RemarkSheet, remarks_of_session
from tablebank.queries.rundowns import (
    Revision,
    RundownSheet,
    revisions_of,
    rundown_for_group,
    rundown_for_session,
)
from tablebank.queries.session_lists import session_after
from tablebank.queries.session_sheet import (
    SessionSheet,
    SnapshotSheet,
    facts_of_tables,
    sessions_by_id,
    snapshots_by_id,
    snapshots_of,
)
from tablebank.queries.slip_book import SlipSheet, slips_of_session
from tablebank.queries.slip_match import MatchLine, match_lines

_IN_WORDS_FOR_ALL = frozenset({"resolve_finding", "remark_on_exception"})


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxHere:
    """A box that stands on the session's table, or stood there until it was taken off."""

    code: str
    mounted_at: datetime
    taken_off_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BegunCount:
    """A count that somebody began, and the chips that touched the tray since then."""

    start: CountStart
    moved: tuple[Move, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionView:
    """One session with all that its page and its forms speak of."""

    house: House
    caller: Caller
    now: datetime
    session: SessionSheet
    rundown: RundownSheet
    group: RundownSheet | None
    revisions: tuple[Revision, ...]
    """Every final report the session or its group is in (RUN-6)."""
    has_come_since: bool
    """Whether the facts say anything else than the report that stands."""
    group_is_counted: bool
    """Whether every session of the group is closed and counted."""
    remarks: tuple[RemarkSheet, ...]
    """What was said to the session, its slips and, for who reads those, its exceptions."""
    asks_for_remark: bool
    """Whether the result is beyond the table's limit and nobody said anything to it (RUN-10)."""
    table: Table
    record: Session
    snapshots: tuple[SnapshotSheet, ...]
    """Its counts, and those of its tray since it closed (SNAP-7)."""
    slips: tuple[SlipSheet, ...]
    drops: tuple[DropSheet, ...]
    exceptions: tuple[ExceptionSheet, ...] | None
    """None where the reader is not shown exceptions at all."""
    buy_ins: tuple[BuyInSheet, ...]
    """What was noted as telemetry, corrections among it."""
    entries: tuple[EntrySheet, ...]
    shows_numbers: bool
    chips: ChipList
    trials: tuple[Trial, ...]
    begun: tuple[BegunCount, ...]
    """The counts of the session that were begun, with what moved since (SNAP-5)."""
    compare_with: SnapshotSheet | None
    """What the next count is held against: the session's last, else the last closer."""
    last_closer: SnapshotSheet | None
    """What an opener is held against: the closing of the session before (SESS-5)."""
    trip: TripUnderWay | None
    """The drop trip under way that its box is on the list of."""
    mounted_box: str | None
    """The box on the table now, if it serves this session."""
    boxes_here: tuple[BoxHere, ...]
    """Every box that is known to have stood on the table, the latest first."""
    is_last: bool
    """Whether nothing was played on the table since."""
    on_table_now: Session | None
    """The session that holds the table or is prepared on it, if it is not this one."""
    suggested: Suggested | None
    """The chips that would bring the tray back to its target; None where that is not known, or
    hidden from who counts (PAR-10, SNAP-4)."""
    closing_is_stale: bool
    next_opened: UUID | None
    """The table's next session with a counted opener, where this one was closed without a count:
    its opener may be adopted as the closing (BACK-2)."""
    slips_in_flight: int
    match: tuple[MatchLine, ...] | None
    """What was issued, verified and found; None for whom it is not (CNT-18, SNAP-4)."""
    names: Mapping[UUID, str]

    @property
    def noted_cents(self) -> int | None:
        """What the buy-ins that stand come to; None where none does: nobody noted any."""
        amounts = [each.amount_cents for each in self.buy_ins if each.stands]
        return sum(amounts) if amounts else None

    @property
    def table_has_box(self) -> bool:
        """Whether a box stands on the table now, whichever session it serves."""
        return any(each.taken_off_at is None for each in self.boxes_here)


def session_view(view: View, session_id: UUID) -> SessionView | None:
    """The session as its page shows it, or None: not there, or not in this casino (TEN-1)."""
    cursor, casino_id = view.cursor, view.casino_id
    facts = facts_of_tables(cursor, casino_id, [session_id]).get(session_id)
    rundown = rundown_for_session(cursor, casino_id, session_id, blind=view.blind)
    if facts is None or rundown is None:
        return None
    sheet = sessions_by_id(cursor, casino_id, [session_id], blind=view.blind)[0]
    record = next(each for each in facts.sessions if each.id == session_id)
    idle = [each.id for each in idle_counts_after(facts, record)]
    snapshots = (
        *snapshots_of(cursor, casino_id, session_id, blind=view.blind),
        *snapshots_by_id(cursor, casino_id, idle),
    )
    slips = slips_of_session(cursor, casino_id, session_id)
    drop_ids = [box.drop_id for box in sheet.boxes if box.drop_id is not None]
    roles = view.caller.roles
    closing = effective_snapshot(facts, session_id, SnapshotKind.CLOSING)
    entries = entries_of_session(cursor, casino_id, session_id)
    last_closer = _last_closer(view, sheet, facts)
    group = group_of(facts, record)
    revisions = revisions_of(facts, record, blind=view.blind)
    return SessionView(
        house=view.house,
        caller=view.caller,
        now=view.now,
        session=sheet,
        rundown=rundown,
        group=_group(view, sheet),
        revisions=revisions,
        has_come_since=differs_from_report(facts, group),
        group_is_counted=all(
            each.phase in CLOSED_PHASES and each.drop_state == DropState.COUNTED for each in group
        ),
        remarks=remarks_of_session(
            cursor, casino_id, session_id, also_on_exceptions=bool(roles & SEES_EXCEPTIONS)
        ),
        asks_for_remark=asks_for_remark(facts, group, group_rundown(facts, group)),
        table=facts.table,
        record=record,
        snapshots=snapshots,
        slips=slips,
        drops=drops_by_id(cursor, casino_id, drop_ids, manifests=False),
        exceptions=_exceptions(view, session_id) if roles & SEES_EXCEPTIONS else None,
        buy_ins=buy_ins_of_session(cursor, casino_id, session_id),
        entries=tuple(
            each
            for each in entries
            if roles & SEES_EXCEPTIONS or each.command not in _IN_WORDS_FOR_ALL
        ),
        shows_numbers=bool(roles & SEES_JOURNAL),
        chips=view.house.chips_on(sheet.gaming_day),
        begun=_begun(facts, session_id),
        trials=tuple(each for each in facts.trials if each.session_id == session_id),
        compare_with=None if sheet.counts_hidden else _last_count(snapshots) or last_closer,
        last_closer=None if last_closer and last_closer.counts_hidden else last_closer,
        trip=_trip(view, facts),
        mounted_box=_mounted_box(facts, record),
        boxes_here=_boxes_here(facts),
        is_last=members(facts)[-1:] == (record,),
        on_table_now=_on_table_now(view, facts, record),
        suggested=suggestion(
            cursor, facts, record, house=view.house, need_now_cents=sheet.need_now_cents
        ),
        next_opened=_next_opened(view, record) if sheet.closing is None else None,
        closing_is_stale=closing is not None and is_stale(facts, closing),
        slips_in_flight=sum(each.status in IN_FLIGHT for each in slips),
        match=_match(view, facts, record),
        names=_names(view, sheet, revisions),
    )


def _match(view: View, facts: TableFacts, record: Session) -> tuple[MatchLine, ...] | None:
    """The session's slips against its boxes, and what else those held (SOFT-4)."""
    if not view.sees_manifests or view.blind:
        return None
    serving = {each.id for each in mounts_serving(facts, record)}
    removals = [each for each in facts.removals if each.mount_id in serving]
    mine = [each for each in facts.slips if each.session_id == record.id]
    return match_lines(view.house, facts, slips=mine, removals=removals)


def _exceptions(view: View, session_id: UUID) -> tuple[ExceptionSheet, ...]:
    found = findings_of(view.cursor, view.casino_id, session_id)
    return without_counts(view.cursor, view.casino_id, found) if view.blind else found


def _begun(facts: TableFacts, session_id: UUID) -> tuple[BegunCount, ...]:
    return tuple(
        BegunCount(start=each, moved=moves_since(facts, each))
        for each in facts.starts
        if each.session_id == session_id
    )


def _group(view: View, sheet: SessionSheet) -> RundownSheet | None:
    if sheet.group_id is None:
        return None
    return rundown_for_group(view.cursor, view.casino_id, sheet.group_id, blind=view.blind)


def _last_count(snapshots: tuple[SnapshotSheet, ...]) -> SnapshotSheet | None:
    standing = [each for each in snapshots if each.superseded_by is None]
    return max(standing, key=lambda each: (each.occurred_at, each.recorded_at), default=None)


def _last_closer(view: View, sheet: SessionSheet, facts: TableFacts) -> SnapshotSheet | None:
    """What the session before left, as it was last counted (SESS-5, SNAP-7)."""
    if sheet.previous_session_id is None:
        return None
    left = left_in_tray(facts, sheet.previous_session_id, until=sheet.closed_at)
    if left is not None and left.kind == SnapshotKind.IDLE:
        return snapshots_by_id(view.cursor, view.casino_id, [left.id])[0]
    ids = [sheet.previous_session_id]
    before = sessions_by_id(view.cursor, view.casino_id, ids, blind=view.blind)
    return before[0].closing if before else None


def _next_opened(view: View, record: Session) -> UUID | None:
    """The session whose opener may be adopted as this one's closing, if there is one (BACK-2)."""
    if record.phase not in CLOSED_PHASES:
        return None
    after = session_after(view.cursor, view.casino_id, record.id, table_id=record.table_id)
    if after is None:
        return None
    facts = facts_of_tables(view.cursor, view.casino_id, [record.id, after])[record.id]
    return after if adoptable(facts, record) else None


def _boxes_here(facts: TableFacts) -> tuple[BoxHere, ...]:
    codes = {box.id: box.code for box in facts.boxes}
    latest_first = sorted(facts.mounts, key=lambda each: each.mounted_at, reverse=True)
    return tuple(
        BoxHere(code=codes[each.box_id], mounted_at=each.mounted_at, taken_off_at=each.taken_off_at)
        for each in latest_first
    )


def _on_table_now(view: View, facts: TableFacts, record: Session) -> Session | None:
    """The live one; else one prepared for this shift or the next: what lapsed is not meant."""
    calendar = view.house.calendar
    now = calendar.shift_at(view.now)
    shifts = (now.id, calendar.shift_after(now).id)
    others = [each for each in facts.sessions if each.id != record.id]
    live = [each for each in others if each.phase in LIVE]
    prepared = [
        each for each in others if each.phase == Phase.READY_TO_OPEN and each.shift_id in shifts
    ]
    return next(iter((*live, *prepared)), None)


def _mounted_box(facts: TableFacts, record: Session) -> str | None:
    mount = mounted(facts)
    if mount is None or record.ordinal is None or not serves(mount, record.ordinal):
        return None
    return next(box.code for box in facts.boxes if box.id == mount.box_id)


def _trip(view: View, facts: TableFacts) -> TripUnderWay | None:
    """Asked for only where the caller takes boxes."""
    mount = mounted(facts)
    if mount is None or not acts_as(view.caller.roles) & set(STEPS["remove_box"].callers):
        return None
    return trip_of_box(view.cursor, view.casino_id, mount.id)


def _names(view: View, sheet: SessionSheet, revisions: Sequence[Revision]) -> Mapping[UUID, str]:
    people = [sheet.opened_by, sheet.closed_by, *(each.finalized_by for each in revisions)]
    wanted = {each for each in people if each is not None}
    return {each.id: each.name for each in staff_by_id(view.cursor, view.casino_id, wanted)}
