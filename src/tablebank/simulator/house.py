"""Setting up the simulated house, through the public API from a base URL and an admin's token only.

Hires everybody, has each choose their own PIN, registers tables with their first boxes, spare boxes
and the emergency pool, adds the $2.50 chip and has a pit manager set need/par policy.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tablebank.simulator.client import Answer, Caller, Line
from tablebank.simulator.clock import HOUR, MINUTE, Clock, Shift, read_instant
from tablebank.simulator.layouts import TableSpec
from tablebank.simulator.people import SHIFTS, Cast, Person

BEFORE_FIRST_SHIFT = 15 * MINUTE
"""The run begins this long before the first shift; set-up lies an hour before that."""

SET_UP = -HOUR
HALF_CHIP: dict[str, Any] = {
    "code": "250",
    "cents": 250,
    "colour": "pink",
    "set": "VALUE",
    "in_bank": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A table as the system knows it: its id, its first box, its spares."""

    spec: TableSpec
    table_id: str
    first_box: str
    spare_boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The house ready to work."""

    seed: int
    clock: Clock
    zone: ZoneInfo
    shifts: tuple[Shift, ...]
    cast: Cast
    tokens: dict[str, str]
    tables: tuple[Registered, ...]
    pool: dict[int, str]
    """The emergency box kept for each pit."""

    def order_at(self, seconds: float) -> int:
        """Which crew of the day is on at that second: 0, 1, 2 (before and after the run too)."""
        for shift in self.shifts:
            if seconds < shift.ends:
                return shift.order
        return (self.shifts[-1].order + 1) % len(SHIFTS)

    def caller(self, person: Person, *, line: Line, place: str) -> Caller:
        """A person on a line; `place` keeps their key series apart from theirs elsewhere."""
        stream = f"{self.seed}/{place}/{person.badge}"
        return Caller(line=line, token=self.tokens[person.badge], stream=stream)


def set_up(
    *,
    lines: Sequence[Line],
    admin_token: str,
    tables: Sequence[TableSpec],
    everybody: Cast,
    days: int,
    seed: int,
    first_day: date,
    progress: Callable[[str], None],
) -> House:
    """Make a fresh simulated casino ready for its first gaming day. Hiring takes all the lines."""
    line = lines[0]
    admin = Caller(line=line, token=admin_token, stream=f"{seed}/set-up/admin")
    casino = admin.read("/casino")
    if not casino["simulated"]:
        raise ValueError("the simulator plays in a casino created as simulated, nowhere else")
    clock, shifts = _calendar(admin, first_day=first_day, days=days)
    at = clock.instant(SET_UP)
    if all(chip["code"] != "250" for chip in casino["denominations"]):
        # A day ahead of the rest, so that the chip is known on the day on which pars are set.
        admin.command(
            "/chips",
            at=clock.instant(SET_UP - 24 * HOUR),
            **HALF_CHIP,
            effective_from_gaming_day=(first_day - timedelta(days=1)).isoformat(),
        )
    progress(f"hiring {len(everybody.people)} people")
    tokens = _hire_all(everybody, lines=lines, admin_token=admin_token, at=at, seed=seed)
    progress(f"registering {len(tables)} tables")
    registered = tuple(_register(admin, spec=spec, at=at) for spec in tables)
    pool = {
        pit: _new_box(admin, code=f"EMERGENCY-{pit}", at=at)
        for pit in sorted({spec.pit for spec in tables})
    }
    house = House(
        seed=seed,
        clock=clock,
        zone=ZoneInfo(casino["timezone"]),
        shifts=shifts,
        cast=everybody,
        tokens=tokens,
        tables=registered,
        pool=pool,
    )
    _set_pars(house, line=line, at=at, first_day=first_day)
    return house


def _calendar(admin: Caller, *, first_day: date, days: int) -> tuple[Clock, tuple[Shift, ...]]:
    """The shifts of the run as the system lists them, and the clock that starts before them."""
    listed: list[tuple[date, int, Answer]] = []
    for offset in range(days):
        day = first_day + timedelta(days=offset)
        rows = admin.items("/shifts", gaming_day=day.isoformat())
        rows.sort(key=lambda row: str(row["starts_at"]))
        if len(rows) != len(SHIFTS):
            raise ValueError(f"the simulated house works three shifts a day, not {len(rows)}")
        listed.extend((day, order, row) for order, row in enumerate(rows))
    first = read_instant(listed[0][2]["starts_at"])
    clock = Clock(first - timedelta(seconds=BEFORE_FIRST_SHIFT))
    shifts = tuple(
        Shift(
            id=row["id"],
            code=row["code"],
            gaming_day=day,
            order=order,
            starts=clock.seconds(row["starts_at"]),
            ends=clock.seconds(row["ends_at"]),
        )
        for day, order, row in listed
    )
    return clock, shifts


def _hire_all(
    everybody: Cast, *, lines: Sequence[Line], admin_token: str, at: str, seed: int
) -> dict[str, str]:
    """Hire over several lines at once (hashing PINs takes its time); tokens by badge."""

    def hire(lane: int) -> dict[str, str]:
        line = lines[lane]
        office = Caller(line=line, token=admin_token, stream=f"{seed}/hiring/{lane}")
        return {
            one.badge: _hire(office, line=line, person=one, at=at, seed=seed)
            for one in everybody.people[lane :: len(lines)]
        }

    with ThreadPoolExecutor(max_workers=len(lines)) as pool:
        hired = list(pool.map(hire, range(len(lines))))
    return {badge: token for lane in hired for badge, token in lane.items()}


def _hire(office: Caller, *, line: Line, person: Person, at: str, seed: int) -> str:
    """Enter a person, give them a token; who signs chooses a PIN of their own (SIGN-5).

    Those with a password got a first PIN at hiring and change it; the others choose their first.
    """
    given = person.first_pin if person.signs and person.password else None
    hired = office.command(
        "/staff",
        at=at,
        badge=person.badge,
        name=person.name,
        roles=[person.role],
        pin=given,
        password=person.password,
    )
    token: str = office.command("/tokens", at=at, badge=person.badge)["token"]
    if person.signs:
        own = Caller(line=line, token=token, stream=f"{seed}/hiring/{person.badge}")
        own.command(f"/staff/{hired['id']}/pin", at=at, pin=person.pin, current_pin=given)
    return token


def _register(admin: Caller, *, spec: TableSpec, at: str) -> Registered:
    """Enter a table, with which its first box comes, and its spare boxes."""
    table = admin.command(
        "/tables",
        at=at,
        code=spec.code,
        name=f"{spec.layout.name} {spec.code[-2:]}",
        pit=f"PIT {spec.pit}",
        game_type=spec.layout.game_type,
        limits=dict(spec.layout.limits),
    )
    mounted = table["mounted_box"]
    return Registered(
        spec=spec,
        table_id=table["id"],
        first_box=mounted["code"] if isinstance(mounted, dict) else mounted,
        spare_boxes=tuple(
            _new_box(admin, code=f"{spec.code}-{letter}", at=at, table_id=table["id"])
            for letter in spec.spares
        ),
    )


def _new_box(admin: Caller, *, code: str, at: str, table_id: str | None = None) -> str:
    kind = "TABLE" if table_id else "EMERGENCY"
    admin.command("/boxes", at=at, code=code, kind=kind, table_id=table_id)
    return code


def _set_pars(house: House, *, line: Line, at: str, first_day: date) -> None:
    """A pit manager sets mode and par by table: Imprest to Par, or a target to aim at (PAR-6)."""
    manager = house.caller(
        house.cast.of(role="PIT_MANAGER", crew=SHIFTS[0])[0], line=line, place="set-up"
    )
    for table in house.tables:
        if table.spec.has_target:
            manager.command(
                "/par-policies",
                at=at,
                table_id=table.table_id,
                table_bank_mode="IMPREST_TO_PAR" if table.spec.imprest else None,
                par_total_cents=table.spec.layout.target_cents,
                target_chipset=dict(table.spec.layout.target),
                effective_from_gaming_day=first_day.isoformat(),
            )
