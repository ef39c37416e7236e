"""`tablebank serve`: migrate, look whether the walls stand, and answer requests."""

import os
import signal
import socket
import sys
from typing import Annotated

import typer
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tablebank.cli.telling import console
from tablebank.store import database

THREADS = 8
"""How many requests one process answers at once: each holds one connection."""


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
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as no:
            console.print(f"[red]Refused:[/red] cannot listen on {host}:{port} ({no.strerror}).")
            console.print("Choose another port with --port.")
            raise typer.Exit(1) from no


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
        "tablebank.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("TABLEBANK_WORKERS", "1")),
        blocking_threads=THREADS,
        log_access=False,
        log_level=LogLevels.warning,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.serve()
    except KeyboardInterrupt:
        sys.exit(0)
