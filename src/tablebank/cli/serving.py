"""`tablebank serve`: migrate, look whether the walls stand, and answer requests."""

import os
import secrets
import signal
import socket
import sys
import threading
import time
from typing import Annotated, Any

import typer
from django.db import connections
from django.utils.module_loading import import_string
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tablebank.cli.telling import console
from tablebank.store import database

PATIENCE_SECONDS = 2.0
"""How long a port may stay taken by the workers of a server that was killed a moment ago."""
GLANCE_SECONDS = 0.2


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Serve pages and API until stopped."""
    check_free(host, port)
    make_ready()
    console.print(f"Tablebank on http://{host}:{port}", soft_wrap=True)
    run(host=host, port=port)


def check_free(host: str, port: int) -> None:
    """Refuse a port that somebody listens on: the server itself would share it without a word,
    and answers would come now from the one, now from the other."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (no := _in_the_way(host, port)) is not None:
        if time.monotonic() > until:
            console.print(f"[red]Refused:[/red] cannot listen on {host}:{port} ({no.strerror}).")
            console.print("Choose another port with --port.")
            raise typer.Exit(1) from no
        time.sleep(GLANCE_SECONDS)


def free_port() -> int:
    """A port nobody has, from below those that outgoing connections take for themselves: one of
    these could be gone again by the time the server is up."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        if _in_the_way("127.0.0.1", port) is None:
            return port


def _in_the_way(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as no:
            return no
    return None


def make_ready() -> None:
    """Bring the database up to date where we own it; refuse one whose walls would not bind us."""
    if "owner" in connections.settings:
        database.migrate()
    if not database.standing().safe:
        console.print("[red]Refused:[/red] the database role could pass every wall. See doctor.")
        raise typer.Exit(1)


def run(*, host: str, port: int) -> None:
    """Answer requests in this process's workers until a signal says stop."""
    for alias in connections:
        connections[alias].close()
    server = Server(
        "tablebank.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        workers=int(os.environ.get("TABLEBANK_WORKERS", "1")),
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.serve(target_loader=_in_a_worker)
    except KeyboardInterrupt:
        sys.exit(0)


def _in_a_worker(target: str) -> Any:
    """What a worker answers with; it lives no longer than the server that started it."""
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    return import_string(target.replace(":", "."))


def _leave_with(server: int) -> None:
    """End at once when the server was killed: a worker on its own would hold the port, and answer
    beside the next server. What it was about is rolled back, as in a power cut."""
    while os.getppid() == server:
        time.sleep(GLANCE_SECONDS)
    os._exit(1)
