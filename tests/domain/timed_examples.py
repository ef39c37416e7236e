"""What raises a finding that comes with time, and what comes close and does not (FIND-2)."""

from collections.abc import Callable

from tablebank.domain.idle_count import record_idle_count
from tablebank.domain.terms import SlipKind
from tests.domain.cast import DANA, SAM, chips, worth
from tests.domain.floor import Floor

TRAY = worth(100_000)

Example = Callable[[], Floor]


def on_the_road(*, until: str, verified: bool = False) -> Floor:
    """A fill that left the cage at 11:06 UTC, looked at by the clock."""
    floor = Floor()
    floor.opened(TRAY)
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    if verified:
        floor.verify(floor.facts.slips[0].id, None)
    floor.sweep(until)
    return floor


def in_play(*, until: str, is_closed: bool = False) -> Floor:
    """A session of the DAY shift, which is over at 19:00 UTC, looked at by the clock."""
    floor = Floor()
    floor.opened(TRAY)
    if is_closed:
        floor.closed(TRAY)
    floor.sweep(until)
    return floor


def count_idle(floor: Floor, tray: str) -> None:
    """Sam and Dana count the table that stands closed (SNAP-7)."""
    said = {"house": floor.house, "facts": floor.facts, "chipset": chips(tray), "reason": None}
    floor.do(record_idle_count, "record_snapshot", SAM, DANA, **said)


def idle(
    *, until: str, tray: str = TRAY, counted: str | None = None, is_open: bool = False
) -> Floor:
    """A table that was closed on 2 March, looked at by the clock days later."""
    floor = Floor()
    floor.opened(tray)
    floor.closed(tray)
    if counted:
        count_idle(floor.at(counted), tray)
    if is_open:
        floor.opened(tray, "SWING")
    floor.sweep(until)
    return floor


TIMED_EXAMPLES: dict[str, tuple[list[Example], list[Example]]] = {
    "SLIP_OVERDUE": (
        [lambda: on_the_road(until="11:37")],
        [lambda: on_the_road(until="11:36"), lambda: on_the_road(until="15:00", verified=True)],
    ),
    "SESSION_LEFT_OPEN": (
        [lambda: in_play(until="20:01")],
        [lambda: in_play(until="20:00"), lambda: in_play(until="20:30", is_closed=True)],
    ),
    "RECOUNT_DUE": (
        [
            lambda: idle(until="2026-03-10 12:00"),
            lambda: idle(until="2026-03-20 12:00", counted="2026-03-12 11:00"),
        ],
        [
            lambda: idle(until="2026-03-09 11:00"),
            lambda: idle(until="2026-03-10 12:00", tray="nothing"),
            lambda: idle(until="2026-03-18 12:00", counted="2026-03-12 11:00"),
            lambda: idle(until="2026-03-10 12:00", is_open=True),
        ],
    ),
}
