"""Exceptions: what broke, what it stops and what is at stake; resolved with a reason and words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.commands import remarks, results
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.authority import SEES_EXCEPTIONS, STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.domain.remarks import RemarkedOn
from tablebank.domain.resolving import REASON_CODES
from tablebank.domain.terms import FindingStatus
from tablebank.queries.doors import View, reading
from tablebank.queries.exception_list import (
    ListedException,
    exception_kinds,
    exception_list,
    has_signed,
    listed_exception,
    possible_causes,
)
from tablebank.queries.findings import without_counts
from tablebank.queries.remarks import remarks_on
from tablebank.queries.settings_book import people_for
from tablebank.web import words
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.exception_facts import facts_in_words
from tablebank.web.explained import explained
from tablebank.web.form import key_for
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.written import write_as

NOT_YOURS = gettext_lazy("A pit manager, a cage manager or accounting resolves an exception.")
INVOLVED = gettext_lazy(
    "You signed one of the facts in question. Another pit manager, cage manager or somebody of "
    "accounting resolves it."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An exception in the list, with its facts in words."""

    exception: ListedException
    facts: Sequence[str]

    @property
    def department(self) -> str:
        return words.said(words.DEPARTMENT, self.exception.department)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One way to narrow the list, and how many it would show."""

    value: str
    words: str
    count: int


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """What is open, or what was asked for."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        return _shown(request, view, "tablebank/exceptions.html")


@signed_in
@never_cache
@require_safe
def part(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The list alone: what the page asks for again every few seconds."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        return _shown(request, view, "tablebank/parts/exception_list.html")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def resolve(
    request: HttpRequest, credential: SessionCredential, exception_id: UUID
) -> HttpResponse:
    """One exception, with the form that resolves it for who may, and the one for a remark."""
    if request.method != "POST":
        return opened(request, credential, exception_id)
    is_remark = "text" in request.POST
    try:
        message = (_remarked if is_remark else _resolved)(request, credential, exception_id)
    except Refused as no:
        only_beside_the_form(no)
        return opened(request, credential, exception_id, refused=no)
    say_next(request, message, details=[], needs=False)
    stays = reverse("exceptions-action", args=[exception_id])
    response = HttpResponseRedirect(stays if is_remark else reverse("exceptions"))
    response.status_code = 303
    return response


def _remarked(request: HttpRequest, credential: SessionCredential, exception_id: UUID) -> str:
    """A signed remark on it through the one door, open or not (RUN-10)."""
    said = {name: request.POST.get(name, "").strip() or None for name in ("text", "reference")}
    body = remarks.WriteRemark(text=said["text"] or "", reference=said["reference"])

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps({"message": _("The remark is kept.")}))

    asked = asked_of(request, exception_id, body=body, raw=said)
    given = perform(
        credential, remarks.REMARK_ON_EXCEPTION, asked, clock=timezone.now, answer=answer
    )
    return str(json.loads(given.text)["message"])


def asked_of(request: HttpRequest, exception_id: UUID, *, body: Any, raw: dict[str, Any]) -> Asked:
    """A command about an exception as its form sent it, with the form's own key."""
    key = request.POST.get("key", "")
    fits = 0 < len(key) <= LONGEST_KEY
    return Asked(
        path_id=exception_id,
        body=body,
        misshapen=None if fits else Refused(Refusal.IDEMPOTENCY_KEY_MISSING),
        raw=raw,
        key=key,
    )


def _resolved(request: HttpRequest, credential: SessionCredential, exception_id: UUID) -> str:
    """Resolve it through the one door, with what was typed (FIND-3)."""
    said = {name: request.POST.get(name, "").strip() for name in ("reason_code", "narrative")}

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps({"message": _("The exception is resolved.")}))

    asked = asked_of(request, exception_id, body=results.Resolve(**said), raw=said)
    given = perform(credential, results.RESOLVE, asked, clock=timezone.now, answer=answer)
    return str(json.loads(given.text)["message"])


