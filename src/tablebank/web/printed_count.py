"""The soft count sheet of one box: what was in it, counted twice, and who counted (SOFT-1).

By instrument and denomination, with what each does to the drop. What the count room did not write
down is a line to write on; a counted zero is one, and nothing unknown is (LESSON-2).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.documents.sheet import Blank, Lines, Place, Row, Section, Sheet
from tablebank.domain.documents import Printed
from tablebank.domain.soft_count import EFFECT
from tablebank.domain.terms import Role
from tablebank.queries.drop_book import CountSheet, DropSheet
from tablebank.queries.session_sheet import SessionSheet, Signed
from tablebank.web import figures, words
from tablebank.web.printed_form import HEADING, Drawn, Setting, frame_of, instant, signed_place


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedBox:
    """A box that was counted: its removal, its session, every revision of its count, the first
    first, and who signed each. `count` is the one that stands."""

    drop: DropSheet
    count: CountSheet
    session: SessionSheet
    revisions: Sequence[CountSheet]
    signed: Mapping[UUID, Sequence[Signed]]

    @property
    def signatures(self) -> Sequence[Signed]:
        """Who signed the count that stands."""
        return self.signed.get(self.count.id, ())


def sheet_of_box(box: CountedBox, *, setting: Setting) -> Drawn:
    """The count that stands, its forms found, and what it corrects."""
    count, place = box.count, reverse("session", args=[box.session.id])
    sheet = Sheet(
        template="count",
        frame=frame_of(setting, f"{place}#drop-{box.drop.id}"),
        band="plain",
        heading=str(HEADING[Printed.COUNT]).upper(),
        title=_("Soft count sheet (table games count sheet)"),
        number=box.drop.box,
        number_label=_("Box no."),
        fields=_fields(box),
        target=None,
        notes=_notes(count),
        lines=_lines(count),
        sections=[*_found(count), *_corrections(box)],
        statements=list(_reported(count)),
        blanks=_blanks(count),
        places=_places(box, setting),
    )
    return Drawn(form=Printed.COUNT, subject_id=count.id, sheet=sheet)


def _fields(box: CountedBox) -> list[tuple[str, str]]:
    session, drop, count = box.session, box.drop, box.count
    fields = [
        (_("Count date"), instant(count.counted_at)),
        (_("Gaming day"), f"{session.gaming_day:%Y-%m-%d}"),
        (_("Count session no. (batch)"), count.batch_id),
        (_("Pit"), session.pit),
        (_("Game"), words.said(words.GAME, session.game_type) if session.game_type else ""),
        (_("Table no."), session.table_code),
        (_("Shift"), session.shift_code),
        (_("Drop type"), words.said(words.REMOVAL, drop.type)),
        (_("Removed"), instant(drop.removed_at)),
        (_("Seal no."), drop.seal or ""),
        (_("Sessions served"), figures.number(len(drop.serves)) if len(drop.serves) > 1 else ""),
        (_("Revision"), figures.number(count.revision) if count.revision > 1 else ""),
    ]
    return [(label, value) for label, value in fields if value]


def _notes(count: CountSheet) -> list[str]:
    """What must not be overlooked: two counts that differ, and a correction."""
    notes = []
    if count.first_count_cents != count.second_count_cents:
        notes.append(_("First and second count differ."))
    if count.supersedes is not None:
        said = _("Corrected: this count replaces revision %(revision)s.")
        notes.append(said % {"revision": count.revision - 1})
    return notes


def _lines(count: CountSheet) -> Lines:
    """By instrument, each with its denominations; the total, the drop, and the two counts of it."""
    by_instrument: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in count.contents:
        by_instrument[line["instrument"]].append(line)
    rows = [
        row
        for instrument in EFFECT
        if instrument in by_instrument
        for row in _rows_of(instrument, by_instrument[instrument])
    ]
    effect = figures.money(count.drop_effect_cents, exact=True)
    total = figures.money(count.total_cents, exact=True)
    apart = count.second_count_cents - count.first_count_cents
    foot = [
        Row(cells=(_("Total"), "", total, effect), kind="total"),
        _foot(_("First count"), figures.money(count.first_count_cents, exact=True)),
        _foot(_("Second count"), figures.money(count.second_count_cents, exact=True)),
        _foot(_("Second less first"), figures.money(apart, exact=True, signed=True)),
    ]
    return Lines(
        head=(_("Contents"), _("Quantity"), _("Amount"), _("In the drop")),
        rows=rows,
        foot=foot,
        empty=_("The box was empty."),
    )


def _foot(name: str, amount: str) -> Row:
    return Row(cells=(name, "", amount, ""), kind="fact")


def _rows_of(instrument: str, lines: Sequence[Mapping[str, Any]]) -> Iterable[Row]:
    """What an instrument makes, and each of its denominations that was written down."""
    cents = sum(line["amount_cents"] for line in lines)
    in_drop = figures.money(EFFECT[instrument] * cents, exact=True)
    if EFFECT[instrument] == 0:
        in_drop = _("not in the drop")
    name = words.said(words.INSTRUMENT, instrument)
    yield Row(cells=(name, "", figures.money(cents, exact=True), in_drop), kind="term")
    told = [line for line in lines if line.get("denomination_cents") is not None]
    if not told:
        return
    by_size = sorted(lines, key=lambda line: -(line.get("denomination_cents") or 0))
    for line in by_size:
        worth, pieces = line.get("denomination_cents"), line.get("quantity")
        yield Row(
            cells=(
                figures.money(worth) if worth is not None else _("without denomination"),
                figures.number(pieces) if pieces is not None else "",
                figures.money(line["amount_cents"], exact=True),
                "",
            ),
            kind="fact",
        )


def _found(count: CountSheet) -> Iterable[Section]:
    """The slips and forms in the box, as the team listed them; or that the list is not shown."""
    rows = [
        Row(
            cells=(
                words.said(words.FOUND_FORM, found["form"]),
                found.get("number") or "",
                found.get("table") or "",
                _noted(found.get("amount_cents")),
            )
        )
        for found in count.evidence or ()
    ]
    empty = _("No slip or form was found in the box.")
    if count.evidence is None:
        empty = _("Counts are blind here: what was found is not shown to you.")
    head = (_("Form"), _("Slip no."), _("Table no."), _("Amount"))
    title = _("Slips and forms found in the box")
    yield Section(title=title, lines=Lines(head=head, rows=rows, empty=empty))


def _noted(cents: int | None) -> str:
    """The amount of a form; where nobody noted one there is none, and no zero."""
    return "" if cents is None else figures.money(cents, exact=True)


def _corrections(box: CountedBox) -> Iterable[Section]:
    """Every revision with its figures: an earlier one stays readable (CNT-10)."""
    if len(box.revisions) < 2:
        return
    rows = [
        Row(
            cells=(
                _("Revision %(revision)s") % {"revision": each.revision},
                " · ".join(_said(each, box)),
                figures.money(each.total_cents, exact=True),
                figures.money(each.drop_effect_cents, exact=True),
            )
        )
        for each in box.revisions
    ]
    head = (_("Revision"), _("Counted, by whom, why"), _("Amount"), _("In the drop"))
    yield Section(title=_("Corrections"), lines=Lines(head=head, rows=rows), figures=2)


def _said(count: CountSheet, box: CountedBox) -> Iterable[str]:
    yield instant(count.counted_at)
    yield ", ".join(each.name for each in box.signed.get(count.id, ()))
    if count.reason:
        yield count.reason


def _reported(count: CountSheet) -> Iterable[tuple[str, str]]:
    """What the count room itself reported, word for word."""
    for told in count.reported_exceptions:
        yield _("Reported"), ", ".join(str(each) for each in told.values() if each is not None)


def _blanks(count: CountSheet) -> list[Blank]:
    """What the form asks for and no record of a count has: to be written in."""
    tested = ", ".join(
        f"{name}: {value}" for name, value in (count.tester or {}).items() if value is not None
    )
    return [
        Blank(label=_("Counter test result"), known=tested),
        Blank(label=_("Surveillance notified, name and time")),
        Blank(label=_("First count by")),
        Blank(label=_("Second count by")),
        Blank(label=_("Empty box verified by")),
        Blank(label=_("Balanced by")),
        Blank(label=_("Verifier amount")),
        Blank(label=_("Variance")),
    ]


def _places(box: CountedBox, setting: Setting) -> list[Place]:
    """The whole team, each once: who signed, and who is still to; then the verifier (CNT-15)."""
    signed = {each.badge for each in box.signatures}
    missing = [badge for badge in box.count.team if badge not in signed]
    team = words.said(words.ROLE, Role.COUNT_TEAM)
    badge_of = _("Badge %(badge)s")
    return [
        *(signed_place(each, setting) for each in box.signatures),
        *(Place(role=f"{team} · {badge_of % {'badge': badge}}") for badge in missing),
        Place(role=_("Verifier, accounting")),
    ]
