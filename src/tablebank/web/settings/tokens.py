"""Tokens for programs: made for one badge, shown once, revoked for good."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import people
from tablebank.domain.terms import Role
from tablebank.queries.settings_book import TokenLine
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Door,
    Listing,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
)
from tablebank.web.settings.telling import door


def _fields(book: Book) -> tuple[Field, ...]:
    badges = tuple(
        Choice(value=each.sheet.badge, words=f"{each.sheet.badge} · {each.sheet.name}")
        for each in book.people
        if each.sheet.active
    )
    return (
        Field(
            name="badge",
            label=_("For whom"),
            kind="choice",
            choices=badges,
            hint=_("The program acts as this person, with their roles and no others."),
        ),
        Field(
            name="expires_at",
            label=_("Expires"),
            kind="instant",
            required=False,
            hint=_("Empty: until it is revoked."),
        ),
    )


def _said(typed: Mapping[str, Any], book: Book) -> Said:
    return {name: typed[name] for name in ("badge", "expires_at") if typed.get(name)}


def _body(said: Said) -> people.CreateToken:
    expires = said.get("expires_at")
    return people.CreateToken(
        badge=said["badge"], expires_at=datetime.fromisoformat(expires) if expires else None
    )


CREATE = Setting(
    slug="create-token",
    section="tokens",
    verb=gettext_lazy("Create a token"),
    done=gettext_lazy("The token is created."),
    command=people.CREATE_TOKEN,
    said=_said,
    body=_body,
    fields=_fields,
    note=lambda book: _("It is shown once, right after this. Only its fingerprint is kept."),
)
REVOKE = Setting(
    slug="revoke-token",
    section="tokens",
    verb=gettext_lazy("Revoke token"),
    done=gettext_lazy("The token is revoked."),
    command=people.REVOKE_TOKEN,
    about="token",
    said=lambda typed, book: {},
    body=lambda said: people.Nothing(),
    fields=lambda book: (),
    note=lambda book: _("The program that uses it is refused from now on, for good."),
    grave=True,
)


def _is_over(token: TokenLine, book: Book) -> bool:
    return token.expires_at is not None and token.expires_at <= book.at


def _row(token: TokenLine, book: Book) -> Row:
    whose = f"{token.badge} · {token.name}"
    in_use = token.revoked_at is None and not _is_over(token, book)
    if token.revoked_at is not None:
        standing = Cell(text=_("Revoked"), at=token.revoked_at)
    elif token.expires_at is None:
        standing = Cell(text=_("In use, until revoked"))
    else:
        standing = Cell(text=_("Expires") if in_use else _("Expired"), at=token.expires_at)
    href = reverse("settings-action", args=[REVOKE.slug, token.id])
    way = [Door(words=_("Revoke"), href=href, grave=True, about=whose)] if in_use else []
    return Row(
        cells=(Cell(text=whose), Cell(text="", at=token.created_at), standing),
        doors=way,
        is_quiet=not in_use,
    )


def _shown(book: Book) -> Shown:
    return Shown(
        title=_("Tokens"),
        sentence=_("What programs prove themselves with. Nobody can read one again."),
        listings=[
            Listing(
                title=_("Tokens"),
                heads=(_("For whom"), _("Created"), _("Standing")),
                rows=[_row(each, book) for each in book.tokens],
                empty=_("No token yet."),
            )
        ],
        doors=door(CREATE, book),
    )


def _summary(book: Book) -> Summary:
    in_use = [each for each in book.tokens if not each.revoked_at and not _is_over(each, book)]
    return Summary(says=[_("In use: %(count)s") % {"count": len(in_use)}])


TOKENS = Section(
    slug="tokens",
    name=gettext_lazy("Tokens"),
    summary=_summary,
    shown=_shown,
    roles=frozenset({Role.ADMIN}),
)

SETTINGS = (CREATE, REVOKE)
SECTIONS = (TOKENS,)
