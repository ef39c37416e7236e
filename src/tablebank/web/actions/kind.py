"""What an action is: a verb, the command behind it, the fields it asks for, and when it is offered.

Whether a step is allowed is decided by the command, never here: an action that is not offered is
only not shown. The form, the page and the address of an action all follow from this one value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Command
from tablebank.domain.authority import STEPS, Step, acting_role, from_paper
from tablebank.domain.refusals import Refused
from tablebank.domain.terms import Role
from tablebank.queries.buy_ins import BuyInSheet
from tablebank.queries.drop_book import DropSheet
from tablebank.queries.findings import ExceptionSheet
from tablebank.queries.slip_book import SlipSheet
from tablebank.web.session_view import SessionView
from tablebank.web.words import Words

Said = dict[str, Any]
"""A command's body as the page would have sent it to the JSON face."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One value a field may have, and its words."""

    value: str
    words: Words
    hint: Words = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing a form asks for. `kind` picks how it is typed and read.

    `chips`: pieces by denomination; `text`, `words` (several lines); `choice`; `check`; `instant`
    (local wall time); `money`; `bills`: what the count room found, by instrument. Its name is the
    field of the command's body, so that a refusal's pointer finds it.
    """

    name: str
    label: Words
    kind: str = "text"
    hint: Words = ""
    required: bool = True
    choices: Sequence[Choice] = ()
    compared: str = ""
    """What chips are held against, row by row: the `last` count, or the last `closer`."""
    may_be_empty: bool = False
    quick: Sequence[int] = ()
    """Amounts in cents that one touch puts into a `money` field."""
    value: str = ""
    """What stands in it before anything is typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an action stands: the session, and the one thing on its page that it is about."""

    view: SessionView
    slip: SlipSheet | None = None
    drop: DropSheet | None = None
    exception: ExceptionSheet | None = None
    buy_in: BuyInSheet | None = None

    @property
    def target_id(self) -> UUID | None:
        for each in (self.slip, self.drop, self.exception, self.buy_in):
            if each is not None:
                return each.id
        return None

    def the_slip(self) -> SlipSheet:
        if self.slip is None:
            raise RuntimeError("the action is not about a slip")
        return self.slip

    def the_drop(self) -> DropSheet:
        if self.drop is None:
            raise RuntimeError("the action is not about a drop")
        return self.drop

    def the_buy_in(self) -> BuyInSheet:
        if self.buy_in is None:
            raise RuntimeError("the action is not about a buy-in")
        return self.buy_in


@dataclass(frozen=True, kw_only=True, slots=True)
class SignsToo:
    """One further signature on the form: in which role, or in which of several."""

    roles: tuple[Role, ...]
    required: bool = True
    why: Words = ""


def _no_fields(place: Place) -> tuple[Field, ...]:
    return ()


def _no_one(place: Place) -> tuple[SignsToo, ...]:
    return ()


def _by_command(place: Place) -> UUID | None:
    return place.target_id or place.view.session.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing a person can do on the page. `verb` is its button, `done` says that it was done.

    `about` is what it is done to: the `session`, a `slip`, a `drop`, an `exception`, a `buy-in`.
    `grave` asks once before it is sent. `signs_too` are signatures beyond those of the step's own
    line.
    """

    slug: str
    verb: Words
    done: Words
    about: str
    command: Callable[[Place], Command]
    step: Callable[[Place], str]
    said: Callable[[Mapping[str, Any], Place], Said]
    body: Callable[[Said], Any]
    offered: Callable[[Place], bool]
    fields: Callable[[Place], tuple[Field, ...]] = _no_fields
    signs_too: Callable[[Place], tuple[SignsToo, ...]] = _no_one
    path_id: Callable[[Place], UUID | None] = _by_command
    note: Words = ""
    grave: bool = False
    own_remark: bool = False
    """Whether its body is a remark itself, so that none is asked for beside it."""
    from_paper: bool = False
    """Whether it is entered from signed paper (BACK-1)."""

    def line(self, place: Place) -> Step:
        """Who calls and who signs: the step's line of SIGN-3, or from paper that of BACK-1."""
        step = STEPS[self.step(place)]
        plain = not self.from_paper or step.back_entry
        return step if plain else from_paper(step)

    def role(self, place: Place) -> Role | None:
        """The role in which the caller would take it, or None if none of theirs may."""
        return _role_in(self.line(place), place)

    def may_call(self, place: Place) -> bool:
        """Whether the caller's roles allow the step at all."""
        return self.role(place) is not None


def role_for(step: str, place: Place) -> Role | None:
    """The role in which the caller would take a step, or None if none of theirs may."""
    return _role_in(STEPS[step], place)


def _role_in(step: Step, place: Place) -> Role | None:
    try:
        return acting_role(step=step, roles=place.view.caller.roles, wanted=None)
    except Refused:
        return None


def nothing_said(typed: Mapping[str, Any], place: Place) -> Said:
    """An action that says all it has to say by its address."""
    return {}


def only(*names: str) -> Callable[[Mapping[str, Any], Place], Said]:
    """A body of just the typed fields of these names, left out where nothing was typed."""

    def said(typed: Mapping[str, Any], place: Place) -> Said:
        return {name: typed[name] for name in names if typed.get(name) is not None}

    return said


def as_uuid(text: str | None) -> UUID | None:
    """An id as a body holds it, or None where there is none."""
    return UUID(text) if text else None
