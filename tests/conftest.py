"""The database of the tests: real commits, under the application's role, one clone per worker.

The owner makes a template once, named by what it was made from; each worker clones it and the
`default` connection points at the clone. Nothing is rolled back and nothing flushed (the database
refuses that: JRN-2): every test founds its own casino.
"""

import getpass
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from argon2 import PasswordHasher
from django.conf import settings
from django.db import connections
from psycopg import errors, sql

from tablebank import store
from tablebank.commands import pins
from tablebank.store import database

# A slow machine is no broken rule: how long an example takes is nobody's business here.
hypothesis.settings.register_profile(
    "tablebank",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tablebank")

MAKING = 0x7465737464617461
"""The advisory lock under which one worker makes the template and the others wait."""
MARK = "tablebank_test_"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Point both connections at a fresh clone of the template."""
    with django_db_blocker.unblock():
        _use_a_home_of_our_own()
        given = connections["owner"].settings_dict["NAME"]
        template = f"{MARK}{_fingerprint()}"
        clone = f"{template}_{worker_id}_{os.getpid()}"
        with _as_owner(given) as owner:
            owner.execute("select pg_advisory_lock(%s)", [MAKING])
            _drop_what_is_old(owner, template)
            if not _exists(owner, template):
                _make(owner, template)
            _clone(owner, template, clone)
            # Somebody is connected to a clone for as long as it is used: others drop the empty.
            held = _as_owner(clone)
        _point_at(clone)
        yield
        _point_at(given)
        held.close()
        with _as_owner(given) as owner:
            _drop(owner, clone)


@pytest.fixture(scope="session", autouse=True)
def _database_is_real(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test may use the database, and what it writes stays written."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session", autouse=True)
def _pins_are_hashed_lightly() -> Iterator[None]:
    """The same hash, made with little work: thousands of people are hired here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


def _use_a_home_of_our_own() -> None:
    """Keep the tests' embedded server apart from anybody's data, and between runs."""
    if "DATABASE_URL" in os.environ:
        return
    home = Path(tempfile.gettempdir()) / f"tablebank-tests-{getpass.getuser()}"
    for alias, entry in database.databases(environment={}, home=home).items():
        connections[alias].settings_dict.update(entry)


def _fingerprint() -> str:
    """Of everything the schema is made from."""
    rooms = Path(store.__file__).parent
    made_from = [
        rooms / "guards.py",
        rooms / "walls.py",
        *sorted((rooms / "migrations").glob("*.py")),
        *sorted((rooms / "functions").glob("*.sql")),
    ]
    seen = hashlib.sha256("".join(settings.INSTALLED_APPS).encode())
    for source in made_from:
        seen.update(source.read_bytes())
    return seen.hexdigest()[:12]


def _as_owner(name: str) -> psycopg.Connection[Any]:
    """The owner in a database, every statement by itself; locks go with the connection."""
    door = connections["owner"]
    connection: psycopg.Connection[Any] = door.get_new_connection(
        {**door.get_connection_params(), "dbname": name}
    )
    connection.autocommit = True
    return connection


def _exists(owner: psycopg.Connection[Any], name: str) -> bool:
    found = owner.execute("select 1 from pg_database where datname = %s", [name])
    return found.fetchone() is not None


def _make(owner: psycopg.Connection[Any], template: str) -> None:
    """Migrate into a database under another name; only a finished one gets the template's."""
    unfinished = f"{template}_unfinished"
    _drop(owner, unfinished)
    owner.execute(sql.SQL("create database {}").format(sql.Identifier(unfinished)))
    _point_at(unfinished)
    database.migrate()
    connections["owner"].close()
    owner.execute(
        sql.SQL("alter database {} rename to {}").format(
            sql.Identifier(unfinished), sql.Identifier(template)
        )
    )


def _clone(owner: psycopg.Connection[Any], template: str, clone: str) -> None:
    owner.execute(
        sql.SQL("create database {} template {}").format(
            sql.Identifier(clone), sql.Identifier(template)
        )
    )


def _drop(owner: psycopg.Connection[Any], name: str) -> None:
    dropping = sql.SQL("drop database if exists {}").format(sql.Identifier(name))
    try:
        owner.execute(dropping + sql.SQL(" with (force)"))
    except errors.InsufficientPrivilege:
        # The server's own vacuum was in it: that may not be forced out, and leaves when asked.
        owner.execute(dropping)


def _drop_what_is_old(owner: psycopg.Connection[Any], template: str) -> None:
    """Templates of other schemas, and clones that nobody is connected to any more."""
    left = owner.execute(
        "select datname from pg_database d where starts_with(datname, %s) and datname <> %s"
        " and not exists (select 1 from pg_stat_activity a where a.datname = d.datname)",
        [MARK, template],
    ).fetchall()
    for (name,) in left:
        _drop(owner, name)


def _point_at(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
