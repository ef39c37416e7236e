"""Tills that do not give up: no answer, and the same goes out again under the same key.

S1: whatever fails in between, in the end everything that was told is there, once and whole.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import httpx

from tests.cast import Casino
from tests.line import Answer, OverTheWire
from tests.trials.racing import check_journal
from tests.trials.spot import Spot, spot_in

PATIENCE_SECONDS = 120.0


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
            answer = self._tried(method, path, headers=headers, body=body)
            if answer is None:
                assert time.monotonic() < until, "it does not come back"
                with self._lock:
                    self.lost += 1
                time.sleep(0.05)
                continue
            if method == "POST" and "/fills" in path:
                with self._lock:
                    self.acknowledged.append(answer.must(201))
            return answer

    def work_on(self, requests: int) -> None:
        """Wait until so many more fills were asked for and answered: trouble comes in mid-load,
        however fast the machine is."""
        wanted = len(self.acknowledged) + requests
        self._until(lambda: len(self.acknowledged) >= wanted)

    def meet_it(self, before: int) -> bool:
        """Whether somebody noticed the trouble soon: an answer was lost since `before`."""
        return self._until(lambda: self.lost > before, patience=5.0)

    def _until(self, has_come: Callable[[], bool], *, patience: float = PATIENCE_SECONDS) -> bool:
        until = time.monotonic() + patience
        while not has_come() and time.monotonic() < until:
            time.sleep(0.01)
        return has_come()

    def _tried(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None
    ) -> Answer | None:
        """The answer, or None where there was none or the house asks to come again."""
        try:
            answer = self._line.send(method, path, headers=headers, body=body)
        except httpx.TransportError:
            return None
        if answer.status == 503:
            answer.must_refuse(503, "TRY_AGAIN")
            return None
        assert answer.status < 500, answer.text
        return answer


def work_through(casino: Casino, line: Stubborn, *, tills: int, trouble: Callable[[], None]) -> int:
    """Fill after fill at so many tables while the trouble happens; then look at everything."""
    for name in ("dana", "sam", "pat", "casey", "rory", "ana"):
        casino.person(name)
    spots = [spot_in(casino) for _ in range(tills)]
    for spot in spots:
        spot.open("100 black")
    enough = Event()
    with ThreadPoolExecutor(max_workers=tills) as pool:
        working = [pool.submit(_fill_until, spot, enough) for spot in spots]
        try:
            trouble()
            line.work_on(tills)
        finally:
            enough.set()
        done = [till.result() for till in working]
    _check_all(casino, line, spots, done)
    return sum(done)


def _fill_until(spot: Spot, enough: Event) -> int:
    """Fill after fill; how many were finished."""
    finished = 0
    while not enough.is_set():
        spot.fill("1 black")
        finished += 1
    return finished


def _check_all(casino: Casino, line: Stubborn, spots: Sequence[Spot], done: Sequence[int]) -> None:
    for spot, fills in zip(spots, done, strict=True):
        _check(spot, fills)
    _check_acknowledged(casino, line)
    check_journal(casino)


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
