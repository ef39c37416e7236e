"""Q3 and Q4: the floor and the windows of a thousand tables, however long their past.

Q3 is asked over HTTP in this process, from request to body, as a supervisor asks: a thousand tables
with a past of `days`, and how much a fifth of that past would have saved. Q4 holds the window of a
shift at 61 tables beside a statement that numbers every count ever taken and looks at every slip,
as the earlier system did; query beside query. Both ways answer with the same opening, closing,
fills and credits of every table, which is checked.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bench.history import History, written
from tablebank.domain.windows.asked import Window
from tablebank.queries.windows import window_rows
from tablebank.store.load import load_house
from tablebank.store.scope import casino_view

LAST_DAY = date(2026, 11, 19)
FLOOR_MS, FLAT, FASTER = 150, 1.2, 20
FEW_TABLES = 61
WARMING = 12
"""PostgreSQL settles on a plan after the tenth time."""
A_TURN = 3


def measure(*, tables: int, rounds: int, days: int) -> list[dict[str, Any]]:
    """Four bars: the floor, the windows, that both are flat in history, and Q4."""
    many = written(tables=tables, days=days, last_day=LAST_DAY)
    short = written(tables=tables, days=max(3, days // 5), last_day=LAST_DAY)
    few = written(tables=FEW_TABLES, days=days, last_day=LAST_DAY)
    return [*_q3(many, short, rounds=rounds), _q4(few, rounds=rounds)]


def _q3(many: History, short: History, *, rounds: int) -> list[dict[str, Any]]:
    bars = []
    for path in ("/floor", "/win-loss"):
        long_ms, short_ms = _together(
            lambda path=path: many.casino.sam.get(path).must(200),
            lambda path=path: short.casino.sam.get(path).must(200),
            rounds=rounds,
        )
        ratio = long_ms / short_ms
        of = f"{path} of {many.tables} tables, {many.days} gaming days behind them"
        bars.append(_bar(of, f"{long_ms:.0f} ms", f"{FLOOR_MS} ms", holds=long_ms <= FLOOR_MS))
        bars.append(
            _bar(
                f"{path}, {many.days} gaming days beside {short.days}",
                f"{ratio:.2f} times",
                f"{FLAT} times",
                holds=ratio <= FLAT,
            )
        )
    return bars


def _q4(few: History, *, rounds: int) -> dict[str, Any]:
    """Both ways inside one transaction, statements and what is made of them; no HTTP on either."""
    casino_id = few.casino.founded.id
    with casino_view(casino_id) as cursor:
        known = load_house(cursor, casino_id)
        shift = known.house.calendar.shift_at(known.now(at=datetime.now(UTC)))
        window = Window(start=shift.starts_at, end=shift.ends_at, shift_id=shift.id)

        def ours() -> dict[UUID, dict[str, Any]]:
            rows = window_rows(cursor, known.house, window, blind=False)
            return {row.table.id: row.as_json() for row in rows}

        def theirs() -> dict[UUID, tuple[int | None, ...]]:
            rows = cursor.execute(_EARLIER, {"start": shift.starts_at, "end": shift.ends_at})
            return {table: tuple(map(_whole, told)) for table, *told in rows.fetchall()}

        earlier = theirs()
        played = {table: row for table, row in ours().items() if row["in_play"]}
        if any(earlier[table] != _figures(row) for table, row in played.items()):
            raise RuntimeError("the two ways do not answer the same")
        ours_ms, theirs_ms = _together(ours, theirs, rounds=rounds)
    ratio = theirs_ms / ours_ms
    return _bar(
        f"a shift at {FEW_TABLES} tables ({ours_ms:.1f} ms) beside numbering every count of"
        f" {few.days} days ({theirs_ms:.0f} ms)",
        f"{ratio:.0f} times faster",
        f"{FASTER} times",
        holds=ratio >= FASTER,
    )


def _figures(row: Mapping[str, Any]) -> tuple[int | None, ...]:
    return tuple(row[name] for name in _ASKED)


def _whole(cents: Decimal | int | None) -> int | None:
    return None if cents is None else int(cents)


_ASKED = (
    *("opening_bankroll_cents", "closing_bankroll_cents"),
    *("fills_total_cents", "credits_total_cents"),
)

_EARLIER = """
with ranked as (
    select table_id, total_cents, occurred_at,
           row_number() over (partition by table_id, occurred_at <= %(start)s
                              order by occurred_at desc, recorded_at desc) as before,
           row_number() over (partition by table_id, occurred_at between %(start)s and %(end)s
                              order by occurred_at desc, recorded_at desc) as inside
      from tray_snapshot
), counted as (
    select table_id,
           max(total_cents) filter (where before = 1 and occurred_at <= %(start)s) as opening,
           max(total_cents) filter (where inside = 1 and occurred_at between %(start)s and %(end)s)
               as closing
      from ranked group by table_id
), moved as (
    select table_id,
           sum(total_cents) filter (where kind = 'FILL' and lies) as fills,
           sum(total_cents) filter (where kind = 'CREDIT' and lies) as credits
      from (select *, tray_instant > %(start)s and tray_instant <= %(end)s
                      and status not in ('CANCELLED', 'VOIDED') as lies from slip) slip
     group by table_id
)
select table_id, opening, closing, coalesce(fills, 0), coalesce(credits, 0)
  from counted left join moved using (table_id)
"""


def _together(
    one: Callable[[], object], other: Callable[[], object], *, rounds: int
) -> tuple[float, float]:
    """The medians of both in milliseconds, taken in turns: what disturbs one disturbs the other.

    A turn is three times, so that the median is of a way that is at work, not of one that finds the
    machine's caches full of the other's.
    """
    for _ in range(WARMING):
        one()
        other()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for doing, times in zip((one, other), taken, strict=True):
            for _ in range(A_TURN):
                began = time.perf_counter()
                doing()
                times.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _bar(what: str, figure: str, bar: str, *, holds: bool) -> dict[str, Any]:
    return {"what": what, "figure": figure, "bar": bar, "holds": holds}
