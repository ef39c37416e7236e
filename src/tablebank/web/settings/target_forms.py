"""The forms of a target need: for one table, for the tables of a game, or for the whole casino.

A target is policy: its amount, or the chips it is made of, the Table Bank Mode it goes with, what
is told of it, and the gaming day it begins with (PAR-1). It decides whole (PAR-2), so a form shows
what stands and asks for all of it. No target is said by a tick, never by an empty field.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import policies
from tablebank.domain.chips import parse_chipset, total_cents
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.par import policy_in_force
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode
from tablebank.web import words
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.bank_mode import BANK_MODE, MODES
from tablebank.web.settings.kind import Book, Setting
from tablebank.web.settings.reading import as_money
from tablebank.web.settings.targets import TARGET, TARGET_MEANING
from tablebank.web.settings.told import STABILITY
from tablebank.web.typed import Data

THE_CASINO = "the-casino"
"""Chosen in place of a game: no code of a game has small letters."""
NO_TARGET = "no_target"
TOLD = ("table_bank_mode", "target_chipset", "notes", "stability", "pain_points")


def _fields(book: Book) -> tuple[Field, ...]:
    """What is asked of every target, whomever it is for."""
    return (
        Field(
            name="par_total_cents",
            label=str(TARGET),
            kind="money",
            hint=_("Left empty, it is what the chips below come to."),
            required=False,
        ),
        Field(
            name=NO_TARGET,
            label=_("No target: nothing to fill or restore to"),
            kind="check",
            required=False,
        ),
        Field(
            name="effective_from_gaming_day",
            label=_("From gaming day"),
            kind="day",
            hint=_("A coming one; the present one only before the table's first session."),
        ),
        Field(
            name="target_chipset",
            label=_("Target chips, if the target names them"),
            kind="target_chips",
            required=False,
        ),
        Field(
            name="table_bank_mode",
            label=str(BANK_MODE),
            kind="choice",
            required=False,
            choices=(
                Choice(value="", words=_("As the casino's")),
                *(Choice(value=str(mode), words=name) for mode, (name, _meaning) in MODES.items()),
            ),
        ),
        Field(
            name="stability",
            label=_("How steady it is"),
            kind="choice",
            required=False,
            choices=(
                Choice(value="", words=_("Not told")),
                *(Choice(value=code, words=said) for code, said in STABILITY.items()),
            ),
        ),
        Field(
            name="pain_points",
            label=_("Known pain points"),
            kind="words",
            hint=_("Such as frequent fills, large swings, event days."),
            required=False,
        ),
        Field(name="notes", label=_("Why"), kind="words", required=False),
    )


def _said(typed: Mapping[str, Any], book: Book) -> Said:
    """The target as a program would say it; refuses SHAPE where neither one nor none is said."""
    cents, chips = typed.get("par_total_cents"), typed.get("target_chipset")
    if typed.get(NO_TARGET):
        if cents is not None or chips:
            raise _unclear(_("Either a target or none: empty the others."))
    elif cents is None and not chips:
        raise _unclear(_("%(what)s is missing.") % {"what": TARGET})
    elif cents is None:
        listed = book.house.chips_on(date.fromisoformat(typed["effective_from_gaming_day"]))
        counted = parse_chipset(chips, chips=listed, pointer="/target_chipset", may_be_empty=False)
        cents = total_cents(counted, chips=listed)
    return {
        "par_total_cents": cents,
        "effective_from_gaming_day": typed["effective_from_gaming_day"],
        **{name: typed[name] for name in TOLD if typed.get(name)},
    }


def _unclear(message: str) -> Refused:
    refusal = Refusal.SHAPE
    return Refused(refusal, errors=[FieldError("/par_total_cents", refusal.name, message)])


def _body(said: Said) -> policies.SetPar:
    mode = said.get("table_bank_mode")
    return policies.SetPar(
        table_id=UUID(said["table_id"]) if "table_id" in said else None,
        game_type=said.get("game_type"),
        table_bank_mode=BankMode(mode) if mode else None,
        par_total_cents=said["par_total_cents"],
        target_chipset=said.get("target_chipset"),
        effective_from_gaming_day=date.fromisoformat(said["effective_from_gaming_day"]),
        notes=said.get("notes"),
        stability=said.get("stability"),
        pain_points=said.get("pain_points"),
    )


def _tomorrow(book: Book) -> Data:
    return {"effective_from_gaming_day": str(book.today + timedelta(days=1))}


def _as_it_stands(row: ParPolicy) -> Data:
    """What a row says, as one would type it again; why it was so is not why it is to change."""
    amount = row.par_total_cents
    return {
        "par_total_cents": "" if amount is None else as_money(amount),
        "table_bank_mode": str(row.table_bank_mode or ""),
        "stability": row.stability or "",
        "pain_points": row.pain_points or "",
        **{f"target_chipset:{key}": str(n) for key, n in (row.target_chipset or {}).items()},
    }


def _of_the_table(book: Book) -> Data:
    table = book.the_table()
    found = policy_in_force(
        book.pars.reaching(table.id), table_id=table.id, game_type=table.game_type, day=book.today
    )
    return {**(_as_it_stands(found[0]) if found else {}), **_tomorrow(book)}


def _for_whom(book: Book) -> Field:
    """The casino, the games dealt here, and the other games there are."""
    dealt = {each.game_type for each in book.tables if each.game_type}
    games = [*sorted(dealt), *(code for code in words.GAME if code not in dealt)]
    return Field(
        name="game_type",
        label=_("For"),
        kind="choice",
        choices=(
            Choice(value=THE_CASINO, words=_("All tables of the casino")),
            *(
                Choice(value=code, words=_("All tables: %(game)s") % {"game": _game(code)})
                for code in games
            ),
        ),
    )


def _game(code: str) -> str:
    return words.said(words.GAME, code)


def _shared_said(typed: Mapping[str, Any], book: Book) -> Said:
    game = typed["game_type"]
    return {**({} if game == THE_CASINO else {"game_type": game}), **_said(typed, book)}


def _who_decides(book: Book) -> str:
    return _(
        "A pit manager's or cage manager's is in force; anybody else's is a proposal until one of"
        " them approves it."
    )


SET_TARGET = Setting(
    slug="set-target-need",
    section="tables",
    verb=gettext_lazy("Set target need"),
    done=gettext_lazy("The target need is set."),
    command=policies.SET_PAR,
    step="propose_par",
    about="table",
    said=lambda typed, book: {"table_id": str(book.the_table().id), **_said(typed, book)},
    body=_body,
    fields=_fields,
    stands=_of_the_table,
    path_id=lambda book: None,
    note=lambda book: f"{TARGET_MEANING}. {_who_decides(book)}",
    own_remark=True,
)
SET_SHARED = Setting(
    slug="set-shared-target-need",
    section="targets",
    verb=gettext_lazy("Set target need for many tables"),
    done=gettext_lazy("The target need is set."),
    command=policies.SET_PAR,
    step="propose_par",
    said=_shared_said,
    body=_body,
    fields=lambda book: (_for_whom(book), *_fields(book)),
    stands=_tomorrow,
    path_id=lambda book: None,
    note=lambda book: " ".join(
        (
            _("A table with a target of its own keeps it; a game's goes before the casino's."),
            _who_decides(book),
        )
    ),
    own_remark=True,
)

SETTINGS = (SET_TARGET, SET_SHARED)
