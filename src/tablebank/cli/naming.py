"""Which casino the command line is told of, and what it calls it."""

from uuid import UUID

from tablebank.domain.refusals import Refusal, Refused
from tablebank.store.scope import casino_view
from tablebank.store.seeking import casino_at, every_casino


def casino_called(slug: str) -> UUID:
    """The casino with this slug; refuses NOT_FOUND where there is none."""
    found = casino_at(slug)
    if found is None:
        raise Refused(Refusal.NOT_FOUND, detail=f"There is no casino {slug!r} here.")
    return found


def casinos_called(slug: str | None) -> tuple[UUID, ...]:
    """The one casino that was named, or all of them where none was."""
    return every_casino() if slug is None else (casino_called(slug),)


def name_of(casino_id: UUID) -> str:
    """A casino as people call it."""
    with casino_view(casino_id) as cursor:
        row = cursor.execute("select slug from casino where id = %s", [casino_id]).fetchone()
    return row[0] if row else str(casino_id)
