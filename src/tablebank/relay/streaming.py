"""A stream of events as it goes over the wire: begun, fed, and ended by whoever ends it first.

Who may follow was judged before, at the same door as every other request; the door leaves what is
to be followed in the request's scope. A stream lasts some minutes, so that the sign-in behind it is
judged again, and no longer than the process is meant to last.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tablebank.relay.entries import AGAIN
from tablebank.relay.hub import FellBehind, Hub

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SCOPE = "asgi.scope"
"""Where a synchronous request finds the scope it came with."""
ASKED = "tablebank.feed"
"""Where the door leaves in that scope what is to be followed."""
HUB = "tablebank.hub"
"""Where the door finds in it the hub of this process."""
LASTS_SECONDS = 15 * 60.0
GOODBYE_SECONDS = 1.0
BACK_AFTER_MS = (500, 2000)
"""When a viewer who lost the line tries again: not everybody at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Which journal is followed, and the last number the viewer has; None: from now on."""

    casino_id: UUID
    after: int | None


async def stream(
    hub: Hub,
    ask: Ask,
    *,
    begin: Message,
    receive: Receive,
    send: Send,
    ending: asyncio.Event,
    lasts_seconds: float = LASTS_SECONDS,
) -> None:
    """Answer with a stream under the headers of `begin` until it is over, from whichever side."""
    await send(begin)
    feeding = asyncio.create_task(_feed(hub, ask, send))
    ended = [
        feeding,
        asyncio.create_task(_gone(receive)),
        asyncio.create_task(ending.wait()),
    ]
    try:
        await asyncio.wait(ended, timeout=lasts_seconds, return_when=asyncio.FIRST_COMPLETED)
        is_over = not any(each.done() for each in ended)
    finally:
        for each in ended:
            each.cancel()
        await asyncio.gather(*ended, return_exceptions=True)
    # Who stopped reading is not waited for.
    with contextlib.suppress(OSError, RuntimeError, TimeoutError):
        async with asyncio.timeout(GOODBYE_SECONDS):
            await send(_piece(AGAIN if is_over else b"", more=False))


async def _feed(hub: Hub, ask: Ask, send: Send) -> None:
    await send(_piece(f"retry: {random.randint(*BACK_AFTER_MS)}\n\n".encode()))  # noqa: S311
    async with contextlib.aclosing(hub.follow(ask.casino_id, after=ask.after)) as texts:
        with contextlib.suppress(FellBehind):
            async for text in texts:
                await send(_piece(text))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _piece(text: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": text, "more_body": more}
