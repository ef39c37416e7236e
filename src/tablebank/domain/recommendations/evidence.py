"""What advice about a par is made from: a table's sessions in the lookback, shift by shift.

Only what is over and known counts. A shift that is still in play, or whose slips were left
unsettled, is a gap and never a shift without fills; a session that was voided or never opened is
no shift at all. What the fills say is decided in the modules beside this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from tablebank.domain.settings import Advice
from tablebank.domain.terms import CLOSED_PHASES, LIVE, BankMode, Phase, Purpose


@dataclass(frozen=True, kw_only=True, slots=True)
class FillSeen:
    """A verified fill (SLIP-4), at the instant its chips came into the tray (SLIP-12)."""

    amount_cents: int
    purpose: Purpose
    tray_instant: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionSeen:
    """One session as advice looks at it; None is unknown, never zero."""

    ordinal: int | None
    """Its place in the table's life; None while only prepared."""
    gaming_day: date
    shift_code: str
    game_type: str | None
    phase: Phase
    need_total_cents: int | None
    """The par it was opened with (PAR-9)."""
    opening_total_cents: int | None
    """What was counted; None where par stood for the count (SNAP-2) or nothing was counted."""
    interim_totals_cents: tuple[int, ...]
    closing_total_cents: int | None
    restored: bool
    """Closed after a final adjustment or an attestation, so its closing is par and not play."""
    fills: tuple[FillSeen, ...] | None
    """None where a slip was left unsettled: whether those chips came is not known (CLOSE-5)."""
    credits_total_cents: int | None
    """Shown beside the fills and never netted with them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableEvidence:
    """A table, the par and mode in force on it, and its sessions in any order."""

    table_id: UUID
    par_total_cents: int | None
    table_bank_mode: BankMode
    sessions: tuple[SessionSeen, ...]


class LeftOut(StrEnum):
    """Why a session of the lookback is no evidence."""

    NOT_OPENED = "not_opened"
    VOIDED = "voided"
    IN_PLAY = "in_play"
    FILLS_UNKNOWN = "fills_unknown"
    ANOTHER_PAR = "another_par"


NO_SHIFT = frozenset({LeftOut.NOT_OPENED, LeftOut.VOIDED})
"""Nothing was played: the shift is neither a gap nor a shift without fills."""


class ShiftSeen(NamedTuple):
    """A table's sessions in one shift together: a tuple, since a house has a million of them."""

    gaming_day: date
    shift_code: str
    game_type: str | None
    """None also where the game changed within the shift."""
    amounts_cents: tuple[int, ...] | None
    """Its fills in their order, final adjustments left out; None where they are not known."""
    left_out: LeftOut | None
    sessions: int
    starts_restored: bool
    """The tray was brought back to par just before."""


class Lookback(NamedTuple):
    """The evidence in order: the shifts, and the counts of those that are used."""

    first_day: date
    last_day: date
    shifts: tuple[ShiftSeen, ...]
    sessions: int
    left_out: Mapping[LeftOut, int]
    openings_cents: tuple[int, ...]
    counts_cents: tuple[int, ...]
    """Interim counts and closings of how play left the tray: not those made after restoring it."""
    credits_total_cents: int | None


def look_back(evidence: TableEvidence, *, day: date, advice: Advice) -> Lookback:
    """The sessions of the last `lookback_days` gaming days, `day` being the last (SUGG-1).

    The gaming day that runs is among them with those of its sessions that are over. Where a par is
    in force, a session that worked to another one is left out: it tells how that other par did, and
    would have advice that was just followed given again.
    """
    first = day - timedelta(days=advice.lookback_days - 1)
    seen = [each for each in evidence.sessions if first <= each.gaming_day <= day]
    seen.sort(key=_in_order)
    left_out: dict[LeftOut, int] = {}
    shifts: list[ShiftSeen] = []
    used: list[SessionSeen] = []
    for together, starts_restored in _by_shift(seen, par_cents=evidence.par_total_cents):
        shift = _shift(together, starts_restored=starts_restored)
        if shift is not None:
            shifts.append(shift)
        for session, why in together:
            reason = why or (shift.left_out if shift else None)
            if reason is None:
                used.append(session)
            else:
                left_out[reason] = left_out.get(reason, 0) + 1
    openings, counts = _counts(used)
    credits_ = [each.credits_total_cents for each in used]
    return Lookback(
        first_day=first,
        last_day=day,
        shifts=tuple(shifts),
        sessions=len(used),
        left_out=left_out,
        openings_cents=openings,
        counts_cents=counts,
        credits_total_cents=None if None in credits_ else sum(filter(None, credits_)),
    )


_Judged = list[tuple[SessionSeen, LeftOut | None]]

_NEVER_OPENED = 2**63


def _in_order(session: SessionSeen) -> tuple[date, int]:
    return session.gaming_day, _NEVER_OPENED if session.ordinal is None else session.ordinal


def _by_shift(seen: Sequence[SessionSeen], *, par_cents: int | None) -> list[tuple[_Judged, bool]]:
    """The sessions of each shift together, each with what speaks against it, in their order."""
    found: dict[tuple[date, str], tuple[_Judged, bool]] = {}
    restored = False
    for session in seen:
        why = _why_left_out(session, par_cents=par_cents)
        key = (session.gaming_day, session.shift_code)
        there = found.get(key)
        if there is None:
            found[key] = [(session, why)], restored
        else:
            there[0].append((session, why))
        if why not in NO_SHIFT:
            restored = session.restored
    return list(found.values())


def _why_left_out(session: SessionSeen, *, par_cents: int | None) -> LeftOut | None:
    phase = session.phase
    if phase not in CLOSED_PHASES:
        if phase is Phase.VOIDED:
            return LeftOut.VOIDED
        return LeftOut.IN_PLAY if phase in LIVE else LeftOut.NOT_OPENED
    if session.fills is None:
        return LeftOut.FILLS_UNKNOWN
    if par_cents is not None and session.need_total_cents != par_cents:
        return LeftOut.ANOTHER_PAR
    return None


def _shift(together: _Judged, *, starts_restored: bool) -> ShiftSeen | None:
    """A shift of the table; None where nothing was played in it."""
    played = [(session, why) for session, why in together if why not in NO_SHIFT]
    if not played:
        return None
    first = played[0][0]
    amounts: tuple[int, ...] | None = ()
    left_out = None
    game_type = first.game_type
    for session, why in played:
        left_out = left_out or why
        if session.game_type != game_type:
            game_type = None
        fills = session.fills if why is not LeftOut.IN_PLAY else None
        if amounts is None or fills is None:
            amounts = None
        elif fills:
            amounts += _amounts(fills)
    return ShiftSeen(
        first.gaming_day,
        first.shift_code,
        game_type,
        amounts,
        left_out,
        len(played),
        starts_restored,
    )


def _amounts(fills: Sequence[FillSeen]) -> tuple[int, ...]:
    """The fills of play in their order; a final adjustment is the close's, not play's (SLIP-8)."""
    if len(fills) > 1:
        fills = sorted(fills, key=lambda fill: (fill.tray_instant, fill.amount_cents))
    return tuple(fill.amount_cents for fill in fills if fill.purpose is Purpose.NORMAL)


def _counts(used: Sequence[SessionSeen]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    openings: list[int] = []
    counts: list[int] = []
    for session in used:
        if session.opening_total_cents is not None:
            openings.append(session.opening_total_cents)
        counts += session.interim_totals_cents
        if session.closing_total_cents is not None and not session.restored:
            counts.append(session.closing_total_cents)
    return tuple(openings), tuple(counts)
