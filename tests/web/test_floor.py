"""The floor: what stands on every table, and what is unknown there."""

from uuid import UUID

import pytest

from tablebank.domain.credentials import SessionCredential
from tablebank.queries.doors import reading
from tablebank.queries.floor import FloorRow, floor
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, Person, found
from tests.say import dollars, moment, worth
from tests.web.browser import Page, browser_of
from tests.web.test_statements import counted


def card(person: Person, table: AtTable) -> Page:
    """The floor with this one table on it, as a person sees it."""
    page = browser_of(person).get(f"/floor?find={table.code}")
    assert page.status == 200
    return page.says(table.code)


def row_of(table: AtTable) -> FloorRow:
    """The row behind the card."""
    credential = SessionCredential(
        casino_id=table.casino.founded.id, staff_id=UUID(table.casino.sam.id), device="a browser"
    )
    with reading(credential, at=moment("06:00")) as view:
        rows = floor(view.cursor, view.house, now=view.now)
    return next(row for row in rows if str(row.id) == table.id)


def test_a_table_never_opened_has_no_result_and_no_count(table: AtTable) -> None:
    """Neither is a zero (LESSON-2)."""
    card(table.casino.sam, table).says("No session", "N/A No session yet", "not set")
    row = row_of(table)
    assert (row.table_win_cents, row.expected_tray_cents, row.last_count) == (None, None, None)
    assert (row.par_total_cents, row.need_now_cents, row.before_drop_cents) == (None, None, None)


def test_the_words_follow_the_session(table: AtTable) -> None:
    sam = table.casino.sam
    table.prepare()
    card(sam, table).says("Ready to open", "N/A Not open yet", "Open table")
    table.open()
    card(sam, table).says("Opening count", "N/A Opening count required", "Record opening count")
    table.count("OPENING", TRAY)
    card(sam, table).says("In play", "N/A Not closed yet", "Last count $3,200")
    table.closing()
    card(sam, table).says("Rundown", "N/A Closing count required", "Record closing count")
    table.count("CLOSING", TRAY)
    card(sam, table).says("Close session")
    table.casino.sam.post(f"{table.path}/close", at=table.when(None)).must(200)
    card(sam, table).says("Closed", "N/A Pending count", "Tray change $0 (not a result)")
    table.drop()
    table.custody()
    table.soft_count(dollars("1,250.50"))
    card(sam, table).says("$1,250.50").says_not("N/A", "Tray change")


def test_a_session_closed_without_a_count_stays_unknown(live: AtTable) -> None:
    """A true win is never shown wrong for want of a count (LESSON-1, CLOSE-2)."""
    live.force_close()
    card(live.casino.sam, live).says("N/A Closing count missing").says_not("$0")
    assert row_of(live).table_win_cents is None


def test_chips_on_the_way_are_seen_with_who_carries_them(live: AtTable) -> None:
    """SLIP-10, FIL-20: per slip, who carries them, since when, how much;
    requests that wait (SLIP-7).
    """
    fill = live.issue(live.ask_fill("20 black"))
    live.ask_credit("20 green")
    page = card(live.casino.sam, live)
    page.says(f"Fill {fill['number']} $2,000 ·", "Rory Reid", "in transit $2,000 (1)")
    page.says("Credit requested $500")
    row = row_of(live)
    assert row.in_transit_cents == dollars("2,000")
    assert [each.runner for each in row.slips_in_transit] == ["Rory Reid"]
    assert [each.total_cents for each in row.requests_waiting] == [dollars("500")]


def test_the_floor_and_the_session_say_the_same(live: AtTable) -> None:
    """One figure, not three (LESSON-13): expected tray and need come out alike at both doors."""
    casino = live.casino
    policy = {"table_id": live.id, "par_total_cents": 0, "effective_from_gaming_day": "2026-03-03"}
    casino.pat.post("/par-policies", {**policy, "par_total_cents": dollars("9,000")}, at=casino.now)
    live.fill("20 black")
    live.pick_up(live.ask_credit("20 green"))
    session, row = live.session(), row_of(live)
    expected = worth(TRAY) + dollars("2,000") - dollars("500")
    assert row.expected_tray_cents == session["expected_tray_cents"] == expected
    assert row.need_now_cents == session["need_now_cents"]
    assert (str(row.session_id), str(row.live_session_id)) == (live.session_id, live.session_id)
    live.count("INTERIM", "10 black")
    assert row_of(live).expected_tray_cents == live.session()["expected_tray_cents"]


