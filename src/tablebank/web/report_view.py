"""A report as people read it: columns with their words, cells with what is to be said of them.

A figure that is not known is `N/A`, what is known of it stands below it, and its reasons too
(LESSON-2). Amounts stand without their currency, which is said once above them: in a column a known
zero is then told from an unknown at a glance.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tablebank.queries.reports.kind import Asked, Column, Kind, Made, Part
from tablebank.web import figures
from tablebank.web.report_words import BESIDE, COLUMN, PART, SAID, TARGETS
from tablebank.web.written import current

FIGURES = frozenset({Kind.MONEY, Kind.COUNT, Kind.SHARE})
NOTHING = "–"
"""A text that there is not."""
LEADS_TO: Mapping[str, str] = {
    "session_id": "session",
    "slip_id": "slip-paper",
    "table_id": "table",
}
"""The page that a line's record is on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CellView:
    """One cell: what it says, what stands below it, and where it leads."""

    text: str
    note: str = ""
    href: str = ""
    is_figure: bool = False
    is_unknown: bool = False
    is_target: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadView:
    """The head of a column."""

    words: str
    is_figure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PartView:
    """A list of a report: its heads, its rows, and its totals below them."""

    name: str
    title: str
    heads: Sequence[HeadView]
    rows: Sequence[Sequence[CellView]]
    totals: Sequence[CellView] | None


def parts_of(made: Made) -> list[PartView]:
    """Every list of the report, in its order."""
    return [_part(each) for each in made.parts]


def _part(part: Part) -> PartView:
    columns = _told(part, shown_columns(part.columns))
    totals = None
    if part.totals is not None:
        totals = _cells(part.totals, columns)
        totals = [CellView(text=_("Total")), *totals[1:]]
    return PartView(
        name=part.name,
        title=str(PART[part.name]),
        heads=[head_of(each) for each in columns],
        rows=[_cells(each, columns) for each in part.items],
        totals=totals,
    )


def _told(part: Part, columns: Sequence[Column]) -> list[Column]:
    """Without the columns of words that say nothing in any row; figures always stay (LESSON-2)."""
    rows = part.items if part.totals is None else (*part.items, part.totals)
    return [
        each
        for each in columns
        if each.kind in FIGURES
        or not rows
        or any(text_of(getattr(row, each.name), each) != NOTHING for row in rows)
    ]


def head_of(column: Column) -> HeadView:
    """The head of a column, figures to the right."""
    return HeadView(words=str(COLUMN[column.name]), is_figure=column.kind in FIGURES)


def shown_columns(columns: Sequence[Column]) -> list[Column]:
    """Those with a place of their own: no ids, and nothing that is said beside another figure."""
    names = {each.name for each in columns}
    beside = {one for name, others in BESIDE.items() if name in names for one in others}
    return [each for each in columns if each.kind is not Kind.RECORD and each.name not in beside]


def _cells(row: Any, columns: Sequence[Column]) -> list[CellView]:
    cells = [_cell(row, each) for each in columns]
    for name, page in LEADS_TO.items():
        found = getattr(row, name, None)
        if isinstance(found, UUID):
            at = next((n for n, each in enumerate(columns) if each.name in _LEADING), 0)
            href = reverse(page, args=[found])
            cells[at] = CellView(text=cells[at].text or "→", note=cells[at].note, href=href)
            break
    return cells


_LEADING = ("number", "table_code")
"""The columns that a line is opened by."""


def _cell(row: Any, column: Column) -> CellView:
    value = getattr(row, column.name)
    is_figure = column.kind in FIGURES
    return CellView(
        text=text_of(value, column),
        note=_note(row, column, is_unknown=value is None),
        is_figure=is_figure,
        is_unknown=is_figure and value is None,
        is_target=column.name in TARGETS and value is not None,
    )


def text_of(value: Any, column: Column) -> str:
    """A value as it is read; unknown figures are said to be, and never left out."""
    if column.name in TARGETS and value is None:
        return _("Target need not configured")
    if value is None:
        return str(figures.UNKNOWN) if column.kind in FIGURES else NOTHING
    said = SAID.get(column.name)
    if column.kind is Kind.TEXTS:
        return ", ".join(said(str(each)) if said else str(each) for each in value) or NOTHING
    return _WRITTEN[column.kind](said(str(value)) if said else value)


def _day(value: date) -> str:
    return figures.dated(value, "d MMM y")


def _instant(value: datetime) -> str:
    return figures.dated(timezone.localtime(value), "d MMM HH:mm")


def _bare(cents: int) -> str:
    sign = figures.MINUS if cents < 0 else ""
    return sign + current("").bare(abs(cents), exact=True)


def _number(value: int) -> str:
    return figures.number(value)


def _yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


_WRITTEN: Mapping[Kind, Callable[[Any], str]] = {
    Kind.MONEY: _bare,
    Kind.COUNT: _number,
    Kind.SHARE: figures.percent,
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: str,
    Kind.RECORD: str,
}


def _note(row: Any, column: Column, *, is_unknown: bool) -> str:
    """What stands below a figure: what is known of it, since when, and why it is not all."""
    told: list[str] = []
    for name in BESIDE.get(column.name, ()):
        value = getattr(row, name, None)
        if name.endswith("_since_day") and value is not None:
            told.append(_("since %(day)s") % {"day": _day(value)})
        elif not is_unknown or not value or (name == "unknown_results" and row.results == 1):
            continue
        elif name.endswith("_cents"):
            told.append(_("known %(amount)s") % {"amount": _bare(value)})
        elif name == "reasons":
            # One says what to look at; the files have them all.
            told.append(SAID["reasons"](value[0]))
        else:
            said = ngettext("%(count)s unknown", "%(count)s unknown", value)
            told.append(said % {"count": figures.number(value)})
    return " · ".join(told)


def said_of(asked: Asked) -> str:
    """Of what a report is, in words: its days, shift and pit."""
    said = _day(asked.first_day)
    if asked.last_day != asked.first_day:
        said += f" – {_day(asked.last_day)}"
    more = [asked.shift.code if asked.shift else "", asked.pit or ""]
    return " · ".join([said, *(each for each in more if each)])
