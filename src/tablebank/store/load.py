"""Reading what a decision needs: the house and the caller, then one table's facts, whole (SLIP-11).

The order matters. The table's row is locked first, and everything that belongs to its sessions is
read under that lock: whoever writes to the same table waits, and sees what was written before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from tablebank.domain import establishment, facts, terms
from tablebank.domain.credentials import (
    Caller,
    Credential,
    SessionCredential,
    SystemCredential,
    TokenCredential,
)
from tablebank.domain.decisions import PLACES, House
from tablebank.domain.elsewhere import Elsewhere, FoundForm
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.settings import settings_from
from tablebank.store.rows import TABLES, from_json
from tablebank.store.scope import Cursor

R = TypeVar("R")

_BY_TABLE = {table: record_type for record_type, table in TABLES.items()}


@cache
def statement(name: str) -> str:
    """A statement kept in its own file under `sql/`."""
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text()


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The house as it stands, and the latest instant a simulated casino was given (TIME-5).

    `head` is the number of the journal's last entry: what is read now is as of that one.
    `has_begun`: whether any of its tables was ever opened.
    """

    house: House
    clock_at: datetime | None
    head: int
    has_begun: bool

    def now(self, *, at: datetime) -> datetime:
        """What the casino's time is when the server's clock shows `at` (TIME-5)."""
        told = self.clock_at if self.house.casino.simulated else None
        return told or at


def load_house(cursor: Cursor, casino_id: UUID) -> Known:
    """The casino with everything dated in it; refuses NOT_SIGNED_IN for one that is not there."""
    row = cursor.execute(statement("load_house"), {"casino_id": casino_id}).fetchone()
    if row is None:
        raise Refused(Refusal.NOT_SIGNED_IN)
    casino, settled, modes, chips, schedules, profiles, clock_at, head, has_begun = row
    kept = tuple((datetime.fromisoformat(at), told) for at, told in settled or ())
    house = House(
        casino=from_json(establishment.Casino, casino),
        settings=settings_from(kept[-1][1] if kept else {}),
        settings_kept=kept,
        modes=_all(establishment.BankModeRow, modes),
        chip_rows=_all(establishment.ChipType, chips),
        schedules=_all(establishment.ShiftScheduleRow, schedules),
        profiles=_all(establishment.ProfileRow, profiles),
    )
    return Known(house=house, clock_at=clock_at, head=head, has_begun=has_begun)


def hold_house(cursor: Cursor, casino_id: UUID) -> Known:
    """The house under its own lock, for who changes it as a whole: nobody's change is taken back.

    Nothing at the tables waits for it: rows that hang on the casino may still be written.
    """
    cursor.execute("select 1 from casino where id = %s for no key update", [casino_id])
    return load_house(cursor, casino_id)


def load_caller(cursor: Cursor, credential: Credential, *, at: datetime) -> Caller:
    """Who is calling; NOT_SIGNED_IN for a bad, expired or revoked credential, or a leaver."""
    if isinstance(credential, SystemCredential):
        return _system(cursor, credential)
    row = None
    method, device = "SESSION", ""
    if isinstance(credential, TokenCredential):
        row = cursor.execute(
            "select to_jsonb(staff), api_token.id from api_token join staff"
            " on staff.casino_id = api_token.casino_id and staff.id = api_token.staff_id"
            " where api_token.casino_id = %s and secret_sha256 = %s and revoked_at is null"
            " and (expires_at is null or expires_at > %s) and staff.active",
            [credential.casino_id, credential.secret_sha256, at],
        ).fetchone()
        method, device = "TOKEN", f"token:{row[1]}" if row else ""
    elif isinstance(credential, SessionCredential):
        row = cursor.execute(
            "select to_jsonb(staff) from staff where casino_id = %s and id = %s and active",
            [credential.casino_id, credential.staff_id],
        ).fetchone()
        device = f"browser:{credential.device}"
    if row is None:
        raise Refused(Refusal.NOT_SIGNED_IN)
    return Caller(staff=from_json(establishment.Staff, row[0]), device=device, method=method)


def _system(cursor: Cursor, credential: SystemCredential) -> Caller:
    """The program itself: it administers, and signs nothing.

    What is kept with who recorded it needs a person: then it speaks in theirs, with their roles.
    """
    if credential.badge is not None:
        row = cursor.execute(
            "select to_jsonb(staff) from staff where casino_id = %s and badge = %s and active",
            [credential.casino_id, credential.badge],
        ).fetchone()
        if row is None:
            detail = "Nobody with this badge works here."
            raise Refused(Refusal.REFERENCE_UNKNOWN, {"badge": credential.badge}, detail=detail)
        person = from_json(establishment.Staff, row[0])
        return Caller(staff=person, device="system", method="SYSTEM")
    program = establishment.Staff(
        id=credential.casino_id,
        casino_id=credential.casino_id,
        badge="SYSTEM",
        name=credential.acts_as,
        licence=None,
        roles=(terms.Role.ADMIN,),
        active=True,
    )
    return Caller(staff=program, device="system", method="SYSTEM")


