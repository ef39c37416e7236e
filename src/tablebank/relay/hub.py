"""The hub: one in a process, between the journals and everybody who follows one.

However many follow a casino, its journal is read once and the same bytes are handed to all (JRN-4).
A follower begins at a position of its own: it reads up to where the hub is, and joins there with
nothing in between, for reading and joining are one step of the event loop. Who does not keep up is
let go, and comes again from its own position.

A poke makes the hub look at once; every few seconds it looks by itself, so a lost poke only delays.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from tablebank.relay.entries import Batch, batch_of, beat
from tablebank.relay.lines import GONE, Given, Reader, listening, pokes

logger = structlog.get_logger(__name__)

PAUSE_SECONDS = 0.05
"""Between two looks: what is committed meanwhile is told together."""
LOOK_SECONDS = 3.0
"""How long a casino goes without a look when nobody pokes."""
BEAT_SECONDS = 10.0
"""How often a follower hears that the line is up, from a hub that has just looked."""
AWAY_SECONDS = 0.5
"""How long to wait before a database that is away is tried again."""
MOST_WAITING = 256
"""How many pieces a follower may leave untaken before it is let go."""


class FellBehind(Exception):
    """A follower did not keep up; it begins again from its own position."""


@dataclass(eq=False, slots=True)
class _Follower:
    """What one viewer has still to take."""

    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    fell_behind: bool = False


@dataclass(eq=False, slots=True)
class _Channel:
    """One casino's journal, read up to a position, and who follows it."""

    casino_id: UUID
    position: int | None = None
    viewers: int = 0
    followers: set[_Follower] = field(default_factory=set)
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hub:
    """Follows the journals of the casinos that somebody looks at."""

    def __init__(self, given: Given, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._given = given
        self._look_seconds = look_seconds
        self._reader = Reader(given)
        self._channels: dict[UUID, _Channel] = {}
        self._poked: set[UUID] = set()
        self._wake = asyncio.Event()
        self.hears = asyncio.Event()
        """Set while pokes reach it; without them it still looks by itself."""

    @property
    def viewers(self) -> int:
        """How many follow a journal here."""
        return sum(channel.viewers for channel in self._channels.values())

    async def run(self) -> None:
        """Listen and hand on until cancelled; after what nobody foresaw it begins anew."""
        while True:
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._listen())
                    tasks.create_task(self._hand_on())
                    tasks.create_task(self._beat())
            except ExceptionGroup as met:
                logger.error("relay failed", exc_info=met)
            finally:
                await self._reader.close()
            await asyncio.sleep(AWAY_SECONDS)

    async def follow(self, casino_id: UUID, *, after: int | None) -> AsyncGenerator[bytes, None]:
        """The casino's entries after a position, or from now on, and beats in between.

        Each entry once and in order; raises `FellBehind` when they are not taken in time.
        """
        channel = self._channels.setdefault(casino_id, _Channel(casino_id))
        channel.viewers += 1
        follower = _Follower()
        try:
            head = await self._present(channel)
            position = head if after is None else min(after, head)
            while (batch := await self._missing(channel, position)) is not None:
                yield batch.text
                position = batch.last
            channel.followers.add(follower)
            yield beat(position)
            while not follower.fell_behind:
                yield await follower.waiting.get()
            raise FellBehind
        finally:
            channel.followers.discard(follower)
            channel.viewers -= 1
            if not channel.viewers:
                self._channels.pop(casino_id, None)

    # -- catching up -------------------------------------------------------------------------------

    async def _present(self, channel: _Channel) -> int:
        """Where the journal ends now, with everybody here told of all before it."""
        while True:
            try:
                return await self._look(channel)
            except GONE as met:
                await self._wait_for_database(met)

    async def _missing(self, channel: _Channel, position: int) -> Batch | None:
        """The next entries between a viewer and the hub; None, and no wait, where there are none.

        So the viewer who is told None can join before anything else happens.
        """
        while channel.position is not None and position < channel.position:
            try:
                rows = await self._reader.entries(
                    channel.casino_id, after=position, up_to=channel.position
                )
                return batch_of(rows)
            except GONE as met:
                await self._wait_for_database(met)
        return None

    async def _wait_for_database(self, met: BaseException) -> None:
        logger.info("journal out of reach", why=str(met).strip())
        await asyncio.sleep(AWAY_SECONDS)

    # -- looking, and handing on -------------------------------------------------------------------

    async def _listen(self) -> None:
        """Hear pokes; what was said while nobody listened is looked for at once."""
        while True:
            try:
                async with await listening(self._given) as line:
                    self.hears.set()
                    self._poke(*self._channels)
                    async for casino_id in pokes(line):
                        self._poke(casino_id)
            except GONE as met:
                logger.info("relay does not listen", why=str(met).strip())
            finally:
                self.hears.clear()
            await asyncio.sleep(AWAY_SECONDS)

    def _poke(self, *casinos: UUID) -> None:
        self._poked.update(casinos)
        self._wake.set()

    async def _hand_on(self) -> None:
        """Look where there is something to see, and now and then everywhere."""
        while True:
            try:
                async with asyncio.timeout(self._look_seconds):
                    await self._wake.wait()
            except TimeoutError:
                self._poke(*self._channels)
            self._wake.clear()
            poked, self._poked = self._poked, set()
            for casino_id in poked & self._channels.keys():
                await self._try_to_look(casino_id)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _try_to_look(self, casino_id: UUID) -> bool:
        channel = self._channels.get(casino_id)
        if channel is None:
            return False
        try:
            await self._look(channel)
        except GONE as met:
            await self._wait_for_database(met)
            self._poke(casino_id)
            return False
        return True

    async def _look(self, channel: _Channel) -> int:
        """Read what is new and hand it to all; where the journal ends now."""
        async with channel.looking:
            if channel.position is None:
                channel.position = await self._reader.head(channel.casino_id)
            rows = await self._reader.entries(channel.casino_id, after=channel.position)
            while (batch := batch_of(rows)) is not None:
                channel.position = batch.last
                self._hand_to_all(channel, batch.text)
                rows = await self._reader.entries(channel.casino_id, after=batch.last)
            return channel.position

    async def _beat(self) -> None:
        """Say that the line is up, to those whose journal could just be read."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            for casino_id in tuple(self._channels):
                if await self._try_to_look(casino_id):
                    channel = self._channels.get(casino_id)
                    if channel is not None and channel.position is not None:
                        self._hand_to_all(channel, beat(channel.position))

    def _hand_to_all(self, channel: _Channel, text: bytes) -> None:
        for follower in tuple(channel.followers):
            try:
                follower.waiting.put_nowait(text)
            except asyncio.QueueFull:
                channel.followers.discard(follower)
                follower.fell_behind = True


@contextlib.asynccontextmanager
async def running(given: Given, *, look_seconds: float = LOOK_SECONDS) -> AsyncIterator[Hub]:
    """A hub at work for as long as somebody is inside."""
    hub = Hub(given, look_seconds=look_seconds)
    task = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
