"""The session page: where it is, what comes next, its rundown with its proof, and its forms."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import HTTP_STATUS, Kind, Refusal, Refused
from tablebank.domain.terms import LIVE
from tablebank.queries.doors import View, reading
from tablebank.web import panels, proof
from tablebank.web.actions.catalogue import ACTIONS, about, places_of
from tablebank.web.actions.counts import BEGUN
from tablebank.web.actions.kind import Action, Place
from tablebank.web.counting import begin_count, shown_begun
from tablebank.web.doing import carry_out
from tablebank.web.form import ShownForm, added_up, shown_form
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.revisions import since_report
from tablebank.web.session_view import SessionView, session_view

BESIDE_THE_FORM = frozenset({Kind.STATE, Kind.CONTENT, Kind.LOCKED, Kind.BUSY})
"""Refusals that are answered where they were met; the others have a page of their own."""


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential, session_id: UUID) -> HttpResponse:
    """The session as it stands."""
    with reading(credential, at=timezone.now()) as view:
        session = _found(view, session_id)
    return _shown(request, view, session)


@signed_in
@never_cache
@require_safe
def standing(request: HttpRequest, credential: SessionCredential, session_id: UUID) -> HttpResponse:
    """What the page asks for again every few seconds: all but the form."""
    with reading(credential, at=timezone.now()) as view:
        session = _found(view, session_id)
    form_is_open = request.GET.get("form") == "open"
    return _shown(
        request,
        view,
        session,
        template="tablebank/parts/session_standing.html",
        form=form_is_open or None,
    )


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def act(
    request: HttpRequest,
    credential: SessionCredential,
    session_id: UUID,
    slug: str,
    target_id: UUID | None = None,
) -> HttpResponse:
    """The form of one action; sent, it is carried out, and a refusal stands beside it."""
    with reading(credential, at=timezone.now()) as view:
        session = _found(view, session_id)
    action = ACTIONS.get(slug)
    place = _place(session, action, target_id)
    if action is None or place is None:
        raise Refused(Refusal.NOT_FOUND)
    data = request.POST.dict()
    if "begin" in data:
        return _begun(request, credential, action, place)
    if request.method != "POST" or "add-up" in data:
        if not action.may_call(place):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
        form = (
            added_up(action, place, data)
            if data
            else shown_form(action, place, data=_suggested(request, session, slug))
        )
        return _shown(request, view, session, form=form)
    try:
        following = carry_out(credential, action, place, data)
    except Refused as no:
        only_beside_the_form(no)
        return _refused_at_form(request, credential, session_id, action, target_id, data, no)
    say_next(request, following.message, details=list(following.details), needs=following.needs)
    response = HttpResponseRedirect(following.to)
    response.status_code = 303
    return response


def _suggested(request: HttpRequest, session: SessionView, slug: str) -> dict[str, str] | None:
    """The chips that need now suggests, where that is how the form was asked for (PAR-10)."""
    advice = session.suggested if "suggested" in request.GET else None
    chips = (
        {"request-fill": advice.fill, "request-credit": advice.credit}.get(slug) if advice else None
    )
    return {f"chipset:{key}": str(pieces) for key, pieces in chips.items()} if chips else None


def _begun(
    request: HttpRequest, credential: SessionCredential, action: Action, place: Place
) -> HttpResponse:
    """The count is begun: its own line alone where that was asked for, else the form with it."""
    data, refused = request.POST.dict(), None
    alone = request.headers.get("HX-Target") == "count-begun"
    try:
        data[BEGUN.name] = str(begin_count(credential, action, place, data))
    except Refused as no:
        only_beside_the_form(no)
        refused = no
    with reading(credential, at=timezone.now()) as view:
        session = _found(view, place.view.session.id)
    status = HTTP_STATUS[refused.refusal.kind] if refused else 200
    if not alone:
        form = shown_form(action, Place(view=session), data=data, refused=refused)
        return _shown(request, view, session, form=form, status=status)
    context = {
        "session": session.session,
        "begun": shown_begun(session, data),
        "no_start": heard(refused.detail) if refused else "",
    }
    template = "tablebank/parts/count_begun.html"
    return shown(request, view, template, context, status=status)


def only_beside_the_form(no: Refused) -> None:
    """Lets a refusal pass on that is no matter of what was typed."""
    if no.refusal.kind not in BESIDE_THE_FORM:
        raise no


def _refused_at_form(
    request: HttpRequest,
    credential: SessionCredential,
    session_id: UUID,
    action: Action,
    target_id: UUID | None,
    data: dict[str, str],
    no: Refused,
) -> HttpResponse:
    """The form again, over the session as it is by now, with everything typed but the PINs."""
    with reading(credential, at=timezone.now()) as view:
        session = _found(view, session_id)
    place = _place(session, action, target_id)
    if place is None:
        raise no
    form = shown_form(action, place, data=data, refused=no)
    return _shown(request, view, session, form=form, status=HTTP_STATUS[no.refusal.kind])


def _found(view: View, session_id: UUID) -> SessionView:
    session = session_view(view, session_id)
    if session is None:
        raise Refused(Refusal.NOT_FOUND)
    return session


def _place(session: SessionView, action: Action | None, target_id: UUID | None) -> Place | None:
    """What the address names: the session, or one slip, drop or exception of it."""
    if action is None:
        return None
    return next(
        (
            place
            for place in places_of(session)
            if place.target_id == target_id and about(place) == action.about
        ),
        None,
    )


def _shown(
    request: HttpRequest,
    view: View,
    session: SessionView,
    *,
    template: str = "tablebank/session.html",
    form: ShownForm | bool | None = None,
    status: int = 200,
) -> HttpResponse:
    buttons = panels.buttons_by_target(session)
    context: dict[str, Any] = {
        "view": session,
        "session": session.session,
        "rundown": session.rundown.rundown,
        "report": session.rundown,
        "group": session.group.rundown if session.group else None,
        "revisions": session.revisions,
        "since": since_report(session),
        "terms": proof.terms(session),
        "because": proof.unknown_because(session),
        "stepper": panels.stepper(session),
        "next": panels.the_next_step(session),
        "onward": panels.onward(session),
        "buttons": buttons,
        "events": panels.events(session),
        "shows_count_sheets": view.sees_manifests,
        "own_buttons": buttons.get(None, ()),
        "paper_buttons": panels.buttons_by_target(session, from_paper=True),
        "own_paper_buttons": panels.buttons(session, Place(view=session), from_paper=True),
        "form": form,
        "imprest": session.record.table_bank_mode == "IMPREST_TO_PAR",
        "live": session.record.phase in LIVE,
        "may_request": bool(acts_as(session.caller.roles) & set(STEPS["request_slip"].callers)),
        "may_set_target": bool(acts_as(session.caller.roles) & set(STEPS["propose_par"].callers)),
    }
    return shown(request, view, template, context, status=status)
