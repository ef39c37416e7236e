"""The floor: every table at a glance, as it stands at one instant.

What a card shows is the session that holds the table; else the one prepared for this shift or the
next; else the last one played. Everything but the results comes from three statements for the whole
floor, each served by an index on what is current: the cost grows with tables, not with history. A
result is never added up here: it is the rundown's, or it is unknown (RUN-1, LESSON-13).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Session
from tablebank.domain.lifecycle import status_of
from tablebank.domain.par import ParInForce, Pars
from tablebank.domain.rundown import Rundown
from tablebank.domain.terms import CLOSED_PHASES, LIVE, BankMode, Phase
from tablebank.queries.results_kept import results_of
from tablebank.queries.tray_book import LastObservation, last_observations
from tablebank.store.rows import from_json
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class LastCount:
    """The latest count of a table's tray that stands."""

    kind: str
    total_cents: int
    occurred_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OnTheRoad:
    """A slip whose chips are between cage and table: who carries them, since when (SLIP-10)."""

    id: UUID
    kind: str
    number: str | None
    status: str
    disputed: bool
    total_cents: int
    moved_at: datetime
    runner: str | None
    session_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A request nobody has prepared yet (SLIP-7)."""

    id: UUID
    kind: str
    request_number: str | None
    total_cents: int
    requested_at: datetime
    session_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class FloorRow:
    """One table on the floor: the table of `docs/interface.md`, and the session its card shows.

    `expected_tray_cents` is an estimate that ignores play (SNAP-3). `table_win_cents` is None with
    its reasons wherever the result is not known; `before_drop_cents` is no result (RUN-2).
    `counts_hidden`: the reader is to count that tray (SNAP-4). `last_observation` is an estimate.
    """

    id: UUID
    code: str
    name: str
    pit: str
    game_type: str | None
    limits: Mapping[str, int] | None
    status: str
    mounted_box: str | None
    par_total_cents: int | None
    par_set_at: datetime | None
    par_set_by: UUID | None
    table_bank_mode: BankMode
    live_session_id: UUID | None
    need_now_cents: int | None
    in_transit_cents: int
    session_id: UUID | None
    session_status: str | None
    phase: str | None
    drop_state: str | None
    shift_code: str | None
    gaming_day: date | None
    opened_at: datetime | None
    need_total_cents: int | None
    last_count: LastCount | None
    expected_tray_cents: int | None
    rundown_state: str | None
    reasons: tuple[str, ...]
    table_win_cents: int | None
    before_drop_cents: int | None
    group_id: UUID | None
    slips_in_transit: tuple[OnTheRoad, ...]
    requests_waiting: tuple[Waiting, ...]
    open_exceptions: int
    last_observation: LastObservation | None = None
    counts_hidden: bool = False


def tables_beside(cursor: Cursor, house: House, tables: Collection[UUID]) -> tuple[UUID, ...]:
    """The tables of the pits that these stand in: what a pit's head line is summed up from."""
    rows = cursor.execute(
        "select id from gaming_table where casino_id = %(casino)s and pit in"
        " (select pit from gaming_table where casino_id = %(casino)s and id = any(%(tables)s))",
        {"casino": house.casino.id, "tables": list(tables)},
    ).fetchall()
    return tuple(table_id for (table_id,) in rows)


def floor(
    cursor: Cursor,
    house: House,
    *,
    now: datetime,
    tables: Collection[UUID] | None = None,
    blind: bool | None = None,
) -> tuple[FloorRow, ...]:
    """Every table of the casino, or these alone, by pit and code.

    `blind`: the reader may count, and sees not what a count to come is held against (SNAP-4).
    """
    blind = house.settings.blind_counts if blind is None else blind
    casino_id = house.casino.id
    only = None if tables is None else list(tables)
    shift = house.calendar.shift_at(now)
    shifts = [shift.id, house.calendar.shift_after(shift).id]
    cards = _asked(cursor, _CARDS, casino=casino_id, shifts=shifts, only=only)
    shown = {card["shown_id"] for card in cards if card["shown_id"]}
    slips = _asked(cursor, _SLIPS, casino=casino_id, shown=list(shown), only=only)
    pars = _pars(cursor, house, cards, day=shift.gaming_day)
    results = _results(cursor, casino_id, cards)
    read = last_observations(cursor, casino_id, shown)
    by_table: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for slip in slips:
        by_table[slip["table_id"]].append(slip)
    return tuple(
        _row(
            card,
            par=pars[card["id"]],
            slips=by_table[card["id"]],
            rundown=results.get(card["shown_id"]),
            read=read.get(card["shown_id"]),
            hidden=blind and _awaits_count(card),
        )
        for card in cards
    )


def _awaits_count(card: Mapping[str, Any]) -> bool:
    """Whether a count of the table's tray that is no opener is still to come (SNAP-4)."""
    if card["live_id"] is None:
        return False
    phase = Phase(card["session"]["phase"])
    stands = card["kind"] == "CLOSING" and not card["moves_since"]
    return phase == Phase.OPEN or (phase == Phase.CLOSING and not stands)


