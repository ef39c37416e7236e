"""Drop trips: what is on their list, what is missing at their end; and drops off the schedule."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tablebank.domain import drop_trips
from tablebank.domain.boxes_due import MountedBox
from tablebank.domain.drop_schedule import DropWindow
from tablebank.domain.drop_timing import out_of_schedule
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import RemovalType
from tests.domain.cast import DEE, DREW, worth
from tests.domain.crew import end_trip, start_trip
from tests.domain.floor import Floor
from tests.domain.founding import CASINO, calendar, instant, refused
from tests.domain.test_drop_schedule import row

MONDAY = date(2026, 3, 2)


def at_play() -> Floor:
    floor = Floor()
    floor.at("12:00").opened(worth(100_000))
    return floor


def test_a_trip_lists_what_is_due_and_says_what_is_missing() -> None:
    """BOX-5, DRP-11: a box on the list that still hangs at the end was left out; once."""
    floor = at_play()
    trip = start_trip(floor)
    assert [(each["box"], each["table_code"]) for each in trip.due] == [("A", "BJ-07")]
    ended = end_trip(floor, trip)
    (left,) = ended.new
    assert (left.trip_id, left.session_id) == (trip.id, floor.session().id)
    assert [each.kind for each in ended.findings] == ["BOX_NOT_DROPPED"]
    assert floor.findings() == ["BOX_NOT_DROPPED"]
    end_trip(floor, start_trip(floor))
    assert floor.findings() == ["BOX_NOT_DROPPED"]
    floor.remove()
    assert floor.finding("BOX_NOT_DROPPED").status == "CLEARED"


def test_a_trip_ends_once_and_not_before_it_began() -> None:
    """TIME-1, BOX-5."""
    floor = at_play()
    trip = start_trip(floor)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        end_trip(floor.at("11:00"), trip)
    (ended,) = end_trip(floor.at("14:00"), trip).changed
    with refused(Refusal.TRIP_ENDED):
        end_trip(floor, ended)


def test_a_box_is_taken_between_start_and_end_of_its_trip() -> None:
    """BOX-2, TIME-1, DRP-10: one that was forgotten is told with its time, also
    when the trip has ended.
    """
    floor = at_play()
    trip = start_trip(floor.at("13:00"))
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:59").remove(trip=trip)
    (ended,) = end_trip(floor.at("14:00"), trip).changed
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("14:01").remove(trip=ended)
    floor.at("13:30").remove(trip=ended)
    assert floor.finding("BOX_NOT_DROPPED").status == "CLEARED"


def test_surveillance_is_told_before_a_trip_starts() -> None:
    """DRP-07."""
    told = {"notified_at": instant("2026-03-02 12:00").isoformat(), "operator": "S-12"}
    floor = at_play()
    act = floor.at("11:59").act("start_drop_trip", DREW, DEE)
    starting = drop_trips.Starting(pits=(), boxes=(), surveillance=told, reason=None)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        drop_trips.start_trip(act=act, casino_id=CASINO, day=MONDAY, hanging=(), starting=starting)


@pytest.mark.parametrize(
    ("pits", "named", "listed"),
    [
        ((), [], ["CLOSED", "OWN", "PIT"]),
        (("1",), [], ["OPEN", "CLOSED", "OWN", "PIT"]),
        ((), ["UNUSED"], ["UNUSED"]),
        (("2",), [], []),
    ],
)
def test_which_boxes_are_on_the_list(
    pits: tuple[str, ...], named: list[str], listed: list[str]
) -> None:
    """DRP-11, BOX-3: what is due by window, schedule or close; a pit's that served; those named."""
    now = instant("2026-03-02 14:00")
    hour = timedelta(hours=1)
    window = DropWindow(
        gaming_day=MONDAY, at="", starts_at=now - hour, ends_at=now, late_at=now + hour
    )
    hanging = [
        box_on_a_table("OPEN", phase="OPEN"),
        box_on_a_table("CLOSED", phase="CLOSED"),
        box_on_a_table("OWN", phase="OPEN", window_start=now - hour, window_end=now + hour),
        box_on_a_table("PIT", phase="OPEN", scheduled=window),
        box_on_a_table("UNUSED", in_play_since=None),
    ]
    boxes = [each.box_id for each in hanging if each.box in named]
    told = {"notified_at": now.isoformat(), "operator": "S-12"}
    act = at_play().at("14:00").act("start_drop_trip", DREW, DEE)
    decision = drop_trips.start_trip(
        act=act,
        casino_id=CASINO,
        day=MONDAY,
        hanging=hanging,
        starting=drop_trips.Starting(pits=pits, boxes=boxes, surveillance=told, reason=None),
    )
    assert [each["box"] for each in decision.new[0].due] == listed


