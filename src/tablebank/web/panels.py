"""The parts of the session page: stepper, rundown with its proof, what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.rundown import VERIFIED
from tablebank.domain.terms import CLOSED_PHASES, Phase, TableStatus
from tablebank.queries.drop_book import DropSheet
from tablebank.queries.journal import EntrySheet
from tablebank.queries.session_sheet import Signed, SnapshotSheet
from tablebank.queries.slip_book import SlipSheet
from tablebank.web import figures, words
from tablebank.web.actions.catalogue import next_step, offered_at, places_of
from tablebank.web.actions.kind import Action, Place
from tablebank.web.doing import action_address
from tablebank.web.session_view import SessionView

PLUS, MINUS = "+", figures.MINUS
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """One fact behind a term: its document, amount, time, and who vouched for it."""

    document: str
    href: str
    """Where the document is to be read and printed."""
    words: str
    cents: int | None
    at: datetime
    signatures: Sequence[Signed]


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One of the five inputs: its sign in the result, its amount or why there is none."""

    name: str
    operator: str
    cents: int | None
    reason: str
    note: str
    proofs: Sequence[Proof]


def stepper(view: SessionView) -> list[StepOnTheWay]:
    """Where the session is on its way (SESS)."""
    if view.record.phase == Phase.VOIDED:
        return [StepOnTheWay(words="Voided", standing="here")]
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
        verb=action.verb,
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
        return Onward(
            words=f"On the table: {other.shift_code}, {status}.", verb="Go to it", href=href
        )
    may = acts_as(view.caller.roles) & set(STEPS["prepare"].callers)
    if not may or view.table.status != TableStatus.ACTIVE:
        return None
    href = reverse("table", args=[view.table.id])
    return Onward(words="The table has no session now.", verb="Prepare session", href=href)


def whose(action: Action, place: Place) -> str:
    """Who may take a step, in words."""
    callers = STEPS[action.step(place)].callers
    return " or ".join(words.said(words.ROLE, role).lower() for role in callers)


def _about(place: Place) -> str:
    """What a step is done to, where that is not the session itself."""
    if place.slip is not None:
        return words.slip_in_words(place.slip)
    if place.drop is not None:
        return f"Box {place.drop.box}"
    if place.exception is not None:
        return place.exception.words
    return ""


def buttons(view: SessionView, place: Place) -> list[Button]:
    """Everything the reader may do at one place."""
    return [
        Button(
            verb=action.verb,
            href=action_address(view.session.id, action, place.target_id),
            slug=action.slug,
            grave=action.grave,
        )
        for action in offered_at(place)
    ]


def buttons_by_target(view: SessionView) -> dict[UUID | None, list[Button]]:
    """The same, for the session itself (None) and for each slip, drop and exception."""
    return {place.target_id: buttons(view, place) for place in places_of(view)}


def terms(view: SessionView) -> list[Term]:
    """The five inputs of the result, each with the facts it was made from (RUN-1)."""
    rundown, session = view.rundown.rundown, view.session
    return [
        _of_count("Opening", MINUS, rundown.opening_total_cents, session.opening, view),
        _of_count("Closing", PLUS, rundown.closing_total_cents, session.closing, view),
        _of_slips("Fills", MINUS, "FILL", rundown.fills_total_cents, view),
        _of_slips("Credits", PLUS, "CREDIT", rundown.credits_total_cents, view),
        _of_drop(rundown.drop_total_cents, view),
    ]


def _of_count(
    name: str, operator: str, cents: int | None, sheet: SnapshotSheet | None, view: SessionView
) -> Term:
    return Term(
        name=name,
        operator=operator,
        cents=cents,
        reason="" if cents is not None else _why_not_counted(name, sheet, view),
        note=_provenance(sheet) if sheet is not None and cents is not None else "",
        proofs=[_counted(sheet)] if sheet is not None and not sheet.counts_hidden else [],
    )


