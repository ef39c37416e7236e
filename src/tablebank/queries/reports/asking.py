"""What somebody asks a report for, from what they said: one place for pages, files and programs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY, Shift
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.windows.asked import Baselines
from tablebank.queries.doors import View
from tablebank.queries.reports.catalogue import BY_SLUG
from tablebank.queries.reports.kind import Asked, Filter, Report

LONGEST_DAYS = 366
"""So many gaming days a report is of at most; a longer history is asked for piece by piece."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What was said; without a day the one that runs, without a last day the first alone."""

    gaming_day: date | None = None
    to_gaming_day: date | None = None
    shift_id: UUID | None = None
    pit: str | None = None
    baseline: Baselines = Baselines.ALL


def report_called(slug: str) -> Report:
    """The report of this name; refuses NOT_FOUND where there is none."""
    report = BY_SLUG.get(slug)
    if report is None:
        raise Refused(Refusal.NOT_FOUND, {"report": slug})
    return report


def asked_from(view: View, report: Report, said: Said) -> Asked:
    """What is asked for; refuses SHAPE what this report cannot be asked, or days out of order, and
    REFERENCE_UNKNOWN a shift that is none of this casino's (TEN-1)."""
    errors = [
        _wrong(name, "This report is not asked by it.")
        for name, value in (
            (Filter.TO_DAY, said.to_gaming_day),
            (Filter.SHIFT, said.shift_id),
            (Filter.PIT, said.pit),
            (Filter.BASELINE, None if said.baseline is Baselines.ALL else said.baseline),
        )
        if value is not None and name not in report.filters
    ]
    shift = _shift(view, said)
    first = said.gaming_day or (shift.gaming_day if shift else view.today)
    last = said.to_gaming_day or first
    if not FIRST_DAY <= first <= LAST_DAY:
        errors.append(_wrong("gaming_day", "There is no such gaming day."))
    elif not 0 <= (last - first).days < LONGEST_DAYS:
        words = f"The last gaming day lies 0 to {LONGEST_DAYS - 1} days after the first."
        errors.append(_wrong("to_gaming_day", words))
    if shift is not None and not first <= shift.gaming_day <= last:
        errors.append(_wrong("shift_id", "The shift is not of this gaming day."))
    if errors:
        raise Refused(Refusal.SHAPE, errors=errors)
    return Asked(first_day=first, last_day=last, shift=shift, pit=said.pit, baselines=said.baseline)


def _shift(view: View, said: Said) -> Shift | None:
    if said.shift_id is None:
        return None
    shift = view.house.calendar.shift_by_id(said.shift_id)
    if shift is None:
        error = FieldError("/shift_id", Refusal.REFERENCE_UNKNOWN.name, "No such shift here.")
        raise Refused(Refusal.REFERENCE_UNKNOWN, errors=[error])
    return shift


def _wrong(name: str, words: str) -> FieldError:
    return FieldError(f"/{name}", Refusal.SHAPE.name, words)
