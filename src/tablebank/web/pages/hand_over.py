"""The hand-over page: what changed since the last one, what stands open, and who signs for it."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.commands.hand_overs import HAND_OVER, HandOverShift
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.authority import SEES_EXCEPTIONS, STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.handing_over import CallerIs
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.queries.doors import View, reading
from tablebank.queries.hand_over import seen_at_hand_over, stands_open
from tablebank.queries.hand_over_book import hand_over_by_id, hand_overs_of_shift
from tablebank.web import typed
from tablebank.web.actions.kind import SignsToo
from tablebank.web.actions.signers import OF_SIGNATURES
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.explained import explained
from tablebank.web.form import errors_by_field, key_for, shown_signers, shown_when
from tablebank.web.hand_over_view import hand_over_view
from tablebank.web.heard import heard
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.pages.tables import when_typed
from tablebank.web.shift_choice import ShiftChoice, shift_chosen

OTHER = (SignsToo(roles=(Role.SUPERVISOR,), why=gettext_lazy("the other supervisor")),)
WHO = (
    (CallerIs.OUTGOING, gettext_lazy("I hand over")),
    (CallerIs.INCOMING, gettext_lazy("I take over")),
)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """What stands open of a shift; sent, its hand-over."""
    if request.method != "POST":
        return _shown(request, credential)
    try:
        handed = _handed_over(request, credential)
    except Refused as no:
        only_beside_the_form(no)
        return _shown(request, credential, refused=no)
    say_next(request, _("The shift is handed over, signed by both."), details=[], needs=False)
    response = HttpResponseRedirect(reverse("handover-paper", args=[handed]))
    response.status_code = 303
    return response


@signed_in
@never_cache
@require_safe
def part(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """What stands open, alone: what the page asks for again when something happened."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        choice = shift_chosen(request.GET.dict(), view)
        return shown(request, view, "tablebank/parts/hand_over.html", _open(view, choice))


@signed_in
@never_cache
@require_safe
def paper(request: HttpRequest, credential: SessionCredential, hand_over_id: UUID) -> HttpResponse:
    """A hand-over as it was signed, to read and to print."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        found = hand_over_by_id(view.cursor, view.casino_id, hand_over_id)
        if found is None:
            raise Refused(Refusal.NOT_FOUND)
        context = {
            "handed": found,
            "open": hand_over_view(found.content),
            "address": request.build_absolute_uri(request.path),
        }
        return shown(request, view, "tablebank/hand_over_paper.html", context)


def _handed_over(request: HttpRequest, credential: SessionCredential) -> str:
    """Through the one door: the id of the hand-over, the first time and every time (IDEM-1)."""
    sent = request.POST.dict()
    when, misshapen = when_typed(request, credential)
    key, caller_is = sent.get("key", ""), sent.get("caller_is", "")
    remark = sent.get("remark", "").strip() or None
    if misshapen is None and caller_is not in list(CallerIs):
        misshapen = Refused(Refusal.SHAPE)
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    signatures = typed.signatures(OTHER, sent)
    signed = [{"role": each.role.value, "badge": each.badge} for each in signatures]

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=303, text=json.dumps({"id": str(done.decision.subject_id)}))

    asked = Asked(
        path_id=_shift_id(request, credential),
        body=None
        if misshapen
        else HandOverShift(seen=seen_at_hand_over, caller_is=CallerIs(caller_is), remark=remark),
        misshapen=misshapen,
        raw={
            "caller_is": caller_is,
            "signatures": signed,
            **({"remark": remark} if remark else {}),
            **({"occurred_at": rfc3339(when)} if when else {}),
        },
        occurred_at=when,
        signatures=signatures,
        remark=remark,
        key=key,
    )
    given = perform(credential, HAND_OVER, asked, clock=timezone.now, answer=answer)
    return str(json.loads(given.text)["id"])


def _shift_id(request: HttpRequest, credential: SessionCredential) -> UUID:
    with reading(credential, at=timezone.now()) as view:
        return shift_chosen(request.GET.dict(), view).shift.id


def _open(view: View, choice: ShiftChoice) -> Mapping[str, Any]:
    now = stands_open(view.cursor, view.house, shift=choice.shift, now=view.now)
    return {"open": hand_over_view(now.as_json()), "choice": choice}


def _shown(
    request: HttpRequest, credential: SessionCredential, *, refused: Refused | None = None
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        choice = shift_chosen(request.GET.dict(), view)
        may = bool(acts_as(view.caller.roles) & set(STEPS["hand_over_shift"].callers))
        context = {
            **_open(view, choice),
            "handed": hand_overs_of_shift(view.cursor, view.casino_id, choice.shift.id),
            "may_sign": may and choice.can_be_handed_over,
            "asked": urlencode({"shift_id": str(choice.shift.id)}),
            "form": _form(request, view, refused),
        }
        status = HTTP_STATUS[refused.refusal.kind] if refused else 200
        return shown(request, view, "tablebank/hand_over.html", context, status=status)


def _form(request: HttpRequest, view: View, refused: Refused | None) -> Mapping[str, Any]:
    sent, zone = request.POST.dict(), view.house.casino.timezone
    errors = errors_by_field(refused, zone=zone) if refused else {}
    by_signers = refused is not None and refused.refusal in OF_SIGNATURES
    return {
        "key": key_for(sent),
        "is_kept": bool(sent),
        "who": WHO,
        "caller_is": sent.get("caller_is", CallerIs.OUTGOING.value),
        "remark": sent.get("remark", ""),
        "signers": shown_signers(OTHER, sent, errors),
        "by_signers": by_signers,
        "focus": "sign:0:pin" if by_signers else "refusal" if refused else "",
        "when": shown_when(sent, errors, zone=zone),
        "refusal": heard(refused.detail) if refused else "",
        "details": explained(refused, house=view.house) if refused else (),
    }
