"""Jurisdiction profile: whose rules the casino goes by, from which gaming day on (ADMIN)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands.profiles import CHOOSE_PROFILE, ChooseProfile
from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ProfileRow
from tablebank.domain.profiles.kind import Cited, Profile, Standing
from tablebank.domain.terms import ProfileCode
from tablebank.queries.profile_book import differs
from tablebank.web import profile_words, words
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.figures import money
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Line,
    Listing,
    Past,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
    Words,
)
from tablebank.web.settings.telling import door, in_words, reason_field
from tablebank.web.typed import Data


def _earliest(book: Book) -> date:
    return book.today + timedelta(days=1) if book.house.profiles else book.today


def _fields(book: Book) -> tuple[Field, ...]:
    return (
        Field(
            name="profile",
            label=_("Jurisdiction profile"),
            kind="one",
            hint=str(profile_words.TEMPLATE),
            choices=tuple(
                Choice(value=code, words=str(name)) for code, name in profile_words.NAME.items()
            ),
        ),
        Field(
            name="effective_from_gaming_day",
            label=_("From gaming day"),
            kind="day",
            hint=_("%(day)s at the earliest") % {"day": in_words(_earliest(book))},
        ),
        reason_field(),
    )


def _stands(book: Book) -> Data:
    return {
        "profile": book.house.profile_on(book.today).code,
        "effective_from_gaming_day": str(_earliest(book)),
    }


def _body(said: Said) -> ChooseProfile:
    return ChooseProfile(
        profile=ProfileCode(said["profile"]),
        effective_from_gaming_day=date.fromisoformat(said["effective_from_gaming_day"]),
        reason=said.get("reason"),
    )


def _said(typed: Mapping[str, Any], book: Book) -> Said:
    return {name: each for name, each in typed.items() if each is not None}


CHOOSE = Setting(
    slug="choose-profile",
    section="profile",
    verb=gettext_lazy("Choose profile"),
    done=gettext_lazy("The jurisdiction profile is chosen."),
    command=CHOOSE_PROFILE,
    said=_said,
    body=_body,
    fields=_fields,
    stands=_stands,
    note=lambda book: _(
        "It asks for the signatures of its regulator from that gaming day on. Settings stay as they"
        " are; where they differ, this page says so."
    ),
    own_remark=True,
)


def _shown(book: Book) -> Shown:
    profile = book.house.profile_on(book.today)
    return Shown(
        title=_("Jurisdiction profile"),
        sentence=str(profile_words.TEMPLATE),
        lines=[
            Line(
                name=_("Profile"),
                value=profile_words.NAME[profile.code],
                note=_since(book),
            ),
            *(_coming(row) for row in _to_come(book)),
            *_differing(book, profile),
        ],
        listings=[_rules(profile), _notices(profile)],
        doors=door(CHOOSE, book),
        past=_past(book),
    )


def _row(book: Book) -> ProfileRow | None:
    return in_force(book.house.profiles, day=book.today)


def _since(book: Book) -> str:
    row = _row(book)
    if row is None:
        return _("As long as none is chosen.")
    return _("Since gaming day %(day)s, by %(who)s.") % {
        "day": in_words(row.effective_from_gaming_day),
        "who": book.names.get(row.recorded_by, ""),
    }


def _to_come(book: Book) -> list[ProfileRow]:
    rows = [row for row in book.house.profiles if row.effective_from_gaming_day > book.today]
    return sorted(rows, key=lambda row: (row.effective_from_gaming_day, row.recorded_at))


def _coming(row: ProfileRow) -> Line:
    day = in_words(row.effective_from_gaming_day)
    return Line(
        name=_("From gaming day %(day)s") % {"day": day}, value=profile_words.NAME[row.profile]
    )


def _differing(book: Book, profile: Profile) -> Iterator[Line]:
    """What the casino has set otherwise than its profile says."""
    for each in differs(book.house, profile):
        yield Line(
            name=_("Set otherwise: credit flow"),
            value=profile_words.CREDIT_FLOW[each["set"]],
            note=_("The profile has: %(what)s")
            % {"what": profile_words.CREDIT_FLOW[each["profile"]]},
            missing=True,
        )


def _rules(profile: Profile) -> Listing:
    recount = profile.idle_recount_days
    days = _("After %(days)s gaming days") % {"days": recount.value} if recount else ""
    rows = [
        *(
            _rule(
                profile_words.STEP.get(step, step),
                profile_words.asked(asks),
                clauses=asks.clauses,
                standing=asks.standing,
            )
            for step, asks in profile.signers.items()
        ),
        _cited(
            _("Credit flow"),
            profile_words.CREDIT_FLOW[profile.credit_flow.value],
            profile.credit_flow,
        ),
        _cited(
            _("Count team"),
            _("At least %(count)s people") % {"count": profile.team_minimum.value},
            profile.team_minimum,
        ),
        _cited(
            _("Drop"),
            profile_words.FREQUENCY[profile.drop_frequency.value],
            profile.drop_frequency,
        ),
        _cited(
            _("Number series"),
            profile_words.SERIES[profile.number_series.value],
            profile.number_series,
        ),
        _cited(_("Parts of a slip"), str(profile.slip_parts.value), profile.slip_parts),
        _cited(
            _("Parts of an opener or closer"),
            str(profile.inventory_slip_parts.value),
            profile.inventory_slip_parts,
        ),
        *([_cited(_("Recount of an idle table"), days, recount)] if recount else []),
    ]
    return Listing(
        title=_("Rules"), heads=[_("Rule"), _("Asked for"), _("Where from")], rows=rows, empty=""
    )


def _rule(name: Words, value: Words, *, clauses: tuple[str, ...], standing: Standing) -> Row:
    return Row(
        cells=[
            Cell(text=name),
            Cell(text=value),
            Cell(
                text=", ".join(clauses) or profile_words.STANDING[standing],
                note=profile_words.STANDING[standing] if clauses else "",
            ),
        ]
    )


def _cited(name: Words, value: Words, rule: Cited[Any]) -> Row:
    return _rule(name, value, clauses=rule.clauses, standing=rule.standing)


def _notices(profile: Profile) -> Listing:
    """When an exception is to be told, and from how much on an opener's difference outside."""
    rows = [
        *(
            _rule(
                _("Opening variance from %(amount)s")
                % {"amount": money(each.at_least_cents, exact=True)},
                f"{profile_words.TOLD_BY[each.by]}, {profile_words.how_soon(each.within)}",
                clauses=each.clauses,
                standing=each.standing,
            )
            for each in profile.variance_notices
        ),
        *(
            _cited(words.FINDING[kind], profile_words.how_soon(rule.value), rule)
            for kind, rule in profile.deadlines.items()
            if kind in words.FINDING
        ),
    ]
    heads = [_("What"), _("How soon"), _("Where from")]
    return Listing(title=_("Notices"), heads=heads, rows=rows, empty="")


def _past(book: Book) -> list[Past]:
    if not book.tells_history:
        return []
    return [
        Past(
            at=row.recorded_at,
            who=book.names.get(row.recorded_by, ""),
            day=row.effective_from_gaming_day,
            what=[profile_words.NAME[row.profile]],
            why=row.reason or "",
        )
        for row in sorted(book.house.profiles, key=lambda row: row.recorded_at, reverse=True)
    ]


def _summary(book: Book) -> Summary:
    profile = book.house.profile_on(book.today)
    coming = [f"{each.name}: {each.value}" for each in map(_coming, _to_come(book))]
    return Summary(
        says=[profile_words.NAME[profile.code], *coming],
        since=_since(book),
        missing=[each.name for each in _differing(book, profile)],
    )


PROFILE = Section(
    slug="profile",
    name=gettext_lazy("Jurisdiction profile"),
    summary=_summary,
    shown=_shown,
)

SETTINGS = (CHOOSE,)
