"""Small words for the pure tests: a casino, its chips, a refusal that is expected."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from tablebank.domain.chips import VALUE, ChipList, chips_in_force, default_value_chips
from tablebank.domain.establishment import Casino, ChipType, ShiftScheduleRow
from tablebank.domain.gaming_day import Calendar
from tablebank.domain.refusals import Refusal, Refused

CASINO = UUID("01900000-0000-7000-8000-000000000001")
CASINO_NEXT_DOOR = UUID("01900000-0000-7000-8000-000000000002")
FOUNDED_AT = datetime(2026, 1, 5, 17, 0, tzinfo=UTC)
FOUNDING_DAY = date(2026, 1, 5)


def number(value: int) -> UUID:
    """An id with a small number in it, ordered like the number."""
    return UUID(int=value)


def instant(text: str) -> datetime:
    """`2026-03-01 14:02` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def casino(
    *, zone: str = "America/New_York", start: time = time(6), casino_id: UUID = CASINO
) -> Casino:
    return Casino(
        id=casino_id,
        slug="silver-fox",
        name="Silver Fox",
        timezone=zone,
        currency="USD",
        gaming_day_start=start,
        simulated=False,
        created_at=FOUNDED_AT,
    )


def calendar(
    *schedules: ShiftScheduleRow,
    zone: str = "America/New_York",
    start: time = time(6),
    casino_id: UUID = CASINO,
) -> Calendar:
    return Calendar(casino=casino(zone=zone, start=start, casino_id=casino_id), schedules=schedules)


def chip(
    code: str,
    cents: int,
    *,
    chip_set: str = VALUE,
    in_bank: bool = True,
    since: date = FOUNDING_DAY,
    recorded_at: datetime = FOUNDED_AT,
    row: int = 1,
) -> ChipType:
    return ChipType(
        id=number(row),
        casino_id=CASINO,
        code=code,
        cents=cents,
        colour="any",
        chip_set=chip_set,
        in_bank=in_bank,
        effective_from_gaming_day=since,
        recorded_at=recorded_at,
    )


DEFAULT_ROWS = tuple(
    chip(each.code, each.cents, chip_set=each.chip_set, in_bank=each.in_bank, row=row)
    for row, each in enumerate(default_value_chips())
)

HOUSE_ROWS = (
    *DEFAULT_ROWS,
    chip("50", 50, row=90),
    chip("250", 250, row=91),
    chip("PROMO-25", 2_500, chip_set="PROMO", in_bank=False, row=92),
    chip("NV-RED", 0, chip_set="NON_VALUE", row=93),
    chip("COIN-25", 25, chip_set="COIN", row=94),
)
"""The default chips, half dollars and $2.50s, and some that go by code."""


def house_chips() -> ChipList:
    return chips_in_force(HOUSE_ROWS, day=FOUNDING_DAY)


@dataclass
class Caught:
    """What a refusal said, once it was raised."""

    refused: Refused | None = None

    @property
    def pointers(self) -> list[str]:
        assert self.refused is not None
        return [error.pointer for error in self.refused.errors]

    @property
    def codes(self) -> list[str]:
        assert self.refused is not None
        return [error.code for error in self.refused.errors]

    @property
    def facts(self) -> dict[str, object]:
        assert self.refused is not None
        return dict(self.refused.facts)


@contextmanager
def refused(refusal: Refusal) -> Iterator[Caught]:
    """The block must be turned down for exactly this reason."""
    caught = Caught()
    with pytest.raises(Refused) as raised:
        yield caught
    caught.refused = raised.value
    assert raised.value.refusal is refusal
