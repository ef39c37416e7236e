"""The two connections of a hub: one that listens for pokes, one that reads the journal.

Both speak as the application role, so a journal is read within its casino's scope and under
row-level security, like everything else (TEN-1). Either is opened again when it has gone.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any
from uuid import UUID

import psycopg

from tablebank.relay.entries import ENTRIES, HEAD, NO_END, PAGE
from tablebank.store.embedded.place import EmbeddedServerError
from tablebank.store.poking import CHANNEL

GONE = (psycopg.Error, OSError, EmbeddedServerError)
"""What a database that is away looks like from here."""

Given = Callable[[], dict[str, Any]]
"""What psycopg is told to connect with; asked anew for each connection, off the event loop."""

CONNECT_SECONDS = 5

Line = psycopg.AsyncConnection[Any]


async def opened(given: Given, *, name: str) -> Line:
    """A connection of this name, every statement by itself."""
    told = {"connect_timeout": CONNECT_SECONDS, **await asyncio.to_thread(given)}
    return await psycopg.AsyncConnection.connect(**told, autocommit=True, application_name=name)


async def pokes(line: Line) -> AsyncIterator[UUID]:
    """The casinos whose journal is said to have grown, as it is said; ends when the line breaks."""
    async for told in line.notifies():
        try:
            yield UUID(told.payload)
        except ValueError:
            continue


async def listening(given: Given) -> Line:
    """A line on which pokes come in from now on."""
    line = await opened(given, name="tablebank relay")
    await line.execute(f"listen {CHANNEL}")
    return line


class Reader:
    """Reads journals over one connection, one question at a time."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._line: Line | None = None
        self._turn = asyncio.Lock()

    async def head(self, casino_id: UUID) -> int:
        """The number of the casino's last entry; refuses nothing, and knows of no casino 0."""
        rows = await self._asked(casino_id, HEAD, [casino_id])
        return int(rows[0][0]) if rows else 0

    async def entries(
        self, casino_id: UUID, *, after: int, up_to: int = NO_END
    ) -> Sequence[Sequence[Any]]:
        """The next page of entries after a position, in order."""
        return await self._asked(casino_id, ENTRIES, [casino_id, after, up_to, PAGE])

    async def _asked(
        self, casino_id: UUID, statement: str, values: Sequence[Any]
    ) -> Sequence[Sequence[Any]]:
        async with self._turn:
            if self._line is None or self._line.closed:
                self._line = await opened(self._given, name="tablebank relay reader")
            try:
                async with self._line.transaction():
                    await self._line.execute(
                        "select set_config('tablebank.casino_id', %s, true)", [str(casino_id)]
                    )
                    found = await self._line.execute(statement, values)
                    return await found.fetchall()
            except BaseException:
                # A question cut short leaves a line that nobody can trust.
                await self.close()
                raise

    async def close(self) -> None:
        """Give the connection back."""
        line, self._line = self._line, None
        if line is not None:
            await line.close()
