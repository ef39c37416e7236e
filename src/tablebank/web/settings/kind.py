"""What a setting and a section are, and the book they read from.

A setting is one form: a verb, the command behind it, what it asks for and what stands now. A
section is one page: what is set, since when and by whom. Whether a change is allowed is decided by
the command, never here.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from tablebank.commands.scene import Command
from tablebank.domain.authority import SEES_JOURNAL, STEPS, acting_role
from tablebank.domain.decisions import House
from tablebank.domain.establishment import (
    ChipType,
    DropScheduleRow,
    ParComment,
    ParPolicy,
    ParProposal,
    SettingsRow,
)
from tablebank.domain.facts import TableRevision
from tablebank.domain.par import ParInForce, Pars
from tablebank.domain.refusals import Refused
from tablebank.domain.terms import Role
from tablebank.queries.doors import View
from tablebank.queries.settings_book import BoxLine, Change, PersonLine, TableLine, TokenLine
from tablebank.web.actions.kind import Field, Said
from tablebank.web.typed import Data
from tablebank.web.words import Words as Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """Everything a page of the settings is made from, as far as its reader may read it.

    People and tokens are there for an ADMIN alone, changes for those who read the journal. `table`,
    `person`, `token`, `chip` and `proposal` are the one thing the page is about.
    """

    view: View
    at: datetime
    """The server's clock: tokens and locks go by it, also in a simulated casino."""
    tables: Sequence[TableLine]
    boxes: Sequence[BoxLine]
    settings_rows: Sequence[SettingsRow]
    drop_rows: Sequence[DropScheduleRow]
    policies: Sequence[ParPolicy]
    pars: Pars
    """The same rows, to be asked what is in force."""
    proposals: Sequence[ParProposal]
    people: Sequence[PersonLine]
    tokens: Sequence[TokenLine]
    changes: Sequence[Change]
    names: Mapping[UUID, str]
    table: TableLine | None = None
    revisions: Sequence[TableRevision] = ()
    person: PersonLine | None = None
    token: TokenLine | None = None
    chip: ChipType | None = None
    proposal: ParProposal | None = None
    comments: Sequence[ParComment] = ()
    """What was said to the proposal the page is about, oldest first."""

    @property
    def house(self) -> House:
        return self.view.house

    @property
    def today(self) -> date:
        return self.view.today

    def par_of(self, table: TableLine, day: date | None = None) -> ParInForce:
        """The target that holds for a table, by what is dealt there now; today unless said."""
        return self.pars.on(day or self.today, table_id=table.id, game_type=table.game_type)

    @property
    def currency(self) -> str:
        return self.view.house.casino.currency

    @property
    def roles(self) -> frozenset[Role]:
        return self.view.caller.roles

    @property
    def is_admins(self) -> bool:
        """Whether the reader may change what stands here."""
        return Role.ADMIN in self.roles

    @property
    def tells_history(self) -> bool:
        """Whether the reader may see who changed what, and why."""
        return bool(self.roles & SEES_JOURNAL)

    @property
    def pits(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.pit for each in self.tables))

    @property
    def subject_id(self) -> UUID | None:
        if self.person is not None:
            return self.person.sheet.id
        found = self.table or self.token or self.chip or self.proposal
        return found.id if found else None

    def the_table(self) -> TableLine:
        if self.table is None:
            raise RuntimeError("the page is not about a table")
        return self.table

    def the_person(self) -> PersonLine:
        if self.person is None:
            raise RuntimeError("the page is not about a person")
        return self.person

    def the_chip(self) -> ChipType:
        if self.chip is None:
            raise RuntimeError("the page is not about a chip")
        return self.chip

    def the_proposal(self) -> ParProposal:
        if self.proposal is None:
            raise RuntimeError("the page is not about a proposal")
        return self.proposal

    def change_at(self, recorded_at: datetime) -> Change | None:
        """The command that wrote a row: both were recorded at the same instant."""
        return next((each for each in self.changes if each.recorded_at == recorded_at), None)

    def may(self, step: str) -> bool:
        """Whether the reader's roles allow a step at all."""
        try:
            acting_role(step=STEPS[step], roles=self.roles, wanted=None)
        except Refused:
            return False
        return True


_NOTHING_CHANGED = gettext_lazy("Nothing was changed.")


