"""What several tables' windows come to together: never a sum that hides an unknown (LESSON-2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tablebank.domain.money import sum_known
from tablebank.domain.rundown import hold_pct
from tablebank.domain.windows.asked import Coverage, DropSource, WinLoss


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowTotals:
    """The sum of a pit or a house over one window, with what is in it and what could not be.

    `win_loss_cents` is None unless there is a table in play and every one adds up; `known_cents` is
    the sum of those that do. A table that is partial, or measured from before the start, is never
    added (BASE-6). With nothing in play nothing is known: no sum is 0 for want of tables.
    """

    win_loss_cents: int | None
    known_cents: int | None
    fills_total_cents: int | None
    credits_total_cents: int | None
    credits_in_transit_cents: int | None
    drop_total_cents: int | None
    drops_estimated: int
    """Of the drops in that sum, those that are estimates."""
    hold_pct: str | None
    """Sum of wins over sum of drops, in percent with two places (RUN-7); None unless all is known.
    """
    known_hold_pct: str | None
    """The same of the known ones."""
    known: int
    estimated: int
    """Of the known ones, those that rest on an estimate."""
    partial: int
    since: int
    """Known, but begun before the window."""
    unknown: int
    not_in_play: int


def totals_of(rows: Iterable[WinLoss]) -> WindowTotals:
    """The totals over some tables; those with no play and no answer are counted apart."""
    every = list(rows)
    asked = [row for row in every if row.in_play or row.win_loss_cents is not None]
    known = [row for row in asked if row.adds_up]
    known_cents = _sum(row.win_loss_cents for row in known)
    unknown = [row for row in asked if row.win_loss_cents is None]
    known_drop_cents = _term(known, "drop_total_cents")
    hold = hold_pct(win_cents=known_cents, drop_cents=known_drop_cents)
    is_whole = bool(known) and len(known) == len(asked)
    return WindowTotals(
        win_loss_cents=known_cents if is_whole else None,
        hold_pct=hold if is_whole else None,
        known_hold_pct=hold,
        known_cents=known_cents if known else None,
        fills_total_cents=_term(asked, "fills_total_cents"),
        credits_total_cents=_term(asked, "credits_total_cents"),
        credits_in_transit_cents=_term(asked, "credits_in_transit_cents"),
        drop_total_cents=_term(asked, "drop_total_cents"),
        drops_estimated=sum(row.drop_source is DropSource.ESTIMATE for row in asked),
        known=len(known),
        estimated=sum(row.estimated for row in known),
        partial=_count(asked, partial=True),
        since=_count(asked, partial=False),
        unknown=len(unknown),
        not_in_play=len(every) - len(asked),
    )


def _sum(values: Iterable[int | None]) -> int:
    return sum(value for value in values if value is not None)


def _term(rows: Sequence[WinLoss], name: str) -> int | None:
    return sum_known(getattr(row, name) for row in rows) if rows else None


def _count(rows: Sequence[WinLoss], *, partial: bool) -> int:
    """Known results that are not added: partial ones, or those begun before the window."""
    return sum(
        row.win_loss_cents is not None
        and not row.adds_up
        and (row.coverage_type is Coverage.PARTIAL) is partial
        for row in rows
    )
