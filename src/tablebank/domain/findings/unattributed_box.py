"""CUSTODY_IRREGULAR on a box that was counted and that nobody is known to have taken (SOFT-3).

It hangs on the entry in its count session and on no table: nobody knows yet on which. Posting
raises it, attaching the box to its drop clears it. What else CUSTODY_IRREGULAR is found by hangs on
removals, in a file of its own.
"""

from collections.abc import Iterable
from dataclasses import replace

from tablebank.domain.count_sessions import CountEntry, CountSession
from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding
from tablebank.domain.findings.notices import due_at
from tablebank.domain.terms import FindingStatus, Stops

KIND = "CUSTODY_IRREGULAR"
SUBJECT = "count_entry"


def unattributed_boxes(
    *, act: Act, house: House, session: CountSession, loose: Iterable[tuple[CountEntry, str]]
) -> tuple[Finding, ...]:
    """What posting raises: one finding for each box without a removal, named by its code."""
    return tuple(
        Finding(
            id=act.new_id(),
            casino_id=session.casino_id,
            kind=KIND,
            subject_type=SUBJECT,
            subject_id=str(entry.id),
            session_id=None,
            table_id=None,
            shift_id=None,
            status=FindingStatus.OPEN,
            stops=Stops.RESULT,
            variance_cents=entry.total_cents,
            facts={"box": code, "batch_id": session.batch_id},
            department="count_room",
            raised_at=act.now,
            due_at=due_at(house, kind=KIND, stops=Stops.RESULT, raised_at=act.now),
        )
        for entry, code in loose
    )


def attached(*, act: Act, kept: Iterable[Finding]) -> tuple[Finding, ...]:
    """What attaching the box clears; one that was explained stays as it is (FIND-2)."""
    return tuple(
        replace(each, status=FindingStatus.CLEARED, cleared_at=act.now)
        for each in kept
        if each.status == FindingStatus.OPEN
    )
