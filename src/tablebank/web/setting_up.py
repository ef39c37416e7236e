"""Setting a casino up as its pages say it: five steps, where each stands, what is missing and why.

Nothing here keeps anything: a step is done when the casino has what it asks for (PAR-5, PAR-8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tablebank.commands.house import ChangeCasino
from tablebank.domain.authority import STEPS
from tablebank.domain.par import mode_in_force
from tablebank.domain.readiness import Checked, Item, Readiness, SetUpStep, Stops
from tablebank.domain.terms import BankMode, Role
from tablebank.web import words
from tablebank.web.actions.kind import Field, Said
from tablebank.web.settings.bank_mode import CHANGE_MODE, mode_said
from tablebank.web.settings.floor_plan import REGISTER
from tablebank.web.settings.kind import Book, Door
from tablebank.web.settings.targets import NOT_CONFIGURED
from tablebank.web.settings.telling import first_few
from tablebank.web.typed import Data
from tablebank.web.words import Words

SETS_UP = frozenset(STEPS["import_par"].callers)
"""Whose work it is: administrators, and the managers who may bring a par sheet (SIGN-3)."""

QUESTION: Mapping[SetUpStep, tuple[Words, Words]] = {
    SetUpStep.MODE: (gettext_lazy("Close model"), gettext_lazy("Which close model do you use?")),
    SetUpStep.TABLES: (gettext_lazy("Tables"), gettext_lazy("Which tables are there?")),
    SetUpStep.TARGETS: (
        gettext_lazy("Target needs"),
        gettext_lazy("What is the table par/need?"),
    ),
    SetUpStep.REVIEW: (gettext_lazy("Policy review"), gettext_lazy("What holds for each table")),
    SetUpStep.READY: (gettext_lazy("Ready"), gettext_lazy("What is ready and what is missing")),
}
"""Each step by its name and by what it asks (04-screens)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepLine:
    """One of the five steps: where it leads, how far it is, and whether one is there."""

    number: int
    slug: str
    name: Words
    note: str
    is_done: bool
    is_here: bool


def step_lines(found: Readiness, book: Book, *, here: SetUpStep) -> list[StepLine]:
    """The five steps in their order, each as far as the casino itself is."""
    targets = found.of(Item.TARGETS)
    in_way = sum(each.is_in_the_way for each in found.missing)
    standing: Mapping[SetUpStep, tuple[bool, str]] = {
        SetUpStep.MODE: (found.of(Item.BANK_MODE).is_met, _mode_note(book)),
        SetUpStep.TABLES: (bool(found.tables), _tables_note(found)),
        SetUpStep.TARGETS: (
            bool(found.tables) and targets.is_met,
            _("%(have)s of %(wanted)s") % {"have": targets.have, "wanted": targets.wanted}
            if targets.wanted
            else "",
        ),
        SetUpStep.REVIEW: (False, ""),
        SetUpStep.READY: (
            found.can_open and not in_way,
            ngettext("%(count)d thing missing", "%(count)d things missing", in_way)
            % {"count": in_way}
            if in_way
            else _("Nothing is missing."),
        ),
    }
    return [
        StepLine(
            number=number,
            slug=step.value,
            name=QUESTION[step][0],
            note=standing[step][1],
            is_done=standing[step][0],
            is_here=step is here,
        )
        for number, step in enumerate(SetUpStep, start=1)
    ]


def _mode_note(book: Book) -> str:
    return str(mode_said(mode_in_force(book.house.modes, day=book.today)))


def _tables_note(found: Readiness) -> str:
    if not found.tables:
        return ""
    return ngettext("%(count)d table", "%(count)d tables", found.tables) % {"count": found.tables}


# -- forms -----------------------------------------------------------------------------------------


def _asked_mode(book: Book) -> tuple[Field, ...]:
    return tuple(each for each in CHANGE_MODE.fields(book) if each.name == "table_bank_mode")


