"""What people on a floor say, as the wire wants it: chips by colour, wall times, dollars.

`chips("20 black, 40 green")` is a chipset; `at("14:05")` an instant of the cast's gaming day;
`dollars("1,250")` whole cents. Nothing here knows a rule.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "America/New_York"
DAY = date(2026, 3, 2)
"""The gaming day the cast works on: a Monday, no clock change near."""
DAY_STARTS = time(6, 0)

COLOURS: Mapping[str, int] = {
    "white": 100,
    "red": 500,
    "green": 2_500,
    "black": 10_000,
    "purple": 50_000,
    "yellow": 100_000,
    "brown": 500_000,
}
_STACK = re.compile(r"([\d,]+)\s+([a-z]+)")


def chips(said: str) -> dict[str, int]:
    """A chipset from words: `chips("20 black, 40 green")`; `chips("")` is an empty tray."""
    counted: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in re.split(r",\s+|;", said))):
        found = _STACK.fullmatch(part)
        if found is None:
            raise ValueError(f"{part!r} is no stack of chips")
        quantity, colour = found.groups()
        code = str(COLOURS[colour])
        counted[code] = counted.get(code, 0) + int(quantity.replace(",", ""))
    return counted


def worth(said: str) -> int:
    """What chips said in words are worth, in cents."""
    return sum(int(code) * quantity for code, quantity in chips(said).items())


def dollars(said: str) -> int:
    """Whole cents from dollars: `dollars("-1,250.50")`."""
    amount = re.fullmatch(r"(-?)([\d,]+)(?:\.(\d\d))?", said)
    if amount is None:
        raise ValueError(f"{said!r} is no amount")
    sign, whole, cents = amount.groups()
    total = int(whole.replace(",", "")) * 100 + int(cents or 0)
    return -total if sign else total


def moment(said: str, *, day: date = DAY, zone: str = ZONE) -> datetime:
    """The instant of a wall time in a gaming day: before 06:00 it is the next morning."""
    clock = time.fromisoformat(said)
    on = day if clock >= DAY_STARTS else day + timedelta(days=1)
    return datetime.combine(on, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def at(said: str, *, day: date = DAY, zone: str = ZONE) -> str:
    """The same as the wire says it: `at("06:05")` is `2026-03-02T11:05:00Z`."""
    return spoken(moment(said, day=day, zone=zone))


def spoken(instant: datetime) -> str:
    """An instant as the wire says it: UTC, ending in Z."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