def _why_not_counted(name: str, sheet: SnapshotSheet | None, view: SessionView) -> str:
    if sheet is not None and sheet.counts_hidden:
        return _("Hidden until the tray is counted")
    if sheet is not None:
        return "Chips moved after this count: count again"
    if view.record.phase in _AFTER:
        return f"{name} count missing"
    if name == "Opening" or view.record.phase == Phase.CLOSING:
        return f"{name} count required"
    return "Not counted yet"


_AFTER = (Phase.CLOSED, Phase.RECONCILED, Phase.FINALIZED)


def _provenance(sheet: SnapshotSheet) -> str:
    """The one mark that says what a count rests on, where it is not a plain count."""
    return "" if sheet.basis == "COUNTED" else words.said(words.BASIS, sheet.basis)


def _counted(sheet: SnapshotSheet) -> Proof:
    return Proof(
        document=sheet.number or "",
        href=reverse("count-paper", args=[sheet.id]),
        words=words.said(words.BASIS, sheet.basis),
        cents=sheet.total_cents,
        at=sheet.occurred_at,
        signatures=sheet.signatures,
    )


def _of_slips(name: str, operator: str, kind: str, cents: int | None, view: SessionView) -> Term:
    mine = [slip for slip in view.slips if slip.kind == kind and slip.status in VERIFIED]
    count = f"{len(mine)} slip{'' if len(mine) == 1 else 's'}" if mine else "none"
    live = view.record.phase not in _AFTER
    return Term(
        name=name,
        operator=operator,
        cents=cents,
        reason="" if cents is not None else "A slip is still on the way",
        note=f"{count}, verified so far" if live else count,
        proofs=[_slip(slip) for slip in mine],
    )


def _slip(slip: SlipSheet) -> Proof:
    verified = next(
        (step for step in slip.history if step.status.startswith("VERIFIED")), slip.history[-1]
    )
    return Proof(
        document=slip.number or slip.request_number or "",
        href=reverse("slip-paper", args=[slip.id]),
        words=words.said(words.SLIP_STATUS, slip.status).lower(),
        cents=slip.total_cents,
        at=verified.occurred_at,
        signatures=verified.signatures,
    )


def _of_drop(cents: int | None, view: SessionView) -> Term:
    return Term(
        name="Drop",
        operator=PLUS,
        cents=cents,
        reason="" if cents is not None else _why_no_drop(view),
        note="",
        proofs=[_counted_box(drop) for drop in view.drops if drop.count is not None],
    )


def _why_no_drop(view: SessionView) -> str:
    for reason in ("DROP_SHARED", "BOX_OLDER_THAN_OPENER", "NO_BOX"):
        if reason in view.rundown.rundown.reasons:
            return words.said(words.REASON, reason)
    boxes = view.session.boxes
    counted = sum(box.counted for box in boxes)
    if len(boxes) > 1:
        return f"Pending count: {counted} of {len(boxes)} boxes"
    return "Pending count" if any(box.drop_id for box in boxes) else "The box is on the table"


def _counted_box(drop: DropSheet) -> Proof:
    count = drop.count
    if count is None:
        raise RuntimeError("the box is not counted")
    opened = next((link for link in drop.custody if link.step == "OPENED"), None)
    return Proof(
        document=drop.box,
        href=f"#drop-{drop.id}",
        words=f"batch {count.batch_id}",
        cents=count.drop_effect_cents,
        at=count.counted_at,
        signatures=opened.signatures if opened else (),
    )


def unknown_because(view: SessionView) -> str:
    """Why there is no result, in the words of what is missing most (RUN-2)."""
    rundown = view.rundown.rundown
    if rundown.table_win_cents is not None:
        return ""
    if rundown.state == "provisional":
        return _WHILE_LIVE.get(view.record.phase, "Not closed yet")
    return words.said(words.RUNDOWN_STATE, rundown.state)


_WHILE_LIVE = {
    Phase.READY_TO_OPEN: "Not open yet",
    Phase.OPENING: "Opening count required",
    Phase.CLOSING: "Closing count required",
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
            words="Rolled over from the session before",
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
        done = "A count that differed"
    slip = slips.get(entry.subject_id) if entry.subject_id else None
    return f"{done} · {slip.number or slip.request_number}" if slip else done
