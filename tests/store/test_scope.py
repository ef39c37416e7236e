"""The scope: one casino, one transaction, and nothing left of it afterwards (TEN-1)."""

from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connections
from psycopg import errors

from tablebank.domain.refusals import Refused
from tablebank.store.scope import casino_scope, casino_view, worth_retrying
from tests.store.ground import Ground, lay


@pytest.fixture(scope="module")
def ground() -> Ground:
    return lay()


def _rename(cursor: psycopg.Cursor, name: str) -> None:
    cursor.execute("update gaming_table set name = %s", [name])


def _name(ground: Ground) -> str:
    with casino_view(ground.id) as cursor:
        row = cursor.execute("select name from gaming_table").fetchone()
    assert row is not None
    return str(row[0])


def test_a_scope_commits(ground: Ground) -> None:
    with casino_scope(ground.id) as cursor:
        _rename(cursor, "kept")
    assert _name(ground) == "kept"


def test_an_exception_rolls_everything_back(ground: Ground) -> None:
    before = _name(ground)
    with pytest.raises(errors.DivisionByZero), casino_scope(ground.id) as cursor:
        cursor.execute("update gaming_table set name = 'lost' returning 1 / 0")
    assert _name(ground) == before


def test_scopes_do_not_nest(ground: Ground) -> None:
    with casino_scope(ground.id), pytest.raises(RuntimeError), casino_scope(uuid4()):
        pass


def test_nothing_is_left_of_a_scope(ground: Ground) -> None:
    with casino_scope(ground.id):
        pass
    with casino_view(ground.id):
        pass
    with connections["default"].cursor() as outside:
        outside.execute("select current_setting('tablebank.casino_id', true)")
        assert outside.fetchone() in {("",), (None,)}
        outside.execute("show transaction_read_only")
        assert outside.fetchone() == ("off",)


def test_a_view_cannot_write(ground: Ground) -> None:
    with pytest.raises(errors.ReadOnlySqlTransaction), casino_view(ground.id) as cursor:
        _rename(cursor, "never")
    with casino_scope(ground.id) as cursor:
        _rename(cursor, "writing again")


def test_a_view_sees_one_instant(ground: Ground) -> None:
    before = _name(ground)
    with casino_view(ground.id) as cursor:
        assert cursor.execute("select name from gaming_table").fetchone() == (before,)
        _meanwhile(ground, "changed meanwhile")
        assert cursor.execute("select name from gaming_table").fetchone() == (before,)
    assert _name(ground) == "changed meanwhile"


def test_the_next_scope_survives_a_lost_connection(ground: Ground) -> None:
    with casino_view(ground.id) as cursor:
        row = cursor.execute("select pg_backend_pid()").fetchone()
    assert row is not None
    with connections["owner"].cursor() as owner:
        owner.execute("select pg_terminate_backend(%s, 5000)", [row[0]])
    with pytest.raises(Refused, match=r"^TRY_AGAIN$"):
        _name(ground)
    assert _name(ground)


def test_a_lost_race_is_worth_another_try() -> None:
    wrapped = OperationalError("at commit")
    wrapped.__cause__ = errors.SerializationFailure("at commit")
    assert worth_retrying(errors.DeadlockDetected("x"))
    assert worth_retrying(errors.LockNotAvailable("x"))
    assert worth_retrying(wrapped)
    assert worth_retrying(errors.UniqueViolation("x"))
    assert not worth_retrying(errors.CheckViolation("x"))
    assert not worth_retrying(ValueError("x"))


def _another() -> psycopg.Connection:
    """A second connection of the same role."""
    door = connections["default"]
    connection: psycopg.Connection = door.get_new_connection(door.get_connection_params())
    return connection


def _meanwhile(ground: Ground, name: str) -> None:
    with _another() as other, other.transaction():
        cursor = other.cursor()
        cursor.execute("select set_config('tablebank.casino_id', %s, true)", [str(ground.id)])
        _rename(cursor, name)
