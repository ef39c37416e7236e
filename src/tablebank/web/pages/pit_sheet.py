"""The pit sheet: one page to read a whole pit by eye, sent as one (SNAP-6)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tablebank.commands import trays
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.queries.doors import reading
from tablebank.queries.floor import FloorRow, floor
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.form import errors_by_field, key_for, shown_when
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.pages.tables import when_typed
from tablebank.web.pit_sheet import Sheet, errors_by_name, may_read, read_sheet, readable, rows_of
from tablebank.web.written import write_as


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The sheet of one pit; sent, what was read there."""
    if request.method != "POST":
        return _shown(request, credential)
    sheet = _typed(request, credential)
    try:
        read = _noted(request, credential, sheet)
    except Refused as no:
        only_beside_the_form(no)
        return _shown(request, credential, sheet=sheet, refused=no)
    pit, of = request.GET.get("pit", ""), len(_named(request.POST.dict()))
    said = {"pit": pit, "read": read, "all": of}
    message = _("%(pit)s is read: %(read)s of %(all)s tables.") % said
    say_next(request, message, details=[], needs=False)
    response = HttpResponseRedirect(f"{reverse('pit')}?{urlencode({'pit': pit})}")
    response.status_code = 303
    return response


def _named(data: Mapping[str, str]) -> Sequence[UUID]:
    """The tables that stood on the sheet, in its order, by the names of their fields."""
    found = []
    for name in data:
        field, _colon, session_id = name.partition(":")
        try:
            found += [UUID(session_id)] if field == "tray" else []
        except ValueError:
            raise Refused(Refusal.NOT_FOUND) from None
    return found


def _typed(request: HttpRequest, credential: SessionCredential) -> Sheet:
    data = request.POST.dict()
    with reading(credential, at=timezone.now()) as view, write_as(view.house):
        chips = view.house.chips_on(view.today)
        size = view.house.settings.stack_size
        return read_sheet(_named(data), data, chips=chips, stack_size=size)


def _noted(request: HttpRequest, credential: SessionCredential, sheet: Sheet) -> int:
    """Through the one door: how many tables were read, the first time and every time (IDEM-1)."""
    when, misshapen = when_typed(request, credential)
    misshapen = misshapen or sheet.misshapen
    key = request.POST.get("key", "")
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps({"read": len(done.decision.new)}))

    asked = Asked(
        body=trays.ObserveSheet(items=sheet.items),
        misshapen=misshapen,
        raw={"items": sheet.items, **({"occurred_at": rfc3339(when)} if when else {})},
        occurred_at=when,
        key=key,
    )
    given = perform(credential, trays.OBSERVE_SHEET, asked, clock=timezone.now, answer=answer)
    return int(json.loads(given.text)["read"])


def _shown(
    request: HttpRequest,
    credential: SessionCredential,
    *,
    sheet: Sheet | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        if not may_read(view):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
        rows = floor(view.cursor, view.house, now=view.now, blind=view.blind)
    pits = sorted({row.pit for row in rows if readable(row)})
    pit = request.GET.get("pit", "") or (pits[0] if pits else "")
    data = request.POST.dict()
    errors = errors_by_name(refused, sheet.items) if refused and sheet else {}
    zone = view.house.casino.timezone
    beside = errors_by_field(refused, zone=zone) if refused else {}
    chips = view.house.chips_on(view.today)
    on_sheet = rows_of(_on(rows, pit, data), data, errors, chips=chips)
    context = {
        "pit": pit,
        "pits": pits,
        "rows": on_sheet,
        "stack": view.house.settings.stack_size,
        "when": shown_when(data, beside, zone=zone),
        "key": key_for(data),
        "is_kept": bool(data),
        "first": _first(on_sheet),
        "refusal": heard(refused.detail) if refused else "",
    }
    status = HTTP_STATUS[refused.refusal.kind] if refused else 200
    return shown(request, view, "tablebank/pit_sheet.html", context, status=status)


def _on(rows: Sequence[FloorRow], pit: str, data: Mapping[str, str]) -> list[FloorRow]:
    """The tables of the sheet: those in play; and any that something was typed for."""
    sent = {str(each) for each in _named(data)}
    return [
        row for row in rows if row.pit == pit and (readable(row) or str(row.session_id) in sent)
    ]


def _first(rows: Sequence[Any]) -> str:
    """What is typed into first: what is wrong, else the first tray that is not read yet."""
    wrong = [each.tray_name for each in rows if each.error]
    wrong += [each.drop_name for each in rows if each.drop_error]
    wrong += [stack.name for each in rows for stack in each.stacks if stack.error]
    blank = [each.tray_name for each in rows if not each.tray]
    return next(iter((*wrong, *blank)), "")
