"""Reports: which there are for the reader, and one of them with its filters, files and figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.windows.asked import Baselines
from tablebank.queries.doors import View, reading
from tablebank.queries.reports.asking import Said, asked_from, report_called
from tablebank.queries.reports.catalogue import REPORTS
from tablebank.queries.reports.files import FileWanted, Format
from tablebank.queries.reports.kind import Asked, Filter, Report, make
from tablebank.queries.reports.which import pits_ever
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.pages.windows import BASELINES
from tablebank.web.report_files import exported
from tablebank.web.report_view import parts_of, said_of
from tablebank.web.report_words import ABOUT, TITLE
from tablebank.web.written import write_as

FILES = (Format.PDF, Format.XLSX, Format.CSV)


@signed_in
@never_cache
@require_safe
def overview(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The reports that are for the reader; refuses ROLE_NOT_ALLOWED whom none is for."""
    with reading(credential, at=timezone.now()) as view:
        mine = [each for each in REPORTS if set(each.readers) & view.caller.roles]
        if not mine:
            raise Refused(Refusal.ROLE_NOT_ALLOWED)
        told = [
            {"slug": each.slug, "title": TITLE[each.slug], "about": ABOUT[each.slug]}
            for each in mine
        ]
        return shown(request, view, "tablebank/reports.html", {"reports": told})


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential, slug: str) -> HttpResponse:
    """One report on screen; what cannot be asked is said beside the filters."""
    report = report_called(slug)
    with reading(credential, at=timezone.now()) as view:
        view.only_for(report.readers)
        wrong: list[str] = []
        try:
            asked = asked_from(view, report, _said(request.GET))
        except Refused as no:
            if no.refusal not in (Refusal.SHAPE, Refusal.REFERENCE_UNKNOWN):
                raise
            wrong = [each.message for each in no.errors]
            asked = asked_from(view, report, Said())
        made = make(view, report, asked)
        with write_as(view.house):
            context = {
                "report": {"slug": slug, "title": TITLE[slug], "about": ABOUT[slug]},
                "parts": parts_of(made),
                "of": said_of(asked),
                "asked": asked,
                "wrong": wrong,
                "currency": view.house.casino.currency,
                "made_at": made.made_at,
                "journal_number": made.journal_number,
                "query": urlencode(_as_query(asked)),
                "files": [str(each) for each in FILES],
                **_choices(view, report, asked),
            }
            return shown(request, view, "tablebank/report.html", context)


@signed_in
@never_cache
@require_safe
def download(request: HttpRequest, credential: SessionCredential, slug: str) -> HttpResponse:
    """The same as a file, in the reader's language."""
    named = request.GET.get("format", "")
    if named not in list(FILES):
        raise Refused(Refusal.NOT_FOUND)
    wanted = FileWanted(
        slug=slug,
        said=_said(request.GET),
        format=Format(named),
        site=request.build_absolute_uri("/").rstrip("/"),
        language=(get_language() or "en").partition("-")[0],
    )
    made = exported(credential, wanted, clock=timezone.now)
    response = HttpResponse(made.content, content_type=made.media)
    how = "inline" if wanted.format is Format.PDF else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{made.name}"'
    return response


def _said(given: Mapping[str, Any]) -> Said:
    """What the filters say; what is no day, shift or baseline was not said."""
    baseline = given.get("baseline", "")
    return Said(
        gaming_day=_day(given.get(Filter.TO_DAY.replace("to_", ""), "")),
        to_gaming_day=_day(given.get(Filter.TO_DAY, "")),
        shift_id=_id(given.get(Filter.SHIFT, "")),
        pit=given.get(Filter.PIT) or None,
        baseline=Baselines(baseline) if baseline in list(Baselines) else Baselines.ALL,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _as_query(asked: Asked) -> dict[str, str]:
    """The same report again: what a link to its file says."""
    said = {
        "gaming_day": str(asked.first_day),
        Filter.TO_DAY: str(asked.last_day) if asked.last_day != asked.first_day else "",
        Filter.SHIFT: str(asked.shift.id) if asked.shift else "",
        Filter.PIT: asked.pit or "",
        Filter.BASELINE: "" if asked.baselines is Baselines.ALL else str(asked.baselines),
    }
    return {str(name): value for name, value in said.items() if value}


def _choices(view: View, report: Report, asked: Asked) -> dict[str, Any]:
    """What the filters of this report offer."""
    filters = set(report.filters)
    shifts = view.house.calendar.shifts_of(asked.first_day) if Filter.SHIFT in filters else ()
    return {
        "has_days": Filter.TO_DAY in filters,
        "shifts": shifts,
        "pits": pits_ever(view) if Filter.PIT in filters else (),
        "baselines": BASELINES if Filter.BASELINE in filters else (),
    }
