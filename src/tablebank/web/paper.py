"""Forms as they are printed: slips, openers and closers, with the field names of the trade.

A paper shows what is on record and nothing else: a field nobody filled in is left out, a chip that
was not counted has no line, and a signature that is still missing has its place to sign by hand.
Field names are those of `controls.md` section 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.chips import ChipList, key_of
from tablebank.domain.terms import SnapshotKind
from tablebank.queries.paper_book import PaperSheet
from tablebank.queries.session_sheet import SessionSheet, Signed, SnapshotSheet
from tablebank.queries.slip_book import SlipSheet, Step
from tablebank.web import words


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Chips of one type on a paper: `label_cents` is their face value, `cents` what they make."""

    label_cents: int
    code: str
    colour: str
    pieces: int
    cents: int | None
    """None for chips that are counted beside the bank and enter no total (CHIP-5)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToSign:
    """One place for a signature: who signed there and when, or nobody yet."""

    role: str
    signed: Signed | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One form: heading, number, its fields in their order, chips, total, signatures."""

    title: str
    number: str
    fields: Sequence[tuple[str, str | datetime]]
    lines: Sequence[Line]
    total_cents: int | None
    to_sign: Sequence[ToSign]
    session_id: UUID | None
    hidden: bool = False
    """Whether the count is hidden from the reader: counts are blind here (SNAP-4)."""
    void_reason: str = ""
    voided_by: Sequence[Signed] = ()
    notes: Sequence[str] = field(default=())
    shows_target: bool = False
    document: str = ""
    """Where the form is to be had as PDF, if it is one that the printer makes."""
    need_total_cents: int | None = None
    """The target the session was opened with, None if there was none: never a count (PAR-9)."""


_SLIP_SIGNERS: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "FILL": (
        ("ISSUED", ("CASHIER", "RUNNER")),
        ("VERIFIED_AT_TABLE", ("DEALER", "SUPERVISOR")),
    ),
    "CREDIT": (
        ("PICKED_UP", ("DEALER", "SUPERVISOR", "RUNNER")),
        ("VERIFIED_AT_CAGE", ("CASHIER",)),
    ),
}
"""Who signs a slip, step by step, in the order they sign on paper."""
_REQUEST_FIRST: Sequence[tuple[str, Sequence[str]]] = (
    ("VERIFIED_AT_CAGE", ("CASHIER", "RUNNER")),
    ("DEPOSITED_IN_DROPBOX", ("DEALER", "SUPERVISOR")),
)
"""And a credit that the cage prepares when it has counted the chips (CRD-05)."""

_TITLE: Mapping[str, str | Promise] = {
    "FILL": gettext_lazy("Fill slip"),
    "CREDIT": gettext_lazy("Credit slip"),
}
_REQUEST: Mapping[str, str | Promise] = {
    "FILL": gettext_lazy("Request for fill"),
    "CREDIT": gettext_lazy("Request for credit"),
}
_INVENTORY: Mapping[str, str | Promise] = {
    "OPENING": gettext_lazy("Table inventory slip: opener"),
    "CLOSING": gettext_lazy("Table inventory slip: closer"),
    "INTERIM": gettext_lazy("Table inventory slip: interim count"),
    "IDLE": gettext_lazy("Table inventory slip: idle count"),
}


_CAGE = ("CASHIER", "CAGE_MANAGER")
"""Who prepares a fill slip; a credit slip is made out at the table, by those who sign it."""


def _prepared_by(prepared: Step | None) -> str:
    signatures = prepared.signatures if prepared is not None else ()
    return next((each.name for each in signatures if each.role in _CAGE), "")


def paper_of_slip(slip: SlipSheet, session: SessionSheet, *, chips: ChipList) -> Paper:
    """A fill or credit slip; before it is prepared, the request for it."""
    steps = {step.status: step for step in slip.history}
    prepared = steps.get("ISSUED" if slip.kind == "FILL" else "PICKED_UP")
    if slip.request_first:
        prepared = steps.get("VERIFIED_AT_CAGE")
    voided = steps.get("VOIDED")
    by = _prepared_by(prepared)
    asked_by = next((each.name for each in slip.history[0].signatures), "")
    times: list[tuple[str, str | datetime]] = [(_("Requested"), slip.history[0].occurred_at)]
    if prepared is not None:
        times.append((_("Time prepared"), prepared.occurred_at))
        times += [(_("Prepared by"), by)] if by else []
    return Paper(
        title=str((_TITLE if slip.number else _REQUEST)[slip.kind]),
        number=slip.number or slip.request_number or "",
        fields=[
            *_where(session),
            *times,
            *([(_("Request no."), slip.request_number)] if slip.request_number else []),
            (_("Requested by"), asked_by),
            (_("Status"), words.said(words.SLIP_STATUS, slip.status)),
            *([(_("Box"), slip.box)] if slip.box else []),
            *fields_of_paper(slip.paper),
        ],
        lines=_lines(slip.chipset, chips),
        total_cents=slip.total_cents,
        to_sign=_signed_on(slip, steps),
        session_id=slip.session_id,
        document=reverse("slip-document", args=[slip.id]),
        void_reason=(voided.reason or "") if voided else "",
        voided_by=voided.signatures if voided else (),
        notes=[_("Disputed: what was counted is not what the slip says.")] if slip.disputed else [],
    )


