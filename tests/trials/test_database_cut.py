"""The database killed under a server in mid-load: it comes back, and nothing told is lost (S1).

The server brings its own PostgreSQL along here, at a home of this test's; the postmaster is killed
as a power cut would. The server itself is never started again: it finds the database by itself.
"""

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from tests.cast import WHO, Casino, Person
from tests.line import OverTheWire
from tests.program import Server, environment_at, start_server, tablebank
from tests.trials.tills import Stubborn, work_through

TILLS = 4


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tb-"))
    yield folder
    until = time.monotonic() + 20
    while _postmaster(folder).exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    shutil.rmtree(folder)


@pytest.fixture
def server_at_home(home: Path) -> Iterator[Server]:
    server = start_server(log=home / "log", env=environment_at(home))
    yield server
    server.stop()


@pytest.mark.parametrize("times", [1, pytest.param(8, marks=pytest.mark.trial)])
def test_the_database_is_killed_in_mid_load(home: Path, server_at_home: Server, times: int) -> None:
    """S1: what was acknowledged is there after the recovery, what was not has one effect."""
    wire = OverTheWire(server_at_home.base_url)
    line = Stubborn(wire)

    killed: set[int] = set()

    def trouble() -> None:
        for _ in range(times):
            line.work_on(TILLS)
            before = line.lost
            killed.add(_postmaster_of(home))
            os.kill(_postmaster_of(home), signal.SIGKILL)
            line.meet_it(before)

    filled = work_through(_founded(home, line), line, tills=TILLS, trouble=trouble)
    assert filled > TILLS
    # Whether anybody had to ask again hangs on how fast it is back; that it was gone does not.
    assert len(killed) == times
    assert _postmaster_of(home) not in killed
    wire.close()


def _postmaster(home: Path) -> Path:
    return home / "postgres" / "data" / "postmaster.pid"


def _postmaster_of(home: Path) -> int:
    return int(_postmaster(home).read_text().split()[0])


def _founded(home: Path, line: Stubborn) -> Casino:
    """A casino made at the command line beside the server, and Ada in it."""
    env = environment_at(home)
    badge, name, pin, _ = WHO["ada"]
    where = ("--timezone", "America/New_York", "--gaming-day-start", "06:00")
    made = tablebank(
        *("casino", "create", "--slug", "cut", "--name", "Cut", "--mode", "INVENTORY_COUNT"),
        *(*where, "--json"),
        env=env,
    )
    person = ("--badge", badge, "--name", name, "--role", "ADMIN", "--pin", pin, "--json")
    added = tablebank("staff", "add", "--casino", "cut", *person, env=env)
    token = tablebank("token", "create", "--casino", "cut", "--badge", badge, env=env)
    founded = SimpleNamespace(id=UUID(json.loads(made.stdout)["id"]), simulated=False)
    casino = Casino(founded=founded, line=line)
    casino._hired["ada"] = Person(
        casino=casino,
        id=json.loads(added.stdout)["id"],
        name=name,
        badge=badge,
        pin=pin,
        roles=("ADMIN",),
        token=token.stdout.strip(),
    )
    return casino
