"""A closing that was never counted, adopted from the next opener (BACK-2).

Where a table stood closed between two sessions, what the next one found in the tray is what the one
before it left. Accounting may say so, where there is neither a count nor a paper: the closing then
says on every report what it rests on, and is never taken for a count.
"""

from uuid import UUID

from tablebank.domain.boxes import members
from tablebank.domain.decisions import Act, Decision, Signed
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot, standing_closing
from tablebank.domain.terms import CLOSED_PHASES, Basis, SnapshotKind

SYNTHETIC = "adopted_next_opener"
"""Why an adopted closing is no count."""


def adopt_closing(
    *, act: Act, facts: TableFacts, session: Session, from_id: UUID, reason: str
) -> Decision:
    """Take the next session's opener for this one's closing.

    `from_id` names that opener or its session. Refuses CLOSING_NOT_ADOPTABLE, and says why: a
    session that is not closed, one whose closing was counted, an opener that is not the next one's
    or was not counted itself, and a table that did not stand closed in between.
    """
    opener = _next_opener(facts, session, from_id)
    standing = effective_snapshot(facts, session.id, SnapshotKind.CLOSING)
    adopted = Snapshot(
        id=act.new_id(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        kind=SnapshotKind.CLOSING,
        basis=Basis.ADOPTED_NEXT_OPENER,
        number=None,
        chipset=opener.chipset,
        total_cents=opener.total_cents,
        occurred_at=session.closed_at or opener.occurred_at,
        recorded_at=act.recorded_at,
        is_synthetic=True,
        synthetic_reason=SYNTHETIC,
        supersedes=standing.id if standing else None,
        reason=reason,
    )
    return Decision(
        new=(adopted,),
        signed=(Signed(subject_id=adopted.id, session_id=session.id),),
        subject_id=adopted.id,
        session_id=session.id,
    )


def adoptable(facts: TableFacts, session: Session) -> Snapshot | None:
    """The next session's opener, if it may stand for the closing that nobody counted."""
    following = _following(facts, session)
    try:
        return _next_opener(facts, session, following.id) if following else None
    except Refused:
        return None


def _following(facts: TableFacts, session: Session) -> Session | None:
    return next((each for each in members(facts) if each.previous_session_id == session.id), None)


def _next_opener(facts: TableFacts, session: Session, from_id: UUID) -> Snapshot:
    """The opener that may stand for the closing, or why none may."""
    if session.phase not in CLOSED_PHASES or session.closed_at is None:
        raise _not_adoptable("the session is not closed")
    if standing_closing(facts, session.id) is not None:
        raise _not_adoptable("the closing was counted, or adopted already")
    following = _following(facts, session)
    opener = effective_snapshot(facts, following.id, SnapshotKind.OPENING) if following else None
    if following is None or opener is None:
        raise _not_adoptable("the next session has no opener yet")
    if from_id not in (opener.id, following.id):
        raise _not_adoptable("it is not the next opener")
    if opener.is_synthetic:
        raise _not_adoptable("the next opener was not counted")
    if opener.occurred_at < session.closed_at:
        raise _not_adoptable("the table did not stand closed in between")
    return opener


def _not_adoptable(why: str) -> Refused:
    return Refused(Refusal.CLOSING_NOT_ADOPTABLE, {"why": why})
