"""People: who works here, in which roles, and what they can prove themselves with (SIGN-4, SIGN-5).

A role that nobody has is said on the overview: what it alone may do cannot be done (LESSON-20).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.terms import Role
from tablebank.queries.settings_book import Change, PersonLine
from tablebank.web import words
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Door,
    Line,
    Listing,
    Past,
    Row,
    Section,
    Shown,
    Summary,
    Words,
)
from tablebank.web.settings.staffing import (
    ADD,
    CHANGE,
    DEACTIVATE,
    REACTIVATE,
    SET_PASSWORD,
    SET_PIN,
    UNLOCK,
    is_self,
)
from tablebank.web.settings.telling import door

ADMINS = frozenset({Role.ADMIN})
NEEDED = (
    Role.DEALER,
    Role.SUPERVISOR,
    Role.PIT_MANAGER,
    Role.CASHIER,
    Role.RUNNER,
    Role.DROP_CREW,
    Role.COUNT_TEAM,
    Role.ACCOUNTING,
)
"""Without each of these some step of a table's day can be signed by nobody."""
DONE: Mapping[str, Words] = {
    "add_staff": gettext_lazy("Added"),
    "change_staff": gettext_lazy("Changed"),
    "set_pin": gettext_lazy("PIN set"),
    "unlock_badge": gettext_lazy("Badge unlocked"),
}


# -- pages -----------------------------------------------------------------------------------------


def _roles_said(person: PersonLine) -> str:
    return ", ".join(words.said(words.ROLE, role) for role in person.sheet.roles) or _("no role")


def pin_said(person: PersonLine) -> str:
    """Whose PIN it is (SIGN-5)."""
    if not person.has_pin:
        return _("No PIN yet")
    if person.chose_pin:
        return _("Chosen by themselves")
    return _("Set by someone else: serves only to choose one's own")


def _shown(book: Book) -> Shown:
    return _person_shown(book) if book.person is not None else _people_shown(book)


def _people_shown(book: Book) -> Shown:
    return Shown(
        title=_("People"),
        sentence=_("Who works here, in which roles, and what they can prove themselves with."),
        listings=[
            Listing(
                title=_("People"),
                heads=(_("Name"), _("Badge"), _("Roles"), _("PIN"), _("Password")),
                rows=[_row(each) for each in book.people],
                empty=_("Nobody yet."),
            )
        ],
        doors=door(ADD, book),
    )


def _row(person: PersonLine) -> Row:
    sheet = person.sheet
    href = reverse("settings-thing", args=["people", sheet.id])
    state = "" if sheet.active else _("does not work here any more")
    if person.locked_until is not None:
        state = _("badge locked")
    return Row(
        cells=(
            Cell(text=sheet.name, href=href, note=state),
            Cell(text=sheet.badge),
            Cell(text=_roles_said(person)),
            Cell(text=pin_said(person), needs=sheet.active and not person.has_pin),
            Cell(text=_("Set") if person.has_password else _("None")),
        ),
        is_quiet=not sheet.active,
    )


def _person_shown(book: Book) -> Shown:
    person = book.the_person()
    sheet = person.sheet
    mine = [each for each in book.tokens if each.staff_id == sheet.id and not each.revoked_at]
    return Shown(
        title=sheet.name,
        sentence=_("Badge %(badge)s") % {"badge": sheet.badge},
        lines=[
            Line(name=_("Roles"), value=_roles_said(person), missing=not sheet.roles),
            Line(name=_("Licence"), value=sheet.licence or _("none entered")),
            Line(
                name=_("Works here"),
                value=_("Yes") if sheet.active else _("No: cannot sign in or sign"),
            ),
            Line(
                name=_("PIN"),
                value=pin_said(person),
                missing=sheet.active and not person.has_pin,
                note=_("To change your own, open “Your PIN”.") if is_self(book) else "",
            ),
            Line(
                name=_("Password"),
                value=_("Set") if person.has_password else _("None: cannot sign in"),
            ),
            *_locked(person),
            Line(
                name=_("Tokens"),
                value=_("In use: %(count)s") % {"count": len(mine)} if mine else _("none"),
            ),
        ],
        doors=[
            each
            for setting in (CHANGE, SET_PIN, SET_PASSWORD, UNLOCK, REACTIVATE, DEACTIVATE)
            for each in door(setting, book, about=sheet.name)
        ],
        past=_past(book),
        back=Door(words=_("All people"), href=reverse("settings-section", args=["people"])),
    )


