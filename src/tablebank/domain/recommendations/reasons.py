"""Why advice says what it says: codes with values, and their sentences in plain English.

A reason is kept and sent as its code and values, so that a page can say it in another language.
Values are whole numbers and words; a name that ends in `_cents` is an amount.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tablebank.domain.money import words
from tablebank.domain.recommendations.evidence import LeftOut
from tablebank.domain.recommendations.measures import Dimension


class Why(StrEnum):
    """The codes, in the order in which advice speaks."""

    TOO_FEW_SESSIONS = "too_few_sessions"
    LEFT_OUT = "left_out"
    FILLS_OVER_TARGET = "fills_over_target"
    FILLS_WITHIN_TARGET = "fills_within_target"
    STEP_FROM_LARGEST_FILL = "step_from_largest_fill"
    BEYOND_LARGEST_AMOUNT = "beyond_largest_amount"
    NO_PAR = "no_par"
    HARDLY_FILLED = "hardly_filled"
    LOWEST_COUNT = "lowest_count"
    TRAY_ABOVE_PAR = "tray_above_par"
    TRAY_NOT_ABOVE_PAR = "tray_not_above_par"
    TOO_FEW_COUNTS = "too_few_counts"
    NOT_BELOW_MEDIAN_OPENING = "not_below_median_opening"
    OPENINGS_UNKNOWN = "openings_unknown"
    NOT_BELOW_NOTHING = "not_below_nothing"
    FILLS_SPARED = "fills_spared"
    STILL_OVER_TARGET = "still_over_target"
    TIES_UP = "ties_up"
    SETS_FREE = "sets_free"
    SEGMENT_OVER_TARGET = "segment_over_target"
    SEGMENT_WITHIN_TARGET = "segment_within_target"
    PAR_IS_A_TARGET = "par_is_a_target"
    PAR_IS_RESTORED_TO = "par_is_restored_to"
    # what an inferred or adopted par rests on (PAR-7)
    MEDIAN_OF_OPENINGS = "median_of_openings"
    OPENINGS_FOLLOW_PLAY = "openings_follow_play"
    OPENINGS_SPREAD = "openings_spread"
    FEWER_THAN_ASKED = "fewer_than_asked"
    LAST_RESTORED_CLOSE = "last_restored_close"
    MEDIAN_OF_RESTORED_CLOSES = "median_of_restored_closes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One thing to say: which, and with what values."""

    code: Why
    values: Mapping[str, int | str] = field(default_factory=dict)


def because(code: Why, **values: int | str) -> Reason:
    """A reason with its values by name."""
    return Reason(code=code, values=values)


SENTENCES: Mapping[Why, str] = {
    Why.TOO_FEW_SESSIONS: (
        "Sessions that can be used in the last {lookback_days} gaming days: {sessions}. Advice "
        "needs at least {min_sessions}."
    ),
    Why.LEFT_OUT: "Sessions left out ({why}): {sessions}.",
    Why.FILLS_OVER_TARGET: (
        "In nine of ten shifts the fills were at most {p90_fills}; the target is at most {target}."
    ),
    Why.FILLS_WITHIN_TARGET: (
        "In nine of ten shifts the fills were at most {p90_fills}, within the target of {target}."
    ),
    Why.STEP_FROM_LARGEST_FILL: (
        "In nine of ten shifts with fills the largest was at most {p90_largest_fill_cents}; "
        "{safety_factor} of it, rounded up to whole steps of {increment_cents}, is {step_cents}."
    ),
    Why.BEYOND_LARGEST_AMOUNT: "The next step would be beyond the largest amount there can be.",
    Why.NO_PAR: "The table has no par; this is what a par could be chosen from.",
    Why.HARDLY_FILLED: "Fills in the whole lookback: {fills}.",
    Why.LOWEST_COUNT: "The lowest count of the tray was {lowest_count_cents}.",
    Why.TRAY_ABOVE_PAR: "Tray counts above par: {counts_above_par} of {counts}.",
    Why.TRAY_NOT_ABOVE_PAR: (
        "Tray counts above par: {counts_above_par} of {counts}; nine of ten would speak for less."
    ),
    Why.TOO_FEW_COUNTS: "Tray counts: {counts}. Nine of ten cannot be told from so few.",
    Why.NOT_BELOW_MEDIAN_OPENING: (
        "One step down would be {lower_cents}, below the median opening of {median_opening_cents}."
    ),
    Why.OPENINGS_UNKNOWN: "No opening was counted, so how low par may go is not known.",
    Why.NOT_BELOW_NOTHING: "Par is smaller than one step of {increment_cents}.",
    Why.FILLS_SPARED: (
        "Over the same days the new par would have spared about {fills_spared} of {fills} fills."
    ),
    Why.STILL_OVER_TARGET: (
        "That alone may not be enough: in nine of ten shifts there would still have been up to "
        "{p90_fills_after} fills."
    ),
    Why.TIES_UP: "It ties up {extra_capital_cents} more in chips.",
    Why.SETS_FREE: "It sets {freed_capital_cents} in chips free.",
    Why.SEGMENT_OVER_TARGET: (
        "{name} is different: in nine of ten shifts the fills were at most {p90_fills}, over the "
        "target."
    ),
    Why.SEGMENT_WITHIN_TARGET: (
        "{name} is different: in nine of ten shifts the fills were at most {p90_fills}, within the "
        "target."
    ),
    Why.PAR_IS_A_TARGET: "Par is a target here; what the tray holds at a close may vary.",
    Why.PAR_IS_RESTORED_TO: "The tray is brought back to par here, so a new par moves chips.",
    Why.MEDIAN_OF_OPENINGS: "The median of the last {openings} opening counts.",
    Why.OPENINGS_FOLLOW_PLAY: (
        "A tray is opened with what play left in it: this says where the tray has been, not where "
        "it should be."
    ),
    Why.OPENINGS_SPREAD: "The openings lie between {lowest_cents} and {highest_cents}.",
    Why.FEWER_THAN_ASKED: "There are {openings} openings, {asked} were asked for.",
    Why.LAST_RESTORED_CLOSE: "The last closing, of a tray that was restored to par.",
    Why.MEDIAN_OF_RESTORED_CLOSES: (
        "The median of {closings} closings, each of a tray that was restored to par."
    ),
}


LEFT_OUT: Mapping[LeftOut, str] = {
    LeftOut.NOT_OPENED: "not opened",
    LeftOut.VOIDED: "voided",
    LeftOut.IN_PLAY: "still in play",
    LeftOut.FILLS_UNKNOWN: "fills not known",
    LeftOut.ANOTHER_PAR: "under another par",
}


def sentence(reason: Reason) -> str:
    """A reason in English, its amounts as they are said."""
    return SENTENCES[reason.code].format(
        **{name: _said(reason, name, value) for name, value in reason.values.items()}
    )


def _said(reason: Reason, name: str, value: int | str) -> int | str:
    if isinstance(value, int):
        return words(value) if name.endswith("_cents") else value
    if name == "why":
        return LEFT_OUT[LeftOut(value)]
    if name == "name" and reason.values.get("dimension") == Dimension.WEEKDAY:
        return value.capitalize()
    return value
