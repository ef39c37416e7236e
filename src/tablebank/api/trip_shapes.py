"""The bodies of a drop trip: where it begins, and that it ends."""

from typing import Annotated

from pydantic import Field

from tablebank.api.body import Code, CommandBody, Reason
from tablebank.api.shapes import SurveillanceIn

MOST_PITS = 100
MOST_BOXES = 1000


class StartTripIn(CommandBody):
    surveillance: SurveillanceIn
    pits: Annotated[list[Code], Field(max_length=MOST_PITS, default_factory=list)]
    boxes: Annotated[list[Code], Field(max_length=MOST_BOXES, default_factory=list)]
    reason: Reason | None = None


class EndTripIn(CommandBody):
    """A trip ends with nothing to be said: what was taken is on record."""
