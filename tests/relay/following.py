"""A hub as the tests run it, and people who follow a journal through it."""

import asyncio
import contextlib
import itertools
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import UUID

from tablebank.relay.hub import Hub, running
from tablebank.store.beside import connection_at_home
from tests.cast import Casino

T = TypeVar("T")
PATIENCE_SECONDS = 20.0
_NUMBER = re.compile(rb"^id: (\d+)$", re.MULTILINE)
_box = itertools.count(1)
_FLOOR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="floor")


def done(doing: Coroutine[Any, Any, None]) -> None:
    """Run it to its end, and not for ever."""

    async def in_time() -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await doing

    asyncio.run(in_time())


@contextlib.asynccontextmanager
async def a_hub(*, look_seconds: float = 60.0) -> AsyncIterator[Hub]:
    """A hub that hears pokes; by itself it looks so rarely that no test lives by that."""
    async with running(connection_at_home, look_seconds=look_seconds) as hub:
        await hub.hears.wait()
        yield hub


async def head_of(casino: Casino) -> int:
    """The number of the casino's last entry."""
    given = await _on_the_floor(lambda: casino.ana.get("/journal/verify"))
    return int(given.must(200)["entries"])


async def happens(casino: Casino) -> None:
    """One command more, with one entry in the journal."""
    await _on_the_floor(lambda: happen(casino))


def happen(casino: Casino) -> None:
    """The same, for who is not in an event loop."""
    casino.ada.post("/boxes", {"code": f"B-{next(_box)}", "kind": "TABLE"}).must(201)


async def _on_the_floor(doing: Callable[[], T]) -> T:
    """Beside the event loop, as every request is; in one thread, with one connection."""
    return await asyncio.get_running_loop().run_in_executor(_FLOOR, doing)


class Viewer:
    """Follows a casino's journal and remembers every number, in the order heard."""

    def __init__(self, hub: Hub, casino: Casino, *, after: int | None) -> None:
        self._texts = hub.follow(UUID(casino.id), after=after)
        self.heard: list[int] = []

    async def __aenter__(self) -> "Viewer":
        return self

    async def __aexit__(self, *met: object) -> None:
        await self._texts.aclose()

    async def piece(self) -> bytes:
        """The next piece as it came."""
        text = await anext(self._texts)
        self.heard += [int(found) for found in _NUMBER.findall(text)]
        return text

    async def joined(self) -> "Viewer":
        """Hear everything up to the beat that says: from here on it is live."""
        while not (await self.piece()).startswith(b"event: beat"):
            pass
        return self

    async def until(self, number: int) -> list[int]:
        """Everything heard, once this number is among it."""
        while number not in self.heard:
            await self.piece()
        return self.heard
