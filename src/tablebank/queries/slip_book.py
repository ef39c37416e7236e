"""Slips as everybody sees them: chips, status, every step with who signed it (SLIP-1, SLIP-10)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.facts import Box, Mount, Slip, SlipStep
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.queries.paper_book import PaperSheet, papers_by_subject
from tablebank.queries.session_sheet import Signed, signatures_by_subject
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One change of a slip's status."""

    status: str
    occurred_at: datetime
    recorded_at: datetime
    signatures: tuple[Signed, ...]
    reason: str | None
    paper: PaperSheet | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipSheet:
    """A slip as `docs/interface.md` has it."""

    id: UUID
    session_id: UUID
    table_id: UUID
    shift_id: UUID
    gaming_day: date
    kind: str
    purpose: str
    number: str | None
    request_number: str | None
    status: str
    disputed: bool
    chipset: dict[str, int]
    lines: tuple[Any, ...]
    total_cents: int
    tray_instant: datetime | None
    runner_id: UUID | None
    moved_at: datetime | None
    box: str | None
    deposited_at: datetime | None
    counted_back: dict[str, int] | None
    replaced_by: UUID | None
    replaces: UUID | None
    back_entry: bool
    paper: PaperSheet | None
    request_first: bool
    history: tuple[Step, ...]


def slips_by_id(
    cursor: Cursor, casino_id: UUID, slip_ids: Collection[UUID]
) -> tuple[SlipSheet, ...]:
    """The sheets of these slips, in the order asked."""
    wanted = list(slip_ids)
    slips = {
        each.id: each for each in load_many(cursor, Slip, of(casino_id, "id = any(%s)", wanted))
    }
    steps: dict[UUID, list[SlipStep]] = defaultdict(list)
    for step in load_many(cursor, SlipStep, of(casino_id, "slip_id = any(%s)", wanted)):
        steps[step.slip_id].append(step)
    signed = signatures_by_subject(
        cursor, casino_id, [step.id for each in steps.values() for step in each]
    )
    boxes = _boxes(cursor, casino_id, slips.values())
    papers = papers_by_subject(
        cursor, casino_id, [step.id for each in steps.values() for step in each]
    )
    voided = load_many(cursor, Slip, of(casino_id, "replaced_by = any(%s)", wanted))
    replaced = {each.replaced_by: each.id for each in voided}
    return tuple(
        _sheet(
            slips[slip_id],
            steps[slip_id],
            signed,
            papers,
            box=boxes.get(slips[slip_id].mount_id),
            replaces=replaced.get(slip_id),
        )
        for slip_id in wanted
        if slip_id in slips
    )


def _boxes(cursor: Cursor, casino_id: UUID, slips: Collection[Slip]) -> dict[UUID | None, str]:
    """The code of the box behind each mounting that a slip was deposited in."""
    mount_ids = [each.mount_id for each in slips if each.mount_id is not None]
    if not mount_ids:
        return {}
    mounts = load_many(cursor, Mount, of(casino_id, "id = any(%s)", mount_ids))
    boxes = load_many(cursor, Box, of(casino_id, "id = any(%s)", [each.box_id for each in mounts]))
    codes = {box.id: box.code for box in boxes}
    return {mount.id: codes[mount.box_id] for mount in mounts}


def _sheet(
    slip: Slip,
    steps: list[SlipStep],
    signed: dict[UUID, tuple[Signed, ...]],
    papers: Mapping[UUID, PaperSheet],
    *,
    box: str | None,
    replaces: UUID | None,
) -> SlipSheet:
    return SlipSheet(
        id=slip.id,
        session_id=slip.session_id,
        table_id=slip.table_id,
        shift_id=slip.shift_id,
        gaming_day=slip.gaming_day,
        kind=slip.kind,
        purpose=slip.purpose,
        number=slip.number,
        request_number=slip.request_number,
        status=slip.status,
        disputed=slip.disputed,
        chipset=dict(slip.chipset),
        lines=tuple(slip.lines),
        total_cents=slip.total_cents,
        tray_instant=slip.tray_instant,
        runner_id=slip.runner_id,
        moved_at=slip.moved_at,
        box=box,
        deposited_at=slip.deposited_at,
        counted_back=dict(slip.counted_back) if slip.counted_back is not None else None,
        replaced_by=slip.replaced_by,
        replaces=replaces,
        back_entry=any(step.id in papers for step in steps),
        paper=next((papers[step.id] for step in steps if step.id in papers), None),
        request_first=slip.request_first,
        history=tuple(
            Step(
                status=step.status,
                occurred_at=step.occurred_at,
                recorded_at=step.recorded_at,
                signatures=signed.get(step.id, ()),
                reason=step.reason,
                paper=papers.get(step.id),
            )
            for step in steps
        ),
    )


def slips_of_session(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[SlipSheet, ...]:
    """The slips whose rundown this session is, oldest first (SLIP-12)."""
    found = load_many(cursor, Slip, of(casino_id, "session_id = %s", session_id))
    return slips_by_id(cursor, casino_id, [each.id for each in found])


def slip_ids(
    cursor: Cursor,
    casino_id: UUID,
    *,
    asked: Asked,
    session_id: UUID | None = None,
    status: str | None = None,
    kind: str | None = None,
    number: str | None = None,
    in_transit: bool | None = None,
) -> Ids:
    """One page of the slips that meet the filters."""
    return ids_of(
        cursor,
        "select kept.id from slip kept where kept.casino_id = %(casino)s"
        " and (%(session)s::uuid is null or kept.session_id = %(session)s)"
        " and (%(status)s::text is null or kept.status = %(status)s)"
        " and (%(kind)s::text is null or kept.kind = %(kind)s)"
        " and (%(number)s::text is null or kept.number = %(number)s"
        "      or kept.request_number = %(number)s)"
        " and (%(transit)s::bool is null"
        "      or (kept.status in ('ISSUED', 'PICKED_UP')) = %(transit)s)",
        {
            "casino": casino_id,
            "session": session_id,
            "status": status,
            "kind": kind,
            "number": number,
            "transit": in_transit,
        },
        asked=asked,
    )
