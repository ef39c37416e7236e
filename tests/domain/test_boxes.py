"""Which box served whom, and what is known of the drop: the worked cases."""

from uuid import UUID

import pytest

from tablebank.domain.boxes import drop_state, group_id, group_of, mounts_serving
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import DropState, Phase, RemovalType
from tests.domain.cast import worth
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import refused

SCHEDULED, UNSCHEDULED, EMERGENCY = RemovalType


def boxes_of(floor: Floor, session: UUID) -> list[str]:
    """The codes of the boxes that serve a session, in order of mounting."""
    codes = {box.id: box.code for box in floor.facts.boxes}
    return [codes[mount.box_id] for mount in mounts_serving(floor.facts, floor.session(session))]


def three_shifts() -> tuple[Floor, list[UUID]]:
    """One box a day: 50,000.00 opened; the tray changes by −19,000, −28,000 and +4,000."""
    floor = Floor()
    day = floor.opened(worth(5_000_000))
    swing = floor.at("19:00").roll_over(worth(3_100_000))
    grave = floor.at("2026-03-03 03:00").roll_over(worth(300_000))
    floor.at("2026-03-03 10:55").closed(worth(700_000))
    return floor, [day, swing, grave]


# -- one box for three shifts ----------------------------------------------------------------------


def test_three_shifts_on_one_box() -> None:
    """BOX-6: before drop −19,000, −28,000, +4,000; box 96,400: members null, the group 53,400."""
    floor, members = three_shifts()
    removal = floor.remove()
    floor.hand_over(removal)
    floor.count_box(removal, 9_640_000)
    for member, change in zip(members, (-1_900_000, -2_800_000, 400_000), strict=True):
        rundown = floor.rundown(member)
        assert rundown.state == "shared_drop"
        assert rundown.reasons == ("DROP_SHARED",)
        assert rundown.before_drop_cents == change
        assert rundown.drop_total_cents is None
        assert rundown.table_win_cents is None
        assert rundown.hold_pct is None
        assert rundown.group_id == members[0]
    group = floor.group(members[1])
    assert group.state == "complete"
    assert group.before_drop_cents == -4_300_000
    assert group.drop_total_cents == 9_640_000
    assert group.table_win_cents == 5_340_000
    assert [member.session_id for member in group.members] == members


def test_the_group_is_the_same_from_any_member() -> None:
    """BOX-6: its id is its first session's, whoever asks."""
    floor, members = three_shifts()
    for member in members:
        session = floor.session(member)
        assert [each.id for each in group_of(floor.facts, session)] == members
        assert group_id(floor.facts, session) == members[0]
        assert floor.group(member) == floor.group(members[0])


def test_a_group_waits_for_its_box() -> None:
    """BOX-6, RUN-2: until the one box is counted every figure that needs it is unknown."""
    floor, members = three_shifts()
    assert floor.group().state == "pending_count"
    removal = floor.remove()
    assert {floor.session(each).drop_state for each in members} == {DropState.DROPPED}
    assert floor.group().reasons == ("COUNT_PENDING",)
    assert floor.group().table_win_cents is None
    floor.count_box(removal, 100)
    assert {floor.session(each).drop_state for each in members} == {DropState.COUNTED}


def test_a_box_per_shift_makes_no_group() -> None:
    """BOX-6: whose box served it alone has no group; `group_id` is null."""
    floor = Floor()
    day = floor.opened(worth(1_000_000))
    swing = floor.at("19:00").roll_over(worth(900_000))
    first = floor.remove(on=day, replacement="B")
    floor.at("2026-03-03 03:00").closed(worth(950_000))
    second = floor.remove()
    floor.count_box(first, 300_000)
    floor.count_box(second, 50_000)
    assert group_id(floor.facts, floor.session(day)) is None
    assert floor.rundown(day).table_win_cents == 200_000
    assert floor.rundown(swing).table_win_cents == 100_000
    assert floor.group(day) == floor.rundown(day)


# -- which sessions a box serves -------------------------------------------------------------------


def test_a_box_taken_just_after_a_roll_over_is_the_rolled_session_s() -> None:
    """BOX-2, BOX-5: named on the session that rolled, its successor has only the new box."""
    floor = Floor()
    rolled = floor.opened(worth(1_000_000))
    following = floor.roll_over(worth(900_000))
    floor.remove(SCHEDULED, on=rolled, replacement="B")
    assert boxes_of(floor, rolled) == ["A"]
    assert boxes_of(floor, following) == ["B"]


