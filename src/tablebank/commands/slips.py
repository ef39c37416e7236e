"""Commands of fills and credits: ask, issue, pick up, verify, deposit, cancel, void."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_session, the_slip
from tablebank.commands.sessions import Plain, WithReason
from tablebank.domain.chips import check_total, parse_chipset, total_cents
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Slip
from tablebank.domain.money import checked_cents
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.slips.credit import pick_up_credit, verify_credit
from tablebank.domain.slips.fill import issue_fill, verify_fill
from tablebank.domain.slips.kind import (
    Asked,
    Voiding,
    cancel_slip,
    deposit_slip,
    request_slip,
    void_slip,
)
from tablebank.domain.slips.relief import relieve_runner
from tablebank.domain.slips.told import Telling, Told, enter_slip
from tablebank.domain.terms import Chipset, Purpose, SlipKind, SlipStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestSlip:
    """Chips asked for by denomination; a total, if sent, must be their sum (CHIP-3). From paper it
    is a whole slip: `steps` say how far it came and when, `box` where it lies (BACK-1)."""

    chipset: Any
    total_cents: int | None = None
    purpose: Purpose = Purpose.NORMAL
    lines: Sequence[Mapping[str, Any]] = ()
    steps: Sequence[Mapping[str, Any]] = ()
    box: str | None = None
    telling: Telling = field(default_factory=Telling)


def told(
    scene: Scene, steps: Iterable[Mapping[str, Any]], box: str | None, *, pointer: str = ""
) -> Telling:
    """A slip's road as a paper has it; refuses a box that is not here."""
    named = scene.box_named(box, pointer=f"{pointer}/box")
    return Telling(
        steps=tuple(
            Told(
                status=SlipStatus(each["status"]),
                occurred_at=datetime.fromisoformat(each["occurred_at"]),
            )
            for each in steps
        ),
        box_id=named.id if named else None,
    )


def checked_request(
    scene: Scene, said: Mapping[str, Any], *, pointer: str = ""
) -> tuple[Chipset, tuple[Mapping[str, Any], ...]]:
    """The chips and lines that are asked for, with `chipset`, `lines` and perhaps `total_cents`
    said; refuses chips that are not the casino's and a total that is not their sum (CHIP-3)."""
    session = scene.kept[scene.target.session_id or scene.casino_id]
    chips = scene.house.chips_on(session.gaming_day)
    lines = tuple(dict(line) for line in said.get("lines") or ())
    chipset = parse_chipset(
        said.get("chipset"), chips=chips, pointer=f"{pointer}/chipset", may_be_empty=bool(lines)
    )
    in_lines = sum(
        checked_cents(line["amount_cents"], pointer=f"{pointer}/lines/{index}/amount_cents")
        for index, line in enumerate(lines)
    )
    total = total_cents(chipset, chips=chips) + in_lines
    check_total(claimed=said.get("total_cents"), total=total)
    return chipset, lines


def _check_request(scene: Scene, body: RequestSlip) -> RequestSlip:
    said = {"chipset": body.chipset, "lines": body.lines, "total_cents": body.total_cents}
    chipset, lines = checked_request(scene, said)
    telling = told(scene, body.steps, body.box)
    return replace(body, chipset=chipset, lines=lines, telling=telling)


def _request(kind: SlipKind) -> Any:
    def decide(scene: Scene, body: RequestSlip) -> Decision:
        asked = Asked(
            kind=kind, chipset=body.chipset, purpose=body.purpose, lines=tuple(body.lines)
        )
        act, facts, session = scene.acted(), scene.on_table(), scene.session()
        if act.paper is not None:
            return enter_slip(
                act=act,
                house=scene.house,
                facts=facts,
                session=session,
                asked=asked,
                telling=body.telling,
            )
        if body.steps or body.box is not None:
            message = "Only a slip that is entered from paper tells its road."
            error = FieldError("/steps", Refusal.SHAPE.name, message)
            raise Refused(Refusal.SHAPE, errors=[error])
        return request_slip(act=act, house=scene.house, facts=facts, session=session, asked=asked)

    return decide


REQUEST_FILL = Command(
    name="request_fill",
    body=RequestSlip,
    step="request_slip",
    find=the_session,
    check=_check_request,
    decide=_request(SlipKind.FILL),
    creates=True,
    on_paper=True,
)

REQUEST_CREDIT = replace(REQUEST_FILL, name="request_credit", decide=_request(SlipKind.CREDIT))

ISSUE_FILL = Command(
    name="issue_fill",
    body=Plain,
    step="issue_fill",
    find=the_slip,
    decide=lambda scene, body: issue_fill(
        act=scene.acted(), facts=scene.on_table(), slip=scene.slip()
    ),
    on_paper=True,
)