def _locked(person: PersonLine) -> list[Line]:
    if person.locked_until is None:
        return []
    value = _("Too many wrong PINs: locked until")
    return [Line(name=_("Badge"), value=value, at=person.locked_until, missing=True)]


def _past(book: Book) -> list[Past]:
    person = book.the_person().sheet
    return [
        Past(
            at=change.recorded_at,
            who=change.actor,
            day=None,
            what=_differences(change),
            why=change.why,
        )
        for change in book.changes
        if change.subject_id == person.id
    ]


def _differences(change: Change) -> Sequence[Words]:
    """What an entry says was changed of a person; of secrets only that they were."""
    rows = [row for row in change.changed if row.get("row") == "staff"]
    said = [
        _("%(name)s: %(now)s instead of %(before)s")
        % {
            "name": _FIELD.get(name, name),
            "now": _value(name, row["to"][name]),
            "before": _value(name, row["from"][name]),
        }
        for row in rows
        for name in row["to"]
    ]
    if change.command == "change_staff" and not said:
        return [_("Password set")]
    return said or [DONE.get(change.command, change.command)]


_FIELD: Mapping[str, Words] = {
    "name": gettext_lazy("Name"),
    "roles": gettext_lazy("Roles"),
    "licence": gettext_lazy("Licence"),
    "active": gettext_lazy("Works here"),
}


def _value(name: str, value: Any) -> str:
    if name == "roles":
        return ", ".join(words.said(words.ROLE, each) for each in value)
    if name == "active":
        return _("Yes") if value else _("No")
    return str(value) if value is not None else _("none entered")


def _summary(book: Book) -> Summary:
    working = [each for each in book.people if each.sheet.active]
    held = {role for each in working for role in each.sheet.roles}
    lacking = [words.said(words.ROLE, role) for role in NEEDED if role not in held]
    missing = []
    if lacking:
        missing.append(_("Nobody yet: %(roles)s") % {"roles": ", ".join(lacking)})
    unsigned = [each.sheet.name for each in working if not each.has_pin and _signs(each)]
    if unsigned:
        missing.append(_("Without a PIN: %(names)s") % {"names": ", ".join(unsigned[:5])})
    locked = sum(each.locked_until is not None for each in working)
    if locked:
        missing.append(_("Locked badges: %(count)s") % {"count": locked})
    return Summary(
        says=[_("Working here: %(count)s") % {"count": len(working)}],
        missing=missing,
    )


def _signs(person: PersonLine) -> bool:
    return set(person.sheet.roles) != {Role.SERVICE.value}


PEOPLE = Section(
    slug="people",
    name=gettext_lazy("People"),
    summary=_summary,
    shown=_shown,
    history=lambda book: [book.person.sheet.id] if book.person else (),
    roles=ADMINS,
    things="person",
)


# -- locked badges ---------------------------------------------------------------------------------


def _locks_shown(book: Book) -> Shown:
    locked = [each for each in book.people if each.locked_until is not None]
    return Shown(
        title=_("Locked badges"),
        sentence=_("Five wrong PINs in a row lock a badge on that device for 15 minutes."),
        listings=[
            Listing(
                title=_("Locked now"),
                heads=(_("Badge"), _("Name"), _("Locked until")),
                rows=[
                    Row(
                        cells=(
                            Cell(text=each.sheet.badge),
                            Cell(text=each.sheet.name),
                            Cell(text="", at=each.locked_until, needs=True),
                        ),
                        doors=[
                            Door(
                                words=UNLOCK.verb,
                                href=reverse("settings-action", args=[UNLOCK.slug, each.sheet.id]),
                                about=each.sheet.name,
                            )
                        ],
                    )
                    for each in locked
                ],
                empty=_("No badge is locked."),
            )
        ],
    )


def _locks_summary(book: Book) -> Summary:
    locked = [each.sheet.badge for each in book.people if each.locked_until is not None]
    return Summary(says=[", ".join(locked) if locked else _("No badge is locked.")])


LOCKS = Section(
    slug="locks",
    name=gettext_lazy("Locked badges"),
    summary=_locks_summary,
    shown=_locks_shown,
    roles=frozenset({Role.ADMIN, Role.PIT_MANAGER}),
)

SECTIONS = (PEOPLE, LOCKS)