_CARDS = """
select t.id, t.code, t.name, t.pit, t.game_type, t.limits, t.status, box.code as mounted_box,
       live.id as live_id, shown.id as shown_id, to_jsonb(shown) as session,
       opener.occurred_at as opened_at,
       last.kind, last.total_cents, last.occurred_at,
       mine.total_cents + moved.cents - returned.cents as expected_tray_cents,
       moved.slips + returned.slips as moves_since,
       coalesce(exceptions.standing, 0) as open_exceptions,
       (select max(j.number) from journal_entry j
         where j.casino_id = t.casino_id and j.table_id = t.id) as last_entry
  from gaming_table t
  left join lateral (
       select s.id from table_session s
        where s.casino_id = t.casino_id and s.table_id = t.id
          and s.phase in ('OPENING', 'OPEN', 'CLOSING')) live on true
  left join lateral (
       select s.id from table_session s
        where s.casino_id = t.casino_id and s.table_id = t.id
          and s.phase = 'READY_TO_OPEN' and s.shift_id = any(%(shifts)s)
        order by array_position(%(shifts)s::uuid[], s.shift_id) limit 1) prepared on true
  left join lateral (
       select s.id from table_session s
        where s.casino_id = t.casino_id and s.table_id = t.id
          and s.ordinal is not null and s.phase <> 'VOIDED'
        order by s.ordinal desc limit 1) played on true
  -- A coalesce here would be held back behind the row-level policy, and every session be read.
  left join table_session shown on shown.casino_id = t.casino_id
       and shown.id = case when live.id is not null then live.id
                           when prepared.id is not null then prepared.id else played.id end
  left join box_mount m on m.casino_id = t.casino_id and m.table_id = t.id
       and m.taken_off_at is null
  left join drop_box box on box.casino_id = m.casino_id and box.id = m.box_id
  left join lateral (
       select c.occurred_at from tray_snapshot c
        where c.casino_id = t.casino_id and c.session_id = shown.id and c.kind = 'OPENING'
          and not exists (select 1 from tray_snapshot n
               where n.casino_id = c.casino_id and n.supersedes = c.id)
        order by c.occurred_at desc, c.recorded_at desc limit 1) opener on true
  left join lateral (
       select c.kind, c.total_cents, c.occurred_at from tray_snapshot c
        where c.casino_id = t.casino_id and c.table_id = t.id
          and not exists (select 1 from tray_snapshot n
               where n.casino_id = c.casino_id and n.supersedes = c.id)
        order by c.occurred_at desc, c.recorded_at desc limit 1) last on true
  left join lateral (
       select c.total_cents, c.occurred_at, c.recorded_at from tray_snapshot c
        where c.casino_id = t.casino_id and c.session_id = live.id
          and not exists (select 1 from tray_snapshot n
               where n.casino_id = c.casino_id and n.supersedes = c.id)
        order by c.occurred_at desc, c.recorded_at desc limit 1) mine on true
  left join lateral (
       select coalesce(sum(p.bank_effect_cents), 0)::bigint as cents,
              count(*)::int as slips from slip p
        where p.casino_id = t.casino_id and p.session_id = live.id
          and p.status not in ('VOIDED', 'CANCELLED')
          and (p.tray_instant > mine.occurred_at
               or (p.tray_instant = mine.occurred_at and exists (select 1 from slip_step e
                    where e.casino_id = p.casino_id and e.slip_id = p.id
                      and e.status in ('VERIFIED_AT_TABLE', 'PICKED_UP')
                      and e.recorded_at > mine.recorded_at)))) moved on true
  left join lateral (
       select coalesce(sum(p.bank_effect_cents), 0)::bigint as cents,
              count(*)::int as slips from slip p
        where p.casino_id = t.casino_id and p.session_id = live.id and p.status = 'VOIDED'
          and (p.tray_instant < mine.occurred_at
               or (p.tray_instant = mine.occurred_at and exists (select 1 from slip_step e
                    where e.casino_id = p.casino_id and e.slip_id = p.id
                      and e.status in ('VERIFIED_AT_TABLE', 'PICKED_UP')
                      and e.recorded_at <= mine.recorded_at)))
          and exists (select 1 from slip_step e
               where e.casino_id = p.casino_id and e.slip_id = p.id and e.status = 'VOIDED'
                 and (e.occurred_at, e.recorded_at) > (mine.occurred_at, mine.recorded_at)))
       returned on true
  left join (
       select f.table_id, count(*)::int as standing from finding f
        where f.casino_id = %(casino)s and f.status = 'OPEN' group by f.table_id) exceptions
       on exceptions.table_id = t.id
 where t.casino_id = %(casino)s
   and (%(only)s::uuid[] is null or t.id = any(%(only)s))
 order by t.pit, t.code
"""

_SLIPS = """
select p.id, p.table_id, p.session_id, p.kind, p.number, p.request_number, p.status, p.disputed,
       p.total_cents, p.requested_at, p.moved_at, runner.name as runner
  from slip p
  left join staff runner on runner.casino_id = p.casino_id and runner.id = p.runner_id
 where p.casino_id = %(casino)s
   and (p.status in ('ISSUED', 'PICKED_UP')
        or (p.session_id = any(%(shown)s) and p.status = 'REQUESTED'))
   and (%(only)s::uuid[] is null or p.table_id = any(%(only)s))
 order by coalesce(p.moved_at, p.requested_at), p.id
"""

