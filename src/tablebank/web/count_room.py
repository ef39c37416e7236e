"""The forms of the count room: what each asks for, what it becomes, who signs it (SOFT-7).

Each is one line of a catalogue, as on the session page; what it is done to is a count session and
perhaps one box of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tablebank.commands import count_sessions
from tablebank.commands.scene import Command
from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.terms import Role
from tablebank.queries.count_book import BoxDue, BoxEntered, CountSessionSheet
from tablebank.queries.doors import View
from tablebank.web.actions.kind import Choice, Field, SignsToo
from tablebank.web.figures import dated
from tablebank.web.words import Words

LATEST_DAYS = 4
"""How many gaming days can be chosen to be counted: this one and those before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """Where a form stands: the session, None before one is begun, and the box it is about."""

    view: View
    session: CountSessionSheet | None = None
    due: BoxDue | None = None
    entered: BoxEntered | None = None
    loose: tuple[BoxDue, ...] = ()
    """Drops that are not counted, of boxes this session counted without knowing them as taken."""

    @property
    def me(self) -> str:
        """The caller's badge."""
        return self.view.caller.staff.badge

    @property
    def is_mine(self) -> bool:
        """Whether the caller is at the session's table."""
        return self.session is not None and any(
            each["badge"] == self.me and each["left_at"] is None for each in self.session.team
        )

    @property
    def drop_id(self) -> UUID | None:
        """The drop that the box is, where one is known."""
        box = self.due or self.entered
        return box.drop_id if box else None

    def the_session(self) -> CountSessionSheet:
        if self.session is None:
            raise RuntimeError("no count session is begun")
        return self.session


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomForm:
    """One thing that is done in the count room: a verb, its command, its fields."""

    slug: str
    verb: Words
    done: Words
    command: Command
    fields: Callable[[Spot], tuple[Field, ...]]
    body: Callable[[Mapping[str, Any], Spot], Any]
    offered: Callable[[Spot], bool]
    signs: Callable[[Spot], tuple[SignsToo, ...]] = lambda spot: ()
    typed: Callable[[Spot], Mapping[str, str]] = lambda spot: {}
    """What stands in its fields before anything is typed."""
    note: Words = ""
    grave: bool = False

    def may_call(self, spot: Spot) -> bool:
        """Whether the caller's roles allow the step at all."""
        step = STEPS[str(self.command.step)]
        return bool(acts_as(spot.view.caller.roles) & set(step.callers))


def is_open(spot: Spot) -> bool:
    """Whether the session is not posted yet."""
    return spot.session is not None and spot.session.status == "OPEN"


def at_the_table(spot: Spot) -> bool:
    """Whether the reader counts at an open session."""
    return is_open(spot) and spot.is_mine


# -- beginning, and the team -----------------------------------------------------------------------


def _days(spot: Spot) -> tuple[Choice, ...]:
    days = [spot.view.today - timedelta(days=back) for back in range(LATEST_DAYS)]
    return tuple(Choice(value=str(each), words=dated(each)) for each in days)


def _start_fields(spot: Spot) -> tuple[Field, ...]:
    return (
        Field(name="gaming_day", label=_("Gaming day"), kind="choice", choices=_days(spot)),
        Field(
            name="team",
            label=_("Count team"),
            hint=_("Badges of the others, with spaces between them; you are in it"),
        ),
        Field(
            name="batch_id",
            label=_("Batch"),
            hint=_("The count room's own number"),
            required=False,
        ),
        Field(name="operator", label=_("Surveillance operator told"), required=False),
        Field(name="notified_at", label=_("Told at"), kind="instant", required=False),
        Field(
            name="tester",
            label=_("Machine test"),
            kind="words",
            hint=_("What it was tested with, and how it came out"),
            required=False,
        ),
    )


def _start(typed: Mapping[str, Any], spot: Spot) -> count_sessions.StartCountSession:
    told = {name: typed[name] for name in ("operator", "notified_at") if typed.get(name)}
    return count_sessions.StartCountSession(
        gaming_day=_day(typed["gaming_day"], spot),
        team=(spot.me, *(each for each in typed["team"].split() if each != spot.me)),
        batch_id=typed.get("batch_id"),
        surveillance=told or None,
        tester={"result": typed["tester"]} if typed.get("tester") else None,
    )


def _day(text: str, spot: Spot) -> Any:
    days = [spot.view.today - timedelta(days=back) for back in range(LATEST_DAYS)]
    return next(each for each in days if str(each) == text)


START = RoomForm(
    slug="start",
    verb=_("Begin count session"),
    done=_("The count session has begun."),
    command=count_sessions.START_COUNT_SESSION,
    fields=_start_fields,
    body=_start,
    offered=lambda spot: spot.session is None,
)

JOIN = RoomForm(
    slug="join",
    verb=_("Add to the team"),
    done=_("The team has one more."),
    command=count_sessions.CHANGE_COUNT_TEAM,
    fields=lambda spot: (Field(name="badge", label=_("Badge")),),
    body=lambda typed, spot: count_sessions.ChangeCountTeam(badge=typed["badge"]),
    offered=is_open,
)


def members(spot: Spot) -> tuple[Choice, ...]:
    """Who is at the table, by badge."""
    present = [each for each in spot.the_session().team if each["left_at"] is None]
    return tuple(Choice(value=each["badge"], words=each["badge"]) for each in present)


LEAVE = RoomForm(
    slug="leave",
    verb=_("Leave the team"),
    done=_("The team has one less."),
    command=count_sessions.CHANGE_COUNT_TEAM,
    fields=lambda spot: (
        Field(name="badge", label=_("Who leaves"), kind="choice", choices=members(spot)),
    ),
    body=lambda typed, spot: count_sessions.ChangeCountTeam(badge=typed["badge"], leaves=True),
    offered=is_open,
    signs=lambda spot: (
        SignsToo(roles=(Role.COUNT_TEAM,), required=False, why=_("who leaves, if it is not you")),
    ),
)


def offered(forms: Mapping[str, RoomForm], spot: Spot) -> Sequence[RoomForm]:
    """The forms that are this reader's to use here."""
    return [each for each in forms.values() if each.may_call(spot) and each.offered(spot)]
