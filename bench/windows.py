"""Q3 and Q4: the floor and the windows of a thousand tables, however long their past.

Over HTTP in this process, from request to body, as a supervisor asks. Q3 asks for a thousand tables
with a past of `days`, and says how much a fifth of that past would have saved. Q4 holds the window
of a shift at 61 tables beside a statement that numbers every count ever taken, as the earlier
system did. Both ways answer with the same opening and closing of every table, which is checked.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from bench.history import History, written
from tablebank.store.scope import casino_view

LAST_DAY = date(2026, 11, 19)
FLOOR_MS, FLAT, FASTER = 150, 1.2, 20
FEW_TABLES = 61
WARMING = 8


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
    shift = few.casino.sam.get("/shifts/current").must(200)
    ours = few.casino.sam.get("/win-loss").must(200)["items"]
    told = {
        UUID(each["table_id"]): (each["opening_bankroll_cents"], each["closing_bankroll_cents"])
        for each in ours
        if each["in_play"]
    }
    theirs = _every_count(few, shift)
    if told != {table: theirs[table] for table in told}:
        raise RuntimeError("the two ways do not answer the same")
    ours_ms, theirs_ms = _together(
        lambda: few.casino.sam.get("/win-loss").must(200),
        lambda: _every_count(few, shift),
        rounds=rounds,
    )
    ratio = theirs_ms / ours_ms
    return _bar(
        f"a shift at {FEW_TABLES} tables ({ours_ms:.0f} ms) beside numbering every count of"
        f" {few.days} days ({theirs_ms:.0f} ms)",
        f"{ratio:.0f} times faster",
        f"{FASTER} times",
        holds=ratio >= FASTER,
    )


def _every_count(few: History, shift: dict[str, Any]) -> dict[UUID, tuple[int, int]]:
    """Opening and closing of every table as the earlier system found them: from all its counts."""
    with casino_view(few.casino.founded.id) as cursor:
        rows = cursor.execute(_EARLIER, {"start": shift["starts_at"], "end": shift["ends_at"]})
        return {table: (opening, closing) for table, opening, closing in rows.fetchall()}


_EARLIER = """
with ranked as (
    select table_id, total_cents, occurred_at,
           row_number() over (partition by table_id, occurred_at <= %(start)s
                              order by occurred_at desc, recorded_at desc) as before,
           row_number() over (partition by table_id, occurred_at between %(start)s and %(end)s
                              order by occurred_at desc, recorded_at desc) as inside
      from tray_snapshot
)
select table_id,
       max(total_cents) filter (where before = 1 and occurred_at <= %(start)s),
       max(total_cents) filter (where inside = 1
                                  and occurred_at between %(start)s and %(end)s)
  from ranked group by table_id
"""


def _together(
    one: Callable[[], object], other: Callable[[], object], *, rounds: int
) -> tuple[float, float]:
    """The medians of both in milliseconds, taken in turns: what disturbs one disturbs the other."""
    for _ in range(WARMING):
        one()
        other()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for doing, times in zip((one, other), taken, strict=True):
            began = time.perf_counter()
            doing()
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _bar(what: str, figure: str, bar: str, *, holds: bool) -> dict[str, Any]:
    return {"what": what, "figure": figure, "bar": bar, "holds": holds}
