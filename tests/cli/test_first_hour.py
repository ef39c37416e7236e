"""A machine on which nothing was ever done: each command is typed as a newcomer would type it.

The program is a process of its own here, and so is the PostgreSQL it brings along.
"""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tablebank.store.embedded import server
from tablebank.store.embedded.place import socket_folder
from tests.program import environment_at, tablebank

NOT_YET = "The database is not up to date. Run: tablebank migrate"
FOUNDING = [
    *("casino", "create", "--slug", "heron", "--name", "Silver Heron"),
    *("--timezone", "America/New_York", "--gaming-day-start", "06:00", "--json"),
]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home where nobody has been; the server stays up between commands, for speed."""
    folder = Path(tempfile.mkdtemp(prefix="tb-"))
    server.join(home=folder)
    yield folder
    server.leave(home=folder)
    until = time.monotonic() + 20
    while (folder / "postgres" / "data" / "postmaster.pid").exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.3)
    shutil.rmtree(folder)


def test_the_first_hour(home: Path) -> None:
    """From nothing to a casino that is well, every answer in words a person can act on."""
    env = environment_at(home)
    for said in (
        ("journal", "verify"),
        ("token", "create", "--casino", "heron", "--badge", "1"),
    ):
        _refused(tablebank(*said, env=env), NOT_YET)
    sick = tablebank("doctor", env=env)
    assert (sick.returncode, sick.stdout) == (1, f"- {NOT_YET}\n")

    made = tablebank(*FOUNDING, env=env)
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["slug"] == "heron"

    for _ in range(2):
        migrated = tablebank("migrate", env=env)
        assert (migrated.returncode, migrated.stderr) == (0, "")
        assert migrated.stdout == "The database is up to date.\n"

    verified = tablebank("journal", "verify", env=env)
    assert verified.returncode == 0
    assert verified.stdout.startswith("heron: 1 entries, head ")
    assert verified.stderr == ""
    well = tablebank("doctor", env=env)
    assert (well.returncode, well.stderr) == (0, "")
    assert well.stdout.startswith("All is well")


def test_a_superuser_is_not_served(home: Path) -> None:
    """TEN-1: no wall of the database binds one; serve refuses, the doctor says why."""
    door = f"host={socket_folder(home=home)} user={server.SUPERUSER} dbname={server.DATABASE}"
    env = {**environment_at(home), "DATABASE_URL": door, "DATABASE_APP_URL": door}
    assert tablebank("migrate", env=env).returncode == 0
    _refused(tablebank("serve", "--port", "1", env=env), "Refused:")
    sick = tablebank("doctor", env=env)
    assert sick.returncode == 1
    assert server.SUPERUSER in sick.stdout
    assert "walls do not bind" in sick.stdout


@pytest.mark.parametrize(
    "said", [["migrate"], ["doctor"], ["journal", "verify"], ["serve"], FOUNDING], ids=" ".join
)
def test_a_database_that_does_not_answer(said: list[str], tmp_path: Path) -> None:
    """Plain words and exit 1, never a traceback."""
    env = {**environment_at(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    given = tablebank(*said, env=env)
    assert given.returncode == 1
    words = given.stdout + given.stderr
    assert "The database does not answer" in words
    assert "Check DATABASE_URL" in words
    assert "Traceback" not in words


def _refused(given: "subprocess.CompletedProcess[str]", words: str) -> None:
    assert (given.returncode, given.stdout) == (1, "")
    assert words in given.stderr
    assert "Traceback" not in given.stderr
