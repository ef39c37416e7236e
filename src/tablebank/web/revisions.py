"""Final reports beside each other, and what has come to light since the one that stands (RUN-6).

Nothing here is added up: the amounts are the report's and the rundown's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tablebank.domain.rundown import Rundown
from tablebank.queries.rundowns import RundownSheet
from tablebank.web.session_view import SessionView


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One amount as the report has it, and as it would be from what is on record now; cents."""

    name: str
    reported_cents: int | None
    now_cents: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """What came since the report that stands, in words and amounts."""

    words: str
    changed: Sequence[Changed]


def since_report(view: SessionView) -> Since | None:
    """What is on record beside the final report and not in it; None where it is all in it."""
    if not view.has_come_since:
        return None
    sheet = view.group or view.rundown
    if sheet.since is None:
        return Since(
            words=_("Finalized before the count. The result of the group enters by amendment."),
            changed=(),
        )
    changed = _changed(sheet, sheet.since)
    if not changed:
        return Since(words=_("Other facts came since the report. The amounts agree."), changed=())
    return Since(words=_("Came since the report, and not in it:"), changed=changed)


def _changed(sheet: RundownSheet, now: Rundown) -> list[Changed]:
    told = sheet.rundown
    amounts = (
        (_("Opening"), told.opening_total_cents, now.opening_total_cents),
        (_("Closing"), told.closing_total_cents, now.closing_total_cents),
        (_("Fills"), told.fills_total_cents, now.fills_total_cents),
        (_("Credits"), told.credits_total_cents, now.credits_total_cents),
        (_("Drop"), told.drop_total_cents, now.drop_total_cents),
        (_("Table Win/Loss"), told.table_win_cents, now.table_win_cents),
    )
    return [
        Changed(name=name, reported_cents=reported, now_cents=at_present)
        for name, reported, at_present in amounts
        if reported != at_present
    ]
