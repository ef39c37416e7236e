"""The count room's pages: sessions, boxes entered one by one, files, the verifier, posting."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tablebank.commands.count_files import IMPORT_COUNTS, ImportCounts
from tablebank.commands.perform import Answer, Asked, Done, outcome_of, perform
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.plain import plain
from tablebank.domain.refusals import HTTP_STATUS, FieldError, Refusal, Refused
from tablebank.intake.bounds import MAX_BYTES
from tablebank.intake.count_file import CountFileRead, read_count_file, told_of
from tablebank.queries import count_book
from tablebank.queries.doors import View, reading
from tablebank.queries.house_book import staff_by_id
from tablebank.queries.pages import Asked as Page
from tablebank.queries.slip_match import match_of_batch
from tablebank.web import count_room, typed
from tablebank.web.count_boxes import BOX_FORMS, ENTER, LOOSE
from tablebank.web.count_form import CountForm, count_form, fields_of
from tablebank.web.count_room import START, RoomForm, Spot
from tablebank.web.count_whole import FORMS_BY_SLUG
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.form import key_for
from tablebank.web.heard import heard
from tablebank.web.menu import ABOUT_DROPS, AT_THE_CAGE
from tablebank.web.pages.entrance import say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.written import write_as

SHOWN = 50
"""How many count sessions are listed, the latest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What came back with a form that was refused."""

    form: RoomForm
    data: Mapping[str, str]
    refused: Refused


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """All count sessions, and where one begins."""
    if request.method != "POST":
        return _overview(request, credential)
    with reading(credential, at=timezone.now()) as view:
        _enter(view)
    try:
        session_id = _carried_out(request, credential, START, Spot(view=view))
    except Refused as no:
        only_beside_the_form(no)
        return _overview(request, credential, sent=_sent(request, START, no))
    return _onwards(request, START, session_id)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, credential: SessionCredential, session_id: UUID) -> HttpResponse:
    """One count session as its reader may see it; sent, a file that fills it."""
    if request.method == "POST":
        return _brought(request, credential, session_id)
    return _shown(request, credential, session_id)


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def act(
    request: HttpRequest,
    credential: SessionCredential,
    session_id: UUID,
    slug: str,
    drop_id: UUID | None = None,
) -> HttpResponse:
    """A form of the session, or of one of its boxes; sent, it is carried out."""
    wanted = (BOX_FORMS if drop_id else FORMS_BY_SLUG).get(slug)
    if wanted is None:
        raise Refused(Refusal.NOT_FOUND)
    with reading(credential, at=timezone.now()) as view:
        spot = _spot(view, session_id, drop_id)
        if not wanted.may_call(spot):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
    if request.method != "POST":
        return _shown(request, credential, session_id, wanted=wanted, drop_id=drop_id)
    try:
        _carried_out(request, credential, wanted, spot)
    except Refused as no:
        only_beside_the_form(no)
        sent = _sent(request, wanted, no)
        return _shown(request, credential, session_id, drop_id=drop_id, sent=sent)
    return _onwards(request, wanted, session_id)


def _brought(request: HttpRequest, credential: SessionCredential, session_id: UUID) -> HttpResponse:
    """A counter's file: looked at first, or entered (SOFT-5)."""
    with reading(credential, at=timezone.now()) as view:
        spot = _spot(view, session_id, None)
        if not ENTER.may_call(spot):
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
    read = _file(request, view)
    is_tried = request.POST.get("step") != "enter"
    try:
        outcome = _imported(request, credential, session_id, read, is_tried=is_tried)
    except Refused as no:
        only_beside_the_form(no)
        return _shown(request, credential, session_id, file_refused=no)
    if is_tried:
        return _shown(request, credential, session_id, tried=outcome)
    words = _("This file was entered before.") if outcome["again"] else _("The file is entered.")
    say_next(request, words, details=[], needs=bool(outcome["refused"]))
    return _see(reverse("drops-count", args=[session_id]))


# -- sending ---------------------------------------------------------------------------------------