@dataclass(frozen=True, slots=True)
class Which:
    """Which of a casino's records: a condition written by us, its values given apart."""

    casino_id: UUID
    condition: str
    values: tuple[Any, ...]


def of(casino_id: UUID, condition: str = "true", *values: Any) -> Which:
    """Those of a casino that meet a condition; without one, all of them."""
    return Which(casino_id, condition, values)


def load_many(cursor: Cursor, record_type: type[R], which: Which) -> tuple[R, ...]:
    """The records asked for, by id, which is by age."""
    rows = cursor.execute(
        f"select to_jsonb(kept) from {TABLES[record_type]} kept"  # noqa: S608 - our own text
        f" where casino_id = %s and {which.condition}",
        [which.casino_id, *which.values],
    ).fetchall()
    found = (from_json(record_type, row[0]) for row in rows)
    return tuple(sorted(found, key=lambda each: each.id))  # type: ignore[attr-defined]


def load_one(cursor: Cursor, record_type: type[R], which: Which) -> R | None:
    """The one record asked for, or None."""
    found = load_many(cursor, record_type, which)
    return found[0] if found else None


def lock_table(cursor: Cursor, casino_id: UUID, table_id: UUID) -> facts.Table | None:
    """The table's row under its lock: the one lock of everything that belongs to it (SLIP-11)."""
    row = cursor.execute(
        "select to_jsonb(kept) from gaming_table kept where casino_id = %s and id = %s for update",
        [casino_id, table_id],
    ).fetchone()
    return from_json(facts.Table, row[0]) if row else None


def lock_some_tables(
    cursor: Cursor, casino_id: UUID, table_ids: Collection[UUID]
) -> tuple[facts.Table, ...]:
    """Some tables under their locks, in the one order in which many are taken: by id."""
    some = "id = any(%s) order by id for update"
    return load_many(cursor, facts.Table, of(casino_id, some, list(table_ids)))


def load_table_facts(
    cursor: Cursor, table: facts.Table, *, focus: Collection[UUID] = ()
) -> facts.TableFacts:
    """Everything decisions about this table may need, in one statement (`sql/load_table.sql`).

    `focus` are the sessions in question. With them come their drop groups and predecessors, what is
    live or prepared on the table, and the sessions of the last box; every session that comes, comes
    with all its boxes, so that a track or a group can be told from the facts alone.
    """
    rows = cursor.execute(
        statement("load_table"),
        {
            "casino_id": table.casino_id,
            "table_id": table.id,
            "focus": list(focus),
            "last": table.last_ordinal,
        },
    ).fetchall()
    return _facts(table, rows)


def load_facts_of_tables(
    cursor: Cursor,
    tables: Collection[facts.Table],
    *,
    focus: Collection[UUID],
    wanted: Collection[type[Any]] = tuple(PLACES),
) -> dict[UUID, facts.TableFacts]:
    """The same for many tables of one casino, by table (`sql/load_tables.sql`).

    `wanted` are the kinds of records asked for; sessions, boxes' mountings, removals and counts,
    snapshots and slips always come.
    """
    if not tables:
        return {}
    rows = cursor.execute(
        statement("load_tables"),
        {
            "casino_id": next(iter(tables)).casino_id,
            "tables": [table.id for table in tables],
            "focus": list(focus),
            "wanted": [TABLES[record_type] for record_type in wanted],
        },
    ).fetchall()
    behind: dict[UUID, list[tuple[str, Any]]] = {table.id: [] for table in tables}
    for source, table_id, row in rows:
        behind[table_id].append((source, row))
    return {table.id: _facts(table, behind[table.id]) for table in tables}


def _facts(table: facts.Table, rows: Iterable[tuple[str, Any]]) -> facts.TableFacts:
    """Sessions in their order, everything else by age."""
    found: dict[str, list[Any]] = {place: [] for place in PLACES.values()}
    beyond: dict[str, list[Any]] = {"found_form": [], "known_number": []}
    for source, row in rows:
        if source in beyond:
            beyond[source].append(row)
            continue
        record_type = _BY_TABLE[source]
        found[PLACES[record_type]].append(from_json(record_type, row))
    found["sessions"].sort(key=lambda each: (each.ordinal is None, each.ordinal, each.id))
    for place, records in found.items():
        if place != "sessions":
            records.sort(key=lambda each: each.id)
    elsewhere = Elsewhere(
        found=tuple(_found_form(row) for row in beyond["found_form"]),
        known=frozenset(beyond["known_number"]),
    )
    places = {place: tuple(each) for place, each in found.items()}
    return facts.TableFacts(table=table, elsewhere=elsewhere, **places)


def _found_form(row: Mapping[str, Any]) -> FoundForm:
    return FoundForm(**{**row, "removal_id": UUID(row["removal_id"])})


def _all(record_type: type[R], rows: Iterable[Any] | None) -> tuple[R, ...]:
    return tuple(from_json(record_type, row) for row in rows or ())
