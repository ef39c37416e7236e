"""Estimates of the drop beside the counts that came later, per table (BASE-5): a control chart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from tablebank.domain.estimates import Compared, ControlChart, EstimateSource, control_chart
from tablebank.domain.money import sum_known
from tablebank.domain.windows.drop import BoxGroup, groups_of
from tablebank.domain.windows.marks import Point
from tablebank.queries.doors import View
from tablebank.queries.window_between import Reach, Span, noted_in, played_in
from tablebank.store.scope import Cursor

LOOKBACK_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class EstimateRow:
    """One table, one kind of estimate: each session or group with both, the oldest first."""

    table_id: UUID
    table_code: str
    pit: str
    source: EstimateSource
    compared: tuple[Compared, ...]
    chart: ControlChart

    @property
    def estimated_cents(self) -> int:
        return sum(each.estimate_cents for each in self.compared)

    @property
    def counted_cents(self) -> int:
        return sum(each.counted_cents for each in self.compared)

    def as_json(self) -> dict[str, Any]:
        """The row of `docs/interface.md`; shares are decimal strings with four places."""
        chart = self.chart
        return {
            "table_id": str(self.table_id),
            "table_code": self.table_code,
            "pit": self.pit,
            "source": str(self.source),
            "points": chart.points,
            "centre": _said(chart.centre),
            "lower": _said(chart.lower),
            "upper": _said(chart.upper),
            "estimated_cents": self.estimated_cents,
            "counted_cents": self.counted_cents,
            "compared": [
                {
                    "session_ids": [str(id_) for id_ in each.session_ids],
                    "gaming_day": each.gaming_day,
                    "estimate_cents": each.estimate_cents,
                    "counted_cents": each.counted_cents,
                    "share": _said(each.share),
                    "signal": chart.is_signal(each.share),
                }
                for each in self.compared
            ],
        }


def _said(share: Decimal | None) -> str | None:
    return None if share is None else str(share)


class _Of(NamedTuple):
    """A session as it is told of: its id and day."""

    id: UUID
    gaming_day: date


def estimate_rows(
    view: View, *, table_id: UUID | None = None, days: int = LOOKBACK_DAYS
) -> tuple[EstimateRow, ...]:
    """Of the last gaming days: the tables with at least one estimate whose drop is counted."""
    cursor, casino_id = view.cursor, view.casino_id
    since = view.today - timedelta(days=days)
    tables = _tables(cursor, casino_id, since=since, table_id=table_id)
    if not tables:
        return ()
    reaches = {id_: Reach(low, view.now) for id_, (_, _, low) in tables.items()}
    sessions = _sessions(cursor, casino_id, since=since, tables=list(tables))
    told = _told(view, reaches, since=since)
    played, boxes = played_in(cursor, casino_id, reaches)
    rows = []
    for id_, (code, pit, _) in tables.items():
        for source in EstimateSource:
            compared = tuple(
                _compared(
                    groups_of(played[id_], boxes[id_]),
                    told[source],
                    sessions,
                    table_id=id_,
                    source=source,
                )
            )
            if compared:
                rows.append(
                    EstimateRow(
                        table_id=id_,
                        table_code=code,
                        pit=pit,
                        source=source,
                        compared=compared,
                        chart=control_chart(compared),
                    )
                )
    return tuple(rows)


def _tables(
    cursor: Cursor, casino_id: UUID, *, since: date, table_id: UUID | None
) -> dict[UUID, tuple[str, str, int]]:
    """Code, pit and first session of the days looked at, of each table that played."""
    rows = cursor.execute(
        "select t.id, t.code, t.pit, min(s.ordinal) from gaming_table t join table_session s"
        " on s.casino_id = t.casino_id and s.table_id = t.id"
        " where t.casino_id = %(casino)s and s.gaming_day >= %(since)s and s.ordinal is not null"
        " and s.phase <> 'VOIDED' and (%(table)s::uuid is null or t.id = %(table)s)"
        " group by t.id order by t.pit, t.code",
        {"casino": casino_id, "since": since, "table": table_id},
    )
    return {id_: (code, pit, low) for id_, code, pit, low in rows}


Sessions = Mapping[tuple[UUID, int], _Of]
Told = Mapping[tuple[UUID, int], int]
"""By table and session (its ordinal) what was estimated, in cents."""


def _sessions(cursor: Cursor, casino_id: UUID, *, since: date, tables: list[UUID]) -> Sessions:
    rows = cursor.execute(
        "select table_id, ordinal, id, gaming_day from table_session where casino_id = %(casino)s"
        " and table_id = any(%(tables)s) and gaming_day >= %(since)s and ordinal is not null",
        {"casino": casino_id, "tables": tables, "since": since},
    )
    return {(table_id, ordinal): _Of(id_, day) for table_id, ordinal, id_, day in rows}


def _told(view: View, reaches: Mapping[UUID, Reach], *, since: date) -> dict[EstimateSource, Told]:
    """What was noted, and what was read last, in each session."""
    begin = view.house.calendar.shifts_of(since)[0].starts_at
    ends = Point(begin, None), Point(view.now, None)
    spans = [Span(id_, *ends) for id_ in reaches]
    noted = noted_in(view.cursor, view.casino_id, spans)
    read = view.cursor.execute(
        "select distinct on (o.session_id) o.table_id, s.ordinal, o.estimated_drop_cents"
        " from tray_observation o join table_session s"
        " on s.casino_id = o.casino_id and s.id = o.session_id"
        " where o.casino_id = %(casino)s and o.estimated_drop_cents is not null"
        " and o.table_id = any(%(tables)s) and s.gaming_day >= %(since)s"
        " order by o.session_id, o.occurred_at desc, o.recorded_at desc",
        {"casino": view.casino_id, "tables": list(reaches), "since": since},
    ).fetchall()
    return {
        EstimateSource.BUY_INS: {
            (span.table_id, ordinal): cents for (span, ordinal), cents in noted.items()
        },
        EstimateSource.READING: {(id_, ordinal): cents for id_, ordinal, cents in read},
    }


def _compared(
    groups: Iterable[BoxGroup],
    told: Told,
    sessions: Sessions,
    *,
    table_id: UUID,
    source: EstimateSource,
) -> Iterable[Compared]:
    """The groups that lie wholly in the days looked at, counted and estimated."""
    for group in groups:
        mine = [(table_id, each.ordinal) for each in group.sessions]
        counted = group.counted_cents
        estimate = _estimate(group, told, table_id=table_id, source=source)
        if counted is None or estimate is None or not all(each in sessions for each in mine):
            continue
        yield Compared(
            session_ids=tuple(sessions[each].id for each in mine),
            gaming_day=sessions[mine[-1]].gaming_day,
            estimate_cents=estimate,
            counted_cents=counted,
        )


def _estimate(group: BoxGroup, told: Told, *, table_id: UUID, source: EstimateSource) -> int | None:
    """The sum of what was noted in every session; or the last reading of the group's only box."""
    found = [told.get((table_id, each.ordinal)) for each in group.sessions]
    if source is EstimateSource.BUY_INS:
        return sum_known(found)
    return next((each for each in reversed(found) if each is not None and group.has_one_box), None)
