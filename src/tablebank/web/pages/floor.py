"""The floor: every table by pit, refreshed in place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.credentials import SessionCredential
from tablebank.queries.doors import View, reading
from tablebank.queries.floor import FloorRow, floor
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.session_view import SEES_EXCEPTIONS

IN_PLAY = frozenset({"OPENING", "OPEN", "DROP_SCHEDULED", "DROPPED", "COUNTED"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One table on the floor, and what is to be done there next."""

    row: FloorRow
    next_step: str
    """The form that comes next, by its address; empty where nothing waits for a person here."""
    next_words: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pit:
    """The cards of one pit, and what its head line sums up."""

    name: str
    cards: Sequence[Card]
    open: int
    in_rundown: int
    idle: int
    in_transit_cents: int
    slips: int
    exceptions: int


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The whole floor, or as much of it as was searched for."""
    return _floor(request, credential, "tablebank/floor.html")


@signed_in
@never_cache
@require_safe
def tables(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The cards alone: what the page asks for again every few seconds."""
    return _floor(request, credential, "tablebank/parts/floor_tables.html")


def _floor(request: HttpRequest, credential: SessionCredential, template: str) -> HttpResponse:
    sought = request.GET.get("find", "").strip()
    pit = request.GET.get("pit", "")
    with reading(credential, at=timezone.now()) as view:
        rows = floor(view.cursor, view.house, now=view.now)
    found = [row for row in rows if _is_sought(row, sought, pit)]
    context: dict[str, Any] = {
        "pits": _by_pit(found),
        "pit_names": sorted({row.pit for row in rows}),
        "find": sought,
        "pit": pit,
        "found": len(found),
        "all": len(rows),
        "sees_exceptions": sees_exceptions(view),
    }
    return shown(request, view, template, context)


def sees_exceptions(view: View) -> bool:
    """Whether exceptions are this person's to know of."""
    return bool(view.caller.roles & SEES_EXCEPTIONS)


def _is_sought(row: FloorRow, sought: str, pit: str) -> bool:
    if pit and row.pit != pit:
        return False
    names = f"{row.code} {row.name} {row.game_type or ''}".lower()
    return all(word in names for word in sought.lower().split())


def _by_pit(rows: Collection[FloorRow]) -> list[Pit]:
    pits: list[Pit] = []
    for name in sorted({row.pit for row in rows}):
        mine = [row for row in rows if row.pit == name]
        moving = [slip for row in mine for slip in row.slips_in_transit]
        statuses = [row.session_status for row in mine]
        in_play = sum(status in IN_PLAY for status in statuses)
        in_rundown = statuses.count("CLOSING")
        pits.append(
            Pit(
                name=name,
                cards=[_card(row) for row in mine],
                open=in_play,
                in_rundown=in_rundown,
                idle=len(mine) - in_play - in_rundown,
                in_transit_cents=sum(slip.total_cents for slip in moving),
                slips=len(moving),
                exceptions=sum(row.open_exceptions for row in mine),
            )
        )
    return pits


_NEXT = {
    "READY_TO_OPEN": ("open", "Open table", "Not open yet"),
    "OPENING": ("opening-count", "Record opening count", "Opening count required"),
    "OPEN": ("", "", "Not closed yet"),
    "CLOSING": ("closing-count", "Record closing count", "Closing count required"),
}
_STATE = {
    "pending_count": "Pending count",
    "shared_drop": "Shared drop: see the group",
    "missing_opening": "Opening count missing",
    "missing_closing": "Closing count missing",
    "pending_slips": "Slips on the way",
    "unknown_drop": "Box older than the opener",
}


def _card(row: FloorRow) -> Card:
    """The reason a result is unknown, and the step that mends it where there is one."""
    if row.phase in _NEXT:
        slug, words, reason = _NEXT[row.phase]
        counted = row.last_count is not None and row.last_count.kind == "CLOSING"
        if row.phase == "CLOSING" and counted:
            return Card(row=row, next_step="close", next_words="Close session", reason="Not closed")
        return Card(row=row, next_step=slug, next_words=words, reason=reason)
    reason = _STATE.get(row.rundown_state or "", "")
    return Card(row=row, next_step="", next_words="", reason=reason or "No session yet")
