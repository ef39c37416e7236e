"""One session as everybody sees it: where it is, what is bound, what it holds, what is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.blind import hidden_sessions
from tablebank.domain.boxes import count_in, group_id, mounts_serving, removal_of
from tablebank.domain.decisions import PLACES
from tablebank.domain.facts import Session, Snapshot, Table, TableFacts
from tablebank.domain.lifecycle import status_of
from tablebank.domain.rundown import (
    effective_snapshot,
    expected_tray,
    rundown_of,
    slips_of,
)
from tablebank.domain.terms import FindingStatus, SnapshotKind
from tablebank.queries.paper_book import PaperSheet, papers_by_subject, sheets_of
from tablebank.queries.tray_book import LastObservation, last_observations
from tablebank.store.load import load_facts_of_tables, load_many, load_one, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """A signature as it is shown."""

    role: str
    staff_id: UUID
    badge: str
    name: str
    method: str
    signed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SnapshotSheet:
    """A count as it is shown (SNAP-1).

    `counts_hidden`: chips and total are None because the reader is to count that tray (SNAP-4).
    """

    id: UUID
    session_id: UUID | None
    kind: str
    basis: str
    number: str | None
    chipset: dict[str, int] | None
    total_cents: int | None
    occurred_at: datetime
    recorded_at: datetime
    signatures: tuple[Signed, ...]
    is_synthetic: bool
    synthetic_reason: str | None
    supersedes: UUID | None
    superseded_by: UUID | None
    reason: str | None
    count_id: UUID | None = None
    paper: PaperSheet | None = None
    counts_hidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ServingBox:
    """A box that serves the session: since when, its removal if any, whether it is counted."""

    box: str
    mounted_at: datetime
    drop_id: UUID | None
    counted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionSheet:
    """A session as `docs/interface.md` has it; what is not known is None.

    `counts_hidden`: its counts and what they tell are None because the reader is to count its tray
    (SNAP-4). `last_observation` is an estimate and enters none of the other figures (SNAP-6).
    """

    id: UUID
    table_id: UUID
    table_code: str
    pit: str
    game_type: str | None
    shift_id: UUID
    shift_code: str
    gaming_day: date
    sequence: int | None
    status: str
    phase: str
    drop_state: str
    table_bank_mode: str | None
    need_total_cents: int | None
    par_policy_id: UUID | None
    previous_session_id: UUID | None
    group_id: UUID | None
    boxes: tuple[ServingBox, ...]
    prepared_at: datetime
    opened_at: datetime | None
    opened_by: UUID | None
    closed_at: datetime | None
    closed_by: UUID | None
    close_forced: bool
    close_reason: str | None
    void_reason: str | None
    drop_posted_at: datetime | None
    opening: SnapshotSheet | None
    closing: SnapshotSheet | None
    fills_total_cents: int | None
    credits_total_cents: int | None
    expected_tray_cents: int | None
    need_now_cents: int | None
    in_transit_cents: int
    open_exceptions: int
    last_observation: LastObservation | None
    counts_hidden: bool = False


def signatures_by_subject(
    cursor: Cursor, casino_id: UUID, subject_ids: Collection[UUID]
) -> dict[UUID, tuple[Signed, ...]]:
    """Who signed each of these facts, in the order they signed."""
    rows: Iterable[Any] = cursor.execute(
        "select s.subject_id, s.role, s.staff_id, staff.badge, staff.name, s.method, s.signed_at"
        "  from signature s join staff on staff.casino_id = s.casino_id and staff.id = s.staff_id"
        " where s.casino_id = %s and s.subject_id = any(%s) order by s.id",
        [casino_id, list(subject_ids)],
    ).fetchall()
    found: dict[UUID, list[Signed]] = defaultdict(list)
    for subject_id, role, staff_id, badge, name, method, signed_at in rows:
        found[subject_id].append(
            Signed(
                role=role,
                staff_id=staff_id,
                badge=badge,
                name=name,
                method=method,
                signed_at=signed_at,
            )
        )
    return {subject_id: tuple(signed) for subject_id, signed in found.items()}


def facts_of_tables(
    cursor: Cursor,
    casino_id: UUID,
    session_ids: Collection[UUID],
    *,
    wanted: Collection[type[Any]] = tuple(PLACES),
) -> dict[UUID, TableFacts]:
    """The facts behind these sessions, by session: three statements, however many there are."""
    on: dict[UUID, UUID] = dict(
        cursor.execute(
            "select id, table_id from table_session where casino_id = %s and id = any(%s)",
            [casino_id, list(session_ids)],
        ).fetchall()
    )
    tables = load_many(cursor, Table, of(casino_id, "id = any(%s)", list(set(on.values()))))
    behind = load_facts_of_tables(cursor, tables, focus=list(on), wanted=wanted)
    return {session_id: behind[table_id] for session_id, table_id in on.items()}


def sessions_by_id(
    cursor: Cursor, casino_id: UUID, session_ids: Collection[UUID], *, blind: bool
) -> tuple[SessionSheet, ...]:
    """The sheets of these sessions, in the order asked; ids that are not here are left out.

    `blind`: the reader may count a tray, and is not shown what a count to come is held against.
    """
    behind = facts_of_tables(cursor, casino_id, session_ids)
    snapshots = [
        each.id
        for facts in {id(each): each for each in behind.values()}.values()
        for each in facts.snapshots
    ]
    signed = signatures_by_subject(cursor, casino_id, snapshots)
    read = last_observations(cursor, casino_id, session_ids)
    sheets = [
        _sheet(behind[session_id], session_id, signed, read.get(session_id))
        for session_id in session_ids
        if session_id in behind
    ]
    if not blind:
        return tuple(sheets)
    return tuple(
        _veiled(each) if each.id in hidden_sessions(behind[each.id]) else each for each in sheets
    )


def _veiled(sheet: SessionSheet) -> SessionSheet:
    return replace(
        sheet,
        opening=veiled_count(sheet.opening) if sheet.opening else None,
        closing=veiled_count(sheet.closing) if sheet.closing else None,
        expected_tray_cents=None,
        need_now_cents=None,
        counts_hidden=True,
    )


def veiled_count(sheet: SnapshotSheet) -> SnapshotSheet:
    """A count without what was counted (SNAP-4); that it was made, by whom and when, is known."""
    return replace(sheet, chipset=None, total_cents=None, counts_hidden=True)


def snapshots_of(
    cursor: Cursor, casino_id: UUID, session_id: UUID, *, blind: bool
) -> tuple[SnapshotSheet, ...]:
    """All counts of a session, superseded ones too, oldest first; hidden ones veiled (SNAP-4)."""
    found = load_many(cursor, Snapshot, of(casino_id, "session_id = %s", session_id))
    signed = signatures_by_subject(cursor, casino_id, [each.id for each in found])
    papers = papers_by_subject(cursor, casino_id, [each.id for each in found])
    sheets = tuple(
        snapshot_sheet(each, others=found, signed=signed, papers=papers) for each in found
    )
    if not blind or not sheets:
        return sheets
    facts = facts_of_tables(cursor, casino_id, [session_id])[session_id]
    if session_id not in hidden_sessions(facts):
        return sheets
    return tuple(veiled_count(each) for each in sheets)


def snapshots_by_id(
    cursor: Cursor, casino_id: UUID, snapshot_ids: Collection[UUID]
) -> tuple[SnapshotSheet, ...]:
    """These counts with who signed them, oldest first."""
    if not snapshot_ids:
        return ()
    found = load_many(cursor, Snapshot, of(casino_id, "id = any(%s)", list(snapshot_ids)))
    signed = signatures_by_subject(cursor, casino_id, [each.id for each in found])
    papers = papers_by_subject(cursor, casino_id, [each.id for each in found])
    sheets = (snapshot_sheet(each, others=found, signed=signed, papers=papers) for each in found)
    return tuple(sorted(sheets, key=lambda each: (each.occurred_at, each.recorded_at)))


def session_of_count(cursor: Cursor, casino_id: UUID, snapshot_id: UUID) -> UUID | None:
    """The session a count belongs to; None where there is no such count, or it is an idle one."""
    found = load_one(cursor, Snapshot, of(casino_id, "id = %s", snapshot_id))
    return found.session_id if found else None


def snapshot_sheet(
    snapshot: Snapshot,
    *,
    others: Iterable[Snapshot],
    signed: Mapping[UUID, tuple[Signed, ...]],
    papers: Mapping[UUID, PaperSheet],
) -> SnapshotSheet:
    """A count with who signed it, what superseded it, and the paper it was read from, if any."""
    by = next((each.id for each in others if each.supersedes == snapshot.id), None)
    return SnapshotSheet(
        id=snapshot.id,
        session_id=snapshot.session_id,
        kind=snapshot.kind,
        basis=snapshot.basis,
        number=snapshot.number,
        chipset=dict(snapshot.chipset) if snapshot.chipset is not None else None,
        total_cents=snapshot.total_cents,
        occurred_at=snapshot.occurred_at,
        recorded_at=snapshot.recorded_at,
        signatures=signed.get(snapshot.id, ()),
        is_synthetic=snapshot.is_synthetic,
        synthetic_reason=snapshot.synthetic_reason,
        supersedes=snapshot.supersedes,
        superseded_by=by,
        reason=snapshot.reason,
        count_id=snapshot.count_id,
        paper=papers.get(snapshot.id),
    )


def _sheet(
    facts: TableFacts,
    session_id: UUID,
    signed: dict[UUID, tuple[Signed, ...]],
    read: LastObservation | None,
) -> SessionSheet:
    session = next(each for each in facts.sessions if each.id == session_id)
    opening = effective_snapshot(facts, session_id, SnapshotKind.OPENING)
    closing = effective_snapshot(facts, session_id, SnapshotKind.CLOSING)
    slips = slips_of(facts, session_id)
    rundown = rundown_of(facts, session)
    tray = expected_tray(facts, session)
    need = session.need_total_cents
    beside: dict[str, Any] = {
        "others": facts.snapshots,
        "signed": signed,
        "papers": sheets_of(facts.papers),
    }
    return SessionSheet(
        id=session.id,
        table_id=session.table_id,
        table_code=session.table_code or facts.table.code,
        pit=session.pit or facts.table.pit,
        game_type=session.game_type or facts.table.game_type,
        shift_id=session.shift_id,
        shift_code=session.shift_code,
        gaming_day=session.gaming_day,
        sequence=session.sequence,
        status=status_of(session),
        phase=session.phase,
        drop_state=session.drop_state,
        table_bank_mode=session.table_bank_mode,
        need_total_cents=need,
        par_policy_id=session.par_policy_id,
        previous_session_id=session.previous_session_id,
        group_id=group_id(facts, session) if session.ordinal is not None else None,
        boxes=_boxes(facts, session),
        prepared_at=session.prepared_at,
        opened_at=opening.occurred_at if opening else None,
        opened_by=session.opened_by,
        closed_at=session.closed_at,
        closed_by=session.closed_by,
        close_forced=session.close_forced,
        close_reason=session.close_reason,
        void_reason=session.void_reason,
        drop_posted_at=session.drop_posted_at,
        opening=snapshot_sheet(opening, **beside) if opening else None,
        closing=snapshot_sheet(closing, **beside) if closing else None,
        fills_total_cents=rundown.fills_total_cents,
        credits_total_cents=rundown.credits_total_cents,
        expected_tray_cents=tray,
        need_now_cents=need - tray if need is not None and tray is not None else None,
        in_transit_cents=sum(
            each.total_cents for each in slips if each.status in ("ISSUED", "PICKED_UP")
        ),
        open_exceptions=sum(
            each.session_id == session_id and each.status == FindingStatus.OPEN
            for each in facts.findings
        ),
        last_observation=read,
    )


def _boxes(facts: TableFacts, session: Session) -> tuple[ServingBox, ...]:
    codes = {box.id: box.code for box in facts.boxes}
    serving = []
    for mount in mounts_serving(facts, session):
        removal = removal_of(facts, mount)
        serving.append(
            ServingBox(
                box=codes[mount.box_id],
                mounted_at=mount.mounted_at,
                drop_id=removal.id if removal else None,
                counted=count_in(facts, mount) is not None,
            )
        )
    return tuple(serving)
