"""Window win/loss: where it ends, what lies between, and what of it was known when."""

from dataclasses import replace
from datetime import timedelta

from tablebank.domain.terms import RemovalType, SlipKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import CloseOn, Window
from tablebank.domain.windows.known_at import known_at
from tablebank.domain.windows.win_loss import win_loss
from tests.domain.cast import SAM, worth
from tests.domain.floor import CLOSING, INTERIM, OPENING, Floor
from tests.domain.founding import CASINO, FOUNDING_DAY, number
from tests.domain.windows import PAR, answer, asked, at, dropped, seen, shift

# -- where it ends ---------------------------------------------------------------------------------


def test_one_count_is_never_opener_and_closer() -> None:
    """BASE-3, LESSON-9: without a count inside the closing is unknown, and the result with it."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    found = answer(floor, asked())
    assert found.opening_bankroll_cents == 5_000_000
    assert (found.closing_bankroll_cents, found.closing_source) == (None, None)
    assert (found.before_drop_cents, found.win_loss_cents) == (None, None)
    assert (found.fills_total_cents, found.drop_total_cents) == (None, None)
    assert "NO_CLOSING_COUNT" in found.reasons


def test_the_first_count_inside_is_not_the_last_too() -> None:
    """BASE-3, LESSON-9: where it had to be the baseline, one count closes nothing."""
    floor = Floor()
    floor.at("13:00").opened(worth(5_000_000))
    found = answer(floor, asked())
    assert (found.opening_source, found.closing_source) == ("fallback:earliest_in_window", None)


def test_a_slip_of_the_count_s_own_minute_goes_as_it_was_recorded() -> None:
    """BASE-4, SLIP-12: ties of the tray instant are broken by the recording."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    slip = floor.at("14:00").ask(SlipKind.FILL, worth(500_000))
    floor.issue(slip)
    again = floor.ask(SlipKind.FILL, worth(300_000))
    floor.issue(again)
    floor.at("15:00").verify(slip)
    floor.recorded_late(minutes=1)
    floor.at("15:00").count(INTERIM, worth(5_500_000))
    assert answer(floor, asked()).fills_total_cents == 500_000
    floor.recorded_late(minutes=2)
    floor.at("15:00").verify(again)
    assert answer(floor, asked()).fills_total_cents == 500_000


def test_a_window_that_ends_with_a_session_ends_with_its_closer() -> None:
    """BASE-3: the opener of the same minute is the next window's business."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("14:58").begin()
    floor.at("15:00").count(CLOSING, worth(5_100_000))
    floor.at("15:00").close()
    session = floor.at("15:00").prepare()
    floor.at("15:00").open(session)
    floor.at("15:00").count(OPENING, worth(5_100_000))
    first, second = (
        [each for each in floor.facts.snapshots if each.kind == kind][-1]
        for kind in (CLOSING, OPENING)
    )
    assert first.occurred_at == second.occurred_at
    found = answer(floor, Window(start=at("12:00"), end=first.occurred_at))
    assert found.closing_snapshot_id == first.id
    assert answer(floor, Window(start=first.occurred_at, end=at("16:00"))).opening_source == (
        "snapshot:verified_open"
    )


def test_the_counts_of_a_voided_session_are_nobody_s() -> None:
    """BASE-1, SESS-7: opened by mistake, it is no baseline."""
    floor = Floor()
    floor.at("11:10").opened(worth(5_000_000))
    floor.void()
    assert answer(floor, asked()).opening_source == "none"


def test_a_fill_after_the_last_count_is_not_subtracted_from_it() -> None:
    """BASE-4, LESSON-10: an unchanged tray stays unchanged."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(5_000_000))
    floor.at("15:10").filled(worth(1_000_000))
    found = answer(floor, asked())
    assert (found.before_drop_cents, found.fills_total_cents) == (0, 0)


def test_a_fill_belongs_where_its_chips_arrived() -> None:
    """BASE-4, LESSON-11, SLIP-12: entered late, it is still of the window it came in."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.recorded_late(minutes=300)
    floor.at("14:00").filled(worth(500_000))
    floor.recorded_late(minutes=0)
    floor.at("15:00").count(INTERIM, worth(5_500_000))
    floor.at("18:00").count(INTERIM, worth(5_500_000))
    assert answer(floor, asked("12:00", "16:00")).fills_total_cents == 500_000
    assert answer(floor, asked("16:00", "19:00")).fills_total_cents == 0
    assert answer(floor, asked("12:00", "16:00")).before_drop_cents == 0


def test_a_credit_on_the_road_enters_and_is_named() -> None:
    """BASE-4: its chips are gone from the tray, whether the cage has counted them or not."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    slip = floor.at("13:00").ask(SlipKind.CREDIT, worth(800_000))
    floor.at("13:05").pick_up(slip)
    floor.at("15:00").count(INTERIM, worth(4_200_000))
    found = answer(floor, asked())
    assert (found.credits_total_cents, found.credits_in_transit_cents) == (800_000, 800_000)
    assert found.before_drop_cents == 0
    floor.at("15:30").verify(slip)
    found = answer(floor, asked())
    assert (found.credits_total_cents, found.credits_in_transit_cents) == (800_000, 0)


