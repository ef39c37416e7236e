"""Reading the sessions that advice on pars is made from, for as many tables as are asked for.

A count for which par stood is no count here; a session with a slip left unsettled has unknown fills
and not none (LESSON-2). What the sessions say is decided in `domain.recommendations`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from tablebank.domain.recommendations.evidence import FillSeen, SessionSeen
from tablebank.domain.rundown import IN_FLIGHT, VERIFIED
from tablebank.domain.terms import Phase, Purpose
from tablebank.store.load import statement
from tablebank.store.scope import Cursor


class Stretch(NamedTuple):
    """A table and the gaming days that are looked at, first and last included."""

    table_id: UUID
    first_day: date
    last_day: date


def sessions_seen(
    cursor: Cursor, casino_id: UUID, stretches: Sequence[Stretch]
) -> Mapping[int, tuple[SessionSeen, ...]]:
    """The sessions of each stretch in the order of the table's life, by the stretch's place.

    A stretch without any has no sessions; the same table may be asked for more than once.
    """
    asked = {
        "casino": casino_id,
        "tables": [each.table_id for each in stretches],
        "firsts": [each.first_day for each in stretches],
        "lasts": [each.last_day for each in stretches],
        "in_flight": sorted(IN_FLIGHT),
        "verified": sorted(VERIFIED),
    }
    found: dict[int, list[SessionSeen]] = {place: [] for place in range(len(stretches))}
    for nth, *row in cursor.execute(statement("sessions_seen"), asked).fetchall():
        found[nth - 1].append(_seen(*row))
    return {place: tuple(each) for place, each in found.items()}


def _seen(
    ordinal: int | None,
    gaming_day: date,
    shift_code: str,
    game_type: str | None,
    phase: str,
    need_total_cents: int | None,
    *counts_and_slips: Any,
) -> SessionSeen:
    opening, interim, closing, restored, unsettled, fills, credits_ = counts_and_slips
    return SessionSeen(
        ordinal=ordinal,
        gaming_day=gaming_day,
        shift_code=shift_code,
        game_type=game_type,
        phase=_PHASES[phase],
        need_total_cents=need_total_cents,
        opening_total_cents=opening,
        interim_totals_cents=tuple(interim or ()),
        closing_total_cents=closing,
        restored=restored,
        fills=None if unsettled else tuple(_fill(*each) for each in fills or ()),
        credits_total_cents=None if unsettled else int(credits_ or Decimal()),
    )


def _fill(amount_cents: int, purpose: str, tray_instant: str) -> FillSeen:
    return FillSeen(
        amount_cents=amount_cents,
        purpose=_PURPOSES[purpose],
        tray_instant=datetime.fromisoformat(tray_instant),
    )


_PHASES = {each.value: each for each in Phase}
_PURPOSES = {each.value: each for each in Purpose}
