"""Commands of a session's life: prepare, open, count, close, roll over, void, schedule its drop."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Command, Scene, Target, the_casino, the_session
from tablebank.commands.trays import check_count_named, first_signed_by
from tablebank.domain.boxes import mounted
from tablebank.domain.chips import check_total, parse_chipset, total_cents
from tablebank.domain.closing import (
    attest_par,
    begin_closing,
    close_session,
    force_close,
    roll_over,
    void_session,
)
from tablebank.domain.counting import Counted, record_snapshot
from tablebank.domain.decisions import Decision, Signed
from tablebank.domain.drops import Window, schedule_drop
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Box, Session, Snapshot, Table, TableFacts
from tablebank.domain.gaming_day import Shift
from tablebank.domain.opening import (
    new_session,
    open_session,
    prepare_session,
    prepared_for,
)
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import Basis, Chipset, SnapshotKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepare:
    """One table for one shift; `open` opens it in the same step."""

    table_id: UUID
    shift_id: UUID | None = None
    open: bool = False
    shift: Shift | None = None


def _find_table_of_body(scene: Scene, body: Prepare) -> Prepare:
    table = scene.must(Table, body.table_id)
    scene.target = Target(type="session", id=None, table_id=table.id)
    return replace(body, shift=scene.shift_named(body.shift_id) or scene.shift_now())


def _prepare(scene: Scene, body: Prepare) -> Decision:
    shift = body.shift or scene.shift_now()
    facts, act = scene.on_table(), scene.acted()
    if not body.open:
        return prepare_session(act=act, facts=facts, shift=shift)
    session = prepared_for(facts, shift) or new_session(act=act, facts=facts, shift=shift)
    return open_session(
        act=act, house=scene.house, facts=facts, session=session, policies=scene.policies()
    )


PREPARE = Command(
    name="prepare_session",
    body=Prepare,
    step="prepare",
    find=the_casino,
    check=_find_table_of_body,
    decide=_prepare,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PrepareShift:
    """A whole shift's tables in one call (SESS-3); without a list, every available one."""

    shift_id: UUID | None = None
    table_ids: Sequence[UUID] | None = None
    shift: Shift | None = None


def _check_shift(scene: Scene, body: PrepareShift) -> PrepareShift:
    for table_id in body.table_ids or ():
        scene.must(Table, table_id)
    return replace(body, shift=scene.shift_named(body.shift_id) or scene.shift_now())


def _prepare_shift(scene: Scene, body: PrepareShift) -> Decision:
    """Lock the tables in one order, then prepare what is not prepared; the rest is listed."""
    shift = body.shift or scene.shift_now()
    if body.table_ids is None:
        tables = scene.all_of(Table, "status = 'active' order by id for update")
    else:
        tables = scene.all_of(Table, "id = any(%s) order by id for update", list(body.table_ids))
    prepared = {
        each.table_id
        for each in scene.all_of(Session, "shift_id = %s and phase = 'READY_TO_OPEN'", shift.id)
    }
    new: list[Session] = []
    signed: list[Signed] = []
    refused: list[dict[str, Any]] = []
    for table in tables:
        facts = TableFacts(table=table)
        try:
            if table.id in prepared:
                raise Refused(Refusal.SESSION_ALREADY_PREPARED)
            prepared_now = prepare_session(act=scene.acted(), facts=facts, shift=shift)
            new += prepared_now.new
            signed += prepared_now.signed
        except Refused as no:
            refused.append({"table_id": str(table.id), "table_code": table.code, "code": no.code})
    return Decision(
        new=tuple(new),
        signed=tuple(signed),
        subject_id=shift.id,
        outcome={"items": [str(each.id) for each in new], "refused": refused},
        changed_nothing=not new,
    )


