"""Nothing of one casino is to be had from another (TEN-1): raw SQL, under the program's own role.

Casey works in the cage next door and must see nothing.
"""

from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connections
from psycopg import errors, sql

from tablebank.store.guards import GUARDS, Guard
from tablebank.store.save import insert
from tablebank.store.scope import casino_scope, casino_view
from tests.store.ground import Ground, lay, owner_scope
from tests.store.records import a_fill, a_snapshot, an_open_session

TENANTED = [guard for guard in GUARDS if guard.casino is not None]
BY_TABLE = [pytest.param(guard, id=guard.table) for guard in TENANTED]


@pytest.fixture(scope="module")
def here() -> Ground:
    return lay()


@pytest.fixture(scope="module")
def next_door() -> Ground:
    return lay()


def _rows(guard: Guard) -> sql.Composed:
    return sql.SQL("select count(*) from {} where {} = %s").format(
        sql.Identifier(guard.table), sql.Identifier(guard.casino or "")
    )


@pytest.mark.parametrize("guard", BY_TABLE)
def test_next_door_is_not_to_be_read(guard: Guard, here: Ground, next_door: Ground) -> None:
    with casino_view(here.id) as cursor:
        assert cursor.execute(_rows(guard), [here.id]).fetchone() != (0,)
        assert cursor.execute(_rows(guard), [next_door.id]).fetchone() == (0,)


@pytest.mark.parametrize("guard", BY_TABLE)
def test_without_a_scope_there_is_nothing(guard: Guard, here: Ground) -> None:
    with casino_view(here.id) as cursor:
        cursor.execute(_rows(guard), [here.id])
    with connections["default"].cursor() as outside:
        outside.execute(_rows(guard), [here.id])
        assert outside.fetchone() == (0,)


@pytest.mark.parametrize("guard", BY_TABLE)
def test_the_owner_is_bound_too(guard: Guard, here: Ground, next_door: Ground) -> None:
    with owner_scope(here.id) as cursor:
        if cursor.execute("show is_superuser").fetchone() == ("on",):
            pytest.skip("DATABASE_URL names a superuser, whom no wall binds")
        assert cursor.execute(_rows(guard), [next_door.id]).fetchone() == (0,)


@pytest.mark.parametrize(
    "guard", [pytest.param(each, id=each.table) for each in TENANTED if "update" in each.grants]
)
def test_next_door_is_not_to_be_changed(guard: Guard, here: Ground, next_door: Ground) -> None:
    column = sql.Identifier(guard.casino or "")
    change = sql.SQL("update {} set {} = {} where {} = %s").format(
        sql.Identifier(guard.table), column, column, column
    )
    with casino_scope(here.id) as cursor:
        assert cursor.execute(change, [next_door.id]).rowcount == 0


def test_nothing_can_be_written_next_door(here: Ground, next_door: Ground) -> None:
    stray = a_snapshot(session=next_door.session, number="O-2026-000099")
    with pytest.raises(errors.InsufficientPrivilege), casino_scope(here.id) as cursor:
        insert(cursor, [stray])


def test_nothing_can_be_moved_next_door(here: Ground, next_door: Ground) -> None:
    with pytest.raises(psycopg.Error), casino_scope(here.id) as cursor:
        cursor.execute(
            "update gaming_table set casino_id = %s where id = %s", [next_door.id, here.table.id]
        )


def test_a_slip_cannot_hang_on_a_session_next_door(here: Ground, next_door: Ground) -> None:
    stray = replace(
        a_fill(session=here.session, person=here.person, request=2),
        session_id=next_door.session.id,
    )
    with pytest.raises(IntegrityError) as refused, casino_scope(here.id) as cursor:
        insert(cursor, [stray])
    assert isinstance(refused.value.__cause__, errors.ForeignKeyViolation)


def test_a_session_cannot_stand_on_a_table_next_door(here: Ground, next_door: Ground) -> None:
    stray = replace(an_open_session(table=next_door.table, ordinal=9), casino_id=here.id)
    with pytest.raises(IntegrityError), casino_scope(here.id) as cursor:
        insert(cursor, [stray])


def test_nobody_signs_with_a_person_from_next_door(here: Ground, next_door: Ground) -> None:
    with pytest.raises(IntegrityError), casino_scope(here.id) as cursor:
        cursor.execute(
            "insert into slip_hand (id, casino_id, slip_id, staff_id, role)"
            " values (gen_random_uuid(), %s, %s, %s, 'DEALER')",
            [here.id, here.slip.id, next_door.person.id],
        )


def test_every_link_between_rows_includes_the_casino() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, conname, confrelid::regclass::text,"
            " (select attname from pg_attribute"
            "   where attrelid = conrelid and attnum = conkey[1]) "
            "from pg_constraint where contype = 'f'"
        )
        links = cursor.fetchall()
    assert len(links) > 50
    assert not [link for link in links if link[3] != "casino_id"]


def test_a_casino_is_found_by_its_slug_before_there_is_a_scope(here: Ground) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("select casino_id_at(%s)", [here.casino.slug])
        assert cursor.fetchone() == (here.id,)
        cursor.execute("select casino_id_at(%s)", [f"not-{here.casino.slug}"])
        assert cursor.fetchone() == (None,)
        cursor.execute("select %s in (select casino_ids())", [here.id])
        assert cursor.fetchone() == (True,)


def test_the_list_of_casinos_is_nobodys_to_read_or_write(here: Ground) -> None:
    for attempt in (
        "select * from casino_address",
        "insert into casino_address (slug, casino_id) values ('x', gen_random_uuid())",
        "delete from casino_address",
    ):
        with pytest.raises(errors.InsufficientPrivilege), casino_scope(here.id) as cursor:
            cursor.execute(attempt)


def test_a_slug_is_taken_once(here: Ground) -> None:
    twin = replace(here.casino, id=uuid4())
    with pytest.raises(errors.UniqueViolation), casino_scope(twin.id) as cursor:
        insert(cursor, [twin])
