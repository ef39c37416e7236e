"""What the floor says of a table: what is to be done there next, and why a result is unknown."""

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.terms import BankMode, TableStatus
from tablebank.queries.doors import View
from tablebank.queries.floor import FloorRow
from tablebank.web import words

IN_PLAY = frozenset({"OPENING", "OPEN", "DROP_SCHEDULED", "DROPPED", "COUNTED"})
RUNDOWN = frozenset({"CLOSING"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One table on the floor, and what is to be done there next."""

    row: FloorRow
    href: str
    next_href: str
    """The form that comes next; empty where nothing waits for this person here."""
    next_words: str
    reason: str
    late: frozenset[UUID]
    """Slips longer between cage and table than the casino's limit, and requests that wait so
    long (SLIP-7)."""
    need_href: str = ""
    """The request that would bring the tray to its target; empty where none is to be made."""
    need_words: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """The row by its names, for the template: it looks into a mapping at once, and into a
        record only after having tried it as a mapping, sixty times for each of 500 tables."""
        told = {name: getattr(self.row, name) for name in FloorRow.__dataclass_fields__}
        return {**told, "id": SafeString(self.row.id)}

    @property
    def needs_somebody(self) -> bool:
        """Whether something waits here for a person: amber on the floor. A table that could be
        opened waits for nobody."""
        row = self.row
        begun = row.live_session_id is not None and bool(self.next_words)
        waits = bool(begun or row.requests_waiting or row.open_exceptions or self.late)
        return waits or any(slip.disputed for slip in row.slips_in_transit)


SHOWN: Mapping[str, tuple[str | Promise, Callable[[Card], bool]]] = {
    "": (gettext_lazy("All tables"), lambda card: True),
    "play": (gettext_lazy("In play"), lambda card: card.row.session_status in IN_PLAY),
    "needs": (gettext_lazy("Something to do"), lambda card: card.needs_somebody),
    "rundown": (gettext_lazy("In rundown"), lambda card: card.row.session_status in RUNDOWN),
    "idle": (
        gettext_lazy("Not in play"),
        lambda card: card.row.session_status not in IN_PLAY | RUNDOWN,
    ),
}
"""What the floor can be narrowed to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pit:
    """The cards of one pit, and what its head line sums up: always the whole pit's."""

    name: str
    key: str
    """For an address within the page: the same, whatever else is shown."""
    cards: Sequence[Card]
    open: int
    in_rundown: int
    idle: int
    in_transit_cents: int
    slips: int
    exceptions: int


def cards_of(view: View, rows: Collection[FloorRow]) -> list[Card]:
    """A card for each table, as this person may act on it."""
    able = acts_as(view.caller.roles)
    may = frozenset(slug for slug, step in _STEP.items() if able & set(STEPS[step].callers))
    limit = timedelta(minutes=view.house.settings.transit_limit_minutes)
    return [_card(row, may, late_from=view.now - limit) for row in rows]


def card_words() -> dict[str, SafeString]:
    """What every card says, looked up and escaped once for the whole floor, not for every table."""
    said = {
        "no_session": _("No session"),
        "unknown": _("N/A"),
        "win": _("Table win/loss"),
        "tray_change": _("Tray change"),
        "no_result": _("(not a result)"),
        "last_count": _("Last count"),
        "blind": _("Counts are blind"),
        "not_counted": _("Not counted yet"),
        "expected_tray": _("Expected tray"),
        "target": _("Target need (par)"),
        "no_target": _("Target need not configured"),
        "need_now": _("Need now"),
        "not_set": _("not set"),
        "late": _("late"),
        "disputed": _("disputed"),
        "exceptions": _("exceptions"),
    }
    return {name: conditional_escape(each) for name, each in said.items()}


@lru_cache(maxsize=16)
def _address(name: str, prefix: str) -> str:
    return reverse(name, args=[_NOBODY])


def _page_of(name: str, some_id: UUID) -> SafeString:
    """The address of a table's or a session's page; worked out once, for a floor has many."""
    return SafeString(_address(name, get_script_prefix()).replace(str(_NOBODY), str(some_id)))


@lru_cache(maxsize=512)
def _escaped(said: str) -> SafeString:
    """The few words that many cards say, escaped once."""
    return conditional_escape(said)


_NOBODY = UUID(int=0)


def may_prepare(view: View) -> bool:
    """Whether this person prepares sessions (SIGN-3)."""
    return bool(acts_as(view.caller.roles) & set(STEPS["prepare"].callers))


def by_pit(cards: Collection[Card], *, shown: Collection[Card]) -> list[Pit]:
    """The pits of the casino with those of their tables that are shown."""
    names = sorted({card.row.pit for card in cards})
    visible = {card.row.id for card in shown}
    pits = [_pit(name, [card for card in cards if card.row.pit == name], visible) for name in names]
    return [pit for pit in pits if pit.cards]


def is_sought(card: Card, *, sought: str, pit: str, show: str) -> bool:
    """Whether a table is among those asked for: every word of the search is in its names."""
    row = card.row
    if pit and row.pit != pit:
        return False
    _words, belongs = SHOWN.get(show, SHOWN[""])
    names = f"{row.code} {row.name} {row.game_type or ''}".lower()
    return belongs(card) and all(word in names for word in sought.lower().split())


def _pit(name: str, cards: Sequence[Card], visible: Collection[UUID]) -> Pit:
    moving = [slip for card in cards for slip in card.row.slips_in_transit]
    statuses = [card.row.session_status for card in cards]
    in_play = sum(status in IN_PLAY for status in statuses)
    in_rundown = sum(status in RUNDOWN for status in statuses)
    return Pit(
        name=name,
        key=f"{zlib.crc32(name.encode()):08x}",
        cards=[card for card in cards if card.row.id in visible],
        open=in_play,
        in_rundown=in_rundown,
        idle=len(cards) - in_play - in_rundown,
        in_transit_cents=sum(slip.total_cents for slip in moving),
        slips=len(moving),
        exceptions=sum(card.row.open_exceptions for card in cards),
    )


_NEXT: Mapping[str, tuple[str, str | Promise, str | Promise]] = {
    "READY_TO_OPEN": ("open", gettext_lazy("Open table"), gettext_lazy("Not open yet")),
    "OPENING": (
        "opening-count",
        gettext_lazy("Record opening count"),
        gettext_lazy("Opening count required"),
    ),
    "OPEN": ("", "", gettext_lazy("Not closed yet")),
    "CLOSING": (
        "closing-count",
        gettext_lazy("Record closing count"),
        gettext_lazy("Closing count required"),
    ),
}
_STEP = {
    "prepare": "prepare",
    "open": "open_session",
    "opening-count": "record_snapshot",
    "closing-count": "record_snapshot",
    "close": "close_session",
    "request-fill": "request_slip",
}


def _card(row: FloorRow, may: Collection[str], *, late_from: datetime) -> Card:
    """The reason a result is unknown, and the step that mends it where there is one to be done."""
    slug, verb, reason = _next(row, may)
    session = row.session_id
    here = _page_of("session", session) if session else _page_of("table", row.id)
    onward = SafeString(f"{here}/do/{slug}") if slug and session else ""
    if slug == "prepare":
        onward = _page_of("table", row.id)
    request, asks = _need(row, may)
    return Card(
        row=row,
        need_href=SafeString(f"{here}/do/{request}?suggested=yes") if request else "",
        need_words=_escaped(asks) if request else "",
        href=here,
        next_href=onward,
        next_words=_escaped(verb) if onward else "",
        reason=_escaped(reason),
        late=frozenset(
            {slip.id for slip in row.slips_in_transit if slip.moved_at < late_from}
            | {asked.id for asked in row.requests_waiting if asked.requested_at < late_from}
        ),
    )


def _need(row: FloorRow, may: Collection[str]) -> tuple[str, str]:
    """The request that need now suggests, and its verb (PAR-10); nothing while chips are on the
    way or asked for, and for a tray that is closing only where it is restored to par."""
    busy = row.slips_in_transit or row.requests_waiting
    restoring = row.phase == "CLOSING" and row.table_bank_mode is BankMode.IMPREST_TO_PAR
    if not row.need_now_cents or busy or "request-fill" not in may:
        return "", ""
    if row.phase != "OPEN" and not restoring:
        return "", ""
    if row.need_now_cents > 0:
        return "request-fill", _("Request fill")
    return "request-credit", _("Request credit")


def _next(row: FloorRow, may: Collection[str]) -> tuple[str, str, str]:
    """The step that comes next, its verb, and why there is no result: all three in words."""
    if row.phase is None or row.phase not in _NEXT:
        state = row.rundown_state
        reason = words.said(words.RUNDOWN_STATE, state) if state else _("No session yet")
        prepares = "prepare" in may and row.status == TableStatus.ACTIVE
        return ("prepare", _("Prepare session"), reason) if prepares else ("", "", reason)
    slug, verb, why = _NEXT[row.phase]
    if row.phase == "CLOSING" and row.last_count is not None and row.last_count.kind == "CLOSING":
        slug, verb, why = "close", _("Close session"), _("Not closed yet")
    return (slug, str(verb), str(why)) if slug in may else ("", "", str(why))
