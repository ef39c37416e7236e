"""The feed over a real socket: streams come and go while tills work, and end with the server.

JRN-4: every stream hears each entry once and in order, from its own position; S1.
"""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.cast import Casino, Person, found
from tests.line import OverTheWire
from tests.program import Server, start_server
from tests.trials.spot import spot_in

PATIENCE_SECONDS = 30.0
_NUMBER = re.compile(r"^id: (\d+)$")


@contextmanager
def following(server: Server, person: Person, *, after: int) -> Iterator[Iterator[str]]:
    """The lines of a stream, for as long as somebody listens."""
    headers = {"Authorization": f"Bearer {person.token}", "Last-Event-ID": str(after)}
    url = f"{server.base_url}/api/v1/events"
    with httpx.stream("GET", url, headers=headers, timeout=PATIENCE_SECONDS) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream"
        yield answer.iter_lines()


def heard(lines: Iterator[str], *, until: Event | None = None) -> Iterator[int]:
    """The numbers of the entries, as they come; until nothing more is to come."""
    for line in lines:
        if until is not None and until.is_set():
            return
        if found := _NUMBER.match(line):
            yield int(found[1])


def head_of(casino: Casino) -> int:
    return int(casino.ana.get("/journal/verify").must(200)["entries"])


@pytest.mark.parametrize("viewers", [6, pytest.param(60, marks=pytest.mark.trial)])
def test_streams_come_and_go_while_tills_work(
    server: Server, wire: OverTheWire, viewers: int
) -> None:
    """JRN-4: whoever joins or comes again from wherever they were hears all of it, once."""
    casino = found(line=wire, simulated=False)
    for name in ("dana", "sam", "pat", "casey", "rory", "ana"):
        casino.person(name)
    spots = [spot_in(casino) for _ in range(3)]
    for spot in spots:
        spot.open("100 black")
    first, enough = head_of(casino), Event()

    def work(place: int) -> None:
        try:
            while not enough.is_set():
                spots[place].fill("1 black")
        finally:
            enough.set()

    def look_on(place: int) -> list[int]:
        """Comes again after every few entries, each time from the last it heard."""
        numbers = [max(first - place, 0)]
        while numbers[-1] < first + 20 + place and not enough.is_set():
            with following(server, casino.sam, after=numbers[-1]) as lines:
                numbers += islice(heard(lines, until=enough), 5 + place)
        return numbers

    with ThreadPoolExecutor(max_workers=viewers + 3) as pool:
        working = [pool.submit(work, place) for place in range(3)]
        try:
            seen = list(pool.map(look_on, range(viewers)))
        finally:
            enough.set()
        for each in working:
            each.result()
    for numbers in seen:
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert numbers[-1] >= first + 20


def test_it_is_heard_at_once(server: Server, wire: OverTheWire) -> None:
    """LESSON-24: an entry is on the other screens within a second of its commit."""
    casino = found(line=wire)
    casino.person("ana")
    with following(server, casino.sam, after=head_of(casino)) as lines:
        while next(lines) != "event: beat":
            pass
        numbers = heard(lines)
        casino.ada.post("/boxes", {"code": "SEEN", "kind": "TABLE"}).must(201)
        told_at = time.monotonic()
        assert next(numbers) == head_of(casino)
        assert time.monotonic() - told_at < 1.0


def test_a_server_with_open_streams_stops_at_once(tmp_path: Path) -> None:
    """A stream is an answer that stays open; it ends when the server is told to, and cleanly."""
    server = start_server(log=tmp_path / "log")
    line = OverTheWire(server.base_url)
    try:
        casino = found(line=line)
        ada = casino.person("ada")
        with following(server, ada, after=0) as lines:
            next(heard(lines))
            server.process.terminate()
            begun = time.monotonic()
            assert not any(line.startswith("event: again") for line in lines)
            assert server.process.wait(PATIENCE_SECONDS) == 0
            assert time.monotonic() - begun < 5.0
    finally:
        line.close()
        server.stop()


def test_a_server_that_follows_says_so(server: Server) -> None:
    """02-interfaces: ready is database, migrations, role and relay."""
    ready = httpx.get(f"{server.base_url}/readyz").json()
    assert ready == {"database": True, "migrations": True, "role": True, "relay": True}
