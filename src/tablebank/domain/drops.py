"""Mounting, removing and handing over drop boxes, and taking in what the count room found (BOX, SOFT).

A removal names the last session its box served; what the boxes served together follows from that
(see `boxes`). A count is a fact: posted once, corrected only by a new revision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import (
    count_of,
    drop_state,
    members,
    mounted,
    removal_of,
    serves,
)
from tablebank.domain.decisions import Act, Decision, Signed, after
from tablebank.domain.facts import Box, Count, Custody, Mount, Removal, Session, TableFacts
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import (
    CLOSED_PHASES,
    LIVE,
    CustodyStep,
    DropState,
    Phase,
    RemovalType,
    SnapshotKind,
)

EFFECT: Mapping[str, int] = {
    "CURRENCY": 1,
    "COIN": 1,
    "CHIP": 1,
    "FOREIGN_CURRENCY": 1,
    "VOUCHER": 1,
    "CHECK": 1,
    "MARKER_ISSUE": 1,
    "MARKER_PAYMENT": -1,
    "PROMO_CHIP": 0,
    "FOREIGN_CHIP": 0,
    "COUPON": 0,
    "REJECT": 0,
    "OTHER": 0,
}
"""What each instrument does to the counted drop in the GENERIC profile (SOFT-1)."""

TEAM_MINIMUM = 2
"""The smallest count team of the GENERIC profile (SIGN-3)."""


def serves_from(facts: TableFacts) -> int:
    """The ordinal of the first session that a box mounted now serves (BOX-5).

    After a SCHEDULED removal the next session on; after UNSCHEDULED or EMERGENCY the named one too,
    if it was still live at the removal. A table's first box serves what is live, or what comes.
    """
    gone = [mount for mount in facts.mounts if mount.taken_off_at is not None]
    last = max(gone, key=lambda mount: (mount.taken_off_at, mount.recorded_at), default=None)
    removal = removal_of(facts, last) if last else None
    if last is None or removal is None or last.served_to is None:
        live = any(session.phase in LIVE for session in facts.sessions)
        return facts.table.last_ordinal if live else facts.table.last_ordinal + 1
    if removal.type == RemovalType.SCHEDULED:
        return last.served_to + 1
    named = next(session for session in facts.sessions if session.id == removal.session_id)
    was_live = named.closed_at is None or named.closed_at > removal.removed_at
    return last.served_to if was_live else last.served_to + 1


def mount_box(
    *, act: Act, facts: TableFacts, box: Box, is_free: bool, seal: str | None
) -> Decision:
    """Put a box on a table that has none (BOX-1, BOX-2: at most one at a time)."""
    standing = mounted(facts)
    if standing is not None:
        raise Refused(Refusal.TABLE_HAS_BOX, {"box_id": str(standing.box_id)})
    mount = new_mount(act=act, facts=facts, box=box, is_free=is_free, seal=seal)
    return Decision(
        new=(mount,),
        changed=_tracks(after(facts, (mount,))),
        signed=(Signed(subject_id=mount.id),),
        subject_id=facts.table.id,
    )


def new_mount(
    *,
    act: Act,
    facts: TableFacts,
    box: Box,
    is_free: bool,
    seal: str | None = None,
    in_play: bool = False,
) -> Mount:
    """The mounting row; refuses a box that is on a table or not counted yet (BOX-2)."""
    if not is_free:
        raise Refused(Refusal.BOX_NOT_FREE, {"box": box.code})
    return Mount(
        id=act.new_id(),
        casino_id=facts.table.casino_id,
        box_id=box.id,
        table_id=facts.table.id,
        mounted_at=act.occurred_at,
        recorded_at=act.recorded_at,
        serves_from=serves_from(facts),
        in_play=in_play,
        seal=seal,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """What is said of a removal (BOX-2); the replacement comes with whether it is free."""

    type: RemovalType
    reason: str | None
    seal: str | None
    trip_id: UUID | None
    surveillance: Mapping[str, str]
    box: Box | None
    replacement: Box | None
    replacement_is_free: bool


def remove_box(*, act: Act, facts: TableFacts, session: Session, taking: Taking) -> Decision:
    """Take the mounted box off, on the last session it served, and mount another instead (BOX-2).

    Possible from OPEN on, also after a finalize with pending count. Refuses a box that is not the
    one mounted, a session that is neither the live one nor the table's latest closed one, and an
    unscheduled or emergency removal without a reason.
    """
    standing = mounted(facts)
    if standing is None or (taking.box is not None and taking.box.id != standing.box_id):
        raise Refused(
            Refusal.BOX_NOT_MOUNTED, {"mounted": str(standing.box_id) if standing else None}
        )
    _check_named(facts, session)
    if taking.type != RemovalType.SCHEDULED and not taking.reason:
        raise Refused(Refusal.REASON_REQUIRED, {"type": str(taking.type)})
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    earliest = max(standing.mounted_at, opener.occurred_at if opener else standing.mounted_at)
    check_not_before(act.occurred_at, earliest=earliest, what="the mounting or the opener")
    ordinal = session.ordinal or 0
    off = replace(
        standing,
        taken_off_at=act.occurred_at,
        served_to=ordinal,
        serves_from=min(standing.serves_from, ordinal),
    )
    removal = _removal(act=act, facts=facts, session=session, taking=taking, mount=off)
    first_link = _link(act, removal, CustodyStep.REMOVED, taking.seal)
    new: list[Any] = [removal, first_link]
    without = after(facts, (off, removal, first_link))
    if taking.replacement is not None:
        new.append(
            new_mount(
                act=act,
                facts=without,
                box=taking.replacement,
                is_free=taking.replacement_is_free,
            )
        )
    return Decision(
        new=tuple(new),
        changed=(off, *_tracks(after(without, new))),
        signed=(
            Signed(subject_id=removal.id, session_id=session.id),
            Signed(subject_id=first_link.id, session_id=session.id),
        ),
        subject_id=removal.id,
        session_id=session.id,
    )


def _check_named(facts: TableFacts, session: Session) -> None:
    everyone = members(facts)
    closed = [each for each in everyone if each.phase in CLOSED_PHASES]
    allowed = {each.id for each in everyone if each.phase in LIVE - {Phase.OPENING}}
    if closed:
        allowed.add(closed[-1].id)
    if session.id not in allowed:
        raise Refused(Refusal.SESSION_NOT_OPEN, {"status": str(session.phase)})


def _removal(
    *, act: Act, facts: TableFacts, session: Session, taking: Taking, mount: Mount
) -> Removal:
    return Removal(
        id=act.new_id(),
        casino_id=session.casino_id,
        mount_id=mount.id,
        box_id=mount.box_id,
        table_id=facts.table.id,
        session_id=session.id,
        gaming_day=session.gaming_day,
        type=taking.type,
        removed_at=act.occurred_at,
        recorded_at=act.recorded_at,
        reason=taking.reason,
        seal=taking.seal,
        trip_id=taking.trip_id,
        replacement_box_id=taking.replacement.id if taking.replacement else None,
        surveillance=taking.surveillance,
    )


def _link(act: Act, removal: Removal, step: CustodyStep, seal: str | None) -> Custody:
    return Custody(
        id=act.new_id(),
        casino_id=removal.casino_id,
        removal_id=removal.id,
        step=step,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        seal=seal,
    )


def _tracks(facts: TableFacts) -> tuple[Session, ...]:
    """The sessions whose drop track moves with these facts (BOX-5)."""
    return tuple(
        replace(session, drop_state=now)
        for session in members(facts)
        if (now := drop_state(facts, session)) != session.drop_state
    )


def record_custody(
    *, act: Act, facts: TableFacts, removal: Removal, step: CustodyStep, seal: str | None
) -> Decision:
    """One more hand-over of a removed box, signed by two (BOX-4). Each link is recorded once."""
    links = [link for link in facts.custody if link.removal_id == removal.id]
    if any(link.step == step for link in links):
        raise Refused(Refusal.CUSTODY_ORDER, {"step": str(step)})
    earliest = max((link.occurred_at for link in links), default=removal.removed_at)
    check_not_before(act.occurred_at, earliest=earliest, what="the hand-over before it")
    link = _link(act, removal, step, seal)
    return Decision(
        new=(link,),
        signed=(Signed(subject_id=link.id, session_id=removal.session_id),),
        subject_id=removal.id,
        session_id=removal.session_id,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What the count room says of one box (SOFT-1)."""

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


