"""The casino itself: its name, how it works, its tolerances, and its advice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import house
from tablebank.domain.establishment import SettingsRow
from tablebank.domain.settings import as_mapping, settings_from
from tablebank.web.actions.kind import Field, Said
from tablebank.web.settings import choices
from tablebank.web.settings.choices import Chosen
from tablebank.web.settings.kind import (
    Book,
    Line,
    Past,
    Section,
    Setting,
    Shown,
    Summary,
)
from tablebank.web.settings.telling import door, last_change, reason_field
from tablebank.web.typed import Data

# -- settings, group by group ----------------------------------------------------------------------


def _changing(group: Sequence[Chosen]) -> dict[str, Any]:
    """What the forms of settings have in common: they say by name what is to be changed."""

    def fields(book: Book) -> tuple[Field, ...]:
        return (*(each.field() for each in group), reason_field())

    def stands(book: Book) -> Data:
        kept = as_mapping(book.house.settings)
        return {
            name: text
            for each in group
            for name, text in each.typed(choices.value_of(kept, each.name)).items()
        }

    def said(typed: Mapping[str, Any], book: Book) -> Said:
        names = {each.name for each in group}
        changed = {
            name: value for name, value in typed.items() if name in names and value is not None
        }
        reason = {"reason": typed["reason"]} if typed.get("reason") and changed else {}
        return {**({"settings": choices.as_settings(changed)} if changed else {}), **reason}

    return {
        "command": house.CHANGE_CASINO,
        "said": said,
        "body": lambda said: house.ChangeCasino(**said),
        "fields": fields,
        "stands": stands,
        "changes": True,
        "own_remark": True,
        "note": lambda book: _("It is in force at once; what is past stays as it was."),
        "pointers": {"/settings/advice/": "/advice.", "/settings/": "/"},
    }


CHANGE_HOW = Setting(
    slug="how-it-works",
    section="casino",
    verb=gettext_lazy("Change how it works"),
    done=gettext_lazy("The settings are changed."),
    **_changing(choices.HOW_IT_WORKS),
)
CHANGE_TOLERANCES = Setting(
    slug="tolerances",
    section="tolerances",
    verb=gettext_lazy("Change tolerances and limits"),
    done=gettext_lazy("The tolerances and limits are changed."),
    **_changing(choices.TOLERANCES),
)
CHANGE_ADVICE = Setting(
    slug="advice",
    section="advice",
    verb=gettext_lazy("Change the advice"),
    done=gettext_lazy("The advice is changed."),
    **_changing(choices.ADVICE),
)

RENAME = Setting(
    slug="rename-casino",
    section="casino",
    verb=gettext_lazy("Rename the casino"),
    done=gettext_lazy("The casino has its new name."),
    command=house.CHANGE_CASINO,
    said=lambda typed, book: {"name": typed["name"]} if typed["name"] else {},
    body=lambda said: house.ChangeCasino(**said),
    fields=lambda book: (Field(name="name", label=_("Name")),),
    stands=lambda book: {"name": book.house.casino.name},
    changes=True,
)


def _lines(group: Sequence[Chosen], book: Book) -> list[Line]:
    kept = as_mapping(book.house.settings)
    return [
        Line(
            name=each.label,
            value=each.said(choices.value_of(kept, each.name), currency=book.currency),
            note=each.meaning,
        )
        for each in group
    ]


def _past(group: Sequence[Chosen], book: Book) -> list[Past]:
    """What was changed in this group, the last change first; each says what it replaced."""
    if not book.tells_history:
        return []
    found = []
    before = as_mapping(settings_from({}))
    for row in book.settings_rows:
        now = as_mapping(settings_from(row.settings))
        what = _differences(group, before, now, currency=book.currency)
        if what:
            found.append(_told(row, what, book))
        before = now
    return list(reversed(found))


def _differences(
    group: Sequence[Chosen], before: Mapping[str, Any], now: Mapping[str, Any], *, currency: str
) -> list[str]:
    pairs = [
        (each, choices.value_of(before, each.name), choices.value_of(now, each.name))
        for each in group
    ]
    return [
        _("%(name)s: %(now)s instead of %(before)s")
        % {
            "name": each.label,
            "now": each.said(new, currency=currency),
            "before": each.said(old, currency=currency),
        }
        for each, old, new in pairs
        if old != new
    ]


def _told(row: SettingsRow, what: Sequence[str], book: Book) -> Past:
    who = book.names.get(row.recorded_by, "") if row.recorded_by else _("command line")
    return Past(at=row.recorded_at, who=who, day=None, what=what, why=row.reason or "")


def _group_summary(group: Sequence[Chosen]) -> Callable[[Book], Summary]:
    def summary(book: Book) -> Summary:
        kept = as_mapping(book.house.settings)
        says = [
            f"{each.label}: {each.said(choices.value_of(kept, each.name), currency=book.currency)}"
            for each in group[:3]
        ]
        return Summary(says=says, since=last_change(_past(group, book)))

    return summary


# -- the casino ------------------------------------------------------------------------------------


def _casino_shown(book: Book) -> Shown:
    casino = book.house.casino
    founded = [
        Line(name=_("Name"), value=casino.name),
        Line(name=_("Address at sign-in"), value=casino.slug),
        Line(name=_("Time zone"), value=casino.timezone),
        Line(name=_("Currency"), value=casino.currency),
        Line(name=_("Gaming day starts"), value=f"{casino.gaming_day_start:%H:%M}"),
        Line(
            name=_("Kind"),
            value=_("Simulated: every page says DEMO") if casino.simulated else _("Live"),
        ),
    ]
    return Shown(
        title=_("Casino"),
        sentence=_(
            "Address, time zone, currency, start of the gaming day and kind were chosen at the"
            " founding and never change."
        ),
        lines=[*founded, *_lines(choices.HOW_IT_WORKS, book)],
        doors=[*door(CHANGE_HOW, book), *door(RENAME, book)],
        past=sorted(
            [*_past(choices.HOW_IT_WORKS, book), *_renamed(book)],
            key=lambda each: each.at,
            reverse=True,
        ),
    )


def _renamed(book: Book) -> list[Past]:
    return [
        Past(
            at=change.recorded_at,
            who=change.actor,
            day=None,
            what=[
                _("Name: %(now)s instead of %(before)s")
                % {"now": row["to"]["name"], "before": row["from"]["name"]}
            ],
            why=change.why,
        )
        for change in book.changes
        if change.command == "change_casino"
        for row in change.changed
        if "name" in row.get("to", {})
    ]


def _casino_summary(book: Book) -> Summary:
    casino = book.house.casino
    says = [casino.name, f"{casino.timezone} · {casino.currency}"]
    return Summary(says=says, since=last_change(_casino_shown(book).past))


CASINO = Section(
    slug="casino",
    name=gettext_lazy("Casino"),
    summary=_casino_summary,
    shown=_casino_shown,
    history=lambda book: (book.house.casino.id,),
)

TOLERANCES = Section(
    slug="tolerances",
    name=gettext_lazy("Tolerances and limits"),
    summary=_group_summary(choices.TOLERANCES),
    shown=lambda book: Shown(
        title=_("Tolerances and limits"),
        sentence=_("How much may be off, and how long things may take, before somebody must act."),
        lines=_lines(choices.TOLERANCES, book),
        doors=door(CHANGE_TOLERANCES, book),
        past=_past(choices.TOLERANCES, book),
    ),
)

ADVICE = Section(
    slug="advice",
    name=gettext_lazy("Advice"),
    summary=_group_summary(choices.ADVICE),
    shown=lambda book: Shown(
        title=_("Advice"),
        sentence=_("What the par recommendation looks at. It is advice only."),
        lines=_lines(choices.ADVICE, book),
        doors=door(CHANGE_ADVICE, book),
        past=_past(choices.ADVICE, book),
    ),
)


SETTINGS = (CHANGE_HOW, RENAME, CHANGE_TOLERANCES, CHANGE_ADVICE)
SECTIONS = (CASINO, TOLERANCES, ADVICE)
