"""Finding a casino before its scope is set: by its exact slug, or all of them by id.

Both go through functions of the owner that tell nothing else; the list of addresses itself cannot
be read by the application (TEN-1).
"""

from uuid import UUID

from django.db import connections

from tablebank.store.scope import ALIAS


def casino_at(slug: str) -> UUID | None:
    """The casino with this slug, or None."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("select casino_id_at(%s)", [slug])
        found: UUID | None = cursor.fetchone()[0]
    return found


def every_casino() -> tuple[UUID, ...]:
    """The ids of all casinos, for checks that walk over all of them."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("select casino_ids()")
        return tuple(found for (found,) in cursor.fetchall())
