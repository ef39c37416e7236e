"""A table: what stands on it, its sessions of today and yesterday, and the form that begins one."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tablebank.commands import sessions
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.authority import SEES_EXCEPTIONS, STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.refusals import HTTP_STATUS, FieldError, Refusal, Refused
from tablebank.queries.doors import View, reading
from tablebank.queries.house_book import TableSheet, tables_by_id
from tablebank.queries.pages import Asked as Page
from tablebank.queries.session_lists import session_ids
from tablebank.queries.session_sheet import SessionSheet, sessions_by_id
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.explained import explained
from tablebank.web.form import WHEN, errors_by_field, key_for, shown_when
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.typed import NOT_READ, NotRead, instant


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, credential: SessionCredential, table_id: UUID) -> HttpResponse:
    """The table, and what can begin on it."""
    if request.method != "POST":
        return _shown(request, credential, table_id)
    try:
        session_id = _prepared(request, credential, table_id)
    except Refused as no:
        only_beside_the_form(no)
        return _shown(request, credential, table_id, refused=no)
    opened = request.POST.get("open") == "yes"
    message = (
        _("The table is open. Record the opening count.") if opened else _("It is ready to open.")
    )
    say_next(request, message, details=[], needs=False)
    response = HttpResponseRedirect(reverse("session", args=[session_id]))
    response.status_code = 303
    return response


def _prepared(request: HttpRequest, credential: SessionCredential, table_id: UUID) -> str:
    """Prepare a session for the shift that was chosen, and open it where that was asked."""
    shift, key = request.POST.get("shift_id", ""), request.POST.get("key", "")
    when, misshapen = when_typed(request, credential)
    said = {
        "table_id": str(table_id),
        "shift_id": shift,
        "open": request.POST.get("open") == "yes",
        **({"occurred_at": rfc3339(when)} if when else {}),
    }
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps({"session_id": str(done.decision.subject_id)}))

    asked = Asked(
        body=sessions.Prepare(
            table_id=table_id, shift_id=id_typed(shift), open=said["open"] is True
        ),
        misshapen=misshapen,
        raw=said,
        occurred_at=when,
        key=key,
    )
    given = perform(credential, sessions.PREPARE, asked, clock=timezone.now, answer=answer)
    return str(json.loads(given.text)["session_id"])


def when_typed(
    request: HttpRequest, credential: SessionCredential
) -> tuple[datetime | None, Refused | None]:
    """When it happened, as typed by the casino's clock; None for now, or what cannot be read."""
    with reading(credential, at=timezone.now()) as view:
        zone = view.house.casino.timezone
    text, which = (request.POST.get(f"{WHEN.name}{part}", "").strip() for part in ("", ":which"))
    try:
        return (instant(text, zone=zone, which=which) if text else None), None
    except NotRead as no:
        error = FieldError(f"/{WHEN.name}", no.code, no.message)
        return None, Refused(Refusal.SHAPE, errors=[error], detail=str(NOT_READ))


def id_typed(text: str) -> UUID | None:
    """An id as a form sends it; None where nothing was chosen."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Refused(Refusal.NOT_FOUND) from None


def _shown(
    request: HttpRequest,
    credential: SessionCredential,
    table_id: UUID,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        table = _found(view, table_id)
        played = _sessions(view, table_id)
        current = view.house.calendar.shift_at(view.now)
    zone = view.house.casino.timezone
    errors = errors_by_field(refused, zone=zone) if refused else {}
    context = {
        "table": table,
        "when": shown_when(request.POST.dict(), errors, zone=zone),
        "sessions": played,
        "shifts": [current, view.house.calendar.shift_after(current)],
        "sees_estimates": bool(view.caller.roles & SEES_EXCEPTIONS),
        "may_prepare": bool(acts_as(view.caller.roles) & set(STEPS["prepare"].callers)),
        "key": key_for(request.POST.dict()),
        "chosen": request.POST.get("shift_id", str(current.id)),
        "refusal": heard(refused.detail) if refused else "",
        "details": explained(refused, house=view.house) if refused else (),
    }
    status = HTTP_STATUS[refused.refusal.kind] if refused else 200
    return shown(request, view, "tablebank/table.html", context, status=status)


def _found(view: View, table_id: UUID) -> TableSheet:
    day = view.house.calendar.day_of(view.now)
    found = tables_by_id(view.cursor, view.house, [table_id], day=day, blind=view.blind)
    if not found:
        raise Refused(Refusal.NOT_FOUND)
    return found[0]


def _sessions(view: View, table_id: UUID) -> list[SessionSheet]:
    """The table's sessions of this gaming day and the one before, latest first."""
    today = view.house.calendar.day_of(view.now)
    ids = [
        session_id
        for day in (today - timedelta(days=1), today)
        for session_id in session_ids(
            view.cursor, view.casino_id, asked=Page(), table_id=table_id, gaming_day=day
        ).ids
    ]
    sheets = sessions_by_id(view.cursor, view.casino_id, ids, blind=view.blind)
    return list(reversed(sheets))
