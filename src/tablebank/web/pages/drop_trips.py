"""Drop trips: the crew starts one, takes box by box, and ends it; due against collected (BOX-5)."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.commands.drop_trips import END_TRIP, START_TRIP, EndTrip, StartTrip
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.commands.scene import Command
from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.queries.doors import View, reading
from tablebank.queries.drop_list import pits_in_play
from tablebank.queries.drop_trips import TripSheet, trips_by_id
from tablebank.web import typed, words
from tablebank.web.actions.kind import Field, SignsToo
from tablebank.web.actions.signers import OF_SIGNATURES, ON_THE_FLOOR
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.explained import explained
from tablebank.web.form import (
    ShownField,
    errors_by_field,
    key_for,
    shown_field,
    shown_signers,
    shown_when,
)
from tablebank.web.heard import heard
from tablebank.web.menu import ABOUT_DROPS
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.pages.tables import when_typed
from tablebank.web.written import write_as

CREW = (
    SignsToo(roles=ON_THE_FLOOR, why=gettext_lazy("a second person")),
    SignsToo(
        roles=ON_THE_FLOOR, required=False, why=gettext_lazy("a third person, if there is one")
    ),
)
FIELDS = (
    Field(name="operator", label=gettext_lazy("Surveillance operator told")),
    Field(name="notified_at", label=gettext_lazy("Told at"), kind="instant"),
    Field(
        name="reason",
        label=gettext_lazy("Reason"),
        kind="words",
        hint=gettext_lazy("Needed if the trip is out of schedule; it holds for all its boxes"),
        required=False,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What the form of a trip came back with, as the one door takes it."""

    body: Any
    raw: Mapping[str, Any]
    errors: Refused | None


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Which pits, who was told, who goes; then the trip is under way with its list."""
    if request.method != "POST":
        return _starting(request, credential)
    try:
        trip_id = _done(request, credential, START_TRIP, _start_typed(request, credential))
    except Refused as no:
        only_beside_the_form(no)
        return _starting(request, credential, refused=no)
    say_next(request, _("The drop trip has started."), details=[], needs=False)
    return _to_trip(trip_id)


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, credential: SessionCredential, trip_id: UUID) -> HttpResponse:
    """A trip: what is still to be taken, what was; sent, it is over, and what is not taken was
    left out.
    """
    if request.method != "POST":
        return _looked_at(request, credential, trip_id)
    sent = Sent(body=EndTrip(), raw={}, errors=None)
    try:
        _done(request, credential, END_TRIP, sent, path_id=trip_id)
    except Refused as no:
        only_beside_the_form(no)
        return _looked_at(request, credential, trip_id, refused=no)
    with reading(credential, at=timezone.now()) as view:
        left = len(_found(view, trip_id).missing)
    said = _("The drop trip has ended.")
    if left:
        said = _("The drop trip has ended. Boxes left out: %(count)s.") % {"count": left}
    say_next(request, said, details=[], needs=bool(left))
    return _to_trip(str(trip_id))


@signed_in
@never_cache
@require_safe
def part(request: HttpRequest, credential: SessionCredential, trip_id: UUID) -> HttpResponse:
    """Its lists alone: what the page asks for again when something happened."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(ABOUT_DROPS)
        context = _of_trip(view, _found(view, trip_id))
        return shown(request, view, "tablebank/parts/drop_trip.html", context)


def _to_trip(trip_id: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse("drops-trip", args=[trip_id]))
    response.status_code = 303
    return response


def _start_typed(request: HttpRequest, credential: SessionCredential) -> Sent:
    data, pits = request.POST.dict(), tuple(request.POST.getlist("pit"))
    with reading(credential, at=timezone.now()) as view, write_as(view.house):
        zone = view.house.casino.timezone
        read = typed.read(FIELDS, data, chips=view.house.chips_on(view.today), zone=zone)
    values = read.values
    told = {name: values[name] for name in ("operator", "notified_at") if values.get(name)}
    body = StartTrip(pits=pits, surveillance=told, reason=values.get("reason"))
    said = {"pits": list(pits), "surveillance": told, "reason": values.get("reason")}
    return Sent(body=body, raw=said, errors=read.misshapen)