def _carried_out(
    request: HttpRequest, credential: SessionCredential, form: RoomForm, spot: Spot
) -> str:
    """Through the one door: the id of the session, the first time and every time (IDEM-1)."""
    data = request.POST.dict()
    view, key = spot.view, data.get("key", "")
    with write_as(view.house):
        read = typed.read(
            fields_of(form, spot),
            data,
            chips=view.house.chips_on(view.today),
            zone=view.house.casino.timezone,
        )
        signatures = typed.signatures(form.signs(spot), data)
        misshapen = read.misshapen
        if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
            misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
        body = None if misshapen else form.body(read.values, spot)
    occurred_at = read.values.get("occurred_at")
    signed = [{"role": each.role.value, "badge": each.badge} for each in signatures]
    asked = Asked(
        path_id=spot.session.id if spot.session else None,
        path_other=spot.drop_id,
        body=body,
        misshapen=misshapen,
        raw={**plain(dict(read.values)), "signatures": signed},
        occurred_at=datetime.fromisoformat(occurred_at) if occurred_at else None,
        signatures=signatures,
        key=key,
    )

    def answer(cursor: Any, done: Done) -> Answer:
        at = done.target.id if done.target.type == "count_session" else done.decision.subject_id
        return Answer(status=303, text=json.dumps({"id": str(at)}))

    given = perform(credential, form.command, asked, clock=timezone.now, answer=answer)
    return str(json.loads(given.text)["id"])


def _onwards(request: HttpRequest, form: RoomForm, session_id: UUID | str) -> HttpResponse:
    say_next(request, str(form.done), details=[], needs=False)
    return _see(reverse("drops-count", args=[session_id]))


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def _sent(request: HttpRequest, form: RoomForm, no: Refused) -> Sent:
    return Sent(form=form, data=request.POST.dict(), refused=no)


def _file(request: HttpRequest, view: View) -> CountFileRead:
    file = request.FILES.get("file")
    data = file.read(MAX_BYTES + 1) if isinstance(file, UploadedFile) else b""
    name = file.name if isinstance(file, UploadedFile) else None
    return read_count_file(data, file_name=name, locale=view.house.settings.locale)


def _imported(
    request: HttpRequest,
    credential: SessionCredential,
    session_id: UUID,
    read: CountFileRead,
    *,
    is_tried: bool,
) -> Mapping[str, Any]:
    """What became of each box; refuses COUNT_FILE_NOT_READ with everything that is wrong."""
    if read.errors:
        errors = [FieldError(f"/{each.place}", each.code, each.sentence) for each in read.errors]
        raise Refused(Refusal.COUNT_FILE_NOT_READ, errors=errors)
    said = told_of(read)
    key = request.POST.get("key", "")
    asked = Asked(
        body=ImportCounts(
            count_session_id=session_id,
            sha256=read.sha256,
            layout=read.layout,
            file_name=read.file_name,
            boxes=said["boxes"],
            rows=said["rows"],
        ),
        misshapen=None if 0 < len(key) <= LONGEST_KEY else Refused(Refusal.IDEMPOTENCY_KEY_MISSING),
        raw={"count_session_id": str(session_id), **said},
        key=f"{key}:{read.sha256[:32]}",
        dry_run=is_tried,
    )
    return outcome_of(credential, IMPORT_COUNTS, asked, clock=timezone.now)


# -- showing ---------------------------------------------------------------------------------------


def _enter(view: View) -> None:
    view.only_for(ABOUT_DROPS | AT_THE_CAGE)


def _spot(view: View, session_id: UUID, drop_id: UUID | None) -> Spot:
    """The session, and the box an address names: one that waits, or one that was entered."""
    _enter(view)
    reader = count_book.reader_of(view.caller.roles, blind=view.blind)
    found = count_book.count_sessions_by_id(
        view.cursor, view.casino_id, [session_id], reader=reader
    )
    if not found:
        raise Refused(Refusal.NOT_FOUND)
    session = found[0]
    entered = next((each for each in session.boxes or () if each.drop_id == drop_id), None)
    due = next((each for each in session.due if each.drop_id == drop_id), None)
    if drop_id is not None and entered is None and due is None:
        raise Refused(Refusal.NOT_FOUND)
    return Spot(
        view=view,
        session=session,
        due=due,
        entered=entered if drop_id else None,
        loose=_loose(view, session),
    )


def _loose(view: View, session: count_book.CountSessionSheet) -> tuple[count_book.BoxDue, ...]:
    codes = {each.box for each in session.boxes or () if each.drop_id is None}
    if not codes or session.status != "POSTED":
        return ()
    due = count_book.due_boxes(view.cursor, view.casino_id, view.today)
    return tuple(each for each in due if each.box in codes)


