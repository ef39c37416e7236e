"""Actions that enter what stands on signed paper: while a session lasts, and after its close.

While a session is in play a paper is entered where the fact itself would be; after the close it is
an amendment (BACK-1). The forms are the same: form and number, who signed it, why it comes now.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from tablebank.commands import amending, sessions, slips
from tablebank.commands.scene import Command
from tablebank.domain.terms import (
    CLOSED_PHASES,
    Basis,
    Phase,
    Purpose,
    SlipKind,
    SlipStatus,
    SnapshotKind,
)
from tablebank.web import words
from tablebank.web.actions import boxes
from tablebank.web.actions import sessions as session_actions
from tablebank.web.actions import slips as slip_actions
from tablebank.web.actions.kind import Action, Choice, Field, Place, Said
from tablebank.web.actions.occasions import REASON, in_phase
from tablebank.web.words import Words

PAPER = (
    Field(name="paper_form", label=_("Form"), hint=_("As it is headed: Fill slip, by hand")),
    Field(name="paper_number", label=_("Number on the paper")),
    Field(
        name="paper_signed_by",
        label=_("Signed on paper by"),
        kind="words",
        hint=_("One name a line, as on the paper"),
    ),
    Field(name="paper_reason", label=_("Why it is entered now"), kind="words"),
)
"""What every form asks of a paper. The time of the fact itself is the form's own."""

_NOTE = _("Who enters it and a second person sign, one of them a pit manager or accounting.")


def paper_typed(typed: Mapping[str, Any]) -> Said:
    """The paper as a program would have sent it."""
    names = (each.strip() for each in typed["paper_signed_by"].splitlines())
    return {
        "form": typed["paper_form"],
        "number": typed["paper_number"],
        "signed_by": [each for each in names if each],
        "reason": typed["paper_reason"],
    }


def _is_closed(place: Place) -> bool:
    return place.view.record.phase in CLOSED_PHASES


def _added(name: str, item: Said, typed: Mapping[str, Any]) -> Said:
    """What is entered after the close: one item of an amendment, from the paper beside it."""
    when = {"occurred_at": typed["occurred_at"]} if typed.get("occurred_at") else {}
    return {
        "reason": typed["paper_reason"],
        "paper": paper_typed(typed),
        "add": {name: [{**item, **when}]},
    }


def _amend(said: Said) -> amending.Amend:
    return amending.Amend(reason=said["reason"], add=said["add"], paper=said.get("paper"))


def _either(
    now: Callable[[Said], Any],
) -> Callable[[Said], Any]:
    """The body of the floor's own command, or of an amendment, as was said."""
    return lambda said: _amend(said) if "add" in said else now(said)


def _step(now: str) -> Callable[[Place], str]:
    return lambda place: "amend_from_paper" if _is_closed(place) else now


def _command(now: Command) -> Callable[[Place], Command]:
    return lambda place: amending.AMEND if _is_closed(place) else now


# -- counts of the tray ----------------------------------------------------------------------------

_KINDS: Mapping[Phase, tuple[SnapshotKind, ...]] = {
    Phase.OPENING: (SnapshotKind.OPENING,),
    Phase.OPEN: (SnapshotKind.INTERIM,),
    Phase.CLOSING: (SnapshotKind.CLOSING,),
}
_AFTER = (SnapshotKind.CLOSING, SnapshotKind.OPENING, SnapshotKind.INTERIM)


def _count_fields(place: Place) -> tuple[Field, ...]:
    kinds = _KINDS.get(place.view.record.phase, _AFTER)
    choices = tuple(Choice(value=each.value, words=words.said(words.COUNT, each)) for each in kinds)
    return (
        Field(name="kind", label=_("Count"), kind="choice", choices=choices),
        Field(name="chipset", label=_("Chips on the paper"), kind="chips", may_be_empty=True),
        *PAPER,
    )


