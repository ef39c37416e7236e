"""The settings: what a casino has set up, section by section, and the form of each change.

Whoever is signed in reads how the house is set up; people and tokens are an ADMIN's. A form stands
over the section it belongs to, and goes through the same commands as a program does.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tablebank.domain.authority import STEPS, acting_role
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import HTTP_STATUS, Refusal, Refused
from tablebank.queries.doors import View, reading
from tablebank.web.pages.entrance import is_set_up, say_next, shown, signed_in
from tablebank.web.pages.session import only_beside_the_form
from tablebank.web.setting_up import SETS_UP
from tablebank.web.settings.asking import After, ShownSetting, carry_out, shown_setting
from tablebank.web.settings.catalogue import SECTIONS, SETTINGS
from tablebank.web.settings.kind import Book, Section, Setting
from tablebank.web.settings.opening import about_thing, book_of, with_history
from tablebank.web.settings.own_pin import OWN_PIN
from tablebank.web.written import write_as

LONG = 12
"""A list with more rows than this can be searched."""
LONGEST_FIND = 64


@signed_in
@never_cache
@require_safe
def overview(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """What is set, since when and by whom, and what is missing."""
    with reading(credential, at=timezone.now()) as view:
        book = with_history(book_of(view, at=timezone.now()), [view.casino_id])
        mine = [each for each in SECTIONS.values() if each.roles & view.caller.roles]
        with write_as(view.house):
            summaries = [(section, section.summary(book)) for section in mine]
    context = {
        "summaries": summaries,
        "lacking": sum(bool(summary.missing) for _, summary in summaries),
        "book": book,
        "sets_up": bool(view.caller.roles & SETS_UP),
        "is_set_up": is_set_up(view),
    }
    return shown(request, view, "tablebank/settings.html", context)


@signed_in
@never_cache
@require_safe
def section(
    request: HttpRequest, credential: SessionCredential, slug: str, subject_id: UUID | None = None
) -> HttpResponse:
    """One section, or one thing of it."""
    with reading(credential, at=timezone.now()) as view:
        found = _section(view, slug)
        about = found.things if subject_id is not None else "casino"
        if not about:
            raise Refused(Refusal.NOT_FOUND)
        return _shown(request, _book(view, found, about, subject_id), found)


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def act(
    request: HttpRequest, credential: SessionCredential, slug: str, subject_id: UUID | None = None
) -> HttpResponse:
    """The form of one setting over its section; sent, it is carried out."""
    setting = SETTINGS.get(slug)
    if setting is None or setting is OWN_PIN:
        raise Refused(Refusal.NOT_FOUND)
    found = SECTIONS[setting.section]

    def again(form: ShownSetting, status: int) -> HttpResponse:
        return _shown(request, form.book, found, form=form, status=status)

    with reading(credential, at=timezone.now()) as view:
        book = _entered(view, setting, found, subject_id)
        if request.method != "POST":
            return again(shown_setting(setting, book), 200)
    data = request.POST.dict()
    if data.get("add-up") == "yes":
        return again(shown_setting(setting, book, data=data), 200)
    try:
        after = carry_out(credential, setting, book, data)
    except Refused as no:
        only_beside_the_form(no)
        with reading(credential, at=timezone.now()) as view:
            book = _entered(view, setting, found, subject_id)
            form = shown_setting(setting, book, data=data, refused=no)
            return again(form, HTTP_STATUS[no.refusal.kind])
    if after.token:
        return _with_token(request, credential, found, after)
    say_next(request, after.message, details=list(after.details), needs=after.needs)
    response = HttpResponseRedirect(_next(setting, found, book, after))
    response.status_code = 303
    return response


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Who one is here, and one's own PIN."""
    with reading(credential, at=timezone.now()) as view:
        book = _book(view, None, "me", None)
        if request.method != "POST":
            return _my_page(request, book, shown_setting(OWN_PIN, book))
    data = request.POST.dict()
    try:
        after = carry_out(credential, OWN_PIN, book, data)
    except Refused as no:
        only_beside_the_form(no)
        form = shown_setting(OWN_PIN, book, data=data, refused=no)
        return _my_page(request, book, form, status=HTTP_STATUS[no.refusal.kind])
    say_next(request, after.message, details=[], needs=after.needs)
    response = HttpResponseRedirect(reverse("me"))
    response.status_code = 303
    return response


def _my_page(
    request: HttpRequest, book: Book, form: ShownSetting, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "person": book.the_person(), "back": reverse("home")}
    return shown(request, book.view, "tablebank/me.html", context, status=status)


def _section(view: View, slug: str) -> Section:
    found = SECTIONS.get(slug)
    if found is None:
        raise Refused(Refusal.NOT_FOUND)
    view.only_for(found.roles)
    return found


def _book(view: View, found: Section | None, about: str, subject_id: UUID | None) -> Book:
    book = about_thing(book_of(view, at=timezone.now()), about=about, subject_id=subject_id)
    return with_history(book, found.history(book) if found else ())


def _entered(view: View, setting: Setting, found: Section, subject_id: UUID | None) -> Book:
    """The book at what the form is about, for who may take its step; others are told (SIGN-3)."""
    acting_role(step=STEPS[setting.step], roles=view.caller.roles, wanted=None)
    return _book(view, found, setting.about, subject_id)


def _next(setting: Setting, found: Section, book: Book, after: After) -> str:
    """The page of the thing, where it has one, else the section."""
    if found.things and setting.about == found.things:
        return reverse("settings-thing", args=[found.slug, book.subject_id])
    created = setting.command.creates and after.subject_id != str(book.view.casino_id)
    if found.things == "proposal":
        created = after.is_proposal
    if found.things and created:
        return reverse("settings-thing", args=[found.slug, after.subject_id])
    return reverse("settings-section", args=[found.slug])


def _with_token(
    request: HttpRequest, credential: SessionCredential, found: Section, after: After
) -> HttpResponse:
    """The token's text, in this one answer: it is kept nowhere, so it cannot wait for a page."""
    with reading(credential, at=timezone.now()) as view:
        book = _book(view, found, "casino", None)
        return _shown(request, book, found, token=after.token)


def _shown(
    request: HttpRequest,
    book: Book,
    found: Section,
    *,
    form: ShownSetting | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    thing = bool(book.subject_id) and (form is None or form.setting.about == found.things)
    args = [found.slug, str(book.subject_id)] if thing else [found.slug]
    back = reverse("settings-thing" if thing else "settings-section", args=args)
    with write_as(book.house):
        page = found.shown(book)
    find = request.GET.get("find", "").strip()[:LONGEST_FIND]
    rows = sum(len(each.rows) for each in page.listings)
    listings = [each.found(find) for each in page.listings] if find else page.listings
    context = {
        "find": find,
        "is_long": rows > LONG or find,
        "listings": [each for each in listings if each.rows or not find],
        "section": found,
        "sections": [each for each in SECTIONS.values() if each.roles & book.roles],
        "page": page,
        "book": book,
        "form": form,
        "token": token,
        "back": back,
    }
    return shown(request, book.view, "tablebank/settings_section.html", context, status=status)
