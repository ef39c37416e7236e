"""Gaming days over HTTP: where one stands, and closing it (DAY-1)."""

from datetime import date
from typing import Any

from tablebank.api import shapes
from tablebank.api.door import found
from tablebank.api.endpoint import R, Read, Write
from tablebank.commands.closing_the_day import CLOSE_DAY
from tablebank.commands.perform import Done
from tablebank.domain.authority import SEES_GAMING_DAY
from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY
from tablebank.queries.doors import View
from tablebank.queries.gaming_days import Asking, gaming_day


def _the_day(view: View, day: date | None, query: Any) -> Any:
    view.only_for(SEES_GAMING_DAY)
    known = found(day if day is not None and FIRST_DAY <= day <= LAST_DAY else None)
    asking = Asking(staff_id=view.caller.staff.id, now=view.now, blind=view.blind)
    return gaming_day(view.cursor, view.house, known, asking=asking).as_json()


def _the_closed_day(cursor: Any, done: Done) -> Any:
    """The day as it now is, with the sessions that were made final in this act."""
    scene = done.scene
    asking = Asking(staff_id=scene.caller.staff.id, now=scene.now, blind=scene.blind)
    sheet = gaming_day(cursor, scene.house, scene.the_day().day, asking=asking)
    return {**sheet.as_json(), "finalized": done.decision.outcome["finalized"]}


GAMING_DAYS: tuple[Read | Write, ...] = (
    Read(
        path="/gaming-days/{day}",
        tag="results",
        summary="A gaming day: what is not ready, every number, the opener/closer chain",
        answer=_the_day,
    ),
    Write(
        path="/gaming-days/{day}/close",
        tag="results",
        summary="Close a gaming day: finalize what is ready, list what is not, sign the rest",
        command=CLOSE_DAY,
        shape=shapes.CloseDayIn,
        render=_the_closed_day,
        refuses=(
            *(R.SIGNER_INVOLVED, R.GAMING_DAY_NOT_OVER, R.GAMING_DAY_CLOSED),
            *(R.SESSION_NOT_CLOSED, R.EXCEPTIONS_OPEN, R.NUMBERS_MISSING, R.NOTHING_TO_AMEND),
        ),
    ),
)