def _overview(
    request: HttpRequest, credential: SessionCredential, *, sent: Sent | None = None
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        _enter(view)
        spot = Spot(view=view)
        ids = count_book.latest_session_ids(view.cursor, view.casino_id, asked=Page(limit=SHOWN))
        reader = count_book.reader_of(view.caller.roles, blind=view.blind)
        sessions = count_book.count_sessions_by_id(view.cursor, view.casino_id, ids, reader=reader)
        may_begin = START.may_call(spot)
        context = {
            "sessions": sessions,
            "form": _form(START, spot, sent) if may_begin else None,
            "back": reverse("drops") if view.caller.roles & ABOUT_DROPS else reverse("cage"),
        }
        status = HTTP_STATUS[sent.refused.refusal.kind] if sent else 200
        return shown(request, view, "tablebank/counts.html", context, status=status)


def _form(form: RoomForm, spot: Spot, sent: Sent | None) -> CountForm:
    data, refused = (sent.data, sent.refused) if sent else (None, None)
    return count_form(form, spot, data=data, refused=refused)


def _shown(
    request: HttpRequest,
    credential: SessionCredential,
    session_id: UUID,
    *,
    wanted: RoomForm | None = None,
    drop_id: UUID | None = None,
    sent: Sent | None = None,
    file_refused: Refused | None = None,
    tried: Mapping[str, Any] | None = None,
) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        spot = _spot(view, session_id, drop_id)
        whole = Spot(view=view, session=spot.session, loose=spot.loose)
        form = sent.form if sent else wanted
        refused = (sent.refused if sent else None) or file_refused
        may_enter = LOOSE.may_call(whole) and LOOSE.offered(whole)
        context = {
            "counted": spot.session,
            "form": _form(form, spot, sent) if form else None,
            "offered": count_room.offered(FORMS_BY_SLUG, whole),
            "entered": [_entered(whole, each) for each in spot.the_session().boxes or ()],
            "waiting": _waiting(spot.the_session()),
            "may_enter": may_enter,
            "files": _files(view, session_id) if count_book.sees_inside(view.caller.roles) else (),
            "tried": tried,
            "file_key": key_for({}),
            "file_refusal": heard(file_refused.detail) if file_refused else "",
            "file_errors": [heard(each.message) for each in file_refused.errors]
            if file_refused
            else (),
            "match": _match(view, spot.the_session()),
            "shows_documents": view.sees_manifests,
            "team": _team(view, spot.the_session()),
        }
        status = HTTP_STATUS[refused.refusal.kind] if refused else 200
        return shown(request, view, "tablebank/count_session.html", context, status=status)


def _entered(spot: Spot, box: count_book.BoxEntered) -> Mapping[str, Any]:
    """A box that was entered, and what can be done with it."""
    here = Spot(view=spot.view, session=spot.session, entered=box)
    return {"box": box, "forms": count_room.offered(BOX_FORMS, here)}


def _waiting(session: count_book.CountSessionSheet) -> list[count_book.BoxDue]:
    """The boxes that are due and not entered yet; who may not see inside is shown all of them."""
    entered = {each.drop_id for each in session.boxes or ()}
    return [each for each in session.due if each.drop_id not in entered]


def _team(view: View, session: count_book.CountSessionSheet) -> list[Mapping[str, Any]]:
    """Who counts, by name, from when and until when."""
    ids = {UUID(each["staff_id"]) for each in session.team}
    names = {each.id: each.name for each in staff_by_id(view.cursor, view.casino_id, ids)}
    return [
        {
            "name": names.get(UUID(each["staff_id"]), each["badge"]),
            "badge": each["badge"],
            "joined_at": datetime.fromisoformat(each["joined_at"]),
            "left_at": datetime.fromisoformat(each["left_at"]) if each["left_at"] else None,
        }
        for each in session.team
    ]


def _files(view: View, session_id: UUID) -> tuple[Any, ...]:
    return count_book.files_of(view.cursor, view.casino_id, session_id)


def _match(view: View, session: count_book.CountSessionSheet) -> Any:
    """What was issued, verified and found, of every box of a posted session (SOFT-4)."""
    if session.status != "POSTED" or not view.sees_manifests or view.blind:
        return None
    return match_of_batch(view.cursor, view.house, session.id)
