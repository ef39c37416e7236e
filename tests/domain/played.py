"""A table's lookback in short: shifts by what was filled in them, at a par of $20,000."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tablebank.domain.recommendations.advising import Recommendation, recommend
from tablebank.domain.recommendations.evidence import FillSeen, SessionSeen, TableEvidence
from tablebank.domain.settings import Advice
from tablebank.domain.terms import BankMode, Phase, Purpose

TABLE = UUID(int=7)
DAY = date(2026, 3, 29)
"""The gaming day on which advice is asked for: a Sunday."""
PAR = 2_000_000
STEP = 50_000
ADVICE = Advice()
CODES = ("DAY", "SWING", "GRAVE")


def fill(dollars: int, *, nth: int = 0, final: bool = False) -> FillSeen:
    return FillSeen(
        amount_cents=dollars * 100,
        purpose=Purpose.FINAL_ADJUSTMENT if final else Purpose.NORMAL,
        tray_instant=datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=nth),
    )


def session(
    *dollars: int, nth: int = 0, day: date | None = None, code: str = "DAY", **also: Any
) -> SessionSeen:
    """One that closed after fills of so many dollars; by itself on the nth day before DAY."""
    plain = SessionSeen(
        ordinal=1_000 - nth,
        gaming_day=day or DAY - timedelta(days=nth),
        shift_code=code,
        game_type="BLACKJACK",
        phase=Phase.CLOSED,
        need_total_cents=PAR,
        opening_total_cents=PAR,
        interim_totals_cents=(),
        closing_total_cents=PAR,
        restored=False,
        fills=tuple(fill(amount, nth=place) for place, amount in enumerate(dollars)),
        credits_total_cents=0,
    )
    return replace(plain, **also)


def days(*shifts: Sequence[int], **also: Any) -> list[SessionSeen]:
    """One session a gaming day with these fills, the last of them on DAY."""
    last = len(shifts) - 1
    return [session(*fills, nth=last - place, **also) for place, fills in enumerate(shifts)]


def table(
    sessions: Iterable[SessionSeen],
    *,
    par: int | None = PAR,
    mode: BankMode = BankMode.INVENTORY_COUNT,
) -> TableEvidence:
    return TableEvidence(
        table_id=TABLE, par_total_cents=par, table_bank_mode=mode, sessions=tuple(sessions)
    )


def advised(
    sessions: Iterable[SessionSeen], *, par: int | None = PAR, advice: Advice = ADVICE, **also: Any
) -> Recommendation:
    return recommend(table(sessions, par=par, **also), day=DAY, advice=advice)


def quiet(*, opening: int = PAR - STEP, above: int = 10, counts: int = 10) -> list[SessionSeen]:
    """Sessions hardly filled: so many of their counts above par."""
    return [
        session(
            nth=nth,
            opening_total_cents=opening,
            closing_total_cents=PAR + 1 if nth < above else PAR,
        )
        for nth in range(counts)
    ]
