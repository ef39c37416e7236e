"""Gaming days and shifts: the one place that turns an instant into a business date.

A gaming day runs from the casino's start time to the same wall time next day, and is divided into
shifts by wall time. Local clocks jump twice a year; a gaming day does not run backwards when they
do, it is an hour shorter or longer (TIME-2, TIME-3, LESSON-14). Which shift a *fact* belongs to is
not decided here: a fact belongs to the session it names (TIME-4).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tablebank.domain.dated import in_force
from tablebank.domain.establishment import Casino, ShiftScheduleRow
from tablebank.domain.refusals import FieldError, Refusal, Refused

FIRST_DAY = date(1970, 1, 2)
LAST_DAY = date(2199, 12, 31)
"""The gaming days there are: a shift's id holds its day as milliseconds since 1970."""

MAX_SHIFTS = 24

_ONE_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MILLISECONDS = 86_400_000
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,15}")
_WALL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A named part of one gaming day, from `starts_at` up to but not including `ends_at`."""

    id: UUID
    casino_id: UUID
    gaming_day: date
    code: str
    starts_at: datetime
    ends_at: datetime


@lru_cache(maxsize=8192)
def day_starts_at(day: date, *, zone: str, start: time) -> datetime:
    """The first instant (UTC) at which the local clock shows `start` or later on `day` (TIME-2).

    A start time that exists twice counts the first time; one that the clock jumps over is the
    instant of the jump.
    """
    local = ZoneInfo(zone)
    wall = datetime.combine(day, start)
    instant = wall.replace(tzinfo=local, fold=0).astimezone(UTC)
    if instant.astimezone(local).replace(tzinfo=None) == wall:
        return instant
    # The clock jumps over `wall`. Read with the offset of before the jump it lies after the jump,
    # read with the offset of after it lies before: the jump is between the two.
    before = wall.replace(tzinfo=local, fold=1).astimezone(UTC)
    return _jump_between(before, instant, local=local)


def _jump_between(before: datetime, after: datetime, *, local: ZoneInfo) -> datetime:
    """The whole second, after `before` and up to `after`, from which the later offset holds."""
    offset = after.astimezone(local).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(local).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)


def gaming_day_of(instant: datetime, *, zone: str, start: time) -> date:
    """The last gaming day that started at or before `instant` (TIME-2).

    Refuses OCCURRED_AT_OUT_OF_RANGE outside the years a casino is kept for.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no gaming day")
    if not FIRST_DAY <= instant.date() <= LAST_DAY:
        raise _outside()
    day = instant.astimezone(ZoneInfo(zone)).date() + _ONE_DAY
    while day_starts_at(day, zone=zone, start=start) > instant:
        day -= _ONE_DAY
    return day


def default_shifts(start: time) -> tuple[Mapping[str, str], ...]:
    """DAY, SWING and GRAVE: three equal parts from the day's start, by wall time (TIME-3)."""
    minutes = _minutes(f"{start:%H:%M}")
    return tuple(
        {"code": code, "start": _wall_time(minutes + third * 8 * 60)}
        for third, code in enumerate(("DAY", "SWING", "GRAVE"))
    )


