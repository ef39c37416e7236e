"""Q7: par recommendations for every table of the largest house, from evidence to advice.

What is timed is the pure engine over evidence as it is asked for: three shifts a gaming day, the
whole lookback, a fill or two in some of the shifts. Building that evidence from rows is the
question's own cost and is not in the figure. Seconds are this process's own: one thread on a core
to itself takes as long by the wall, and what the wall showed stands beside them.
"""

import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.demand import dice
from tablebank.domain.recommendations.advising import recommend
from tablebank.domain.recommendations.evidence import FillSeen, SessionSeen, TableEvidence
from tablebank.domain.settings import Advice
from tablebank.domain.terms import BankMode, Phase, Purpose

TABLES, SECONDS = 10_000, 5
SHIFTS = ("DAY", "SWING", "GRAVE")
LAST_DAY = date(2026, 3, 29)
PAR_CENTS = 2_500_000


def measure(*, tables: int, rounds: int) -> list[dict[str, Any]]:
    """The bar names its number of tables itself: `tables` and `rounds` are of other bars."""
    del tables, rounds
    house = [_table(dice(str(number)), number) for number in range(TABLES)]
    print(f"evidence of {TABLES} tables invented", file=sys.stderr)
    advice = Advice()
    began, began_cpu = time.perf_counter(), time.process_time()
    advised = [recommend(evidence, day=LAST_DAY, advice=advice) for evidence in house]
    seconds, wall = time.process_time() - began_cpu, time.perf_counter() - began
    kinds = Counter(each.kind.value for each in advised)
    print(f"advised: {dict(kinds)}", file=sys.stderr)
    assert len(kinds) > 1, "a house in which every table is alike measures little"
    return [
        {
            "what": f"par advice for {TABLES:,} tables × {advice.lookback_days} days × 3 shifts",
            "figure": f"{seconds:.2f} s",
            "bar": f"{SECONDS} s",
            "holds": seconds <= SECONDS,
            "seconds": round(seconds, 2),
            "seconds_by_the_wall": round(wall, 2),
            "sessions": TABLES * advice.lookback_days * len(SHIFTS),
            "kinds": dict(sorted(kinds.items())),
        }
    ]


def _table(rng: Random, number: int) -> TableEvidence:
    """A table whose fills per shift come from a rate of its own, one in ten without a par."""
    par = PAR_CENTS if number % 10 else None
    rate = rng.choice((0.0, 0.3, 0.6, 1.2))
    sessions = []
    for day in range(Advice().lookback_days):
        gaming_day = LAST_DAY - timedelta(days=day)
        for place, code in enumerate(SHIFTS):
            at = datetime(gaming_day.year, gaming_day.month, gaming_day.day, tzinfo=UTC)
            at += timedelta(hours=6 + 8 * place)
            fills = sum(rng.random() < rate / 3 for _ in range(3))
            sessions.append(
                SessionSeen(
                    ordinal=1_000 - 3 * day + place,
                    gaming_day=gaming_day,
                    shift_code=code,
                    game_type="BLACKJACK",
                    phase=Phase.FINALIZED,
                    need_total_cents=par,
                    opening_total_cents=rng.randrange(1_000_000, 3_000_000, 500),
                    interim_totals_cents=(rng.randrange(1_000_000, 3_000_000, 500),),
                    closing_total_cents=rng.randrange(1_000_000, 3_000_000, 500),
                    restored=False,
                    fills=tuple(
                        FillSeen(
                            amount_cents=rng.randrange(50_000, 600_000, 50_000),
                            purpose=Purpose.NORMAL,
                            tray_instant=at + timedelta(minutes=90 * nth),
                        )
                        for nth in range(fills)
                    ),
                    credits_total_cents=0,
                )
            )
    return TableEvidence(
        table_id=UUID(int=number + 1),
        par_total_cents=par,
        table_bank_mode=BankMode.INVENTORY_COUNT,
        sessions=tuple(sessions),
    )
