"""The proof that the advice is good: pars set wrong on purpose, and what following it makes of it.

Every table works month after month under the par in force: below three tenths of it the pit asks
for a fill up to par, far above it sends a credit, and every second table is restored to par at the
close of its day. After each month the advice for it is taken at once. Then, over months that no
advice has seen, it is held against the best fixed par: the smallest that keeps the target over
those same months, found by trying each one. What it cannot do is measured beside it.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.demand import CUSTOM, LAYOUTS, LOOKS_A_SHIFT, Day, Pool, dice, played
from tablebank.domain.recommendations.advising import Recommendation, recommend
from tablebank.domain.recommendations.evidence import FillSeen, SessionSeen, TableEvidence
from tablebank.domain.recommendations.measures import nearest_rank
from tablebank.domain.settings import Advice
from tablebank.domain.terms import BankMode, Phase, Purpose
from tablebank.simulator.floor import LOOKED_AT_EVERY

TABLES, SEED, DAYS_PLAYED = 240, 7, 40
MONTH, ROUNDS, UNSEEN_MONTHS = 28, 6, 3
"""A month is a lookback. Advice is followed after each of the rounds' months, and never after."""
ADVICE = Advice()
STEP_CENTS = ADVICE.increment_cents
SHIFTS = ("DAY", "SWING", "GRAVE")
FIRST_DAY = date(2026, 3, 2)
WEEKEND = (4, 5)

OF_EIGHT = (0, 0, 0, 0, 1, 1, 1, 2)
"""Of eight tables four deal blackjack, three roulette, one baccarat."""

KEEP_PERCENT, CAPITAL_TIMES = 95, 1.5


@dataclass(frozen=True, slots=True)
class Wrong:
    """How wrong the pars are set: between so many times and so many times the right one."""

    name: str
    least: float
    most: float
    held: bool
    """Whether the bar is held against it; else it is told."""


