"""Any record or answer as plain JSON values: what wire, journal and reports are made of."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
"""What is JSON already, which most values are."""


def plain(value: Any) -> Any:
    """A record or rundown as JSON values: ids and instants as text, unknown as null."""
    if type(value) in _AS_IT_IS:
        return value
    value = plainer(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def plainer(value: Any) -> Any:
    """One step towards `plain`: what is no JSON value, by what it is made of.

    For whoever writes JSON and meets such a value in passing: it need not be walked twice.
    """
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time | UUID | StrEnum):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    return value


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(record))
