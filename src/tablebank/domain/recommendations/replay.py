"""The same days once more with another par: which fills it would have spared (SUGG-3).

The table takes the chips it took; with more of them in the tray it is filled less often, and each
fill that is still made brings what was used of the extra chips along with it. A fill is spared when
the extra chips that are left cover the better part of it; what they lack is carried on, and if the
tray is brought back to par, or sight of it is lost, while something is lacking, then the fill last
spared was needed after all. An estimate: nobody knows when the floor would have asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tablebank.domain.recommendations.evidence import LeftOut, ShiftSeen
from tablebank.domain.recommendations.measures import nearest_rank


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """What a proposed par would have done over the days it is proposed from."""

    extra_capital_cents: int
    """Chips the new par ties up beyond the old one; negative what it sets free."""
    fills: int
    fills_spared: int | None
    """None for a lower par: which fills it would have asked for more is not known."""
    p90_fills_after: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftPoint:
    """A shift of the chart "fills per shift, before and after"; None is a gap, not a zero."""

    gaming_day: date
    shift_code: str
    fills_before: int | None
    fills_after: int | None
    left_out: LeftOut | None


def replay(shifts: Sequence[ShiftSeen], *, extra_cents: int) -> Replay:
    """Plays the shifts again with `extra_cents` more in the tray from the first of them on.

    The chips that raise it the first time are not counted as a fill.
    """
    used = [shift for shift in shifts if shift.left_out is None]
    fills = sum(len(shift.amounts_cents or ()) for shift in used)
    if extra_cents < 0:
        return Replay(
            extra_capital_cents=extra_cents, fills=fills, fills_spared=None, p90_fills_after=None
        )
    after = [made for made in fills_made(shifts, extra_cents=extra_cents) if made is not None]
    return Replay(
        extra_capital_cents=extra_cents,
        fills=fills,
        fills_spared=fills - sum(after),
        p90_fills_after=nearest_rank(after),
    )


def fills_before_and_after(
    shifts: Sequence[ShiftSeen], *, extra_cents: int
) -> tuple[ShiftPoint, ...]:
    """The chart of a recommendation: each shift's fills as they were and as they would have been.

    `fills_after` is None throughout for a lower par: which fills it would have asked for is not
    known. A shift that is no evidence has no `fills_after`; one whose fills are not known has
    neither (SUGG-3).
    """
    after: list[int | None] = [None] * len(shifts)
    if extra_cents >= 0:
        after = fills_made(shifts, extra_cents=extra_cents)
    return tuple(
        ShiftPoint(
            gaming_day=shift.gaming_day,
            shift_code=shift.shift_code,
            fills_before=None if shift.amounts_cents is None else len(shift.amounts_cents),
            fills_after=made,
            left_out=shift.left_out,
        )
        for shift, made in zip(shifts, after, strict=True)
    )


def fills_made(shifts: Iterable[ShiftSeen], *, extra_cents: int) -> list[int | None]:
    """For each shift in order how many fills are left; None for a shift that is no evidence.

    `extra_cents` is at least 0. After a shift whose fills are not known the extra chips are taken
    to be spent. After one under another par they are all there: they come in with the par in force.
    """
    made: list[int | None] = []
    left, last_spared = extra_cents, None
    for place, shift in enumerate(shifts):
        amounts = shift.amounts_cents if shift.left_out is None else None
        if shift.starts_restored or amounts is None:
            _settle(made, left=left, last_spared=last_spared)
            left, last_spared = extra_cents, None
        if amounts is None:
            left = 0 if shift.amounts_cents is None else extra_cents
            made.append(None)
            continue
        number = 0
        for amount in amounts:
            if amount <= 2 * left:
                left -= amount
                last_spared = place
            else:
                number += 1
                left = min(extra_cents, left + extra_cents)
        made.append(number)
    _settle(made, left=left, last_spared=last_spared)
    return made


def _settle(made: list[int | None], *, left: int, last_spared: int | None) -> None:
    """The fill last spared is made after all where the extra chips did not see it through."""
    if left < 0 and last_spared is not None:
        made[last_spared] = (made[last_spared] or 0) + 1
