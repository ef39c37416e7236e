"""The chart of a recommendation: fills per shift, as they were and with the proposed target.

One square is one fill: a full one that would still have been made, a hollow one that would have
been spared. Shifts stand on their zero line, day beside day; where nothing is known there is a gap
and no line, never an empty shift. It is a table that is drawn: read aloud it says each figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tablebank.domain.recommendations.evidence import LeftOut
from tablebank.web import words
from tablebank.web.advice_words import LEFT_OUT
from tablebank.web.figures import dated

MONDAY = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One shift of one gaming day: how many squares of each kind, and what they say."""

    words: str
    made: range = range(0)
    spared: range = range(0)
    uncounted: range = range(0)
    """Fills of a shift that is no evidence: they were made, and nothing is said of after."""
    is_played: bool = True
    is_known: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """One shift of the day over all gaming days, with its sums."""

    shift_code: str
    bars: Sequence[Bar]
    before: int
    """Fills of the shifts that are evidence."""
    after: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayHead:
    """A gaming day over its column; `label` stands where a week begins."""

    words: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FillChart:
    """Everything the chart's template draws."""

    days: Sequence[DayHead]
    strips: Sequence[Strip]
    has_gaps: bool
    has_uncounted: bool
    has_after: bool
    is_tall: bool
    """Some shift was filled so often that its squares are drawn flatter."""


Point = Mapping[str, Any]
FLATTER_FROM = 9


def fill_chart(shifts: Mapping[str, Sequence[Any]], *, codes: Sequence[str]) -> FillChart | None:
    """The chart from the columns kept with a proposal; None where none was kept.

    `codes` is the order in which the casino's shifts follow each other in a gaming day.
    """
    points = [dict(zip(shifts, row, strict=True)) for row in zip(*shifts.values(), strict=True)]
    if not points:
        return None
    at = {(each["gaming_day"], each["shift_code"]): each for each in points}
    first, last = (date.fromisoformat(points[place]["gaming_day"]) for place in (0, -1))
    days = [first + timedelta(days=nth) for nth in range((last - first).days + 1)]
    known = [each for each in codes if any(code == each for _day, code in at)]
    rows = list(dict.fromkeys([*known, *(each["shift_code"] for each in points)]))
    most = max(each["fills_before"] or 0 for each in points)
    return FillChart(
        days=[_head(day, is_first=day == first) for day in days],
        strips=[_strip(code, [at.get((str(day), code)) for day in days]) for code in rows],
        has_gaps=any(each["fills_before"] is None for each in points),
        has_uncounted=any(_is_uncounted(each) for each in points),
        has_after=any(each["fills_after"] is not None for each in points),
        is_tall=most >= FLATTER_FROM,
    )


def _head(day: date, *, is_first: bool) -> DayHead:
    begins = is_first or day.weekday() == MONDAY
    return DayHead(words=dated(day), label=dated(day, "d MMM") if begins else "")


def _strip(code: str, points: Sequence[Point | None]) -> Strip:
    counted = [each for each in points if each is not None and each["left_out"] is None]
    after = [each["fills_after"] for each in counted]
    return Strip(
        shift_code=code,
        bars=[_bar(each) for each in points],
        before=sum(each["fills_before"] or 0 for each in counted),
        after=None if None in after or not after else sum(after),
    )


def _is_uncounted(point: Point) -> bool:
    return point["left_out"] is not None and point["fills_before"] is not None


def _bar(point: Point | None) -> Bar:
    if point is None:
        return Bar(words=_("not played"), is_played=False)
    before, after = point["fills_before"], point["fills_after"]
    if before is None:
        why = words.said(LEFT_OUT, point["left_out"] or LeftOut.FILLS_UNKNOWN)
        return Bar(words=why, is_known=False)
    fills = ngettext("%(count)s fill", "%(count)s fills", before) % {"count": before}
    if _is_uncounted(point):
        why = words.said(LEFT_OUT, point["left_out"])
        return Bar(words=f"{fills}, {why}", uncounted=range(before))
    if after is None:
        return Bar(words=fills, made=range(before))
    left = _("with the proposed target %(count)s") % {"count": after}
    return Bar(words=f"{fills}, {left}", made=range(after), spared=range(before - after))
