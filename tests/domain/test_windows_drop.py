"""Window win/loss: which drop it takes, counted, estimated or unknown (BASE-5)."""

from datetime import timedelta

from tablebank.domain.buy_ins import BuyIn, BuyInKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import CloseOn, Window, WinLoss
from tablebank.domain.windows.totals import totals_of
from tablebank.domain.windows.win_loss import win_loss
from tests.domain.cast import SAM, worth
from tests.domain.floor import INTERIM, Floor
from tests.domain.founding import CASINO, number
from tests.domain.windows import asked, at, seen


def noted(floor: Floor, when: str, cents: int, *, instead: BuyIn | None = None) -> BuyIn:
    """A buy-in at the live session, or in place of one."""
    return BuyIn(
        id=number(700 + cents % 97 + (1 if instead else 0)),
        casino_id=CASINO,
        table_id=floor.facts.table.id,
        session_id=floor.session().id,
        kind=BuyInKind.CASH,
        amount_cents=cents,
        occurred_at=at(when),
        recorded_at=at(when),
        noted_by=SAM.id,
        supersedes=instead.id if instead else None,
        reason="a zero too many" if instead else None,
    )


def read(floor: Floor, when: str, cents: int, drop: int | None) -> Observation:
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


def told(
    floor: Floor, window: Window, *observations: Observation, buy_ins: tuple[BuyIn, ...] = ()
) -> WinLoss:
    table = seen(floor, *observations)
    return win_loss(type(table)(**{**_fields(table), "buy_ins": buy_ins}), window)


def _fields(table: object) -> dict[str, object]:
    return {name: getattr(table, name) for name in ("facts", "par", "observations")}


def test_buy_ins_between_the_two_ends_are_the_estimate() -> None:
    """BASE-5: after the baseline and up to the closing; what came later is of the next window."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(4_900_000))
    floor.at("18:00").count(INTERIM, worth(4_700_000))
    buys = tuple(
        noted(floor, when, cents)
        for when, cents in (("13:00", 10_000), ("15:00", 20_001), ("16:00", 40_002))
    )
    found = told(floor, asked("12:00", "15:30"), buy_ins=buys)
    assert (found.drop_total_cents, found.drop_source) == (30_001, "telemetry_estimate")
    assert (found.win_loss_cents, found.estimated) == (30_001 - 100_000, True)
    assert found.reasons[-1] == "SESSION_REACHES_OUT", "it says why it is not counted"
    found = told(floor, asked("15:00", "18:30"), buy_ins=buys)
    assert found.drop_total_cents == 40_002


def test_none_noted_is_unknown_and_not_nothing() -> None:
    """LESSON-2, 0059: nobody may have been noting; a buy-in that was taken back is none."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(4_900_000))
    wrong = noted(floor, "13:00", 500_000)
    for buys in ((), (wrong, noted(floor, "13:00", 0, instead=wrong))):
        found = told(floor, asked("12:00", "15:30"), buy_ins=buys)
        assert (found.drop_total_cents, found.drop_source) == (None, None)
        assert (found.win_loss_cents, found.estimated) == (None, False)
    right = noted(floor, "13:00", 50_000, instead=wrong)
    assert told(floor, asked("12:00", "15:30"), buy_ins=(wrong, right)).drop_total_cents == 50_000


def test_a_buy_in_in_the_opener_s_own_minute_is_after_it() -> None:
    """BASE-5: a session's buy-ins cannot come before its opener; a count's may."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    opened_at = floor.snapshots(floor.session().id)[0].occurred_at
    first = noted(floor, f"{opened_at:%H:%M}", 10_000)
    assert first.occurred_at == opened_at
    floor.at("15:00").count(INTERIM, worth(4_900_000))
    window = Window(start=opened_at, end=at("16:00"))
    assert told(floor, window, buy_ins=(first,)).drop_total_cents == 10_000


def test_counted_always_wins() -> None:
    """BASE-5: whatever was noted or read; and group by group, where another is still to count."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    one = noted(floor, "12:30", 111_000)
    floor.at("13:00").closed(worth(5_000_000))
    floor.count_box(floor.at("13:05").remove(replacement="B"), 100_000)
    found = told(floor, asked("11:00", "13:30"), buy_ins=(one,))
    assert (found.drop_total_cents, found.drop_source) == (100_000, "counted")
    assert (found.estimated, found.reasons) == (False, ("NO_COUNT_BEFORE", "NO_PAR_IN_FORCE"))
    floor.at("14:00").opened(worth(5_000_000))
    two = noted(floor, "14:30", 70_000)
    floor.at("15:00").count(INTERIM, worth(5_000_000))
    whole = Window(start=floor.snapshots(one.session_id)[0].occurred_at, end=at("15:30"))
    found = told(floor, whole, buy_ins=(one, two))
    assert (found.drop_total_cents, found.drop_source) == (170_000, "telemetry_estimate")
    assert told(floor, whole, buy_ins=(one,)).drop_total_cents is None


