"""The feed: the journal as it grows, told as server-sent events (JRN-4).

The door is the one of every other question. Behind a server that can keep an answer open it leaves
word of what to follow and the stream goes on from there; behind another it tells what there is, and
a client that comes again when a stream ends misses nothing either.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field, ValidationError

from tablebank.api.door import clock, credential_of, misshapen
from tablebank.api.endpoint import by_status
from tablebank.domain.money import MAX_CENTS
from tablebank.domain.refusals import Refusal
from tablebank.queries.doors import reading
from tablebank.relay.entries import until_now
from tablebank.relay.streaming import ASKED, HUB, SCOPE, Ask

EVENT_STREAM = "text/event-stream"
EXAMPLE = (
    "id: 48112\nevent: entry\n"
    'data: {"number":48112,"command":"issue_fill",'
    '"table_id":"01980000-0000-7000-8000-000000000007",'
    '"session_id":"01980000-0000-7000-8000-000000000042",'
    '"subject_type":"slip","occurred_at":"2026-03-07T23:42:07Z"}\n\n'
)
SAID = """\
Server-sent events: one `entry` for each entry of the casino's journal, in order, each once. It says
where something happened and by which command, and nothing else; ask for the thing itself.

`Last-Event-ID` is the number of the last entry the client has, and `after` the same for clients
that cannot send a header; without either the stream begins with what happens next. A `beat` comes
at least every ten seconds, with the number up to which everything has been told. After some minutes
the stream ends with `again`: come again, from the last number.
"""


class Position(BaseModel):
    """From where: the number of the last entry the client has."""

    after: Annotated[int | None, Field(ge=0, le=MAX_CENTS)] = None
    last_event_id: Annotated[
        int | None, Field(ge=0, le=MAX_CENTS, validation_alias="Last-Event-ID")
    ] = None

    @property
    def number(self) -> int | None:
        """What a browser that comes again says itself goes over what its page said at first."""
        return self.after if self.last_event_id is None else self.last_event_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Follow:
    """A stream at an address."""

    path: str = "/events"
    summary: str = "What happens, as it happens (SSE)"
    tag: str = "journal"


FEED = (Follow(),)


def register_feed(router: Router) -> None:
    """Put the feed on the router, and in the document."""
    for each in FEED:
        router.add_api_operation(
            each.path,
            ["GET"],
            follow,
            summary=each.summary,
            description=SAID,
            tags=[each.tag],
            operation_id="get_events",
            openapi_extra=_documented(),
        )


def follow(request: HttpRequest) -> HttpResponse:
    """The stream's beginning, for everybody who is signed in."""
    credential = credential_of(request)
    position = _position(request).number
    scope = getattr(request, "environ", {}).get(SCOPE, {})
    with reading(credential, at=clock()) as view:
        after = view.head if position is None else position
        if HUB in scope:
            scope[ASKED] = Ask(casino_id=view.casino_id, after=after)
            told = b""
        else:
            told = until_now(view.cursor, view.casino_id, after=after, head=view.head)
    response = HttpResponse(told, content_type=EVENT_STREAM)
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _position(request: HttpRequest) -> Position:
    said = {
        "after": request.GET.get("after") or None,
        "Last-Event-ID": request.headers.get("Last-Event-ID") or None,
    }
    try:
        return Position.model_validate(said)
    except ValidationError as wrong:
        raise misshapen(wrong) from wrong


def _documented() -> dict[str, Any]:
    number = {"type": "integer", "minimum": 0}
    return {
        "parameters": [
            {"name": "Last-Event-ID", "in": "header", "required": False, "schema": number},
            {"name": "after", "in": "query", "required": False, "schema": number},
        ],
        "responses": {
            "200": {
                "description": "A stream that stays open.",
                "content": {EVENT_STREAM: {"schema": {"type": "string"}, "example": EXAMPLE}},
            },
            **by_status((Refusal.NOT_SIGNED_IN, Refusal.NOT_FOUND, Refusal.SHAPE)),
        },
    }
