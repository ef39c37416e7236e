"""What commands about exceptions may say (FIND-3, FIND-5)."""

from typing import Literal
from uuid import UUID

from tablebank.api.body import Code, CommandBody, Reason
from tablebank.domain.resolving import REASON_CODES


class AssignIn(CommandBody):
    badge: Code | None


class CauseIn(CommandBody):
    cause_id: UUID | None


class ResolveIn(CommandBody):
    reason_code: Literal[REASON_CODES]  # type: ignore[valid-type]
    narrative: Reason
