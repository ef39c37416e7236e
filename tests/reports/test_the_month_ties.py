"""Over a whole month every report ties to the rundowns, slips and boxes it is made of."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.reports.by_hand import ByHand, Json, Result, by, days_from, known, only, place_of, sums
from tests.reports.month import APRIL, FEBRUARY, FIRST, LAST, march

PITS = ("PIT 1", "PIT 2")
DAYS = days_from(FEBRUARY, APRIL)
VERIFIED = ("VERIFIED_AT_TABLE", "VERIFIED_AT_CAGE", "DEPOSITED_IN_DROPBOX")
ON_THE_WAY = ("REQUESTED", "ISSUED", "PICKED_UP")


def asked(hand: ByHand, *, shifts: bool = True) -> Iterator[tuple[date, dict[str, str]]]:
    """Every gaming day, whole, by pit and by shift."""
    for day in DAYS:
        yield day, {}
        if not hand.all_of(day, day):
            continue
        for pit in PITS:
            yield day, {"pit": pit}
        for shift in hand.shifts(day) if shifts else ():
            yield day, {"shift_id": shift["id"]}
    if shifts:
        (day, shift) = march(7), hand.shifts(march(7))[2]
        yield day, {"pit": "PIT 1", "shift_id": shift["id"]}


def of(query: dict[str, str]) -> dict[str, str | None]:
    return {"shift": query.get("shift_id"), "pit": query.get("pit")}


# -- the table games summary -----------------------------------------------------------------------


def test_the_summary_is_the_sum_of_rundowns_and_groups(hand: ByHand) -> None:
    """RUN-1, SHIFT-1, BOX-6, LESSON-2, WIN-02: each day, shift, pit; tables,
    games, pits, property.
    """
    for day, query in asked(hand):
        told = hand.report("table-games-summary", day, **query)
        sessions = hand.played(day, day, **of(query))
        results = hand.results(sessions)
        whole = hand.line(sessions, results)
        if told["totals"] is not None:
            assert_row(told["totals"], whole, (day, query, "totals"))
        else:
            assert not sessions
        for table in told["items"]:
            place = table["pit"], table["table_code"], table["game_type"]
            mine = [each for each in sessions if place_of(each) == place]
            its = [each for each in results if each.place == place]
            assert_row(table, hand.line(mine, its), (day, query, place))
            assert (table["win_cents"] is None) == bool(table["reasons"]), (day, query, place)
        for name, at, key in (("by_pit", 0, "pit"), ("by_game", 2, "game_type")):
            rows = told["parts"][name]["items"]
            assert {each[key] for each in sessions} <= {each[key] for each in rows}
            for row in rows:
                mine = [each for each in sessions if each[key] == row[key]]
                its = [each for each in results if each.place[at] == row[key]]
                assert_row(row, hand.line(mine, its), (day, query, name, row[key]))


def assert_row(row: Json, line: Json, where: Any) -> None:
    assert {name: row[name] for name in line} == line, where


def test_month_and_year_to_date_are_their_days(hand: ByHand) -> None:
    """RUN-7, PAR-11, SHIFT-1, STA-02, STA-06: from the first on up to each day; another
    pit's day is not in it.
    """
    for day, query in asked(hand, shifts=False):
        told = hand.report("table-games-summary", day, **query)
        year = hand.results(hand.played(FEBRUARY, day, **of(query)))
        month = hand.results(hand.played(day.replace(day=1), day, **of(query)))
        assert {(each["pit"], each["table_code"]) for each in told["items"]} == {
            each.place[:2] for each in year
        }, (day, query)
        for row in (*told["items"], *([told["totals"]] if told["totals"] else [])):
            code = row["table_code"]
            for prefix, results in (("month_", month), ("year_", year)):
                mine = [
                    each for each in results if code is None or each.place[:2] == (row["pit"], code)
                ]
                assert_row(row, sums(mine, prefix), (day, query, row["pit"], code))
            assert row["year_since_day"] == since(hand, row, date(2026, 1, 1)), (day, code)
            from_first = since(hand, row, day.replace(day=1))
            has_month = any(code is None or each.place[:2] == (row["pit"], code) for each in month)
            assert row["month_since_day"] == (from_first if has_month else None), (day, code)


def since(hand: ByHand, row: Json, first: date) -> str:
    """The later of the first day asked for, and the first one the table was ever in play."""
    every = [
        each["gaming_day"]
        for each in hand.played(FEBRUARY, APRIL)
        if row["table_code"] in (None, each["table_code"])
    ]
    return max(str(first), min(every))


def test_hold_is_that_of_the_summary(hand: ByHand) -> None:
    """RUN-7: the month's hold by table and game, and any stretch of days."""
    for first, last in ((FIRST, LAST), (FEBRUARY, APRIL), (march(5), march(12))):
        told = hand.report("hold", first, to_gaming_day=str(last))
        results = hand.results(hand.played(first, last))
        assert {(each["pit"], each["table_code"], each["game_type"]) for each in told["items"]} == {
            each.place for each in results
        }
        for row in (*told["items"], *told["parts"]["by_game"]["items"]):
            mine = [each for each in results if is_of(each, row)]
            expected = sums(mine)
            del expected["known_win_cents"]
            assert_row(row, expected, (first, row["table_code"], row["game_type"]))
    month = hand.report("hold", FIRST, to_gaming_day=str(LAST))
    summary = hand.report("table-games-summary", LAST)
    for row in month["items"]:
        same = only(summary["items"], table_id=row["table_id"], pit=row["pit"])
        for name in ("win_cents", "drop_cents", "hold_pct", "unknown_results"):
            assert row[name] == same[f"month_{name}"], (row["table_code"], name)


