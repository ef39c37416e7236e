"""OPENING_VARIANCE: the opener is not what the session before left in the tray (SESS-5).

Nor is what an idle count found on a table that stood closed (SNAP-7); its subject is that count.
"""

from collections.abc import Iterable

from tablebank.domain.decisions import House
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.idle_count import idle_variances
from tablebank.domain.opening import compared
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import Phase, SnapshotKind, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for session in facts.sessions:
        opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
        if opener is None or session.phase == Phase.VOIDED:
            continue
        against = compared(
            house=house,
            facts=facts,
            session=session,
            chipset=opener.chipset,
            total_cents=opener.total_cents,
        )
        then = house.settings_then(opener.recorded_at)
        if against and against.difference_cents > then.opening_tolerance_cents:
            yield Found(
                subject_type="session",
                subject_id=str(session.id),
                session=session,
                variance_cents=opener.total_cents - against.closer.total_cents,
                facts={
                    "opener": opener.number,
                    "closer": against.closer.number,
                    "difference_cents": against.difference_cents,
                    "difference": against.by_chip,
                },
            )

    for idle in idle_variances(house, facts):
        yield Found(
            subject_type="count",
            subject_id=str(idle.count.id),
            session=idle.session,
            variance_cents=idle.count.total_cents - idle.against.closer.total_cents,
            facts={
                "closer": idle.against.closer.number,
                "difference_cents": idle.against.difference_cents,
                "difference": idle.against.by_chip,
            },
        )


def in_view(facts: TableFacts, finding: Finding) -> bool:
    """Whether the session before it is among the facts: its closer is the other half. An idle count
    comes with the session that closed before it."""
    if finding.subject_type == "count":
        return True
    sessions = {session.id: session for session in facts.sessions}
    session = sessions.get(finding.session_id) if finding.session_id else None
    return session is not None and session.previous_session_id in sessions


OPENING_VARIANCE = Kind(
    name="OPENING_VARIANCE",
    stops=Stops.RESULT,
    department="pit",
    words="The opening count is not what the last closing left in the tray.",
    detect=detect,
    in_view=in_view,
)
