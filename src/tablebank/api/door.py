"""Requests in, answers out: who calls, what they sent, how a refusal looks (docs/interface.md).

Bodies are decoded here and not by the framework, because a body of the wrong shape must not be told
from one of the right shape before it is known that the caller may call and that what the path names
is there: the refusal travels to `perform`, which raises it in its place.
"""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.utils import check_csrf
from pydantic import ValidationError

from tablebank.api.body import DAY, CommandBody, FloorBody
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.commands.scene import Command
from tablebank.commands.signing import SignatureGiven
from tablebank.domain.credentials import (
    Credential,
    SessionCredential,
    read_token,
)
from tablebank.domain.plain import plain, plainer
from tablebank.domain.refusals import HTTP_STATUS, FieldError, Kind, Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.queries.doors import View, reading

NOWHERE = UUID(int=0)
"""What a path id that is no id stands for: nothing has it, so it is not found like any other."""

Render = Callable[[Any, Done], Any]


def clock() -> datetime:
    return timezone.now()


def credential_of(request: HttpRequest) -> Credential:
    """Who says they call: a bearer token, or a browser's session with its CSRF token."""
    said = request.headers.get("Authorization")
    if said is not None:
        scheme, _, text = said.partition(" ")
        token = read_token(text.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise Refused(Refusal.NOT_SIGNED_IN)
        return token
    casino_id, staff_id = request.session.get("casino_id"), request.session.get("staff_id")
    if not casino_id or not staff_id:
        raise Refused(Refusal.NOT_SIGNED_IN)
    if request.method not in ("GET", "HEAD", "OPTIONS") and check_csrf(request) is not None:
        raise Refused(Refusal.CSRF_FAILED)
    return SessionCredential(
        casino_id=UUID(casino_id),
        staff_id=UUID(staff_id),
        device=request.COOKIES.get("tb_device", ""),
    )


def json_of(request: HttpRequest) -> Any:
    """The request's body as JSON, an empty one as an empty object; refuses NOT_JSON."""
    try:
        if not request.body.strip():
            return {}
        body = json.loads(request.body, parse_constant=_a_number, parse_float=_a_number)
        _check_readable(body)
    except RequestDataTooBig as no:
        raise Refused(Refusal.NOT_JSON, detail="The body is too large.") from no
    except (ValueError, RecursionError) as no:
        raise Refused(Refusal.NOT_JSON, detail=f"The body is not JSON: {no}") from no
    return body


def _a_number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is no number")
    return number


DEEPEST = 32
"""How many levels a body may have; the deepest of our own has four."""


def _check_readable(body: Any) -> None:
    """Refuses what a parser lets through and nobody can keep: bottomless nesting, half a letter."""
    waiting = [(body, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            value.encode()
        elif isinstance(value, dict):
            waiting += [(each, depth + 1) for pair in value.items() for each in pair]
        elif isinstance(value, list):
            waiting += [(each, depth + 1) for each in value]
        if depth > DEEPEST:
            raise ValueError("it is nested too deeply")


def path_id(text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        return NOWHERE


def path_day(text: str | None) -> date | None:
    """The gaming day a path names; None for what is no day, which is not found like any other."""
    if text is None or not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def command(
    request: HttpRequest,
    wanted: Command,
    shape: type[CommandBody],
    *,
    at: str | None = None,
    other: str | None = None,
    day: str | None = None,
    render: Render,
    status: int | None = None,
    reads: Callable[[HttpRequest], Any] = json_of,
) -> HttpResponse:
    """Carry out one command from a request and answer it, inside its own transaction."""
    raw, wrong = _read(request, reads)
    credential = credential_of(request)
    asked = replace(
        _asked(request, wanted, shape, raw, at=at, wrong=wrong),
        path_other=path_id(other),
        path_day=path_day(day),
    )

    def answer(cursor: Any, done: Done) -> Answer:
        shown = render(cursor, done)
        kept = None
        if isinstance(shown, Once):
            shown, kept = shown.now, dumped(shown.later)
        code = status or (201 if wanted.creates else 200)
        return Answer(status=_status(code, done), text=dumped(shown), kept=kept)

    given = perform(credential, wanted, asked, clock=clock, answer=answer)
    response = HttpResponse(given.text, status=given.status, content_type="application/json")
    if given.replayed:
        response["Idempotent-Replayed"] = "true"
    return response


def _read(request: HttpRequest, reads: Callable[[HttpRequest], Any]) -> tuple[Any, Refused | None]:
    """What was sent, or what is wrong with its content: that waits for its turn."""
    try:
        return reads(request), None
    except Refused as no:
        if no.refusal.kind is not Kind.CONTENT:
            raise
        return {}, no


def _status(code: int, done: Done) -> int:
    """A first count that has to be made again created nothing: 200."""
    return 200 if code == 201 and "recount_required" in done.decision.outcome else code


class Once:
    """An answer that shows something a replay must not show again."""

    def __init__(self, *, now: Any, later: Any) -> None:
        self.now = now
        self.later = later


def _asked(
    request: HttpRequest,
    wanted: Command,
    shape: type[CommandBody],
    raw: Any,
    *,
    at: str | None,
    wrong: Refused | None,
) -> Asked:
    """The request as the one door takes it, its shape checked but not yet complained about."""
    key = request.headers.get("Idempotency-Key")
    wrong_shape = wrong
    given: CommandBody | None = None
    try:
        given = shape.model_validate(raw) if wrong is None else None
    except ValidationError as invalid:
        wrong_shape = misshapen(invalid)
    if wrong_shape is None and (key is None or not 0 < len(key) <= 255 or "\x00" in key):
        wrong_shape = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    said = raw.get("acting_role") if isinstance(raw, dict) else None
    return Asked(
        path_id=path_id(at),
        body=given.as_body(wanted.body) if given is not None else None,
        misshapen=wrong_shape,
        raw=raw,
        occurred_at=given.occurred_at if given else None,
        signatures=tuple(
            SignatureGiven(role=each.role, badge=each.badge, pin=each.pin)
            for each in (given.signatures if given else ())
        ),
        acting_role=Role(said) if isinstance(said, str) and said in set(Role) else None,
        remark=given.remark if given else None,
        key=key,
        paper=given.paper.as_paper() if isinstance(given, FloorBody) and given.paper else None,
        dry_run=request.GET.get("dry_run", "").lower() in ("true", "1"),
    )


def misshapen(wrong: ValidationError) -> Refused:
    """Everything wrong with a body or query at once, each with where it stands."""
    errors = [
        FieldError(
            "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in each["loc"]),
            "SHAPE",
            each["msg"],
        )
        for each in wrong.errors(include_url=False, include_input=False, include_context=False)
    ]
    return Refused(Refusal.SHAPE, errors=errors)


def read(request: HttpRequest, answering: Callable[[View], Any]) -> HttpResponse:
    """Answer a question inside the casino's own view."""
    with reading(credential_of(request), at=clock()) as view:
        text = dumped(answering(view))
    return HttpResponse(text, content_type="application/json")


def found(value: Any) -> Any:
    """The value, or NOT_FOUND where there is none."""
    if value is None or value == ():
        raise Refused(Refusal.NOT_FOUND)
    return value


def dumped(value: Any) -> str:
    """A value as JSON text; characters that end a line or a script stay readable but harmless."""
    return json.dumps(value, default=plainer, ensure_ascii=False, separators=(",", ":"))


def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """A refusal as problem+json (RFC 9457)."""
    status = HTTP_STATUS[no.refusal.kind]
    body: dict[str, Any] = {
        "type": f"/problems/{no.code.lower().replace('_', '-')}",
        "title": no.refusal.sentence,
        "status": status,
        "detail": no.detail,
        "code": no.code,
        "facts": plain(dict(no.facts)),
    }
    if no.errors:
        body["errors"] = [
            {"pointer": each.pointer, "code": each.code, "message": each.message}
            for each in no.errors
        ]
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 503:
        response["Retry-After"] = "1"
    if no.refusal is Refusal.BADGE_LOCKED:
        response["Retry-After"] = str(no.facts.get("retry_after_seconds", 900))
    return response


def problem(*, status: int, code: str, title: str) -> HttpResponse:
    """A problem that no rule of ours has a refusal for."""
    told = {
        "type": f"/problems/{code.lower().replace('_', '-')}",
        "title": title,
        "status": status,
        "detail": title,
        "code": code,
        "facts": {},
    }
    return HttpResponse(json.dumps(told), status=status, content_type="application/problem+json")
