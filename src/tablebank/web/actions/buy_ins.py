"""Noting buy-ins, where the house takes telemetry: one touch an amount, and correcting one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tablebank.commands import buy_ins as commands
from tablebank.domain.buy_ins import BuyInKind
from tablebank.domain.observing import READABLE
from tablebank.web import words
from tablebank.web.actions.kind import Action, Choice, Field, Place, Said, as_uuid, only
from tablebank.web.actions.occasions import REASON

QUICK = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
"""What players mostly put down, in cents."""

AMOUNT = Field(name="amount_cents", label=_("Amount"), kind="money", quick=QUICK)
RIGHT_AMOUNT = Field(
    name="amount_cents",
    label=_("The right amount"),
    kind="money",
    hint=_("0 where there was no such buy-in"),
    quick=QUICK,
)
ESTIMATES = _("An estimate of the drop until the box is counted. It enters no result.")


def _kind(first: str = BuyInKind.CASH) -> Field:
    """What was given, the likeliest or what was noted before on top."""
    kinds = sorted(BuyInKind, key=lambda each: each != first)
    return Field(
        name="kind",
        label=_("Given for chips"),
        kind="choice",
        choices=tuple(Choice(value=kind, words=words.BUY_IN_KIND[kind]) for kind in kinds),
    )


def _in_play(place: Place) -> bool:
    return place.view.house.settings.telemetry and place.view.record.phase in READABLE


def _correctable(place: Place) -> bool:
    return _in_play(place) and place.the_buy_in().superseded_by is None


def _corrected(typed: Any, place: Place) -> Said:
    said = only("amount_cents", "kind", "reason")(typed, place)
    return {**said, "supersedes": str(place.the_buy_in().id)}


def _body(said: Said) -> commands.NoteBuyIn:
    return commands.NoteBuyIn(
        kind=BuyInKind(said["kind"]),
        amount_cents=said["amount_cents"],
        supersedes=as_uuid(said.get("supersedes")),
        reason=said.get("reason"),
    )


NOTE = Action(
    slug="note-buy-in",
    verb=_("Note buy-in"),
    done=_("The buy-in is noted."),
    about="session",
    command=lambda place: commands.NOTE_BUY_IN,
    step=lambda place: "telemetry",
    said=only("amount_cents", "kind"),
    body=_body,
    offered=_in_play,
    fields=lambda place: (AMOUNT, _kind()),
    note=ESTIMATES,
)

CORRECT = Action(
    slug="correct-buy-in",
    verb=_("Correct buy-in"),
    done=_("The buy-in is corrected. What was noted first stays beside it."),
    about="buy-in",
    command=lambda place: commands.NOTE_BUY_IN,
    step=lambda place: "telemetry",
    said=_corrected,
    body=_body,
    offered=_correctable,
    fields=lambda place: (RIGHT_AMOUNT, _kind(place.the_buy_in().kind), REASON),
    path_id=lambda place: place.view.session.id,
    note=ESTIMATES,
)

ACTIONS = (NOTE, CORRECT)
