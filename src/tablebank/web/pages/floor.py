"""The floor: every table by pit, refreshed in place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.authority import SEES_EXCEPTIONS, STEPS, acts_as
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.terms import TableStatus
from tablebank.queries.doors import View, reading
from tablebank.queries.floor import FloorRow, floor
from tablebank.web import words
from tablebank.web.pages.entrance import shown, signed_in

IN_PLAY = frozenset({"OPENING", "OPEN", "DROP_SCHEDULED", "DROPPED", "COUNTED"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One table on the floor, and what is to be done there next."""

    row: FloorRow
    next_step: str
    """The form that comes next, by its address; empty where nothing waits for a person here."""
    next_words: str
    reason: str
    prepares: bool
    """Whether a session can be begun here: none is live and none is prepared."""


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
        "pits": _by_pit(found, may=_may(view)),
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


def _may(view: View) -> frozenset[str]:
    """The steps of a card that this person's roles allow, by the word in their address."""
    able = acts_as(view.caller.roles)
    return frozenset(slug for slug, step in _STEP.items() if able & set(STEPS[step].callers))


def _by_pit(rows: Collection[FloorRow], *, may: Collection[str]) -> list[Pit]:
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
                cards=[_card(row, may) for row in mine],
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
_STEP = {
    "prepare": "prepare",
    "open": "open_session",
    "opening-count": "record_snapshot",
    "closing-count": "record_snapshot",
    "close": "close_session",
}


def _card(row: FloorRow, may: Collection[str]) -> Card:
    """The reason a result is unknown, and the step that mends it where there is one to be done."""
    if row.phase not in _NEXT:
        state = row.rundown_state
        reason = words.said(words.RUNDOWN_STATE, state) if state else "No session yet"
        prepares = "prepare" in may and row.status == TableStatus.ACTIVE
        return Card(row=row, next_step="", next_words="", reason=reason, prepares=prepares)
    slug, verb, reason = _NEXT[row.phase]
    if row.phase == "CLOSING" and row.last_count is not None and row.last_count.kind == "CLOSING":
        slug, verb, reason = "close", "Close session", "Not closed yet"
    if slug not in may:
        slug, verb = "", ""
    return Card(row=row, next_step=slug, next_words=verb, reason=reason, prepares=False)
