"""The simulated house's clock: seconds since the run began, and instants as on the wire."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MINUTE = 60
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Clock:
    """Where second 0 of the run lies."""

    zero: datetime

    def instant(self, seconds: float) -> str:
        """That second as RFC 3339 in UTC."""
        at = self.zero + timedelta(seconds=round(seconds))
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def seconds(self, instant: str) -> int:
        """The second at which an instant of the wire lies."""
        return round((read_instant(instant) - self.zero).total_seconds())


def read_instant(instant: str) -> datetime:
    """An instant as the wire writes it."""
    return datetime.fromisoformat(instant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift of a gaming day as the system lists it, in seconds of the run."""

    id: str
    code: str
    gaming_day: date
    order: int
    """Its place in the day: 0, 1, 2."""
    starts: int
    ends: int
