"""Window win/loss over HTTP: any window, live or past, as known now or as known then (BASE)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from tablebank.api.asking import Query
from tablebank.api.body import Instant
from tablebank.api.endpoint import Read, Write
from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.windows.asked import Baselines, CloseOn, Window
from tablebank.domain.windows.totals import totals_of
from tablebank.queries.doors import View
from tablebank.queries.estimates import LOOKBACK_DAYS, estimate_rows
from tablebank.queries.windows import window_rows
from tablebank.queries.windows_then import window_rows_then


class WindowQuery(Query):
    """A window by two instants, or a shift's own, the one that runs where nothing is named; of all
    tables or of one."""

    start: Instant | None = None
    end: Instant | None = None
    shift_id: UUID | None = None
    table_id: UUID | None = None
    baseline: Baselines = Baselines.ALL
    close_on: CloseOn = CloseOn.COUNT
    as_known_at: Instant | None = None

    @model_validator(mode="after")
    def _is_one_window(self) -> "WindowQuery":
        if self.start is None and self.end is None:
            return self
        if self.start is None or self.end is None or self.shift_id is not None:
            raise ValueError("name start and end, or shift_id alone")
        if self.end < self.start:
            raise ValueError("the window ends before it starts")
        return self


def _window(view: View, query: WindowQuery) -> Window:
    """Refuses REFERENCE_UNKNOWN a shift that is none of this casino's (TEN-1)."""
    how: dict[str, Any] = {"baselines": query.baseline, "close_on": query.close_on}
    if query.start is not None and query.end is not None:
        return Window(start=query.start, end=query.end, **how)
    calendar = view.house.calendar
    shift = calendar.shift_by_id(query.shift_id) if query.shift_id else calendar.shift_at(view.now)
    if shift is None:
        refusal = Refusal.REFERENCE_UNKNOWN
        error = FieldError("/shift_id", refusal.name, "There is no such shift here.")
        raise Refused(refusal, errors=[error])
    return Window(start=shift.starts_at, end=shift.ends_at, shift_id=shift.id, **how)


def _win_loss(view: View, at: Any, query: WindowQuery) -> Any:
    window = _window(view, query)
    tables = None if query.table_id is None else [query.table_id]
    if query.as_known_at is None:
        rows = window_rows(view.cursor, view.house, window, blind=view.blind, tables=tables)
    else:
        rows = window_rows_then(
            view.cursor,
            view.house,
            window,
            instant=query.as_known_at,
            blind=view.blind,
            tables=tables,
        )
    return {
        "items": [row.as_json() for row in rows],
        "totals": totals_of(row.answer for row in rows),
        "window_start": window.start,
        "window_end": window.end,
        "shift_id": window.shift_id,
        "as_known_at": query.as_known_at,
        "next_cursor": None,
    }


class EstimatesQuery(Query):
    """Of every table or of one, over so many gaming days."""

    table_id: UUID | None = None
    days: Annotated[int, Field(ge=1, le=366)] = LOOKBACK_DAYS


def _estimates(view: View, at: Any, query: EstimatesQuery) -> Any:
    view.only_for(SEES_EXCEPTIONS)
    rows = estimate_rows(view, table_id=query.table_id, days=query.days)
    return {"items": [row.as_json() for row in rows], "next_cursor": None}


WINDOWS: tuple[Read | Write, ...] = (
    Read(
        path="/win-loss",
        tag="results",
        summary="Window win/loss of every table, with where each figure comes from",
        query=WindowQuery,
        answer=_win_loss,
    ),
    Read(
        path="/estimates",
        tag="results",
        summary="How well estimates of the drop do, each beside what was counted",
        query=EstimatesQuery,
        answer=_estimates,
    ),
)
