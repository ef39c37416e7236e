"""Founding a casino: the one change that no casino's own people can make.

What a casino is created with (mode, schedule, chips) is in force for every earlier day too
(TIME-5); such rows say so by being recorded by nobody.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import uuid_utils.compat
from psycopg.errors import UniqueViolation

from tablebank.domain.chips import default_value_chips
from tablebank.domain.establishment import BankModeRow, Casino, ChipType, ShiftScheduleRow
from tablebank.domain.gaming_day import default_shifts, gaming_day_of
from tablebank.domain.journal import GENESIS, Entry
from tablebank.domain.plain import plain
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode
from tablebank.store.save import canonical, insert, lock_head, write_entry
from tablebank.store.scope import Cursor, casino_scope

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Founding:
    """What a casino starts with; `simulated` is chosen now and never changed (TIME-5)."""

    slug: str
    name: str
    timezone: str
    gaming_day_start: time
    mode: BankMode = BankMode.UNKNOWN
    simulated: bool = False
    currency: str = "USD"


def found_casino(founding: Founding, *, clock: Callable[[], datetime]) -> Casino:
    """Create a casino with the usual chips and three shifts; refuses a slug that is taken."""
    _check(founding)
    casino_id: UUID = uuid_utils.compat.uuid7()
    at = clock()
    casino = Casino(
        id=casino_id,
        slug=founding.slug,
        name=founding.name,
        timezone=founding.timezone,
        currency=founding.currency,
        gaming_day_start=founding.gaming_day_start,
        simulated=founding.simulated,
        created_at=at,
    )
    try:
        with casino_scope(casino_id) as cursor:
            _write(cursor, casino, mode=founding.mode, at=at)
    except Exception as met:
        if isinstance(met, UniqueViolation) or isinstance(met.__cause__, UniqueViolation):
            raise Refused(Refusal.CODE_TAKEN, {"slug": founding.slug}) from met
        raise
    return casino


def _check(founding: Founding) -> None:
    errors = []
    if not _SLUG.fullmatch(founding.slug):
        errors.append(FieldError("/slug", "SHAPE", "Small letters, digits and hyphens."))
    if not founding.name.strip():
        errors.append(FieldError("/name", "SHAPE", "A casino has a name."))
    try:
        ZoneInfo(founding.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        errors.append(FieldError("/timezone", "SHAPE", "A zone such as America/New_York."))
    if errors:
        raise Refused(Refusal.SHAPE, errors=errors)


def _write(cursor: Cursor, casino: Casino, *, mode: BankMode, at: datetime) -> None:
    day = gaming_day_of(at, zone=casino.timezone, start=casino.gaming_day_start)
    chips = tuple(
        ChipType(
            id=uuid_utils.compat.uuid7(),
            casino_id=casino.id,
            code=chip.code,
            cents=chip.cents,
            colour=chip.colour,
            chip_set=chip.chip_set,
            in_bank=chip.in_bank,
            effective_from_gaming_day=day,
            recorded_at=at,
        )
        for chip in default_value_chips()
    )
    schedule = ShiftScheduleRow(
        id=uuid_utils.compat.uuid7(),
        casino_id=casino.id,
        effective_from_gaming_day=day,
        shifts=default_shifts(casino.gaming_day_start),
        recorded_at=at,
        recorded_by=None,
    )
    chosen = BankModeRow(
        id=uuid_utils.compat.uuid7(),
        casino_id=casino.id,
        table_bank_mode=mode,
        effective_from_gaming_day=day,
        recorded_at=at,
        recorded_by=None,
    )
    new = (casino, *chips, schedule, chosen)
    insert(cursor, new)
    cursor.execute(
        "insert into journal_head (casino_id, number, hash) values (%s, 0, %s)",
        [casino.id, GENESIS],
    )
    entry = Entry(
        casino_id=casino.id,
        number=0,
        recorded_at=at,
        occurred_at=at,
        actor_id=None,
        actor="SYSTEM",
        role=None,
        command="found_casino",
        subject_type="casino",
        subject_id=casino.id,
        session_id=None,
        table_id=None,
        content=canonical({"new": [plain(each) for each in new]}),
        previous_hash="",
    )
    write_entry(cursor, lock_head(cursor, casino.id), entry, clock_at=None)
