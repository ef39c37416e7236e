"""The server killed in mid-load and started again: nothing acknowledged is lost, nothing is half.

S1, JRN-1, IDEM-1. Tills work on and, when no answer comes, send the same again under the same key
until one does, as any honest client would. Twice in between the power goes.
"""

import os
import signal
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any

import httpx
import pytest

from tests.cast import Casino, found
from tests.line import Answer, OverTheWire
from tests.program import Server, start_server
from tests.trials.racing import check_journal
from tests.trials.spot import Spot, spot_in

TILLS = 6
PATIENCE_SECONDS = 40.0


class Stubborn:
    """A line that sends the same again until it is answered, and remembers what it was told."""

    def __init__(self, line: OverTheWire) -> None:
        self._line = line
        self._lock = Lock()
        self.lost = 0
        self.acknowledged: list[dict[str, Any]] = []

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._line.send(method, path, headers=headers, body=body)
            except httpx.TransportError:
                assert time.monotonic() < until, "the server does not come back"
                with self._lock:
                    self.lost += 1
                time.sleep(0.05)
                continue
            assert answer.status < 500, answer.text
            if method == "POST" and "/fills" in path:
                with self._lock:
                    self.acknowledged.append(answer.must(201))
            return answer


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, to be killed."""
    server = start_server(log=tmp_path / "log")
    yield server
    server.stop()


@pytest.mark.parametrize("with_workers", [True, False], ids=["all of it", "its first process"])
def test_the_power_goes_in_mid_load(mortal: Server, with_workers: bool) -> None:
    """S1: figures, numbers, keys and chain are as if nothing had happened."""
    wire = OverTheWire(mortal.base_url)
    stubborn = Stubborn(wire)
    casino = found(line=stubborn, simulated=False)
    for name in ("dana", "sam", "pat", "casey", "rory", "ana"):
        casino.person(name)
    spots = [spot_in(casino) for _ in range(TILLS)]
    for spot in spots:
        spot.open("100 black")
    enough = Event()
    with ThreadPoolExecutor(max_workers=TILLS) as pool:
        filled = [pool.submit(_fill_until, spot, enough) for spot in spots]
        try:
            for _ in range(2):
                time.sleep(0.7)
                _kill(mortal, with_workers=with_workers)
                again = start_server(log=mortal.log, port=mortal.port)
                mortal.process = again.process
            time.sleep(0.3)
        finally:
            enough.set()
        done = [till.result() for till in filled]
    assert stubborn.lost > 0
    assert sum(done) > TILLS
    for spot, fills in zip(spots, done, strict=True):
        _check(spot, fills)
    _check_acknowledged(casino, stubborn)
    check_journal(casino)
    wire.close()


def _fill_until(spot: Spot, enough: Event) -> int:
    """Fill after fill; how many were finished."""
    finished = 0
    while not enough.is_set():
        spot.fill("1 black")
        finished += 1
    return finished


def _kill(server: Server, *, with_workers: bool) -> None:
    if with_workers:
        server.kill()
    else:
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()


def _check(spot: Spot, fills: int) -> None:
    """Each fill once, whole, with every signature it takes."""
    slips = spot.casino.sam.all_of("/slips", session_id=spot.session)
    assert len(slips) == fills
    assert spot.rundown()["fills_total_cents"] == fills * 10_000
    for slip in slips:
        told = [step["status"] for step in slip["history"]]
        assert told == ["REQUESTED", "ISSUED", "VERIFIED_AT_TABLE", "DEPOSITED_IN_DROPBOX"]
        signed = [len(step["signatures"]) for step in slip["history"]]
        assert signed == [1, 2, 3, 3], slip


def _check_acknowledged(casino: Casino, line: Stubborn) -> None:
    """What was answered is there, once each, and the numbers have no gap (SLIP-2)."""
    slips = casino.sam.all_of("/slips", limit=1000)
    there = {slip["id"]: slip["request_number"] for slip in slips}
    assert {each["id"]: each["request_number"] for each in line.acknowledged} == there
    for name in ("request_number", "number"):
        numbers = sorted(int(slip[name].rpartition("-")[2]) for slip in slips)
        assert numbers == list(range(1, len(slips) + 1))
