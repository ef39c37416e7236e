"""Telling listeners that a journal grew: after the commit, and never inside it (JRN-4).

A NOTIFY inside the transaction makes every commit of the whole cluster wait for the one before it.
So a thread of the process says it on a connection of its own, in one statement for all that was
committed meanwhile. A poke says only where to look. A lost one costs a listener the few seconds
until it looks by itself, so nobody waits for it, and no command fails for want of it.
"""

import atexit
import threading
import time
from collections import defaultdict
from typing import Any
from uuid import UUID

import psycopg
import structlog

from tablebank.store.beside import connection_beside

logger = structlog.get_logger(__name__)

CHANNEL = "tablebank_journal"
PAUSE_SECONDS = 0.02
"""Between two pokes of a process: what is committed meanwhile goes out together."""
GOODBYE_SECONDS = 0.5
"""How long a program that ends waits for its last poke."""

Address = tuple[tuple[str, str], ...]


def poke(casino_id: UUID) -> None:
    """Say soon that this casino's journal grew; for after the commit. Never waits, never fails."""
    _POKER.poke(casino_id, given=connection_beside())


class _Poker:
    """What is still to be said, by database, and the thread that says it."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._wake = threading.Event()
        self._to_say: dict[Address, set[str]] = defaultdict(set)
        self._given: dict[Address, dict[str, Any]] = {}
        self._open: dict[Address, psycopg.Connection[Any]] = {}
        self._thread: threading.Thread | None = None
        self._is_ending = False

    def poke(self, casino_id: UUID, *, given: dict[str, Any]) -> None:
        address = tuple(sorted((name, str(value)) for name, value in given.items()))
        with self._door:
            self._given[address] = given
            self._to_say[address].add(str(casino_id))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="poker", daemon=True)
                self._thread.start()
        self._wake.set()

    def end(self) -> None:
        """Say what is left, for a program that ends right after its command."""
        self._is_ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(GOODBYE_SECONDS)

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            with self._door:
                to_say, self._to_say = self._to_say, defaultdict(set)
            for address, casinos in to_say.items():
                self._say(address, sorted(casinos))
            if self._is_ending:
                return
            time.sleep(PAUSE_SECONDS)

    def _say(self, address: Address, casinos: list[str]) -> None:
        """Over the connection at hand, or a new one where that has gone meanwhile."""
        for _ in range(2):
            try:
                if address not in self._open:
                    self._open[address] = _opened(self._given[address])
                self._open[address].execute(
                    "select pg_notify(%s, told) from unnest(%s::text[]) told", [CHANNEL, casinos]
                )
            except (psycopg.Error, OSError) as met:
                logger.info("listeners not told", why=str(met).strip())
                if (gone := self._open.pop(address, None)) is not None:
                    gone.close()
            else:
                return


def _opened(given: dict[str, Any]) -> psycopg.Connection[Any]:
    """A poke needs no flush to disk: after a crash there is nobody left to be told."""
    options = f"{given.get('options') or ''} -c synchronous_commit=off".strip()
    return psycopg.connect(
        **{**given, "options": options}, autocommit=True, application_name="tablebank poke"
    )


_POKER = _Poker()
atexit.register(_POKER.end)
