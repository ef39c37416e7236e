"""The synchronous application behind the event loop: each request whole, in one of so many threads.

A request is read to its end before it takes a thread, so a slow sender holds up nobody, and half a
form is no form: a body that breaks off is never answered. Its answer goes back in one piece, so
there is one step from the loop to a thread and one back. How a request looks to WSGI is a2wsgi's;
its own middleware goes back and forth for every piece, which halves what a process answers
(decision 0033).
"""

import asyncio
import contextlib
import contextvars
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from a2wsgi.wsgi import build_environ

from tablebank.relay.streaming import Message, Receive, Send

LARGEST_BODY = 16 * 2**20
"""In bytes; what is asked here is much smaller, and files come no larger."""

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body, whole."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def begin(self) -> Message:
        """How it begins on the wire."""
        return {"type": "http.response.start", "status": self.status, "headers": self.headers}

    async def send(self, send: Send) -> None:
        """Send it all; who went away meanwhile hears nothing."""
        with contextlib.suppress(OSError, RuntimeError):
            await send(self.begin)
            await send({"type": "http.response.body", "body": self.body, "more_body": False})


TOO_LARGE = Answer(413, [(b"content-type", b"text/plain")], b"The body is too large.\n")


class InThreads:
    """Asks the application in a fixed number of threads, each with connections of its own."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="request")

    async def answer(self, scope: dict[str, Any], receive: Receive) -> Answer | None:
        """What the application answers; None for a request that broke off."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > LARGEST_BODY:
                return TOO_LARGE
            if not message.get("more_body", False):
                break
        environ: Environ = dict(build_environ(scope, BytesIO(body)))  # type: ignore[arg-type]
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.errors": sys.stderr}
        asked = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, asked.run, self._answered, environ)

    def _answered(self, environ: Environ) -> Answer:
        said: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], failed: Any = None) -> None:
            said.append((status, headers))

        pieces = self._application(environ, start)
        try:
            body = b"".join(pieces)
        finally:
            getattr(pieces, "close", lambda: None)()
        status, headers = said[-1]
        return Answer(
            int(status.split(" ", 1)[0]),
            [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            body,
        )
