"""How a window came about, hour by hour: the same measure at each hour's end, and what was moved.

No formula of its own: at each hour stands what the window said by then (`Window.upto`), from the
latest counts there were; of how many tables they were made within the hour is said beside it. What
was not known at an hour is None there, never 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tablebank.domain.money import sum_known
from tablebank.domain.windows.asked import WinLoss
from tablebank.domain.windows.moved import Moved
from tablebank.domain.windows.totals import WindowTotals, totals_of

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hour:
    """What some tables had come to together by the end of an hour, in whole cents."""

    start: datetime
    end: datetime
    totals: WindowTotals
    before_drop_cents: int | None
    """The change of their trays, which is no result (RUN-2); None unless it is known of all."""
    fills_cents: int
    """What reached the trays within the hour, by its tray instant (SLIP-12)."""
    credits_cents: int
    counted: int
    """Of the tables in play, those whose tray was counted or read within the hour."""
    in_play: int


def hours_between(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The hours from one instant to another, counted from the first; the last may be shorter."""
    hours = []
    while start < end:
        following = min(start + AN_HOUR, end)
        hours.append((start, following))
        start = following
    return hours


def hour_of(
    rows: Iterable[WinLoss], moved: Sequence[Moved], *, start: datetime, end: datetime
) -> Hour:
    """The hour of these tables: their windows as far as its end, and what slips moved within it."""
    every = list(rows)
    asked = [row for row in every if row.in_play or row.before_drop_cents is not None]
    changes = [row.before_drop_cents if row.is_whole else None for row in asked]
    return Hour(
        start=start,
        end=end,
        totals=totals_of(every),
        before_drop_cents=sum_known(changes) if asked else None,
        fills_cents=sum(each.fills_cents for each in moved),
        credits_cents=sum(each.credits_cents for each in moved),
        counted=sum(row.measured_to is not None and row.measured_to > start for row in asked),
        in_play=len(asked),
    )
