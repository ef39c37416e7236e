"""The parts of the session page: stepper, what comes next, what can be done, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.terms import CLOSED_PHASES, Phase, TableStatus
from tablebank.queries.journal import EntrySheet
from tablebank.queries.slip_book import SlipSheet
from tablebank.web import words
from tablebank.web.actions.catalogue import next_step, offered_at, places_of
from tablebank.web.actions.kind import Action, Place
from tablebank.web.doing import action_address
from tablebank.web.heard import heard
from tablebank.web.session_view import SessionView

MENDS = frozenset({"opening-count", "closing-count", "remove-box", "hand-over-box", "count-box"})
OVER = frozenset({*CLOSED_PHASES, Phase.VOIDED})
PHASES = (
    Phase.READY_TO_OPEN,
    Phase.OPENING,
    Phase.OPEN,
    Phase.CLOSING,
    Phase.CLOSED,
    Phase.RECONCILED,
    Phase.FINALIZED,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class StepOnTheWay:
    """One station of the session: behind it, at it, or before it."""

    words: str
    standing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """An action that can be taken: its verb, and where its form is."""

    verb: str
    href: str
    slug: str
    grave: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """The one thing that comes next, and whether the reader may do it."""

    verb: str
    href: str | None
    whose: str
    about: str
    mends: bool
    """Whether it supplies what the result waits for."""


def stepper(view: SessionView) -> list[StepOnTheWay]:
    """Where the session is on its way (SESS)."""
    if view.record.phase == Phase.VOIDED:
        return [StepOnTheWay(words=words.said(words.STATUS, Phase.VOIDED), standing="here")]
    here = PHASES.index(view.record.phase)
    return [
        StepOnTheWay(
            words=words.said(words.STATUS, phase),
            standing="behind" if index < here else "here" if index == here else "ahead",
        )
        for index, phase in enumerate(PHASES)
    ]


def the_next_step(view: SessionView) -> NextStep | None:
    """The primary action, for those who may; for the others, what is waited for and from whom."""
    found = next_step(view)
    if found is None:
        return None
    action, place = found
    may = action.may_call(place)
    return NextStep(
        verb=str(action.verb),
        href=action_address(view.session.id, action, place.target_id) if may else None,
        whose="" if may else whose(action, place),
        about=_about(place),
        mends=action.slug in MENDS,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Onward:
    """Where the table goes on once this session is over."""

    words: str
    verb: str
    href: str


def onward(view: SessionView) -> Onward | None:
    """The session that follows on the table, or the way to prepare one, for a session that is over.

    A table is opened again from here and from the floor: nobody has to look for it.
    """
    if view.record.phase not in OVER:
        return None
    other = view.on_table_now
    if other is not None:
        status = words.said(words.STATUS, other.phase).lower()
        href = reverse("session", args=[other.id])
        said = _("On the table: %(shift)s, %(status)s.")
        return Onward(
            words=said % {"shift": other.shift_code, "status": status},
            verb=_("Go to it"),
            href=href,
        )
    may = acts_as(view.caller.roles) & set(STEPS["prepare"].callers)
    if not may or view.table.status != TableStatus.ACTIVE:
        return None
    href = reverse("table", args=[view.table.id])
    return Onward(words=_("The table has no session now."), verb=_("Prepare session"), href=href)


def whose(action: Action, place: Place) -> str:
    """Who may take a step, in words."""
    callers = action.line(place).callers
    return _(" or ").join(words.said(words.ROLE, role).lower() for role in callers)


def _about(place: Place) -> str:
    """What a step is done to, where that is not the session itself."""
    if place.slip is not None:
        return words.slip_in_words(place.slip)
    if place.drop is not None:
        return _("Box %(box)s") % {"box": place.drop.box}
    if place.exception is not None:
        return heard(place.exception.words)
    return ""


def buttons(view: SessionView, place: Place, *, from_paper: bool = False) -> list[Button]:
    """Everything the reader may do at one place; what is entered from paper by itself."""
    return [
        Button(
            verb=str(action.verb),
            href=action_address(view.session.id, action, place.target_id),
            slug=action.slug,
            grave=action.grave,
        )
        for action in offered_at(place)
        if action.from_paper == from_paper
    ]


def buttons_by_target(
    view: SessionView, *, from_paper: bool = False
) -> dict[UUID | None, list[Button]]:
    """The same, for the session itself (None) and for each slip, drop and exception."""
    return {
        place.target_id: buttons(view, place, from_paper=from_paper) for place in places_of(view)
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that was done to the session; the entry's number for those who audit it."""

    at: datetime
    words: str
    who: str
    role: str | None
    number: int | None


def events(view: SessionView) -> list[Event]:
    """The time line: what was done, when and by whom, in the order it was written down."""
    slips = {slip.id: slip for slip in view.slips}
    return _begun(view) + [
        Event(
            at=entry.occurred_at,
            words=_done(entry, slips),
            who=entry.actor,
            role=entry.role,
            number=entry.number if view.shows_numbers else None,
        )
        for entry in view.entries
    ]


def _begun(view: SessionView) -> list[Event]:
    """How a session began that nobody opened: by the roll-over of the one before it (SESS-8)."""
    opening = view.session.opening
    opened = any(
        entry.command == "open_session" or _asked(entry).get("open") for entry in view.entries
    )
    if opened or opening is None or view.record.opened_by is None:
        return []
    return [
        Event(
            at=opening.occurred_at,
            words=_("Rolled over from the session before"),
            who=view.names.get(view.record.opened_by, ""),
            role=None,
            number=None,
        )
    ]


def _asked(entry: EntrySheet) -> Mapping[str, Any]:
    body: Mapping[str, Any] = (entry.content.get("asked") or {}).get("body") or {}
    return body


def _done(entry: EntrySheet, slips: Mapping[UUID, SlipSheet]) -> str:
    """What an entry says was done, and to what; a count that differed counted nothing yet."""
    body = _asked(entry)
    done = words.said(words.COMMAND, entry.command)
    if entry.command == "record_snapshot":
        done = words.said(words.COUNT, body.get("kind", ""))
    if entry.command == "prepare_session" and body.get("open"):
        done = words.said(words.COMMAND, "open_session")
    if any(row.get("row") == "count_trial" for row in entry.content.get("new", ())):
        done = _("A count that differed")
    if body.get("paper"):
        done = _("%(what)s, from signed paper") % {"what": done}
    slip = slips.get(entry.subject_id) if entry.subject_id else None
    return f"{done} · {slip.number or slip.request_number}" if slip else done