WAYS = (
    Wrong("too low", 0.25, 0.7, held=True),
    Wrong("far too low", 0.1, 0.3, held=True),
    Wrong("too low or too high", 0.25, 1.75, held=True),
    Wrong("too high", 1.25, 3.0, held=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    number: int
    game_type: str
    custom: float
    imprest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftWorked:
    """What is on record of one shift, in cents."""

    opening: int
    middle: int
    closing: int
    fills: tuple[tuple[int, int], ...]
    """Look and amount."""
    credits: int
    restored: bool


Month = Sequence[Day]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A table with the demand it meets: months for the rounds, then those nobody has seen."""

    table: Table
    months: tuple[Month, ...]
    unseen: Month
    right: int
    """The best fixed par of a month before the first: what "wrong" is measured by."""
    best: int
    """The best fixed par of the unseen months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of one way of being wrong."""

    kept_before: float
    kept: float
    """In percent of the tables, over the unseen months."""
    capital_before: float
    capital: float
    """Times the best fixed pars, all tables together."""
    least: float
    most: float
    """The same for single tables: the one with the least and the one with the most."""
    advised: Mapping[str, int]
    replayed: int
    """Fills that the replays of all raises said would be left of those made."""
    worked_again: int
    """Those that were left when the same months were worked at the new par."""


def measure(*, tables: int, rounds: int) -> list[dict[str, Any]]:
    """The bar names its numbers itself: `tables` and `rounds` are of other bars."""
    del tables, rounds
    print(f"playing {DAYS_PLAYED} days of each kind of table", file=sys.stderr)
    pool = played(days=DAYS_PLAYED, seed=SEED)
    house = [_meets(table, pool) for table in _tables()]
    print("the best fixed pars are found", file=sys.stderr)
    bars = []
    for wrong in WAYS:
        found = _follow(house, wrong=wrong)
        bars.append(_bar(wrong, found))
    return bars


def _bar(wrong: Wrong, found: Found) -> dict[str, Any]:
    holds = found.kept >= KEEP_PERCENT and found.capital <= CAPITAL_TIMES
    return {
        "what": f"pars {wrong.name}: tables on target, chip capital",
        "figure": f"{found.kept:.1f} % {found.capital:.2f} ×",
        "bar": f"{KEEP_PERCENT} % {CAPITAL_TIMES} ×" if wrong.held else "told",
        "holds": holds or not wrong.held,
        "tables": TABLES,
        "table_days": TABLES * MONTH * (ROUNDS + UNSEEN_MONTHS),
        "kept_percent_before": round(found.kept_before, 1),
        "kept_percent": round(found.kept, 1),
        "capital_before": round(found.capital_before, 2),
        "capital": round(found.capital, 2),
        "capital_of_one_table": [round(found.least, 2), round(found.most, 2)],
        "advised": dict(sorted(found.advised.items())),
        "fills_left_by_the_replay": found.replayed,
        "fills_left_when_worked_again": found.worked_again,
    }


def _tables() -> list[Table]:
    return [
        Table(
            number=number,
            game_type=LAYOUTS[OF_EIGHT[number % 8]].game_type,
            custom=CUSTOM[number // 8 % len(CUSTOM)],
            imprest=number % 16 >= 8,
        )
        for number in range(TABLES)
    ]


def _meets(table: Table, pool: Pool) -> Worked:
    """Days drawn anew for each of its months, weekends from weekends."""
    rng = dice(f"{SEED}/{table.number}/months")

    def month(nth: int) -> Month:
        days = [FIRST_DAY + timedelta(days=MONTH * nth + day) for day in range(MONTH)]
        return [
            rng.choice(pool[table.game_type, table.custom, day.weekday() in WEEKEND])
            for day in days
        ]

    before = month(-1)
    months = tuple(month(nth) for nth in range(ROUNDS))
    unseen = [day for nth in range(UNSEEN_MONTHS) for day in month(ROUNDS + nth)]
    return Worked(
        table=table,
        months=months,
        unseen=unseen,
        right=best_par(before, imprest=table.imprest),
        best=best_par(unseen, imprest=table.imprest),
    )


def _follow(house: Sequence[Worked], *, wrong: Wrong) -> Found:
    """Sets the pars wrong, follows the advice round by round, looks at what became of it."""
    pars = [_set_wrong(each, wrong=wrong) for each in house]
    before = list(pars)
    advised: Counter[str] = Counter()
    replayed = worked_again = 0
    for nth in range(ROUNDS):
        for place, each in enumerate(house):
            said = _advice(each, nth=nth, par=pars[place])
            advised[said.kind.value] += 1
            if said.proposed_par_total_cents is None or said.replay is None:
                continue
            pars[place] = said.proposed_par_total_cents
            replayed += said.replay.fills - (said.replay.fills_spared or 0)
            again = work(each.months[nth], par=pars[place], imprest=each.table.imprest)
            worked_again += sum(len(shift.fills) for shift in again)
    best = sum(each.best for each in house)
    times = [par / each.best for par, each in zip(pars, house, strict=True)]
    return Found(
        kept_before=_kept_percent(house, before),
        kept=_kept_percent(house, pars),
        capital_before=sum(before) / best,
        capital=sum(pars) / best,
        least=min(times),
        most=max(times),
        advised=advised,
        replayed=replayed,
        worked_again=worked_again,
    )


def _set_wrong(each: Worked, *, wrong: Wrong) -> int:
    rng = dice(f"{SEED}/{each.table.number}/{wrong.name}")
    times = rng.uniform(wrong.least, wrong.most)
    return max(STEP_CENTS, round(each.right * times / STEP_CENTS) * STEP_CENTS)


def _advice(each: Worked, *, nth: int, par: int) -> Recommendation:
    first_day = FIRST_DAY + timedelta(days=MONTH * nth)
    worked = work(each.months[nth], par=par, imprest=each.table.imprest)
    return recommend(
        evidence(each.table, worked, par=par, first_day=first_day),
        day=first_day + timedelta(days=MONTH - 1),
        advice=ADVICE,
    )


def _kept_percent(house: Sequence[Worked], pars: Sequence[int]) -> float:
    """On how many tables the P90 of fills per shift keeps the target over the unseen months."""
    kept = sum(
        p90(work(each.unseen, par=par, imprest=each.table.imprest)) <= ADVICE.target
        for each, par in zip(house, pars, strict=True)
    )
    return 100 * kept / len(house)


def work(month: Month, *, par: int, imprest: bool) -> list[ShiftWorked]:
    """A month at a table under one par, as the pit works it."""
    tray = par
    worked = []
    for day in month:
        before = 0
        for order, shift in enumerate(day):
            opening, fills, credits_, middle = tray, [], 0, tray
            for look, beyond in enumerate(shift):
                tray += beyond - before
                before = beyond
                if tray * 10 < par * 3:
                    amount = -(-(par - tray) // STEP_CENTS) * STEP_CENTS
                    fills.append((look, amount))
                    tray += amount
                elif (tray - par) * 10 >= par * 8:
                    amount = (tray - par) // STEP_CENTS * STEP_CENTS
                    credits_ += amount
                    tray -= amount
                if look == LOOKS_A_SHIFT // 2:
                    middle = tray
            restored = imprest and order == len(day) - 1
            if restored:
                tray = par
            worked.append(
                ShiftWorked(
                    opening=opening,
                    middle=middle,
                    closing=tray,
                    fills=tuple(fills),
                    credits=credits_,
                    restored=restored,
                )
            )
    return worked


def p90(worked: Iterable[ShiftWorked]) -> int:
    """P90 of fills per shift."""
    return nearest_rank(len(shift.fills) for shift in worked) or 0


def best_par(month: Month, *, imprest: bool) -> int:
    """The smallest par that keeps the target over this month, by trying each in turn."""
    par = STEP_CENTS
    while p90(work(month, par=par, imprest=imprest)) > ADVICE.target:
        par += STEP_CENTS
    return par


def evidence(
    table: Table, worked: Sequence[ShiftWorked], *, par: int, first_day: date
) -> TableEvidence:
    """What a casino would have on record of the month."""
    sessions = []
    for nth, shift in enumerate(worked):
        day = first_day + timedelta(days=nth // len(SHIFTS))
        start = datetime(day.year, day.month, day.day, 6 + nth % 3 * 8, tzinfo=UTC)
        sessions.append(
            SessionSeen(
                ordinal=nth,
                gaming_day=day,
                shift_code=SHIFTS[nth % len(SHIFTS)],
                game_type=table.game_type,
                phase=Phase.CLOSED,
                need_total_cents=par,
                opening_total_cents=shift.opening,
                interim_totals_cents=(shift.middle,),
                closing_total_cents=shift.closing,
                restored=shift.restored,
                fills=tuple(
                    FillSeen(
                        amount_cents=amount,
                        purpose=Purpose.NORMAL,
                        tray_instant=start + timedelta(seconds=LOOKED_AT_EVERY * look),
                    )
                    for look, amount in shift.fills
                ),
                credits_total_cents=shift.credits,
            )
        )
    return TableEvidence(
        table_id=UUID(int=table.number + 1),
        par_total_cents=par,
        table_bank_mode=BankMode.IMPREST_TO_PAR if table.imprest else BankMode.INVENTORY_COUNT,
        sessions=tuple(sessions),
    )
