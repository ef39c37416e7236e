"""Forms as PDF, for the printer: a slip, an opener, a closer, a rundown report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tablebank.documents.wanted import Wanted
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.documents import Document
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.settings import Paper
from tablebank.web.pages.entrance import signed_in
from tablebank.web.printing import printed

_OF_A_SESSION = (Document.OPENER, Document.CLOSER, Document.RUNDOWN, Document.VARIANCE)


@signed_in
@never_cache
@require_GET
def slip(request: HttpRequest, credential: SessionCredential, slip_id: UUID) -> HttpResponse:
    """A fill or credit slip, or the request for one, in the reader's language."""
    return _pdf(request, credential, Document.SLIP, slip_id)


@signed_in
@never_cache
@require_GET
def of_session(
    request: HttpRequest, credential: SessionCredential, session_id: UUID, name: str
) -> HttpResponse:
    """An opener, a closer, the rundown report or the variance slip of a session."""
    if name not in _OF_A_SESSION:
        raise Refused(Refusal.NOT_FOUND)
    return _pdf(request, credential, Document(name), session_id)


@signed_in
@never_cache
@require_GET
def count(request: HttpRequest, credential: SessionCredential, drop_id: UUID) -> HttpResponse:
    """The soft count sheet of a box."""
    return _pdf(request, credential, Document.COUNT, drop_id)


@signed_in
@never_cache
@require_GET
def count_session(
    request: HttpRequest, credential: SessionCredential, session_id: UUID
) -> HttpResponse:
    """The sheet of a count session, all its boxes."""
    return _pdf(request, credential, Document.COUNT_SESSION, session_id)


@signed_in
@never_cache
@require_GET
def shift_rundown(
    request: HttpRequest, credential: SessionCredential, shift_id: UUID
) -> HttpResponse:
    """The rundown summary of a shift."""
    return _pdf(request, credential, Document.SHIFT_RUNDOWN, shift_id)


@signed_in
@never_cache
@require_GET
def hand_over(
    request: HttpRequest, credential: SessionCredential, hand_over_id: UUID
) -> HttpResponse:
    """A hand-over as it was signed."""
    return _pdf(request, credential, Document.HAND_OVER, hand_over_id)


def _pdf(
    request: HttpRequest, credential: SessionCredential, document: Document, record_id: UUID
) -> HttpResponse:
    wanted = Wanted(
        document=document,
        record_id=record_id,
        site=request.build_absolute_uri("/").rstrip("/"),
        paper=_paper(request),
        language=(get_language() or "en").partition("-")[0],
    )
    made = printed(credential, wanted, clock=timezone.now)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.value}-{record_id}.pdf"'
    return response


def _paper(request: HttpRequest) -> Paper | None:
    """The sheet that the address names, if it names one there is; else the casino's own."""
    named = request.GET.get("paper", "").upper()
    return Paper(named) if named in set(Paper) else None
