"""The program as a process of its own: the command line, and a server that listens.

Both are started as anyone would start them, with an environment that names the worker's database;
what they write is there for every other test, and the other way round.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.db import connections
from psycopg import conninfo

from tablebank.cli.serving import free_port

OURS_ALONE = ("prepare_threshold", "home")
"""Options that are the program's own and no part of an address."""
PATIENCE_SECONDS = 30.0


def address(alias: str = "owner") -> str:
    """The connection string of the worker's database, as `DATABASE_URL` takes it."""
    door = connections[alias]
    named: dict[str, Any] = door.settings_dict
    given = {
        "dbname": named["NAME"],
        "user": named["USER"],
        "password": named["PASSWORD"],
        "host": named["HOST"],
        "port": named["PORT"],
        **{key: value for key, value in named["OPTIONS"].items() if key not in OURS_ALONE},
    }
    return conninfo.make_conninfo(**{key: value for key, value in given.items() if value})


def environment() -> dict[str, str]:
    """Ours, with the worker's database in it."""
    home = connections["owner"].settings_dict["OPTIONS"].get("home", settings.HOME)
    return {**environment_at(Path(home)), "DATABASE_URL": address()}


def environment_at(home: Path) -> dict[str, str]:
    """Ours, with nothing said of a database: the program brings its own up at that home."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE")}
    sources = [entry for entry in sys.path if (Path(entry) / "tablebank").is_dir()]
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(sources),
        "TABLEBANK_HOME": str(home),
    }


def tablebank(
    *said: str, stdin: str | None = None, env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end; nothing is a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "tablebank.cli", *said],
        check=False,
        capture_output=True,
        text=True,
        input=stdin or "",
        env=env or environment(),
        timeout=600,
    )


@dataclass(kw_only=True)
class Server:
    """A server of this worker's, on a port of its own; it and its workers are one process group."""

    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as a power cut would: no goodbye, the workers with it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def said(self) -> str:
        return self.log.read_text()


def start_server(
    *, log: Path, port: int | None = None, env: dict[str, str] | None = None
) -> Server:
    """Start a server and come back once it is ready."""
    port = port or free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tablebank.cli", "serve", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env or environment(),
            start_new_session=True,
        )
    server = Server(port=port, log=log, process=process)
    try:
        _wait_until_ready(server)
    except BaseException:
        server.kill()
        raise
    return server


@contextmanager
def serving(*, log: Path) -> Iterator[Server]:
    """A server for as long as somebody looks."""
    server = start_server(log=log)
    try:
        yield server
    finally:
        server.stop()


def _wait_until_ready(server: Server) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended at once: {server.said()}")
        try:
            if httpx.get(f"{server.base_url}/readyz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the server was not ready in time: {server.said()}")