_PAR_ROWS = """
select distinct on (p.table_id, p.game_type) to_jsonb(p) as policy
  from par_policy p
 where p.casino_id = %(casino)s and p.effective_from_gaming_day <= %(day)s
 order by p.table_id, p.game_type, p.effective_from_gaming_day desc, p.recorded_at desc, p.id desc
"""


def _asked(cursor: Cursor, statement: str, **values: Any) -> list[dict[str, Any]]:
    rows = cursor.execute(statement, values).fetchall()
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _pars(
    cursor: Cursor, house: House, cards: Collection[Mapping[str, Any]], *, day: date
) -> dict[UUID, ParInForce]:
    """The par in force today, by table: the latest row of each level, decided as always (PAR-2)."""
    rows = _asked(cursor, _PAR_ROWS, casino=house.casino.id, day=day)
    pars = Pars.of((from_json(ParPolicy, row["policy"]) for row in rows), house.modes)
    return {
        card["id"]: pars.on(day, table_id=card["id"], game_type=card["game_type"]) for card in cards
    }


def _results(
    cursor: Cursor, casino_id: UUID, cards: Collection[Mapping[str, Any]]
) -> dict[UUID, Rundown]:
    """The rundowns of the closed sessions that are shown; a live one has no result yet."""
    over = {
        card["shown_id"]: card["last_entry"] or 0
        for card in cards
        if card["shown_id"] and Phase(card["session"]["phase"]) in CLOSED_PHASES
    }
    return results_of(cursor, casino_id, over)


def _row(
    card: Mapping[str, Any],
    *,
    par: ParInForce,
    slips: Collection[Mapping[str, Any]],
    rundown: Rundown | None,
    read: LastObservation | None,
    hidden: bool,
) -> FloorRow:
    session = from_json(Session, card["session"]) if card["shown_id"] else None
    live = session is not None and session.phase in LIVE
    need = session.need_total_cents if session is not None and live else None
    tray = None if hidden else card["expected_tray_cents"]
    moving = [slip for slip in slips if slip["status"] != "REQUESTED"]
    bound = session.table_bank_mode if session is not None and live else None
    return FloorRow(
        id=card["id"],
        code=card["code"],
        name=card["name"],
        pit=card["pit"],
        game_type=card["game_type"],
        limits=card["limits"],
        status=card["status"],
        mounted_box=card["mounted_box"],
        par_total_cents=par.par_total_cents,
        par_set_at=par.approved_at,
        par_set_by=par.approved_by,
        table_bank_mode=bound or par.table_bank_mode,
        live_session_id=card["live_id"],
        need_now_cents=None if need is None or tray is None else need - tray,
        in_transit_cents=sum(slip["total_cents"] for slip in moving),
        session_id=card["shown_id"],
        session_status=status_of(session) if session else None,
        phase=session.phase if session else None,
        drop_state=session.drop_state if session else None,
        shift_code=session.shift_code if session else None,
        gaming_day=session.gaming_day if session else None,
        opened_at=card["opened_at"],
        need_total_cents=need,
        last_count=None if hidden else _last_count(card),
        expected_tray_cents=tray,
        rundown_state=rundown.state if rundown else None,
        reasons=rundown.reasons if rundown else _why_unknown(session),
        table_win_cents=rundown.table_win_cents if rundown else None,
        before_drop_cents=rundown.before_drop_cents if rundown else None,
        group_id=rundown.group_id if rundown else None,
        slips_in_transit=tuple(_on_the_road(slip) for slip in moving),
        requests_waiting=tuple(_waiting(slip) for slip in slips if slip["status"] == "REQUESTED"),
        open_exceptions=card["open_exceptions"],
        last_observation=read,
        counts_hidden=hidden,
    )


def _why_unknown(session: Session | None) -> tuple[str, ...]:
    """Why a table without a closed session has no result."""
    return ("NOT_CLOSED",) if session is not None else ("NO_SESSION",)


def _last_count(card: Mapping[str, Any]) -> LastCount | None:
    if card["occurred_at"] is None:
        return None
    return LastCount(
        kind=card["kind"], total_cents=card["total_cents"], occurred_at=card["occurred_at"]
    )


def _on_the_road(slip: Mapping[str, Any]) -> OnTheRoad:
    return OnTheRoad(
        id=slip["id"],
        kind=slip["kind"],
        number=slip["number"],
        status=slip["status"],
        disputed=slip["disputed"],
        total_cents=slip["total_cents"],
        moved_at=slip["moved_at"],
        runner=slip["runner"],
        session_id=slip["session_id"],
    )


def _waiting(slip: Mapping[str, Any]) -> Waiting:
    return Waiting(
        id=slip["id"],
        kind=slip["kind"],
        request_number=slip["request_number"],
        total_cents=slip["total_cents"],
        requested_at=slip["requested_at"],
        session_id=slip["session_id"],
    )
