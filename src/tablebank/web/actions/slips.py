"""Actions on fills and credits: ask, issue, pick up, verify, deposit, cancel, void."""

from collections.abc import Callable, Mapping
from typing import Any

from tablebank.commands import sessions, slips
from tablebank.domain.terms import Phase, Purpose, SlipKind
from tablebank.web.actions.kind import Action, Field, Place, Said, nothing_said, only
from tablebank.web.actions.sessions import REASON, imprest_with_par, in_phase

ASKED = Field(name="chipset", label="Chips asked for", kind="chips")
COUNTED = Field(
    name="chipset",
    label="Chips counted",
    kind="chips",
    hint="Enter what you counted, not what the slip says",
    may_be_empty=True,
)
COUNTED_BACK = Field(
    name="counted_back",
    label="Chips counted back",
    kind="chips",
    hint="What the cashier received back",
    may_be_empty=True,
)
DEPOSIT_TOO = Field(
    name="deposit", label="Put the slip in the drop box now", kind="check", required=False
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


REQUEST_FILL = Action(
    slug="request-fill",
    verb="Request fill",
    done="The fill is requested.",
    about="session",
    command=lambda place: slips.REQUEST_FILL,
    step=lambda place: "request_slip",
    said=_asked,
    body=_request,
    offered=_may_ask,
    fields=lambda place: (ASKED,),
)

REQUEST_CREDIT = Action(
    slug="request-credit",
    verb="Request credit",
    done="The credit is requested.",
    about="session",
    command=lambda place: slips.REQUEST_CREDIT,
    step=lambda place: "request_slip",
    said=_asked,
    body=_request,
    offered=_may_ask,
    fields=lambda place: (ASKED,),
)

ISSUE = Action(
    slug="issue",
    verb="Issue fill",
    done="The fill is issued. The runner has the chips.",
    about="slip",
    command=lambda place: slips.ISSUE_FILL,
    step=lambda place: "issue_fill",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=_is(SlipKind.FILL, "REQUESTED"),
)

PICK_UP = Action(
    slug="pick-up",
    verb="Hand credit to runner",
    done="The credit is picked up. The runner has the chips.",
    about="slip",
    command=lambda place: slips.PICK_UP_CREDIT,
    step=lambda place: "pick_up_credit",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=_is(SlipKind.CREDIT, "REQUESTED"),
)

VERIFY_FILL = Action(
    slug="verify-fill",
    verb="Verify fill",
    done="The fill is verified: its chips are in the tray.",
    about="slip",
    command=lambda place: slips.VERIFY_SLIP,
    step=lambda place: "verify_fill",
    said=lambda typed, place: {
        "chipset": typed["chipset"],
        "deposit": bool(typed.get("deposit")),
    },
    body=lambda said: slips.VerifySlip(chipset=said["chipset"], deposit=said["deposit"]),
    offered=_is(SlipKind.FILL, "ISSUED"),
    fields=lambda place: (COUNTED, *((DEPOSIT_TOO,) if place.view.table_has_box else ())),
)

VERIFY_CREDIT = Action(
    slug="verify-credit",
    verb="Verify credit",
    done="The credit is verified: its chips are in the cage.",
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
    verb="Put slip in the box",
    done="The slip is in the drop box.",
    about="slip",
    command=lambda place: slips.DEPOSIT_SLIP,
    step=lambda place: "deposit_slip",
    said=nothing_said,
    body=lambda said: slips.DepositSlip(),
    offered=lambda place: (
        place.view.table_has_box and _is(None, "VERIFIED_AT_TABLE", "VERIFIED_AT_CAGE")(place)
    ),
)

CANCEL = Action(
    slug="cancel",
    verb="Cancel request",
    done="The request is cancelled.",
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
    verb="Void slip",
    done="The slip is voided. Its number stays used.",
    about="slip",
    command=lambda place: slips.VOID_SLIP,
    step=lambda place: "void_slip",
    said=only("reason", "counted_back"),
    body=lambda said: slips.VoidSlip(reason=said["reason"], counted_back=said["counted_back"]),
    offered=_is(None, "ISSUED", "PICKED_UP"),
    fields=lambda place: (COUNTED_BACK, REASON),
    note="The chips go back to where they came from first. What is missing becomes an exception.",
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
    CANCEL,
    VOID_SLIP,
)
