"""Commands of boxes and counts: register, mount, remove, hand over, count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.commands.independence import check_independent
from tablebank.commands.reaching import reach_of_boxes
from tablebank.commands.scene import (
    Command,
    Scene,
    the_casino,
    the_drop,
    the_session,
    the_table,
)
from tablebank.commands.transfers import transfer_findings
from tablebank.domain.count_sessions import CountSession
from tablebank.domain.decisions import Decision, after
from tablebank.domain.drop_timing import out_of_schedule
from tablebank.domain.drops import Taking, mount_box, record_custody, remove_box
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.facts import Box, Count, Finding, Removal, Table
from tablebank.domain.findings.drop_out_of_schedule import (
    DROP_OUT_OF_SCHEDULE,
    RUN,
    out_of_schedule_on_run,
)
from tablebank.domain.money import checked_cents
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.soft_count import Result, checked_lines, post_count
from tablebank.domain.terms import BoxKind, CustodyStep, RemovalType
from tablebank.domain.trips import DropTrip


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterBox:
    """A box of a table or of the emergency pool (BOX-1)."""

    code: str
    table_id: UUID | None = None
    kind: BoxKind = BoxKind.TABLE


def _check_register(scene: Scene, body: RegisterBox) -> RegisterBox:
    if body.table_id is not None:
        scene.must(Table, body.table_id)
    return body


def _register(scene: Scene, body: RegisterBox) -> Decision:
    if scene.all_of(Box, "code = %s", body.code):
        raise Refused(Refusal.CODE_TAKEN, {"code": body.code})
    box = Box(
        id=scene.acted().new_id(),
        casino_id=scene.casino_id,
        code=body.code,
        table_id=body.table_id,
        kind=body.kind,
    )
    return Decision(new=(box,), subject_id=box.id)


REGISTER_BOX = Command(
    name="register_box",
    body=RegisterBox,
    step="settings",
    find=the_casino,
    check=_check_register,
    decide=_register,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class MountBox:
    box: str
    seal: str | None = None
    found: Box | None = None


def _check_mount(scene: Scene, body: MountBox) -> MountBox:
    return replace(body, found=scene.box_named(body.box, pointer="/box"))


def _mount(scene: Scene, body: MountBox) -> Decision:
    if body.found is None:
        raise RuntimeError("the box was not looked up")
    return mount_box(
        act=scene.acted(),
        facts=scene.on_table(),
        box=body.found,
        is_free=scene.box_is_free(body.found),
        seal=body.seal,
    )


MOUNT_BOX = Command(
    name="mount_box",
    body=MountBox,
    step="mount_box",
    find=the_table,
    check=_check_mount,
    decide=_mount,
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveBox:
    """What the crew says of a removal (BOX-2).

    `notices` are those told beside surveillance, each with when: of an unscheduled or emergency
    drop the regulator's agent, say (DRP-05, DRP-13).
    """

    type: RemovalType
    surveillance: Mapping[str, str]
    box: str | None = None
    reason: str | None = None
    seal: str | None = None
    trip_id: UUID | None = None
    replacement_box: str | None = None
    notices: Sequence[Mapping[str, str]] = ()
    taken: Box | None = None
    replacement: Box | None = None


def _check_remove(scene: Scene, body: RemoveBox) -> RemoveBox:
    if body.trip_id is not None:
        scene.must(DropTrip, body.trip_id)
    return replace(
        body,
        taken=scene.box_named(body.box, pointer="/box"),
        replacement=scene.box_named(body.replacement_box, pointer="/replacement_box"),
    )


def _remove(scene: Scene, body: RemoveBox) -> Decision:
    """The trip is locked after the table: so do those who end it, and its finding is one."""
    trip = scene.must_alone(DropTrip, body.trip_id) if body.trip_id else None
    act, session = scene.acted(), scene.session()
    named = [each for each in (body.taken, body.replacement) if each is not None]
    scene.facts = after(scene.on_table(), named)
    decision = remove_box(
        act=act,
        facts=scene.on_table(),
        session=session,
        taking=Taking(
            type=body.type,
            reason=body.reason,
            seal=body.seal,
            trip=trip,
            surveillance=body.surveillance,
            box=body.taken,
            replacement=body.replacement,
            replacement_is_free=_is(scene.box_is_free, body.replacement),
            replacement_hangs=_is(scene.box_hangs, body.replacement),
            notices=tuple(body.notices),
            out_of_schedule=out_of_schedule(
                scene.all_of(DropScheduleRow),
                calendar=scene.house.calendar,
                session=session,
                what=body.type,
                at=act.occurred_at,
            ),
            custody_steps=scene.house.settings.custody_steps,
        ),
    )
    return decision if trip is None else replace(decision, findings=_of_run(scene, trip, decision))


def _is(what: Callable[[Box], bool], box: Box | None) -> bool:
    return box is not None and what(box)


def _of_run(scene: Scene, trip: DropTrip, decision: Decision) -> tuple[Finding, ...]:
    """A run that is off its schedule is one finding, whichever of its boxes shows it (BOX-3)."""
    removal = next(each for each in decision.new if isinstance(each, Removal))
    kept = scene.all_of(
        Finding,
        "kind = %s and subject_type = %s and subject_id = %s",
        DROP_OUT_OF_SCHEDULE.name,
        RUN,
        str(trip.id),
    )
    return out_of_schedule_on_run(act=scene.acted(), trip=trip, removal=removal, kept=kept)


REMOVE_BOX = Command(
    name="remove_box",
    body=RemoveBox,
    step=lambda scene, body: (
        "remove_box"
        if body is not None and body.type != RemovalType.EMERGENCY
        else "remove_box_emergency"
    ),
    find=the_session,
    check=_check_remove,
    decide=_remove,
    creates=True,
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordCustody:
    step: CustodyStep
    seal: str | None = None


RECORD_CUSTODY = Command(
    name="record_custody",
    body=RecordCustody,
    step="record_custody",
    find=the_drop,
    decide=lambda scene, body: record_custody(
        act=scene.acted(),
        facts=scene.on_table(),
        removal=scene.removal(),
        step=body.step,
        seal=body.seal,
    ),
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PostCount:
    """One box's count as the count room has it (SOFT-1)."""

    batch_id: str
    contents: Sequence[Mapping[str, Any]]
    total_cents: int
    first_count_cents: int
    second_count_cents: int
    evidence: Sequence[Mapping[str, Any]]
    team: tuple[str, ...]
    tester: Mapping[str, Any] | None = None
    reported_exceptions: Sequence[Mapping[str, Any]] = ()
    supersedes: UUID | None = None
    reason: str | None = None


