"""The walls round every table: put up from the guards' list, and left alone while they stand.

A server looks at the walls each time it starts, beside others that are serving. Putting them up
takes every table for itself, so it happens only when something is not as declared: what was
declared and what then stood are kept as one mark in the database, and both have to be the same
still. A wall that somebody took down by hand is put up again (JRN-2, TEN-1).
"""

import hashlib
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors, sql

from tablebank.store.guards import APP_ROLE, GUARDS, Guard, Kind

FUNCTIONS = Path(__file__).with_name("functions")
_PATIENTLY = "set local lock_timeout = '400ms'"
"""How long one table may be waited for: less than PostgreSQL's `deadlock_timeout` (1 s), so that
in a deadlock it is we who give way, never a command that a person waits for."""
ATTEMPTS = 40
PAUSE_SECONDS = 0.25

_STANDING = """
select string_agg(line, E'\n' order by line) from (
    select pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '') as line
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    union all
    select concat_ws(' ', c.relname, pg_get_userbyid(c.relowner), c.relacl::text,
                     c.relrowsecurity, c.relforcerowsecurity)
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    union all
    select concat_ws(' ', c.relname, a.attname, a.attacl::text)
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and a.attacl is not null
    union all
    select concat_ws(' ', c.relname, p.polname, p.polcmd, p.polpermissive, p.polroles::text,
                     pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))
    from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace
    union all
    select concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    union all
    select concat_ws(' ', n.nspname, n.nspacl::text) from pg_namespace n where n.nspname = 'public'
) seen
"""
"""Everything a wall is made of, as the database has it now."""


def put_up(*, owner: psycopg.Connection[Any]) -> bool:
    """Put every wall up anew, all of them or none; False, and nothing touched, where all stand.

    Waits while others hold the tables and tries again; raises `LockNotAvailable` when they never
    let go. The connection is outside any transaction.
    """
    statements = _declared()
    declared = _digest("\n".join(each.as_string(owner) for each in statements))
    if _mark(owner) == f"{declared} {_standing(owner)}":
        return False
    for attempt in range(ATTEMPTS):
        try:
            with owner.transaction():
                owner.execute(_PATIENTLY)
                for statement in statements:
                    owner.execute(statement)
                mark = sql.Literal(f"{declared} {_standing(owner)}")
                owner.execute(sql.SQL("comment on function tablebank_refuses() is {}").format(mark))
        except (errors.LockNotAvailable, errors.DeadlockDetected):
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            break
    return True


def _mark(owner: psycopg.Connection[Any]) -> str | None:
    """What was noted when the walls were last put up; None where they never were."""
    found = owner.execute(
        "select obj_description(to_regprocedure('tablebank_refuses()'), 'pg_proc')"
    ).fetchone()
    return found[0] if found else None


def _standing(owner: psycopg.Connection[Any]) -> str:
    found = owner.execute(_STANDING).fetchone()
    return _digest((found and found[0]) or "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _declared() -> list[sql.SQL | sql.Composed]:
    """Every statement, in the order in which they are run."""
    app = sql.Identifier(APP_ROLE)
    said: list[sql.SQL | sql.Composed] = [
        sql.SQL(source.read_text()) for source in sorted(FUNCTIONS.glob("*.sql"))
    ]
    said += [
        sql.SQL("revoke all on all tables in schema public from {}").format(app),
        sql.SQL("grant usage on schema public to {}").format(app),
    ]
    for lookup in ("casino_id_at(text)", "casino_ids()"):
        function = sql.SQL(lookup)
        said.append(sql.SQL("revoke all on function {} from public").format(function))
        said.append(sql.SQL("grant execute on function {} to {}").format(function, app))
    for guard in GUARDS:
        said += _statements(guard)
    return said


def _statements(guard: Guard) -> list[sql.Composed]:
    table = sql.Identifier(guard.table)
    said = []
    if guard.grants:
        grants = sql.SQL(", ").join(sql.SQL(grant) for grant in guard.grants)
        said.append(sql.SQL("grant {} on {} to {}").format(grants, table, sql.Identifier(APP_ROLE)))
    if guard.casino is not None:
        said += _tenancy(table, sql.Identifier(guard.casino))
    said += _triggers(guard, table)
    return said


def _tenancy(table: sql.Identifier, casino: sql.Identifier) -> list[sql.Composed]:
    """Rows of the casino in scope and no others; after a transaction the setting is empty."""
    scope = sql.SQL("{} = nullif(current_setting('tablebank.casino_id', true), '')::uuid").format(
        casino
    )
    return [
        sql.SQL("alter table {} enable row level security").format(table),
        sql.SQL("alter table {} force row level security").format(table),
        sql.SQL("drop policy if exists casino_scope on {}").format(table),
        sql.SQL("create policy casino_scope on {} using ({}) with check ({})").format(
            table, scope, scope
        ),
    ]


def _triggers(guard: Guard, table: sql.Identifier) -> list[sql.Composed]:
    """The triggers of one table; `create or replace` keeps them there while they are renewed."""
    refused = {
        Kind.APPEND_ONLY: ("update", "delete"),
        Kind.STATUS: ("delete",),
        Kind.PLAIN: (),
    }[guard.kind]
    said = [
        _trigger(table, f"guard_{act}", sql.SQL("before {}").format(sql.SQL(act)), "refuses")
        for act in refused
    ]
    if refused:
        said.append(
            sql.SQL(
                "create or replace trigger guard_truncate before truncate on {}"
                " for each statement execute function tablebank_refuses()"
            ).format(table)
        )
    if guard.kind is Kind.STATUS:
        before = sql.SQL("before update")
        said.append(_trigger(table, "guard_moving", before, "only_moves", *guard.moving))
        if guard.once:
            said.append(_trigger(table, "guard_once", before, "sets_once", *guard.once))
        if guard.rising:
            said.append(_trigger(table, "guard_rising", before, "only_rises", *guard.rising))
    for function in guard.special:
        when = sql.SQL("after insert" if function.endswith("_found") else "before update")
        name = f"guard_{function.removeprefix('tablebank_')}"
        said.append(_trigger(table, name, when, function.removeprefix("tablebank_")))
    return said


def _trigger(
    table: sql.Identifier, name: str, when: sql.Composable, function: str, *arguments: str
) -> sql.Composed:
    return sql.SQL(
        "create or replace trigger {} {} on {} for each row execute function {}({})"
    ).format(
        sql.Identifier(name),
        when,
        table,
        sql.Identifier(f"tablebank_{function}"),
        sql.SQL(", ").join(sql.Literal(argument) for argument in arguments),
    )
