"""The history of target needs across all levels: every row ever written, and what held on a day.

Nothing is edited, so the history is all there is: for whom, which target instead of which, from
which gaming day on, who wrote it down, who approved it, where it came from, and what was told of it
(PAR-1). As on a past day, a table is judged by the game it had then (BASE-7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ParImport, ParPolicy
from tablebank.domain.facts import TableRevision
from tablebank.domain.par import CASINO as CASINO_LEVEL
from tablebank.domain.par import (
    GAME_TYPE,
    TABLE,
    ParInForce,
    game_type_on,
    reaches,
)
from tablebank.queries.settings_book import TableLine
from tablebank.web import words
from tablebank.web.actions.kind import Choice
from tablebank.web.settings.kind import Book, Cell, Door, Listing, Row, Shown
from tablebank.web.settings.proposed import amount_said, for_whom
from tablebank.web.settings.targets import TARGET
from tablebank.web.settings.telling import in_words
from tablebank.web.settings.told import came_from, chips_said, told_of
from tablebank.web.words import Words

CASINO = "casino"
"""Chosen for the casino's own rows."""
MOST = 200
"""As many rows as are shown at once, the latest first."""
LEVEL: Mapping[str, Words] = {
    TABLE: gettext_lazy("The table's own"),
    GAME_TYPE: gettext_lazy("The game's"),
    CASINO_LEVEL: gettext_lazy("The casino's"),
}
"""Who decided on a table's target (PAR-2)."""

