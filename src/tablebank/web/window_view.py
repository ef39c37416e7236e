"""A window as it stands on the page: one mark a number, and the proof behind it (BASE-6).

The words that 04-screens fixes are written here and nowhere else: what is bootstrapped, partial or
an estimate says so in them, and an unknown result is `N/A` with its reason and the next step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tablebank.domain.windows.asked import (
    CloseOn,
    Coverage,
    DropSource,
    OpeningSource,
    Why,
    WinLoss,
)
from tablebank.domain.windows.totals import WindowTotals, totals_of
from tablebank.queries.windows import WindowRow
from tablebank.web import words
from tablebank.web.figures import CLOCK, DAY_AND_CLOCK, dated
from tablebank.web.words import Words

BOOTSTRAPPED = gettext_lazy("Bootstrapped from par target (first shift)")
PARTIAL = gettext_lazy("Partial window (baseline mid-shift)")
ESTIMATE = gettext_lazy("Estimate")

SOURCE: Mapping[str, Words] = {
    OpeningSource.VERIFIED_OPEN: gettext_lazy("Opening count"),
    OpeningSource.PRIOR_COUNT: gettext_lazy("Last count before the start"),
    OpeningSource.PAR_TARGET: BOOTSTRAPPED,
    OpeningSource.EARLIEST_IN_WINDOW: gettext_lazy("First count inside the window"),
    OpeningSource.NONE: gettext_lazy("No count"),
}
CLOSED_ON: Mapping[str, Words] = {
    CloseOn.COUNT: gettext_lazy("Last count inside the window"),
    CloseOn.OBSERVATION: gettext_lazy("Read by eye: an estimate"),
}
DROP_FROM: Mapping[str, Words] = {
    DropSource.COUNTED: gettext_lazy("Counted in the count room"),
    DropSource.ESTIMATE: gettext_lazy("Buy-ins noted or read by eye: an estimate"),
    DropSource.NO_PLAY: gettext_lazy("No play between the two counts"),
}
WHY: Mapping[str, Words] = {
    **words.REASON,
    Why.NO_COUNT_BEFORE: gettext_lazy("No count at or before the start"),
    Why.LATEST_COUNT_NO_OPENING: gettext_lazy("The latest count before the start is no opener"),
    Why.PAR_ATTESTED_LEFT_OUT: gettext_lazy("A tray attested at par was left out, as asked"),
    Why.BOOTSTRAP_LEFT_OUT: gettext_lazy("The par target was left out, as asked"),
    Why.NO_PAR_IN_FORCE: gettext_lazy("Target need not configured"),
    Why.NO_COUNT_IN_WINDOW: gettext_lazy("No count inside the window"),
    Why.NO_CLOSING_COUNT: gettext_lazy("No count after the opening one"),
    Why.OPENER_NOT_COUNTED: gettext_lazy("Opening count required"),
    Why.SESSION_REACHES_OUT: gettext_lazy("A session reaches beyond the window: its drop too"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a row's proof: what it is, the amount, where it came from, where to look."""

    name: str
    cents: int | None
    source: str
    at: datetime | None = None
    is_target: bool = False
    is_none: bool = False
    """No slip was made out, or no box took anything: a zero that is known, and says so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What to do next about an unknown result, and where."""

    words: str
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowView:
    """A table's row: its figures, the one mark beside its result, the proof behind it."""

    table_id: UUID
    code: str
    game: str
    answer: WinLoss
    mark: str
    next_step: Step | None
    lines: Sequence[Line]
    whys: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PitView:
    """A pit's rows and what they come to together."""

    name: str
    rows: Sequence[RowView]
    totals: WindowTotals
    told: str


def pits_of(rows: Sequence[WindowRow]) -> list[PitView]:
    """The rows by pit, each pit with its sum."""
    found: dict[str, list[WindowRow]] = {}
    for row in rows:
        found.setdefault(row.table.pit, []).append(row)
    return [_pit(name, mine) for name, mine in found.items()]


def _pit(name: str, rows: Sequence[WindowRow]) -> PitView:
    totals = totals_of(row.answer for row in rows)
    return PitView(
        name=name, rows=[row_view(row) for row in rows], totals=totals, told=told(totals)
    )


