"""What the door refuses on a gaming day that is closed (DAY-1)."""

from collections.abc import Iterator

from tablebank.commands.scene import Scene
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Session
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import LIVE, Phase

BEGUN = LIVE | {Phase.READY_TO_OPEN}


def check_day_open(scene: Scene, decision: Decision) -> None:
    """Refuses GAMING_DAY_CLOSED a decision that would begin a session on a closed day (DAY-1).

    Called under the lock of the session's table, which whoever closes a day takes too: either the
    session is there when the day is closed, or the closed day is seen here.
    """
    days = {each.gaming_day for each in _begun(scene, decision)}
    if not days:
        return
    row = scene.cursor.execute(
        "select gaming_day from gaming_day_close"
        " where casino_id = %s and gaming_day = any(%s) order by gaming_day limit 1",
        [scene.casino_id, list(days)],
    ).fetchone()
    if row is not None:
        raise Refused(Refusal.GAMING_DAY_CLOSED, {"gaming_day": str(row[0])})


def _begun(scene: Scene, decision: Decision) -> Iterator[Session]:
    """The sessions that are new with this decision, or begin with it to be in play."""
    for each in (*decision.new, *decision.changed):
        if isinstance(each, Session) and each.phase in BEGUN:
            before = scene.kept.get(each.id)
            if before is None or before.phase == Phase.READY_TO_OPEN:
                yield each
