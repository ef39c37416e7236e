"""The server's round: every minute somebody looks for what came with time (FIND-2).

It runs beside the requests in a thread of its own, and keeps no connection between two rounds.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from django.db import connections
from django.utils import timezone

from tablebank.commands.sweep import sweep_everywhere

logger = structlog.get_logger(__name__)

EVERY_SECONDS = 60.0
LOOKING_BACK = timedelta(days=7)
"""How far back a round looks for new rows; the first one of a process looks at all of them."""


class Sweeper:
    """Sweeps every minute for as long as the server lives."""

    def __init__(
        self,
        *,
        every_seconds: float = EVERY_SECONDS,
        sweeping: Callable[..., int] = sweep_everywhere,
    ) -> None:
        self._every_seconds = every_seconds
        self._sweeping = sweeping
        self._ending = threading.Event()

    async def run(self) -> None:
        """Round after round until cancelled, the first a minute after the start."""
        looking_back: timedelta | None = None
        loop = asyncio.get_running_loop()
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sweep")
        try:
            while True:
                await asyncio.sleep(self._every_seconds)
                if await loop.run_in_executor(thread, self._swept, looking_back):
                    looking_back = LOOKING_BACK
        finally:
            self._ending.set()
            thread.shutdown(wait=False, cancel_futures=True)

    def _swept(self, looking_back: timedelta | None) -> bool:
        """One round; whether it came to its end. A database that is away is there the next time."""
        try:
            self._sweeping(
                clock=timezone.now, looking_back=looking_back, is_ending=self._ending.is_set
            )
        except Exception as met:
            logger.error("round failed", exc_info=met)
            return False
        finally:
            connections.close_all()
        return True