def told(totals: WindowTotals) -> str:
    """What is in a sum and what is not, in words: never silently partial (LESSON-2)."""
    said: list[str] = []
    counts: list[int] = []
    if totals.known:
        said.append(ngettext("%(count)s table added", "%(count)s tables added", totals.known))
        counts.append(totals.known)
    for count, words_of in (
        (totals.estimated, _("%(count)s of them estimated")),
        (totals.unknown, _("%(count)s unknown")),
        (totals.partial, _("%(count)s partial, not added")),
        (totals.since, _("%(count)s begun before, not added")),
        (totals.not_in_play, _("%(count)s not in play")),
    ):
        if count:
            said.append(words_of)
            counts.append(count)
    return " · ".join(each % {"count": count} for each, count in zip(said, counts, strict=True))


def row_view(row: WindowRow) -> RowView:
    """One table as the page shows it."""
    found = row.answer
    return RowView(
        table_id=row.table.id,
        code=row.table.code,
        game=str(words.said(words.GAME, row.table.game_type)) if row.table.game_type else "",
        answer=found,
        mark=mark(found),
        next_step=_next_step(row),
        lines=_lines(found),
        whys=[str(words.said(WHY, reason)) for reason in dict.fromkeys(found.reasons)],
    )


def mark(found: WinLoss) -> str:
    """The one provenance mark beside a result (06-look): why it is unknown, else what it is."""
    if found.win_loss_cents is None:
        return _why_unknown(found)
    if found.opening_source is OpeningSource.PAR_TARGET:
        return str(BOOTSTRAPPED)
    if found.coverage_type is Coverage.PARTIAL:
        return str(PARTIAL)
    if found.estimated:
        return str(ESTIMATE)
    if found.since is not None:
        return _since(found.since, found)
    return ""


def _why_unknown(found: WinLoss) -> str:
    if "COUNTS_BLIND" in found.reasons:
        return str(words.said(WHY, "COUNTS_BLIND"))
    if not found.in_play:
        return _("Not in play")
    if _wants_opener(found):
        return _("Opening count required")
    if found.closing_source is None:
        return _("No count since")
    pending = {"COUNT_PENDING", "BOXES_OUTSTANDING"} & set(found.reasons)
    if pending:
        return _("Pending count")
    drop = [reason for reason in found.reasons if reason in _ABOUT_DROP]
    return str(words.said(WHY, drop[0])) if drop else _("Drop not known")


def _wants_opener(found: WinLoss) -> bool:
    """Whether what is missing first is a count of the tray at the opening."""
    missing = Why.OPENER_NOT_COUNTED in found.reasons
    return missing or found.opening_source is OpeningSource.NONE


_ABOUT_DROP = (Why.DROP_SHARED, "BOX_OLDER_THAN_OPENER", "NO_BOX")


def _since(at: datetime, found: WinLoss) -> str:
    local = timezone.localtime(at)
    to = found.measured_to
    same_day = to is not None and timezone.localtime(to).date() == local.date()
    return _("since %(time)s") % {"time": dated(local, CLOCK if same_day else DAY_AND_CLOCK)}


def _next_step(row: WindowRow) -> Step | None:
    if row.answer.win_loss_cents is not None or not row.answer.in_play:
        return None
    href = reverse("table", args=[row.table.id])
    if _wants_opener(row.answer):
        return Step(words=_("Record opening count"), href=href)
    if row.answer.closing_source is None:
        return Step(words=_("Record interim count"), href=href)
    return None


def _lines(found: WinLoss) -> list[Line]:
    """The five terms, each with its source; fills are subtracted, credits added."""
    is_par = found.opening_source is OpeningSource.PAR_TARGET
    return [
        Line(
            name=_("Opening"),
            cents=found.opening_bankroll_cents,
            source=str(words.said(SOURCE, found.opening_source)),
            at=found.par.approved_at if is_par else found.opening_at,
            is_target=is_par,
        ),
        Line(
            name=_("Fills"),
            cents=None if found.fills_total_cents is None else -found.fills_total_cents,
            source=_("Verified at the table between the two"),
            is_none=found.fills_total_cents == 0,
        ),
        Line(
            name=_("Credits"),
            cents=found.credits_total_cents,
            source=_("Picked up between the two"),
            is_none=found.credits_total_cents == 0,
        ),
        Line(
            name=_("Closing"),
            cents=found.closing_bankroll_cents,
            source=str(words.said(CLOSED_ON, found.closing_source)) if found.closing_source else "",
            at=found.closing_at,
        ),
        Line(
            name=_("Drop"),
            cents=found.drop_total_cents,
            source=str(words.said(DROP_FROM, found.drop_source)) if found.drop_source else "",
            is_none=found.drop_source is DropSource.NO_PLAY,
        ),
    ]