def _counted(typed: Mapping[str, Any], place: Place) -> Said:
    said = {"kind": typed["kind"], "chipset": typed["chipset"], "basis": Basis.PAPER.value}
    return _added("snapshots", said, typed) if _is_closed(place) else said


COUNT = Action(
    slug="count-from-paper",
    verb=_("Enter a count from paper"),
    done=_("The count on paper is entered."),
    about="session",
    command=_command(sessions.RECORD_SNAPSHOT),
    step=_step("record_snapshot"),
    said=_counted,
    body=_either(
        lambda said: sessions.RecordSnapshot(
            kind=SnapshotKind(said["kind"]), chipset=said["chipset"], basis=Basis(said["basis"])
        )
    ),
    offered=in_phase(*_KINDS, *CLOSED_PHASES),
    fields=_count_fields,
    note=_NOTE,
    from_paper=True,
)


# -- slips -----------------------------------------------------------------------------------------


def _whole_slip(kind: SlipKind) -> Callable[[Mapping[str, Any], Place], Said]:
    def said(typed: Mapping[str, Any], place: Place) -> Said:
        asked = {"chipset": typed["chipset"], "purpose": Purpose.NORMAL.value}
        if not _is_closed(place):
            return asked
        return _added("slips", {"kind": kind.value, **asked}, typed)

    return said


def _slip_action(slug: str, verb: Words, kind: SlipKind, command: Command) -> Action:
    return Action(
        slug=slug,
        verb=verb,
        done=_("The slip on paper is entered."),
        about="session",
        command=_command(command),
        step=_step("request_slip"),
        said=_whole_slip(kind),
        body=_either(
            lambda said: slips.RequestSlip(
                chipset=said["chipset"], purpose=Purpose(said["purpose"])
            )
        ),
        offered=in_phase(Phase.OPEN, Phase.CLOSING, *CLOSED_PHASES),
        fields=lambda place: (
            Field(name="chipset", label=_("Chips on the paper"), kind="chips"),
            *PAPER,
        ),
        note=_NOTE,
        from_paper=True,
    )


FILL = _slip_action(
    "fill-from-paper", _("Enter a fill from paper"), SlipKind.FILL, slips.REQUEST_FILL
)
CREDIT = _slip_action(
    "credit-from-paper", _("Enter a credit from paper"), SlipKind.CREDIT, slips.REQUEST_CREDIT
)

_NEXT: Mapping[tuple[str, str], Action] = {
    (SlipKind.FILL, SlipStatus.REQUESTED): slip_actions.ISSUE,
    (SlipKind.FILL, SlipStatus.ISSUED): slip_actions.VERIFY_FILL,
    (SlipKind.FILL, SlipStatus.VERIFIED_AT_TABLE): slip_actions.DEPOSIT,
    (SlipKind.CREDIT, SlipStatus.REQUESTED): slip_actions.PICK_UP,
    (SlipKind.CREDIT, SlipStatus.PICKED_UP): slip_actions.VERIFY_CREDIT,
    (SlipKind.CREDIT, SlipStatus.VERIFIED_AT_CAGE): slip_actions.DEPOSIT,
}
"""The step that comes next on a slip's road, by its kind and status."""
_OF_PLAY = frozenset({slip_actions.ISSUE, slip_actions.VERIFY_FILL, slip_actions.PICK_UP})
"""Steps that no table takes any more once its session is closed (TIME-1)."""


def _next(place: Place) -> Action | None:
    slip = place.the_slip()
    return _NEXT.get((slip.kind, slip.status))


def _the_next(place: Place) -> Action:
    found = _next(place)
    if found is None:
        raise RuntimeError("the slip has come to its end")
    return found


def _is_settled_late(place: Place) -> bool:
    """Whether the step was one of play and the session is over: then it is settled (CLOSE-5)."""
    return _is_closed(place) and _next(place) in _OF_PLAY


def _stepped(typed: Mapping[str, Any], place: Place) -> Said:
    if _is_settled_late(place):
        return _added("slips", {"slip_id": str(place.the_slip().id)}, typed)
    return {**_the_next(place).said(typed, place), "slip_step": _the_next(place).slug}


