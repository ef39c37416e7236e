"""Tables and pits: registered, changed, renamed, taken out of service; each with its past."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import house, pits
from tablebank.domain.terms import TableStatus
from tablebank.queries.settings_book import TableLine
from tablebank.web import words
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.asking_advice import ASK_FOR_TABLE
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Door,
    Line,
    Listing,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
)
from tablebank.web.settings.reading import as_money
from tablebank.web.settings.table_past import game_said, limits_said, table_past
from tablebank.web.settings.target_forms import SET_TARGET
from tablebank.web.settings.targets import target_lines
from tablebank.web.settings.telling import door, first_few, in_force_since
from tablebank.web.typed import Data

_RESULT = "result_cents"
OUT_OF_LIMITS = {
    "/limits/min_cents": "/least_cents",
    "/limits/result_cents": f"/{_RESULT}",
    "/limits": "/most_cents",
}


# -- forms -----------------------------------------------------------------------------------------


def _game(*, required: bool) -> Field:
    return Field(
        name="game_type",
        label=_("Game"),
        hint=_("Such as BLACKJACK, ROULETTE, BACCARAT or CRAPS. Without one it cannot be opened."),
        required=required,
    )


def _limit_fields() -> tuple[Field, ...]:
    return (
        Field(name="least_cents", label=_("Lowest bet"), kind="money", required=False),
        Field(name="most_cents", label=_("Highest bet"), kind="money", required=False),
        Field(
            name="result_cents",
            label=_("Win or loss that asks for a remark"),
            kind="money",
            required=False,
            hint=_("A result of a session beyond this amount is not reconciled without one."),
        ),
    )


def _limits(typed: Mapping[str, Any], stood: Mapping[str, int] | None) -> Said:
    """All limits where one was typed: the others stay as they stand."""
    least, most, result = (typed.get(each) for each in ("least_cents", "most_cents", _RESULT))
    if least is None and most is None and result is None:
        return {}
    kept = stood or {"min_cents": 0, "max_cents": 0}
    result = kept.get(_RESULT) if result is None else result
    return {
        "limits": {
            "min_cents": kept["min_cents"] if least is None else least,
            "max_cents": kept["max_cents"] if most is None else most,
            **({} if result is None else {_RESULT: result}),
        }
    }


def _registered(typed: Mapping[str, Any], book: Book) -> Said:
    plain = ("code", "name", "pit", "game_type")
    said: Said = {name: typed[name] for name in plain if typed.get(name) is not None}
    box = typed.get("box")
    first = {"code": box, "in_play": bool(typed.get("in_play"))} if box else None
    return {**said, **_limits(typed, None), "first_box": first}


def _register(said: Said) -> house.RegisterTable:
    first = said.get("first_box")
    return house.RegisterTable(
        **{name: said.get(name) for name in ("name", "game_type", "limits")},
        code=said["code"],
        pit=said["pit"],
        first_box=house.FirstBox(**first) if first else None,
        without_box=first is None,
    )


REGISTER = Setting(
    slug="register-table",
    section="tables",
    verb=gettext_lazy("Register a table"),
    done=gettext_lazy("The table is registered."),
    command=house.REGISTER_TABLE,
    said=_registered,
    body=_register,
    fields=lambda book: (
        Field(name="code", label=_("Code"), hint=_("Unique in the casino, such as BJ-07")),
        Field(name="name", label=_("Name"), required=False),
        Field(name="pit", label=_("Pit")),
        _game(required=False),
        *_limit_fields(),
        Field(
            name="box",
            label=_("First drop box"),
            required=False,
            hint=_("Its code. It is mounted at once; left empty, the table has no box yet."),
        ),
        Field(
            name="in_play",
            label=_("The box already holds cash"),
            kind="check",
            required=False,
            hint=_("The drop of the table's first session is then unknown."),
        ),
    ),
    pointers=OUT_OF_LIMITS,
)


def _change_stands(book: Book) -> Data:
    table = book.the_table()
    limits = table.limits
    return {
        "name": table.name,
        "pit": table.pit,
        "game_type": table.game_type or "",
        "least_cents": as_money(limits["min_cents"]) if limits else "",
        "most_cents": as_money(limits["max_cents"]) if limits else "",
        _RESULT: as_money(limits[_RESULT]) if limits and _RESULT in limits else "",
    }


def _changed(typed: Mapping[str, Any], book: Book) -> Said:
    plain = ("name", "pit", "game_type")
    said = {name: typed[name] for name in plain if typed.get(name) is not None}
    return {**said, **_limits(typed, book.the_table().limits)}


CHANGE = Setting(
    slug="change-table",
    section="tables",
    verb=gettext_lazy("Change the table"),
    done=gettext_lazy("The table is changed."),
    command=house.CHANGE_TABLE,
    about="table",
    said=_changed,
    body=lambda said: house.ChangeTable(**said),
    fields=lambda book: (
        Field(name="name", label=_("Name")),
        Field(name="pit", label=_("Pit")),
        _game(required=False),
        *_limit_fields(),
    ),
    stands=_change_stands,
    changes=True,
    note=lambda book: _(
        "It holds from this gaming day on. A session that is open keeps what it was opened with,"
        " and past results stay where they were."
    ),
    pointers=OUT_OF_LIMITS,
)


def _status(status: TableStatus, **said: Any) -> Setting:
    return Setting(
        section="tables",
        command=house.CHANGE_TABLE,
        about="table",
        said=lambda typed, book: {"status": status.value},
        body=lambda said: house.ChangeTable(status=TableStatus(said["status"])),
        fields=lambda book: (),
        offered=lambda book: book.the_table().status != status,
        **said,
    )


AVAILABLE = _status(
    TableStatus.ACTIVE,
    slug="table-available",
    verb=gettext_lazy("Make available"),
    done=gettext_lazy("The table is Available."),
    note=lambda book: _("It can be opened again."),
)
IDLE = _status(
    TableStatus.INACTIVE,
    slug="table-idle",
    verb=gettext_lazy("Make idle"),
    done=gettext_lazy("The table is Idle."),
    note=lambda book: _("It is not opened until it is made available. A live session may close."),
)
DECOMMISSION = _status(
    TableStatus.CLOSED,
    slug="decommission-table",
    verb=gettext_lazy("Decommission"),
    done=gettext_lazy("The table is Decommissioned."),
    note=lambda book: _(
        "It is taken out of service. It needs an empty tray, and stays in every past figure."
    ),
    grave=True,
)


RENAME_PIT = Setting(
    slug="rename-pit",
    section="tables",
    verb=gettext_lazy("Rename a pit"),
    done=gettext_lazy("The pit is renamed."),
    command=pits.RENAME_PIT,
    said=lambda typed, book: {"pit": typed["pit"], "name": typed["name"]},
    body=lambda said: pits.RenamePit(pit=said["pit"], name=said["name"]),
    fields=lambda book: (
        Field(
            name="pit",
            label=_("Pit"),
            kind="choice",
            choices=tuple(Choice(value=each, words=each) for each in book.pits),
        ),
        Field(name="name", label=_("New name")),
    ),
    offered=lambda book: bool(book.pits),
    note=lambda book: _(
        "All of its tables and its drop schedule go along. What is past keeps the old name."
    ),
)


# -- pages -----------------------------------------------------------------------------------------


def _shown(book: Book) -> Shown:
    return _table_shown(book) if book.table is not None else _tables_shown(book)


def _tables_shown(book: Book) -> Shown:
    return Shown(
        title=_("Tables and pits"),
        sentence=_("Which tables there are, where they stand, and whether they can be opened."),
        listings=[_pit(pit, book) for pit in book.pits]
        or [Listing(title=_("Tables"), heads=(), rows=(), empty=_("No table is registered yet."))],
        doors=[*door(REGISTER, book), *door(RENAME_PIT, book)],
    )


def _pit(pit: str, book: Book) -> Listing:
    mine = [each for each in book.tables if each.pit == pit]
    return Listing(
        title=pit,
        heads=(_("Table"), _("Game"), _("Limits"), _("Box"), _("Status")),
        rows=[_row(each, book) for each in mine],
        empty="",
    )


def _row(table: TableLine, book: Book) -> Row:
    href = reverse("settings-thing", args=["tables", table.id])
    name = table.name if table.name != table.code else ""
    return Row(
        cells=(
            Cell(text=table.code, note=name, href=href),
            Cell(text=game_said(table.game_type), needs=table.game_type is None),
            Cell(text=limits_said(table.limits, currency=book.currency)),
            Cell(text=table.box or _("none mounted"), needs=_lacks_box(table, book)),
            Cell(text=words.said(words.TABLE, table.status)),
        ),
        is_quiet=table.status == TableStatus.CLOSED,
    )


def _lacks_box(table: TableLine, book: Book) -> bool:
    wanted = book.house.settings.drop_box_required and table.status == TableStatus.ACTIVE
    return wanted and table.box is None


def _table_shown(book: Book) -> Shown:
    table = book.the_table()
    return Shown(
        title=table.code,
        sentence=in_force_since(table.since),
        lines=[
            Line(name=_("Name"), value=table.name),
            Line(name=_("Pit"), value=table.pit),
            Line(name=_("Game"), value=game_said(table.game_type), missing=table.game_type is None),
            Line(name=_("Limits"), value=limits_said(table.limits, currency=book.currency)),
            Line(
                name=_("Drop box"),
                value=table.box or _("none mounted"),
                missing=_lacks_box(table, book),
            ),
            Line(name=_("Status"), value=words.said(words.TABLE, table.status)),
            *target_lines(book),
        ],
        doors=[
            each
            for setting in (CHANGE, SET_TARGET, ASK_FOR_TABLE, AVAILABLE, IDLE, DECOMMISSION)
            for each in door(setting, book, about=table.code)
        ]
        + [_targets_past(table)],
        past=table_past(book),
        back=Door(words=_("All tables"), href=reverse("settings-section", args=["tables"])),
    )


def _targets_past(table: TableLine) -> Door:
    href = f"{reverse('targets-history')}?for={table.id}"
    return Door(words=_("History of target needs"), href=href, about=table.code)


def _summary(book: Book) -> Summary:
    count = len(book.tables)
    active = sum(each.status == TableStatus.ACTIVE for each in book.tables)
    missing = []
    if not count:
        missing.append(_("Register the first table."))
    without_game = [each.code for each in book.tables if each.game_type is None]
    if without_game:
        missing.append(_("No game yet: %(tables)s") % {"tables": first_few(without_game)})
    without_box = [each.code for each in book.tables if _lacks_box(each, book)]
    if without_box:
        missing.append(_("No box mounted: %(tables)s") % {"tables": first_few(without_box)})
    since = max((each.since for each in book.tables if each.since), default=None)
    says = [
        _("Tables: %(count)s · pits: %(pits)s · Available: %(active)s")
        % {"count": count, "pits": len(book.pits), "active": active}
    ]
    return Summary(says=says if count else [], since=in_force_since(since), missing=missing)


TABLES = Section(
    slug="tables",
    name=gettext_lazy("Tables and pits"),
    summary=_summary,
    shown=_shown,
    history=lambda book: [book.house.casino.id, *([book.table.id] if book.table else ())],
    things="table",
)

SETTINGS = (REGISTER, CHANGE, AVAILABLE, IDLE, DECOMMISSION, RENAME_PIT)
SECTIONS = (TABLES,)
