"""One's own PIN: chosen with the one before, typed twice, shown never (SIGN-5)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import people
from tablebank.web.actions.kind import Field
from tablebank.web.settings.kind import Book, Setting


def _fields(book: Book) -> tuple[Field, ...]:
    current = Field(name="current_pin", label=_("Current PIN"), kind="secret")
    person = book.person
    return (
        *((current,) if person is not None and person.has_pin else ()),
        Field(name="pin", label=_("New PIN"), kind="secret", hint=_("4 to 12 digits")),
        Field(name="pin_again", label=_("The same PIN again"), kind="secret"),
    )


OWN_PIN = Setting(
    slug="own-pin",
    section="",
    verb=gettext_lazy("Choose PIN"),
    done=gettext_lazy("Your PIN is chosen. Sign with it from now on."),
    command=people.SET_PIN,
    step="choose_pin",
    about="me",
    said=lambda typed, book: {
        name: typed[name] for name in ("pin", "current_pin") if typed.get(name)
    },
    body=lambda said: people.SetPin(**said),
    fields=_fields,
    own_remark=True,
)

SETTINGS = (OWN_PIN,)