def _mode_stands(book: Book) -> Data:
    return {"table_bank_mode": CHANGE_MODE.stands(book)["table_bank_mode"]}


CHOOSE_MODE = replace(
    CHANGE_MODE,
    fields=_asked_mode,
    stands=_mode_stands,
    body=lambda said: ChangeCasino(table_bank_mode=BankMode(said["table_bank_mode"])),
    note=lambda book: _(
        "It holds from today on for every table, unless a table's policy says otherwise. It can be"
        " changed for a coming gaming day."
    ),
)
"""The first choice, in force from the day it is made (PAR-5)."""


def _registered(typed: Mapping[str, Any], book: Book) -> Said:
    """As registered in the settings, with a first box of the table's own name where none is."""
    said = REGISTER.said(typed, book)
    box = {"code": typed.get("box") or typed["code"], "in_play": bool(typed.get("in_play"))}
    return {**said, "first_box": box}


def _asked_table(book: Book) -> tuple[Field, ...]:
    named = _("It is mounted at once. Left empty, the box is named like the table.")
    return tuple(
        replace(each, hint=named) if each.name == "box" else each for each in REGISTER.fields(book)
    )


REGISTER_BY_HAND = replace(
    REGISTER,
    said=_registered,
    fields=_asked_table,
    stands=lambda book: {"pit": book.pits[-1]} if book.pits else {},
)


# -- what is ready and what is missing -------------------------------------------------------------

