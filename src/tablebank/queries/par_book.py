"""Par as it is read beside policy: proposals and what became of them, need now by chips."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.establishment import ParComment, ParImport, ParPolicy, ParProposal
from tablebank.domain.facts import Session, TableFacts, TableRevision
from tablebank.domain.need_now import Suggested, expected_chips, suggested
from tablebank.domain.terms import BankMode, Phase
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.store.load import load_many, load_one, of
from tablebank.store.rows import from_json
from tablebank.store.scope import Cursor


def suggestion(
    cursor: Cursor,
    facts: TableFacts,
    session: Session,
    *,
    house: House,
    need_now_cents: int | None,
) -> Suggested | None:
    """What need now comes to in chips, by the target the session was bound to (PAR-10).

    Exact where an imprest tray is being restored; None where need now is unknown, or hidden.
    """
    if need_now_cents is None or session.phase not in (Phase.OPEN, Phase.CLOSING):
        return None
    which = of(house.casino.id, "id = %s", session.par_policy_id)
    policy = load_one(cursor, ParPolicy, which) if session.par_policy_id else None
    is_restored = session.table_bank_mode == BankMode.IMPREST_TO_PAR
    return suggested(
        need_now_cents=need_now_cents,
        target=policy.target_chipset if policy else None,
        expected=expected_chips(facts, session),
        stack_size=house.settings.stack_size,
        exact=is_restored and session.phase == Phase.CLOSING,
    )


def revisions_by_table(cursor: Cursor, casino_id: UUID) -> Mapping[UUID, Sequence[TableRevision]]:
    """What every table has been, by table: which game it had on a past day is in it (BASE-7)."""
    found: defaultdict[UUID, list[TableRevision]] = defaultdict(list)
    for row in load_many(cursor, TableRevision, of(casino_id)):
        found[row.table_id].append(row)
    return found


def imports(cursor: Cursor, casino_id: UUID) -> dict[UUID, ParImport]:
    """Every par sheet that was imported, by its id (PAR-8)."""
    return {each.id: each for each in load_many(cursor, ParImport, of(casino_id))}


def proposals_by_id(
    cursor: Cursor, casino_id: UUID, proposal_ids: Collection[UUID]
) -> tuple[ParProposal, ...]:
    """These proposals, oldest first."""
    return load_many(cursor, ParProposal, of(casino_id, "id = any(%s)", list(proposal_ids)))


def comments_on(
    cursor: Cursor, casino_id: UUID, proposal_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[ParComment]]:
    """What was said to these proposals, oldest first; those without a word are not in it."""
    found: defaultdict[UUID, list[ParComment]] = defaultdict(list)
    which = of(casino_id, "proposal_id = any(%s)", list(proposal_ids))
    for each in load_many(cursor, ParComment, which):
        found[each.proposal_id].append(each)
    return found


def listed_proposals(cursor: Cursor, casino_id: UUID, *, decided: int) -> tuple[ParProposal, ...]:
    """Those that wait, and as many of the latest decided ones, oldest first.

    Of their evidence only the reasons: a house has hundreds of them, and each rests on a month.
    """
    values = {"casino": casino_id, "decided": decided}
    return tuple(
        from_json(ParProposal, row) for (row,) in cursor.execute(_LISTED, values).fetchall()
    )


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


_LISTED = """
select to_jsonb(p) || jsonb_build_object('evidence', jsonb_strip_nulls(jsonb_build_object(
         'reasons', p.evidence -> 'reasons', 'weaknesses', p.evidence -> 'weaknesses')))
  from par_proposal p
 where p.casino_id = %(casino)s and (p.status = 'PROPOSED' or p.id in (
       select d.id from par_proposal d
        where d.casino_id = %(casino)s and d.status in ('APPROVED', 'REJECTED')
        order by d.decided_at desc limit %(decided)s))
 order by p.id
"""
