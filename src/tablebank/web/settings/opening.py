"""Opening the book: what a page of the settings reads, and no more than its reader may read."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tablebank.domain.authority import SEES_PEOPLE
from tablebank.domain.par import Pars
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.queries import settings_book
from tablebank.queries.doors import View
from tablebank.queries.house_book import all_policies, drop_schedules
from tablebank.queries.par_book import comments_on, listed_proposals, proposals_by_id
from tablebank.queries.settings_book import PersonLine
from tablebank.web.settings.kind import Book

DECIDED_SHOWN = 20
"""How many decided proposals the list of them still holds, the latest ones."""


def book_of(view: View, *, at: datetime) -> Book:
    """The casino as it is set up. `at` is the server's clock."""
    cursor, casino_id = view.cursor, view.casino_id
    sees_people = bool(view.caller.roles & SEES_PEOPLE)
    policies = all_policies(cursor, casino_id)
    return Book(
        view=view,
        at=at,
        tables=settings_book.tables(cursor, casino_id),
        boxes=settings_book.boxes(cursor, casino_id),
        settings_rows=settings_book.settings_rows(cursor, casino_id),
        drop_rows=drop_schedules(cursor, casino_id),
        policies=policies,
        pars=Pars.of(policies, view.house.modes),
        proposals=listed_proposals(cursor, casino_id, decided=DECIDED_SHOWN),
        people=_people(view, at=at),
        tokens=settings_book.tokens(cursor, casino_id) if sees_people else (),
        changes=(),
        names={},
    )


def with_history(book: Book, subject_ids: Collection[UUID]) -> Book:
    """The book with who changed these things and why, and with the names of whoever is named."""
    view = book.view
    told = (
        settings_book.changes(view.cursor, view.casino_id, subject_ids=subject_ids)
        if subject_ids and book.tells_history
        else ()
    )
    named = settings_book.names(view.cursor, view.casino_id, _whom(book))
    return replace(book, changes=told, names=named)


def _people(view: View, *, at: datetime) -> Sequence[PersonLine]:
    """Everybody for an ADMIN; for a pit manager those whose badge they may unlock (SIGN-4)."""
    if not view.caller.roles & {Role.ADMIN, Role.PIT_MANAGER}:
        return ()
    everybody = settings_book.people(view.cursor, view.casino_id, at=at)
    if Role.ADMIN in view.caller.roles:
        return everybody
    return [each for each in everybody if each.locked_until is not None]


def _whom(book: Book) -> list[UUID]:
    """Everybody who is named as having set something."""
    told: set[UUID | None] = {row.recorded_by for row in book.settings_rows}
    told |= {row.recorded_by for row in book.house.modes}
    told |= {row.recorded_by for row in book.house.schedules}
    told |= {row.recorded_by for row in book.house.profiles}
    told |= {row.recorded_by for row in book.drop_rows}
    told |= {row.recorded_by for row in book.revisions}
    told |= {row.approved_by for row in book.policies}
    told |= {row.recorded_by for row in book.policies}
    told |= {row.recorded_by for row in book.proposals}
    told |= {row.decided_by for row in book.proposals}
    if book.proposal is not None:
        told |= {book.proposal.recorded_by, book.proposal.decided_by}
    told |= {each.recorded_by for each in book.comments}
    return [each for each in told if each is not None]


def about_thing(book: Book, *, about: str, subject_id: UUID | None) -> Book:
    """The book opened at one thing of the casino; refuses NOT_FOUND where there is none (TEN-1)."""
    if about == "casino":
        if subject_id is not None:
            raise Refused(Refusal.NOT_FOUND)
        return book
    if about == "me":
        return replace(book, person=_me(book))
    opened = _opened(book, about, subject_id)
    if opened is None:
        raise Refused(Refusal.NOT_FOUND, {"id": str(subject_id)})
    return opened


def _opened(book: Book, about: str, subject_id: UUID | None) -> Book | None:
    if about == "table":
        table = next((each for each in book.tables if each.id == subject_id), None)
        view = book.view
        return (
            None
            if table is None
            else replace(
                book,
                table=table,
                revisions=settings_book.revisions(view.cursor, view.casino_id, table_id=table.id),
            )
        )
    if about == "person":
        person = next((each for each in book.people if each.sheet.id == subject_id), None)
        return None if person is None else replace(book, person=person)
    if about == "token":
        token = next((each for each in book.tokens if each.id == subject_id), None)
        return None if token is None else replace(book, token=token)
    if about == "proposal":
        return _at_proposal(book, subject_id)
    chips = book.house.chips_on(book.today).types
    chip = next((each for each in chips if each.id == subject_id), None)
    return None if chip is None else replace(book, chip=chip)


def _at_proposal(book: Book, proposal_id: UUID | None) -> Book | None:
    """The book at one proposal with all of its evidence, however long ago it was decided."""
    cursor, casino_id = book.view.cursor, book.view.casino_id
    if proposal_id is None:
        return None
    found = proposals_by_id(cursor, casino_id, [proposal_id])
    if not found:
        return None
    said = comments_on(cursor, casino_id, [proposal_id])
    return replace(book, proposal=found[0], comments=said.get(proposal_id, ()))


def _me(book: Book) -> PersonLine:
    """The reader's own line, whatever their role."""
    view = book.view
    mine = settings_book.people(view.cursor, view.casino_id, at=book.at)
    return next(each for each in mine if each.sheet.id == view.caller.staff.id)
