"""What a jurisdiction profile is: rules as data, each with where it comes from.

A profile is one file beside this one and one line in `catalogue`. It may ask for more signatures
than the table of SIGN-3, never for fewer; what a casino may choose freely is in `settings`, and a
profile only says what its regulator would have there. A clause's standing says how it was read:
from the text, from a copy, from memory, or that none was found and the choice is ours.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from tablebank.domain.authority import Step
from tablebank.domain.settings import CreditFlow
from tablebank.domain.terms import ProfileCode, Role

T = TypeVar("T")
AT_ONCE = timedelta()


class Standing(StrEnum):
    """How a clause was read."""

    TEXT = "TEXT"
    COPY = "COPY"
    MEMORY = "MEMORY"
    OURS = "OURS"


class DropFrequency(StrEnum):
    """How often at least the boxes are dropped (DRP-06)."""

    EACH_SHIFT = "EACH_SHIFT"
    GAMING_DAY = "GAMING_DAY"
    TWO_GAMING_DAYS = "TWO_GAMING_DAYS"


class NumberSeries(StrEnum):
    """Over which time a form's number never repeats (FIL-05)."""

    CALENDAR_YEAR = "CALENDAR_YEAR"
    BUSINESS_YEAR = "BUSINESS_YEAR"
    FOR_EVER = "FOR_EVER"


class ToldBy(StrEnum):
    """How an opener's difference is told outside the pit."""

    SIGNED_REPORT = "SIGNED_REPORT"
    REGULATOR = "REGULATOR"


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value, and the clauses it comes from."""

    value: T
    clauses: tuple[str, ...]
    standing: Standing = Standing.TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Asks:
    """Whose signatures a step takes here, beyond its line in SIGN-3.

    `signatures` narrows the line's alternatives to these; in `also` each group is one further
    person, who acts in one of its roles.
    """

    signatures: tuple[tuple[Role, ...], ...] = ()
    also: tuple[tuple[Role, ...], ...] = ()
    clauses: tuple[str, ...]
    standing: Standing = Standing.TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class VarianceNotice:
    """From how many cents on an opener's difference is told outside the pit, and how soon."""

    at_least_cents: int
    by: ToldBy
    within: timedelta
    clauses: tuple[str, ...]
    standing: Standing = Standing.TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """One jurisdiction's rules, as a template. `deadlines`: how soon after it is raised a kind of
    finding is to be told to whom it concerns (FIND-5)."""

    code: ProfileCode
    template: str
    signers: Mapping[str, Asks]
    credit_flow: Cited[CreditFlow]
    team_minimum: Cited[int]
    drop_frequency: Cited[DropFrequency]
    number_series: Cited[NumberSeries]
    slip_parts: Cited[int]
    inventory_slip_parts: Cited[int]
    idle_recount_days: Cited[int] | None
    """After how many gaming days a table that stays shut is counted again; None: not asked."""
    variance_notices: tuple[VarianceNotice, ...]
    deadlines: Mapping[str, Cited[timedelta]]


def notice_deadline(profile: Profile, kind: str) -> timedelta | None:
    """How long after it was raised a finding of this kind is due, zero for at once; None where the
    profile sets no time (FIND-5)."""
    found = profile.deadlines.get(kind)
    return found.value if found else None


def step_under(profile: Profile, step: Step) -> Step:
    """The step as the profile asks for it: the line of SIGN-3, and what comes on top (SIGN-3)."""
    asks = profile.signers.get(step.name)
    if asks is None:
        return step
    return replace(step, signatures=asks.signatures or step.signatures, also=asks.also)


def asks_no_less(step: Step, asks: Asks) -> bool:
    """Whether every alternative holds one of the step's own: never fewer than SIGN-3."""
    return all(
        any(not Counter(line) - Counter(alternative) for line in step.signatures)
        for alternative in asks.signatures
    )