def test_a_voided_credit_was_out_only_while_it_was() -> None:
    """BASE-4, SLIP-4: a count in between misses its chips, one after it has them again."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    slip = floor.at("13:00").ask(SlipKind.CREDIT, worth(800_000))
    floor.at("13:05").pick_up(slip)
    floor.at("14:00").count(INTERIM, worth(4_200_000))
    floor.at("14:30").void_slip(slip, worth(800_000))
    floor.at("15:00").count(INTERIM, worth(5_000_000))
    assert answer(floor, asked("12:00", "14:10")).before_drop_cents == 0
    assert answer(floor, asked("12:00", "16:00")).before_drop_cents == 0
    assert answer(floor, asked("14:10", "16:00")).before_drop_cents == 0
    assert answer(floor, asked("12:00", "16:00")).credits_total_cents == 0


def _read(floor: Floor, when: str, cents: int, drop: int | None = None) -> Observation:
    return Observation(
        id=number(900),
        casino_id=CASINO,
        table_id=floor.facts.table.id,
        session_id=floor.session().id,
        total_cents=cents,
        chipset=None,
        estimated_drop_cents=drop,
        occurred_at=at(when),
        recorded_at=at(when),
        observed_by=SAM.id,
    )


def test_a_newer_reading_closes_where_asked_and_is_an_estimate() -> None:
    """BASE-3, SNAP-6: never of itself, never before a newer count."""
    floor = Floor()
    floor.at("12:30").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(5_200_000))
    newer = _read(floor, "16:00", 5_300_000, drop=400_000)
    wanted = asked("12:30", close_on=CloseOn.OBSERVATION)
    assert answer(floor, asked("12:30"), newer).closing_source == "count"
    found = answer(floor, wanted, newer)
    assert (found.closing_source, found.closing_bankroll_cents) == ("observation", 5_300_000)
    assert (found.closing_snapshot_id, found.estimated) == (None, True)
    assert (found.drop_source, found.drop_total_cents) == ("telemetry_estimate", 400_000)
    assert found.win_loss_cents == 700_000
    older = replace(newer, occurred_at=at("14:00"))
    assert answer(floor, wanted, older).closing_source == "count"


# -- shifts, edges, and what was in play before ----------------------------------------------------


def test_a_shift_begins_with_its_opener_whenever_that_was_counted() -> None:
    """BASE-2: counted ten minutes into the shift it still stands for its start."""
    floor = Floor()
    floor.at("11:10").opened(worth(5_000_000))
    floor.at("18:50").begin()
    floor.at("19:20").count(CLOSING, worth(5_300_000))
    floor.close()
    dropped(floor, 700_000)
    found = answer(floor, shift(floor))
    assert (found.opening_source, found.coverage_type) == ("snapshot:verified_open", "full")
    assert (found.opening_at, found.closing_at) == (at("11:12"), at("19:20"))
    assert found.win_loss_cents == 1_000_000
    assert found.since is None


def test_counts_of_another_shift_inside_are_left_out() -> None:
    """BASE-2: what the earlier shift counts late is not this one's."""
    floor = Floor()
    floor.at("11:10").opened(worth(5_000_000))
    floor.at("18:50").begin()
    floor.at("19:20").count(CLOSING, worth(5_300_000))
    floor.close()
    floor.at("19:40").opened(worth(5_300_000), shift="SWING")
    assert answer(floor, shift(floor, "SWING")).closing_source is None
    floor.at("22:00").count(INTERIM, worth(5_100_000))
    found = answer(floor, shift(floor, "SWING"))
    assert found.opening_at == at("19:42")
    assert found.before_drop_cents == -200_000


