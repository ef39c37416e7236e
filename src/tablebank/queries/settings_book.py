"""What an administrator has set up: tables, boxes, people, tokens, and who changed what, and why.

What a setting *means* is the page's to say. Secrets are not read: of a PIN only whether somebody
chose it, of a password only whether there is one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.establishment import SettingsRow, Staff
from tablebank.domain.facts import TableRevision
from tablebank.domain.terms import Role
from tablebank.queries.asking import records
from tablebank.queries.house_book import StaffSheet, staff_by_id
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class TableLine:
    """A table as it is registered, and since when it has been so."""

    id: UUID
    code: str
    name: str
    pit: str
    game_type: str | None
    limits: Mapping[str, int] | None
    status: str
    box: str | None
    since: date | None
    """The gaming day its latest revision holds from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxLine:
    """A box: whose it is, and which table it stands on."""

    code: str
    kind: str
    table_code: str | None
    on_table: str | None
    is_out: bool
    """Taken off a table and not counted yet (BOX-3)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """A person, and what they can prove themselves with (SIGN-5)."""

    sheet: StaffSheet
    has_pin: bool
    chose_pin: bool
    has_password: bool
    locked_until: datetime | None
    """The latest lock of their badge on any device (SIGN-4)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenLine:
    """A program's token without its secret, which nobody can read again."""

    id: UUID
    staff_id: UUID
    badge: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change of the house as the journal has it."""

    recorded_at: datetime
    command: str
    subject_id: UUID | None
    actor: str
    asked: Mapping[str, Any]
    changed: tuple[Mapping[str, Any], ...]

    @property
    def why(self) -> str:
        """The reason that was given, or the remark; empty where there was neither."""
        body = self.asked.get("body") or {}
        return str(body.get("reason") or self.asked.get("remark") or "")


def tables(cursor: Cursor, casino_id: UUID) -> tuple[TableLine, ...]:
    """Every table of the casino, by pit and code."""
    return records(cursor, TableLine, _TABLES, values={"casino": casino_id})


def revisions(cursor: Cursor, casino_id: UUID, *, table_id: UUID) -> tuple[TableRevision, ...]:
    """What a table has been, oldest first (BASE-7)."""
    found = load_many(cursor, TableRevision, of(casino_id, "table_id = %s", table_id))
    return tuple(sorted(found, key=lambda row: (row.recorded_at, row.id)))


def boxes(cursor: Cursor, casino_id: UUID) -> tuple[BoxLine, ...]:
    """Every box of the casino, by table and code."""
    return records(cursor, BoxLine, _BOXES, values={"casino": casino_id})


def settings_rows(cursor: Cursor, casino_id: UUID) -> tuple[SettingsRow, ...]:
    """Every row of the casino's settings, oldest first; the last one rules."""
    found = load_many(cursor, SettingsRow, of(casino_id))
    return tuple(sorted(found, key=lambda row: (row.recorded_at, row.id)))


def people(cursor: Cursor, casino_id: UUID, *, at: datetime) -> tuple[PersonLine, ...]:
    """Everybody, those who work here first; `at` is the server's clock, which locks go by."""
    rows = cursor.execute(_PEOPLE, {"casino": casino_id, "at": at}).fetchall()
    sheets = {each.id: each for each in staff_by_id(cursor, casino_id, [row[0] for row in rows])}
    lines = [
        PersonLine(
            sheet=sheets[row[0]],
            has_pin=row[1],
            chose_pin=row[2],
            has_password=row[3],
            locked_until=row[4],
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda each: (not each.sheet.active, each.sheet.badge)))


def people_for(cursor: Cursor, casino_id: UUID, *, roles: Collection[Role]) -> tuple[Staff, ...]:
    """Everybody at work here in one of these roles, by name."""
    found = load_many(cursor, Staff, of(casino_id, "active"))
    mine = [each for each in found if set(each.roles) & set(roles)]
    return tuple(sorted(mine, key=lambda each: (each.name, each.badge)))


def tokens(cursor: Cursor, casino_id: UUID) -> tuple[TokenLine, ...]:
    """Every token, the latest first."""
    return records(cursor, TokenLine, _TOKENS, values={"casino": casino_id})


def names(cursor: Cursor, casino_id: UUID, staff_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """People by id, as they are called."""
    return {each.id: each.name for each in staff_by_id(cursor, casino_id, staff_ids)}


def changes(
    cursor: Cursor, casino_id: UUID, *, subject_ids: Collection[UUID]
) -> tuple[Change, ...]:
    """The latest changes of these things of the house, the last one first.

    At most 500: who needs more reads the journal.
    """
    rows = cursor.execute(_CHANGES, {"casino": casino_id, "subjects": list(subject_ids)}).fetchall()
    return tuple(
        Change(
            recorded_at=row[0],
            command=row[1],
            subject_id=row[2],
            actor=row[3],
            asked=row[4] or {},
            changed=tuple(row[5] or ()),
        )
        for row in rows
    )


_TABLES = """
select t.id, t.code, t.name, t.pit, t.game_type, t.limits, t.status, b.code as box, r.since
  from gaming_table t
  left join box_mount m on m.casino_id = t.casino_id and m.table_id = t.id
       and m.taken_off_at is null
  left join drop_box b on b.casino_id = m.casino_id and b.id = m.box_id
  left join lateral (
       select max(v.effective_from_gaming_day) as since from table_revision v
        where v.casino_id = t.casino_id and v.table_id = t.id) r on true
 where t.casino_id = %(casino)s
 order by t.pit, t.code
"""

_BOXES = """
select b.code, b.kind, owner.code as table_code, stands.code as on_table,
       exists (select 1 from box_removal r
                where r.casino_id = b.casino_id and r.box_id = b.id and not exists (
                      select 1 from soft_count c
                       where c.casino_id = r.casino_id and c.removal_id = r.id)) as is_out
  from drop_box b
  left join gaming_table owner on owner.casino_id = b.casino_id and owner.id = b.table_id
  left join box_mount m on m.casino_id = b.casino_id and m.box_id = b.id and m.taken_off_at is null
  left join gaming_table stands on stands.casino_id = m.casino_id and stands.id = m.table_id
 where b.casino_id = %(casino)s
 order by owner.code nulls last, b.code
"""

_PEOPLE = """
select s.id, coalesce(k.pin_hash is not null, false), coalesce(k.pin_chosen, false),
       coalesce(k.password_hash is not null, false),
       (select max(l.locked_until) from badge_lock l
         where l.casino_id = s.casino_id and l.badge = s.badge and l.locked_until > %(at)s)
  from staff s
  left join staff_secret k on k.casino_id = s.casino_id and k.staff_id = s.id
 where s.casino_id = %(casino)s
"""

_TOKENS = """
select t.id, t.staff_id, s.badge, s.name, t.created_at, t.expires_at, t.revoked_at
  from api_token t join staff s on s.casino_id = t.casino_id and s.id = t.staff_id
 where t.casino_id = %(casino)s
 order by t.id desc
"""

_CHANGES = """
select j.recorded_at, j.command, j.subject_id, coalesce(s.name, j.actor),
       j.content::jsonb -> 'asked', j.content::jsonb -> 'changed'
  from journal_entry j
  left join staff s on s.casino_id = j.casino_id and s.id = j.actor_id
 where j.casino_id = %(casino)s and j.session_id is null and j.subject_id = any(%(subjects)s)
 order by j.number desc
 limit 500
"""
