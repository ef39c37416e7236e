"""The gaming day: what is not ready, every number, the chain; closing it, and what was signed."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.commands.closing_the_day import CLOSE_DAY, CloseDay
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.authority import SEES_GAMING_DAY, STEPS
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.day_closes import DayClose
from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.queries.doors import View, reading
from tablebank.queries.gaming_days import Asking, DaySheet, gaming_day
from tablebank.queries.house_book import staff_by_id
from tablebank.web.day_view import FORM, HELD, chain_rows, in_the_way, number_rows, waiting_rows
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.explained import explained
from tablebank.web.form import key_for
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form

ONE_DAY = timedelta(days=1)


@signed_in
@never_cache
@require_safe
def page(
    request: HttpRequest, credential: SessionCredential, day: date | None = None
) -> HttpResponse:
    """A gaming day; without one named the last that is over."""
    with reading(credential, at=timezone.now()) as view:
        named = day or _typed(request) or view.today - ONE_DAY
        return _shown(request, view, _sheet(view, named), "tablebank/day.html")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, credential: SessionCredential, day: date) -> HttpResponse:
    """What closing will do, asked once; then it is done."""
    if request.method != "POST":
        return _asking(request, credential, day)
    try:
        message, needs = _closed(request, credential, day)
    except Refused as no:
        only_beside_the_form(no)
        return _asking(request, credential, day, refused=no)
    say_next(request, message, details=[], needs=needs)
    response = HttpResponseRedirect(reverse("day-of", args=[day]))
    response.status_code = 303
    return response


@signed_in
@never_cache
@require_safe
def paper(request: HttpRequest, credential: SessionCredential, day: date) -> HttpResponse:
    """What was signed when the day was closed, to read and to print: the revision that stands."""
    with reading(credential, at=timezone.now()) as view:
        sheet = _sheet(view, day)
        wanted = request.GET.get("revision", "")
        found = [each for each in sheet.closes if not wanted or str(each.revision) == wanted]
        if not found or view.blind:
            raise Refused(Refusal.NOT_FOUND)
        return _printed(request, view, found[-1])


def _typed(request: HttpRequest) -> date | None:
    """The day of the form above the page; what is none asks for none."""
    try:
        return date.fromisoformat(request.GET.get("gaming_day", ""))
    except ValueError:
        return None


def _sheet(view: View, day: date) -> DaySheet:
    view.only_for(SEES_GAMING_DAY)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(Refusal.NOT_FOUND)
    asking = Asking(staff_id=view.caller.staff.id, now=view.now, blind=view.blind)
    return gaming_day(view.cursor, view.house, day, asking=asking)


def _may_close(view: View) -> bool:
    return bool(view.caller.roles & set(STEPS[CLOSE_DAY.name].callers))


def _asking(
    request: HttpRequest,
    credential: SessionCredential,
    day: date,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        if not _may_close(view):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
        sheet, sent = _sheet(view, day), request.POST.dict()
        context = {
            "key": key_for(sent),
            "reason": sent.get("reason", ""),
            "pending_count": bool(sent.get("pending_count")),
            "may_wait": view.house.settings.finalize_pending_count,
            "refusal": heard(refused.detail) if refused else "",
            "details": explained(refused, house=view.house) if refused else (),
        }
        status = HTTP_STATUS[refused.refusal.kind] if refused else 200
        return _shown(request, view, sheet, "tablebank/day_close.html", context, status=status)


def _closed(request: HttpRequest, credential: SessionCredential, day: date) -> tuple[str, bool]:
    """Through the one door; what is said of it, and whether something is left to do."""
    key = request.POST.get("key", "")
    reason = request.POST.get("reason", "").strip() or None
    pending = bool(request.POST.get("pending_count"))
    fits = 0 < len(key) <= LONGEST_KEY

    def answer(cursor: Any, done: Done) -> Answer:
        content = next(each for each in done.decision.new if isinstance(each, DayClose)).content
        return Answer(status=303, text=json.dumps({"left": len(content["not_ready"])}))

    asked = Asked(
        path_day=day,
        body=CloseDay(reason=reason, pending_count=pending),
        misshapen=None if fits else Refused(Refusal.IDEMPOTENCY_KEY_MISSING),
        raw={"reason": reason, "pending_count": pending},
        key=key,
    )
    given = perform(credential, CLOSE_DAY, asked, clock=timezone.now, answer=answer)
    if json.loads(given.text)["left"]:
        return _("The gaming day is closed. What is not ready is listed below."), True
    return _("The gaming day is closed."), False


def _shown(
    request: HttpRequest,
    view: View,
    sheet: DaySheet,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    whole = {
        "sheet": sheet,
        "state": sheet.state,
        "waiting": waiting_rows(sheet.state, view.house),
        "ready": [each for unit in sheet.state.ready for each in unit.sessions],
        "not_ready": sum(len(each.sessions) for each in sheet.state.not_ready),
        "final": sum(len(each.sessions) for each in sheet.state.final),
        "numbers": number_rows(sheet),
        "chain": chain_rows(sheet.state.chain),
        "in_the_way": in_the_way(sheet),
        "may_close": _may_close(view),
        "may_print": not view.blind,
        "names": _names(view, sheet.closes),
        "before": sheet.day - ONE_DAY if sheet.day > FIRST_DAY else None,
        "after": sheet.day + ONE_DAY if sheet.day < view.today else None,
        **(context or {}),
    }
    return shown(request, view, template, whole, status=status)


def _names(view: View, closes: tuple[DayClose, ...]) -> Mapping[UUID, str]:
    people = staff_by_id(view.cursor, view.casino_id, [each.closed_by for each in closes])
    return {each.id: f"{each.name} ({each.badge})" for each in people}


def _printed(request: HttpRequest, view: View, found: DayClose) -> HttpResponse:
    content = found.content
    context = {
        "close": found,
        "content": content,
        "forms": {name: str(words) for name, words in FORM.items()},
        "voided": [form for each in content["numbers"] for form in each["voided"]],
        "held": {str(name): str(words) for name, words in HELD.items()},
        "names": _names(view, (found,)),
        "address": request.build_absolute_uri(request.path),
    }
    return shown(request, view, "tablebank/day_paper.html", context)
