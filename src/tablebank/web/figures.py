"""How figures are written: money, chips, instants, ages. Unknown is `N/A`, never a zero (LESSON-2).

Money has a true minus sign and shows its cents where they are not zero, or where figures are
compared one below the other. Amounts are written the casino's way (`written`), days and months in
the reader's language, on a clock of 24 hours.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tablebank.domain.gaming_day import Shift
from tablebank.web.written import current

MINUS = "\N{MINUS SIGN}"
UNKNOWN: str | Promise = gettext_lazy("N/A")

RACK = 100
"""The chips of a rack (PAR-10)."""

DAY, CLOCK, DAY_AND_CLOCK = "EEE d MMM", "HH:mm", "EEE d MMM HH:mm"
"""How days and times of day are written (Unicode's letters for dates): `Mon 2 Mar`, `14:05`."""


def money(
    cents: int | None, *, currency: str | None = None, exact: bool = False, signed: bool = False
) -> str:
    """An amount as it is read: `$1,234.50`, `−$28,000`; None is `N/A`.

    `exact` writes the cents even where they are zero, `signed` a plus before what is above zero.
    Without a currency it is the casino's own; with an empty one, a plain amount.
    """
    if cents is None:
        return str(UNKNOWN)
    return _sign(cents, signed=signed) + current(currency).amount(abs(cents), exact=exact)


def money_between(bounds: Mapping[str, int], *, currency: str | None = None) -> str:
    """The least and the most one may bet, with the currency once: `$25–5,000`."""
    how = current(currency)
    least, most = how.bare(bounds["min_cents"]), how.bare(bounds["max_cents"])
    return f"{how.before}{least}–{most}{how.after}"


def chip_in_words(key: str, *, currency: str | None = None, exact: bool = False) -> str:
    """A chip as it is called: its amount, or its code."""
    return money(int(key), currency=currency, exact=exact) if key.isdigit() else key


def number(value: int | None, *, signed: bool = False) -> str:
    """A count of pieces with a true minus sign; None is `N/A`."""
    if value is None:
        return str(UNKNOWN)
    return _sign(value, signed=signed) + current().digits(abs(value))


def stacks(pieces: int, *, stack_size: int) -> str:
    """Whole stacks in the pit's words, whole racks as such: `2 stacks`, `1 rack`; else nothing."""
    if pieces and pieces % RACK == 0:
        return ngettext("%(count)s rack", "%(count)s racks", pieces // RACK) % {
            "count": number(pieces // RACK)
        }
    if pieces and pieces % stack_size == 0:
        return ngettext("%(count)s stack", "%(count)s stacks", pieces // stack_size) % {
            "count": number(pieces // stack_size)
        }
    return ""


def percent(hundredths: str) -> str:
    """A share as it comes from the rundown (`75.05`), in the casino's writing: `75.05 %`."""
    return f"{hundredths.replace('.', current().decimal)} %".replace("-", MINUS)


def _sign(value: int, *, signed: bool) -> str:
    return MINUS if value < 0 else "+" if signed and value > 0 else ""


def age(since: datetime | None, *, now: datetime) -> str:
    """How long ago, in the two largest units: `6 min`, `4 h 12 min`, `3 d 2 h`; None is empty."""
    if since is None:
        return ""
    return _age(max(timedelta(), now - since) // timedelta(minutes=1), get_language())


@lru_cache(maxsize=4096)
def _age(minutes: int, language: str | None) -> str:
    if minutes < 1:
        return _("just now")
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    days, hours = divmod(hours, 24)
    if not days:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}


def dated(when: date | datetime, pattern: str = DAY) -> str:
    """A day, or an instant that is local already, in the reader's language: `Mon 2 Mar`."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - a day has no zone
    return _dated(when.replace(tzinfo=None), pattern, get_language() or "en")


@lru_cache(maxsize=4096)
def _dated(wall: datetime, pattern: str, language: str) -> str:
    return format_datetime(wall, pattern, locale=language.partition("-")[0])


def wall(instant: datetime, *, zone: str) -> str:
    """An instant on the casino's wall, to the second: `2 Mar 06:30:12`."""
    return dated(instant.astimezone(ZoneInfo(zone)), "d MMM HH:mm:ss")


def shift_in_words(shift: Shift, *, zone: str) -> str:
    """A shift as people choose it: `SWING · Mon 2 Mar 14:00–22:00`."""
    starts, ends = (each.astimezone(ZoneInfo(zone)) for each in (shift.starts_at, shift.ends_at))
    return f"{shift.code} · {dated(starts, DAY_AND_CLOCK)}–{ends:%H:%M}"
