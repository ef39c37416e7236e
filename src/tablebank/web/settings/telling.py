"""What every section says in the same way: days, who did it, the way to a form."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.domain.occurrence import BEGINNING
from tablebank.web.actions.kind import Field
from tablebank.web.figures import dated
from tablebank.web.settings.kind import Book, Door, Past, Setting


def in_words(day: date) -> str:
    """A gaming day as it is read."""
    return dated(day, "EEE d MMM y")


def in_force_since(day: date | None) -> str:
    """Since when something holds; what is older than all play, from the beginning (TIME-5)."""
    if day is None:
        return ""
    if day <= BEGINNING.date():
        return _("In force from the beginning.")
    return _("In force since gaming day %(day)s.") % {"day": in_words(day)}


def door(setting: Setting, book: Book, *, about: str = "") -> list[Door]:
    """The way to a form, for those who may take it."""
    if not setting.is_offered(book):
        return []
    args = [setting.slug] + ([str(book.subject_id)] if book.subject_id else [])
    href = reverse("settings-action", args=args)
    return [Door(words=setting.verb, href=href, grave=setting.grave, about=about)]


def reason_field() -> Field:
    """Why it is done, where the command keeps a reason of its own."""
    return Field(name="reason", label=_("Why"), kind="words", required=False)


def last_change(past: Sequence[Past]) -> str:
    """By whom and when something was last changed."""
    if not past:
        return _("As the casino was founded.")
    return _("Last changed by %(who)s on %(day)s.") % {
        "who": past[0].who,
        "day": in_words(past[0].at.date()),
    }


def who_wrote(book: Book, *, recorded_by: UUID | None, recorded_at: datetime) -> str:
    """Who wrote a row: by its own word, else by the journal's; the founding's is nobody's."""
    name = book.names.get(recorded_by, "") if recorded_by else ""
    change = book.change_at(recorded_at)
    return name or (change.actor if change else _("at the founding"))


def why_written(book: Book, recorded_at: datetime) -> str:
    """Why a row was written, where it was said."""
    change = book.change_at(recorded_at)
    return change.why if change else ""


def first_few(codes: Sequence[str]) -> str:
    """The first few by name, and how many more."""
    if len(codes) <= 5:
        return ", ".join(codes)
    return _("%(first)s and %(more)s more") % {
        "first": ", ".join(codes[:5]),
        "more": len(codes) - 5,
    }
