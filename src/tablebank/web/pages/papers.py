"""Forms to read and to print, each on a page of its own: a slip, a count, the proof of a result."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.remarks import RemarkedOn
from tablebank.queries.doors import View, reading
from tablebank.queries.remarks import remarks_on
from tablebank.queries.session_sheet import (
    SessionSheet,
    session_of_count,
    sessions_by_id,
    snapshots_of,
)
from tablebank.queries.slip_book import slips_by_id
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.paper import Paper, paper_of_count, paper_of_slip
from tablebank.web.proof import terms, unknown_because
from tablebank.web.revisions import since_report
from tablebank.web.session_view import session_view


@signed_in
@never_cache
@require_safe
def slip(request: HttpRequest, credential: SessionCredential, slip_id: UUID) -> HttpResponse:
    """A fill or credit slip, or the request for one."""
    with reading(credential, at=timezone.now()) as view:
        found = next(iter(slips_by_id(view.cursor, view.casino_id, [slip_id])), None)
        if found is None:
            raise Refused(Refusal.NOT_FOUND)
        session = _session(view, found.session_id)
        chips = view.house.chips_on(session.gaming_day)
        said = remarks_on(
            view.cursor, view.casino_id, subject_type=RemarkedOn.SLIP, subject_id=slip_id
        )
        paper = paper_of_slip(found, session, chips=chips)
        return _printed(request, view, paper, remarks=said, slips=(found,))


@signed_in
@never_cache
@require_safe
def count(request: HttpRequest, credential: SessionCredential, count_id: UUID) -> HttpResponse:
    """An opener, a closer, or another count of a session's tray."""
    with reading(credential, at=timezone.now()) as view:
        session_id = session_of_count(view.cursor, view.casino_id, count_id)
        if session_id is None:
            raise Refused(Refusal.NOT_FOUND)
        session = _session(view, session_id)
        counts = snapshots_of(view.cursor, view.casino_id, session_id, blind=view.blind)
        found = next(each for each in counts if each.id == count_id)
        chips = view.house.chips_on(session.gaming_day)
        return _printed(request, view, paper_of_count(found, session, chips=chips))


@signed_in
@never_cache
@require_safe
def proof(request: HttpRequest, credential: SessionCredential, session_id: UUID) -> HttpResponse:
    """The rundown of a session with every fact it was made from, on one page (RUN-1)."""
    with reading(credential, at=timezone.now()) as view:
        session = session_view(view, session_id)
    if session is None:
        raise Refused(Refusal.NOT_FOUND)
    numbers = [entry.number for entry in session.entries]
    context = {
        "session": session.session,
        "rundown": session.rundown.rundown,
        "report": session.rundown,
        "remarks": session.remarks,
        "slips": session.slips,
        "revisions": session.revisions,
        "since": since_report(session),
        "terms": terms(session),
        "because": unknown_because(session),
        "names": session.names,
        "first_entry": min(numbers, default=None) if session.shows_numbers else None,
        "last_entry": max(numbers, default=None) if session.shows_numbers else None,
        "address": request.build_absolute_uri(request.path),
    }
    return shown(request, view, "tablebank/proof.html", context)


def _session(view: View, session_id: UUID) -> SessionSheet:
    return sessions_by_id(view.cursor, view.casino_id, [session_id], blind=view.blind)[0]


def _printed(request: HttpRequest, view: View, paper: Paper, **beside: Any) -> HttpResponse:
    address = request.build_absolute_uri(request.path)
    context = {"paper": paper, "address": address, **beside}
    return shown(request, view, "tablebank/paper.html", context)
