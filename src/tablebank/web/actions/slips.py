"""Actions on fills and credits: ask, issue, pick up, verify, deposit, cancel, void."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tablebank.commands import sessions, slips
from tablebank.commands.scene import Command
from tablebank.domain.slips.relief import CARRIED
from tablebank.domain.terms import Phase, Purpose, SlipKind, SlipStatus
from tablebank.queries.slip_book import SlipSheet
from tablebank.web.actions.kind import (
    Action,
    Choice,
    Field,
    Place,
    Said,
    as_uuid,
    nothing_said,
    only,
)
from tablebank.web.actions.occasions import REASON, imprest_with_par, in_phase
from tablebank.web.session_view import BoxHere
from tablebank.web.words import Words, slip_in_words

ASKED = Field(name="chipset", label=_("Chips asked for"), kind="chips")
COUNTED = Field(
    name="chipset",
    label=_("Chips counted"),
    kind="chips",
    hint=_("Enter what you counted, not what the slip says"),
    may_be_empty=True,
)
COUNTED_BACK = Field(
    name="counted_back",
    label=_("Chips counted back"),
    kind="chips",
    hint=_("What the cashier received back"),
    may_be_empty=True,
)
DEPOSIT_TOO = Field(
    name="deposit", label=_("Put the slip in the drop box now"), kind="check", required=False
)


def _boxes(place: Place) -> tuple[BoxHere, ...]:
    """The boxes a slip can still have gone into: those that stood here since its last step."""
    since = place.the_slip().history[-1].occurred_at
    return tuple(
        each
        for each in place.view.boxes_here
        if each.taken_off_at is None or each.taken_off_at >= since
    )


def _box(place: Place) -> Field:
    """Which box a slip goes into: the one that stands there at that time, unless one is named."""
    boxes = _boxes(place)
    mounted = next((each.code for each in boxes if each.taken_off_at is None), None)
    on_the_table = _("%(box)s, on the table") % {"box": mounted}
    usual = on_the_table if mounted else _("The one that was on the table")
    others = [each.code for each in boxes if each.taken_off_at is not None]
    choices = [
        Choice(value=code, words=_("%(box)s, taken off since") % {"box": code}) for code in others
    ]
    return Field(
        name="box",
        label=_("Box"),
        kind="choice",
        required=False,
        choices=(Choice(value="", words=usual), *choices),
    )


def _verified_fields(place: Place) -> tuple[Field, ...]:
    """A fill counted at the table may be deposited in the same step (SLIP-13)."""
    boxes = _boxes(place)
    if not boxes:
        return (COUNTED,)
    return (COUNTED, DEPOSIT_TOO, *((_box(place),) if len(boxes) > 1 else ()))


def _verified(typed: Mapping[str, Any], place: Place) -> Said:
    if not typed.get("deposit"):
        return {"chipset": typed["chipset"], "deposit": False}
    return {"deposit": True, **only("chipset", "box")(typed, place)}


def _replacing(place: Place) -> tuple[SlipSheet, ...]:
    """The slips that could stand for this one: of its kind, and still good (SLIP-3)."""
    slip = place.the_slip()
    return tuple(
        each
        for each in place.view.slips
        if each.kind == slip.kind
        and each.id != slip.id
        and each.status not in (SlipStatus.CANCELLED, SlipStatus.VOIDED)
        and each.replaces is None
    )


def _void_fields(place: Place) -> tuple[Field, ...]:
    return (COUNTED_BACK, *_replaced_by(place), REASON)


def _replaced_by(place: Place) -> tuple[Field, ...]:
    others = _replacing(place)
    if not others:
        return ()
    choices = [Choice(value="", words=_("No other slip"))]
    choices += [Choice(value=str(each.id), words=slip_in_words(each)) for each in others]
    return (
        Field(
            name="replaced_by",
            label=_("Replaced by"),
            kind="choice",
            required=False,
            choices=tuple(choices),
            hint=_("A slip for the chips that were counted; each of the two then names the other"),
        ),
    )


def _may_ask(place: Place) -> bool:
    return in_phase(Phase.OPEN)(place) or (
        in_phase(Phase.CLOSING)(place) and imprest_with_par(place)
    )


def _is(kind: SlipKind | None, *statuses: str) -> Callable[[Place], bool]:
    def offered(place: Place) -> bool:
        slip = place.the_slip()
        return slip.status in statuses and (kind is None or slip.kind == kind)

    return offered


def _asked(typed: Mapping[str, Any], place: Place) -> Said:
    """While closing, only a final adjustment can be asked for (SLIP-8)."""
    closing = place.view.record.phase == Phase.CLOSING
    purpose = Purpose.FINAL_ADJUSTMENT if closing else Purpose.NORMAL
    return {"chipset": typed["chipset"], "purpose": purpose.value}


def _request(said: Said) -> slips.RequestSlip:
    return slips.RequestSlip(chipset=said["chipset"], purpose=Purpose(said["purpose"]))


def _request_action(slug: str, verb: Words, command: Command, *, done: Words) -> Action:
    return Action(
        slug=slug,
        verb=verb,
        done=done,
        about="session",
        command=lambda place: command,
        step=lambda place: "request_slip",
        said=_asked,
        body=_request,
        offered=_may_ask,
        fields=lambda place: (ASKED,),
    )


REQUEST_FILL = _request_action(
    "request-fill", _("Request fill"), slips.REQUEST_FILL, done=_("The fill is requested.")
)
REQUEST_CREDIT = _request_action(
    "request-credit", _("Request credit"), slips.REQUEST_CREDIT, done=_("The credit is requested.")
)

ISSUE = Action(
    slug="issue",
    verb=_("Issue fill"),
    done=_("The fill is issued. The runner has the chips."),
    about="slip",
    command=lambda place: slips.ISSUE_FILL,
    step=lambda place: "issue_fill",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=_is(SlipKind.FILL, "REQUESTED"),
)

PICK_UP = Action(
    slug="pick-up",
    verb=_("Hand credit to runner"),
    done=_("The credit is picked up. The runner has the chips."),
    about="slip",
    command=lambda place: slips.PICK_UP_CREDIT,
    step=lambda place: "pick_up_credit",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=_is(SlipKind.CREDIT, "REQUESTED"),
)

VERIFY_FILL = Action(
    slug="verify-fill",
    verb=_("Verify fill"),
    done=_("The fill is verified: its chips are in the tray."),
    about="slip",
    command=lambda place: slips.VERIFY_SLIP,
    step=lambda place: "verify_fill",
    said=_verified,
    body=lambda said: slips.VerifySlip(
        chipset=said["chipset"], deposit=said["deposit"], box=said.get("box")
    ),
    offered=_is(SlipKind.FILL, "ISSUED"),
    fields=_verified_fields,
)

VERIFY_CREDIT = Action(
    slug="verify-credit",
    verb=_("Verify credit"),
    done=_("The credit is verified: its chips are in the cage."),
    about="slip",
    command=lambda place: slips.VERIFY_SLIP,
    step=lambda place: "verify_credit",
    said=only("chipset"),
    body=lambda said: slips.VerifySlip(chipset=said["chipset"]),
    offered=_is(SlipKind.CREDIT, "PICKED_UP"),
    fields=lambda place: (COUNTED,),
)

DEPOSIT = Action(
    slug="deposit",
    verb=_("Put slip in the box"),
    done=_("The slip is in the drop box."),
    about="slip",
    command=lambda place: slips.DEPOSIT_SLIP,
    step=lambda place: (
        "deposit_request_first_credit" if place.the_slip().request_first else "deposit_slip"
    ),
    said=only("box"),
    body=lambda said: slips.DepositSlip(box=said.get("box")),
    offered=lambda place: (
        _is(None, "VERIFIED_AT_TABLE", "VERIFIED_AT_CAGE")(place) and bool(_boxes(place))
    ),
    fields=lambda place: (_box(place),),
)

RELIEVE = Action(
    slug="relieve-runner",
    verb=_("Relieve runner"),
    done=_("The runner is relieved: the other one has it now."),
    about="slip",
    command=lambda place: slips.RELIEVE_RUNNER,
    step=lambda place: "relieve_runner",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=_is(None, *CARRIED),
    note=_("Both runners sign: the one who has the chips or the slip, and the one who takes over."),
)

CANCEL = Action(
    slug="cancel",
    verb=_("Cancel request"),
    done=_("The request is cancelled."),
    about="slip",
    command=lambda place: slips.CANCEL_SLIP,
    step=lambda place: "cancel_slip",
    said=only("reason"),
    body=lambda said: sessions.WithReason(reason=said["reason"]),
    offered=_is(None, "REQUESTED"),
    fields=lambda place: (REASON,),
)

VOID_SLIP = Action(
    slug="void-slip",
    verb=_("Void slip"),
    done=_("The slip is voided. Its number stays used."),
    about="slip",
    command=lambda place: slips.VOID_SLIP,
    step=lambda place: "void_slip",
    said=only("reason", "counted_back", "replaced_by"),
    body=lambda said: slips.VoidSlip(
        reason=said["reason"],
        counted_back=said["counted_back"],
        replaced_by=as_uuid(said.get("replaced_by")),
    ),
    offered=_is(None, "ISSUED", "PICKED_UP"),
    fields=_void_fields,
    note=_(
        "The chips go back to where they came from first. What is missing becomes an exception."
    ),
    grave=True,
)

ACTIONS = (
    REQUEST_FILL,
    REQUEST_CREDIT,
    ISSUE,
    PICK_UP,
    VERIFY_FILL,
    VERIFY_CREDIT,
    DEPOSIT,
    RELIEVE,
    CANCEL,
    VOID_SLIP,
)
