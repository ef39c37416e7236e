"""`tablebank sweep`: write down what came with time (FIND-2, SHIFT-2)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

import typer
from django.db import connections

from tablebank.cli.clock import clock
from tablebank.cli.naming import casinos_called
from tablebank.cli.telling import show
from tablebank.commands.sweep import Swept, sweep_casino
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refused

DEMO_SECONDS = 20.0
"""How often a demo at work is swept; at its pace a shift takes an hour or two."""


def sweep(
    slug: Annotated[str | None, typer.Option("--casino", help="One casino; else all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look for what came with time, and write it down. A server does so every minute; a simulated
    casino is swept by this alone, up to the latest instant it was given."""
    done = [
        swept
        for casino_id in casinos_called(slug)
        for swept in sweep_casino(casino_id, clock=clock)
    ]
    words = "\n".join(_in_words(each) for each in done) or "Nothing to do."
    show({"items": [_told(each) for each in done]}, words, as_json=as_json)


@contextmanager
def sweeping(casino_id: UUID, *, meanwhile: bool) -> Iterator[None]:
    """Sweep this casino once at the end, and now and then while somebody is inside.

    Not `meanwhile` where its pits are played side by side as fast as they go: each is at another
    hour then, and what one has not done yet would be late by the clock of the one ahead (TIME-5).
    """
    ended = threading.Event()

    def rounds() -> None:
        while not ended.wait(DEMO_SECONDS):
            _round(casino_id)

    thread = threading.Thread(target=rounds, name="sweep", daemon=True)
    if meanwhile:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if meanwhile:
            thread.join()
        _round(casino_id)


def _round(casino_id: UUID) -> None:
    """One round; a database that is busy or away is there the next time."""
    try:
        for _swept in sweep_casino(casino_id, clock=clock):
            pass
    except Refused:
        return
    finally:
        connections.close_all()


def _told(swept: Swept) -> dict[str, Any]:
    return {"casino": swept.casino, "line": swept.line, **plain(swept.outcome)}


def _in_words(swept: Swept) -> str:
    said = ", ".join(f"{name} {_short(value)}" for name, value in swept.outcome.items())
    return f"{swept.casino}: {swept.line}: {said}"


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(plain(value))