PICK_UP_CREDIT = Command(
    name="pick_up_credit",
    body=Plain,
    step="pick_up_credit",
    find=the_slip,
    decide=lambda scene, body: pick_up_credit(
        act=scene.acted(), house=scene.house, facts=scene.on_table(), slip=scene.slip()
    ),
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifySlip:
    """The chips the verifier counted; a fill may be deposited in the same step (SLIP-13)."""

    chipset: Any
    deposit: bool = False
    box: str | None = None
    box_id: UUID | None = None


def _check_verify(scene: Scene, body: VerifySlip) -> VerifySlip:
    slip = scene.kept[scene.target.id or scene.casino_id]
    chips = scene.house.chips_on(slip.gaming_day)
    chipset = parse_chipset(body.chipset, chips=chips, may_be_empty=True)
    box = scene.box_named(body.box, pointer="/box")
    return replace(body, chipset=chipset, box_id=box.id if box else None)


def _verify_fill(scene: Scene, body: VerifySlip) -> Decision:
    return verify_fill(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        slip=scene.slip(),
        counted=body.chipset,
        deposit=body.deposit,
        box_id=body.box_id,
    )


def _verify_credit(scene: Scene, body: VerifySlip) -> Decision:
    return verify_credit(
        act=scene.acted(),
        house=scene.house,
        facts=scene.on_table(),
        slip=scene.slip(),
        counted=body.chipset,
    )


_VERIFYING: Mapping[SlipKind, tuple[str, Callable[[Scene, VerifySlip], Decision]]] = {
    SlipKind.FILL: ("verify_fill", _verify_fill),
    SlipKind.CREDIT: ("verify_credit", _verify_credit),
}
"""A slip is verified where it goes to: a fill at the table, a credit at the cage."""


def _slip(scene: Scene) -> Slip:
    """The slip that the path names, as it was found."""
    slip: Slip = scene.kept[scene.target.id or scene.casino_id]
    return slip


def _kind(scene: Scene) -> SlipKind:
    return _slip(scene).kind


VERIFY_SLIP = Command(
    name="verify_slip",
    body=VerifySlip,
    step=lambda scene, body: _VERIFYING[_kind(scene)][0],
    find=the_slip,
    check=_check_verify,
    decide=lambda scene, body: _VERIFYING[_kind(scene)][1](scene, body),
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositSlip:
    box: str | None = None
    box_id: UUID | None = None


def _check_deposit(scene: Scene, body: DepositSlip) -> DepositSlip:
    box = scene.box_named(body.box, pointer="/box")
    return replace(body, box_id=box.id if box else None)


DEPOSIT_SLIP = Command(
    name="deposit_slip",
    body=DepositSlip,
    step=lambda scene, body: (
        "deposit_request_first_credit" if _slip(scene).request_first else "deposit_slip"
    ),
    find=the_slip,
    check=_check_deposit,
    decide=lambda scene, body: deposit_slip(
        act=scene.acted(), facts=scene.on_table(), slip=scene.slip(), box_id=body.box_id
    ),
    on_paper=True,
)

RELIEVE_RUNNER = Command(
    name="relieve_runner",
    body=Plain,
    step="relieve_runner",
    find=the_slip,
    decide=lambda scene, body: relieve_runner(
        act=scene.acted(), facts=scene.on_table(), slip=scene.slip()
    ),
    on_paper=True,
)

CANCEL_SLIP = Command(
    name="cancel_slip",
    body=WithReason,
    step="cancel_slip",
    find=the_slip,
    decide=lambda scene, body: cancel_slip(
        act=scene.acted(), facts=scene.on_table(), slip=scene.slip(), reason=body.reason
    ),
    on_paper=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidSlip:
    """Why, and the chips that were counted back; perhaps the slip that replaces it (SLIP-3)."""

    reason: str
    counted_back: Any
    replaced_by: UUID | None = None


def _check_void(scene: Scene, body: VoidSlip) -> VoidSlip:
    slip = scene.kept[scene.target.id or scene.casino_id]
    chips = scene.house.chips_on(slip.gaming_day)
    if body.replaced_by is not None:
        scene.must(Slip, body.replaced_by)
    counted = parse_chipset(
        body.counted_back, chips=chips, pointer="/counted_back", may_be_empty=True
    )
    return replace(body, counted_back=counted)


def _void(scene: Scene, body: VoidSlip) -> Decision:
    return void_slip(
        act=scene.acted(),
        facts=scene.on_table(),
        slip=scene.slip(),
        voiding=Voiding(
            reason=body.reason, counted_back=body.counted_back, replaced_by=body.replaced_by
        ),
    )


VOID_SLIP = Command(
    name="void_slip",
    body=VoidSlip,
    step="void_slip",
    find=the_slip,
    check=_check_void,
    decide=_void,
    on_paper=True,
)