def check_schedule(raw: object, *, start: time) -> tuple[Mapping[str, str], ...]:
    """A shift schedule as it is kept, or a refusal (SHAPE) that points at all that is wrong.

    At least one shift; codes are unique; the first begins when the gaming day does, each later one
    after the one before it, once around the clock (TIME-3).
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str | bytes) or not raw:
        raise _misshapen([_shape("/shifts", "Name at least one shift.")])
    if len(raw) > MAX_SHIFTS:
        raise _misshapen([_shape("/shifts", f"A gaming day has at most {MAX_SHIFTS} shifts.")])
    errors: list[FieldError] = []
    shifts: list[Mapping[str, str]] = []
    for index, row in enumerate(raw):
        problems = _row_errors(row, pointer=f"/shifts/{index}")
        errors += problems
        if not problems:
            shifts.append({"code": row["code"], "start": row["start"]})
    if not errors:
        errors = _order_errors(shifts, start=start)
    if errors:
        raise _misshapen(errors)
    return tuple(shifts)


def _row_errors(row: object, *, pointer: str) -> list[FieldError]:
    if not isinstance(row, Mapping) or set(row) != {"code", "start"}:
        return [_shape(pointer, "A shift has a code and a start, and nothing else.")]
    errors = []
    if not isinstance(row["code"], str) or not _CODE.fullmatch(row["code"]):
        errors.append(_shape(f"{pointer}/code", "A code is up to 16 capitals, digits, - and _."))
    if not isinstance(row["start"], str) or not _WALL_TIME.fullmatch(row["start"]):
        errors.append(_shape(f"{pointer}/start", "A start is a wall time such as 06:00."))
    return errors


def _order_errors(shifts: Sequence[Mapping[str, str]], *, start: time) -> list[FieldError]:
    errors = []
    day_start = _minutes(f"{start:%H:%M}")
    codes: set[str] = set()
    latest = -1
    for index, shift in enumerate(shifts):
        since_start = (_minutes(shift["start"]) - day_start) % (24 * 60)
        if shift["code"] in codes:
            errors.append(_shape(f"/shifts/{index}/code", "This code is already another shift's."))
        if index == 0 and since_start:
            errors.append(_shape("/shifts/0/start", "The first shift begins with the gaming day."))
        elif since_start <= latest:
            errors.append(
                _shape(f"/shifts/{index}/start", "A shift begins after the one before it.")
            )
        codes.add(shift["code"])
        latest = max(latest, since_start)
    return errors


@dataclass(frozen=True, slots=True)
class Calendar:
    """A casino's gaming days and shifts, from its zone, start time and dated schedules."""

    casino: Casino
    schedules: tuple[ShiftScheduleRow, ...]

    def day_of(self, instant: datetime) -> date:
        """The gaming day an instant lies in (TIME-2)."""
        return gaming_day_of(instant, zone=self.casino.timezone, start=self.casino.gaming_day_start)

    def day_starts_at(self, day: date) -> datetime:
        """The instant a gaming day begins, which is the end of the one before it (TIME-2)."""
        return day_starts_at(day, zone=self.casino.timezone, start=self.casino.gaming_day_start)

    def shifts_of(self, day: date) -> tuple[Shift, ...]:
        """The shifts of a gaming day in order, covering it without gap or overlap (TIME-3)."""
        if not FIRST_DAY <= day <= LAST_DAY:
            raise _outside()
        parts = self._parts_of(day)
        starts = [self.day_starts_at(day)]
        starts += [self.at_wall_time(day, part["start"]) for part in parts[1:]]
        ends = [*starts[1:], self.day_starts_at(day + _ONE_DAY)]
        return tuple(
            Shift(
                id=_shift_id(self.casino.id, day=day, code=part["code"]),
                casino_id=self.casino.id,
                gaming_day=day,
                code=part["code"],
                starts_at=starts_at,
                ends_at=ends_at,
            )
            for part, starts_at, ends_at in zip(parts, starts, ends, strict=True)
        )

    def at_wall_time(self, day: date, wall_time: str) -> datetime:
        """The first instant of a gaming day at which the clock shows `06:00` or later (TIME-2).

        A time before the day's start lies after midnight, on the next date.
        """
        wall = time.fromisoformat(wall_time)
        side = day if wall >= self.casino.gaming_day_start else day + _ONE_DAY
        return day_starts_at(side, zone=self.casino.timezone, start=wall)

    def shift_at(self, instant: datetime) -> Shift:
        """The one shift an instant falls in (TIME-3, TIME-4)."""
        shifts = self.shifts_of(self.day_of(instant))
        return next(shift for shift in shifts if shift.starts_at <= instant < shift.ends_at)

    def shift(self, day: date, code: str) -> Shift | None:
        """The shift with this code on a gaming day, if that day has one."""
        return next((shift for shift in self.shifts_of(day) if shift.code == code), None)

    def shift_by_id(self, shift_id: UUID) -> Shift | None:
        """The shift an id names; None for any id that is not one of this casino's (TEN-1)."""
        days, rest = divmod(shift_id.int >> 80, _DAY_MILLISECONDS)
        first, last = (FIRST_DAY - _EPOCH.date()).days, (LAST_DAY - _EPOCH.date()).days
        if rest or not first <= days <= last:
            return None
        shifts = self.shifts_of(_EPOCH.date() + timedelta(days=days))
        return next((shift for shift in shifts if shift.id == shift_id), None)

    def shift_after(self, shift: Shift) -> Shift:
        """The shift that begins when this one ends, on the next gaming day if need be (SESS-8)."""
        return self.shift_at(shift.ends_at)

    def _parts_of(self, day: date) -> Sequence[Mapping[str, str]]:
        """The schedule in force: a later row never moves the shifts of a day before it."""
        row = in_force(self.schedules, day=day, founding=lambda row: row.recorded_by is None)
        if row is None:
            row = min(
                self.schedules,
                key=lambda row: (row.effective_from_gaming_day, row.recorded_at, row.id),
                default=None,
            )
        return default_shifts(self.casino.gaming_day_start) if row is None else row.shifts


def _shift_id(casino_id: UUID, *, day: date, code: str) -> UUID:
    """A shift's id, the same wherever it is asked for: a UUIDv7 made of casino, day and code.

    Its 48 bits of time are the gaming day, so that the day can be read out of it; the bits that are
    otherwise random come from a hash.
    """
    milliseconds = (day - _EPOCH.date()).days * _DAY_MILLISECONDS
    digest = int.from_bytes(sha256(f"{casino_id}/{day}/{code}".encode()).digest())
    version, variant = 7 << 76, 2 << 62
    high, low = (digest & 0xFFF) << 64, (digest >> 12) & (2**62 - 1)
    return UUID(int=milliseconds << 80 | version | high | variant | low)


def _minutes(wall_time: str) -> int:
    hours, minutes = wall_time.split(":")
    return int(hours) * 60 + int(minutes)


def _wall_time(minutes: int) -> str:
    hours, rest = divmod(minutes % (24 * 60), 60)
    return f"{hours:02d}:{rest:02d}"


def _shape(pointer: str, message: str) -> FieldError:
    return FieldError(pointer, Refusal.SHAPE.name, message)


def _misshapen(errors: Sequence[FieldError]) -> Refused:
    return Refused(Refusal.SHAPE, errors=errors)


def _outside() -> Refused:
    facts: dict[str, Any] = {"earliest": str(FIRST_DAY), "latest": str(LAST_DAY)}
    return Refused(Refusal.OCCURRED_AT_OUT_OF_RANGE, facts)
