"""The server's round: again and again, whatever happens to one of them, and it ends (FIND-2)."""

import asyncio
import threading
from datetime import timedelta
from typing import Any

from tablebank.config.asgi import Server
from tablebank.config.sweeping import LOOKING_BACK, Sweeper


class Rounds:
    """What the server was asked to sweep; the first round meets a database that is away."""

    def __init__(self) -> None:
        self.looking_back: list[timedelta | None] = []
        self.is_ending: Any = None
        self.enough = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, *, clock: Any, looking_back: timedelta | None, is_ending: Any) -> int:
        self.looking_back.append(looking_back)
        self.is_ending = is_ending
        if len(self.looking_back) == 4:
            self._loop.call_soon_threadsafe(self.enough.set)
        if len(self.looking_back) == 1:
            raise OSError("the database is away")
        return 0


def test_a_round_that_fails_is_tried_again_and_the_end_is_the_end() -> None:
    """FIND-2: everything is looked at until one round came to its end; then what is new."""

    async def live() -> Rounds:
        rounds = Rounds()
        running = asyncio.create_task(Sweeper(every_seconds=0, sweeping=rounds).run())
        await asyncio.wait_for(rounds.enough.wait(), 30)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return rounds

    rounds = asyncio.run(live())
    assert rounds.looking_back[:4] == [None, None, LOOKING_BACK, LOOKING_BACK]
    assert rounds.is_ending()


class Swept:
    """Stands for the sweeper: whether it was at work, and whether it was told to end."""

    began = ended = False

    async def run(self) -> None:
        self.began = True
        try:
            await asyncio.Event().wait()
        finally:
            self.ended = True


def test_a_server_sweeps_for_as_long_as_it_lives() -> None:
    """FIND-2: run by the server, beside its requests."""
    server, swept, said = Server(), Swept(), []
    server._sweeper = swept  # type: ignore[assignment]
    told = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> Any:
        await asyncio.sleep(0)
        return next(told)

    async def send(message: Any) -> None:
        said.append(message["type"])
        await asyncio.sleep(0)

    def live() -> None:
        asyncio.run(server({"type": "lifespan"}, receive, send))

    # Not on the main thread: there a server would take the signals for itself.
    thread = threading.Thread(target=live)
    thread.start()
    thread.join()
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert (swept.began, swept.ended) == (True, True)