def is_of(result: Result, row: Json) -> bool:
    pit, code, game = result.place
    return game == row["game_type"] and (
        row["table_code"] is None or (pit, code) == (row["pit"], row["table_code"])
    )


def test_a_shifts_rundown_is_its_summary(hand: ByHand) -> None:
    """SHIFT-1: two reports of one shift say one number, and hide the same unknowns."""
    for day in DAYS:
        for shift in hand.shifts(day):
            totals = hand.casino.ana.get(f"/shifts/{shift['id']}/summary").must(200)["totals"]
            row = hand.report("table-games-summary", day, shift_id=shift["id"])["totals"]
            if not hand.played(day, day, shift=shift["id"]):
                assert row is None or row["win_cents"] is None
                assert totals["known_cents"] == 0
                continue
            assert row is not None
            assert totals["win_cents"] == row["win_cents"], (day, shift["code"])
            assert totals["known_cents"] == (row["known_win_cents"] or 0), (day, shift["code"])


# -- slips and boxes -------------------------------------------------------------------------------


def test_the_log_of_slips_is_the_slips(hand: ByHand) -> None:
    """CRD-10, SLIP-4: of each kind what was verified, is on its way, was voided; never netted."""
    for day, query in asked(hand):
        sessions = hand.all_of(day, day, **of(query))
        slips = [slip for each in sessions for slip in hand.slips[each["id"]]]
        told = hand.report("fill-and-credit-log", day, **query)
        assert Counter(each["slip_id"] for each in told["items"]) == Counter(
            each["id"] for each in slips
        ), (day, query)
        kinds = told["parts"]["by_kind"]["items"]
        assert {each["kind"] for each in kinds} == {each["kind"] for each in slips}
        summary = hand.report("table-games-summary", day, **query)["totals"]
        for row in kinds:
            mine = [each for each in slips if each["kind"] == row["kind"]]
            verified = [each["total_cents"] for each in mine if each["status"] in VERIFIED]
            going = [each["total_cents"] for each in mine if each["status"] in ON_THE_WAY]
            assert (row["slips"], row["verified"], row["verified_cents"]) == (
                len(mine),
                len(verified),
                sum(verified),
            )
            assert (row["on_the_way"], row["on_the_way_cents"]) == (len(going), sum(going))
            for name in ("voided", "cancelled"):
                assert row[name] == sum(each["status"] == name.upper() for each in mine)
            entered = summary["fills_cents" if row["kind"] == "FILL" else "credits_cents"]
            assert entered in (None, row["verified_cents"]), (day, query, row["kind"])
            assert entered is not None or going, "unknown only because of a slip on its way"


