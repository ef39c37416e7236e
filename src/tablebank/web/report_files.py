"""A report as a file: CSV, a workbook, or set in type, in the words of the page (S9, RET-02).

Numbers leave as numbers: amounts in whole units with their hundredths, instants on the casino's
wall. What is not known leaves as a text that says so, and never as an empty cell or a zero.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tablebank.documents.figures import Head, Listing, Style, Value, csv_of, xlsx_of
from tablebank.documents.press import pdf_of
from tablebank.documents.report import PrintedCell, PrintedList, ReportSheet
from tablebank.domain.credentials import Credential
from tablebank.domain.terms import Role
from tablebank.queries.doors import View, reading
from tablebank.queries.journal import head_of
from tablebank.queries.reports.asking import asked_from, report_called
from tablebank.queries.reports.files import MEDIA, Clock, FileWanted, Format, ReportFile
from tablebank.queries.reports.kind import Column, Kind, Made, Part, make
from tablebank.web import words
from tablebank.web.printed_form import Setting, frame_of, instant
from tablebank.web.printing import in_words_of, language_of
from tablebank.web.report_view import CellView, PartView, parts_of, said_of, text_of
from tablebank.web.report_words import ABOUT, COLUMN, PART, TITLE


def exported(credential: Credential, wanted: FileWanted, *, clock: Clock) -> ReportFile:
    """The report's file, made within one view of the casino (`queries.reports.files`)."""
    report = report_called(wanted.slug)
    with reading(credential, at=clock()) as view:
        view.only_for(report.readers)
        made = make(view, report, asked_from(view, report, wanted.said))
        with in_words_of(view.house, wanted.language):
            content = _MADE[wanted.format](view, made, wanted)
    asked = made.asked
    name = f"{report.slug}-{asked.first_day}"
    if asked.last_day != asked.first_day:
        name += f"-{asked.last_day}"
    return ReportFile(name=f"{name}.{wanted.format}", media=MEDIA[wanted.format], content=content)


def _csv(view: View, made: Made, wanted: FileWanted) -> bytes:
    """The part a report is about, alone."""
    return csv_of(_listing(made.parts[0], above=()))


def _xlsx(view: View, made: Made, wanted: FileWanted) -> bytes:
    return xlsx_of([_listing(each, above=_above(view, made)) for each in made.parts])


def _above(view: View, made: Made) -> list[str]:
    """Whose it is, of what, and as of when: each sheet says so by itself."""
    currency = view.house.casino.currency
    return [
        f"{view.house.casino.name}{_demo(view)}",
        str(TITLE[made.report.slug]),
        said_of(made.asked),
        str(ABOUT[made.report.slug]),
        _("Amounts in %(currency)s. Made %(when)s, as of journal entry %(number)d.")
        % {"currency": currency, "when": instant(made.made_at), "number": made.journal_number},
    ]


def _demo(view: View) -> str:
    return f" · {_('DEMO')}" if view.house.casino.simulated else ""


def _listing(part: Part, *, above: Sequence[str]) -> Listing:
    columns = [each for each in part.columns if each.kind is not Kind.RECORD]
    return Listing(
        name=str(PART[part.name]),
        above=above,
        heads=[Head(words=str(COLUMN[each.name]), style=_STYLES[each.kind]) for each in columns],
        rows=[[_value(row, each) for each in columns] for row in part.items],
        totals=[_value(part.totals, each) for each in columns] if part.totals else None,
    )


_STYLES: Mapping[Kind, Style] = {
    Kind.MONEY: Style.AMOUNT,
    Kind.COUNT: Style.WHOLE,
    Kind.SHARE: Style.SHARE,
    Kind.DAY: Style.DAY,
    Kind.INSTANT: Style.INSTANT,
    Kind.YES_NO: Style.TEXT,
    Kind.TEXT: Style.TEXT,
    Kind.TEXTS: Style.TEXT,
}


def _value(row: Any, column: Column) -> Value:
    value = getattr(row, column.name)
    if value is None or column.kind in (Kind.TEXT, Kind.TEXTS, Kind.YES_NO):
        return text_of(value, column)
    return _TYPED[column.kind](value)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value).replace(tzinfo=None, microsecond=0)


def _same_day(value: date) -> date:
    return value


_HUNDREDTH = Decimal("0.01")
_TYPED: Mapping[Kind, Callable[[Any], Value]] = {
    Kind.MONEY: lambda cents: (Decimal(cents) / 100).quantize(_HUNDREDTH),
    Kind.COUNT: int,
    Kind.SHARE: lambda value: Decimal(value) / 100,
    Kind.DAY: _same_day,
    Kind.INSTANT: _local,
}


def _pdf(view: View, made: Made, wanted: FileWanted) -> bytes:
    slug = made.report.slug
    head = head_of(view.cursor, view.casino_id)
    sheet = ReportSheet(
        frame=frame_of(_setting(view, wanted), reverse("report", args=[slug])),
        heading=str(TITLE[slug]),
        about=str(ABOUT[slug]),
        of=said_of(made.asked),
        notes=[_("Amounts in %(currency)s.") % {"currency": view.house.casino.currency}],
        lists=[_printed(each) for each in parts_of(made)],
        evidence=[
            _("As of journal entry %(number)d, whose hash is %(hash)s.")
            % {"number": head.number, "hash": head.hash}
        ],
        places=[words.said(words.ROLE, role) for role in (Role.PIT_MANAGER, Role.ACCOUNTING)],
    )
    return pdf_of(sheet, at=view.now)


def _setting(view: View, wanted: FileWanted) -> Setting:
    caller = view.caller.staff
    return Setting(
        property=view.house.casino.name,
        simulated=view.house.casino.simulated,
        language=wanted.language or language_of(view.house),
        paper=view.house.settings.paper,
        site=wanted.site,
        printed_at=view.now,
        printed_by=f"{caller.name} {caller.badge}",
        licences={},
    )


def _printed(part: PartView) -> PrintedList:
    return PrintedList(
        title=part.title,
        head=[each.words for each in part.heads],
        figures=[each.is_figure for each in part.heads],
        rows=[[_printed_cell(each) for each in row] for row in part.rows],
        totals=[_printed_cell(each) for each in part.totals or ()],
        empty=_("Nothing in it."),
    )


def _printed_cell(cell: CellView) -> PrintedCell:
    return PrintedCell(text=cell.text, note=cell.note, target=cell.is_target)


_MADE: Mapping[Format, Callable[[View, Made, FileWanted], bytes]] = {
    Format.CSV: _csv,
    Format.XLSX: _xlsx,
    Format.PDF: _pdf,
}