def checked_lines(
    contents: Sequence[Mapping[str, Any]], *, total_cents: int
) -> tuple[Mapping[str, Any], ...]:
    """The content lines, when no amount is negative and they add up to the total (SOFT-3)."""
    errors: list[FieldError] = []
    for index, line in enumerate(contents):
        worth = line.get("denomination_cents"), line.get("quantity")
        if line["amount_cents"] < 0 or any(part is not None and part < 0 for part in worth):
            errors.append(
                FieldError(f"/contents/{index}", "NEGATIVE_AMOUNT", "An amount is negative.")
            )
        elif None not in worth and worth[0] * worth[1] != line["amount_cents"]:
            errors.append(
                FieldError(
                    f"/contents/{index}/amount_cents",
                    "TOTAL_MISMATCH",
                    "The amount is not quantity times denomination.",
                )
            )
    if errors:
        raise Refused(Refusal[errors[0].code], errors=errors)
    if sum(line["amount_cents"] for line in contents) != total_cents:
        raise Refused(Refusal.TOTAL_MISMATCH, {"total_cents": total_cents})
    return tuple(contents)


def post_count(*, act: Act, facts: TableFacts, removal: Removal, result: Result) -> Decision:
    """Take in one box's count: once (SOFT-2), and every session it completes is COUNTED (SOFT-6).

    The same batch again is answered as the first time; another, or the same with other content, is
    ALREADY_COUNTED. A correction names the count it replaces, with a reason and two signers.
    """
    standing = count_of(facts, removal)
    if standing is not None and result.supersedes is None:
        if standing.batch_id == result.batch_id and _same(standing, result):
            return Decision(
                subject_id=standing.id, session_id=removal.session_id, changed_nothing=True
            )
        raise Refused(Refusal.ALREADY_COUNTED, {"count_id": str(standing.id)})
    if result.supersedes is not None and (
        standing is None or standing.id != result.supersedes or not result.reason
    ):
        raise Refused(
            Refusal.COUNT_REVISION_INVALID,
            {"count_id": str(standing.id) if standing else None, "needed": ["reason"]},
        )
    links = [link for link in facts.custody if link.removal_id == removal.id]
    last = max((link.occurred_at for link in links), default=removal.removed_at)
    check_not_before(act.occurred_at, earliest=last, what="the last hand-over")
    count = _count(act=act, removal=removal, result=result, standing=standing)
    new: list[Any] = [count]
    if standing is None:
        new.append(_link(act, removal, CustodyStep.OPENED, None))
    moved = tuple(
        replace(session, drop_posted_at=act.now)
        if session.drop_state == DropState.COUNTED
        else session
        for session in _tracks(after(facts, new))
    )
    return Decision(
        new=tuple(new),
        changed=moved,
        signed=tuple(Signed(subject_id=each.id, session_id=removal.session_id) for each in new),
        subject_id=count.id,
        session_id=removal.session_id,
    )


