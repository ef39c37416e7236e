"""Commands at a tray beside its counts: begin a count, count the tray of a closed table, read one
tray or a whole pit by eye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_casino, the_session, the_table
from tablebank.domain.blind import first_count
from tablebank.domain.chips import ChipList, check_total, parse_chipset, total_cents
from tablebank.domain.count_guard import start_count
from tablebank.domain.decisions import Decision, Signed
from tablebank.domain.facts import Session, Snapshot, Table
from tablebank.domain.idle_count import record_idle_count
from tablebank.domain.observing import Read, Said, observe, read_of
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import SnapshotKind
from tablebank.domain.trays import CountStart, Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class StartCount:
    """Begin a count of the tray: chips that move from here on make it stale (SNAP-5).

    Begun again, it renews the one that ran: `moved` says what touched the tray in between.
    """

    kind: SnapshotKind


START_COUNT = Command(
    name="start_count",
    body=StartCount,
    step="start_count",
    find=the_session,
    decide=lambda scene, body: start_count(
        act=scene.acted(), facts=scene.on_table(), session=scene.session(), kind=body.kind
    ),
    creates=True,
)


def check_count_named(scene: Scene, count_id: UUID | None, *, kind: SnapshotKind) -> None:
    """Refuses NOT_FOUND a start that is not of the path's session and of this kind (SNAP-5)."""
    if count_id is None:
        return
    named = scene.all_of(CountStart, "id = %s", count_id)
    of_this = [
        each for each in named if each.session_id == scene.target.session_id and each.kind == kind
    ]
    if not of_this:
        raise Refused(Refusal.NOT_FOUND, {"count_id": str(count_id)})


def first_signed_by(scene: Scene, *, kind: SnapshotKind) -> frozenset[UUID]:
    """Who signed the first count of this kind that waits for its second (SNAP-4)."""
    if not scene.house.settings.blind_counts:
        return frozenset()
    first = first_count(scene.on_table(), scene.session(), kind)
    return scene.signers_of(first.id) if first is not None else frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class CountIdle:
    """The tray of a table that stands closed, by chips (SNAP-7); `reason` where it differs."""

    chipset: Any = None
    total_cents: int | None = None
    reason: str | None = None


def _check_idle(scene: Scene, body: CountIdle) -> CountIdle:
    chips = scene.house.chips_on(scene.house.calendar.day_of(scene.occurred_at))
    chipset = parse_chipset(body.chipset, chips=chips, may_be_empty=True)
    check_total(claimed=body.total_cents, total=total_cents(chipset, chips=chips))
    return replace(body, chipset=chipset)


