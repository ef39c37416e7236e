"""The target need of a table: policy, never a fact; set or proposed from a gaming day on (PAR)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import policies
from tablebank.domain.par import ParInForce, par_in_force
from tablebank.domain.terms import BankMode
from tablebank.web.actions.kind import Field, Said
from tablebank.web.figures import money
from tablebank.web.settings.kind import Book, Line, Setting
from tablebank.web.settings.reading import as_money
from tablebank.web.settings.telling import in_force_since, in_words
from tablebank.web.typed import Data

TARGET = gettext_lazy("Target need (par)")
TARGET_MEANING = gettext_lazy("Operational target bankroll for this table")
TARGET_IN_COUNT_MODE = gettext_lazy(
    "Inventory Count mode: target used to reduce fill pressure; closing inventory may vary."
)
NOT_CONFIGURED = gettext_lazy("Target need not configured")
"""Fixed words (04-screens)."""


def _in_force(book: Book, day: date) -> ParInForce:
    table = book.the_table()
    return par_in_force(
        policies=tuple(book.policies),
        modes=book.house.modes,
        table_id=table.id,
        game_type=table.game_type,
        day=day,
    )


def target_lines(book: Book) -> list[Line]:
    """The target of the table the page is about, and what is to come."""
    now = _in_force(book, book.today)
    table = book.the_table()
    coming = sorted(
        {
            row.effective_from_gaming_day
            for row in book.policies
            if row.effective_from_gaming_day > book.today and row.table_id == table.id
        }
    )
    lines = [_line(now, name=str(TARGET), book=book)]
    for day in coming:
        name = _("From gaming day %(day)s") % {"day": in_words(day)}
        lines.append(_line(_in_force(book, day), name=name, book=book))
    return lines


def _line(par: ParInForce, *, name: str, book: Book) -> Line:
    if par.par_total_cents is None:
        return Line(name=name, value=NOT_CONFIGURED, note=TARGET_MEANING)
    note = str(TARGET_MEANING)
    if par.table_bank_mode is BankMode.INVENTORY_COUNT:
        note = str(TARGET_IN_COUNT_MODE)
    who = book.names.get(par.approved_by, "") if par.approved_by else ""
    since = in_force_since(par.effective_from_gaming_day)
    approved = _("Approved by %(who)s.") % {"who": who} if who else ""
    return Line(
        name=name,
        value="○ " + money(par.par_total_cents, currency=book.currency),
        note=" ".join(each for each in (note, since, approved) if each),
    )


def _said(typed: Mapping[str, Any], book: Book) -> Said:
    said = {name: each for name, each in typed.items() if name != "remark" and each is not None}
    return {"table_id": str(book.the_table().id), **said}


def _body(said: Said) -> policies.SetPar:
    return policies.SetPar(
        table_id=UUID(said["table_id"]),
        par_total_cents=said.get("par_total_cents"),
        effective_from_gaming_day=date.fromisoformat(said["effective_from_gaming_day"]),
        notes=said.get("notes"),
    )


def _stands(book: Book) -> Data:
    now = _in_force(book, book.today).par_total_cents
    return {
        "par_total_cents": "" if now is None else as_money(now),
        "effective_from_gaming_day": str(book.today + timedelta(days=1)),
    }


SET_TARGET = Setting(
    slug="set-target-need",
    section="tables",
    verb=gettext_lazy("Set target need"),
    done=gettext_lazy("The target need is set."),
    command=policies.SET_PAR,
    step="propose_par",
    about="table",
    said=_said,
    body=_body,
    fields=lambda book: (
        Field(name="par_total_cents", label=str(TARGET), kind="money", hint=str(TARGET_MEANING)),
        Field(
            name="effective_from_gaming_day",
            label=_("From gaming day"),
            kind="day",
            hint=_("A coming one; the present one only before the table's first session."),
        ),
        Field(name="notes", label=_("Why"), kind="words", required=False),
    ),
    stands=_stands,
    path_id=lambda book: None,
    note=lambda book: _(
        "A pit manager's or cage manager's is in force; anybody else's is a proposal until one of"
        " them approves it."
    ),
    own_remark=True,
)

SETTINGS = (SET_TARGET,)
