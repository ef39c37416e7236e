"""The server killed in mid-load and started again: nothing acknowledged is lost, nothing is half.

S1, JRN-1, IDEM-1. Tills work on and, when no answer comes, send the same again under the same key
until one does, as any honest client would. Twice in between the power goes.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import found
from tests.line import OverTheWire
from tests.program import Server, start_server
from tests.trials.tills import Stubborn, work_through

TILLS = 6


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, to be killed."""
    server = start_server(log=tmp_path / "log")
    yield server
    server.stop()


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.trial)])
@pytest.mark.parametrize("with_workers", [True, False], ids=["all of it", "its first process"])
def test_the_server_is_killed_in_mid_load(mortal: Server, with_workers: bool, times: int) -> None:
    """S1: figures, numbers, keys and chain are as if nothing had happened."""
    wire = OverTheWire(mortal.base_url)
    line = Stubborn(wire)

    def trouble() -> None:
        for _ in range(times):
            line.work_on(TILLS)
            _kill(mortal, with_workers=with_workers)
            mortal.process = start_server(log=mortal.log, port=mortal.port).process

    filled = work_through(found(line=line, simulated=False), line, tills=TILLS, trouble=trouble)
    assert filled > TILLS
    assert line.lost > 0
    wire.close()


def _kill(server: Server, *, with_workers: bool) -> None:
    if with_workers:
        server.kill()
    else:
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
