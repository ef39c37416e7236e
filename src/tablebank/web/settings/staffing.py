"""The forms about people: added, changed, given a first PIN or a password, unlocked, put out.

A PIN set by an administrator serves only to choose one's own (SIGN-5); roles are granted by others,
never to oneself.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import people
from tablebank.domain.terms import Role
from tablebank.web import words
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.kind import Book, Setting
from tablebank.web.settings.reading import as_many
from tablebank.web.typed import Data


def _name() -> Field:
    return Field(name="name", label=_("Name"))


def _roles() -> Field:
    return Field(
        name="roles",
        label=_("Roles"),
        kind="many",
        choices=tuple(Choice(value=role.value, words=str(words.ROLE[role])) for role in Role),
    )


def _licence() -> Field:
    return Field(name="licence", label=_("Licence"), required=False)


def _pin(*, required: bool) -> Field:
    return Field(
        name="pin",
        label=_("First PIN"),
        kind="secret",
        required=required,
        hint=_("4 to 12 digits. Set by you, it serves only to choose their own."),
    )


def _password(*, required: bool) -> Field:
    return Field(
        name="password",
        label=_("Password"),
        kind="secret",
        required=required,
        hint=_("8 characters or more. Without one they sign beside others, but cannot sign in."),
    )


def _given(*names: str) -> Any:
    def said(typed: Mapping[str, Any], book: Book) -> Said:
        return {name: typed[name] for name in names if typed.get(name) not in (None, [])}

    return said


def _with_roles(said: Said) -> Said:
    roles = {"roles": tuple(Role(each) for each in said["roles"])} if "roles" in said else {}
    return {**said, **roles}


ADD = Setting(
    slug="add-person",
    section="people",
    verb=gettext_lazy("Add a person"),
    done=gettext_lazy("The person is added."),
    command=people.ADD_STAFF,
    said=_given("badge", "name", "roles", "licence", "pin", "password"),
    body=lambda said: people.AddStaff(**_with_roles(said)),
    fields=lambda book: (
        Field(name="badge", label=_("Badge"), hint=_("It is theirs for good.")),
        _name(),
        _roles(),
        _licence(),
        _pin(required=False),
        _password(required=False),
    ),
)


def _stands(book: Book) -> Data:
    sheet = book.the_person().sheet
    return {"name": sheet.name, "licence": sheet.licence or "", **as_many("roles", sheet.roles)}


def is_self(book: Book) -> bool:
    """Whether the person the page is about is its reader."""
    return book.the_person().sheet.id == book.view.caller.staff.id


def _change_fields(book: Book) -> tuple[Field, ...]:
    """Roles are granted by others: nobody is asked for their own (SYS-04)."""
    return (_name(), *(() if is_self(book) else (_roles(),)), _licence())


CHANGE = Setting(
    slug="change-person",
    section="people",
    verb=gettext_lazy("Change name or roles"),
    done=gettext_lazy("The person is changed."),
    command=people.CHANGE_STAFF,
    about="person",
    said=_given("name", "roles", "licence"),
    body=lambda said: people.ChangeStaff(**_with_roles(said)),
    fields=_change_fields,
    stands=_stands,
    changes=True,
    note=lambda book: _("What they signed stays signed in the role they had."),
)
SET_PIN = Setting(
    slug="set-pin",
    section="people",
    verb=gettext_lazy("Set a first PIN"),
    done=gettext_lazy("The PIN is set. They choose their own with it."),
    command=people.SET_PIN,
    step="settings",
    about="person",
    said=_given("pin"),
    body=lambda said: people.SetPin(**said),
    fields=lambda book: (
        _pin(required=True),
        Field(name="pin_again", label=_("The same PIN again"), kind="secret"),
    ),
    offered=lambda book: not is_self(book) and book.the_person().sheet.active,
    note=lambda book: _("A PIN set by someone else serves only to choose one's own."),
)
SET_PASSWORD = Setting(
    slug="set-password",
    section="people",
    verb=gettext_lazy("Set password"),
    done=gettext_lazy("The password is set."),
    command=people.CHANGE_STAFF,
    about="person",
    said=_given("password"),
    body=lambda said: people.ChangeStaff(**said),
    fields=lambda book: (_password(required=True),),
    offered=lambda book: book.the_person().sheet.active,
    note=lambda book: _("It takes the place of the one before, at once."),
)
UNLOCK = Setting(
    slug="unlock-badge",
    section="locks",
    verb=gettext_lazy("Unlock badge"),
    done=gettext_lazy("The badge is unlocked."),
    command=people.UNLOCK,
    step="unlock_badge",
    about="person",
    said=lambda typed, book: {},
    body=lambda said: people.Nothing(),
    fields=lambda book: (),
    offered=lambda book: book.the_person().locked_until is not None,
    note=lambda book: _("Five wrong PINs locked it. Ask first who typed them."),
)


def _activity(*, active: bool, **said: Any) -> Setting:
    return Setting(
        section="people",
        command=people.CHANGE_STAFF,
        about="person",
        said=lambda typed, book: {"active": active},
        body=lambda said: people.ChangeStaff(**said),
        fields=lambda book: (),
        offered=lambda book: not is_self(book) and book.the_person().sheet.active is not active,
        **said,
    )


DEACTIVATE = _activity(
    active=False,
    slug="deactivate-person",
    verb=gettext_lazy("Deactivate"),
    done=gettext_lazy("The person is deactivated."),
    note=lambda book: _(
        "They can no longer sign in or sign, and their tokens open nothing, from now on. What they"
        " signed stays."
    ),
    grave=True,
)
REACTIVATE = _activity(
    active=True,
    slug="reactivate-person",
    verb=gettext_lazy("Reactivate"),
    done=gettext_lazy("The person works here again."),
    note=lambda book: _("With the roles, the PIN and the password they had."),
)

SETTINGS = (ADD, CHANGE, SET_PIN, SET_PASSWORD, UNLOCK, DEACTIVATE, REACTIVATE)