def paper_of_count(count: SnapshotSheet, session: SessionSheet, *, chips: ChipList) -> Paper:
    """A table inventory slip: what was counted, and by whom (SNAP-1)."""
    basis = words.said(words.BASIS, count.basis)
    return Paper(
        title=str(_INVENTORY[count.kind]),
        number=count.number or "",
        fields=[
            *_where(session),
            *([(_("Sequence in day"), str(session.sequence))] if session.sequence else []),
            (_("Time"), count.occurred_at),
            (_("Basis"), basis),
            *([(_("Reason"), count.reason)] if count.reason else []),
            *fields_of_paper(count.paper),
        ],
        lines=_lines(count.chipset or {}, chips),
        total_cents=count.total_cents,
        to_sign=_by_role(count.signatures, entered=count.paper is not None),
        session_id=count.session_id,
        hidden=count.counts_hidden,
        document=_document_of(count),
        notes=[_("Superseded by a later count.")] if count.superseded_by else [],
        shows_target=count.kind in (SnapshotKind.OPENING, SnapshotKind.CLOSING),
        need_total_cents=session.need_total_cents,
    )


def _document_of(count: SnapshotSheet) -> str:
    """An opener or closer that stands has a printed form; what it superseded has none."""
    name = {"OPENING": "opener", "CLOSING": "closer"}.get(count.kind)
    if name is None or count.superseded_by is not None or count.session_id is None:
        return ""
    return reverse("document", args=[count.session_id, name])


def _where(session: SessionSheet) -> list[tuple[str, str | datetime]]:
    """Gaming day, shift, pit, game, table: the head of every form."""
    game = words.said(words.GAME, session.game_type) if session.game_type else ""
    return [
        (_("Gaming day"), f"{session.gaming_day:%Y-%m-%d}"),
        (_("Shift"), session.shift_code),
        (_("Pit"), session.pit),
        *([(_("Game"), game)] if game else []),
        (_("Table no."), session.table_code),
    ]


def fields_of_paper(paper: PaperSheet | None) -> list[tuple[str, str]]:
    """What stands on the paper that a fact was read from, and why it was entered later (BACK-1)."""
    if paper is None:
        return []
    return [
        (_("From signed paper"), f"{paper.form} {paper.number}"),
        (_("Signed on paper by"), ", ".join(paper.signed_by)),
        (_("Entered later because"), paper.reason),
    ]


def _by_role(signatures: Sequence[Signed], *, entered: bool = False) -> list[ToSign]:
    """Who signed, each in their role; of a fact from paper it is said that they entered it."""
    said = _("Entered from paper: %(role)s") if entered else "%(role)s"
    return [
        ToSign(role=said % {"role": words.said(words.ROLE, each.role)}, signed=each)
        for each in signatures
    ]


def _lines(chipset: Mapping[str, int], chips: ChipList) -> list[Line]:
    """One line for each chip on it, highest first."""
    lines = []
    for chip in chips.types:
        pieces = chipset.get(key_of(chip))
        if pieces is not None:
            lines.append(
                Line(
                    label_cents=chip.cents,
                    code="" if chip.chip_set == "VALUE" else chip.code,
                    colour=chip.colour,
                    pieces=pieces,
                    cents=pieces * chip.cents if chip.in_bank else None,
                )
            )
    return lines


def _signed_on(slip: SlipSheet, steps: Mapping[str, Step]) -> list[ToSign]:
    """The places to sign in their order, filled where somebody signed.

    A step that was entered from paper was signed there: who entered it has no place of the slip's.
    """
    if not slip.number:
        asked = _by_role(slip.history[0].signatures, entered=slip.history[0].paper is not None)
        left = steps.get("PICKED_UP")
        entered = left is not None and left.paper is not None
        return [*asked, *(_by_role(left.signatures, entered=entered) if left else ())]
    places: list[ToSign] = []
    for status, roles in _REQUEST_FIRST if slip.request_first else _SLIP_SIGNERS[slip.kind]:
        step = steps.get(status)
        if step is not None and step.paper is not None:
            told = {each.signed for each in places}
            entered_by = _by_role(step.signatures, entered=True)
            places += [each for each in entered_by if each.signed not in told]
            continue
        signed = {each.role: each for each in steps[status].signatures} if status in steps else {}
        for role in roles:
            by = signed.get(role) or (signed.get("PIT_MANAGER") if role == "SUPERVISOR" else None)
            by = by or (signed.get("CAGE_MANAGER") if role == "CASHIER" else None)
            places.append(ToSign(role=words.said(words.ROLE, role), signed=by))
    return places
