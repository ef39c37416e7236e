"""LATE_ENTRY: something was written down more than 15 minutes after it happened (TIME-1), or was
entered from signed paper, however soon (BACK-1).

One for the session, listing what came late; it clears when the session is reconciled (FIND-2), and
what comes after its report when it is amended.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from tablebank.domain.decisions import House
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.occurrence import is_late
from tablebank.domain.terms import Phase, Stops

DONE = (Phase.RECONCILED, Phase.VOIDED)


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    simulated = house.casino.simulated
    papers = {str(each.subject_id) for each in facts.papers}
    for session in facts.sessions:
        if session.phase in DONE:
            continue
        final = _in_its_report(facts, session)
        late = [
            fact_id
            for fact_id, occurred_at, recorded_at in _facts_of(facts, session)
            if fact_id > final
            and (fact_id in papers or is_late(occurred_at, recorded_at, simulated=simulated))
        ]
        if late:
            yield Found(
                subject_type="session",
                subject_id=str(session.id),
                session=session,
                facts={"late": sorted(late)},
            )


def _in_its_report(facts: TableFacts, session: Session) -> str:
    """The id of the session's latest report: ids are by age, so what is older was there for it.

    Once final, what comes later is late until an amendment takes it in (RUN-6).
    """
    ids = [str(each.id) for each in facts.reports if str(session.id) in each.member_ids]
    return max(ids, default="")


def _facts_of(facts: TableFacts, session: Session) -> Iterator[tuple[str, datetime, datetime]]:
    for snapshot in facts.snapshots:
        if snapshot.session_id == session.id:
            yield str(snapshot.id), snapshot.occurred_at, snapshot.recorded_at
    slips = {slip.id for slip in facts.slips if slip.session_id == session.id}
    for step in facts.steps:
        if step.slip_id in slips:
            yield str(step.id), step.occurred_at, step.recorded_at
    removals = {each.id for each in facts.removals if each.session_id == session.id}
    for removal in facts.removals:
        if removal.id in removals:
            yield str(removal.id), removal.removed_at, removal.recorded_at
    for count in facts.counts:
        if count.removal_id in removals:
            yield str(count.id), count.counted_at, count.recorded_at
    for link in facts.custody:
        if link.removal_id in removals:
            yield str(link.id), link.occurred_at, link.recorded_at


LATE_ENTRY = Kind(
    name="LATE_ENTRY",
    stops=Stops.NOTHING,
    department="pit",
    words="Something was written down more than 15 minutes after it happened, or from paper.",
    detect=detect,
)
