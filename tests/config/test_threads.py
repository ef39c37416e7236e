"""The synchronous application behind the event loop: whole requests, whole answers, few threads."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tablebank.config import threads
from tablebank.config.threads import InThreads

Told = list[dict[str, Any]]


class Application:
    """Answers with what it was asked, and remembers by which thread."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.threads: set[str] = set()
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.threads.add(threading.current_thread().name)
        self.bodies.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start(
            "201 Created", [("X-Path", environ["PATH_INFO"]), ("X-Query", environ["QUERY_STRING"])]
        )
        return self

    def __iter__(self) -> Any:
        return iter([b"one ", b"piece"])

    def close(self) -> None:
        self.closed += 1


def asked(application: Application, *pieces: dict[str, Any]) -> Told:
    """Send these pieces of a request; what went back."""
    waiting, told = list(pieces), []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/here",
        "query_string": b"a=1",
        "http_version": "1.1",
        "headers": [],
    }

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        told.append(message)

    async def run() -> None:
        answer = await InThreads(application, threads=2).answer(scope, receive)
        if answer is not None:
            await answer.send(send)

    asyncio.run(run())
    return told


def piece(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_request_is_asked_whole_and_answered_whole() -> None:
    application = Application()
    begin, body = asked(application, piece(b"half ", more=True), piece(b"and half"))
    assert application.bodies == [b"half and half"]
    assert begin["status"] == 201
    assert begin["headers"] == [(b"x-path", b"/here"), (b"x-query", b"a=1")]
    assert (body["body"], body["more_body"]) == (b"one piece", False)
    assert application.closed == 1


def test_a_body_that_breaks_off_is_never_answered() -> None:
    """CHIP-2: "120" cut off is not "12": half a form is no form."""
    application = Application()
    gone = {"type": "http.disconnect"}
    assert asked(application, piece(b"chipset:500=12", more=True), gone) == []
    assert application.bodies == []


def test_a_body_beyond_all_measure_takes_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "LARGEST_BODY", 10)
    application = Application()
    begin, _ = asked(application, piece(b"12345678", more=True), piece(b"9012345", more=True))
    assert (begin["status"], application.bodies) == (413, [])


def test_who_went_away_holds_nobody_up() -> None:
    """Sending to a closed line fails; the request was answered all the same."""

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return piece(b"")

        async def send(message: Any) -> None:
            raise RuntimeError("the line is closed")

        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
        answer = await InThreads(Application(), threads=1).answer(
            {**scope, "http_version": "1.1"}, receive
        )
        assert answer is not None
        await answer.send(send)

    asyncio.run(run())


def test_threads_are_few_and_stay() -> None:
    """Each keeps a connection: as many requests at once, and no more connections than that."""
    application = Application()

    async def run() -> None:
        requests = InThreads(application, threads=2)

        async def receive() -> dict[str, Any]:
            return piece(b"")

        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
        whole = {**scope, "http_version": "1.1"}
        await asyncio.gather(*(requests.answer(dict(whole), receive) for _ in range(20)))

    asyncio.run(run())
    assert 1 <= len(application.threads) <= 2
    assert len(application.bodies) == 20
