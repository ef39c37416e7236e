"""Walls that stand are left alone; one that does not is put up, beside people who work (TEN-1)."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg import errors

from tablebank.store import database, walls
from tests.store.ground import Ground, lay


@pytest.fixture(scope="module")
def ground() -> Ground:
    return lay()


@pytest.fixture
def somebody(ground: Ground) -> Iterator[psycopg.Connection[Any]]:
    """A server's connection in the middle of a command: it holds the tables it read and wrote."""
    database.migrate()
    door = connections["default"]
    connection: psycopg.Connection[Any] = door.get_new_connection(door.get_connection_params())
    connection.execute("select set_config('tablebank.casino_id', %s, true)", [str(ground.id)])
    connection.execute("select * from gaming_table for update")
    yield connection
    connection.close()


def _standing() -> tuple[Any, ...]:
    with connections["owner"].cursor() as owner:
        owner.execute(
            "select relrowsecurity, relforcerowsecurity,"
            " (select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O'"
            "   and tgname = 'guard_delete'),"
            " has_table_privilege('tablebank_app', c.oid, 'delete')"
            " from pg_class c where c.oid = 'gaming_table'::regclass"
        )
        found: tuple[Any, ...] = owner.fetchone()
        return found


STANDS = (True, True, 1, False)
DOWN = (
    "alter table gaming_table disable row level security",
    "alter table gaming_table no force row level security",
    "alter table gaming_table disable trigger guard_delete",
    "drop trigger guard_delete on gaming_table",
    "grant delete on gaming_table to tablebank_app",
)


@pytest.mark.usefixtures("somebody")
def test_a_server_starts_beside_others_that_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    """S1: where every wall stands no table is locked, so no start meets a command in a deadlock."""
    monkeypatch.setattr(walls, "ATTEMPTS", 1)
    database.migrate()
    assert _standing() == STANDS


@pytest.mark.parametrize("taken_down", DOWN)
def test_a_wall_taken_down_is_put_up_again(taken_down: str) -> None:
    """TEN-1, JRN-2: whoever takes a wall down by hand finds it standing after the next start."""
    with connections["owner"].cursor() as owner:
        owner.execute(taken_down)
    assert _standing() != STANDS
    database.migrate()
    assert _standing() == STANDS


def test_a_function_rewritten_by_hand_is_as_declared_again() -> None:
    """JRN-2: the walls' own functions count as walls."""
    source = "select prosrc from pg_proc where proname = 'tablebank_refuses'"
    with connections["owner"].cursor() as owner:
        before = owner.execute(source).fetchone()
        owner.execute(
            "create or replace function tablebank_refuses() returns trigger language plpgsql"
            " as $$ begin return new; end $$"
        )
        database.migrate()
        assert owner.execute(source).fetchone() == before


def test_it_waits_for_whoever_is_at_work(
    somebody: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1: the command that is under way goes first; the wall stands when it has ended."""
    monkeypatch.setattr(walls.time, "sleep", lambda seconds: somebody.rollback())
    with connections["owner"].cursor() as owner:
        owner.execute("grant delete on gaming_table to tablebank_app")
    database.migrate()
    assert _standing() == STANDS


def test_it_gives_up_and_leaves_nothing_half(
    somebody: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1: all walls or none; the next start finds that one is missing."""
    monkeypatch.setattr(walls, "ATTEMPTS", 2)
    monkeypatch.setattr(walls, "PAUSE_SECONDS", 0)
    with connections["owner"].cursor() as owner:
        owner.execute("grant delete on staff to tablebank_app")
    with pytest.raises(errors.LockNotAvailable):
        database.migrate()
    with connections["owner"].cursor() as owner:
        owner.execute("select has_table_privilege('tablebank_app', 'staff', 'delete')")
        assert owner.fetchone() == (True,)
    somebody.rollback()
    database.migrate()
    with connections["owner"].cursor() as owner:
        owner.execute("select has_table_privilege('tablebank_app', 'staff', 'delete')")
        assert owner.fetchone() == (False,)