def test_a_box_named_on_the_live_session_served_both() -> None:
    """BOX-5: the same box, named on the session that goes on, was shared: a group."""
    floor = Floor()
    rolled = floor.opened(worth(1_000_000))
    following = floor.roll_over(worth(900_000))
    floor.remove(SCHEDULED, on=following, replacement="B")
    assert boxes_of(floor, rolled) == ["A"]
    assert boxes_of(floor, following) == ["A"]
    assert group_id(floor.facts, floor.session(following)) == rolled


def test_a_scheduled_box_before_the_close_serves_its_session_alone() -> None:
    """BOX-5, SHF-06: after a SCHEDULED removal the new box serves from the next session on."""
    floor = Floor()
    session = floor.opened(worth(1_000_000))
    floor.remove(SCHEDULED, replacement="B")
    following = floor.roll_over(worth(900_000))
    assert boxes_of(floor, session) == ["A"]
    assert boxes_of(floor, following) == ["B"]


@pytest.mark.parametrize("what", [UNSCHEDULED, EMERGENCY])
def test_after_a_removal_in_play_the_next_box_serves_the_session_too(what: RemovalType) -> None:
    """BOX-5: UNSCHEDULED or EMERGENCY in the middle of a session: it has two boxes."""
    floor = Floor()
    session = floor.opened(worth(1_000_000))
    first = floor.remove(what, replacement="B")
    floor.closed(worth(900_000))
    second = floor.remove()
    assert boxes_of(floor, session) == ["A", "B"]
    floor.count_box(first, 250_000)
    assert floor.rundown().state == "pending_count"
    floor.count_box(second, 50_000)
    assert floor.rundown().drop_total_cents == 300_000
    assert floor.rundown().table_win_cents == 200_000


@pytest.mark.parametrize("what", [UNSCHEDULED, EMERGENCY])
def test_a_second_box_that_stays_on_connects_the_next_session(what: RemovalType) -> None:
    """BOX-5, BOX-6: the box mounted in the middle serves on: both sessions are one group."""
    floor = Floor()
    session = floor.opened(worth(1_000_000))
    first = floor.remove(what, replacement="B")
    following = floor.roll_over(worth(900_000))
    floor.closed(worth(950_000))
    second = floor.remove()
    assert boxes_of(floor, session) == ["A", "B"]
    assert boxes_of(floor, following) == ["B"]
    floor.count_box(first, 100_000)
    floor.count_box(second, 100_000)
    assert floor.rundown(following).state == "shared_drop"
    assert floor.group().drop_total_cents == 200_000
    assert floor.group().table_win_cents == 150_000


@pytest.mark.parametrize("what", [UNSCHEDULED, EMERGENCY])
def test_after_the_close_the_next_box_serves_the_next_session(what: RemovalType) -> None:
    """BOX-5: the named session was not live at the removal: nothing of it is in the new box."""
    floor = Floor()
    session = floor.opened(worth(1_000_000))
    floor.closed(worth(900_000))
    floor.remove(what, on=session, replacement="B")
    following = floor.opened(worth(900_000), "SWING")
    assert boxes_of(floor, session) == ["A"]
    assert boxes_of(floor, following) == ["B"]


def test_a_box_mounted_after_the_close_serves_nobody_before() -> None:
    """BOX-5: taken in play, put back only for the next opening: a counted result stays counted."""
    floor = Floor()
    session = floor.opened(worth(1_000_000))
    removal = floor.remove(UNSCHEDULED)
    floor.closed(worth(900_000))
    floor.count_box(removal, 250_000)
    floor.reconcile()
    floor.finalize()
    floor.mount("B")
    following = floor.opened(worth(900_000), "SWING")
    assert floor.session(session).drop_state == DropState.COUNTED
    assert boxes_of(floor, session) == ["A"]
    assert boxes_of(floor, following) == ["B"]


# -- boxes outstanding -----------------------------------------------------------------------------