def _nothing_told(book: Book) -> Collection[UUID]:
    return ()


def _nothing_stands(book: Book) -> Data:
    return {}


def _always(book: Book) -> bool:
    return True


def _no_note(book: Book) -> str:
    return ""


def _of_what_it_is_about(book: Book) -> UUID | None:
    return book.subject_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One form of the settings. `about` is what it is done to: the casino, or one of its things.

    With `changes` only what differs from what the form showed is said: what somebody else changed
    meanwhile stays theirs. `pointers` lead a refusal's pointer to the field it is about.
    """

    slug: str
    section: str
    verb: Words
    done: Words
    command: Command
    said: Callable[[Mapping[str, Any], Book], Said]
    body: Callable[[Said], Any]
    fields: Callable[[Book], tuple[Field, ...]]
    stands: Callable[[Book], Data] = _nothing_stands
    about: str = "casino"
    step: str = "settings"
    changes: bool = False
    note: Callable[[Book], str] = _no_note
    offered: Callable[[Book], bool] = _always
    path_id: Callable[[Book], UUID | None] = _of_what_it_is_about
    pointers: Mapping[str, str] = field(default_factory=dict)
    grave: bool = False
    own_remark: bool = False
    """Whether the body has a reason of its own, so that no remark is asked for."""
    nothing_done: Words = _NOTHING_CHANGED

    def is_offered(self, book: Book) -> bool:
        """Whether the reader is shown the way to it here."""
        return book.may(self.step) and self.offered(book)


# -- what a section shows --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """The way to a form or a page."""

    words: Words
    href: str
    grave: bool = False
    about: str = ""
    """What it is done to, for who hears the page instead of seeing it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that is set, or is not: its name, what stands, and what that means."""

    name: Words
    value: Words
    note: Words = ""
    at: datetime | None = None
    missing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One figure or word of a list."""

    text: Words
    note: Words = ""
    href: str = ""
    disc: str = ""
    at: datetime | None = None
    is_number: bool = False
    needs: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing of a list, and what can be done to it."""

    cells: Sequence[Cell]
    doors: Sequence[Door] = ()
    is_quiet: bool = False
    """Not in use any more, or not yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list with its heads; `empty` says what goes here while it holds nothing."""

    title: Words
    heads: Sequence[Words]
    rows: Sequence[Row]
    empty: Words

    @property
    def has_doors(self) -> bool:
        """Whether something can be done to any of its rows."""
        return any(row.doors for row in self.rows)

    def found(self, text: str) -> "Listing":
        """The rows in which something is written, in capitals or not."""
        wanted = text.casefold()
        rows = [
            row
            for row in self.rows
            if any(wanted in f"{cell.text} {cell.note}".casefold() for cell in row.cells)
        ]
        return replace(self, rows=rows)

    @property
    def table(self) -> Sequence[Mapping[str, Any]]:
        """Its rows, each cell with its head beside it: on a phone a row is read downwards."""
        return [
            {
                "cells": list(zip(self.heads, row.cells, strict=True)),
                "doors": row.doors,
                "is_quiet": row.is_quiet,
            }
            for row in self.rows
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """One change: when it was written down, by whom, from which gaming day on, what and why."""

    at: datetime
    who: Words
    day: date | None
    what: Sequence[Words]
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What a page shows in a way of its own: a template, and what it is made from."""

    template: str
    it: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A section, or one thing of it, as its page says it."""

    title: Words
    sentence: Words = ""
    lines: Sequence[Line] = ()
    listings: Sequence[Listing] = ()
    doors: Sequence[Door] = ()
    past: Sequence[Past] = ()
    back: Door | None = None
    part: Part | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """A section on the overview: what stands, since when and by whom, and what is missing."""

    says: Sequence[Words]
    since: Words = ""
    missing: Sequence[Words] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One page of the settings. Without roles it is for everybody who is signed in to read."""

    slug: str
    name: Words
    summary: Callable[[Book], Summary]
    shown: Callable[[Book], Shown]
    history: Callable[[Book], Collection[UUID]] = _nothing_told
    """The things of the house whose journal entries say who changed it, and why."""
    roles: frozenset[Role] = frozenset(Role)
    things: str = ""
    """What of it has a page of its own: `table`, `person`."""
