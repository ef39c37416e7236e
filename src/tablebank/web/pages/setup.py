"""Setting a casino up, step by step; each stands as the casino does, whoever goes on with it.

The forms are those of the settings and of the par sheet; what is sent goes through the same
commands, under the same keys (PAR-5, PAR-8, IDEM-1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.domain.credentials import SessionCredential
from tablebank.domain.readiness import Item, Readiness, SetUpStep
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.intake.par_words import game_of
from tablebank.queries.doors import View, reading
from tablebank.queries.setting_up import readiness_of
from tablebank.web.floor_cards import may_prepare
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.par_sheet import looked_at, sheet_form
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.par_sheet import Taking
from tablebank.web.setting_targets import reviewed, set_targets, targets_form
from tablebank.web.setting_up import (
    CHOOSE_MODE,
    QUESTION,
    REGISTER_BY_HAND,
    SETS_UP,
    missing_of,
    ready_of,
    step_lines,
)
from tablebank.web.settings.asking import carry_out, shown_setting
from tablebank.web.settings.bank_mode import BANK_MODES
from tablebank.web.settings.kind import Book, Setting
from tablebank.web.settings.opening import book_of, with_history
from tablebank.web.written import write_as

BY_SHEET, BY_HAND = "sheet", "hand"
LONGEST_NAME = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Here:
    """Who is at which step, with the casino as it stands."""

    request: HttpRequest
    credential: SessionCredential
    step: SetUpStep
    book: Book
    found: Readiness

    @property
    def view(self) -> View:
        return self.book.view

    @property
    def how(self) -> str:
        """By a sheet or by hand, as was chosen; empty where nothing was."""
        said = self.request.GET.get("how", "")
        return said if said in (BY_SHEET, BY_HAND) else ""


@signed_in
@never_cache
@require_safe
def entrance(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """To the step at which the set-up goes on."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SETS_UP)
        found = readiness_of(view, at=timezone.now())
    return HttpResponseRedirect(_at(found.next_step))


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, credential: SessionCredential, slug: str) -> HttpResponse:
    """One of the five steps; sent, its form is carried out."""
    if slug not in list(SetUpStep):
        raise Refused(Refusal.NOT_FOUND)
    here = _here(request, credential, SetUpStep(slug))
    if request.method != "POST":
        return _shown(here, _STEPS[here.step].stands(here))
    sent = _STEPS[here.step].sent
    if sent is None:
        raise Refused(Refusal.NOT_FOUND)
    return sent(here)


def _here(request: HttpRequest, credential: SessionCredential, at_step: SetUpStep) -> Here:
    now = timezone.now()
    with reading(credential, at=now) as view:
        view.only_for(SETS_UP)
        book = with_history(book_of(view, at=now), ())
        found = readiness_of(view, at=now, tables=book.tables, pars=book.pars)
    return Here(request=request, credential=credential, step=at_step, book=book, found=found)


def _at(step: SetUpStep, *, how: str = "") -> str:
    return reverse("setup-step", args=[step.value]) + (f"?how={how}" if how else "")


def _onwards(href: str) -> HttpResponse:
    response = HttpResponseRedirect(href)
    response.status_code = 303
    return response


