"""A proposed target in words: for whom it is, what it would replace, how its amount is written."""

from django.utils.translation import gettext as _

from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ParPolicy, ParProposal
from tablebank.domain.par import Pars
from tablebank.domain.par_proposals import PROPOSED
from tablebank.web import words
from tablebank.web.figures import money
from tablebank.web.settings.kind import Book
from tablebank.web.settings.targets import NOT_CONFIGURED


def for_whom(row: ParProposal | ParPolicy, book: Book) -> str:
    """Whom a target is for: one table, the tables of a game, or all of them (PAR-1)."""
    if row.table_id is not None:
        codes = (each.code for each in book.tables if each.id == row.table_id)
        return next(codes, "")
    return words.said(words.GAME, row.game_type) if row.game_type else _("The casino")


def amount_said(cents: int | None, *, currency: str) -> str:
    """A target as such; none is said, never written as zero."""
    return str(NOT_CONFIGURED) if cents is None else "○ " + money(cents, currency=currency)


def replaced(proposal: ParProposal, book: Book) -> int | None:
    """The target it would take the place of, in cents; once decided, the one that held then.

    For a table the one in force, from whichever level (PAR-2); for a game or the casino its own.
    """
    day = book.today
    if proposal.status != PROPOSED:
        day = book.house.calendar.day_of(proposal.decided_at or proposal.recorded_at)
    others = [row for row in book.pars.reaching(proposal.table_id) if row.id != proposal.policy_id]
    table = next((each for each in book.tables if each.id == proposal.table_id), None)
    if table is not None:
        pars = Pars.of(others, book.house.modes)
        return pars.on(day, table_id=table.id, game_type=table.game_type).par_total_cents
    same = [row for row in others if row.game_type == proposal.game_type]
    row = in_force(same, day=day)
    return row.par_total_cents if row else None