Revisions = Mapping[UUID, Sequence[TableRevision]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the history is asked for: one table, one game, the casino's own rows, or everything.

    `day` is the gaming day it is told as on.
    """

    day: date
    table: TableLine | None = None
    game_type: str | None = None
    casino_only: bool = False

    @property
    def whom(self) -> str:
        """The choice as it stands in the form and in the address."""
        if self.table is not None:
            return str(self.table.id)
        return CASINO if self.casino_only else self.game_type or ""


def asked_for(book: Book, *, whom: str, day: str) -> Asked:
    """What was chosen; what means nothing here is everything, as on the present gaming day."""
    table = next((each for each in book.tables if str(each.id) == whom), None)
    game = whom if whom in _games(book) else None
    return Asked(
        day=_day(day) or book.today, table=table, game_type=game, casino_only=whom == CASINO
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def choices(book: Book) -> list[Choice]:
    """Whom one may ask for: everybody, the casino's own rows, a game's, one table."""
    return [
        Choice(value="", words=_("Everything")),
        Choice(value=CASINO, words=_("The casino")),
        *(Choice(value=code, words=words.said(words.GAME, code)) for code in _games(book)),
        *(Choice(value=str(each.id), words=each.code) for each in book.tables),
    ]


def _games(book: Book) -> list[str]:
    """The games that are dealt, and those that a row was ever written for."""
    dealt = {each.game_type for each in book.tables} | {row.game_type for row in book.policies}
    return sorted(code for code in dealt if code)


def history(
    book: Book, *, asked: Asked, revisions: Revisions, sheets: Mapping[UUID, ParImport]
) -> Shown:
    """What held on the day, table by table, and every row behind it, the latest written first."""
    rows = _rows(book, asked, revisions)
    latest = sorted(rows, key=lambda row: (row.recorded_at, row.id), reverse=True)
    held = [
        each
        for each in book.tables
        if asked.table in (None, each)
        and (asked.game_type in (None, _game(each, revisions, asked.day)))
    ]
    listings = [
        Listing(
            title=_("History"),
            heads=(
                _("For"),
                str(TARGET),
                _("Table Bank Mode"),
                _("From gaming day"),
                _("Recorded by"),
                _("Approved by"),
                _("What was told"),
            ),
            rows=[
                _row(row, book, asked, came_from(row, sheets), revisions) for row in latest[:MOST]
            ],
            empty=_("No target need was ever set here."),
        )
    ]
    if not asked.casino_only:
        listings.insert(0, _held(held, book, asked, revisions))
    more = len(latest) - MOST
    sentence = _(
        "Every target that was ever set. Nothing of it is edited: a later row replaces it."
    )
    if more > 0:
        sentence += " " + _("%(count)s older rows: choose a table to see its own.") % {
            "count": more
        }
    return Shown(
        title=_("History of target needs"),
        sentence=sentence,
        listings=listings,
        back=Door(words=_("Target needs"), href=reverse("targets")),
    )


def _game(table: TableLine, revisions: Revisions, day: date) -> str | None:
    return game_type_on(revisions.get(table.id, ()), day=day)


def _rows(book: Book, asked: Asked, revisions: Revisions) -> list[ParPolicy]:
    """The rows that ever were for whom it is asked; of a table also its games' and the casino's."""
    if asked.table is not None:
        table_id = asked.table.id
        games = {row.game_type for row in revisions.get(table_id, ())} or {None}
        return [
            row
            for row in book.policies
            if any(reaches(row, table_id=table_id, game_type=game) for game in games)
        ]
    if asked.casino_only:
        return [row for row in book.policies if row.table_id is None and row.game_type is None]
    if asked.game_type is not None:
        return [row for row in book.policies if row.game_type == asked.game_type]
    return list(book.policies)


def _row(row: ParPolicy, book: Book, asked: Asked, source: str, revisions: Revisions) -> Row:
    return Row(
        cells=(
            Cell(text=for_whom(row, book), note=source),
            _target(row, book),
            Cell(text=_mode(row)),
            Cell(
                text=in_words(row.effective_from_gaming_day),
                note=_standing(row, book, asked, revisions),
            ),
            Cell(text=book.names.get(row.recorded_by, ""), at=row.recorded_at),
            Cell(
                text=book.names.get(row.approved_by, "") if row.approved_by else "",
                note="" if row.approved_by else _("as imported"),
                at=row.approved_at,
            ),
            Cell(text=told_of(row)),
        ),
        is_quiet=not _holds(row, book, asked.day),
    )


def _target(row: ParPolicy, book: Book) -> Cell:
    """The target, what it replaced, and the chips it is made of."""
    before = next((each for each in book.pars.level(row) if each.id == row.replaces), None)
    told = [chips_said(row.target_chipset, currency=book.currency)]
    if before is not None:
        amount = amount_said(before.par_total_cents, currency=book.currency)
        told.insert(0, _("instead of %(target)s") % {"target": amount})
    return Cell(
        text=amount_said(row.par_total_cents, currency=book.currency),
        note=" · ".join(each for each in told if each),
    )


def _mode(row: ParPolicy) -> str:
    if row.table_bank_mode is None:
        return _("As the casino's")
    return words.said(words.MODE, row.table_bank_mode)


def _standing(row: ParPolicy, book: Book, asked: Asked, revisions: Revisions) -> str:
    """What a row was on the day: to come, replaced, in force, or overruled for the one table."""
    if row.effective_from_gaming_day > asked.day:
        return _("to come")
    if not _holds(row, book, asked.day):
        return _("replaced")
    if asked.table is None or _par(asked.table, book, revisions, asked.day).policy_id == row.id:
        return _("in force")
    return _("overruled")


def _holds(row: ParPolicy, book: Book, day: date) -> bool:
    """Whether it is the last word of its own level on the day."""
    return in_force(book.pars.level(row), day=day) == row


def _par(table: TableLine, book: Book, revisions: Revisions, day: date) -> ParInForce:
    return book.pars.on(day, table_id=table.id, game_type=_game(table, revisions, day))


def _held(tables: Sequence[TableLine], book: Book, asked: Asked, revisions: Revisions) -> Listing:
    """What each table worked to on the day, and which level decided."""
    rows = []
    for table in tables:
        par = _par(table, book, revisions, asked.day)
        since = par.effective_from_gaming_day
        rows.append(
            Row(
                cells=(
                    Cell(text=table.code, href=f"?for={table.id}&day={asked.day}"),
                    Cell(text=amount_said(par.par_total_cents, currency=book.currency)),
                    Cell(text=words.said(words.MODE, par.table_bank_mode)),
                    Cell(text=str(LEVEL.get(par.level or "", ""))),
                    Cell(text=in_words(since) if since else ""),
                    Cell(text=book.names.get(par.approved_by, "") if par.approved_by else ""),
                )
            )
        )
    return Listing(
        title=_("In force on %(day)s") % {"day": in_words(asked.day)},
        heads=(
            _("Table"),
            str(TARGET),
            _("Table Bank Mode"),
            _("Decided by"),
            _("From gaming day"),
            _("Approved by"),
        ),
        rows=rows,
        empty=_("No table is registered yet."),
    )