def _shown(here: Here, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    steps = list(SetUpStep)
    after = steps[steps.index(here.step) + 1 :]
    with write_as(here.book.house):
        lines = step_lines(here.found, here.book, here=here.step)
    whole = {
        "steps": lines,
        "step": here.step.value,
        "part": f"tablebank/parts/setup_{here.step.value}.html",
        "question": QUESTION[here.step][1],
        "onwards": _at(after[0]) if after else "",
        "onwards_words": QUESTION[after[0]][0] if after else "",
        "found": here.found,
        "is_admin": here.book.is_admins,
        "book": here.book,
        "how": here.how,
        **context,
    }
    return shown(here.request, here.view, "tablebank/setup.html", whole, status=status)


# -- a form of the settings ------------------------------------------------------------------------


def _by_setting(here: Here, setting: Setting, onwards: str) -> HttpResponse:
    """Carried out, and on; refused, the form again with what was typed."""
    data = here.request.POST.dict()
    try:
        after = carry_out(here.credential, setting, here.book, data)
    except Refused as no:
        only_beside_the_form(no)
        again = _here(here.request, here.credential, here.step)
        form = shown_setting(setting, again.book, data=data, refused=no)
        context = {**_STEPS[here.step].stands(again), "form": form}
        return _shown(again, context, status=HTTP_STATUS[no.refusal.kind])
    say_next(here.request, after.message, details=[], needs=after.needs)
    return _onwards(onwards)


# -- 1: the close model ----------------------------------------------------------------------------


def _mode(here: Here) -> Mapping[str, Any]:
    is_chosen = here.found.of(Item.BANK_MODE).is_met
    asks = here.book.is_admins and not is_chosen
    with write_as(here.book.house):
        page = BANK_MODES.shown(here.book)
    return {
        "page": page,
        "is_chosen": is_chosen,
        "form": shown_setting(CHOOSE_MODE, here.book) if asks else None,
    }


def _mode_sent(here: Here) -> HttpResponse:
    return _by_setting(here, CHOOSE_MODE, _at(SetUpStep.TABLES))


# -- 2: the tables ---------------------------------------------------------------------------------


def _tables(here: Here) -> Mapping[str, Any]:
    how = here.how or ("" if here.found.tables else BY_SHEET)
    by_hand = here.book.is_admins and how == BY_HAND
    return {
        "how": how if here.book.is_admins else "",
        "pits": [(pit, _of_pit(here, pit)) for pit in here.book.pits],
        "form": shown_setting(REGISTER_BY_HAND, here.book) if by_hand else None,
        **_sheet_of_tables(here),
    }


def _of_pit(here: Here, pit: str) -> list[str]:
    return [each.code for each in here.book.tables if each.pit == pit]


def _sheet_of_tables(here: Here) -> dict[str, Any]:
    said = here.request.POST
    return {
        **sheet_form(here.request),
        "takes_targets": said.get("targets") == "yes" if said else True,
        "default_pit": said.get("pit", "")[:LONGEST_NAME],
        "default_game": said.get("game_type", "")[:LONGEST_NAME],
    }


def _tables_sent(here: Here) -> HttpResponse:
    """By hand one table, and the next; or all that a sheet names (PAR-8)."""
    if here.how == BY_HAND:
        return _by_setting(here, REGISTER_BY_HAND, _at(SetUpStep.TABLES, how=BY_HAND))
    said = here.request.POST
    taking = Taking(
        provision=True,
        targets=said.get("targets") == "yes",
        tables_alone=True,
        pit=said.get("pit", "").strip()[:LONGEST_NAME] or None,
        game_type=game_of(said.get("game_type", "").strip()[:LONGEST_NAME]),
    )
    return _by_sheet(here, taking)


def _by_sheet(here: Here, taking: Taking) -> HttpResponse:
    """Looked at, it is shown what each row would do; imported, the set-up goes on."""
    looked = looked_at(here.request, here.credential, here.view, taking)
    if not looked.done:
        context = {**_STEPS[here.step].stands(here), "how": BY_SHEET, **looked.context}
        return _shown(here, context, status=looked.status)
    say_next(here.request, _("The sheet is imported."), details=[looked.done], needs=False)
    return _onwards(_at(_after_import(here)))


def _after_import(here: Here) -> SetUpStep:
    """On to the targets, or past them where every table has one by now."""
    found = _here(here.request, here.credential, here.step).found
    return SetUpStep.REVIEW if found.of(Item.TARGETS).is_met else SetUpStep.TARGETS


# -- 3: the targets --------------------------------------------------------------------------------


def _targets(here: Here) -> Mapping[str, Any]:
    by_hand = here.how == BY_HAND
    with write_as(here.book.house):
        form = targets_form(here.book) if by_hand else None
    return {
        "targets": here.found.of(Item.TARGETS),
        "may_approve": here.book.may("approve_par"),
        "targets_form": form,
        **sheet_form(here.request),
    }


def _targets_sent(here: Here) -> HttpResponse:
    if here.how != BY_HAND:
        return _by_sheet(here, Taking(provision=False))
    data = here.request.POST.dict()
    try:
        with write_as(here.book.house):
            done = set_targets(here.credential, here.book, data)
    except Refused as no:
        only_beside_the_form(no)
        again = _here(here.request, here.credential, here.step)
        with write_as(again.book.house):
            form = targets_form(again.book, data=data, refused=no)
        context = {**_targets(again), "targets_form": form}
        return _shown(again, context, status=HTTP_STATUS[no.refusal.kind])
    if done.proposed:
        message = ngettext(
            "%(count)d target is proposed. A pit manager or a cage manager approves it.",
            "%(count)d targets are proposed. A pit manager or a cage manager approves them.",
            done.proposed,
        )
    else:
        message = ngettext("%(count)d target is set.", "%(count)d targets are set.", done.written)
    count = done.proposed or done.written
    say_next(here.request, message % {"count": count}, details=[], needs=bool(done.proposed))
    return _onwards(_at(SetUpStep.REVIEW))


# -- 4 and 5: what holds, and what is missing ------------------------------------------------------


def _review(here: Here) -> Mapping[str, Any]:
    with write_as(here.book.house):
        pits = reviewed(here.book)
    return {"pits": pits, "may_propose": here.book.may("propose_par")}


def _ready(here: Here) -> Mapping[str, Any]:
    with write_as(here.book.house):
        missing = missing_of(here.found, here.book)
    return {
        "in_the_way": [each for each in missing if each.is_in_the_way],
        "advised": [each for each in missing if not each.is_in_the_way],
        "ready": ready_of(here.found),
        "may_prepare": may_prepare(here.view),
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class _Step:
    """What a step shows, and what becomes of its form, where it has one."""

    stands: Callable[[Here], Mapping[str, Any]]
    sent: Callable[[Here], HttpResponse] | None = None


_STEPS: Mapping[SetUpStep, _Step] = {
    SetUpStep.MODE: _Step(stands=_mode, sent=_mode_sent),
    SetUpStep.TABLES: _Step(stands=_tables, sent=_tables_sent),
    SetUpStep.TARGETS: _Step(stands=_targets, sent=_targets_sent),
    SetUpStep.REVIEW: _Step(stands=_review),
    SetUpStep.READY: _Step(stands=_ready),
}
