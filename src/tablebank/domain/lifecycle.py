"""A session's two tracks, and the one status that is shown for both (SESS).

The status is derived and stored nowhere: the phase, except that an OPEN session shows its drop
track once that has moved. So the ten states of the workflow all exist and none is kept twice.
"""

from datetime import datetime

from tablebank.domain.facts import Session
from tablebank.domain.terms import DropState, Phase


def status_of(session: Session) -> str:
    """The status shown everywhere."""
    if session.phase == Phase.OPEN and session.drop_state != DropState.NONE:
        return session.drop_state.value
    return session.phase.value


def is_lapsed(phase: Phase, *, shift_ends_at: datetime, now: datetime) -> bool:
    """Prepared and not opened by the end of its shift: NOT_OPENED, derived (SESS-3)."""
    return phase == Phase.READY_TO_OPEN and now >= shift_ends_at
