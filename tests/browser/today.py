"""A casino that works today, and its tables.

Its gaming day began some hours ago, whatever time it is. So what is pressed in a page happens now,
between what the test has done through the interface before it and after it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.line import Line

PASSWORD = "chips and salt"


@dataclass(kw_only=True, slots=True)
class TableNow(AtTable):
    """A table whose facts happen now, as those do that are told by a page."""

    def when(self, at: str | None) -> datetime:
        if at is not None:
            raise ValueError("here things happen now")
        return timezone.now()


def found_today(line: Line, *, mode: str = "INVENTORY_COUNT", **settings: Any) -> Casino:
    """A casino in the middle of its first shift; everybody has a password."""
    began = timezone.now() - timedelta(hours=3)
    casino = found(
        mode=mode,
        simulated=False,
        timezone_name="UTC",
        starts=time(began.hour),
        settings=settings,
        line=line,
        password=PASSWORD,
    )
    casino.now = timezone.now()
    return casino


def table_in(casino: Casino, **more: Any) -> TableNow:
    """A table with a box on it."""
    casino.now = timezone.now()
    return TableNow(casino=casino, table=a_table(casino, **more).table)