def test_what_was_noted_goes_before_what_was_read() -> None:
    """0059: a tally of signed facts before a look at a closed box."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    eye = read(floor, "16:00", 5_100_000, 400_000)
    window = asked("12:01", "17:00", close_on=CloseOn.OBSERVATION)
    assert told(floor, window, eye).drop_total_cents == 400_000
    buys = (noted(floor, "13:00", 300_000),)
    assert told(floor, window, eye, buy_ins=buys).drop_total_cents == 300_000


def test_a_reading_is_of_the_box_since_it_was_mounted() -> None:
    """SNAP-6, BASE-5: it tells a window's drop only where the box served nothing before it."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    floor.at("14:00").count(INTERIM, worth(5_000_000))
    window = asked("14:30", "17:00", close_on=CloseOn.OBSERVATION)
    inside = read(floor, "16:00", 5_100_000, 400_000)
    assert told(floor, window, inside).drop_total_cents is None, "the box was there before 14:00"
    floor.at("16:30").roll_over(worth(5_000_000))
    later = read(floor, "18:00", 5_100_000, 600_000)
    rolled = floor.snapshots(floor.session().id)[0].occurred_at
    after_it = Window(start=rolled, end=at("19:00"), close_on=CloseOn.OBSERVATION)
    assert told(floor, after_it, later).drop_total_cents is None, "the same box served both"
    whole = Window(start=at("12:03"), end=at("19:00"), close_on=CloseOn.OBSERVATION)
    assert told(floor, whole, later).drop_total_cents == 600_000


def test_an_older_reading_tells_no_drop_of_a_later_count() -> None:
    """0059: what the box held an hour before the closing is not what it took until then."""
    floor = Floor()
    floor.at("12:00").opened(worth(5_000_000))
    eye = read(floor, "14:00", 5_100_000, 400_000)
    floor.at("15:00").count(INTERIM, worth(4_800_000))
    found = told(floor, asked("12:01", "17:00", close_on=CloseOn.OBSERVATION), eye)
    assert (found.closing_source, found.drop_total_cents) == ("count", None)


def test_a_sum_says_how_much_of_it_is_estimated() -> None:
    """BASE-8, LESSON-2: known results that rest on an estimate, and drops that are one."""
    counted, guessed = Floor(), Floor()
    for floor in (counted, guessed):
        floor.at("12:00").opened(worth(5_000_000))
    buy = noted(guessed, "13:00", 50_000)
    for floor in (counted, guessed):
        floor.at("15:00").closed(worth(5_000_000))
    counted.count_box(counted.at("15:10").remove(), 60_000)
    start = counted.snapshots(counted.facts.sessions[0].id)[0].occurred_at
    window = Window(start=start, end=start + timedelta(hours=5))
    totals = totals_of([told(counted, window), told(guessed, window, buy_ins=(buy,))])
    assert (totals.win_loss_cents, totals.known, totals.estimated) == (110_000, 2, 1)
    assert (totals.drop_total_cents, totals.drops_estimated) == (110_000, 1)


def test_hold_is_sum_over_sum_and_of_an_unknown_none() -> None:
    """RUN-7, LESSON-2: never a mean of percentages; of the known ones it is said to be that."""
    big, small, open_yet = Floor(), Floor(), Floor()
    for floor, tray, cents in ((big, 5_080_000, 900_000), (small, 4_990_000, 100_000)):
        floor.at("12:00").opened(worth(5_000_000))
        floor.at("15:00").closed(worth(tray))
        floor.count_box(floor.at("15:10").remove(), cents)
    open_yet.at("12:00").opened(worth(5_000_000))
    start = big.snapshots(big.facts.sessions[0].id)[0].occurred_at
    window = Window(start=start, end=start + timedelta(hours=5))
    known = [told(big, window), told(small, window)]
    totals = totals_of(known)
    assert (totals.win_loss_cents, totals.drop_total_cents) == (1_070_000, 1_000_000)
    assert (totals.hold_pct, totals.known_hold_pct) == ("107.00", "107.00")
    totals = totals_of([*known, told(open_yet, window)])
    assert (totals.hold_pct, totals.known_hold_pct) == (None, "107.00")
    assert totals_of([]).known_hold_pct is None
