"""Where the database is, and under which role it is spoken to (TEN-1)."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from psycopg import errors

from tablebank.store import database
from tablebank.store.scope import casino_scope
from tests.store.ground import lay

HOME = Path("/srv/tablebank")
OWNER_URL = "postgresql://house:s3cret@db.example:5433/bank?sslmode=require"
APP_URL = "postgresql://tablebank_app:other@db.example/bank"


def _databases(**environment: str) -> dict[str, dict[str, Any]]:
    return database.databases(environment=environment, home=HOME)


def test_without_an_address_the_database_is_embedded() -> None:
    found = _databases()
    assert {alias: entry["USER"] for alias, entry in found.items()} == {
        "default": "tablebank_app",
        "owner": "tablebank_owner",
    }
    assert {entry["HOST"] for entry in found.values()} == {"/srv/tablebank/postgres/run"}


def test_the_application_role_is_put_on_inside_the_owners_connection() -> None:
    found = _databases(DATABASE_URL=OWNER_URL)
    assert found["default"]["OPTIONS"]["options"] == "-c role=tablebank_app"
    assert "options" not in found["owner"]["OPTIONS"]
    for entry in found.values():
        assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("bank", "house", "s3cret")
        assert (entry["HOST"], entry["PORT"]) == ("db.example", "5433")
        assert entry["OPTIONS"]["sslmode"] == "require"


def test_options_that_were_given_stay() -> None:
    found = _databases(DATABASE_URL="host=db.example dbname=bank options='-c work_mem=8MB'")
    assert found["default"]["OPTIONS"]["options"] == "-c work_mem=8MB -c role=tablebank_app"
    assert found["owner"]["OPTIONS"]["options"] == "-c work_mem=8MB"


def test_a_login_of_its_own_goes_before_the_owners() -> None:
    found = _databases(DATABASE_URL=OWNER_URL, DATABASE_APP_URL=APP_URL)
    assert (found["default"]["USER"], found["owner"]["USER"]) == ("tablebank_app", "house")
    assert "options" not in found["default"]["OPTIONS"]


def test_a_process_that_only_serves_knows_no_owner() -> None:
    assert set(_databases(DATABASE_APP_URL=APP_URL)) == {"default"}


def test_migrating_again_changes_nothing() -> None:
    before = _catalogue()
    database.migrate()
    assert _catalogue() == before


def test_a_table_nobody_declared_is_closed() -> None:
    ground = lay()
    with connections["owner"].cursor() as owner:
        owner.execute("create table undeclared (id int)")
        try:
            database.migrate()
            with pytest.raises(errors.InsufficientPrivilege), casino_scope(ground.id) as cursor:
                cursor.execute("select * from undeclared")
        finally:
            owner.execute("drop table undeclared")


def _catalogue() -> list[Any]:
    """What the walls are, as the database has them."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select relname, relacl::text, relrowsecurity, relforcerowsecurity,"
            " (select array_agg(pg_get_triggerdef(t.oid) order by t.oid) from pg_trigger t"
            "   where t.tgrelid = c.oid and not t.tgisinternal),"
            " (select array_agg(pg_get_expr(p.polqual, c.oid)) from pg_policy p"
            "   where p.polrelid = c.oid)"
            " from pg_class c where relnamespace = 'public'::regnamespace order by relname"
        )
        return list(cursor.fetchall())
