"""The PostgreSQL that the program brings along: started, shared, found again, and put away.

Each test has a server of its own, used by programs of their own: what counts is what happens when
one of them ends, in whatever way.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tablebank.store.embedded import place, server
from tablebank.store.embedded.programs import CARRIER, carry, programs

PATIENCE_SECONDS = 20.0
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account run it")
BYPASSES = "select rolbypassrls from pg_roles where rolname = current_user"
HOLDER = """
import sys
from pathlib import Path
from tablebank.store.embedded.server import join
for line in sys.stdin:
    join(home=Path(sys.argv[1]))
    print("joined", flush=True)
"""


class Holder:
    """A program that uses the server until it is told to end, or is ended."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.join()

    def join(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("join\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "joined\n"

    def end(self, how: signal.Signals | None = None) -> None:
        if how is not None:
            self.process.send_signal(how)
        with self.process:
            pass


@contextlib.contextmanager
def _a_home() -> Iterator[Path]:
    """A home the server's account can reach, which it cannot with pytest's own under root."""
    folder = Path(tempfile.mkdtemp(prefix="tb-"))
    yield folder
    _wait(lambda: not _is_kept(folder))
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    with _a_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def running() -> Iterator[Path]:
    """The home of a server that runs, for tests that only look at it."""
    with _a_home() as folder:
        holder = Holder(folder)
        yield folder
        holder.end()


@pytest.fixture
def holders(home: Path) -> Iterator[Callable[[], Holder]]:
    with contextlib.ExitStack() as opened:

        def another() -> Holder:
            holder = Holder(home)
            opened.callback(holder.end, signal.SIGKILL)
            return holder

        yield another


def _is_kept(home: Path) -> bool:
    """Whether the keeper, and with it the server, is still there."""
    with (home / "embedded.keeping").open("a") as keeping:
        try:
            fcntl.flock(keeping, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _ask(home: Path, statement: str, *, user: str = server.OWNER) -> str:
    with psycopg.connect(
        host=str(place.socket_folder(home=home)), user=user, dbname=server.DATABASE
    ) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
    return str(row[0]) if row else ""


def _server_pid(home: Path) -> int:
    """Of the server this test has just started."""
    return int((home / "postgres/data/postmaster.pid").read_text().split(maxsplit=1)[0])


def _parent(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid"))


def test_it_starts_is_shared_and_stops_after_the_last(
    home: Path, holders: Callable[[], Holder]
) -> None:
    first, second = holders(), holders()
    started = _ask(home, "select pg_postmaster_start_time()")
    first.end(signal.SIGTERM)
    third = holders()
    second.end(signal.SIGKILL)
    assert _ask(home, "select pg_postmaster_start_time()") == started

    third.end()
    _wait(lambda: not _is_kept(home))
    assert not (home / "postgres/data/postmaster.pid").exists(), "it was shut down, not dropped"


def test_what_was_written_is_there_the_next_time(home: Path, holders: Callable[[], Holder]) -> None:
    one = holders()
    _ask(home, "create table kept as select 'yes' as answer")
    one.end()
    holders()
    assert _ask(home, "select answer from kept") == "yes"


def test_it_is_brought_back_after_a_crash(home: Path, holders: Callable[[], Holder]) -> None:
    program = holders()
    _ask(home, "create table kept as select 'yes' as answer")
    os.kill(_server_pid(home), signal.SIGKILL)
    program.join()
    assert _ask(home, "select answer from kept") == "yes"


def test_it_is_brought_back_when_its_keeper_fell_too(
    home: Path, holders: Callable[[], Holder]
) -> None:
    program = holders()
    _ask(home, "create table kept as select 'yes' as answer")
    pid = _server_pid(home)
    os.kill(_parent(pid), signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    program.join()
    assert _ask(home, "select answer from kept") == "yes"
    program.end()
    _wait(lambda: not _is_kept(home))


def test_a_server_that_lost_its_keeper_gets_a_new_one(
    home: Path, holders: Callable[[], Holder]
) -> None:
    program = holders()
    os.kill(_parent(_server_pid(home)), signal.SIGKILL)
    newcomer = holders()
    program.end()
    newcomer.end()
    _wait(lambda: not _is_kept(home))


def test_a_half_made_cluster_is_not_taken_for_one(
    home: Path, holders: Callable[[], Holder]
) -> None:
    cluster = place.settle(home=home)
    (cluster.folder / "data.new" / "base").mkdir(parents=True)
    holders()
    assert _ask(home, "select 1") == "1"


def test_two_at_once_start_one(home: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE)
        for _ in range(3)
    ]
    for program in started:
        program.communicate(b"join\n", timeout=PATIENCE_SECONDS)
    assert [program.returncode for program in started] == [0, 0, 0]


def test_the_owner_is_no_superuser_and_sorting_is_the_same_everywhere(running: Path) -> None:
    assert _ask(running, "show is_superuser") == "off"
    assert _ask(running, BYPASSES) == "False"
    assert _ask(running, "show listen_addresses") == ""
    assert (
        _ask(running, "select datlocale from pg_database where datname = current_database()")
        == "C.UTF-8"
    )


def test_nobody_comes_in_under_a_role_that_is_not_ours(running: Path) -> None:
    _ask(running, "create role stranger login")
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        _ask(running, "select 1", user="stranger")


@AS_ROOT
def test_another_account_does_not_reach_the_socket(running: Path) -> None:
    outsider = pwd.getpwnam("daemon")
    psql = programs(home=running) / "psql"
    asked = place.run_as(
        outsider,
        [str(psql), f"-h{place.socket_folder(home=running)}", f"-U{server.OWNER}", server.DATABASE],
    )
    assert asked.returncode != 0
    assert "Permission denied" in asked.stderr


@AS_ROOT
def test_where_the_home_is_closed_to_the_account_the_data_lie_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "ROOT_HOME", home / "open")
    home.chmod(0o711)
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    cluster = place.settle(home=closed / "tablebank")
    assert cluster.folder.is_relative_to(home / "open")
    assert (closed / "tablebank/postgres").resolve() == cluster.folder
    assert place.settle(home=closed / "tablebank") == cluster


@AS_ROOT
def test_where_the_package_is_closed_to_the_account_its_programs_are_copied(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = programs(home=home).parent
    package = home / "closed" / CARRIER
    package.parent.mkdir(mode=0o700)
    shutil.copytree(installed, package / installed.name)
    libraries = f"{CARRIER}.libs"
    shutil.copytree(installed.parent.with_name(libraries), package.with_name(libraries))
    monkeypatch.setattr("tablebank.store.embedded.programs._package", lambda: package)
    cluster = place.settle(home=home)

    found = carry(cluster=cluster)

    assert found.is_relative_to(cluster.folder)
    assert found == programs(home=home)
    for name in ("postgres", "pg_isready", "pg_dump"):
        asked = place.run_as(cluster.account, [str(found / name), "--version"])
        assert "18" in asked.stdout


def test_a_socket_in_a_long_path_lies_in_a_short_one(home: Path) -> None:
    deep = home / ("deep" * 20) / ("deeper" * 10)
    assert len(str(place.socket_folder(home=deep))) < place.LONGEST_SOCKET
    assert place.socket_folder(home=deep) != place.socket_folder(home=deep / "other")


def test_a_folder_that_others_may_open_is_not_used(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres").chmod(0o755)
    with pytest.raises(place.EmbeddedServerError, match="closed to everybody else"):
        place.settle(home=home)


def test_the_home_is_the_users_own(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("TABLEBANK_HOME", str(home))
    assert place.default_home() == home
    monkeypatch.delenv("TABLEBANK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    assert place.default_home() == home / "data" / "tablebank"
