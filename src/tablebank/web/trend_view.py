"""A shift hour by hour: the picture, and the same figures as a table for who does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tablebank.charts.ink import INKS
from tablebank.charts.trend import Panel, Point, TrendWords, trend_chart
from tablebank.documents.sheet import Drawing, Pictures
from tablebank.domain.windows.trend import Hour
from tablebank.queries.trends import Course, Trend
from tablebank.web.figures import CLOCK, dated, money

WIDE_PX, NARROW_PX = 1040, 330
PAPER_PX = 720


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Where the picture is to be had, light and dark, on a wide page and a narrow one."""

    light: str
    dark: str
    light_narrow: str
    dark_narrow: str
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HoursView:
    """The courses as tables, and the picture of them; without an hour there is neither."""

    courses: Sequence[Course]
    picture: Picture | None


def courses_of(trend: Trend, *, name: str, pit: str | None) -> list[Course]:
    """What is drawn: the house, under its `name`, and its pits; or one pit and its tables."""
    parts = trend.tables if pit is not None else trend.pits
    whole = Course(name=trend.whole.name or name, hours=trend.whole.hours)
    return [each for each in (whole, *parts) if each.hours]


def hours_view(
    courses: Sequence[Course], *, pit: str | None, asked: str, head: int | None
) -> HoursView:
    """The courses and their picture. `asked` is the window's own query; `head` the journal's
    number, by which a browser knows a newer picture."""
    picture = _picture(courses, pit=pit, asked=asked, head=head or 0) if courses else None
    return HoursView(courses=courses, picture=picture)


def _picture(courses: Sequence[Course], *, pit: str | None, asked: str, head: int) -> Picture:
    def at(ink: str, width: str) -> str:
        more = urlencode({**({"pit": pit} if pit else {}), "ink": ink, "width": width, "as": head})
        return f"{reverse('windows-picture')}?{asked}&{more}"

    return Picture(
        light=at("light", "wide"),
        dark=at("dark", "wide"),
        light_narrow=at("light", "narrow"),
        dark_narrow=at("dark", "narrow"),
        alt=_said(courses),
    )


def _said(courses: Sequence[Course]) -> str:
    said = _("Win/loss, change of the trays, fills and credits by the hour: %(names)s")
    return said % {"names": ", ".join(each.name for each in courses)}


def picture_of(courses: Sequence[Course], *, ink: str, width: str, currency: str) -> bytes:
    """The SVG of these courses; what is asked for and not there is drawn wide and light."""
    return trend_chart(
        [_panel(course) for course in courses],
        _words(currency),
        ink=INKS.get(ink, INKS["light"]),
        width_px=NARROW_PX if width == "narrow" else WIDE_PX,
    )


def pictures_on_paper(courses: Sequence[Course]) -> Pictures | None:
    """The same pictures for a sheet of paper: the first course across it, the others two abreast.

    Each is a drawing of its own, so that a page ends between two. Without an hour there is none.
    """
    words = _words(None)
    drawings = [
        Drawing(
            said=_said([course]),
            svg=trend_chart(
                [_panel(course)],
                words,
                ink=INKS["paper"],
                width_px=PAPER_PX // (1 if course is courses[0] else 2),
                outlines=True,
            ),
            is_wide=course is courses[0],
        )
        for course in courses
    ]
    if not drawings:
        return None
    return Pictures(
        title=_("Hour by hour"),
        note=_("Window win/loss, for operations: it is not the rundown."),
        drawings=drawings,
    )


def _words(currency: str | None) -> TrendWords:
    return TrendWords(
        win_loss=_("Win/loss"),
        tray_change=_("Tray change (not a result)"),
        fills=_("Fills"),
        credits=_("Credits"),
        nothing=_("Not known at any hour"),
        money=lambda cents: money(cents, currency=currency),
    )


def _panel(course: Course) -> Panel:
    return Panel(title=course.name, points=[_point(hour) for hour in course.hours])


def _point(hour: Hour) -> Point:
    totals = hour.totals
    return Point(
        label=dated(timezone.localtime(hour.end), CLOCK),
        win_loss_cents=totals.win_loss_cents,
        is_estimate=totals.estimated > 0,
        before_drop_cents=hour.before_drop_cents,
        fills_cents=hour.fills_cents,
        credits_cents=hour.credits_cents,
        is_fresh=0 < hour.in_play == hour.counted,
    )