def test_the_void_report_is_what_was_voided(hand: ByHand) -> None:
    """FIL-16, SESS-7: every voided slip and session of the days, and nothing else."""
    for day, query in asked(hand):
        sessions = hand.all_of(day, day, **of(query))
        told = hand.report("void-report", day, **query)
        voided = [
            (slip["number"], slip["total_cents"])
            for each in sessions
            for slip in hand.slips[each["id"]]
            if slip["status"] == "VOIDED"
        ]
        assert sorted((each["number"], each["total_cents"]) for each in told["items"]) == sorted(
            voided
        )
        assert {each["session_id"] for each in told["parts"]["sessions"]["items"]} == {
            each["id"] for each in sessions if each["phase"] == "VOIDED"
        }
    month = hand.report("void-report", FIRST, to_gaming_day=str(LAST))
    assert len(month["items"]) == len(month["parts"]["sessions"]["items"]) == 1


def test_the_drop_log_is_what_was_counted(hand: ByHand) -> None:
    """BOX-1, LESSON-2: every box, counted or not; what is known of the drop is the summary's."""
    for day, query in asked(hand):
        sessions = hand.all_of(day, day, **of(query))
        counted = [cents for each in sessions for cents in hand.counted(each)]
        told = hand.report("drop-log", day, **query)
        assert Counter(each["drop_cents"] for each in told["items"]) == Counter(counted)
        assert len(told["parts"]["sums"]["items"]) == bool(counted)
        for row in told["parts"]["sums"]["items"]:
            assert (row["boxes"], row["not_counted"]) == (len(counted), counted.count(None))
            assert row["known_drop_cents"] == known(counted)
            assert row["drop_cents"] == (None if None in counted else sum(filter(None, counted)))
        summary = hand.report("table-games-summary", day, **query)["totals"]
        if summary is not None and summary["drop_cents"] is not None:
            assert summary["drop_cents"] == sum(filter(None, counted)), (day, query)


# -- what else there is to tell --------------------------------------------------------------------


def test_opened_and_not_opened_are_all_tables(hand: ByHand) -> None:
    """INV-07, SESS-3, INV-14: in every shift of the month each table is in one of
    the two, in its pit.
    """
    tables = {each["code"] for each in hand.casino.ana.all_of("/tables")}
    for day in DAYS:
        told = hand.report("tables-not-opened", day)["items"]
        for shift in hand.shifts(day):
            opened = {each["table_code"] for each in hand.played(day, day, shift=shift["id"])}
            shut = [each for each in told if each["shift_code"] == shift["code"]]
            if day == APRIL and shift["code"] != "DAY":
                assert not shut, "it has not begun"
                continue
            assert sorted([*opened, *(each["table_code"] for each in shut)]) == sorted(tables), day
            for each in shut:
                moved = each["table_code"] == "RL-1" and day >= march(25)
                pit = "PIT 1" if each["table_code"].endswith("1") and not moved else "PIT 2"
                assert each["pit"] == pit, (day, each["table_code"])
    lapsed = only(hand.report("tables-not-opened", LAST)["items"], not_opened="LAPSED")
    assert lapsed["table_code"] == "RL-1"


