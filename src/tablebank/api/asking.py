"""What lists and questions may be asked with: filters, limit, cursor (docs/interface.md, Lists)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tablebank.api.body import Code, Day, Instant
from tablebank.domain.findings.catalogue import BY_NAME
from tablebank.domain.money import MAX_CENTS
from tablebank.domain.terms import (
    CustodyStep,
    DropState,
    FindingStatus,
    Phase,
    SlipKind,
    SlipStatus,
)
from tablebank.queries.pages import MOST, Asked, Ids

Flag = Annotated[bool | None, BeforeValidator(lambda value: None if value == "" else value)]


class Query(BaseModel):
    """Query parameters; ones we do not know are left alone."""

    model_config = ConfigDict(extra="ignore")


class Listing(Query):
    """How much of a list, and from where: `next_cursor` of the page before."""

    limit: Annotated[int, Field(ge=1, le=MOST)] = 100
    cursor: UUID | None = None

    @property
    def asked(self) -> Asked:
        return Asked(limit=self.limit, cursor=self.cursor)


class Sessions(Listing):
    table_id: UUID | None = None
    shift_id: UUID | None = None
    gaming_day: Day | None = None
    status: Phase | DropState | None = None
    live: Flag = None


class Slips(Listing):
    session_id: UUID | None = None
    status: SlipStatus | None = None
    kind: SlipKind | None = None
    number: Code | None = None
    in_transit: Flag = None


class Trips(Listing):
    open: Flag = None


class Drops(Listing):
    session_id: UUID | None = None
    state: CustodyStep | None = None


class Exceptions(Listing):
    status: FindingStatus | None = None
    kind: Literal[tuple(BY_NAME)] | None = None  # type: ignore[valid-type]
    session_id: UUID | None = None
    table_id: UUID | None = None
    shift_id: UUID | None = None


class CountSessions(Listing):
    gaming_day: Day | None = None


class Policies(Listing):
    table_id: UUID | None = None


class Proposals(Listing):
    status: Literal["PROPOSED", "APPROVED", "REJECTED", "SUPERSEDED"] | None = None
    table_id: UUID | None = None


class OnDay(Query):
    gaming_day: Day | None = None


class Shifts(Query):
    gaming_day: Day | None = None
    at: Instant | None = None


class After(Query):
    """A position in the journal, and how many entries from there."""

    after: Annotated[int, Field(ge=0, le=MAX_CENTS)] = 0
    cursor: Annotated[int, Field(ge=0, le=MAX_CENTS)] | None = None
    """The next page's position, as the page before named it."""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


def page(items: Any, ids: Ids) -> dict[str, Any]:
    """A list as it is answered."""
    return {"items": items, "next_cursor": ids.next_cursor}
