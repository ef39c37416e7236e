"""When things happen: the shifts of a gaming day (TIME-3), and when boxes are dropped (BOX-3)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import house, pits
from tablebank.domain.drop_schedule import GRACE_MINUTES, schedule_in_force
from tablebank.domain.establishment import DropScheduleRow, ShiftScheduleRow
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Line,
    Listing,
    Past,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
)
from tablebank.web.settings.reading import shift_names
from tablebank.web.settings.telling import (
    door,
    in_force_since,
    in_words,
    reason_field,
    who_wrote,
    why_written,
)
from tablebank.web.typed import Data

# -- shifts ----------------------------------------------------------------------------------------


def _clock(instant: datetime, book: Book) -> str:
    return f"{instant.astimezone(ZoneInfo(book.house.casino.timezone)):%H:%M}"


def _shifts_stand(book: Book) -> Data:
    shifts = book.house.calendar.shifts_of(book.today)
    found: dict[str, str] = {"effective_from_gaming_day": str(book.today + timedelta(days=1))}
    for index, shift in enumerate(shifts):
        code, start = shift_names(("shifts", index))
        found |= {code: shift.code, start: _clock(shift.starts_at, book)}
    return found


CHANGE_SHIFTS = Setting(
    slug="change-shifts",
    section="shifts",
    verb=gettext_lazy("Change the shifts"),
    done=gettext_lazy("The shifts are changed."),
    command=house.CHANGE_SHIFTS,
    said=lambda typed, book: {
        "effective_from_gaming_day": typed["effective_from_gaming_day"],
        "shifts": typed["shifts"],
    },
    body=lambda said: house.ChangeShifts(
        effective_from_gaming_day=date.fromisoformat(said["effective_from_gaming_day"]),
        shifts=said["shifts"],
    ),
    fields=lambda book: (
        Field(
            name="shifts",
            label=_("Shifts"),
            kind="shifts",
            hint=_("The first begins with the gaming day, at %(start)s; each ends with the next.")
            % {"start": f"{book.house.casino.gaming_day_start:%H:%M}"},
        ),
        Field(
            name="effective_from_gaming_day",
            label=_("From gaming day"),
            kind="day",
            hint=_("A coming one: shifts that have begun never move."),
        ),
    ),
    stands=_shifts_stand,
)


def _schedule_said(shifts: Sequence[Mapping[str, str]]) -> str:
    return ", ".join(f"{each['code']} {each['start']}" for each in shifts)


def _shifts_shown(book: Book) -> Shown:
    shifts = book.house.calendar.shifts_of(book.today)
    coming = _coming_shifts(book)
    return Shown(
        title=_("Shifts"),
        sentence=_("The named parts of a gaming day. They cover it without a gap."),
        lines=[
            *(
                Line(
                    name=shift.code,
                    value=f"{_clock(shift.starts_at, book)}–{_clock(shift.ends_at, book)}",
                )
                for shift in shifts
            ),
            *(
                Line(
                    name=_("From gaming day %(day)s")
                    % {"day": in_words(row.effective_from_gaming_day)},
                    value=_schedule_said(row.shifts),
                )
                for row in coming
            ),
        ],
        doors=door(CHANGE_SHIFTS, book),
        past=_shifts_past(book),
    )


def _coming_shifts(book: Book) -> list[ShiftScheduleRow]:
    rows = [
        row
        for row in book.house.schedules
        if row.recorded_by is not None and row.effective_from_gaming_day > book.today
    ]
    return sorted(rows, key=lambda row: (row.effective_from_gaming_day, row.recorded_at))


def _shifts_past(book: Book) -> list[Past]:
    if not book.tells_history:
        return []
    rows = sorted(book.house.schedules, key=lambda row: (row.recorded_at, row.id), reverse=True)
    return [
        Past(
            at=row.recorded_at,
            who=who_wrote(book, recorded_by=row.recorded_by, recorded_at=row.recorded_at),
            day=row.effective_from_gaming_day if row.recorded_by else None,
            what=[_schedule_said(row.shifts)],
            why=why_written(book, row.recorded_at),
        )
        for row in rows
    ]


def _shifts_summary(book: Book) -> Summary:
    says = [
        f"{shift.code} {_clock(shift.starts_at, book)}–{_clock(shift.ends_at, book)}"
        for shift in book.house.calendar.shifts_of(book.today)
    ]
    coming = _coming_shifts(book)
    said = _("They change from gaming day %(day)s.")
    since = said % {"day": in_words(coming[0].effective_from_gaming_day)} if coming else ""
    return Summary(says=[", ".join(says)], since=since)


SHIFTS = Section(
    slug="shifts",
    name=gettext_lazy("Shifts"),
    summary=_shifts_summary,
    shown=_shifts_shown,
    history=lambda book: [row.id for row in book.house.schedules],
)

# -- drops -----------------------------------------------------------------------------------------


def _drop_fields(book: Book) -> tuple[Field, ...]:
    everywhere = Choice(value="", words=_("Wherever a pit has none of its own"))
    return (
        Field(
            name="pit",
            label=_("Pit"),
            kind="choice",
            required=False,
            choices=(everywhere, *(Choice(value=each, words=each) for each in book.pits)),
        ),
        Field(
            name="at",
            label=_("Times on the casino's clock"),
            kind="times",
            required=False,
            hint=_("Such as 05:30, 13:30. Empty takes the schedule back: a pit has the casino's."),
        ),
        Field(
            name="window_minutes",
            label=_("Window in minutes"),
            kind="whole",
            hint=_("How long after each of these times boxes may be taken."),
        ),
        Field(
            name="grace_minutes",
            label=_("Grace in minutes"),
            kind="whole",
            hint=_("After the window and this, a box still on its table is late."),
        ),
        Field(name="effective_from_gaming_day", label=_("From gaming day"), kind="day"),
        reason_field(),
    )


def _drop_stands(book: Book) -> Data:
    row = schedule_in_force(book.drop_rows, pit=None, day=book.today)
    day = book.today + timedelta(days=1) if book.drop_rows else book.today
    return {
        "pit": "",
        "at": ", ".join(row.at) if row else "",
        "window_minutes": str(row.window_minutes if row else 60),
        "grace_minutes": str(row.grace_minutes if row else GRACE_MINUTES),
        "effective_from_gaming_day": str(day),
    }


def _drop_said(typed: Mapping[str, Any], book: Book) -> Said:
    return {name: each for name, each in typed.items() if each is not None}


def _drop_body(said: Said) -> pits.ChangeDropSchedule:
    day = date.fromisoformat(said["effective_from_gaming_day"])
    return pits.ChangeDropSchedule(**{**said, "effective_from_gaming_day": day})


CHANGE_DROPS = Setting(
    slug="change-drop-schedule",
    section="drops",
    verb=gettext_lazy("Change the drop schedule"),
    done=gettext_lazy("The drop schedule is changed."),
    command=pits.CHANGE_DROP_SCHEDULE,
    said=_drop_said,
    body=_drop_body,
    fields=_drop_fields,
    stands=_drop_stands,
    note=lambda book: _(
        "What replaces a schedule holds from a coming gaming day on; the first one may begin today,"
        " for what is left of it. A drop scheduled for one session goes before it."
    ),
    own_remark=True,
)


def _drop_row_said(row: DropScheduleRow) -> str:
    if not row.at:
        return _("Taken back") if row.pit is None else _("As in the casino")
    times = ", ".join(row.at)
    return _("At %(times)s, for %(window)s min and %(grace)s min of grace") % {
        "times": times,
        "window": row.window_minutes,
        "grace": row.grace_minutes,
    }


def _whose(pit: str | None) -> str:
    return pit if pit is not None else _("The casino")


def _drops_shown(book: Book) -> Shown:
    return Shown(
        title=_("Drop schedule"),
        sentence=_("When the boxes of a pit are taken, by the casino's clock."),
        listings=[
            Listing(
                title=_("In force today"),
                heads=(_("Where"), _("When"), _("Since")),
                rows=[_drop_row(pit, book) for pit in (None, *book.pits)],
                empty="",
            )
        ],
        lines=[
            Line(
                name=_("%(whose)s, from gaming day %(day)s")
                % {"whose": _whose(row.pit), "day": in_words(row.effective_from_gaming_day)},
                value=_drop_row_said(row),
            )
            for row in book.drop_rows
            if row.effective_from_gaming_day > book.today
        ],
        doors=door(CHANGE_DROPS, book),
        past=_drops_past(book),
    )


def _drop_row(pit: str | None, book: Book) -> Row:
    row = schedule_in_force(book.drop_rows, pit=pit, day=book.today)
    own = row is not None and row.pit == pit
    if row is None:
        said = _("No schedule")
    else:
        said = _drop_row_said(row) if own else _("As in the casino")
    return Row(
        cells=(
            Cell(text=_whose(pit)),
            Cell(text=said, needs=row is None),
            Cell(text=in_force_since(row.effective_from_gaming_day) if row and own else ""),
        )
    )


def _drops_past(book: Book) -> list[Past]:
    if not book.tells_history:
        return []
    rows = sorted(book.drop_rows, key=lambda row: (row.recorded_at, row.id), reverse=True)
    return [
        Past(
            at=row.recorded_at,
            who=who_wrote(book, recorded_by=row.recorded_by, recorded_at=row.recorded_at),
            day=row.effective_from_gaming_day,
            what=[f"{_whose(row.pit)}: {_drop_row_said(row)}"],
            why=row.reason or why_written(book, row.recorded_at),
        )
        for row in rows
    ]


def _drops_summary(book: Book) -> Summary:
    row = schedule_in_force(book.drop_rows, pit=None, day=book.today)
    own = [
        pit
        for pit in book.pits
        if (found := schedule_in_force(book.drop_rows, pit=pit, day=book.today))
        and found.pit == pit
    ]
    without = [
        pit
        for pit in book.pits
        if schedule_in_force(book.drop_rows, pit=pit, day=book.today) is None
    ]
    says = [f"{_whose(None)}: {_drop_row_said(row)}"] if row else []
    if own:
        says.append(_("Of their own: %(pits)s") % {"pits": ", ".join(own)})
    missing = []
    if without or not (row or own):
        missing.append(_("No schedule says when boxes are due."))
    return Summary(
        says=says,
        since=in_force_since(row.effective_from_gaming_day) if row else "",
        missing=missing,
    )


DROPS = Section(
    slug="drops",
    name=gettext_lazy("Drop schedule"),
    summary=_drops_summary,
    shown=_drops_shown,
    history=lambda book: [book.house.casino.id, *(row.id for row in book.drop_rows)],
)

SETTINGS = (CHANGE_SHIFTS, CHANGE_DROPS)
SECTIONS = (SHIFTS, DROPS)
