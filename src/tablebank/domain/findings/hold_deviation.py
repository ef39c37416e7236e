"""HOLD_DEVIATION: a table's hold of a month is further off the year before it than the limit (STA).

It is judged by results alone, no estimate among them, and not from the facts of one session: the
sweep compares sums. Its subject is the table's month, so that a month is asked about once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.hold import Held
from tablebank.domain.terms import FindingStatus, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    return ()


def never_in_view(facts: TableFacts, finding: Finding) -> bool:
    """The facts of a table never hold a month and the year before it."""
    return False


HOLD_DEVIATION = Kind(
    name="HOLD_DEVIATION",
    stops=Stops.NOTHING,
    department="accounting",
    words="A table's hold is further off what it held before than the limit.",
    detect=detect,
    in_view=never_in_view,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldInMonth:
    """A table's hold from the first of a month up to a closed gaming day, as it was judged."""

    table_id: UUID
    month: date
    held: Held

    @property
    def subject_id(self) -> str:
        return f"{self.table_id}:{self.month:%Y-%m}"


def hold_deviations(
    *, act: Act, house: House, judged: Iterable[HeldInMonth], kept: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The findings that are new, and those that the results since have cleared (FIND-2).

    One that was explained stays explained, whatever the rest of its month brings. What cannot be
    judged clears nothing: an open one waits for the results that are not known (LESSON-2).
    """
    known = {each.subject_id: each for each in kept}
    found: list[Finding] = []
    for each in judged:
        before = known.get(each.subject_id)
        if each.held.is_beyond and before is None:
            found.append(_raised(act, house, each))
        elif before is None:
            continue
        elif each.held.is_beyond and before.status == FindingStatus.CLEARED:
            found.append(replace(before, status=FindingStatus.OPEN, cleared_at=None))
        elif each.held.is_beyond is False and before.status == FindingStatus.OPEN:
            found.append(replace(before, status=FindingStatus.CLEARED, cleared_at=act.now))
    return tuple(found)


def _raised(act: Act, house: House, judged: HeldInMonth) -> Finding:
    return Finding(
        id=act.new_id(),
        casino_id=house.casino.id,
        kind=HOLD_DEVIATION.name,
        subject_type="table_month",
        subject_id=judged.subject_id,
        session_id=None,
        table_id=judged.table_id,
        shift_id=None,
        status=FindingStatus.OPEN,
        stops=HOLD_DEVIATION.stops,
        variance_cents=None,
        facts={
            "month": f"{judged.month:%Y-%m}",
            "hold_pct": judged.held.hold_pct,
            "before_pct": judged.held.before_pct,
            "deviation_pct": judged.held.deviation_pct,
            "limit_points": house.settings.hold_limit_points,
        },
        department=HOLD_DEVIATION.department,
        raised_at=act.now,
    )
