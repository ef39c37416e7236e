"""Preparing a whole shift's tables at once, before it begins (SESS-3)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tablebank.commands import sessions
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.refusals import HTTP_STATUS, FieldError, Refusal, Refused
from tablebank.domain.terms import LIVE, Phase, TableStatus
from tablebank.queries.doors import reading
from tablebank.queries.floor import FloorRow, floor
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.explained import explained
from tablebank.web.floor_cards import may_prepare
from tablebank.web.form import errors_by_field, key_for, shown_when
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.pages.tables import id_typed, when_typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A table that can be prepared, and whether it is chosen."""

    row: FloorRow
    chosen: bool


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Choose the shift and its tables; those that could not be prepared are named."""
    if request.method != "POST":
        return _shown(request, credential)
    try:
        message, details = _prepared(request, credential)
    except Refused as no:
        only_beside_the_form(no)
        return _shown(request, credential, refused=no)
    say_next(request, message, details=details, needs=bool(details))
    response = HttpResponseRedirect(reverse("floor"))
    response.status_code = 303
    return response


def _prepared(request: HttpRequest, credential: SessionCredential) -> tuple[str, list[str]]:
    """Through the one door, and what is said of it: how many, and which were left out and why."""
    chosen = [each for each in map(id_typed, request.POST.getlist("table_ids")) if each]
    shift, key = request.POST.get("shift_id", ""), request.POST.get("key", "")
    when, misshapen = when_typed(request, credential)
    if misshapen is None and not chosen:
        error = FieldError("/table_ids", "SHAPE", _("Choose at least one."))
        misshapen = Refused(Refusal.SHAPE, errors=[error])
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps(dict(done.decision.outcome)))

    asked = Asked(
        body=sessions.PrepareShift(shift_id=id_typed(shift), table_ids=chosen),
        misshapen=misshapen,
        raw={
            "shift_id": shift,
            "table_ids": [str(each) for each in chosen],
            **({"occurred_at": rfc3339(when)} if when else {}),
        },
        occurred_at=when,
        key=key,
    )
    given = perform(credential, sessions.PREPARE_SHIFT, asked, clock=timezone.now, answer=answer)
    return _told(json.loads(given.text))


def _told(outcome: Mapping[str, Any]) -> tuple[str, list[str]]:
    count = len(outcome["items"])
    message = ngettext(
        "%(count)d table is ready to open.", "%(count)d tables are ready to open.", count
    ) % {"count": count}
    refused: Sequence[Mapping[str, str]] = outcome["refused"]
    said = {each["table_code"]: heard(Refused(Refusal[each["code"]]).detail) for each in refused}
    return message, [f"{code}: {why}" for code, why in said.items()]


def _shown(
    request: HttpRequest, credential: SessionCredential, *, refused: Refused | None = None
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        if not may_prepare(view):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
        rows = floor(view.cursor, view.house, now=view.now, blind=view.blind)
        current = view.house.calendar.shift_at(view.now)
    zone = view.house.casino.timezone
    errors = errors_by_field(refused, zone=zone) if refused else {}
    sent = set(request.POST.getlist("table_ids"))
    available = [row for row in rows if row.status == TableStatus.ACTIVE]
    offered = [
        Offered(row=row, chosen=str(row.id) in sent if request.POST else not _has_session(row))
        for row in available
    ]
    context = {
        "pits": _by_pit(offered),
        "shifts": [current, view.house.calendar.shift_after(current)],
        "chosen": request.POST.get("shift_id", str(current.id)),
        "when": shown_when(request.POST.dict(), errors, zone=zone),
        "key": key_for(request.POST.dict()),
        "error": errors.get("/table_ids", ""),
        "refusal": heard(refused.detail) if refused else "",
        "details": explained(refused, house=view.house) if refused else (),
    }
    status = HTTP_STATUS[refused.refusal.kind] if refused else 200
    return shown(request, view, "tablebank/prepare_shift.html", context, status=status)


def _has_session(row: FloorRow) -> bool:
    """Whether the table is in play or prepared already: then it is not chosen beforehand."""
    return row.phase in LIVE or row.phase == Phase.READY_TO_OPEN


def _by_pit(offered: Sequence[Offered]) -> list[tuple[str, list[Offered]]]:
    names = sorted({each.row.pit for each in offered})
    return [(name, [each for each in offered if each.row.pit == name]) for name in names]
