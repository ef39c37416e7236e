"""How figures are written: money, chips, instants, ages. Unknown is `N/A`, never a zero (LESSON-2).

Money has a true minus sign and shows its cents where they are not zero, or where figures are
compared one below the other.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tablebank.domain.gaming_day import Shift

MINUS = "\N{MINUS SIGN}"
UNKNOWN = "N/A"

_SYMBOL: Mapping[str, str] = {"USD": "$", "CAD": "$", "AUD": "$", "EUR": "€", "GBP": "£"}


def money(
    cents: int | None, *, currency: str = "USD", exact: bool = False, signed: bool = False
) -> str:
    """An amount as it is read: `$1,234.50`, `−$28,000`; None is `N/A`.

    `exact` writes the cents even where they are zero, `signed` a plus before what is above zero.
    """
    if cents is None:
        return UNKNOWN
    whole, rest = divmod(abs(cents), 100)
    sign = MINUS if cents < 0 else "+" if signed and cents > 0 else ""
    return f"{sign}{symbol(currency)}{whole:,}" + (f".{rest:02d}" if exact or rest else "")


def symbol(currency: str) -> str:
    """What stands before an amount: the currency's sign, else its code."""
    return _SYMBOL.get(currency, f"{currency} " if currency else "")


def number(value: int | None, *, signed: bool = False) -> str:
    """A count of pieces with a true minus sign; None is `N/A`."""
    if value is None:
        return UNKNOWN
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):,}"


def age(since: datetime | None, *, now: datetime) -> str:
    """How long ago, in the two largest units: `6 min`, `4 h 12 min`, `3 d 2 h`; None is empty."""
    if since is None:
        return ""
    minutes = max(timedelta(), now - since) // timedelta(minutes=1)
    if minutes < 1:
        return "just now"
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes} min"


def wall(instant: datetime, *, zone: str) -> str:
    """An instant on the casino's wall, to the second: `2 Mar 06:30:12`."""
    return f"{instant.astimezone(ZoneInfo(zone)):%-d %b %H:%M:%S}"


def shift_in_words(shift: Shift, *, zone: str) -> str:
    """A shift as people choose it: `SWING · Mon 2 Mar 14:00–22:00`."""
    starts, ends = (each.astimezone(ZoneInfo(zone)) for each in (shift.starts_at, shift.ends_at))
    return f"{shift.code} · {starts:%a %-d %b %H:%M}–{ends:%H:%M}"
