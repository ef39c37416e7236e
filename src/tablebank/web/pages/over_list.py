"""A form that stands over a list: the session page's own form and action, back to the list after.

The address names the action, the session and what on it the action is about. What was sent from
here is answered here: the form again where something is to be put right, else the list.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.queries.doors import View, reading
from tablebank.web.actions.catalogue import ACTIONS, about, places_of
from tablebank.web.actions.kind import Action, Place
from tablebank.web.doing import action_address, carry_out
from tablebank.web.form import ShownForm, shown_form
from tablebank.web.pages.entrance import say_next
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.session_view import session_view


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressed:
    """What an address asks for: an action, by its word, and where it stands."""

    slug: str
    session_id: UUID
    target_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OverList:
    """A list that forms stand over: which actions, and how it is shown."""

    slugs: Collection[str]
    enter: Callable[[View], None]
    """Refuses who may not see the list at all."""
    show: Callable[[HttpRequest, View, ShownForm, int], HttpResponse]
    after: Callable[[Place], str]
    """Where it goes once it is done."""


def act_over(
    request: HttpRequest, credential: SessionCredential, over: OverList, asked: Addressed
) -> HttpResponse:
    """Show the form over its list; sent, carry it out, and a refusal stands beside it."""
    if asked.slug not in over.slugs:
        raise Refused(Refusal.NOT_FOUND)
    action = ACTIONS[asked.slug]
    with reading(credential, at=timezone.now()) as view:
        over.enter(view)
        place = _place(view, action, asked)
        if request.method != "POST":
            if not action.may_call(place):
                raise Refused(Refusal.ROLE_NOT_ALLOWED)
            return over.show(request, view, shown_form(action, place), 200)
    data = request.POST.dict()
    try:
        following = carry_out(credential, action, place, data)
    except Refused as no:
        only_beside_the_form(no)
        with reading(credential, at=timezone.now()) as view:
            form = shown_form(action, _place(view, action, asked), data=data, refused=no)
            return over.show(request, view, form, HTTP_STATUS[no.refusal.kind])
    say_next(request, following.message, details=list(following.details), needs=following.needs)
    again = following.to == action_address(asked.session_id, action, asked.target_id)
    response = HttpResponseRedirect(request.path if again else over.after(place))
    response.status_code = 303
    return response


def _place(view: View, action: Action, asked: Addressed) -> Place:
    session = session_view(view, asked.session_id)
    found = (
        place
        for place in (places_of(session) if session else ())
        if place.target_id == asked.target_id and about(place) == action.about
    )
    place = next(found, None)
    if place is None:
        raise Refused(Refusal.NOT_FOUND)
    return place
