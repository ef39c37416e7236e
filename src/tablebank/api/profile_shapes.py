"""The body of the choice of a jurisdiction profile."""

from tablebank.api.body import CommandBody, Day, Reason
from tablebank.domain.terms import ProfileCode


class ProfileIn(CommandBody):
    profile: ProfileCode
    effective_from_gaming_day: Day | None = None
    reason: Reason | None = None
