"""The cage window: what waits to be issued, what is on the way, and what this shift came to.

Two statements for the whole window: the slips that are anybody's business now, each way to them
served by an index, and the slips of the shift by kind. Fills and credits are never netted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.queries.asking import records
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowSlip:
    """A fill or credit at the window: for which table, how much, who carries it, since when."""

    id: UUID
    session_id: UUID
    table_id: UUID
    table_code: str
    pit: str
    kind: str
    status: str
    purpose: str
    number: str | None
    request_number: str | None
    disputed: bool
    total_cents: int
    chipset: dict[str, int]
    requested_at: datetime
    moved_at: datetime | None
    runner: str | None

    @property
    def since(self) -> datetime:
        """What its age is counted from: its leaving, else its being asked for (SLIP-7, SLIP-10)."""
        return self.moved_at or self.requested_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Recap:
    """The slips of one kind of one shift, by the sessions they belong to (TIME-4)."""

    kind: str
    settled: int
    settled_cents: int
    moving: int
    moving_cents: int
    voided: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CageWindow:
    """Everything at the window, each list oldest first; what is late stands in its list alone."""

    late: tuple[WindowSlip, ...]
    to_issue: tuple[WindowSlip, ...]
    credits_moving: tuple[WindowSlip, ...]
    fills_moving: tuple[WindowSlip, ...]
    credits_asked: tuple[WindowSlip, ...]
    recaps: tuple[Recap, ...]


def cage_window(cursor: Cursor, house: House, *, now: datetime) -> CageWindow:
    """The window as it stands: late is longer on the way than the casino's limit (SLIP-7)."""
    limit = timedelta(minutes=house.settings.transit_limit_minutes)
    slips = _slips(cursor, house.casino.id, _STANDING)
    late = tuple(each for each in slips if each.moved_at and now - each.moved_at > limit)
    rest = tuple(each for each in slips if each not in late)
    shift = house.calendar.shift_at(now)
    return CageWindow(
        late=late,
        to_issue=_only(rest, "FILL", "REQUESTED"),
        credits_moving=_only(rest, "CREDIT", "PICKED_UP"),
        fills_moving=_only(rest, "FILL", "ISSUED"),
        credits_asked=_only(rest, "CREDIT", "REQUESTED"),
        recaps=_recaps(cursor, house.casino.id, shift.id),
    )


def slip_at_window(cursor: Cursor, casino_id: UUID, slip_id: UUID) -> WindowSlip | None:
    """One slip, whatever became of it; None where there is none in this casino."""
    found = _slips(cursor, casino_id, "select id from slip where id = %(slip)s", slip=slip_id)
    return found[0] if found else None


_STANDING = """
select id from slip where casino_id = %(casino)s and status in ('ISSUED', 'PICKED_UP')
union
select p.id from table_session s join slip p on p.casino_id = s.casino_id and p.session_id = s.id
 where s.casino_id = %(casino)s and s.phase in ('OPENING', 'OPEN', 'CLOSING')
   and p.status = 'REQUESTED'
"""

_SLIPS = """
select p.id, p.session_id, p.table_id, t.code as table_code, t.pit, p.kind, p.status, p.purpose,
       p.number, p.request_number, p.disputed, p.total_cents, p.chipset, p.requested_at,
       p.moved_at, runner.name as runner
  from slip p
  join gaming_table t on t.casino_id = p.casino_id and t.id = p.table_id
  left join staff runner on runner.casino_id = p.casino_id and runner.id = p.runner_id
 where p.casino_id = %(casino)s and p.id in ({which})
 order by coalesce(p.moved_at, p.requested_at), p.id
"""

_RECAPS = """
select kinds.kind,
       count(*) filter (where p.status in ('VERIFIED_AT_TABLE', 'VERIFIED_AT_CAGE',
                                           'DEPOSITED_IN_DROPBOX'))::int as settled,
       coalesce(sum(p.total_cents) filter (where p.status in ('VERIFIED_AT_TABLE',
                'VERIFIED_AT_CAGE', 'DEPOSITED_IN_DROPBOX')), 0)::bigint as settled_cents,
       count(*) filter (where p.status in ('ISSUED', 'PICKED_UP'))::int as moving,
       coalesce(sum(p.total_cents) filter (where p.status in ('ISSUED', 'PICKED_UP')), 0)::bigint
           as moving_cents,
       count(*) filter (where p.status = 'VOIDED')::int as voided
  from (values ('FILL', 1), ('CREDIT', 2)) kinds (kind, place)
  left join (table_session s join slip p on p.casino_id = s.casino_id and p.session_id = s.id)
       on s.casino_id = %(casino)s and s.shift_id = %(shift)s and p.kind = kinds.kind
 group by kinds.kind, kinds.place order by kinds.place
"""


def _slips(
    cursor: Cursor, casino_id: UUID, which: str, *, slip: UUID | None = None
) -> tuple[WindowSlip, ...]:
    values = {"casino": casino_id, "slip": slip}
    return records(cursor, WindowSlip, _SLIPS.format(which=which), values=values)


def _recaps(cursor: Cursor, casino_id: UUID, shift_id: UUID) -> tuple[Recap, ...]:
    return records(cursor, Recap, _RECAPS, values={"casino": casino_id, "shift": shift_id})


def _only(slips: Collection[WindowSlip], kind: str, status: str) -> tuple[WindowSlip, ...]:
    return tuple(each for each in slips if (each.kind, each.status) == (kind, status))