def opened(
    request: HttpRequest,
    credential: SessionCredential,
    exception_id: UUID,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    """The exception over the list, as it is by now, with what was typed."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        found = listed_exception(view.cursor, view.casino_id, exception_id)
        if found is None:
            raise Refused(Refusal.NOT_FOUND)
        why_not = _why_not(view, found)
        sent = request.POST.dict()
        context = {
            "opened": _row(_seen([found], view)[0], view),
            "why_not": why_not,
            "remarks": remarks_on(
                view.cursor,
                view.casino_id,
                subject_type=RemarkedOn.EXCEPTION,
                subject_id=exception_id,
            ),
            "may_remark": _may(view, "remark_on_exception"),
            "may_care": found.status == FindingStatus.OPEN and _may(view, "assign_finding"),
            "people": people_for(view.cursor, view.casino_id, roles=SEES_EXCEPTIONS),
            "causes": possible_causes(view.cursor, view.casino_id, exception_id=exception_id),
            "remark_text": sent.get("text", ""),
            "remark_reference": sent.get("reference", ""),
            "may_send": not why_not and found.status == FindingStatus.OPEN,
            "key": key_for(sent),
            "chosen": sent.get("reason_code", ""),
            "narrative": sent.get("narrative", ""),
            "refusal": heard(refused.detail) if refused else "",
            "details": explained(refused, house=view.house) if refused else (),
        }
        status = HTTP_STATUS[refused.refusal.kind] if refused else 200
        return _shown(request, view, "tablebank/exceptions.html", context, status=status)


def _why_not(view: View, found: ListedException) -> str:
    """Why this person does not resolve it: their role, or that they signed some of it."""
    if not _may_resolve(view):
        return str(NOT_YOURS)
    involved = has_signed(
        view.cursor,
        view.casino_id,
        exception_id=found.id,
        staff_id=view.caller.staff.id,
        but=results.OF_THE_RESULT,
    )
    return str(INVOLVED) if involved else ""


def _may_resolve(view: View) -> bool:
    return _may(view, "resolve_finding")


def _may(view: View, step: str) -> bool:
    return bool(acts_as(view.caller.roles) & set(STEPS[step].callers))


def _shown(
    request: HttpRequest,
    view: View,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    wanted = request.GET.get("status", "").upper()
    standing = wanted if wanted in list(FindingStatus) else str(FindingStatus.OPEN)
    kind = request.GET.get("kind", "")
    counts = exception_kinds(view.cursor, view.casino_id)
    kinds = sorted({each.kind for each in counts})
    table_id = _table_asked(request)
    found = exception_list(
        view.cursor,
        view.casino_id,
        status=standing,
        kind=kind or None,
        table_id=table_id,
        reader_id=view.caller.staff.id,
    )
    whole = {
        "rows": [_row(each, view) for each in _seen(found, view)],
        "total": found[0].total if found else 0,
        "standing": standing,
        "kind": kind,
        "statuses": [
            Choice(
                value=str(each),
                words=words.said(words.FINDING_STATUS, each),
                count=sum(one.count for one in counts if one.status == each),
            )
            for each in FindingStatus
        ],
        "kinds": [
            Choice(
                value=each,
                words=words.said(words.FINDING, each),
                count=sum(
                    one.count for one in counts if (one.kind, one.status) == (each, standing)
                ),
            )
            for each in kinds
        ],
        "table_id": table_id,
        "asked": urlencode({"status": standing, "kind": kind, "table_id": table_id or ""}),
        "may_resolve": _may_resolve(view),
        "reader_id": view.caller.staff.id,
        "not_yours": NOT_YOURS,
        "reason_codes": [(code, words.said(words.REASON_CODE, code)) for code in REASON_CODES],
        **(context or {}),
    }
    return shown(request, view, template, whole, status=status)


def _table_asked(request: HttpRequest) -> UUID | None:
    """The table whose exceptions are asked for; what is no id asks for none."""
    try:
        return UUID(request.GET.get("table_id", ""))
    except ValueError:
        return None


def _seen(found: Sequence[ListedException], view: View) -> Sequence[ListedException]:
    """As the reader may see them: who is to count a tray is not told how far off it was."""
    return without_counts(view.cursor, view.casino_id, found) if view.blind else found


def _row(found: ListedException, view: View) -> Row:
    with timezone.override(ZoneInfo(view.house.casino.timezone)), write_as(view.house):
        said = facts_in_words(found.facts, currency=view.house.casino.currency)
    return Row(exception=found, facts=said)
