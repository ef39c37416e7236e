"""Where the database is, and as whom it is spoken to.

Two doors: the *owner* makes tables and guards and is used for nothing else; everything that serves
a casino goes through the *application role*, which owns nothing and which row-level security binds
(TEN-1). `DATABASE_URL` names the owner; the application role is put on inside that connection, or
comes with a login of its own through `DATABASE_APP_URL`. With neither, the database is embedded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import conninfo, sql

from tablebank.store import guards, walls
from tablebank.store.embedded import server
from tablebank.store.embedded.place import socket_folder

APP_ROLE = guards.APP_ROLE
OWNER_ALIAS = "owner"
MIGRATING = 0x7461626C65626E6B
"""The advisory lock under which only one program migrates at a time."""

_DJANGO_NAMES = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def databases(*, environment: Mapping[str, str], home: Path) -> dict[str, dict[str, Any]]:
    """Django's two connections, `default` under the application role and `owner`.

    Without `DATABASE_URL` but with `DATABASE_APP_URL` there is no `owner`: such a process serves
    and cannot migrate.
    """
    owner = environment.get("DATABASE_URL")
    app = environment.get("DATABASE_APP_URL")
    if owner is None and app is None:
        return {
            "default": _embedded(home=home, user=server.APP),
            OWNER_ALIAS: _embedded(home=home, user=server.OWNER),
        }
    found = {}
    if app is not None:
        found["default"] = _elsewhere(url=app, role=None)
    elif owner is not None:
        found["default"] = _elsewhere(url=owner, role=APP_ROLE)
    if owner is not None:
        found[OWNER_ALIAS] = _elsewhere(url=owner, role=None)
    return found


def _embedded(*, home: Path, user: str) -> dict[str, Any]:
    return {
        "ENGINE": "tablebank.store.backend",
        "NAME": server.DATABASE,
        "USER": user,
        "HOST": str(socket_folder(home=home)),
        "OPTIONS": {"home": str(home), "prepare_threshold": 2},
        **_habits(),
    }


def _elsewhere(*, url: str, role: str | None) -> dict[str, Any]:
    given = conninfo.conninfo_to_dict(url)
    if role is not None:
        given["options"] = f"{given.get('options') or ''} -c role={role}".strip()
    named = {name: given.pop(key, "") for key, name in _DJANGO_NAMES.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "OPTIONS": {"prepare_threshold": 2, **given},
        **_habits(),
    }


def _habits() -> dict[str, Any]:
    """Connections are kept, and looked at before use: a restarted server costs one reconnection."""
    return {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


class OwnerMigrates:
    """Django's router: tables are made through the owner's door and through no other."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Only the owner may."""
        return db == OWNER_ALIAS


# -- migrating -------------------------------------------------------------------------------------


def migrate(*, verbosity: int = 0) -> None:
    """Bring tables and guards up to date; running it again changes nothing.

    Order matters: the role first, then tables, then walls. A table that has no wall yet has no
    grant either, so a migration cut short fails closed. Where all is as it should be, no table is
    locked: a server may start while others serve.
    """
    connection = connections[OWNER_ALIAS]
    connection.ensure_connection()
    owner: psycopg.Connection[Any] = connection.connection
    owner.execute("select pg_advisory_lock(%s)", [MIGRATING])
    try:
        make_app_role(owner=owner)
        call_command("migrate", database=OWNER_ALIAS, interactive=False, verbosity=verbosity)
        walls.put_up(owner=owner)
    finally:
        owner.execute("select pg_advisory_unlock(%s)", [MIGRATING])


def make_app_role(*, owner: psycopg.Connection[Any]) -> None:
    """Create the role that owns nothing, and let the owner put it on."""
    role = sql.Identifier(APP_ROLE)
    found = owner.execute("select 1 from pg_roles where rolname = %s", [APP_ROLE]).fetchone()
    if found is None:
        owner.execute(sql.SQL("create role {} login").format(role))
    member = owner.execute(
        "select pg_has_role(current_user, %s, 'member') and not rolsuper"
        " from pg_roles where rolname = current_user",
        [APP_ROLE],
    ).fetchone()
    if found is None or member == (False,):
        owner.execute(sql.SQL("grant {} to current_user").format(role))


def is_migrated() -> bool:
    """Whether every migration this program knows has been applied, seen through the app's eyes."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations') is not null")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("select name from django_migrations where app = 'store'")
        applied = {name for (name,) in cursor.fetchall()}
    return known_migrations() <= applied


def known_migrations() -> set[str]:
    """The names of the store's migrations as they lie in the package."""
    folder = Path(__file__).with_name("migrations")
    return {path.stem for path in folder.glob("[0-9]*.py")}


# -- as whom ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What the database says about the connection that serves (TEN-1)."""

    role: str
    superuser: bool
    bypasses_row_security: bool
    owns_tables: bool
    server_version: int

    @property
    def safe(self) -> bool:
        """Whether the database's own walls bind this connection."""
        return not (self.superuser or self.bypasses_row_security or self.owns_tables)


def standing() -> Standing:
    """As whom `default` speaks: a program that serves refuses to start when this is not safe."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname, rolsuper, rolbypassrls,"
            " exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            "         where c.relowner = r.oid and n.nspname = 'public'),"
            " current_setting('server_version_num')::int"
            " from pg_roles r where rolname = current_user"
        )
        role, superuser, bypasses, owns, version = cursor.fetchone()
    return Standing(
        role=role,
        superuser=superuser,
        bypasses_row_security=bypasses,
        owns_tables=owns,
        server_version=version,
    )