COUNT_IDLE = Command(
    name="count_idle",
    body=CountIdle,
    step="record_snapshot",
    find=the_table,
    check=_check_idle,
    decide=lambda scene, body: record_idle_count(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        chipset=body.chipset,
        reason=body.reason,
    ),
    creates=True,
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Observe:
    """What one supervisor reads in a tray by eye: a total or chips, and perhaps the drop so far.

    An estimate (SNAP-6): it enters no rundown, no comparison and no expected tray.
    """

    total_cents: int | None = None
    chipset: Any = None
    estimated_drop_cents: int | None = None
    read: Read | None = None


def _check_observed(scene: Scene, body: Observe) -> Observe:
    session = scene.kept[_session_id(scene)]
    said = Said(
        session_id=session.id,
        total_cents=body.total_cents,
        chipset=body.chipset,
        estimated_drop_cents=body.estimated_drop_cents,
    )
    return replace(body, read=read_of(said, chips=scene.house.chips_on(session.gaming_day)))


def _session_id(scene: Scene) -> UUID:
    if scene.target.session_id is None:
        raise RuntimeError("the command is not about a session")
    return scene.target.session_id


def _observe(scene: Scene, body: Observe) -> Decision:
    if body.read is None:
        raise RuntimeError("the reading is not checked yet")
    session = scene.session()
    opener = effective_snapshot(scene.on_table(), session.id, SnapshotKind.OPENING)
    observed = observe(act=scene.acted(), session=session, opener=opener, read=body.read)
    return _noted([observed])


def _noted(observed: Sequence[Observation]) -> Decision:
    alone = len(observed) == 1
    return Decision(
        new=tuple(observed),
        signed=tuple(Signed(subject_id=each.id, session_id=each.session_id) for each in observed),
        subject_id=observed[0].id,
        session_id=observed[0].session_id if alone else None,
    )


OBSERVE = Command(
    name="observe",
    body=Observe,
    step="observe",
    find=the_session,
    check=_check_observed,
    decide=_observe,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ObserveSheet:
    """A whole pit read by eye: one item for each table that was read (SNAP-6).

    All of it or none: an item that cannot be taken is pointed at, and nothing is kept.
    """

    items: Sequence[Mapping[str, Any]]
    reads: Sequence[Read] = ()


def _check_sheet(scene: Scene, body: ObserveSheet) -> ObserveSheet:
    """Every session of the sheet is here, once, and every reading says what a tray can hold."""
    ids = [UUID(str(item["session_id"])) for item in body.items]
    sessions = {each.id: each for each in scene.all_of(Session, "id = any(%s)", ids)}
    for session_id in ids:
        if session_id not in sessions:
            raise Refused(Refusal.NOT_FOUND, {"session_id": str(session_id)})
    reads: list[Read] = []
    wrong: list[Refused] = []
    for index, item in enumerate(body.items):
        session = sessions[ids[index]]
        chips = scene.house.chips_on(session.gaming_day)
        try:
            if ids[index] in ids[:index]:
                raise _at(index, Refusal.SHAPE, "This table is on the sheet already.")
            reads.append(_read(item, session, chips=chips, pointer=f"/items/{index}"))
        except Refused as no:
            wrong.append(no)
    _refuse_all(wrong)
    return replace(body, reads=tuple(reads))


def _read(item: Mapping[str, Any], session: Session, *, chips: ChipList, pointer: str) -> Read:
    said = Said(
        session_id=session.id,
        total_cents=item.get("total_cents"),
        chipset=item.get("chipset"),
        estimated_drop_cents=item.get("estimated_drop_cents"),
    )
    return read_of(said, chips=chips, pointer=pointer)


def _at(index: int, refusal: Refusal, message: str) -> Refused:
    return Refused(refusal, errors=[FieldError(f"/items/{index}", refusal.name, message)])


def _refuse_all(wrong: Sequence[Refused]) -> None:
    """One refusal for everything that is wrong with a sheet, each error at its own item."""
    if wrong:
        errors = [error for each in wrong for error in each.errors]
        raise Refused(wrong[0].refusal, wrong[0].facts, errors=errors)


def _observe_sheet(scene: Scene, body: ObserveSheet) -> Decision:
    """Lock the tables in one order, then note what was read at each of them."""
    ids = [each.session_id for each in body.reads]
    tables = list({scene.kept[each].table_id for each in ids})
    scene.all_of(Table, "id = any(%s) order by id for update", tables)
    sessions = {each.id: each for each in scene.all_of(Session, "id = any(%s)", ids)}
    openers = _openers(scene, ids)
    observed: list[Observation] = []
    wrong: list[Refused] = []
    for index, read in enumerate(body.reads):
        session = sessions[read.session_id]
        opener = openers.get(session.id)
        try:
            observed.append(observe(act=scene.acted(), session=session, opener=opener, read=read))
        except Refused as no:
            error = FieldError(f"/items/{index}", no.code, no.detail)
            wrong.append(Refused(no.refusal, no.facts, errors=no.errors or [error]))
    _refuse_all(wrong)
    return _noted(observed)


def _openers(scene: Scene, session_ids: Sequence[UUID]) -> dict[UUID, Snapshot]:
    found = scene.all_of(Snapshot, "session_id = any(%s) and kind = 'OPENING'", list(session_ids))
    superseded = {each.supersedes for each in found}
    return {
        each.session_id: each
        for each in found
        if each.session_id is not None and each.id not in superseded
    }


OBSERVE_SHEET = Command(
    name="observe_sheet",
    body=ObserveSheet,
    step="observe",
    find=the_casino,
    check=_check_sheet,
    decide=_observe_sheet,
    creates=True,
)
