"""Forms in words: what the record says, as it stands on a printed sheet (controls.md, section 4).

The fields are those of the paper pages (`paper`, `proof`); here is what only a printed form has:
its parts and their recipients, licences, marks, and the address that its code leads to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tablebank import __version__
from tablebank.documents.sheet import Frame, Lines, Place, Row, Sheet, Target, Void
from tablebank.documents.sheet import Part as Copy
from tablebank.domain.documents import PARTS, Earlier, Part, Printed
from tablebank.domain.settings import Paper as Size
from tablebank.queries.session_sheet import Signed, SnapshotSheet
from tablebank.queries.slip_book import SlipSheet
from tablebank.web import figures, words
from tablebank.web.paper import Paper

RECIPIENT: Mapping[Part, str | Promise] = {
    Part.DROP_BOX: gettext_lazy("Drop box"),
    Part.CAGE: gettext_lazy("Cage"),
    Part.TABLE: gettext_lazy("Table, with the tray"),
    Part.PIT: gettext_lazy("Pit"),
    Part.ACCOUNTING: gettext_lazy("Accounting"),
    Part.RESTRICTED: gettext_lazy("Accounting – restricted"),
}
"""Who receives a part, as it stands at its foot (FRM-03)."""

HEADING: Mapping[Printed, str | Promise] = {
    Printed.REQUEST: gettext_lazy("Request"),
    Printed.OPENER: gettext_lazy("Opener"),
    Printed.CLOSER: gettext_lazy("Closer"),
    Printed.RUNDOWN: pgettext_lazy("form", "Rundown"),
    Printed.VARIANCE: pgettext_lazy("form", "Variance"),
    Printed.COUNT: gettext_lazy("Soft count"),
    Printed.COUNT_SESSION: gettext_lazy("Soft count"),
    Printed.SHIFT_RUNDOWN: gettext_lazy("Shift rundown"),
    Printed.HAND_OVER: gettext_lazy("Hand-over"),
}
_SIZE = {Size.LETTER: "us-letter", Size.A4: "a4"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What every form says, whatever it is of. `licences` are of those who signed, by person."""

    property: str
    simulated: bool
    language: str
    paper: Size
    site: str
    printed_at: datetime
    printed_by: str
    licences: Mapping[UUID, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A form before it is counted: its sheet without parts, and the record its prints count for."""

    form: Printed
    subject_id: UUID
    sheet: Sheet


def sheet_of_slip(slip: SlipSheet, paper: Paper, *, setting: Setting) -> Drawn:
    """A fill or credit slip, void ones with their void block (SLIP-6); before it, its request."""
    form = Printed.SLIP if slip.number else Printed.REQUEST
    heading = words.said(words.SLIP_KIND, slip.kind) if slip.number else str(HEADING[form])
    void = None
    if paper.voided_by or paper.void_reason:
        void = Void(
            word=_("Void").upper(),
            reason_label=_("Reason"),
            reason=paper.void_reason,
            places=[signed_place(each, setting) for each in paper.voided_by],
        )
    sheet = _sheet(
        paper,
        setting,
        template="slip",
        heading=heading,
        band=slip.kind.lower(),
        path=reverse("slip-paper", args=[slip.id]),
        void=void,
    )
    return Drawn(form=form, subject_id=slip.id, sheet=sheet)


def sheet_of_count(
    count: SnapshotSheet,
    paper: Paper,
    form: Printed,
    *,
    setting: Setting,
    closer: SnapshotSheet | None,
) -> Drawn:
    """An opener or closer: what was counted; on an opener, how it compares with the closer."""
    statements = []
    if form is Printed.OPENER:
        statements.append((_("Difference from closer"), _difference(count, closer)))
    sheet = _sheet(
        paper,
        setting,
        template="inventory",
        heading=str(HEADING[form]),
        band="plain",
        path=reverse("count-paper", args=[count.id]),
        statements=statements,
    )
    return Drawn(form=form, subject_id=count.id, sheet=sheet)


def _difference(count: SnapshotSheet, closer: SnapshotSheet | None) -> str:
    """Opener less the closer before it, or why that is not known; never a zero instead."""
    if closer is None:
        return _not_known(_("no closing count before this opener"))
    if count.total_cents is None or closer.total_cents is None:
        return _not_known(_("Hidden until the tray is counted"))
    told = figures.money(count.total_cents - closer.total_cents, exact=True, signed=True)
    return f"{told} ({closer.number})" if closer.number else told


def _not_known(because: str) -> str:
    return f"{figures.UNKNOWN}: {because}"


def _sheet(
    paper: Paper,
    setting: Setting,
    *,
    template: str,
    heading: str,
    band: str,
    path: str,
    void: Void | None = None,
    statements: Sequence[tuple[str, str]] = (),
) -> Sheet:
    hidden = [_("Counts are blind here: this count is not shown to you.")] if paper.hidden else []
    target = None
    if paper.shows_target:
        target = target_of(paper.need_total_cents)
    return Sheet(
        template=template,
        title=paper.title,
        number=paper.number,
        number_label=_("No."),
        heading=heading.upper(),
        band=band,
        fields=[(label, _written(value)) for label, value in paper.fields],
        target=target,
        notes=[*paper.notes, *hidden],
        lines=None if paper.hidden else _chips(paper),
        statements=statements,
        places=[
            signed_place(each.signed, setting, role=each.role)
            if each.signed
            else Place(role=each.role)
            for each in paper.to_sign
        ],
        void=void,
        frame=frame_of(setting, path),
    )


def frame_of(setting: Setting, path: str) -> Frame:
    """What stands around every form; `path` is the page that its code leads back to."""
    printed = _("Printed")
    return Frame(
        property=setting.property,
        demo=_("DEMO") if setting.simulated else "",
        language=setting.language,
        paper=_SIZE[setting.paper],
        printed=f"{printed} {instant(setting.printed_at)} · {setting.printed_by}",
        version=f"Tablebank {__version__}",
        page_word=_("Page"),
        code=f"{setting.site}{path}",
    )


def copies(
    form: Printed, parts: Iterable[Part], before: Mapping[Part, Earlier]
) -> tuple[Copy, ...]:
    """The parts of a form as they are named on it, each marked that was printed before (FIL-07)."""
    every = PARTS[form]
    return tuple(
        Copy(
            name=_("Part %(n)d of %(all)d") % {"n": every.index(part) + 1, "all": len(every)},
            recipient=str(RECIPIENT[part]),
            reprint=_reprint(before[part]),
        )
        for part in parts
    )


def _reprint(before: Earlier) -> str:
    if before.first_at is None:
        return ""
    said = _("REPRINT %(n)d. First printed %(when)s by %(who)s.")
    return said % {"n": before.times, "when": instant(before.first_at), "who": before.first_by}


def target_of(need_total_cents: int | None) -> Target:
    """The target the session was opened with: labelled as policy, never as a count (PAR-9)."""
    amount = _("Target need not configured")
    if need_total_cents is not None:
        amount = figures.money(need_total_cents, exact=True)
    return Target(label=_("Target need (par)"), amount=amount)


def _chips(paper: Paper) -> Lines:
    """Denomination, quantity, amount; chips beside the bank enter no total (CHIP-5)."""
    rows = [
        Row(
            cells=(
                f"{line.code} {figures.money(line.label_cents)}".strip(),
                figures.number(line.pieces),
                _("beside the bank")
                if line.cents is None
                else figures.money(line.cents, exact=True),
            )
        )
        for line in paper.lines
    ]
    total = figures.money(paper.total_cents, exact=True)
    return Lines(
        head=(_("Denomination"), _("Quantity"), _("Amount")),
        rows=rows,
        foot=[Row(cells=(_("Total"), "", total), kind="total")],
        empty=_("By its total only") if paper.total_cents else _("An empty tray"),
    )


def signed_place(signed: Signed, setting: Setting, *, role: str = "") -> Place:
    """Who signed: the full name, licence and badge, and the instant with its offset (FRM-04)."""
    licence = setting.licences.get(signed.staff_id)
    known_by = _("Badge %(badge)s") % {"badge": signed.badge}
    if licence:
        said = _("Licence %(licence)s") % {"licence": licence}
        known_by = f"{said} · {known_by}"
    return Place(
        role=role or words.said(words.ROLE, signed.role),
        name=signed.name,
        known_by=known_by,
        at=instant(signed.signed_at),
    )


def _written(value: str | datetime) -> str:
    return instant(value) if isinstance(value, datetime) else str(value)


def instant(at: datetime) -> str:
    """An instant on the casino's wall, with its offset: `2026-03-02 14:05:00 -05:00`."""
    local = timezone.localtime(at)
    return f"{local:%Y-%m-%d %H:%M:%S} {local.isoformat()[-6:]}"
