"""The bodies of what is done to a shift."""

from collections.abc import Callable
from typing import TypeVar

from tablebank.api.body import CommandBody
from tablebank.domain.handing_over import CallerIs
from tablebank.queries.hand_over import seen_at_hand_over

B = TypeVar("B")


class HandOverIn(CommandBody):
    """`caller_is` says which of the two supervisors sends it; its `remark` is kept with it."""

    caller_is: CallerIs = CallerIs.OUTGOING

    def as_body(self, body: Callable[..., B]) -> B:
        """With the question of what stands open, which is answered when both have signed."""
        return body(caller_is=self.caller_is, remark=self.remark, seen=seen_at_hand_over)