READY: Mapping[Item, Words] = {
    Item.BANK_MODE: gettext_lazy("The Table Bank Mode is chosen."),
    Item.TABLES: gettext_lazy("There are tables that can be opened."),
    Item.GAMES: gettext_lazy("Every available table has a game."),
    Item.BOXES: gettext_lazy("Every available table has a drop box."),
    Item.CHIPS: gettext_lazy("The casino has its chips."),
    Item.OPENER: gettext_lazy("Somebody who opens tables can sign in."),
    Item.INITIAL_BANK: gettext_lazy("Three people can sign a table's initial bank."),
    Item.CASHIER: gettext_lazy("A cashier can sign in."),
    Item.RUNNER: gettext_lazy("A runner has a PIN."),
    Item.DROP_CREW: gettext_lazy("Somebody who takes boxes can sign in."),
    Item.COUNT_TEAM: gettext_lazy("A count team of two can count."),
    Item.ACCOUNTING: gettext_lazy("Accounting can sign in."),
    Item.TARGETS: gettext_lazy("Every available table has a target need (par)."),
    Item.PINS: gettext_lazy("Everybody who signs has chosen a PIN."),
    Item.DROP_SCHEDULE: gettext_lazy("Every pit has a drop schedule."),
}
MISSING: Mapping[Item, Words] = {
    Item.BANK_MODE: gettext_lazy("The Table Bank Mode is not chosen."),
    Item.TABLES: gettext_lazy("There is no table that can be opened."),
    Item.GAMES: gettext_lazy("Tables without a game"),
    Item.BOXES: gettext_lazy("Tables without a drop box"),
    Item.CHIPS: gettext_lazy("The casino has no chips."),
    Item.OPENER: gettext_lazy("No supervisor or pit manager can sign in: none has a password."),
    Item.INITIAL_BANK: gettext_lazy(
        "A table's initial bank is signed by dealer, supervisor and pit manager, three people with"
        " a PIN of their own. Nobody signs as"
    ),
    Item.CASHIER: gettext_lazy("No cashier can sign in."),
    Item.RUNNER: gettext_lazy("No runner has a PIN of their own."),
    Item.DROP_CREW: gettext_lazy("Nobody of the drop crew can sign in."),
    Item.COUNT_TEAM: gettext_lazy(
        "A count takes two of the count team, one of whom can sign in, each with a PIN."
    ),
    Item.ACCOUNTING: gettext_lazy("Nobody of accounting can sign in."),
    Item.TARGETS: NOT_CONFIGURED,
    Item.PROPOSALS: gettext_lazy("Proposed targets wait for a pit manager or a cage manager."),
    Item.PINS: gettext_lazy("Not everybody who signs has chosen a PIN"),
    Item.DROP_SCHEDULE: gettext_lazy("Pits without a drop schedule"),
}
STOPPED: Mapping[Stops, Words] = {
    Stops.OPENING: gettext_lazy("Until then no table can be opened."),
    Stops.THESE_TABLES: gettext_lazy("Until then these tables cannot be opened."),
    Stops.CLOSING: gettext_lazy("Until then no table can be closed."),
    Stops.SLIPS: gettext_lazy("Until then there are no fills and credits."),
    Stops.DROP: gettext_lazy("Until then no drop box can be taken."),
    Stops.COUNT: gettext_lazy("Until then no drop box can be counted."),
    Stops.RESULT: gettext_lazy("Until then no result can be reconciled."),
    Stops.NOTHING: gettext_lazy("Nothing waits for it."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """One thing that is missing: what, what it stops, and the way to mend it for who may."""

    words: str
    stops: Words
    is_in_the_way: bool
    door: Door | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mend:
    """Where something is mended, and by whom."""

    words: Words
    section: str = ""
    step: SetUpStep | None = None
    roles: frozenset[Role] = frozenset({Role.ADMIN})

    @property
    def href(self) -> str:
        if self.step is not None:
            return reverse("setup-step", args=[self.step.value])
        return reverse("settings-section", args=[self.section])


_PEOPLE = _Mend(words=gettext_lazy("Go to people"), section="people")
_MENDED_AT: Mapping[Item, _Mend] = {
    Item.BANK_MODE: _Mend(words=gettext_lazy("Choose the mode"), step=SetUpStep.MODE),
    Item.TABLES: _Mend(words=gettext_lazy("Go to tables"), step=SetUpStep.TABLES),
    Item.GAMES: _Mend(words=gettext_lazy("Go to tables and pits"), section="tables"),
    Item.BOXES: _Mend(words=gettext_lazy("Go to boxes"), section="boxes"),
    Item.CHIPS: _Mend(words=gettext_lazy("Go to chips"), section="chips"),
    **dict.fromkeys(
        (
            *(Item.OPENER, Item.INITIAL_BANK, Item.CASHIER, Item.RUNNER),
            *(Item.DROP_CREW, Item.COUNT_TEAM, Item.ACCOUNTING, Item.PINS),
        ),
        _PEOPLE,
    ),
    Item.TARGETS: _Mend(
        words=gettext_lazy("Set target need"), step=SetUpStep.TARGETS, roles=SETS_UP
    ),
    Item.PROPOSALS: _Mend(
        words=gettext_lazy("Go to target needs"), section="targets", roles=SETS_UP
    ),
    Item.DROP_SCHEDULE: _Mend(words=gettext_lazy("Go to drop schedule"), section="drops"),
}


def missing_of(found: Readiness, book: Book) -> list[Missing]:
    """What is missing, first what stops something."""
    return [
        Missing(
            words=missing_words(each),
            stops=STOPPED[each.stops],
            is_in_the_way=each.is_in_the_way,
            door=_door(each, book),
        )
        for each in found.missing
    ]


def ready_of(found: Readiness) -> list[Words]:
    """What is ready, in the order in which one looks a house through; of nothing nothing is."""
    return [READY[each.item] for each in found.items if each.is_met and each.wanted]


def missing_words(each: Checked) -> str:
    """What is missing, and at whom or what."""
    said = str(MISSING[each.item])
    if not each.about:
        return said
    names: Sequence[str] = each.about
    if each.item is Item.INITIAL_BANK:
        names = [str(words.said(words.ROLE, role)) for role in each.about]
    return f"{said}: {first_few(names)}."


def _door(each: Checked, book: Book) -> Door | None:
    mend = _MENDED_AT[each.item]
    if not mend.roles & book.roles:
        return None
    return Door(words=mend.words, href=mend.href)
