"""A command whose answer was lost is sent again with the same key, and nothing leaks."""

from collections.abc import Callable

import httpx
import pytest

from tablebank.simulator.client import Caller, Line, Sign, Turned, Unreachable

AT = "2026-03-02T14:00:00Z"


def _caller(
    answer: Callable[[httpx.Request], httpx.Response], waited: list[float] | None = None
) -> Caller:
    waits = waited if waited is not None else []
    line = Line(base_url="http://house", transport=httpx.MockTransport(answer), pause=waits.append)
    return Caller(line=line, token="t", stream="7/somebody")


def test_a_lost_answer_is_asked_for_again_with_the_same_key() -> None:
    """IDEM-1: connection lost, busy, still running, too fast: always the same key."""
    keys: list[str] = []
    troubles = [
        lambda: (_ for _ in ()).throw(httpx.ReadError("gone")),
        lambda: httpx.Response(503, json={"code": "TRY_AGAIN"}),
        lambda: httpx.Response(409, json={"code": "TRY_AGAIN"}),
        lambda: httpx.Response(429, headers={"Retry-After": "2"}, json={"code": "SLOW"}),
        lambda: httpx.Response(200, json={"id": "x"}),
    ]

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        response: httpx.Response = troubles[len(keys) - 1]()
        return response

    waited: list[float] = []
    assert _caller(answer, waited).command("/x", at=AT) == {"id": "x"}
    assert len(keys) == 5
    assert len(set(keys)) == 1
    assert 2.0 in waited


def test_every_command_has_a_key_of_its_own_and_the_same_in_every_run() -> None:
    def run() -> list[str]:
        keys: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            keys.append(request.headers["Idempotency-Key"])
            return httpx.Response(200, json={})

        caller = _caller(answer)
        for _ in range(3):
            caller.command("/x", at=AT)
        return keys

    assert len(set(run())) == 3
    assert run() == run()


def test_a_refusal_is_raised_with_what_is_needed_to_mend_it_and_without_pins() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        problem = {"code": "SLIPS_IN_FLIGHT", "detail": "Slips are on the way.", "facts": {"n": 1}}
        return httpx.Response(409, json=problem)

    with pytest.raises(Turned) as turned:
        _caller(answer).command(
            "/sessions/1/close", at=AT, sign=[Sign("DEALER", "1001", "246801")], pin="135790"
        )
    said = str(turned.value)
    assert turned.value.problem.code == "SLIPS_IN_FLIGHT"
    assert "DEALER 1001" in said
    assert "246801" not in said
    assert "135790" not in said


def test_a_house_that_never_answers_is_given_up() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(503, json={"code": "TRY_AGAIN"})

    with pytest.raises(Unreachable, match="TRY_AGAIN"):
        _caller(answer).command("/x", at=AT)


def test_what_is_not_given_is_not_sent() -> None:
    """Unknown is left out or null by choice, never a made-up value."""
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return httpx.Response(200, json={})

    _caller(answer).command("/x", at=AT, purpose=None, reason="r")
    assert seen == [b'{"reason":"r","occurred_at":"2026-03-02T14:00:00Z"}']
