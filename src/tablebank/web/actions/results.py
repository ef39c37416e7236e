"""Actions on a result: review, reconcile, finalize, amend; and resolving an exception."""

from django.utils.translation import gettext_lazy as _

from tablebank.commands import amending, results, sessions
from tablebank.domain.resolving import REASON_CODES
from tablebank.domain.terms import DropState, Phase
from tablebank.web import words
from tablebank.web.actions.kind import Action, Choice, Field, Place, nothing_said, only
from tablebank.web.actions.occasions import REASON, in_phase


def _may_finalize(place: Place) -> bool:
    if in_phase(Phase.RECONCILED)(place):
        return True
    return _pending(place) and place.view.house.settings.finalize_pending_count


def _may_reconcile(place: Place) -> bool:
    """Where a member of the group is final already, the group's result is amended instead."""
    return in_phase(Phase.CLOSED)(place) and not place.view.revisions


def _may_amend(place: Place) -> bool:
    return place.view.has_come_since and place.view.group_is_counted


def _pending(place: Place) -> bool:
    return in_phase(Phase.CLOSED)(place) and place.view.record.drop_state != DropState.COUNTED


REVIEW = Action(
    slug="review",
    verb=_("Review result"),
    done=_("The result is reviewed."),
    about="session",
    command=lambda place: results.REVIEW,
    step=lambda place: "review",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=lambda place: (
        in_phase(Phase.CLOSED, Phase.RECONCILED)(place) and place.view.record.reviewed_at is None
    ),
)

RECONCILE = Action(
    slug="reconcile",
    verb=_("Reconcile"),
    done=_("The result is reconciled."),
    about="session",
    command=lambda place: results.RECONCILE,
    step=lambda place: "reconcile",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=_may_reconcile,
    note=_("Every check runs again; an open exception that stops the result stands in the way."),
)

FINALIZE = Action(
    slug="finalize",
    verb=_("Finalize"),
    done=_("The result is final."),
    about="session",
    command=lambda place: results.FINALIZE,
    step=lambda place: "finalize",
    said=lambda typed, place: {"pending_count": _pending(place)},
    body=lambda said: results.Finalize(pending_count=said["pending_count"]),
    offered=_may_finalize,
    note=_("A final report never changes. What comes later enters by amendment."),
    grave=True,
)

AMEND = Action(
    slug="amend",
    verb=_("Amend"),
    done=_("The result is amended. The report before it stays."),
    about="session",
    command=lambda place: amending.AMEND,
    step=lambda place: "amend",
    said=only("reason"),
    body=lambda said: amending.Amend(reason=said["reason"]),
    offered=_may_amend,
    fields=lambda place: (REASON,),
    note=_("What came since the report enters a new revision. Every check runs again."),
    grave=True,
)

RESOLVE = Action(
    slug="resolve",
    verb=_("Resolve"),
    done=_("The exception is resolved."),
    about="exception",
    command=lambda place: results.RESOLVE,
    step=lambda place: "resolve_finding",
    said=only("reason_code", "narrative"),
    body=lambda said: results.Resolve(reason_code=said["reason_code"], narrative=said["narrative"]),
    offered=lambda place: place.exception is not None and place.exception.status == "OPEN",
    fields=lambda place: (
        Field(
            name="reason_code",
            label=_("What it was"),
            kind="choice",
            choices=tuple(
                Choice(value=code, words=words.said(words.REASON_CODE, code))
                for code in REASON_CODES
            ),
        ),
        Field(name="narrative", label=_("In your words"), kind="words"),
    ),
)

ACTIONS = (REVIEW, RECONCILE, FINALIZE, AMEND, RESOLVE)