def test_a_shift_with_no_count_of_its_own_says_since_when() -> None:
    """BASE-6: play from before the start is in it, so it is not added up with others."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("14:02").count(INTERIM, worth(5_100_000))
    floor.at("21:00").count(INTERIM, worth(5_400_000))
    found = answer(floor, asked("19:00", "23:00"))
    assert (found.since, found.opening_source) == (at("14:02"), "snapshot:prior_count")
    assert not found.adds_up
    closed = Floor()
    closed.at("11:30").opened(worth(5_000_000))
    closed.at("14:00").closed(worth(5_100_000))
    assert answer(closed, asked("19:00", "23:00")).since is None


# -- the drop --------------------------------------------------------------------------------------


def test_the_drop_of_a_session_that_reaches_out_is_unknown() -> None:
    """BASE-5: half a session has no counted drop; the tray's change is given by its own name."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(5_200_000))
    floor.at("18:00").closed(worth(5_500_000))
    dropped(floor, 600_000)
    half = answer(floor, asked("11:32", "16:00"))
    assert (half.before_drop_cents, half.drop_total_cents, half.win_loss_cents) == (
        200_000,
        None,
        None,
    )
    assert "SESSION_REACHES_OUT" in half.reasons
    whole = answer(floor, asked("11:40", "19:00"))
    assert (whole.drop_source, whole.win_loss_cents) == ("counted", 1_100_000)


def test_a_box_not_counted_yet_leaves_the_result_unknown() -> None:
    """BASE-5, LESSON-2: with the reasons of the rundown."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("18:00").closed(worth(5_500_000))
    found = answer(floor, asked())
    assert (found.win_loss_cents, found.before_drop_cents) == (None, 500_000)
    assert "BOXES_OUTSTANDING" in found.reasons
    floor.remove()
    assert "COUNT_PENDING" in answer(floor, asked()).reasons


def test_a_drop_shared_with_a_session_outside_is_nobody_s() -> None:
    """BASE-5, BOX-6: the group's drop enters where the whole group lies inside."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("15:00").roll_over(worth(5_100_000))
    floor.at("18:00").closed(worth(5_300_000))
    dropped(floor, 900_000)
    first = answer(floor, asked("11:31", "15:00"))
    assert (first.win_loss_cents, first.before_drop_cents) == (None, 100_000)
    assert "DROP_SHARED" in first.reasons
    both = answer(floor, asked("11:40", "19:00"))
    assert both.win_loss_cents == 300_000 + 900_000


def test_no_play_drops_nothing() -> None:
    """BASE-5: between two counts with no session in play no box took anything."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("13:00").closed(worth(5_100_000))
    floor.remove(RemovalType.SCHEDULED, replacement="B")
    floor.at("15:00").opened(worth(5_100_000))
    found = answer(floor, asked("13:30", "15:10"))
    assert (found.drop_source, found.win_loss_cents, found.in_play) == ("no_play", 0, True)
    assert not answer(floor, asked("13:30", "14:30")).in_play


def test_a_pick_up_that_was_not_recorded_yet_was_not_known() -> None:
    """RUN-9: the request was known, the chips that had left were not."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    slip = floor.at("13:00").ask(SlipKind.CREDIT, worth(800_000))
    floor.at("13:05").recorded_late(minutes=120)
    floor.pick_up(slip)
    floor.recorded_late(minutes=0)
    floor.at("14:00").count(INTERIM, worth(4_200_000))
    known = known_at(floor.facts, at("14:30"), lived={})
    then = win_loss(replace(seen(floor), facts=known), asked())
    assert (then.credits_total_cents, then.before_drop_cents) == (0, -800_000)
    assert answer(floor, asked()).before_drop_cents == 0


def test_a_box_taken_off_later_was_still_on() -> None:
    """RUN-9: with the reason that held then."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("15:00").closed(worth(5_100_000))
    floor.at("16:00").remove()
    known = known_at(floor.facts, at("15:30"), lived={})
    assert "BOXES_OUTSTANDING" in win_loss(replace(seen(floor), facts=known), asked()).reasons
    assert "BOXES_OUTSTANDING" not in answer(floor, asked()).reasons
    assert known.mounts[0].taken_off_at is None
    assert floor.facts.mounts[0].taken_off_at is not None


def test_par_edited_later_moves_nothing_that_was() -> None:
    """BASE-7, LESSON-12: the window takes the par it is given, which is that of its own day."""
    floor = Floor(par_cents=PAR)
    floor.at("13:00").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(5_200_000))
    before = answer(floor, asked())
    later = replace(
        floor.policies[0],
        id=number(77),
        par_total_cents=9_900_000,
        effective_from_gaming_day=FOUNDING_DAY + timedelta(days=90),
    )
    floor.policies.append(later)
    assert answer(floor, asked()) == before
