"""A record as JSON: walked beforehand or met in passing, it is the same text."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from tablebank.domain.plain import plain, plainer
from tablebank.domain.terms import Basis


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    at: datetime
    inside: Any
    unknown_cents: int | None


_PLAIN = some.none() | some.booleans() | some.integers() | some.text(max_size=5)
_MADE = (
    some.uuids()
    | some.datetimes(timezones=some.just(UTC))
    | some.dates()
    | some.times()
    | some.sampled_from(Basis)
)
_NESTED = some.recursive(
    _PLAIN | _MADE,
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.lists(inner, max_size=3).map(tuple)
        | some.dictionaries(some.text(max_size=3), inner, max_size=3).map(MappingProxyType)
        | some.builds(
            _Kept,
            at=some.datetimes(timezones=some.just(UTC)),
            inside=inner,
            unknown_cents=some.none() | some.integers(),
        )
    ),
    max_leaves=12,
)


@given(_NESTED)
def test_a_value_met_in_passing_is_written_as_one_walked_beforehand(value: Any) -> None:
    """LESSON-2: what is unknown is null on either way, never left out and never 0."""
    assert json.dumps(value, default=plainer) == json.dumps(plain(value))


def test_a_record_is_written_by_its_fields() -> None:
    """Ids and instants as text, in UTC with Z; keys that are ids as text too."""
    table = UUID("0190a5f2-0000-7000-8000-000000000001")
    kept = _Kept(
        at=datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        inside=MappingProxyType({table: (date(2026, 11, 1), time(4, 0), Basis.COUNTED)}),
        unknown_cents=None,
    )
    assert plain(kept) == {
        "at": "2026-11-01T05:30:00Z",
        "inside": {str(table): ["2026-11-01", "04:00:00", "COUNTED"]},
        "unknown_cents": None,
    }
    assert json.dumps(kept, default=plainer) == json.dumps(plain(kept))