def box_on_a_table(code: str, **more: object) -> MountedBox:
    said: dict[str, object] = {
        "mount_id": uuid4(),
        "box_id": uuid4(),
        "box": code,
        "table_id": uuid4(),
        "table_code": code,
        "pit": "1",
        "mounted_at": instant("2026-03-02 12:00"),
        "session_id": uuid4(),
        "phase": None,
        "shift_code": "DAY",
        "closed_at": None,
        "window_start": None,
        "window_end": None,
        "in_play_since": instant("2026-03-02 12:00"),
    }
    return MountedBox(**{**said, **more})  # type: ignore[arg-type]


# -- on the schedule, or off it --------------------------------------------------------------------


SCHEDULE = (row("13:00", since=MONDAY, window=60, grace=30),)


@pytest.mark.parametrize(
    ("at", "is_off"),
    [("12:59", True), ("13:00", False), ("14:30", False), ("14:31", True), ("20:00", True)],
)
def test_a_scheduled_drop_lies_in_a_window_of_its_pit_or_its_grace(at: str, is_off: bool) -> None:
    """BOX-3, DRP-04: by the casino's wall, which is the UTC of these tests."""
    assert (off(at) is not None) == is_off
    if is_off:
        assert off(at) == {
            "type": "SCHEDULED",
            "window_start": "2026-03-02T13:00:00Z",
            "window_end": "2026-03-02T14:00:00Z",
        }


@pytest.mark.parametrize(
    ("at", "is_off"), [("15:59", True), ("16:00", False), ("17:00", False), ("17:01", True)]
)
def test_the_sessions_own_window_goes_before_the_pits(at: str, is_off: bool) -> None:
    """BOX-3: and knows no grace; the pit's windows then say nothing."""
    assert (off(at, own=True) is not None) == is_off
    assert off("13:30", own=True) is not None


def test_without_a_window_and_a_schedule_there_is_nothing_to_be_off() -> None:
    """BOX-3: where there is either; one that was settled later said nothing yet."""
    assert off("20:00", rows=()) is None
    later = row("13:00", since=MONDAY, settled=instant("2026-03-02 21:00"))
    assert off("20:00", rows=(later,)) is None


def test_unscheduled_always_is_and_an_emergency_never() -> None:
    """BOX-3."""
    assert off("13:30", what=RemovalType.UNSCHEDULED) == {"type": "UNSCHEDULED"}
    assert off("20:00", what=RemovalType.EMERGENCY) is None


def off(
    at: str,
    *,
    own: bool = False,
    rows: tuple[object, ...] = SCHEDULE,
    what: RemovalType = RemovalType.SCHEDULED,
) -> object:
    session = at_play().session()
    if own:
        session = replace(
            session,
            drop_window_start=instant("2026-03-02 16:00"),
            drop_window_end=instant("2026-03-02 17:00"),
        )
    return out_of_schedule(
        rows,  # type: ignore[arg-type]
        calendar=calendar(zone="UTC"),
        session=session,
        what=what,
        at=instant(f"2026-03-02 {at}"),
    )
