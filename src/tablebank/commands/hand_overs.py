"""Handing a shift over: what stands open is read under the chain's lock, and signed (SHIFT-3).

What stands open is a question like any other, and questions are no business of this room: whoever
asks for the command brings the answer along as a function, which is called inside the transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tablebank.commands.scene import Command, Scene, the_shift
from tablebank.domain.decisions import Decision, House
from tablebank.domain.gaming_day import Shift
from tablebank.domain.handing_over import CallerIs, hand_over_shift
from tablebank.store.save import lock_head
from tablebank.store.scope import Cursor


class Seen(Protocol):
    """What stands open of a shift at an instant, as JSON."""

    def __call__(
        self, cursor: Cursor, house: House, *, shift: Shift, now: datetime
    ) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverShift:
    """Hand the shift over: the outgoing and the incoming supervisor sign what stands open."""

    seen: Seen
    caller_is: CallerIs = CallerIs.OUTGOING
    remark: str | None = None


def _handed_over(scene: Scene, body: HandOverShift) -> Decision:
    """Nobody writes an entry while it is read: what comes later is news to the next hand-over."""
    shift = scene.shift()
    lock_head(scene.cursor, scene.casino_id)
    return hand_over_shift(
        act=scene.acted(),
        casino_id=scene.casino_id,
        shift=shift,
        running=scene.house.calendar.shift_at(scene.now),
        caller_is=body.caller_is,
        remark=body.remark,
        seen=body.seen(scene.cursor, scene.house, shift=shift, now=scene.now),
    )


HAND_OVER = Command(
    name="hand_over_shift",
    body=HandOverShift,
    step="hand_over_shift",
    find=the_shift,
    decide=_handed_over,
    creates=True,
)