def test_an_emergency_box_counted_while_the_main_box_is_on_the_table() -> None:
    """BOX-5, RUN-2: one of two boxes counted: the drop is unknown, the rundown not complete."""
    floor = Floor()
    floor.opened(worth(1_000_000))
    first = floor.remove(EMERGENCY, replacement="B")
    floor.hand_over(first)
    floor.count_box(first, 250_000)
    floor.closed(worth(900_000))
    rundown = floor.rundown()
    assert rundown.state == "pending_count"
    assert set(rundown.reasons) == {"BOXES_OUTSTANDING", "COUNT_PENDING"}
    assert rundown.drop_total_cents is None
    assert rundown.table_win_cents is None
    assert rundown.before_drop_cents == -100_000
    session = floor.session()
    assert session.drop_state == DropState.NONE
    assert session.drop_posted_at is None
    with refused(Refusal.COUNT_PENDING):
        floor.reconcile()
    second = floor.remove()
    assert floor.session().drop_state == DropState.DROPPED
    floor.count_box(second, 50_000)
    assert floor.session().drop_state == DropState.COUNTED
    assert floor.rundown().table_win_cents == 200_000


def test_a_box_dropped_and_counted_before_the_table_closes() -> None:
    """BOX-5: the two tracks do not wait for each other; open and COUNTED is still provisional."""
    floor = Floor()
    floor.opened(worth(1_000_000))
    removal = floor.remove(SCHEDULED, replacement="B")
    floor.count_box(removal, 250_000)
    assert floor.session().phase == Phase.OPEN
    assert floor.session().drop_state == DropState.COUNTED
    assert floor.rundown().state == "provisional"
    assert floor.rundown().table_win_cents is None
    floor.closed(worth(900_000))
    assert floor.rundown().table_win_cents == 150_000


# -- go-live ---------------------------------------------------------------------------------------


def test_go_live_on_a_box_in_play() -> None:
    """PAR-11, RUN-2: cash from before us is in that box: the first session's drop is unknown."""
    floor = Floor(box_in_play=True)
    session = floor.opened(worth(1_000_000))
    following = floor.roll_over(worth(900_000))
    old = floor.remove(on=session, replacement="B")
    floor.closed(worth(950_000))
    new = floor.remove()
    floor.count_box(old, 5_000_000)
    floor.count_box(new, 100_000)
    rundown = floor.rundown(session)
    assert rundown.state == "unknown_drop"
    assert rundown.reasons == ("BOX_OLDER_THAN_OPENER",)
    assert rundown.drop_total_cents is None
    assert rundown.table_win_cents is None
    assert rundown.before_drop_cents == -100_000
    assert floor.rundown(following).table_win_cents == 150_000


def test_a_group_on_a_box_in_play_is_unknown_whole() -> None:
    """PAR-11, BOX-6: whoever shared the old box cannot be known either."""
    floor = Floor(box_in_play=True)
    session = floor.opened(worth(1_000_000))
    floor.roll_over(worth(900_000))
    floor.closed(worth(950_000))
    floor.count_box(floor.remove(), 5_000_000)
    group = floor.group(session)
    assert group.state == "unknown_drop"
    assert group.table_win_cents is None
    assert group.before_drop_cents == -50_000


# -- void ------------------------------------------------------------------------------------------


def test_a_voided_session_is_in_no_group() -> None:
    """SESS-7, BOX-6: it breaks no chain: the box served the sessions around it."""
    floor = Floor()
    first = floor.opened(worth(1_000_000))
    floor.closed(worth(900_000))
    mistake = floor.opened(worth(900_000), "SWING")
    floor.void()
    second = floor.opened(worth(900_000), "SWING")
    assert floor.session(second).previous_session_id == first
    assert boxes_of(floor, mistake) == []
    assert group_of(floor.facts, floor.session(mistake)) == (floor.session(mistake),)
    assert [each.id for each in group_of(floor.facts, floor.session(second))] == [first, second]


def test_the_stored_track_is_the_track_of_the_boxes() -> None:
    """BOX-5: what each session carries is what its boxes say, after every step."""
    floor, _ = three_shifts()
    removal = floor.remove(EMERGENCY, replacement="B")
    floor.count_box(removal, 100)
    following = floor.opened(worth(700_000), day="2026-03-03")
    for session in floor.facts.sessions:
        assert session.drop_state == drop_state(floor.facts, session)
    assert floor.session(following).drop_state == DropState.NONE


def test_a_closing_is_needed_by_every_member() -> None:
    """BOX-6: a live member keeps the group provisional although the box is counted."""
    floor = Floor()
    first = floor.opened(worth(1_000_000))
    floor.roll_over(worth(900_000))
    floor.count_box(floor.remove(replacement="B"), 100_000)
    group = floor.group(first)
    assert group.drop_total_cents == 100_000
    assert group.state == "provisional"
    assert group.table_win_cents is None
    floor.begin()
    floor.count(CLOSING, worth(950_000))
    floor.close()
    assert floor.group(first).table_win_cents == 50_000
