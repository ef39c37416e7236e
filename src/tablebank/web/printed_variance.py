"""The variance slip: an opener that is not what the closer before it left (INV-10, SESS-5).

Denomination by denomination: what the closer says, what the opener found, over or short. What was
told to whom, and is not on record, is a line to write on. A short amount stands in brackets, as the
trade writes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.documents.sheet import Blank, Lines, Place, Row, Sheet
from tablebank.domain.chips import ChipList, key_of
from tablebank.domain.documents import Printed
from tablebank.domain.terms import FindingStatus, Role
from tablebank.queries.findings import ExceptionSheet
from tablebank.queries.session_sheet import Signed, SnapshotSheet
from tablebank.web import figures, words
from tablebank.web.printed_form import HEADING, Drawn, Setting, frame_of, instant, signed_place
from tablebank.web.session_view import SessionView

KIND = "OPENING_VARIANCE"
_TAKES_REPORTS = (Role.PIT_MANAGER,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Variance:
    """An opener that differs, the exception that says so, and the closer it is held against.

    `closer` is None where its count is hidden from the reader (SNAP-4).
    """

    finding: ExceptionSheet
    opener: SnapshotSheet
    closer: SnapshotSheet | None


def variance_of(view: SessionView) -> Variance | None:
    """The opening variance that stands, open or resolved; None once the facts cleared it."""
    standing = [
        each
        for each in view.exceptions or ()
        if each.kind == KIND
        and each.subject["type"] == "session"
        and each.status != FindingStatus.CLEARED
    ]
    if not standing or view.session.opening is None:
        return None
    return Variance(finding=standing[-1], opener=view.session.opening, closer=view.last_closer)


def sheet_of_variance(view: SessionView, variance: Variance, *, setting: Setting) -> Drawn:
    """The slip as it is printed: with its two counts, or that they are not shown to the reader."""
    opener, is_hidden = variance.opener, _is_hidden(variance)
    sheet = Sheet(
        template="variance",
        frame=frame_of(setting, reverse("exceptions-action", args=[variance.finding.id])),
        band="plain",
        heading=str(HEADING[Printed.VARIANCE]).upper(),
        title=_("Table games variance slip (notification of error)"),
        number=opener.number or "",
        number_label=_("Opener no."),
        fields=_fields(view, variance),
        target=None,
        notes=[_("Counts are blind here: this count is not shown to you.")] if is_hidden else [],
        lines=None if is_hidden else _lines(variance, view.chips),
        statements=[*([] if is_hidden else _result(view, variance)), *_explained(view, variance)],
        blanks=_told(opener.signatures),
        places=[
            *(signed_place(each, setting) for each in opener.signatures),
            Place(role=_("Security")),
        ],
    )
    return Drawn(form=Printed.VARIANCE, subject_id=opener.id, sheet=sheet)


def _is_hidden(variance: Variance) -> bool:
    return variance.opener.counts_hidden or variance.closer is None


def _fields(view: SessionView, variance: Variance) -> list[tuple[str, str]]:
    session, closer = view.session, variance.closer
    fields = [
        (_("Gaming day"), f"{session.gaming_day:%Y-%m-%d}"),
        (_("Shift"), session.shift_code),
        (_("Pit"), session.pit),
        (_("Game"), words.said(words.GAME, session.game_type) if session.game_type else ""),
        (_("Table no."), session.table_code),
        (_("Sequence in day"), str(session.sequence) if session.sequence else ""),
        (_("Time"), instant(variance.opener.occurred_at)),
        (_("Closer no."), (closer.number or "") if closer else ""),
        (_("Closer counted"), instant(closer.occurred_at) if closer else ""),
        (_("Status"), words.said(words.FINDING_STATUS, variance.finding.status)),
    ]
    return [(label, value) for label, value in fields if value]


def _lines(variance: Variance, chips: ChipList) -> Lines:
    opener, closer = variance.opener, variance.closer
    if closer is None:
        raise RuntimeError("a hidden count has no lines")
    rows = list(_rows(opener.chipset, closer.chipset, chips=chips))
    total = Row(
        cells=(
            _("Total"),
            figures.money(closer.total_cents, exact=True),
            figures.money(opener.total_cents, exact=True),
            over_short(_apart(opener.total_cents, closer.total_cents)),
        ),
        kind="total",
    )
    return Lines(
        head=(_("Denomination"), _("Closer before"), _("Counted"), _("Over / (Short)")),
        rows=rows,
        foot=[total],
        empty=_("By its total only"),
    )


def _rows(
    found: Mapping[str, int] | None, left: Mapping[str, int] | None, *, chips: ChipList
) -> Iterable[Row]:
    """Every chip on either count, highest first; a count by its total alone has no rows."""
    for chip in chips.types:
        key = key_of(chip)
        if key not in (found or {}) and key not in (left or {}):
            continue
        code = "" if chip.chip_set == "VALUE" else chip.code
        name = f"{code} {figures.money(chip.cents)}".strip()
        amounts = [_amount(each, key, chip.cents) for each in (left, found)]
        apart = _apart(amounts[1], amounts[0])
        cells = [figures.money(each, exact=True) for each in amounts]
        if not chip.in_bank:
            name = f"{name}, {_('beside the bank')}"
        yield Row(cells=(name, *cells, over_short(apart)))


def _amount(chipset: Mapping[str, int] | None, key: str, worth_cents: int) -> int | None:
    """What a count holds of a chip, in cents; None where it was taken by its total (LESSON-2)."""
    return None if chipset is None else chipset.get(key, 0) * worth_cents


def _apart(found_cents: int | None, left_cents: int | None) -> int | None:
    return None if found_cents is None or left_cents is None else found_cents - left_cents


def over_short(cents: int | None) -> str:
    """An amount over as it is, one short in brackets: `$100.00`, `($100.00)`; None is N/A."""
    said = figures.money(abs(cents) if cents is not None else None, exact=True)
    return f"({said})" if cents is not None and cents < 0 else said


def _result(view: SessionView, variance: Variance) -> Iterable[tuple[str, str]]:
    """Over, short, or even in total and apart by chip; and the first count, if there was one."""
    closer = variance.closer
    cents = _apart(variance.opener.total_cents, closer.total_cents if closer else None)
    if cents is not None:
        name = _("Over") if cents > 0 else _("Short") if cents < 0 else _("Even in total")
        yield name, figures.money(abs(cents), exact=True)
    for trial in view.trials:
        if trial.step == "record_snapshot" and trial.kind in (None, "OPENING"):
            said = figures.money(trial.total_cents, exact=True)
            yield _("First count"), f"{said} · {instant(trial.occurred_at)}"


def _explained(view: SessionView, variance: Variance) -> Iterable[tuple[str, str]]:
    finding = variance.finding
    yield _("Raised"), instant(finding.raised_at)
    yield _("Explanation"), variance.opener.reason or _("none on record")
    if finding.resolved_at is not None and finding.reason_code is not None:
        why = words.said(words.REASON_CODE, finding.reason_code)
        yield _("Resolved"), f"{instant(finding.resolved_at)} · {why}: {finding.narrative or ''}"


def _told(signatures: Iterable[Signed]) -> list[Blank]:
    """To whom it was reported, who signed as one; who else was told, and when, is written in."""
    reported = [
        f"{each.name} · {instant(each.signed_at)}"
        for each in signatures
        if each.role in _TAKES_REPORTS
    ]
    return [
        Blank(label=_("Reported to, time"), known=", ".join(reported)),
        Blank(label=_("Security notified, name and time")),
        Blank(label=_("Surveillance notified, name and time")),
        Blank(label=_("Regulator notified, name and time")),
    ]
