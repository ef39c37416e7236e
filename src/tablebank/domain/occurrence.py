"""When something happened, and when we were told.

Every fact has two instants: `occurred_at`, on the floor, and `recorded_at`, by the server's clock
(TIME-1). A casino created as simulated lives by the first alone: the latest instant it was given
is its now (TIME-5).
"""

from datetime import UTC, datetime, timedelta

from tablebank.domain.facts import TableFacts
from tablebank.domain.gaming_day import FIRST_DAY, LAST_DAY
from tablebank.domain.refusals import FieldError, Refusal, Refused

BEGINNING = datetime(1970, 1, 3, 12, tzinfo=UTC)
"""When a simulated casino's tables, boxes and chips were there from, if they were set up before its
clock was first told an instant: play may lie anywhere, and they are older than it (TIME-5)."""

AHEAD_OF_CLOCK = timedelta(minutes=2)
"""How far a device's clock may run ahead of the server's."""

LATE_AFTER = timedelta(minutes=15)
"""What is recorded later than this after it happened is a LATE_ENTRY."""


def settle_occurred_at(
    *,
    claimed: datetime | None,
    recorded_at: datetime,
    simulated: bool,
    clock_at: datetime | None,
) -> datetime:
    """When a command happened, in UTC: as claimed, else now (TIME-1, TIME-5).

    `clock_at` is the latest instant a simulated casino was given, None before the first. Refuses
    OCCURRED_AT_OUT_OF_RANGE more than two minutes in the future of a real casino, and outside the
    years a casino is kept for; SHAPE an instant that does not say its time zone.
    """
    if claimed is None:
        return clock_at if simulated and clock_at is not None else recorded_at
    if claimed.tzinfo is None:
        message = "An instant says its time zone: 2026-03-01T14:02:00Z."
        error = FieldError("/occurred_at", Refusal.SHAPE.name, message)
        raise Refused(Refusal.SHAPE, errors=[error])
    if not FIRST_DAY < claimed.date() < LAST_DAY:
        facts = {"earliest": str(FIRST_DAY), "latest": str(LAST_DAY)}
        raise _out_of_range(facts, message="No casino was there to see it.")
    occurred_at = claimed.astimezone(UTC)
    if not simulated:
        check_not_after(occurred_at, latest=recorded_at + AHEAD_OF_CLOCK, what="now")
    return occurred_at


def instant_by_default(facts: TableFacts | None, *, at: datetime) -> datetime:
    """When a command happened that does not say so: now, or with the table's last fact.

    A device whose clock runs ahead may have put that fact up to two minutes from now (TIME-1). Who
    says nothing about time means "after all that".
    """
    if facts is None:
        return at
    known = [
        *(each.occurred_at for each in facts.snapshots),
        *(each.occurred_at for each in facts.steps),
        *(each.occurred_at for each in facts.custody),
        *(each.closed_at for each in facts.sessions if each.closed_at is not None),
    ]
    ahead = [each for each in known if at < each <= at + AHEAD_OF_CLOCK]
    return max(ahead, default=at)


def is_late(occurred_at: datetime, recorded_at: datetime, *, simulated: bool) -> bool:
    """Recorded more than 15 minutes after it happened; never so in a simulated casino (TIME-1)."""
    return not simulated and recorded_at - occurred_at > LATE_AFTER


def check_not_before(occurred_at: datetime, *, earliest: datetime | None, what: str) -> None:
    """Refuses OCCURRED_AT_OUT_OF_RANGE what is said to come before `what` it follows (TIME-1).

    `earliest` None: there is nothing it must follow.
    """
    if earliest is not None and occurred_at < earliest:
        facts = {"occurred_at": rfc3339(occurred_at), "earliest": rfc3339(earliest), "what": what}
        raise _out_of_range(facts, message=f"It cannot be before {what}.")


def check_not_after(occurred_at: datetime, *, latest: datetime | None, what: str) -> None:
    """Refuses OCCURRED_AT_OUT_OF_RANGE what is said to come after `what` it precedes (TIME-1)."""
    if latest is not None and occurred_at > latest:
        facts = {"occurred_at": rfc3339(occurred_at), "latest": rfc3339(latest), "what": what}
        raise _out_of_range(facts, message=f"It cannot be after {what}.")


def rfc3339(instant: datetime) -> str:
    """An instant as it goes over the wire: UTC, ending in Z."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _out_of_range(facts: dict[str, str], *, message: str) -> Refused:
    refusal = Refusal.OCCURRED_AT_OUT_OF_RANGE
    return Refused(refusal, facts, errors=[FieldError("/occurred_at", refusal.name, message)])