def _count(*, act: Act, removal: Removal, result: Result, standing: Count | None) -> Count:
    lines = checked_lines(result.contents, total_cents=result.total_cents)
    return Count(
        id=act.new_id(),
        casino_id=removal.casino_id,
        removal_id=removal.id,
        batch_id=result.batch_id,
        revision=standing.revision + 1 if standing else 1,
        contents=lines,
        total_cents=result.total_cents,
        drop_effect_cents=sum(EFFECT[line["instrument"]] * line["amount_cents"] for line in lines),
        first_count_cents=result.first_count_cents,
        second_count_cents=result.second_count_cents,
        tester=result.tester,
        evidence=tuple(result.evidence),
        team=result.team,
        reported_exceptions=tuple(result.reported_exceptions),
        supersedes=result.supersedes,
        reason=result.reason,
        counted_at=act.occurred_at,
        recorded_at=act.recorded_at,
    )


def _same(standing: Count, result: Result) -> bool:
    return (
        list(standing.contents) == list(result.contents)
        and standing.total_cents == result.total_cents
        and standing.first_count_cents == result.first_count_cents
        and standing.second_count_cents == result.second_count_cents
        and list(standing.evidence) == list(result.evidence)
        and set(standing.team) == set(result.team)
    )


def sessions_served(facts: TableFacts, mount: Mount) -> tuple[Session, ...]:
    """The sessions a mounting served, in order (BOX-5)."""
    return tuple(each for each in members(facts) if serves(mount, each.ordinal or 0))
