"""The command that amends a result, and takes in what comes to light after the close (RUN-6).

Without anything to add it is a new revision of a final report, as the facts stand. What is added is
read from signed paper, one item a fact, or is a closing adopted from the next opener (BACK-1,
BACK-2).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.commands.drops import checked_count
from tablebank.commands.results import signed_no_fact
from tablebank.commands.scene import Command, Scene, Target, the_session
from tablebank.commands.slips import checked_request, told
from tablebank.domain.back_entry import paper_from
from tablebank.domain.chips import check_total, parse_chipset, total_cents
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Removal, Session, Slip
from tablebank.domain.late_facts import (
    AdoptedClosing,
    Late,
    LateBox,
    LateCount,
    LateSlip,
    SettledSlip,
    amend_with,
)
from tablebank.domain.occurrence import AHEAD_OF_CLOCK, check_not_after
from tablebank.domain.papers import Paper
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.results import amend
from tablebank.domain.slips.kind import Asked
from tablebank.domain.soft_count import Result
from tablebank.domain.terms import Purpose, SlipKind, SnapshotKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Amend:
    """Why the result is amended, and the facts that are entered with it, if any.

    `paper` is the one that items without a paper of their own are read from.
    """

    reason: str
    add: Mapping[str, Any] | None = None
    paper: Mapping[str, Any] | None = None
    late: tuple[Late, ...] = ()

    def added(self, name: str) -> Any:
        """What is added under a name; None where nothing is."""
        return (self.add or {}).get(name)


def _find(scene: Scene, record_id: UUID | None) -> Target:
    """The session, and with it the one that followed on its table: what was left is what that one
    found (SESS-5)."""
    target = the_session(scene, record_id)
    after = scene.all_of(
        Session,
        "table_id = %s and previous_session_id = %s and phase <> 'VOIDED'",
        target.table_id,
        target.session_id,
    )
    return replace(target, also_focus=tuple(each.id for each in after))


def _is_from_paper(body: Amend | None) -> bool:
    return body is not None and any(body.added(each) for each in ("snapshots", "slips", "counts"))


def _check(scene: Scene, body: Amend) -> Amend:
    """Every item read against the casino's own lists; each wrong thing at its own place."""
    items = [
        *_each(scene, body, "snapshots", _snapshot),
        *_each(scene, body, "slips", _slip),
        *_each(scene, body, "counts", _count),
    ]
    adopted = body.added("adopt_closing_from")
    if adopted is not None:
        from_id = UUID(str(adopted))
        items.append(AdoptedClosing(occurred_at=scene.occurred_at, paper=None, from_id=from_id))
    if not scene.house.casino.simulated:
        for each in items:
            latest = scene.recorded_at + AHEAD_OF_CLOCK
            check_not_after(each.occurred_at, latest=latest, what="now")
    return replace(body, late=tuple(items))


def _each(scene: Scene, body: Amend, name: str, read: Any) -> Iterator[Late]:
    for index, item in enumerate(body.added(name) or ()):
        pointer = f"/add/{name}/{index}"
        yield read(
            scene,
            item,
            pointer,
            {"occurred_at": _when(scene, item), "paper": _paper(body, item, pointer)},
        )


def _when(scene: Scene, item: Mapping[str, Any]) -> datetime:
    at = item.get("occurred_at")
    return datetime.fromisoformat(at) if at else scene.occurred_at


def _paper(body: Amend, item: Mapping[str, Any], pointer: str) -> Paper:
    paper = item.get("paper") or body.paper
    if paper is None:
        message = "What is added after the close is read from signed paper."
        error = FieldError(f"{pointer}/paper", Refusal.SHAPE.name, message)
        raise Refused(Refusal.SHAPE, errors=[error])
    return paper_from(paper)


def _session(scene: Scene) -> Session:
    session: Session = scene.kept[scene.target.session_id or scene.casino_id]
    return session


def _snapshot(scene: Scene, item: Mapping[str, Any], pointer: str, late: Any) -> Late:
    chips = scene.house.chips_on(_session(scene).gaming_day)
    chipset = parse_chipset(
        item.get("chipset"), chips=chips, pointer=f"{pointer}/chipset", may_be_empty=True
    )
    check_total(claimed=item.get("total_cents"), total=total_cents(chipset, chips=chips))
    return LateCount(
        **late,
        kind=SnapshotKind(item["kind"]),
        chipset=chipset,
        supersedes=_id(item.get("supersedes")),
        reason=item.get("reason"),
    )


def _slip(scene: Scene, item: Mapping[str, Any], pointer: str, late: Any) -> Late:
    telling = told(scene, item.get("steps") or (), item.get("box"), pointer=pointer)
    if item.get("slip_id") is not None:
        slip = scene.must(Slip, UUID(str(item["slip_id"])))
        if slip.table_id != _session(scene).table_id:
            raise Refused(Refusal.NOT_FOUND, {"slip_id": str(slip.id)})
        return SettledSlip(**late, slip_id=slip.id, telling=telling)
    if item.get("kind") is None:
        error = FieldError(f"{pointer}/kind", Refusal.SHAPE.name, "Say FILL or CREDIT.")
        raise Refused(Refusal.SHAPE, errors=[error])
    chipset, lines = checked_request(scene, item, pointer=pointer)
    asked = Asked(
        kind=SlipKind(item["kind"]),
        chipset=chipset,
        purpose=Purpose(item.get("purpose") or Purpose.NORMAL),
        lines=lines,
    )
    return LateSlip(**late, asked=asked, telling=telling)


def _count(scene: Scene, item: Mapping[str, Any], pointer: str, late: Any) -> Late:
    removal = scene.must(Removal, UUID(str(item["drop_id"])))
    if removal.table_id != _session(scene).table_id:
        raise Refused(Refusal.NOT_FOUND, {"drop_id": str(removal.id)})
    checked_count(
        first=item["first_count_cents"],
        second=item["second_count_cents"],
        contents=item["contents"],
        total=item["total_cents"],
        evidence=item.get("evidence") or (),
        pointer=pointer,
    )
    result = Result(
        batch_id=item["batch_id"],
        contents=item["contents"],
        total_cents=item["total_cents"],
        first_count_cents=item["first_count_cents"],
        second_count_cents=item["second_count_cents"],
        evidence=item.get("evidence") or (),
        team=tuple(item.get("team") or late["paper"].signed_by),
        tester=item.get("tester"),
        reported_exceptions=item.get("reported_exceptions") or (),
        supersedes=_id(item.get("supersedes")),
        reason=item.get("reason"),
    )
    return LateBox(**late, removal=removal, result=result)


def _id(text: Any) -> UUID | None:
    return UUID(str(text)) if text else None


def _amend(scene: Scene, body: Amend) -> Decision:
    act, facts, session = scene.acted(), scene.on_table(), scene.session()
    if not body.late:
        return amend(act=act, house=scene.house, facts=facts, session=session, reason=body.reason)
    late: Sequence[Late] = [
        replace(each, occurred_at=act.occurred_at) if isinstance(each, AdoptedClosing) else each
        for each in body.late
    ]
    return amend_with(
        act=act, house=scene.house, facts=facts, session=session, reason=body.reason, late=late
    )


AMEND = Command(
    name="amend",
    body=Amend,
    step=lambda scene, body: "amend_from_paper" if _is_from_paper(body) else "amend",
    find=_find,
    check=_check,
    vet=signed_no_fact,
    decide=_amend,
)
