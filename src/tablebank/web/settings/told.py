"""What a target need says of itself, in words: where it came from, how steady it is, its chips."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.establishment import ParImport, ParPolicy
from tablebank.domain.terms import Chipset
from tablebank.web import words
from tablebank.web.figures import chip_in_words
from tablebank.web.words import Words
from tablebank.web.written import NO_BREAK

STABILITY: Mapping[str, Words] = {
    "stable": gettext_lazy("Stable"),
    "day_or_shift_dependent": gettext_lazy("Depends on the day or the shift"),
}


def came_from(row: ParPolicy, sheets: Mapping[UUID, ParImport]) -> str:
    """Where a target came from; of an imported one also the file and its sheet (PAR-8)."""
    sheet = sheets.get(row.import_id) if row.import_id else None
    named = (sheet.file_name, sheet.sheet_name) if sheet else ()
    said = words.said(words.PAR_SOURCE, row.source)
    return ": ".join([said, *filter(None, [", ".join(filter(None, named))])])


def chips_said(chipset: Chipset | None, *, currency: str) -> str:
    """The chips a tray is meant to hold, highest first."""
    by_worth = sorted((chipset or {}).items(), key=lambda each: _worth(each[0]), reverse=True)
    return ", ".join(
        f"{count}{NO_BREAK}×{NO_BREAK}{chip_in_words(key, currency=currency)}"
        for key, count in by_worth
    )


def _worth(key: str) -> int:
    return int(key) if key.isdigit() else 0


def told_of(row: ParPolicy) -> str:
    """What was told of a target beside its figures: why, how steady, what hurts."""
    parts = [f"“{row.notes}”" if row.notes else ""]
    if row.stability:
        parts.append(str(STABILITY.get(row.stability, row.stability)))
    if row.pain_points:
        parts.append(_("Pain points: %(points)s") % {"points": row.pain_points})
    return " · ".join(each for each in parts if each)
