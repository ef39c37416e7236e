"""What request bodies are made of: instants, days, texts, cents, chips, and the common fields.

Everything is strict: a number is no text, a text no number, and an unknown field is refused.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
)

from tablebank.domain.money import MAX_CENTS
from tablebank.domain.papers import Paper
from tablebank.domain.terms import Role

B = TypeVar("B")


_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _an_instant(value: Any) -> Any:
    """RFC 3339 with its zone: a number, even as a text, would be read as seconds since 1970."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("is an instant such as 2026-03-01T14:02:00Z")
    return value


def _a_day(value: Any) -> Any:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("is a day such as 2026-03-01")
    return value


def _plain_text(value: Any) -> Any:
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("has a character that cannot be kept")
    return value


def _keepable(value: Any) -> Any:
    """What is told in the teller's own words: JSON that can be kept, hashed and read by anybody."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif type(each) is int and abs(each) > MAX_CENTS:
            raise ValueError("has a number that is too large")
        else:
            _plain_text(each)
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_an_instant)]
Day = Annotated[date, BeforeValidator(_a_day)]
Told = Annotated[Mapping[str, Any], BeforeValidator(_keepable)]
Text = Annotated[str, Field(max_length=2000), BeforeValidator(_plain_text)]
Code = Annotated[
    str, Field(min_length=1, max_length=64), BeforeValidator(_plain_text), AfterValidator(_said)
]
Reason = Annotated[
    str, Field(min_length=1, max_length=2000), BeforeValidator(_plain_text), AfterValidator(_said)
]
Whole = Annotated[StrictInt, Field(ge=-MAX_CENTS, le=MAX_CENTS)]
Cents = Whole
"""Signed here, so that a negative amount is refused as one and not as a wrong shape."""

Chips = Annotated[
    Any,
    Field(
        description="Chips by code, in pieces; a bare amount is the value chip of that many cents.",
        examples=[{"500": 40, "2500": 20}],
    ),
]


class Shape(BaseModel):
    """A JSON object with no fields but its own."""

    model_config = ConfigDict(extra="forbid")


class SignatureIn(Shape):
    """One further signer on the same device (SIGN-1)."""

    role: Role
    badge: Code
    pin: Annotated[str, Field(min_length=1, max_length=64)]


class PaperIn(Shape):
    """A signed paper that a fact is entered from: as it stands there, and why it comes now."""

    form: Code
    number: Code
    signed_by: Annotated[list[Code], Field(min_length=1, max_length=20)]
    reason: Reason

    def as_paper(self) -> Paper:
        return Paper(
            form=self.form,
            number=self.number,
            signed_by=tuple(self.signed_by),
            reason=self.reason,
        )


class CommandBody(Shape):
    """What every command may say besides its own fields."""

    occurred_at: Instant | None = None
    signatures: Annotated[list[SignatureIn], Field(max_length=20)] = []
    acting_role: Role | None = None
    remark: Text | None = None
    read_before: ClassVar[frozenset[str]] = frozenset()
    """Fields that were read into others before the body became the command's."""

    def as_body(self, body: type[B]) -> B:
        """The command's own body, field by field."""
        common = {*CommandBody.model_fields, *self.read_before}
        own = {name: getattr(self, name) for name in type(self).model_fields if name not in common}
        return body(**{name: _value(value) for name, value in own.items()})


class FloorBody(CommandBody):
    """What a fact of the floor may say besides: that it is entered from signed paper (BACK-1)."""

    paper: PaperIn | None = None
    read_before: ClassVar[frozenset[str]] = frozenset({"paper"})


def _value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, list):
        return tuple(_value(each) for each in value)
    return value
