"""What a server serves: requests by threads, streams by the event loop, side by side.

Every request is answered by the one synchronous application, in one of a fixed number of threads
that keep their database connections. A request for events goes the same way; if the door lets it in
it leaves word in the scope of what to follow, and the answer goes on as a stream (decision 0033).
"""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import AsyncIterator
from types import FrameType
from typing import Any

from django.core.wsgi import get_wsgi_application

from tablebank.config.sweeping import Sweeper
from tablebank.config.threads import InThreads
from tablebank.relay.hub import Hub
from tablebank.relay.streaming import ASKED, HUB, Receive, Send, stream
from tablebank.store.beside import connection_at_home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tablebank.config.settings")

THREADS = 8
"""How many requests one process answers at once: each thread holds one connection."""

Scope = dict[str, Any]


class Server:
    """The application as an ASGI server runs it, with the hub that lives as long."""

    def __init__(self) -> None:
        pages: Any = get_wsgi_application()
        self._requests = InThreads(pages, threads=THREADS)
        self._hub = Hub(connection_at_home)
        self._sweeper = Sweeper()
        self._ending = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the process's own life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        scope[HUB] = self._hub
        answer = await self._requests.answer(scope, receive)
        if answer is None:
            return
        if ASKED not in scope:
            await answer.send(send)
            return
        headers = [each for each in answer.headers if each[0] != b"content-length"]
        await stream(
            self._hub,
            scope[ASKED],
            begin={**answer.begin, "headers": headers},
            receive=receive,
            send=send,
            ending=self._ending,
        )

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._working():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @contextlib.asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """The hub and the sweeper at work, and streams that end when the process is told to."""
        loop = asyncio.get_running_loop()
        before_a_signal(lambda: loop.call_soon_threadsafe(self._ending.set))
        at_work = [
            asyncio.create_task(self._hub.run()),
            asyncio.create_task(self._sweeper.run()),
        ]
        try:
            yield
        finally:
            for each in at_work:
                each.cancel()
            await asyncio.gather(*at_work, return_exceptions=True)


def before_a_signal(doing: Any) -> None:
    """Do this when the process is told to stop, beside what the server does about it.

    A server waits for its open answers, and a stream is an answer that stays open.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        earlier = signal.getsignal(number)

        def told(given: int, frame: FrameType | None, earlier: Any = earlier) -> None:
            doing()
            if callable(earlier):
                earlier(given, frame)

        signal.signal(number, told)


application = Server()