def _step_body(said: Said) -> Any:
    if "add" in said:
        return _amend(said)
    action = next(each for each in _NEXT.values() if each.slug == said["slip_step"])
    return action.body(said)


def _step_fields(place: Place) -> tuple[Field, ...]:
    return PAPER if _is_settled_late(place) else (*_the_next(place).fields(place), *PAPER)


SLIP_STEP = Action(
    slug="slip-from-paper",
    verb=_("Enter its next step from paper"),
    done=_("The step on paper is entered."),
    about="slip",
    command=lambda place: (
        amending.AMEND if _is_settled_late(place) else _the_next(place).command(place)
    ),
    step=lambda place: (
        "amend_from_paper" if _is_settled_late(place) else _the_next(place).step(place)
    ),
    said=_stepped,
    body=_step_body,
    offered=lambda place: _next(place) is not None,
    fields=_step_fields,
    path_id=lambda place: place.view.session.id if _is_settled_late(place) else place.the_slip().id,
    note=_NOTE,
    from_paper=True,
)


# -- sessions, boxes -------------------------------------------------------------------------------


def _on_paper(action: Action, slug: str, verb: Words, done: Words) -> Action:
    """An action of the floor as it is entered from paper: the same step, and the paper."""
    return replace(
        action,
        slug=slug,
        verb=verb,
        done=done,
        fields=lambda place: (
            *(each for each in action.fields(place) if each.kind != "begun"),
            *PAPER,
        ),
        signs_too=lambda place: (),
        note=_NOTE,
        from_paper=True,
    )


ROLL_OVER = _on_paper(
    session_actions.ROLL_OVER,
    "roll-over-from-paper",
    _("Enter a roll-over from paper"),
    _("The roll-over on paper is entered."),
)
REMOVE_BOX = _on_paper(
    boxes.REMOVE,
    "remove-box-from-paper",
    _("Enter a removal from paper"),
    _("The removal on paper is entered."),
)
HAND_OVER = _on_paper(
    boxes.HAND_OVER,
    "hand-over-from-paper",
    _("Enter a hand-over from paper"),
    _("The hand-over on paper is entered."),
)


def _counted_box(typed: Mapping[str, Any], place: Place) -> Said:
    item = boxes.COUNT.said(typed, place)
    item = {name: value for name, value in item.items() if name != "team"}
    return _added("counts", {**item, "drop_id": str(place.the_drop().id)}, typed)


COUNT_SHEET = Action(
    slug="count-sheet-from-paper",
    verb=_("Enter a count sheet from paper"),
    done=_("The count sheet on paper is entered."),
    about="drop",
    command=lambda place: amending.AMEND,
    step=lambda place: "amend_from_paper",
    said=_counted_box,
    body=_amend,
    offered=lambda place: _is_closed(place) and place.the_drop().count is None,
    fields=lambda place: (*boxes.COUNT.fields(place), *PAPER),
    path_id=lambda place: place.view.session.id,
    note=_NOTE,
    from_paper=True,
)

# -- a closing that nobody counted -----------------------------------------------------------------

ADOPT = Action(
    slug="adopt-closing",
    verb=_("Adopt the next opener as closing"),
    done=_("The closing is adopted from the next opener."),
    about="session",
    command=lambda place: amending.AMEND,
    step=lambda place: "amend",
    said=lambda typed, place: {
        "reason": typed["reason"],
        "add": {"adopt_closing_from": str(place.view.next_opened)},
    },
    body=_amend,
    offered=lambda place: place.view.next_opened is not None,
    fields=lambda place: (REASON,),
    note=_(
        "Only where the table stood closed in between, and there is neither a count nor a paper."
        " Every report names it."
    ),
    grave=True,
)

ACTIONS = (
    *(COUNT, FILL, CREDIT, ROLL_OVER, REMOVE_BOX),
    *(SLIP_STEP, HAND_OVER, COUNT_SHEET, ADOPT),
)
