"""Bringing a par sheet: paste or choose it, look at what each row would do, import all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.commands.par_sheets import IMPORT_PAR_SHEET, wrong_with_the_others
from tablebank.commands.perform import Asked, outcome_of
from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.intake.par_sheet import ParSheet
from tablebank.intake.par_template import template_csv
from tablebank.queries.doors import View, reading
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.form import key_for
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.par_sheet import (
    MOST_BYTES,
    Brought,
    Taking,
    Wrong,
    body_of,
    kept,
    passed_over,
    question,
    read,
    summed_up,
    told,
    would_come,
    wrong_in_rows,
    wrong_in_sheet,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What came of a sheet that was sent: what its page says, and, once imported, what was done."""

    context: dict[str, Any]
    status: int = 200
    done: str = ""


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The form; sent, what each row would do; confirmed, the import (PAR-8)."""
    with reading(credential, at=timezone.now()) as view:
        if not acts_as(view.caller.roles) & set(STEPS["import_par"].callers):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
    if request.method != "POST":
        return _shown(request, view, {})
    provision = request.POST.get("provision") == "yes"
    looked = looked_at(request, credential, view, Taking(provision=provision))
    if not looked.done:
        return _shown(request, view, looked.context, status=looked.status)
    say_next(request, _("The par sheet is imported."), details=[looked.done], needs=False)
    response = HttpResponseRedirect(reverse("settings-section", args=["targets"]))
    response.status_code = 303
    return response


def looked_at(
    request: HttpRequest, credential: SessionCredential, view: View, taking: Taking
) -> Looked:
    """The sheet that was sent, read, asked about, and tried; imported where that was confirmed."""
    brought = _brought(request)
    if brought is None:
        return Looked(context={"missing": True}, status=422)
    if len(brought.source) > MOST_BYTES:
        return Looked(context={"too_large": True}, status=422)
    sheet = read(brought, view.house, request.POST.dict(), tables_alone=taking.tables_alone)
    context: dict[str, Any] = {
        "brought": brought,
        "is_text": isinstance(brought.source, str),
        "sheet": sheet,
        "passed_over": passed_over(sheet),
    }
    if not sheet.is_readable:
        context["questions"] = [(each, question(each)) for each in sheet.questions]
        wrong = wrong_in_sheet(sheet)
        if not sheet.questions:
            body = body_of(sheet, taking, said=request.POST.dict())
            others = wrong_with_the_others(credential, body, clock=timezone.now)
            wrong += wrong_in_rows(others, sheet, heard)
        return Looked(context={**context, "wrong": wrong}, status=422)
    return _tried(request, credential, sheet, taking=taking, context=context)


@signed_in
@require_safe
def template(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """A sheet to begin with, as CSV."""
    with reading(credential, at=timezone.now()):
        text = template_csv()
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="par-sheet.csv"'
    return response


def _tried(
    request: HttpRequest,
    credential: SessionCredential,
    sheet: ParSheet,
    *,
    taking: Taking,
    context: dict[str, Any],
) -> Looked:
    """Carried out where it was confirmed, else tried and shown (IDEM-2)."""
    confirmed = request.POST.get("step") == "import"
    try:
        outcome = _performed(request, credential, sheet, taking=taking, dry_run=not confirmed)
    except Refused as no:
        only_beside_the_form(no)
        wrong = wrong_in_rows(no.errors, sheet, heard) or [_only(no)]
        return Looked(context={**context, "wrong": wrong}, status=HTTP_STATUS[no.refusal.kind])
    shown_so = {**context, "outcome": told(outcome), "sum": would_come(outcome)}
    return Looked(context=shown_so, done=summed_up(outcome) if confirmed else "")


def _only(no: Refused) -> Wrong:
    return Wrong(place="", sentence=heard(no.detail))


def _performed(
    request: HttpRequest,
    credential: SessionCredential,
    sheet: ParSheet,
    *,
    taking: Taking,
    dry_run: bool,
) -> Mapping[str, Any]:
    key = request.POST.get("key", "")
    misshapen = None
    if not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)

    body = body_of(sheet, taking, said=request.POST.dict())
    asked = Asked(
        body=body,
        misshapen=misshapen,
        raw={
            "sha256": sheet.sha256,
            "rows": len(sheet.rows),
            "provision_tables": taking.provision,
            "targets": taking.targets,
            "pit": taking.pit,
            "game_type": taking.game_type,
            "answers": body.answers,
        },
        key=key,
        dry_run=dry_run,
    )
    return outcome_of(credential, IMPORT_PAR_SHEET, asked, clock=timezone.now)


def _brought(request: HttpRequest) -> Brought | None:
    """The file, the pasted rows, or what went along in the form; None where there is nothing."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        return Brought(source=file.read(MOST_BYTES + 1), name=file.name)
    pasted = request.POST.get("pasted", "")
    if pasted.strip():
        return Brought(source=pasted, name=None)
    said = request.POST.get("brought", "")
    name = request.POST.get("file_name") or None
    return kept(said, name=name, is_text=request.POST.get("is_text") == "yes") if said else None


def _shown(
    request: HttpRequest, view: View, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    whole = {
        **sheet_form(request),
        "may_provision": Role.ADMIN in view.caller.roles,
        "provision": request.POST.get("provision") == "yes",
        **context,
    }
    return shown(request, view, "tablebank/par_sheet.html", whole, status=status)


def sheet_form(request: HttpRequest) -> dict[str, Any]:
    """What the form of a sheet says whatever became of it: its key, and what was answered."""
    answers = [(name, value) for name, value in request.POST.items() if name.startswith("answer:")]
    return {
        "key": key_for(request.POST.dict()),
        "pasted": request.POST.get("pasted", ""),
        "answers": answers,
    }
