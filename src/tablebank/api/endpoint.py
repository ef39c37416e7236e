"""An endpoint is one line: method, path, command or question, shape, and how it is answered.

The framework routes and documents; what an endpoint means is in the line. The OpenAPI document is
made from the same lines, so it cannot say something else (docs/interface.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ValidationError

from tablebank.api.body import CommandBody
from tablebank.api.door import Render, command, json_of, misshapen, path_day, path_id, read
from tablebank.api.examples import EXAMPLES
from tablebank.commands.scene import Command
from tablebank.domain.refusals import HTTP_STATUS, Refusal
from tablebank.queries.doors import View

R = Refusal
ALWAYS = (R.NOT_JSON, R.NOT_SIGNED_IN, R.ROLE_NOT_ALLOWED, R.NOT_FOUND, R.SHAPE)
OF_COMMANDS = (
    *ALWAYS,
    R.IDEMPOTENCY_KEY_MISSING,
    R.IDEMPOTENCY_KEY_REUSED,
    R.OCCURRED_AT_OUT_OF_RANGE,
    R.BADGE_LOCKED,
    R.SIGNATURE_MISSING,
    R.SIGNATURE_REFUSED,
    R.SIGNERS_NOT_DISTINCT,
    R.SIGNER_NOT_ALLOWED,
    R.TRY_AGAIN,
)


class NoQuery(BaseModel):
    """A question without parameters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Write:
    """A command at an address. `refuses` are the refusals beyond those every command has."""

    method: str = "POST"
    path: str
    command: Command
    shape: type[CommandBody]
    render: Render
    summary: str
    refuses: tuple[Refusal, ...] = ()
    tag: str
    reads: Callable[[HttpRequest], Any] = json_of
    """How the body is read, where it is more than JSON."""
    parameters: tuple[Mapping[str, Any], ...] = ()
    """What the address may say beside `dry_run`, as OpenAPI has it."""
    media: Mapping[str, Any] = field(default_factory=dict)
    """How the body may come beside JSON, as OpenAPI has it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A question at an address. `answer` gets the view, the path's id or day, and the query."""

    path: str
    answer: Callable[[View, Any, Any], Any]
    summary: str
    query: type[BaseModel] = NoQuery
    tag: str


def register(router: Router, endpoints: tuple[Write | Read, ...]) -> None:
    """Put the endpoints on the router."""
    for endpoint in endpoints:
        if isinstance(endpoint, Write):
            _add(router, endpoint.method, endpoint, _writing(endpoint), _documented(endpoint))
        else:
            _add(router, "GET", endpoint, _reading(endpoint), _documented_read(endpoint))


def _add(
    router: Router,
    method: str,
    endpoint: Write | Read,
    view: Callable[..., HttpResponse],
    documented: dict[str, Any],
) -> None:
    name = f"{method.lower()}_{endpoint.path.strip('/')}"
    router.add_api_operation(
        endpoint.path,
        [method],
        view,
        summary=endpoint.summary,
        description=documented.pop("description"),
        tags=[endpoint.tag],
        operation_id="".join(letter if letter.isalnum() else "_" for letter in name),
        openapi_extra=documented,
    )


def _writing(endpoint: Write) -> Callable[..., HttpResponse]:
    def carry_out(
        request: HttpRequest, at: str | None, *, other: str | None = None, day: str | None = None
    ) -> HttpResponse:
        return command(
            request,
            endpoint.command,
            endpoint.shape,
            at=at,
            other=other,
            day=day,
            render=endpoint.render,
            reads=endpoint.reads,
        )

    if "{day}" in endpoint.path:

        def with_day(request: HttpRequest, day: str) -> HttpResponse:
            return carry_out(request, None, day=day)

        return with_day

    if "{drop_id}" in endpoint.path:

        def with_drop(request: HttpRequest, id: str, drop_id: str) -> HttpResponse:  # noqa: A002
            return carry_out(request, id, other=drop_id)

        return with_drop

    if "{id}" in endpoint.path:

        def with_id(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
            return carry_out(request, id)

        return with_id

    def without_id(request: HttpRequest) -> HttpResponse:
        return carry_out(request, None)

    return without_id


def _reading(endpoint: Read) -> Callable[..., HttpResponse]:
    def answered(request: HttpRequest, at: str | UUID | date | None) -> HttpResponse:
        def answer(view: View) -> Any:
            try:
                query = endpoint.query.model_validate(request.GET.dict())
            except ValidationError as wrong:
                raise misshapen(wrong) from wrong
            return endpoint.answer(view, at, query)

        return read(request, answer)

    if "{day}" in endpoint.path:

        def with_day(request: HttpRequest, day: str) -> HttpResponse:
            return answered(request, path_day(day))

        return with_day

    if "{id}" in endpoint.path:

        def with_id(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the path's word
            return answered(request, path_id(id) or id)

        return with_id

    def without_id(request: HttpRequest) -> HttpResponse:
        return answered(request, None)

    return without_id


PROBLEM = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
}


def _documented(endpoint: Write) -> dict[str, Any]:
    """What OpenAPI says of a command: body, key, dry run, and every refusal it can answer with."""
    refusals = (*OF_COMMANDS, *endpoint.refuses)
    content: dict[str, Any] = {
        "schema": {"$ref": f"#/components/schemas/{endpoint.shape.__name__}"},
        "example": dict(EXAMPLES[endpoint.shape]),
    }
    listed = "\n".join(f"- `{each.name}`: {each.sentence}" for each in endpoint.refuses)
    return {
        "description": f"{_first_paragraph(endpoint.command.body)}\n\n{listed}".strip(),
        "requestBody": {"content": {"application/json": content, **endpoint.media}},
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "minLength": 1, "maxLength": 255},
            },
            {"name": "dry_run", "in": "query", "schema": {"type": "boolean", "default": False}},
            *endpoint.parameters,
        ],
        "responses": {
            ("201" if endpoint.command.creates else "200"): {
                "description": "Done, or exactly what was answered the first time.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            **by_status(refusals),
        },
    }


def _first_paragraph(body: type) -> str:
    said = (body.__doc__ or "").split("\n\n")[0]
    return "" if said.startswith(f"{body.__name__}(") else said


def _documented_read(endpoint: Read) -> dict[str, Any]:
    fields = endpoint.query.model_json_schema().get("properties", {})
    return {
        "description": endpoint.summary,
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in fields.items()
        ],
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            **by_status((R.NOT_SIGNED_IN, R.ROLE_NOT_ALLOWED, R.NOT_FOUND, R.SHAPE)),
        },
    }


def by_status(refusals: tuple[Refusal, ...]) -> dict[str, Any]:
    """The refusals as the document lists them: by status, each a problem+json."""
    found: dict[str, list[str]] = {}
    for refusal in dict.fromkeys(refusals):
        found.setdefault(str(HTTP_STATUS[refusal.kind]), []).append(refusal.name)
    return {
        status: {"description": ", ".join(codes), "content": PROBLEM}
        for status, codes in sorted(found.items())
    }