def _done(
    request: HttpRequest,
    credential: SessionCredential,
    command: Command,
    sent: Sent,
    *,
    path_id: UUID | None = None,
) -> str:
    """Through the one door: the trip's id, the first time and every time (IDEM-1)."""
    data = request.POST.dict()
    when, misshapen = when_typed(request, credential)
    misshapen = misshapen or sent.errors
    key = data.get("key", "")
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    signatures = typed.signatures(CREW, data)

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps({"id": str(done.decision.subject_id)}))

    asked = Asked(
        path_id=path_id,
        body=None if misshapen else sent.body,
        misshapen=misshapen,
        raw={
            **sent.raw,
            "signatures": [{"role": each.role.value, "badge": each.badge} for each in signatures],
            **({"occurred_at": rfc3339(when)} if when else {}),
        },
        occurred_at=when,
        signatures=signatures,
        key=key,
    )
    given = perform(credential, command, asked, clock=timezone.now, answer=answer)
    return str(json.loads(given.text)["id"])


def may_go(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles starts and ends a trip."""
    return bool(acts_as(roles) & set(STEPS["start_drop_trip"].callers))


def _starting(
    request: HttpRequest, credential: SessionCredential, *, refused: Refused | None = None
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        view.only_for(ABOUT_DROPS)
        if not may_go(view.caller.roles):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
        errors = _errors(view, refused)
        data = request.POST.dict()
        context = {
            "pits": pits_in_play(view.cursor, view.house, now=view.now),
            "chosen": request.POST.getlist("pit"),
            "fields": [_field(each, data, errors, view) for each in FIELDS],
            "form": _form(request, view, refused, errors),
        }
        status = HTTP_STATUS[refused.refusal.kind] if refused else 200
        return shown(request, view, "tablebank/drop_trip_start.html", context, status=status)


def _field(
    field: Field, data: Mapping[str, str], errors: Mapping[str, str], view: View
) -> ShownField:
    return shown_field(field, data, errors, zone=view.house.casino.timezone)


def _looked_at(
    request: HttpRequest,
    credential: SessionCredential,
    trip_id: UUID,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        view.only_for(ABOUT_DROPS)
        context = {
            **_of_trip(view, _found(view, trip_id)),
            "form": _form(request, view, refused, _errors(view, refused)),
        }
        status = HTTP_STATUS[refused.refusal.kind] if refused else 200
        return shown(request, view, "tablebank/drop_trip.html", context, status=status)


def _found(view: View, trip_id: UUID) -> TripSheet:
    found = trips_by_id(view.cursor, view.casino_id, [trip_id])
    if not found:
        raise Refused(Refusal.NOT_FOUND)
    return found[0]


def _of_trip(view: View, trip: TripSheet) -> Mapping[str, Any]:
    may = may_go(view.caller.roles)
    return {
        "trip": trip,
        "told_at": datetime.fromisoformat(trip.surveillance["notified_at"]),
        "may_end": may and trip.ended_at is None,
        "may_take": may,
        "collected": [(each, words.said(words.CUSTODY, each.state)) for each in trip.collected],
    }


def _errors(view: View, refused: Refused | None) -> Mapping[str, str]:
    return errors_by_field(refused, zone=view.house.casino.timezone) if refused else {}


def _form(
    request: HttpRequest, view: View, refused: Refused | None, errors: Mapping[str, str]
) -> Mapping[str, Any]:
    sent = request.POST.dict()
    by_signers = refused is not None and refused.refusal in OF_SIGNATURES
    return {
        "key": key_for(sent),
        "is_kept": bool(sent),
        "signers": shown_signers(CREW, sent, errors),
        "by_signers": by_signers,
        "focus": "sign:0:pin" if by_signers else "refusal" if refused else "",
        "when": shown_when(sent, errors, zone=view.house.casino.timezone),
        "refusal": heard(refused.detail) if refused else "",
        "details": explained(refused, house=view.house) if refused else (),
    }