PREPARE_SHIFT = Command(
    name="prepare_shift",
    body=PrepareShift,
    step="prepare",
    find=the_casino,
    check=_check_shift,
    decide=_prepare_shift,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain:
    """A command that says all it has to say by its path."""


def _open(scene: Scene, body: Plain) -> Decision:
    return open_session(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        session=scene.session(),
        policies=scene.policies(),
    )


OPEN = Command(name="open_session", body=Plain, step="open_session", find=the_session, decide=_open)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordSnapshot:
    """A count of the tray by chips; `basis` PAR_ATTESTED takes the par instead (SNAP-2)."""

    kind: SnapshotKind
    chipset: Any = None
    total_cents: int | None = None
    count_id: UUID | None = None
    basis: Basis = Basis.COUNTED
    supersedes: UUID | None = None
    reason: str | None = None


def _check_snapshot(scene: Scene, body: RecordSnapshot) -> RecordSnapshot:
    check_count_named(scene, body.count_id, kind=body.kind)
    if body.supersedes is not None:
        scene.must(Snapshot, body.supersedes)
    if body.basis == Basis.PAR_ATTESTED and body.kind == SnapshotKind.OPENING:
        if body.chipset is not None or body.total_cents is not None:
            message = "A par that is attested is not counted: leave the chips out."
            error = FieldError("/chipset", Refusal.SHAPE.name, message)
            raise Refused(Refusal.SHAPE, errors=[error])
        return body
    session = scene.kept[_the_id(scene)]
    chips = scene.house.chips_on(session.gaming_day)
    chipset = parse_chipset(body.chipset, chips=chips, may_be_empty=True)
    check_total(claimed=body.total_cents, total=total_cents(chipset, chips=chips))
    return replace(body, chipset=chipset)


def _the_id(scene: Scene) -> UUID:
    if scene.target.session_id is None:
        raise RuntimeError("the command is not about a session")
    return scene.target.session_id


def _record_snapshot(scene: Scene, body: RecordSnapshot) -> Decision:
    session = scene.session()
    policy = None
    if body.basis == Basis.PAR_ATTESTED and session.par_policy_id is not None:
        policy = scene.must(ParPolicy, session.par_policy_id)
    return record_snapshot(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        session=session,
        counted=Counted(
            kind=body.kind,
            chipset=body.chipset,
            basis=body.basis,
            supersedes=body.supersedes,
            reason=body.reason,
            count_id=body.count_id,
            first_signed_by=first_signed_by(scene, kind=body.kind),
        ),
        policy=policy,
    )


RECORD_SNAPSHOT = Command(
    name="record_snapshot",
    body=RecordSnapshot,
    step="record_snapshot",
    find=the_session,
    check=_check_snapshot,
    decide=_record_snapshot,
    creates=True,
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class BeginClosing:
    """Why the table is being closed, if anybody asks; it stays in the journal."""

    reason: str | None = None


BEGIN_CLOSING = Command(
    name="begin_closing",
    body=BeginClosing,
    step="begin_closing",
    find=the_session,
    decide=lambda scene, body: begin_closing(
        act=scene.acted(), house=scene.house, facts=scene.on_table(), session=scene.session()
    ),
)

ATTEST_PAR = Command(
    name="attest_par",
    body=Plain,
    step="attest_par",
    find=the_session,
    decide=lambda scene, body: attest_par(
        act=scene.acted(), house=scene.house, session=scene.session()
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Close:
    """CLOSING to CLOSED; by force, a pit manager's, with a reason (CLOSE-2, CLOSE-5)."""

    force: bool = False
    reason: str | None = None


def _close(scene: Scene, body: Close) -> Decision:
    close = force_close if body.force else close_session
    return close(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        session=scene.session(),
        reason=body.reason,
    )


CLOSE = Command(
    name="close_session",
    body=Close,
    step=lambda scene, body: "force_close" if body is not None and body.force else "close_session",
    find=the_session,
    decide=_close,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RollOver:
    """One count that closes session n and opens n+1 (SESS-8); it may name its start (SNAP-5)."""

    chipset: Any
    total_cents: int | None = None
    shift_id: UUID | None = None
    box: str | None = None
    reason: str | None = None
    count_id: UUID | None = None
    shift: Shift | None = None
    into: Box | None = None


def _check_roll_over(scene: Scene, body: RollOver) -> RollOver:
    check_count_named(scene, body.count_id, kind=SnapshotKind.CLOSING)
    session = scene.kept[_the_id(scene)]
    chips = scene.house.chips_on(session.gaming_day)
    chipset: Chipset = parse_chipset(body.chipset, chips=chips, may_be_empty=True)
    check_total(claimed=body.total_cents, total=total_cents(chipset, chips=chips))
    box = scene.box_named(body.box, pointer="/box")
    return replace(body, chipset=chipset, into=box, shift=scene.shift_named(body.shift_id))


def _roll_over(scene: Scene, body: RollOver) -> Decision:
    """A box that is named is the one both forms go into: the one mounted (SNAP-8)."""
    standing = mounted(scene.on_table())
    if body.into is not None and (standing is None or standing.box_id != body.into.id):
        raise Refused(Refusal.BOX_NOT_MOUNTED, {"box": body.box})
    return roll_over(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        session=scene.session(),
        shift=body.shift,
        chipset=body.chipset,
        reason=body.reason,
        policies=scene.policies(),
        count_id=body.count_id,
        first_signed_by=first_signed_by(scene, kind=SnapshotKind.CLOSING),
    )


ROLL_OVER = Command(
    name="roll_over",
    body=RollOver,
    step="roll_over",
    find=the_session,
    check=_check_roll_over,
    decide=_roll_over,
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WithReason:
    """A step that only asks why."""

    reason: str


VOID_SESSION = Command(
    name="void_session",
    body=WithReason,
    step="void_session",
    find=the_session,
    decide=lambda scene, body: void_session(
        facts=scene.on_table(), session=scene.session(), reason=body.reason
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduleDrop:
    window_start: datetime
    window_end: datetime


SCHEDULE_DROP = Command(
    name="schedule_drop",
    body=ScheduleDrop,
    step="schedule_drop",
    find=the_session,
    decide=lambda scene, body: schedule_drop(
        facts=scene.on_table(),
        session=scene.session(),
        window=Window(start=body.window_start, end=body.window_end),
    ),
)