def test_a_closed_session_shows_what_its_rundown_says(live: AtTable) -> None:
    live.fill("10 black")
    live.close("40 red, 40 green, 22 black")
    live.drop()
    live.custody()
    live.soft_count(dollars("2,000"))
    rundown, row = live.rundown(), row_of(live)
    assert row.table_win_cents == rundown["table_win_cents"] == dollars("1,200")
    assert row.before_drop_cents == rundown["before_drop_cents"] == dollars("-800")
    assert row.rundown_state == rundown["state"] == "complete"


def test_a_member_of_a_drop_group_has_no_result_of_its_own(live: AtTable) -> None:
    """BOX-6."""
    live.roll_over()
    live.close()
    live.drop()
    live.custody()
    live.soft_count(dollars("4,000"))
    page = card(live.casino.sam, live).says("N/A Shared drop: see the group")
    page.says_not("$4,000")
    assert row_of(live).group_id is not None


def test_the_target_of_a_table_is_the_policy_in_force(table: AtTable) -> None:
    """PAR-2; before the first session a policy may take effect at once (PAR-3)."""
    casino = table.casino
    asked = {
        "table_id": table.id,
        "par_total_cents": dollars("50,000"),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", asked, at=casino.now).must(201)
    card(casino.sam, table).says("○ Target need (par) $50,000")
    assert row_of(table).par_total_cents == dollars("50,000")


@pytest.mark.parametrize("name", ["sam", "pat", "cam", "ana", "art"])
def test_who_answers_for_exceptions_sees_them(live: AtTable, name: str) -> None:
    live.force_close()
    card(live.casino.person(name), live).says("1 exception")


@pytest.mark.parametrize("name", ["dana", "casey", "rory", "dora", "tina", "sol", "ada"])
def test_others_do_not(live: AtTable, name: str) -> None:
    live.force_close()
    page = card(live.casino.person(name), live).says_not("1 exception")
    assert row_of(live).open_exceptions == 1
    assert browser_of(live.casino.person(name)).get(live.path).says_not("Exceptions").status == 200
    assert page.status == 200


def test_only_who_may_is_offered_the_next_step(table: AtTable) -> None:
    casino = table.casino
    card(casino.sam, table).says("Prepare session")
    card(casino.casey, table).says_not("Prepare session")
    table.open()
    card(casino.dana, table).says("Record opening count")
    card(casino.casey, table).says("Opening count required").says_not("Record opening count")


def test_a_table_is_found_by_name_and_pit() -> None:
    casino = found()
    first = a_table(casino, code="BJ-01", pit="Pit 1")
    a_table(casino, code="RO-07", pit="Pit 2", game_type="ROULETTE")
    browser = browser_of(casino.sam)
    browser.get("/floor").says("BJ-01", "RO-07", "Pit 1", "Pit 2")
    browser.get("/floor?find=roul").says("RO-07").says_not("BJ-01")
    browser.get("/floor?pit=Pit+1").says("BJ-01").says_not("RO-07")
    browser.get("/floor?find=nothing").says("No table is like that.")
    part = browser.get("/floor/tables?find=bj", **{"HX-Request": "true"})
    assert part.says(first.code).status == 200
    assert "<html" not in part.html


def test_nothing_of_the_casino_next_door_is_on_the_floor(casino: Casino, next_door: Casino) -> None:
    """TEN-1."""
    theirs = a_table(next_door, code="ZZ-99")
    browser = browser_of(casino.sam)
    browser.get("/floor").says_not("ZZ-99")
    assert browser.get(f"/tables/{theirs.id}").status == 404


def test_a_simulated_casino_says_demo_on_every_page_and_a_real_one_never(live: AtTable) -> None:
    """TIME-5."""
    browser = browser_of(live.casino.sam)
    nowhere = "/sessions/00000000-0000-7000-8000-000000000000"
    for path in ("/floor", live.path, f"/tables/{live.id}", f"{live.path}/do/close", nowhere):
        browser.get(path).says("DEMO")
    real = found(simulated=False)
    browser_of(real.sam).get("/floor").says_not("DEMO")


def test_a_result_is_worked_out_again_when_anything_was_written_about_its_table(
    live: AtTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RUN-1, LESSON-17: what was kept of a closed session is never older than its last entry."""
    live.close("40 red, 40 green, 22 black")
    live.drop()
    live.custody()
    assert row_of(live).table_win_cents is None
    with counted(monkeypatch) as first:
        row_of(live)
    assert not [each for each in first if "with recursive" in each]
    live.soft_count(dollars("2,000"))
    with counted(monkeypatch) as second:
        assert row_of(live).table_win_cents == dollars("2,200")
    assert [each for each in second if "with recursive" in each]