def test_restatements_are_the_amended_reports(hand: ByHand) -> None:
    """RUN-6, WIN-08: every revision after the first, by the day it is of and
    the day it was made on.
    """
    every: dict[str, Json] = {}
    for session in hand.played(FEBRUARY, APRIL):
        for one in hand.casino.ana.get(f"/sessions/{session['id']}/reports").must(200)["items"]:
            every[one["id"]] = one
    amended = [each for each in every.values() if each["revision"] > 1]
    assert len(amended) == 3
    told = hand.report("restatements", FIRST, to_gaming_day=str(LAST))["items"]
    assert Counter(each["content_sha256"] for each in told) == Counter(
        each["content_sha256"] for each in amended
    )
    for row in told:
        now = only(amended, content_sha256=row["content_sha256"])
        (replaced,) = now["content"]["amends"]["replaces"]
        was = every[replaced["id"]]["content"]["rundown"]["table_win_cents"]
        win = now["content"]["rundown"]["table_win_cents"]
        assert (row["win_before_cents"], row["win_after_cents"]) == (was, win)
        assert row["change_cents"] == (None if was is None else win - was)
        standing = hand.groups.get(row["session_id"]) or hand.rundowns[row["session_id"]]
        assert standing["table_win_cents"] == win, "the figures everywhere else are these"
    for day, number in ((march(12), 2), (march(14), 2), (march(13), 0), (march(20), 1)):
        assert len(hand.report("restatements", day)["items"]) == number, day


def test_the_report_of_exceptions_is_the_list_of_them(hand: ByHand) -> None:
    """FIND-1, EXC-03: on each day those that were raised by its end and not
    over before its start.
    """
    every = hand.casino.ana.all_of("/exceptions")
    assert {each["kind"] for each in every} >= {"COUNT_VARIANCE", "SLIP_UNSETTLED"}
    by_session = {each["id"]: each for each in hand.sessions}
    for day in DAYS:
        shifts = hand.shifts(day)
        starts, ends = shifts[0]["starts_at"], shifts[-1]["ends_at"]
        standing = [
            each
            for each in every
            if each["raised_at"] < ends
            and (each["resolved_at"] or each["cleared_at"] or ends) >= starts
        ]
        for pit in (None, *PITS):
            told = hand.report("exceptions", day, **({"pit": pit} if pit else {}))
            mine = [
                each for each in standing if pit in (None, by_session[each["session_id"]]["pit"])
            ]
            assert {each["exception_id"] for each in told["items"]} == {
                each["id"] for each in mine
            }, day
            counts = {
                each["exception_status"]: each["exceptions"]
                for each in told["parts"]["by_status"]["items"]
            }
            assert counts == {
                status: len(some) for status, some in by(mine, lambda each: each["status"]).items()
            }


def test_the_month_has_everything_in_it(hand: ByHand) -> None:
    """What the tests above hold is only worth as much as the month they hold it over."""
    assert len({each["gaming_day"] for each in hand.sessions}) >= 12
    assert {each["phase"] for each in hand.sessions} >= {
        *("READY_TO_OPEN", "OPEN", "CLOSED", "FINALIZED", "VOIDED")
    }
    (short,) = [each for each in hand.shifts(march(7)) if each["code"] == "GRAVE"]
    night = [each for each in hand.sessions if each["shift_id"] == short["id"]]
    assert len(night) == 2
    assert short["starts_at"][:10] == "2026-03-08"
    states = Counter(each["state"] for each in hand.rundowns.values())
    assert {"complete", "pending_count", "missing_closing", "provisional", "voided"} <= set(states)
    assert states["shared_drop"] >= 10
    closed = [day for day in DAYS if hand.asked(f"/gaming-days/{day}")["status"] == "CLOSED"]
    assert closed == [FIRST, march(12)]
    days = {each["gaming_day"] for each in hand.played(FIRST, LAST)}
    months = [hand.report("table-games-summary", LAST)["items"]]
    known_tables = [each for each in months[0] if each["month_win_cents"] is not None]
    assert known_tables, "some table's month is known whole"
    assert timedelta(days=1) * len(days) < LAST - FIRST, "no table plays every day"
