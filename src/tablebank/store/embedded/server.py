"""Bringing the embedded server up, and holding it for as long as somebody needs it.

Whether it is alive is asked of the server itself (`pg_isready`), never read from its pid file.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from tablebank.store.embedded import keeper
from tablebank.store.embedded.place import (
    SOCKET_NAME,
    Cluster,
    EmbeddedServerError,
    run_as,
    settle,
    socket_folder,
)
from tablebank.store.embedded.programs import carry, programs

SUPERUSER = "tablebank_superuser"
OWNER = "tablebank_owner"
APP = "tablebank_app"
DATABASE = "tablebank"

ACCEPTING, REJECTING = 0, 1
SILENCE_SECONDS = 60.0
BETWEEN_SECONDS = 0.02
LOG_BYTES = 10_000_000
ATTEMPTS = 5

_leases: dict[Path, int] = {}
_keepers: "list[subprocess.Popen[bytes]]" = []
_door = threading.Lock()


def join(*, home: Path) -> None:
    """Hold the server of this home while this process lives; start it if nobody has.

    Cheap to call again: it returns at once while the server answers, and brings it back after a
    crash. A recovery is waited out however long it takes.
    """
    with _door:
        if home in _leases and _answer(home) == ACCEPTING:
            return
        cluster = settle(home=home)
        with _held(cluster.threshold):
            if home not in _leases:
                _leases[home] = _lease(cluster)
            found = carry(cluster=cluster)
            _initialise(found, cluster)
            _bring_up(found, cluster)
            _make_owner_and_database(cluster)


def leave(*, home: Path) -> None:
    """Give the lease back before the process ends; after the last the keeper stops the server."""
    with _door:
        lease = _leases.pop(home, None)
        if lease is not None:
            # Closed and not unlocked: a forked child still holds what it inherited.
            os.close(lease)


@contextlib.contextmanager
def _held(lock: Path) -> Iterator[None]:
    opened = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _lease(cluster: Cluster) -> int:
    """Take a shared hold; a keeper that is just stopping the server is waited for."""
    opened = os.open(cluster.leases, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(opened, fcntl.LOCK_SH)
    return opened


def _answer(home: Path) -> int:
    """What `pg_isready` says: accepting, rejecting (starting, recovering, stopping), or nothing."""
    asked = subprocess.run(
        [
            str(programs(home=home) / "pg_isready"),
            f"--host={socket_folder(home=home)}",
            f"--dbname={DATABASE}",
            "--quiet",
        ],
        check=False,
    )
    return asked.returncode


# -- the cluster -----------------------------------------------------------------------------------


def _initialise(found: Path, cluster: Cluster) -> None:
    """Create the cluster once; a half-made one is never taken for it."""
    if cluster.data.exists():
        return
    fresh = cluster.folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    made = run_as(
        cluster.account,
        [
            str(found / "initdb"),
            f"--pgdata={fresh}",
            f"--username={SUPERUSER}",
            "--auth=peer",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ],
    )
    if made.returncode != 0:
        raise EmbeddedServerError(f"initdb failed: {made.stderr.strip()}")
    fresh.rename(cluster.data)


def _admit(cluster: Cluster) -> None:
    """Let in only who the operating system says is us, under the roles that are ours to take."""
    ours = pwd.getpwuid(os.geteuid()).pw_name
    (cluster.data / "pg_hba.conf").write_text("local all all peer map=tablebank\n")
    (cluster.data / "pg_ident.conf").write_text(
        "".join(f'tablebank "{ours}" {role}\n' for role in (SUPERUSER, OWNER, APP))
    )


def _make_owner_and_database(cluster: Cluster) -> None:
    """The owner migrates and is no superuser, so that what holds elsewhere holds here too."""
    with psycopg.connect(
        host=str(cluster.sockets), user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        roles = "select 1 from pg_roles where rolname = %s"
        if connection.execute(roles, [OWNER]).fetchone() is None:
            connection.execute(
                sql.SQL("create role {} login createrole createdb").format(sql.Identifier(OWNER))
            )
        databases = "select 1 from pg_database where datname = %s"
        if connection.execute(databases, [DATABASE]).fetchone() is None:
            connection.execute(
                sql.SQL("create database {} owner {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


# -- starting --------------------------------------------------------------------------------------


def _bring_up(found: Path, cluster: Cluster) -> None:
    """Come back once the server accepts connections."""
    starts = 0
    silent_since = time.monotonic()
    while True:
        answer = _answer(cluster.home)
        kept = _is_kept(cluster)
        if kept and answer == ACCEPTING:
            return
        if not kept:
            if starts == ATTEMPTS:
                raise EmbeddedServerError(f"the server does not start: {_last_words(cluster)}")
            _clear_away(found, cluster, answer)
            _start(found, cluster)
            starts += 1
        if answer == REJECTING or not kept:
            silent_since = time.monotonic()
        if time.monotonic() - silent_since > SILENCE_SECONDS:
            raise EmbeddedServerError(f"the server does not answer: {_last_words(cluster)}")
        time.sleep(BETWEEN_SECONDS)


def _is_kept(cluster: Cluster) -> bool:
    for started in _keepers:
        started.poll()
    opened = os.open(cluster.keeping, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False


def _clear_away(found: Path, cluster: Cluster, answer: int) -> None:
    """A server without its keeper is stopped; what a dead one left would keep the next away."""
    if answer in (ACCEPTING, REJECTING):
        run_as(
            cluster.account,
            [str(found / "pg_ctl"), "stop", f"--pgdata={cluster.data}", "--mode=fast", "--wait"],
        )
    for left in (cluster.data / "postmaster.pid", cluster.sockets / f"{SOCKET_NAME}.lock"):
        if left.exists() and _is_zombie(int(left.read_text().split(maxsplit=1)[0])):
            left.unlink()


def _is_zombie(pid: int) -> bool:
    """Killed and never buried (no init in the container): to PostgreSQL that looks alive."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] == "Z"


def _start(found: Path, cluster: Cluster) -> None:
    """Start the keeper, which starts the server; it inherits the lock that says it is there."""
    _admit(cluster)
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_BYTES:
        cluster.log.rename(cluster.log.with_suffix(".log.1"))
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.sockets),
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "jit": "off",
    }
    keeping = os.open(cluster.keeping, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(keeping, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with cluster.log.open("ab") as log:
            started = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    str(Path(keeper.__file__)),
                    f"--leases={cluster.leases}",
                    f"--user={cluster.account.pw_uid}",
                    f"--group={cluster.account.pw_gid}",
                    "--",
                    str(found / "postgres"),
                    f"-D{cluster.data}",
                    *(f"-c{name}={value}" for name, value in settings.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                pass_fds=(keeping,),
            )
        _keepers.append(started)
    finally:
        os.close(keeping)


def _last_words(cluster: Cluster) -> str:
    if not cluster.log.exists():
        return "it left no log"
    return "\n".join(cluster.log.read_text(errors="replace").splitlines()[-5:])
