"""The history of target needs: filtered by whom they are for, and told as on any gaming day."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.credentials import SessionCredential
from tablebank.queries.doors import reading
from tablebank.queries.par_book import imports, revisions_by_table
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.settings.catalogue import SECTIONS
from tablebank.web.settings.opening import book_of, with_history
from tablebank.web.settings.par_history import asked_for, choices, history
from tablebank.web.settings.target_needs import TARGETS
from tablebank.web.written import write_as


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Every row of policy, and what held on the day; for everybody who is signed in to read."""
    with reading(credential, at=timezone.now()) as view:
        book = with_history(book_of(view, at=timezone.now()), ())
        revisions = revisions_by_table(view.cursor, view.casino_id)
        sheets = imports(view.cursor, view.casino_id)
        whom, day = request.GET.get("for", ""), request.GET.get("day", "")
        asked = asked_for(book, whom=whom, day=day)
        with write_as(view.house):
            told = history(book, asked=asked, revisions=revisions, sheets=sheets)
            context = {
                "page": told,
                "listings": told.listings,
                "section": TARGETS,
                "sections": [each for each in SECTIONS.values() if each.roles & book.roles],
                "book": book,
                "asked": asked,
                "whom": choices(book),
            }
        return shown(request, view, "tablebank/settings_section.html", context)
