"""DROP_OVERDUE: a box that was due still hung when its window and the grace were over (BOX-3).

It comes with time and no fact: the sweep finds it, table by table, and raises it on the session
that the box would be removed on. It clears by itself when that box is taken.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tablebank.domain.boxes import session_of
from tablebank.domain.boxes_due import MountedBox
from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.terms import FindingStatus, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    return ()


def in_view(facts: TableFacts, finding: Finding) -> bool:
    """Only the taking of the box puts it right: no look at the table by itself does."""
    return any(
        str(mount.id) == finding.facts.get("mount_id") and mount.taken_off_at is not None
        for mount in facts.mounts
    )


DROP_OVERDUE = Kind(
    name="DROP_OVERDUE",
    stops=Stops.DAY,
    department="count_room",
    words="A box is overdue: its window and the grace after it are over, and it is not taken.",
    detect=detect,
    in_view=in_view,
)


def is_told(box: MountedBox, kept: Iterable[Finding]) -> bool:
    """Whether a finding on record says of this box that it is overdue, open or explained."""
    return any(
        each.facts.get("mount_id") == str(box.mount_id) and each.status != FindingStatus.CLEARED
        for each in kept
    )


def drop_overdue(
    *, act: Act, facts: TableFacts, box: MountedBox, kept: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The finding on a box that is overdue now, where none says so yet (FIND-2).

    `kept` are the findings of this kind on the table. A session whose first box was late and whose
    second is too has one, open again with the second.
    """
    known = tuple(kept)
    if box.session_id is None or not box.is_overdue(act.now) or is_told(box, known):
        return ()
    session = session_of(facts, box.session_id)
    window = box.window
    said: dict[str, Any] = {
        "box": box.box,
        "mount_id": str(box.mount_id),
        "window_start": rfc3339(window.starts_at) if window else None,
        "window_end": rfc3339(window.ends_at) if window else None,
    }
    for each in known:
        if each.subject_id == str(session.id):
            return (replace(each, status=FindingStatus.OPEN, cleared_at=None, facts=said),)
    return (
        Finding(
            id=act.new_id(),
            casino_id=session.casino_id,
            kind=DROP_OVERDUE.name,
            subject_type="session",
            subject_id=str(session.id),
            session_id=session.id,
            table_id=session.table_id,
            shift_id=session.shift_id,
            status=FindingStatus.OPEN,
            stops=DROP_OVERDUE.stops,
            variance_cents=None,
            facts=said,
            department=DROP_OVERDUE.department,
            raised_at=act.now,
        ),
    )
