"""Proposed pars as they are read, with what became of them (PAR-4)."""

from collections.abc import Collection
from uuid import UUID

from tablebank.domain.establishment import ParProposal
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


def proposals_by_id(
    cursor: Cursor, casino_id: UUID, proposal_ids: Collection[UUID]
) -> tuple[ParProposal, ...]:
    """These proposals, oldest first."""
    return load_many(cursor, ParProposal, of(casino_id, "id = any(%s)", list(proposal_ids)))


def all_proposals(cursor: Cursor, casino_id: UUID) -> tuple[ParProposal, ...]:
    """Every proposal of the casino, oldest first."""
    return load_many(cursor, ParProposal, of(casino_id))


def proposals(
    cursor: Cursor,
    casino_id: UUID,
    *,
    asked: Asked,
    status: str | None,
    table_id: UUID | None,
) -> tuple[tuple[ParProposal, ...], Ids]:
    """One page of the proposals that meet the filters, oldest first."""
    ids = ids_of(
        cursor,
        "select kept.id from par_proposal kept where kept.casino_id = %(casino)s"
        " and (%(status)s::text is null or kept.status = %(status)s)"
        " and (%(table)s::uuid is null or kept.table_id = %(table)s)",
        {"casino": casino_id, "status": status, "table": table_id},
        asked=asked,
    )
    return proposals_by_id(cursor, casino_id, ids.ids), ids
