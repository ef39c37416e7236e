"""What the database refuses of itself: facts, signatures and journal stay as written.

JRN-2, SNAP-1, SIGN-1, SLIP-1, SESS-3. Asked under the application's role and as the owner.
"""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from psycopg import errors, sql

from tablebank.store.guards import APP_ROLE, GUARDS, Guard, Kind
from tablebank.store.scope import casino_scope
from tests.store.ground import Ground, lay, owner_scope
from tests.store.records import AT

KEPT = [guard for guard in GUARDS if guard.kind is not Kind.PLAIN]
FACTS = [pytest.param(each, id=each.table) for each in GUARDS if each.kind is Kind.APPEND_ONLY]
ANOTHER_VALUE = {
    "uuid": "gen_random_uuid()",
    "text": "coalesce({0}, '') || 'x'",
    "boolean": "not {0}",
    "integer": "coalesce({0}, 0) + 1",
    "bigint": "coalesce({0}, 0) + 1",
    "date": "coalesce({0}, current_date) + 1",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 second'",
    "time without time zone": "{0} + interval '1 minute'",
    "jsonb": "'[{{\"other\": 1}}]'",
}


@pytest.fixture(scope="module")
def ground() -> Ground:
    return lay()


def _columns() -> dict[str, dict[str, str]]:
    """Each guarded table's columns and their types."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select c.relname, a.attname, format_type(a.atttypid, null) from pg_class c"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            " join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'"
            " where c.relkind in ('r', 'p')"
        )
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in cursor.fetchall():
            found.setdefault(table, {})[column] = kind
    return found


def _change(guard: Guard, column: str, kind: str) -> sql.Composed:
    value = ANOTHER_VALUE[kind].format(f'"{column}"')
    return sql.SQL("update {} set {} = {} where {} = %s").format(
        sql.Identifier(guard.table),
        sql.Identifier(column),
        sql.SQL(value),  # type: ignore[arg-type]
        sql.Identifier(guard.casino or ""),
    )


def _attempts(guard: Guard) -> list[sql.Composed]:
    table, casino = sql.Identifier(guard.table), sql.Identifier(guard.casino or "")
    return [
        sql.SQL("update {} set {} = {} where {} = %s").format(table, casino, casino, casino),
        sql.SQL("delete from {} where {} = %s").format(table, casino),
        sql.SQL("truncate {} cascade -- %s").format(table),
    ]


def test_every_table_is_declared() -> None:
    assert set(_columns()) == {guard.table for guard in GUARDS}


def test_every_declared_column_is_there() -> None:
    columns = _columns()
    for guard in GUARDS:
        assert {*guard.moving, *guard.once, *guard.rising} <= set(columns[guard.table])


def test_the_application_owns_nothing_and_is_granted_what_the_list_says() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select table_name, lower(privilege_type) from information_schema.role_table_grants"
            " where grantee = %s and table_schema = 'public'",
            [APP_ROLE],
        )
        granted: set[tuple[str, str]] = set(cursor.fetchall())
    assert granted == {(guard.table, grant) for guard in GUARDS for grant in guard.grants}


def test_the_application_deletes_only_what_is_no_fact() -> None:
    """RET-01."""
    assert {guard.table for guard in GUARDS if "delete" in guard.grants} == {
        "django_session",
        "badge_lock",
    }


def test_every_casinos_table_is_walled_by_force() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relforcerowsecurity"
            " and relnamespace = 'public'::regnamespace"
        )
        walled = {name for (name,) in cursor.fetchall()}
    assert walled == {guard.table for guard in GUARDS if guard.casino is not None}


@pytest.mark.parametrize("guard", FACTS)
def test_a_fact_is_never_changed_by_the_application(guard: Guard, ground: Ground) -> None:
    """FIL-08, FRM-01."""
    for attempt in _attempts(guard):
        with pytest.raises(errors.InsufficientPrivilege), casino_scope(ground.id) as cursor:
            cursor.execute(attempt, [ground.id])


@pytest.mark.parametrize("guard", FACTS)
def test_a_fact_is_never_changed_by_the_owner(guard: Guard, ground: Ground) -> None:
    """FIL-08, FRM-01."""
    for attempt in _attempts(guard):
        with pytest.raises(errors.RestrictViolation), owner_scope(ground.id) as cursor:
            cursor.execute(attempt, [ground.id])


@pytest.mark.parametrize(
    "guard", [pytest.param(each, id=each.table) for each in KEPT if each.kind is Kind.STATUS]
)
def test_only_the_columns_that_move_may_change(guard: Guard, ground: Ground) -> None:
    fixed = {
        name: kind for name, kind in _columns()[guard.table].items() if name not in guard.moving
    }
    for column, kind in fixed.items():
        with pytest.raises(errors.RestrictViolation, match="never changes"):
            _as_both(ground.id, _change(guard, column, kind))


@pytest.mark.parametrize(
    "guard", [pytest.param(each, id=each.table) for each in KEPT if each.kind is Kind.STATUS]
)
def test_what_has_a_status_is_never_deleted(guard: Guard, ground: Ground) -> None:
    """RET-01."""
    _, delete, truncate = _attempts(guard)
    for attempt in (delete, truncate):
        with pytest.raises(errors.InsufficientPrivilege), casino_scope(ground.id) as cursor:
            cursor.execute(attempt, [ground.id])
        with pytest.raises(errors.RestrictViolation), owner_scope(ground.id) as owner:
            owner.execute(attempt, [ground.id])


def _as_both(casino_id: UUID, attempt: sql.Composed) -> None:
    """Refused to the owner is refused to everybody; the application is asked first."""
    with pytest.raises(errors.RestrictViolation), casino_scope(casino_id) as cursor:
        cursor.execute(attempt, [casino_id])
    with owner_scope(casino_id) as owner:
        owner.execute(attempt, [casino_id])


def _update(ground: Ground, table: str, **values: Any) -> None:
    changes = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in values
    )
    with casino_scope(ground.id) as cursor:
        statement = sql.SQL("update {} set {}").format(sql.Identifier(table), changes)
        assert cursor.execute(statement, values).rowcount > 0


def test_opening_binds_a_session_once_and_for_good() -> None:
    ground = lay()
    for bound in ({"ordinal": 2}, {"table_code": "BJ-08"}, {"need_total_cents": 1}, {"pit": "P2"}):
        with pytest.raises(errors.RestrictViolation, match="opening bound"):
            _update(ground, "table_session", **bound)
    with pytest.raises(errors.RestrictViolation, match="bank mode"):
        _update(ground, "table_session", table_bank_mode="IMPREST_TO_PAR")
    _update(ground, "table_session", phase="CLOSING", closing_at=AT)


def test_a_slip_takes_its_number_and_its_tray_instant_once() -> None:
    ground = lay()
    _update(ground, "slip", status="ISSUED", number="F-2026-000008", moved_at=AT)
    _update(ground, "slip", status="VERIFIED_AT_TABLE", tray_instant=AT)
    for again in ({"number": "F-2026-000009"}, {"number": None}, {"tray_instant": None}):
        with pytest.raises(errors.RestrictViolation, match="once"):
            _update(ground, "slip", **again)


def test_numbers_never_fall() -> None:
    ground = lay()
    _update(ground, "number_series", last=8)
    _update(ground, "journal_head", number=2, hash="i")
    for table, column in (
        ("number_series", "last"),
        ("journal_head", "number"),
        ("gaming_table", "last_ordinal"),
    ):
        with pytest.raises(errors.RestrictViolation, match="upwards"):
            _update(ground, table, **{column: 0})


def test_a_mount_reaches_back_and_never_forward() -> None:
    ground = lay()
    with pytest.raises(errors.RestrictViolation):
        _update(ground, "box_mount", serves_from=2)
    _update(ground, "box_mount", serves_from=0)
    _update(ground, "box_mount", served_to=1, taken_off_at=AT)
    with pytest.raises(errors.RestrictViolation):
        _update(ground, "box_mount", taken_off_at=None)


def test_the_application_cannot_take_a_wall_down(ground: Ground) -> None:
    for attempt in (
        "alter table tray_snapshot disable row level security",
        "alter table tray_snapshot disable trigger all",
        "drop policy casino_scope on tray_snapshot",
        "set local session_replication_role = replica",
        "drop function tablebank_refuses() cascade",
        "create table mine (id int)",
        f"alter role {APP_ROLE} bypassrls",
    ):
        with pytest.raises(psycopg.Error) as refused, casino_scope(ground.id) as cursor:
            cursor.execute(attempt)  # type: ignore[arg-type]
        assert refused.value.sqlstate == "42501", attempt