def checked_count(
    *,
    first: int,
    second: int,
    contents: Sequence[Mapping[str, Any]],
    total: int,
    evidence: Sequence[Mapping[str, Any]],
    pointer: str = "",
) -> None:
    """Refuses a count with a negative amount, or with a total that is not its sum (SOFT-3)."""
    checked_cents(first, pointer=f"{pointer}/first_count_cents")
    checked_cents(second, pointer=f"{pointer}/second_count_cents")
    checked_lines(contents, total_cents=total)
    for index, found in enumerate(evidence):
        if found.get("amount_cents") is not None:
            checked_cents(found["amount_cents"], pointer=f"{pointer}/evidence/{index}/amount_cents")


def _check_count(scene: Scene, body: PostCount) -> PostCount:
    if body.supersedes is not None:
        scene.must(Count, body.supersedes)
    checked_count(
        first=body.first_count_cents,
        second=body.second_count_cents,
        contents=body.contents,
        total=body.total_cents,
        evidence=body.evidence,
    )
    if len(set(body.team)) < len(body.team):
        error = FieldError("/team", Refusal.SIGNERS_NOT_DISTINCT.name, "A badge stands twice.")
        raise Refused(Refusal.SIGNERS_NOT_DISTINCT, errors=[error])
    return body


def _count(scene: Scene, body: PostCount) -> Decision:
    """One box: a count session of one (SOFT-7). A correction may move its session's total."""
    removal = scene.removal()
    check_independent(
        scene, [each.staff_id for each in scene.acted().signers], day=removal.gaming_day
    )
    decision = _one_box(scene, body, removal)
    counted = [each for each in decision.new if isinstance(each, Count)]
    if not counted or counted[0].count_session_id is None:
        return decision
    session = scene.must(CountSession, counted[0].count_session_id)
    return replace(decision, findings=transfer_findings(scene, session, counted))


def _one_box(scene: Scene, body: PostCount, removal: Removal) -> Decision:
    return post_count(
        act=scene.acted(),
        settings=scene.house.settings,
        facts=scene.on_table(),
        removal=removal,
        result=Result(
            batch_id=body.batch_id,
            contents=body.contents,
            total_cents=body.total_cents,
            first_count_cents=body.first_count_cents,
            second_count_cents=body.second_count_cents,
            evidence=body.evidence,
            team=body.team,
            tester=body.tester,
            reported_exceptions=body.reported_exceptions,
            supersedes=body.supersedes,
            reason=body.reason,
        ),
    )


POST_COUNT = Command(
    name="post_count",
    body=PostCount,
    step="post_count",
    find=the_drop,
    check=_check_count,
    decide=_count,
    reach=lambda scene, body: reach_of_boxes(scene, [scene.named()], body.evidence),
    team=lambda scene, body: body.team,
    creates=True,
)
