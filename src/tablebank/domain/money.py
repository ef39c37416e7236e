"""Money: whole cents in a signed 64-bit integer, and nothing else (CHIP-1).

Every name that holds an amount ends in `_cents`. An amount that is not known is `None`; adding it
to anything makes the sum unknown too, never smaller.
"""

from collections.abc import Iterable

from tablebank.domain.refusals import FieldError, Refusal, Refused

MAX_CENTS = 2**53 - 1
"""The most one figure can hold: 90 trillion dollars, the largest whole number that every JSON
client reads exactly. What is beyond is refused, never wrapped or rounded (CHIP-1)."""


def is_cents(value: object) -> bool:
    """Whether `value` is a whole number that fits: true and 5.0 are not numbers of cents."""
    return type(value) is int and -MAX_CENTS - 1 <= value <= MAX_CENTS


def checked_cents(value: object, *, pointer: str) -> int:
    """`value` as an amount of at least 0, or a refusal that points at it (CHIP-1).

    Refuses SHAPE what is no whole number of cents or does not fit, NEGATIVE_AMOUNT below 0.
    """
    if type(value) is not int or not is_cents(value):
        error = FieldError(pointer, Refusal.SHAPE.name, "An amount is a whole number of cents.")
        raise Refused(Refusal.SHAPE, errors=[error])
    if value < 0:
        error = FieldError(pointer, Refusal.NEGATIVE_AMOUNT.name, "An amount is at least 0.")
        raise Refused(Refusal.NEGATIVE_AMOUNT, errors=[error])
    return value


def sum_known(values: Iterable[int | None]) -> int | None:
    """The sum, or None as soon as one of them is unknown (SHIFT-1, LESSON-2)."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def words(cents: int) -> str:
    """An amount as it is said: `$1,234.50`, with its sign in front."""
    sign = "-" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    return f"{sign}${dollars:,}.{rest:02d}"
