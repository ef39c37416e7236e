"""Which casino the command line is told of."""

from uuid import UUID

from tablebank.domain.refusals import Refusal, Refused
from tablebank.store.seeking import casino_at


def casino_called(slug: str) -> UUID:
    """The casino with this slug; refuses NOT_FOUND where there is none."""
    found = casino_at(slug)
    if found is None:
        raise Refused(Refusal.NOT_FOUND, detail=f"There is no casino {slug!r} here.")
    return found
