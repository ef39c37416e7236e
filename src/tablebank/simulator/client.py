"""Talking to the casino's system over HTTP, as any program would.

One `Line` is one connection; a `Caller` is one person on it. Every command carries an
Idempotency-Key that follows from seed, person and how many commands they gave, so a command whose
answer was lost is sent again with the same key and has one effect (IDEM-1).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self
from uuid import UUID, uuid5

import httpx

Answer = dict[str, Any]

_KEYS = UUID("6f1f6f0a-5d0e-4c0e-9b52-3a3f1d1c7b11")
_ATTEMPTS = 8
_AGAIN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_STILL_RUNNING = frozenset({"TRY_AGAIN", "IDEMPOTENCY_KEY_IN_USE", "IN_PROGRESS"})
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What was asked and why it was turned down, without PINs and passwords."""

    method: str
    path: str
    asked: Mapping[str, Any]
    status: int
    code: str
    detail: str
    facts: Any
    errors: Any


class Turned(Exception):
    """A request that was turned down. Its one argument is the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        told = self.problem
        return (
            f"{told.method} {told.path} -> {told.status} {told.code}: {told.detail} "
            f"facts={told.facts} errors={told.errors} asked={told.asked}"
        )


class Amiss(Exception):
    """An answer that an honest step does not get: a right count disputed, a box counted wrong."""


class Unreachable(Exception):
    """The system did not answer, however often it was asked."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A further signature on the caller's device: role, badge, PIN."""

    role: str
    badge: str
    pin: str

    def body(self) -> dict[str, str]:
        """As it travels in `signatures`."""
        return {"role": self.role, "badge": self.badge, "pin": self.pin}


class Line:
    """One connection to the system, kept open; counts what went over it."""

    def __init__(
        self,
        *,
        base_url: str,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(
            base_url=base_url.rstrip("/") + "/api/v1", transport=transport, timeout=30
        )
        self._pause = pause
        self.requests = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def send(
        self,
        *,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once and, where the answer was lost or the house was busy, the same again."""
        trouble = ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(min(0.05 * 2**attempt, _LONGEST_PAUSE))
            self.requests += 1
            try:
                response = self._http.request(
                    method, path, headers=dict(headers), json=body, params=params
                )
            except httpx.TransportError as lost:
                trouble = repr(lost)
                continue
            if response.is_success:
                return _read(response)
            problem = _read(response)
            trouble = f"{response.status_code} {problem.get('code', '')}"
            still_running = (
                response.status_code == HTTPStatus.CONFLICT
                and problem.get("code") in _STILL_RUNNING
            )
            if response.status_code not in _AGAIN and not still_running:
                asked = body or params or {}
                raise Turned(_problem(method, path, asked, response.status_code, problem))
            self._pause(_wait_asked_for(response))
        raise Unreachable(f"{method} {path}: no answer in {_ATTEMPTS} attempts, last {trouble}")


class Caller:
    """One person (or program) with a token, giving commands on a line."""

    def __init__(self, *, line: Line, token: str, stream: str) -> None:
        """`stream` names this caller's own series of idempotency keys."""
        self._line = line
        self._authorization = {"Authorization": f"Bearer {token}"}
        self._stream = stream
        self._given = 0

    def command(
        self, path: str, *, at: str, sign: Sequence[Sign] = (), method: str = "POST", **fields: Any
    ) -> Answer:
        """Give a command that happened at that instant; fields that are None are left out."""
        self._given += 1
        body: dict[str, Any] = {key: kept for key, kept in fields.items() if kept is not None}
        body["occurred_at"] = at
        if sign:
            body["signatures"] = [one.body() for one in sign]
        key = str(uuid5(_KEYS, f"{self._stream}/{self._given}"))
        headers = {**self._authorization, "Idempotency-Key": key}
        return self._line.send(method=method, path=path, headers=headers, body=body)

    def read(self, path: str, **params: str) -> Answer:
        """Read one thing."""
        return self._line.send(method="GET", path=path, headers=self._authorization, params=params)

    def items(self, path: str, **params: str) -> list[Answer]:
        """Read a whole list, page by page."""
        found: list[Answer] = []
        cursor: str | None = None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = self.read(path, limit="1000", **params, **more)
            found.extend(page["items"])
            cursor = page.get("next_cursor")
            if not cursor:
                return found


def _read(response: httpx.Response) -> Answer:
    try:
        answer = response.json()
    except ValueError:
        return {"detail": response.text[:300]}
    return answer if isinstance(answer, dict) else {"items": answer}


def _problem(
    method: str, path: str, asked: Mapping[str, Any], status: int, answer: Answer
) -> Problem:
    return Problem(
        method=method,
        path=path,
        asked=_without_secrets(asked),
        status=status,
        code=str(answer.get("code", "")),
        detail=str(answer.get("detail") or answer.get("title") or ""),
        facts=answer.get("facts"),
        errors=answer.get("errors"),
    )


def _wait_asked_for(response: httpx.Response) -> float:
    try:
        return min(float(response.headers.get("Retry-After", "0")), _LONGEST_PAUSE)
    except ValueError:
        return 0.0


def _without_secrets(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, without PINs and passwords."""
    shown: dict[str, Any] = {}
    for key, value in asked.items():
        if key in {"pin", "current_pin", "password"}:
            continue
        signed = key == "signatures"
        shown[key] = [f"{one['role']} {one['badge']}" for one in value] if signed else value
    return shown
