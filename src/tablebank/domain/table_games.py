"""What one table, game, pit or property made in a period: sums of rundowns, and nothing else.

The figures of a master report's columns, for management (controls.md, section 4). Every result in
it is a rundown's (`domain.rundown`): nothing here adds opening and closing up anew. A sum over an
unknown is None, and what is known of it stands beside it with its count (SHIFT-1, LESSON-2).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from tablebank.domain.money import sum_known
from tablebank.domain.rundown import Rundown, hold_pct
from tablebank.domain.terms import Basis
from tablebank.domain.windows.asked import Why

DROP_OUTSIDE = "DROP_GROUP_REACHES_OUTSIDE"
"""Why a result is not known: its box also served sessions that are not in the period (BOX-6)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One result: a session's rundown, or a drop group's with its members inside (BOX-6)."""

    rundown: Rundown

    @property
    def session_ids(self) -> frozenset[UUID]:
        """The sessions it is the result of."""
        members = self.rundown.members or (self.rundown,)
        return frozenset(each.session_id for each in members)


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """The results of a set of sessions, and how many of them are known.

    `win_cents` and `drop_cents` are None as soon as one is, and where there is no result at all;
    `known_win_cents` and `known_drop_cents` add up the results that are known, None where none is.
    A result counts once, a drop group's for all its members.
    """

    results: int
    unknown: int
    win_cents: int | None
    known_win_cents: int | None
    drop_cents: int | None
    known_drop_cents: int | None

    @property
    def hold_pct(self) -> str | None:
        """Sum over sum, never a mean of percentages (RUN-7)."""
        return hold_pct(win_cents=self.win_cents, drop_cents=self.drop_cents)

    @property
    def known_hold_pct(self) -> str | None:
        """The hold of the results that are known, where some are."""
        return hold_pct(win_cents=self.known_win_cents, drop_cents=self.known_drop_cents)


def counted_only(result: Result) -> Result:
    """The result, unknown where an opening in it was attested to be at par (BASE-8, SNAP-2).

    An attested tray is no count: what rests on one is left out where only counts are let in.
    """
    rundown = result.rundown
    members = rundown.members or (rundown,)
    if all(each.opening_source != Basis.PAR_ATTESTED for each in members):
        return result
    reasons = (*rundown.reasons, Why.PAR_ATTESTED_LEFT_OUT)
    return Result(rundown=replace(rundown, table_win_cents=None, hold_pct=None, reasons=reasons))


def results_inside(results: Iterable[Result], inside: Collection[UUID]) -> tuple[Result, ...]:
    """The results of these sessions: of a group that reaches outside, each member without one."""
    found: list[Result] = []
    for each in results:
        if each.session_ids <= set(inside):
            found.append(each)
            continue
        members = each.rundown.members or (each.rundown,)
        found.extend(Result(rundown=one) for one in members if one.session_id in inside)
    return tuple(found)


def sum_of_results(results: Iterable[Result]) -> Results:
    """What these results come to. A member told alone has no result of its own (BOX-6)."""
    told = [each.rundown for each in results]
    known = [each for each in told if each.table_win_cents is not None]
    return results_from(
        results=len(told),
        known=len(known),
        win_cents=sum(each.table_win_cents or 0 for each in known),
        drop_cents=sum(each.drop_total_cents or 0 for each in known),
    )


def results_from(*, results: int, known: int, win_cents: int, drop_cents: int) -> Results:
    """So many results, so many of them known, and the sums of those that are."""
    whole = 0 < known == results
    return Results(
        results=results,
        unknown=results - known,
        win_cents=win_cents if whole else None,
        known_win_cents=win_cents if known else None,
        drop_cents=drop_cents if whole else None,
        known_drop_cents=drop_cents if known else None,
    )


def all_unknown(results: int) -> Results:
    """So many results, none of them known: of sessions whose results are still to come."""
    return results_from(results=results, known=0, win_cents=0, drop_cents=0)


def added(sums: Iterable[Results]) -> Results:
    """Sums of results added up, as for a pit."""
    all_of = tuple(sums)
    return results_from(
        results=sum(each.results for each in all_of),
        known=sum(each.results - each.unknown for each in all_of),
        win_cents=sum(each.known_win_cents or 0 for each in all_of),
        drop_cents=sum(each.known_drop_cents or 0 for each in all_of),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A table's line of the master report: its tray at both ends, what moved, and its results.

    `opener` is the opening of the first session, `closer` the closing of the last, and
    `between_cents` what the openings in between were above the closings before them: with it

        win = closer + credits + drop − opener − fills − between

    holds exactly, for a table and for every sum of tables (RUN-1).
    """

    sessions: int
    opener_cents: int | None
    fills_cents: int | None
    credits_cents: int | None
    closer_cents: int | None
    between_cents: int | None
    results: Results
    reasons: tuple[str, ...]


def line_of(sessions: Sequence[Rundown], results: Sequence[Result]) -> Line:
    """The line of one table: its sessions' rundowns in their order, and the results of them.

    `sessions` is not empty; `results` are those of `results_inside`.
    """
    between = [
        None
        if later.opening_total_cents is None or before.closing_total_cents is None
        else later.opening_total_cents - before.closing_total_cents
        for before, later in pairwise(sessions)
    ]
    told = [reason for each in results for reason in _worth_saying(each)]
    return Line(
        sessions=len(sessions),
        opener_cents=sessions[0].opening_total_cents,
        fills_cents=sum_known(each.fills_total_cents for each in sessions),
        credits_cents=sum_known(each.credits_total_cents for each in sessions),
        closer_cents=sessions[-1].closing_total_cents,
        between_cents=sum_known(between),
        results=sum_of_results(results),
        reasons=tuple(dict.fromkeys(told)),
    )


def _worth_saying(result: Result) -> tuple[str, ...]:
    """Why there is no result; of one that rests on an adopted closing, that it does (BACK-2)."""
    rundown = result.rundown
    if rundown.table_win_cents is not None:
        return tuple(each for each in rundown.reasons if each == Basis.ADOPTED_NEXT_OPENER)
    if rundown.group_id is not None and not rundown.members:
        return (DROP_OUTSIDE, *(each for each in rundown.reasons if each != "DROP_SHARED"))
    return rundown.reasons


NOT_IN_PLAY = "NOT_IN_PLAY"
"""Why there is no result: no table was opened."""


def sum_of_lines(lines: Iterable[Line]) -> Line:
    """The line of a game, a pit or the property: every column added up on its own.

    Of no line at all nothing is known, and that is no zero.
    """
    all_of = tuple(lines)

    def column(value: Callable[[Line], int | None]) -> int | None:
        return sum_known(value(each) for each in all_of) if all_of else None

    reasons = [reason for each in all_of for reason in each.reasons]
    return Line(
        sessions=sum(each.sessions for each in all_of),
        opener_cents=column(lambda each: each.opener_cents),
        fills_cents=column(lambda each: each.fills_cents),
        credits_cents=column(lambda each: each.credits_cents),
        closer_cents=column(lambda each: each.closer_cents),
        between_cents=column(lambda each: each.between_cents),
        results=added(each.results for each in all_of),
        reasons=tuple(dict.fromkeys(reasons)) if all_of else (NOT_IN_PLAY,),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDate:
    """Results since a day: the first of the month or year, or the table's first of all (PAR-11).

    `since_day` is the first day that is in it, later than asked where the table was taken into the
    system later: what was before it is unknown, and no zero.
    """

    since_day: date
    results: Results
