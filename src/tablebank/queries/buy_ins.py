"""Buy-ins as they were noted: telemetry of a session, never part of a figure that is official."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.buy_ins import BuyIn
from tablebank.queries.asking import records
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class BuyInSheet:
    """A buy-in as `docs/interface.md` has it."""

    id: UUID
    session_id: UUID
    table_id: UUID
    kind: str
    amount_cents: int
    occurred_at: datetime
    recorded_at: datetime
    noted_by: UUID
    by: str
    """Who noted it, by name."""
    supersedes: UUID | None
    superseded_by: UUID | None
    reason: str | None

    @property
    def stands(self) -> bool:
        """Whether it counts towards an estimate: not corrected since, and for something."""
        return self.superseded_by is None and self.amount_cents > 0


_SHEETS = """
select b.id, b.session_id, b.table_id, b.kind, b.amount_cents, b.occurred_at, b.recorded_at,
       b.noted_by, staff.name as by, b.supersedes, later.id as superseded_by, b.reason
  from buy_in b
  join staff on staff.casino_id = b.casino_id and staff.id = b.noted_by
  left join buy_in later on later.casino_id = b.casino_id and later.supersedes = b.id
 where b.casino_id = %(casino)s
"""
_BY_ID = f"{_SHEETS} and b.id = any(%(ids)s) order by b.id"
_OF_SESSION = f"{_SHEETS} and b.session_id = %(session)s order by b.id"


def buy_ins_by_id(
    cursor: Cursor, casino_id: UUID, buy_in_ids: Collection[UUID]
) -> tuple[BuyInSheet, ...]:
    """The sheets of these buy-ins, by age."""
    values = {"casino": casino_id, "ids": list(buy_in_ids)}
    return records(cursor, BuyInSheet, _BY_ID, values=values)


def buy_ins_of(
    cursor: Cursor, casino_id: UUID, session_id: UUID, *, asked: Asked
) -> tuple[tuple[BuyInSheet, ...], Ids]:
    """One page of what was noted in a session, oldest first, corrections among them."""
    page = ids_of(
        cursor,
        "select kept.id from buy_in kept where kept.casino_id = %(casino)s"
        " and kept.session_id = %(session)s",
        {"casino": casino_id, "session": session_id},
        asked=asked,
    )
    return buy_ins_by_id(cursor, casino_id, page.ids), page


def buy_ins_of_session(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[BuyInSheet, ...]:
    """Everything that was noted in a session, oldest first."""
    values = {"casino": casino_id, "session": session_id}
    return records(cursor, BuyInSheet, _OF_SESSION, values=values)


def buy_ins_known(
    cursor: Cursor, casino_id: UUID, session_ids: Collection[UUID], *, instant: datetime
) -> tuple[BuyIn, ...]:
    """What had been noted in these sessions by an instant, as it was recorded (RUN-9)."""
    wanted = of(casino_id, "session_id = any(%s) and recorded_at <= %s", list(session_ids), instant)
    return load_many(cursor, BuyIn, wanted)
