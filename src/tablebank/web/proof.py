"""The five inputs of a result: the sign of each, why it is unknown, and the facts behind it.

A number that is a result opens its proof: what it was made from, who signed it and when (RUN-1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tablebank.domain.rundown import VERIFIED
from tablebank.domain.terms import Phase
from tablebank.queries.drop_book import DropSheet
from tablebank.queries.paper_book import PaperSheet
from tablebank.queries.session_sheet import Signed, SnapshotSheet
from tablebank.queries.slip_book import SlipSheet
from tablebank.web import figures, words
from tablebank.web.session_view import SessionView

PLUS, MINUS = "+", figures.MINUS


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
    """One of the five inputs: its sign in the result, its amount or why there is none.

    `name` is what the page calls it by within itself, `title` what it is called for its reader.
    """

    name: str
    title: str
    operator: str
    cents: int | None
    reason: str
    note: str
    proofs: Sequence[Proof]


_TITLE = {
    "Opening": gettext_lazy("Opening"),
    "Closing": gettext_lazy("Closing"),
    "Fills": gettext_lazy("Fills"),
    "Credits": gettext_lazy("Credits"),
    "Drop": gettext_lazy("Drop"),
}


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
        title=str(_TITLE[name]),
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
        return _("Chips moved after this count: count again")
    opening = name == "Opening"
    if view.record.phase in _AFTER:
        return _("Opening count missing") if opening else _("Closing count missing")
    if opening:
        return _("Opening count required")
    if view.record.phase == Phase.CLOSING:
        return _("Closing count required")
    return _("Not counted yet")


_AFTER = (Phase.CLOSED, Phase.RECONCILED, Phase.FINALIZED)


def _provenance(sheet: SnapshotSheet) -> str:
    """The one mark that says what a count rests on, where it is not a plain count."""
    return "" if sheet.basis == "COUNTED" else words.said(words.BASIS, sheet.basis)


def _counted(sheet: SnapshotSheet) -> Proof:
    return Proof(
        document=sheet.number or "",
        href=reverse("count-paper", args=[sheet.id]),
        words=_on_paper(words.said(words.BASIS, sheet.basis), sheet.paper),
        cents=sheet.total_cents,
        at=sheet.occurred_at,
        signatures=sheet.signatures,
    )


def _on_paper(said: str, paper: PaperSheet | None) -> str:
    """What a fact is, and the signed paper it was read from, if it was (BACK-1)."""
    if paper is None:
        return said
    told = _("%(what)s; %(form)s %(number)s, signed there by %(who)s")
    names = {"form": paper.form, "number": paper.number, "who": ", ".join(paper.signed_by)}
    return told % {"what": said, **names}


def _of_slips(name: str, operator: str, kind: str, cents: int | None, view: SessionView) -> Term:
    mine = [slip for slip in view.slips if slip.kind == kind and slip.status in VERIFIED]
    return Term(
        name=name,
        title=str(_TITLE[name]),
        operator=operator,
        cents=cents,
        reason="" if cents is not None else _("A slip is still on the way"),
        note=_how_many(len(mine), so_far=view.record.phase not in _AFTER),
        proofs=[_slip(slip) for slip in mine],
    )


def _how_many(slips: int, *, so_far: bool) -> str:
    if not slips:
        return _("none, verified so far") if so_far else _("none")
    if so_far:
        said = ngettext("%(n)s slip, verified so far", "%(n)s slips, verified so far", slips)
    else:
        said = ngettext("%(n)s slip", "%(n)s slips", slips)
    return said % {"n": slips}


def _slip(slip: SlipSheet) -> Proof:
    verified = next(
        (step for step in slip.history if step.status.startswith("VERIFIED")), slip.history[-1]
    )
    return Proof(
        document=slip.number or slip.request_number or "",
        href=reverse("slip-paper", args=[slip.id]),
        words=_on_paper(words.said(words.SLIP_STATUS, slip.status).lower(), slip.paper),
        cents=slip.total_cents,
        at=verified.occurred_at,
        signatures=verified.signatures,
    )


def _of_drop(cents: int | None, view: SessionView) -> Term:
    return Term(
        name="Drop",
        title=str(_TITLE["Drop"]),
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
        said = _("Pending count: %(counted)s of %(all)s boxes")
        return said % {"counted": counted, "all": len(boxes)}
    taken = any(box.drop_id for box in boxes)
    return _("Pending count") if taken else _("The box is on the table")


def _counted_box(drop: DropSheet) -> Proof:
    count = drop.count
    if count is None:
        raise RuntimeError("the box is not counted")
    opened = next((link for link in drop.custody if link.step == "OPENED"), None)
    return Proof(
        document=drop.box,
        href=f"#drop-{drop.id}",
        words=_("batch %(batch)s") % {"batch": count.batch_id},
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
        return str(_WHILE_LIVE.get(view.record.phase, _("Not closed yet")))
    return words.said(words.RUNDOWN_STATE, rundown.state)


_WHILE_LIVE = {
    Phase.READY_TO_OPEN: gettext_lazy("Not open yet"),
    Phase.OPENING: gettext_lazy("Opening count required"),
    Phase.CLOSING: gettext_lazy("Closing count required"),
}
