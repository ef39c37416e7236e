"""Looking after exceptions: handing one on, hanging it under its cause, what surveillance saw."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tablebank.commands import exceptions
from tablebank.commands.perform import Answer, Done, perform
from tablebank.commands.scene import Command
from tablebank.commands.sessions import Plain
from tablebank.domain.authority import STEPS
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import Refused
from tablebank.queries.doors import reading
from tablebank.queries.exception_list import unseen_notices
from tablebank.web.form import key_for
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.exceptions import asked_of, opened
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.pages.tables import id_typed


@signed_in
@never_cache
@require_POST
def hand_on(
    request: HttpRequest, credential: SessionCredential, exception_id: UUID
) -> HttpResponse:
    """To the person that was chosen; to nobody where none was."""
    badge = request.POST.get("badge", "").strip() or None
    said = {"badge": badge}
    body = exceptions.HandOn(badge=badge)
    message = _("It is handed on.") if badge else _("It is nobody's any more.")
    return _cared(request, credential, exception_id, exceptions.ASSIGN, body, said, message)


@signed_in
@never_cache
@require_POST
def hang(request: HttpRequest, credential: SessionCredential, exception_id: UUID) -> HttpResponse:
    """Under the exception that was chosen; under none where none was."""
    cause_id = id_typed(request.POST.get("cause_id", "").strip())
    said = {"cause_id": str(cause_id) if cause_id else None}
    body = exceptions.Hang(cause_id=cause_id)
    message = _("It hangs under its cause.") if cause_id else _("It stands by itself again.")
    return _cared(request, credential, exception_id, exceptions.HANG, body, said, message)


def _cared(
    request: HttpRequest,
    credential: SessionCredential,
    exception_id: UUID,
    command: Command,
    body: Any,
    said: dict[str, Any],
    message: str,
) -> HttpResponse:
    try:
        _done(request, credential, exception_id, command, body, said)
    except Refused as no:
        only_beside_the_form(no)
        return opened(request, credential, exception_id, refused=no)
    say_next(request, message, details=[], needs=False)
    response = HttpResponseRedirect(reverse("exceptions-action", args=[exception_id]))
    response.status_code = 303
    return response


def _done(
    request: HttpRequest,
    credential: SessionCredential,
    exception_id: UUID,
    command: Command,
    body: Any,
    said: dict[str, Any],
) -> None:
    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text="{}")

    asked = asked_of(request, exception_id, body=body, raw=said)
    perform(credential, command, asked, clock=timezone.now, answer=answer)


@signed_in
@never_cache
@require_safe
def notices(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """What surveillance has not seen yet."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(STEPS["acknowledge_finding"].callers)
        context = {
            "notices": unseen_notices(view.cursor, view.casino_id),
            "key": key_for({}),
        }
        return shown(request, view, "tablebank/notices.html", context)


@signed_in
@never_cache
@require_POST
def seen(request: HttpRequest, credential: SessionCredential, exception_id: UUID) -> HttpResponse:
    """One of them was seen."""
    _done(request, credential, exception_id, exceptions.ACKNOWLEDGE, Plain(), {})
    say_next(request, _("It is noted that you have seen it."), details=[], needs=False)
    response = HttpResponseRedirect(reverse("notices"))
    response.status_code = 303
    return response
