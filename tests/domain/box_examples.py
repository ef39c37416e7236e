"""What raises the findings on boxes, and what comes close and does not (BOX-3, BOX-4, BOX-5)."""

from collections.abc import Callable

from tablebank.domain.settings import Settings
from tablebank.domain.terms import CustodyStep
from tests.domain.cast import found, worth
from tests.domain.crew import end_trip, start_trip
from tests.domain.floor import Floor
from tests.domain.founding import number

TRAY = worth(100_000)


def taken(
    *,
    box: str | None = None,
    replacement: str | None = None,
    of_another: bool = False,
    off_schedule: bool = False,
    on_trip: bool = False,
) -> Floor:
    """Box A of the table is taken, or so it should be; B may be the box of another table."""
    floor = Floor()
    floor.opened(TRAY)
    if replacement:
        floor.register(replacement, of=number(8) if of_another else None)
    floor.remove(
        box=floor.register(box) if box else None,
        replacement=replacement,
        trip=start_trip(floor) if on_trip else None,
        out_of_schedule={"type": "SCHEDULED"} if off_schedule else None,
    )
    return floor


def handed_on(
    *steps: str | tuple[str, str | None],
    seal: str | None = None,
    asked: tuple[str, ...] = ("REMOVED", "ARRIVED"),
) -> Floor:
    """The way of a box, hand-over by hand-over; OPENED is its count, with no hand-over before."""
    floor = Floor(settings=Settings(custody_steps=tuple(CustodyStep(each) for each in asked)))
    floor.opened(TRAY)
    removal = floor.remove(seal=seal)
    for each in steps:
        step, read = each if isinstance(each, tuple) else (each, None)
        if step == "OPENED":
            floor.post(removal, found(100, batch="B-1"))
        else:
            floor.hand_over(removal, CustodyStep(step), seal=read)
    return floor


def left_out(*, take: str = "", reached: bool = False) -> Floor:
    """A trip with the table's box on its list; it is taken before the end, after it, or not.

    `reached`: the table rolled over meanwhile, so the box serves two sessions.
    """
    floor = Floor()
    floor.opened(TRAY)
    trip = start_trip(floor)
    if reached:
        floor.roll_over(TRAY)
    if take == "before":
        floor.remove(trip=trip)
    end_trip(floor, trip)
    if take == "after":
        floor.remove()
    return floor


BOX_EXAMPLES: dict[str, tuple[list[Callable[[], Floor]], list[Callable[[], Floor]]]] = {
    "CUSTODY_IRREGULAR": (
        [
            lambda: taken(box="Z"),
            lambda: taken(replacement="B", of_another=True),
            lambda: handed_on("STORED"),
            lambda: handed_on("OPENED"),
            lambda: handed_on("STORED", ("ARRIVED", None)),
            lambda: handed_on(("ARRIVED", "S-2"), seal="S-1"),
        ],
        [
            lambda: taken(box="A"),
            lambda: taken(replacement="B"),
            lambda: handed_on("ARRIVED", "STORED", "OPENED"),
            lambda: handed_on(("ARRIVED", "S-1"), seal="S-1"),
            lambda: handed_on(("ARRIVED", None), seal="S-1"),
            lambda: handed_on("OPENED", asked=("REMOVED",)),
            lambda: handed_on(),
        ],
    ),
    "BOX_NOT_DROPPED": (
        [lambda: left_out(), lambda: left_out(reached=True)],
        [lambda: left_out(take="before"), lambda: left_out(take="after")],
    ),
    "DROP_OUT_OF_SCHEDULE": (
        [lambda: taken(off_schedule=True)],
        [taken, lambda: taken(off_schedule=True, on_trip=True)],
    ),
}
