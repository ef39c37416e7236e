"""How well estimates of the drop do, per table: each beside what the count room found."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.charts.control import ControlWords, Limits, Share, control_picture
from tablebank.charts.ink import INKS
from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.estimates import ENOUGH, EstimateSource
from tablebank.domain.refusals import Refusal, Refused
from tablebank.queries.doors import View, reading
from tablebank.queries.estimates import LOOKBACK_DAYS, EstimateRow, estimate_rows
from tablebank.web.figures import dated, percent
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.trend_view import NARROW_PX, WIDE_PX, Picture
from tablebank.web.words import Words
from tablebank.web.written import write_as

SOURCE: dict[str, Words] = {
    EstimateSource.BUY_INS: gettext_lazy("Buy-ins noted"),
    EstimateSource.READING: gettext_lazy("Box read by eye"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedView:
    """One comparison as the table of figures has it."""

    day: Any
    estimate_cents: int
    counted_cents: int
    share: str
    is_signal: bool
    session_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class RowView:
    """A table's estimates of one kind: what they come to, the chart, the figures behind it."""

    row: EstimateRow
    source: str
    told: str
    signals: int
    picture: Picture
    compared: Sequence[ComparedView]


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Every table with estimates whose drop is counted, or the one that is asked for."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        asked = _table_asked(request)
        rows = estimate_rows(view, table_id=asked)
        with write_as(view.house):
            views = [_view_of(row, head=view.head or 0) for row in rows]
        context = {"rows": views, "days": LOOKBACK_DAYS, "one_table": asked is not None}
        return shown(request, view, "tablebank/estimates.html", context)


@signed_in
@never_cache
@require_safe
def picture(
    request: HttpRequest, credential: SessionCredential, table_id: UUID, source: str
) -> HttpResponse:
    """One chart as a picture: SVG, in the ink and the width that are asked for."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_EXCEPTIONS)
        rows = [each for each in estimate_rows(view, table_id=table_id) if each.source == source]
    if not rows:
        raise Refused(Refusal.NOT_FOUND)
    drawn = _drawn(
        rows[0], view, ink=request.GET.get("ink", ""), width=request.GET.get("width", "")
    )
    return HttpResponse(drawn, content_type="image/svg+xml")


def _table_asked(request: HttpRequest) -> UUID | None:
    """The table that is named; one that is no id asks for all."""
    try:
        return UUID(request.GET.get("table_id", ""))
    except ValueError:
        return None


def _view_of(row: EstimateRow, *, head: int) -> RowView:
    chart = row.chart
    address = reverse("estimates-picture", args=[row.table_id, str(row.source)])

    def at(ink: str, width: str) -> str:
        return f"{address}?{urlencode({'ink': ink, 'width': width, 'as': head})}"

    said = _("Estimate as a share of the counted drop, %(code)s, %(count)s comparisons")
    return RowView(
        row=row,
        source=str(SOURCE[row.source]),
        told=_told(row),
        signals=sum(chart.is_signal(each.share) for each in row.compared),
        picture=Picture(
            light=at("light", "wide"),
            dark=at("dark", "wide"),
            light_narrow=at("light", "narrow"),
            dark_narrow=at("dark", "narrow"),
            alt=said % {"code": row.table_code, "count": len(row.compared)},
        ),
        compared=[
            ComparedView(
                day=each.gaming_day,
                estimate_cents=each.estimate_cents,
                counted_cents=each.counted_cents,
                share=_percent(each.share),
                is_signal=chart.is_signal(each.share),
                session_id=each.session_ids[-1],
            )
            for each in row.compared
        ],
    )


def _told(row: EstimateRow) -> str:
    """Centre and limits in words; with too few comparisons, how many there are and are wanted."""
    chart = row.chart
    if chart.centre is None:
        said = _("%(count)s of the %(enough)s comparisons that limits need")
        return said % {"count": chart.points, "enough": ENOUGH}
    said = _("On average %(centre)s of the count; between %(lower)s and %(upper)s is usual here")
    return said % {
        "centre": _percent(chart.centre),
        "lower": _percent(chart.lower),
        "upper": _percent(chart.upper),
    }


def _percent(share: Decimal | None) -> str:
    """A share as it is read, without decimals; `N/A` where it cannot be told."""
    return _("N/A") if share is None else percent(str((share * 100).quantize(Decimal("0.1"))))


def _drawn(row: EstimateRow, view: View, *, ink: str, width: str) -> bytes:
    chart, casino = row.chart, view.house.casino
    limits = None
    if chart.centre is not None and chart.lower is not None and chart.upper is not None:
        limits = Limits(
            centre=float(chart.centre), lower=float(chart.lower), upper=float(chart.upper)
        )
    with timezone.override(ZoneInfo(casino.timezone)), write_as(view.house):
        return control_picture(
            [
                Share(
                    label=dated(each.gaming_day, "d MMM"),
                    share=None if each.share is None else float(each.share),
                    is_signal=chart.is_signal(each.share),
                )
                for each in row.compared
            ],
            limits,
            ControlWords(
                counted=_("counted"),
                centre=_("average"),
                limit=_("limit"),
                too_few=_told(row),
                percent=lambda share: percent(f"{share * 100:.0f}"),
            ),
            ink=INKS.get(ink, INKS["light"]),
            width_px=NARROW_PX if width == "narrow" else WIDE_PX,
        )
