"""Carrying out an action: one command through the one door, and where the page goes after it.

The answer kept under the key is the address and the message, so a form that is sent again is
answered as the first time (IDEM-1).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.back_entry import paper_from
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import Refusal, Refused
from tablebank.web import words
from tablebank.web.actions.kind import Action, Place
from tablebank.web.actions.papers import paper_typed
from tablebank.web.figures import chip_in_words, money, number
from tablebank.web.form import read_form
from tablebank.web.typed import Data
from tablebank.web.written import write_as

LONGEST_KEY = 255


@dataclass(frozen=True, kw_only=True, slots=True)
class Next:
    """Where to go now, and what to say there; `needs` where something is left to do."""

    to: str
    message: str
    details: tuple[str, ...] = ()
    needs: bool = False


def carry_out(credential: SessionCredential, action: Action, place: Place, data: Data) -> Next:
    """Do it, or raise the refusal. What could not be read is refused in its place in the order."""
    read, signatures = read_form(action, place, data)
    misshapen = read.misshapen
    said = None if misshapen else action.said(read.values, place)
    key = data.get("key", "")
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    occurred_at = read.values.get("occurred_at")
    asked = Asked(
        path_id=action.path_id(place),
        body=action.body(said) if said is not None else None,
        misshapen=misshapen,
        raw=_raw(said, place, _with_paper(action, said, read.values), signatures),
        occurred_at=datetime.fromisoformat(occurred_at) if occurred_at else None,
        signatures=signatures,
        remark=read.values.get("remark"),
        key=key,
        paper=_paper(action, said, read.values),
    )

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps(_after(action, place, done)))

    given = perform(credential, action.command(place), asked, clock=timezone.now, answer=answer)
    return _next(json.loads(given.text))


def _with_paper(
    action: Action, said: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> Mapping[str, Any]:
    if not action.from_paper or said is None or "add" in said:
        return values
    return {**values, "paper": paper_typed(values)}


def _paper(action: Action, said: Mapping[str, Any] | None, values: Mapping[str, Any]) -> Any:
    """The paper that the form was filled in from; an amendment has it in its own body."""
    if not action.from_paper or said is None or "add" in said:
        return None
    return paper_from(paper_typed(values))


def _raw(
    said: Mapping[str, Any] | None,
    place: Place,
    values: Mapping[str, Any],
    signatures: tuple[Any, ...],
) -> dict[str, Any]:
    """The body as a program would have sent it; the key is bound to it, and PINs are not in it."""
    also = {name: values[name] for name in ("occurred_at", "remark", "paper") if values.get(name)}
    signed = [{"role": each.role.value, "badge": each.badge} for each in signatures]
    return {**(said or {}), **also, "signatures": signed}


def _after(action: Action, place: Place, done: Done) -> dict[str, Any]:
    """The page that follows: the session's own, or the one a roll-over opened."""
    outcome = done.decision.outcome
    session_id = str(outcome.get("opened") or place.view.session.id)
    to = reverse("session", args=[session_id])
    if outcome.get("recount_required"):
        return {
            "to": _form_of(action, place),
            "message": _why_again(outcome),
            "details": _differences(outcome, place),
            "needs": True,
        }
    if outcome.get("disputed"):
        return {
            "to": to,
            "message": _("The second count differs too. The slip is disputed."),
            "details": _differences(outcome, place),
            "needs": True,
        }
    carried = [
        _("%(kind)s %(number)s goes along.")
        % {
            "kind": words.said(words.SLIP_KIND, each["kind"]),
            "number": each["number"] or each["request_number"],
        }
        for each in outcome.get("carried", ())
        if each["session_id"] == session_id
    ]
    return {"to": to, "message": str(action.done), "details": carried, "needs": False}


def _why_again(outcome: Mapping[str, Any]) -> str:
    """A blind first count is not said to be off by so much: who counts again must not know."""
    if outcome["difference_cents"] is None:
        return _("A second count is needed, signed by somebody who did not sign the first.")
    return _("The count differs. Count again.")


def _differences(outcome: Mapping[str, Any], place: Place) -> list[str]:
    if outcome["difference_cents"] is None:
        return []
    by_chip = outcome.get("difference") or {}
    with write_as(place.view.house):
        apart = money(outcome["difference_cents"], exact=True)
        rows = [
            f"{chip_in_words(key, exact=True)}: {number(count, signed=True)}"
            for key, count in by_chip.items()
        ]
    return [_("Apart by %(amount)s.") % {"amount": apart}, *rows]


def _form_of(action: Action, place: Place) -> str:
    return action_address(place.view.session.id, action, place.target_id)


def action_address(session_id: UUID, action: Action, target_id: UUID | None) -> str:
    """Where an action's form is."""
    if target_id is None:
        return reverse("action", args=[session_id, action.slug])
    return reverse("action-on", args=[session_id, action.slug, target_id])


def _next(said: Mapping[str, Any]) -> Next:
    return Next(
        to=said["to"],
        message=said["message"],
        details=tuple(said["details"]),
        needs=said["needs"],
    )
