"""DUTY_OVERLAP: one person acted in two departments that stay apart, as the casino allows (SIGN-5).

It hangs on no table: the command whose signatures make it raises it, once a person, gaming day and
pair.
"""

from collections.abc import Collection, Iterable

from tablebank.domain.decisions import Act, House
from tablebank.domain.duties import Overlap
from tablebank.domain.facts import Finding
from tablebank.domain.findings.kind import Kind
from tablebank.domain.terms import FindingStatus, Stops

DUTY_OVERLAP = Kind(
    name="DUTY_OVERLAP",
    stops=Stops.NOTHING,
    department="accounting",
    words="One person acted in two departments on one gaming day.",
)


def duty_overlaps(
    *, act: Act, house: House, found: Iterable[Overlap], known: Collection[str]
) -> tuple[Finding, ...]:
    """The findings of overlaps that are not on record yet; `known` are the subjects that are."""
    new = {each.subject_id: each for each in found if each.subject_id not in known}
    return tuple(
        Finding(
            id=act.new_id(),
            casino_id=house.casino.id,
            kind=DUTY_OVERLAP.name,
            subject_type="person",
            subject_id=subject_id,
            session_id=None,
            table_id=None,
            shift_id=None,
            status=FindingStatus.OPEN,
            stops=DUTY_OVERLAP.stops,
            variance_cents=None,
            facts={"gaming_day": str(each.day), "departments": sorted(each.pair.departments)},
            department=DUTY_OVERLAP.department,
            raised_at=act.now,
        )
        for subject_id, each in new.items()
    )
