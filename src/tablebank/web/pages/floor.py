"""The floor: every table by pit, as cards or as a list, refreshed in place."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.credentials import SessionCredential
from tablebank.queries.doors import View, reading
from tablebank.queries.floor import FloorRow, floor, tables_beside
from tablebank.web.display import VIEWS, chosen, display_of, remember_display
from tablebank.web.floor_cards import SHOWN, by_pit, card_words, cards_of, is_sought, may_prepare
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.pit_sheet import may_read
from tablebank.web.setting_up import SETS_UP

PART = {"cards": "tablebank/parts/table_card.html", "list": "tablebank/parts/table_line.html"}
"""How one table is drawn, by the view that was chosen."""
MOST_CHANGED = 100
"""How many tables may be asked for by name; a page that missed more asks for all."""


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The whole floor, or as much of it as was searched for. `?view=` is remembered here."""
    response = _floor(request, credential, "tablebank/floor.html")
    if "view" in request.GET:
        remember_display(response, chosen(display_of(request), request.GET.dict()))
    return response


@signed_in
@never_cache
@require_safe
def tables(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The tables alone: what the page asks for when it was narrowed, or all may have changed."""
    return _floor(request, credential, "tablebank/parts/floor_tables.html")


@signed_in
@never_cache
@require_safe
def changed(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The tables at which something happened, as far as they are shown, and their pits' heads.

    The page puts each in its place; nothing else on it is touched (LESSON-24).
    """
    wanted = _ids(request.GET.getlist("table"))
    with reading(credential, at=timezone.now()) as view:
        beside = tables_beside(view.cursor, view.house, wanted)
        rows = floor(view.cursor, view.house, now=view.now, tables=beside, blind=view.blind)
    also = {"wanted": wanted, "out_of_band": True}
    return _shown(request, view, rows, "tablebank/parts/floor_changes.html", also)


def _ids(said: Sequence[str]) -> frozenset[UUID]:
    """The ids among what was said; what is no id names no table."""
    try:
        return frozenset(UUID(each) for each in said[:MOST_CHANGED])
    except ValueError:
        return frozenset()


def _floor(request: HttpRequest, credential: SessionCredential, template: str) -> HttpResponse:
    with reading(credential, at=timezone.now()) as view:
        rows = floor(view.cursor, view.house, now=view.now, blind=view.blind)
    return _shown(request, view, rows, template, {})


def _shown(
    request: HttpRequest,
    view: View,
    rows: Sequence[FloorRow],
    template: str,
    also: dict[str, Any],
) -> HttpResponse:
    """These tables, as far as they were searched for."""
    asked = {name: request.GET.get(name, "").strip() for name in ("find", "pit", "show")}
    cards = cards_of(view, rows)
    found = [
        card
        for card in cards
        if is_sought(card, sought=asked["find"], pit=asked["pit"], show=asked["show"])
    ]
    layout = chosen(display_of(request), request.GET.dict()).view
    context: dict[str, Any] = {
        **asked,
        "pits": by_pit(cards, shown=found),
        "pit_names": sorted({card.row.pit for card in cards}),
        "kinds_to_show": [(value, said) for value, (said, _) in SHOWN.items()],
        "views": [
            (value, said, urlencode({**asked, "view": value})) for value, said in VIEWS.items()
        ],
        "layout": layout,
        "table_part": PART[layout],
        "found": len(found),
        "all": len(cards),
        "sees_exceptions": sees_exceptions(view),
        "say": card_words(),
        "may_prepare": may_prepare(view),
        "may_read": may_read(view),
        "sets_up": bool(view.caller.roles & SETS_UP),
        **also,
    }
    return shown(request, view, template, context)


def sees_exceptions(view: View) -> bool:
    """Whether exceptions are this person's to know of."""
    return bool(view.caller.roles & SEES_EXCEPTIONS)
