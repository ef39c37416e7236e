"""How a test reaches the system: in this process, or over a socket at a server that runs.

Both lines speak HTTP and answer alike, so a test does not know which it is on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from django.test import Client

API = "/api/v1"
PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and the body as it came, bytes and all."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    def __getitem__(self, name: str) -> Any:
        return self.json[name]

    @property
    def code(self) -> str | None:
        """The code of a refusal; None where it is none."""
        return self.json["code"] if self.is_refusal else None

    @property
    def is_refusal(self) -> bool:
        return self.headers.get("Content-Type", "").split(";")[0] == PROBLEM_TYPE

    @property
    def replayed(self) -> bool:
        return self.headers.get("Idempotent-Replayed") == "true"

    def must(self, *statuses: int) -> Any:
        """The body, after the status has been seen to be one of these (any of 2xx by default)."""
        expected = self.status in statuses if statuses else 200 <= self.status < 300
        assert expected, f"{self.status} is not {statuses or '2xx'}: {self.text[:2000]}"
        return self.json

    def must_refuse(self, status: int, code: str, /, **facts: Any) -> dict[str, Any]:
        """The problem, after status, code and media type were seen, and these facts in it."""
        assert (self.status, self.code) == (status, code), self.text[:2000]
        problem: dict[str, Any] = self.json
        assert problem["status"] == status
        for member in ("type", "title", "detail", "facts"):
            assert member in problem, problem
        for name, value in facts.items():
            assert problem["facts"].get(name) == value, problem
        return problem


class Line(Protocol):
    """One connection to the system."""

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None
    ) -> Answer: ...


class InProcess:
    """Django's own test client: no socket, and an error on the server is an error in the test."""

    def __init__(self) -> None:
        self._client = Client()

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        given = self._client.generic(
            method, path, body or b"", content_type="application/json", headers=dict(headers)
        )
        return Answer(given.status_code, dict(given.headers), given.content)


class OverTheWire:
    """A server that listens somewhere; safe to use from several threads."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(
            base_url=base_url, timeout=60, limits=httpx.Limits(max_connections=None)
        )

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        said = {**headers, **({"Content-Type": "application/json"} if body is not None else {})}
        given = self._http.request(method, path, headers=said, content=body)
        headers_back = {name.title(): value for name, value in given.headers.items()}
        return Answer(given.status_code, headers_back, given.content)

    def close(self) -> None:
        self._http.close()
