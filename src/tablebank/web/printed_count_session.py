"""The sheet of a whole count session: every box with its total, who counted, who verified (CNT-14).

Each box's own sheet says what was in it; this one is what they come to, and who signed for all of
it. It is printed once the session is posted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.documents.sheet import Blank, Lines, Place, Row, Sheet
from tablebank.domain.documents import Printed
from tablebank.domain.soft_count import EFFECT
from tablebank.domain.terms import Role
from tablebank.queries.count_book import BoxEntered, CountSessionSheet
from tablebank.queries.session_sheet import Signed
from tablebank.web import figures, words
from tablebank.web.printed_form import HEADING, Drawn, Setting, frame_of, instant, signed_place


@dataclass(frozen=True, kw_only=True, slots=True)
class PostedCount:
    """A count session that was posted, with who signed it and the names of its team by person."""

    session: CountSessionSheet
    signed: Sequence[Signed]
    names: Mapping[UUID, str]


def sheet_of_count_session(posted: PostedCount, *, setting: Setting) -> Drawn:
    """The boxes, their sum, the verifier's total beside it, and everyone's signature."""
    session = posted.session
    sheet = Sheet(
        template="count",
        frame=frame_of(setting, reverse("drops-count", args=[session.id])),
        band="plain",
        heading=str(HEADING[Printed.COUNT_SESSION]).upper(),
        title=_("Count session, all boxes"),
        number=session.batch_id,
        number_label=_("Count session no. (batch)"),
        fields=_fields(session),
        target=None,
        notes=_notes(session),
        lines=_lines(session),
        statements=[],
        blanks=_blanks(session),
        places=_places(posted, setting),
    )
    return Drawn(form=Printed.COUNT_SESSION, subject_id=session.id, sheet=sheet)


def _fields(session: CountSessionSheet) -> list[tuple[str, str]]:
    told = session.surveillance or {}
    notified = " ".join(str(told[name]) for name in ("operator", "notified_at") if told.get(name))
    fields = [
        (_("Gaming day"), f"{session.gaming_day:%Y-%m-%d}"),
        (_("Begun"), instant(session.started_at)),
        (_("Posted"), instant(session.posted_at) if session.posted_at else ""),
        (_("Surveillance notified, name and time"), notified),
    ]
    return [(label, value) for label, value in fields if value]


def _notes(session: CountSessionSheet) -> list[str]:
    """What must not be overlooked."""
    boxes = session.boxes or ()
    notes = []
    if any(each.first_count_cents != each.second_count_cents for each in boxes):
        notes.append(_("First and second count differ."))
    if any(each.drop_id is None for each in boxes):
        notes.append(_("A box is in it that nobody is known to have taken."))
    if session.verified_total_cents not in (None, session.total_cents):
        notes.append(_("The verifier's total is not the count team's."))
    return notes


def _lines(session: CountSessionSheet) -> Lines:
    boxes = session.boxes or ()
    total = sum(each.total_cents for each in boxes)
    effect = sum(_effect_cents(each) for each in boxes)
    foot = [Row(cells=(_("Total"), "", _amount(total), _amount(effect)), kind="total")]
    if session.verified_total_cents is not None:
        verified = _amount(session.verified_total_cents)
        foot.append(Row(cells=(_("Verifier amount"), "", verified, ""), kind="fact"))
        apart = figures.money(session.verified_total_cents - total, exact=True, signed=True)
        foot.append(Row(cells=(_("Variance"), "", apart, ""), kind="fact"))
    return Lines(
        head=(_("Box and table"), _("Forms"), _("Amount"), _("In the drop")),
        rows=[_row(each) for each in boxes],
        foot=foot,
        empty=_("No box is entered yet."),
    )


def _row(box: BoxEntered) -> Row:
    named = f"{box.box} · {box.table_code}" if box.table_code else box.box
    found = "" if box.evidence is None else figures.number(len(box.evidence))
    cells = (named, found, _amount(box.total_cents), _amount(_effect_cents(box)))
    return Row(cells=cells, kind="term")


def _effect_cents(box: BoxEntered) -> int:
    """What of a box enters the drop (SOFT-1)."""
    return sum(EFFECT[line["instrument"]] * line["amount_cents"] for line in box.contents)


def _amount(cents: int) -> str:
    return figures.money(cents, exact=True)


def _blanks(session: CountSessionSheet) -> list[Blank]:
    tested = ", ".join(f"{name}: {value}" for name, value in (session.tester or {}).items())
    return [
        Blank(label=_("Counter test result"), known=tested),
        Blank(label=_("Balanced by")),
        Blank(label=_("Verifier, accounting")),
    ]


def _places(posted: PostedCount, setting: Setting) -> list[Place]:
    """Everyone who signed; who left before it was posted signed then, and is named (CNT-15)."""
    signed = {each.badge for each in posted.signed}
    gone = [each for each in posted.session.team if each["badge"] not in signed]
    team = words.said(words.ROLE, Role.COUNT_TEAM)
    return [
        *(signed_place(each, setting) for each in posted.signed),
        *(
            Place(role=team, name=posted.names.get(UUID(each["staff_id"]), ""), known_by="")
            for each in gone
        ),
    ]
