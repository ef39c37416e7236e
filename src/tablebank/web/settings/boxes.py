"""Drop boxes: registered by code for a table, or for the pool of emergency boxes (BOX-1)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import drops
from tablebank.domain.terms import BoxKind
from tablebank.queries.settings_book import BoxLine
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Listing,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
    Words,
)
from tablebank.web.settings.telling import door

KINDS: Mapping[str, Words] = {
    BoxKind.TABLE: gettext_lazy("For a table"),
    BoxKind.EMERGENCY: gettext_lazy("Emergency"),
}


def _fields(book: Book) -> tuple[Field, ...]:
    tables = tuple(Choice(value=str(each.id), words=each.code) for each in book.tables)
    nobody = Choice(value="", words=_("Any table: the pool"))
    return (
        Field(name="code", label=_("Code"), hint=_("As it stands on the box")),
        Field(
            name="kind",
            label=_("Kind"),
            kind="one",
            choices=tuple(Choice(value=kind, words=str(said)) for kind, said in KINDS.items()),
        ),
        Field(
            name="table_id",
            label=_("Table"),
            kind="choice",
            required=False,
            choices=(nobody, *tables),
        ),
    )


def _said(typed: Mapping[str, Any], book: Book) -> Said:
    names = ("code", "kind", "table_id")
    return {name: typed[name] for name in names if typed.get(name) is not None}


def _body(said: Said) -> drops.RegisterBox:
    table = said.get("table_id")
    return drops.RegisterBox(
        code=said["code"],
        kind=BoxKind(said["kind"]),
        table_id=UUID(table) if table else None,
    )


REGISTER = Setting(
    slug="register-box",
    section="boxes",
    verb=gettext_lazy("Register a box"),
    done=gettext_lazy("The box is registered."),
    command=drops.REGISTER_BOX,
    said=_said,
    body=_body,
    fields=_fields,
    stands=lambda book: {"kind": BoxKind.TABLE},
    note=lambda book: _("It is free until a drop crew mounts it."),
)


def _where(box: BoxLine) -> Words:
    if box.on_table:
        return _("On %(table)s") % {"table": box.on_table}
    return _("Removed, not counted yet") if box.is_out else _("Free")


def _shown(book: Book) -> Shown:
    return Shown(
        title=_("Drop boxes"),
        sentence=_("Which boxes there are, and where each of them is now."),
        listings=[
            Listing(
                title=_("Boxes"),
                heads=(_("Box"), _("Kind"), _("Table"), _("Where")),
                rows=[
                    Row(
                        cells=(
                            Cell(text=box.code),
                            Cell(text=KINDS.get(box.kind, box.kind)),
                            Cell(text=box.table_code or _("any")),
                            Cell(text=_where(box)),
                        )
                    )
                    for box in book.boxes
                ],
                empty=_("No box is registered yet."),
            )
        ],
        doors=door(REGISTER, book),
    )


def _summary(book: Book) -> Summary:
    free = sum(not box.on_table and not box.is_out for box in book.boxes)
    emergency = any(box.kind == BoxKind.EMERGENCY for box in book.boxes)
    says = _("Boxes: %(count)s · free: %(free)s") % {"count": len(book.boxes), "free": free}
    missing = []
    if not book.boxes:
        missing.append(_("Register the first box."))
    elif not free:
        missing.append(_("No box is free to take the place of a removed one."))
    if book.boxes and not emergency:
        missing.append(_("No emergency box yet."))
    return Summary(says=[says] if book.boxes else [], missing=missing)


BOXES = Section(slug="boxes", name=gettext_lazy("Drop boxes"), summary=_summary, shown=_shown)

SETTINGS = (REGISTER,)
SECTIONS = (BOXES,)
