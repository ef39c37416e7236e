"""Target needs on their pages: set whole, for a table, a game or the casino; and their history."""

from typing import Any

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino
from tests.say import chips, dollars, worth
from tests.web.browser import Browser, Page, browser_of

TODAY, TOMORROW, LATER = "2026-03-02", "2026-03-03", "2026-03-09"
SHARED = "/settings/do/set-shared-target-need"
HISTORY = "/target-needs/history"


def _own(table: AtTable) -> str:
    return f"/settings/do/set-target-need/{table.id}"


def _rows(casino: Casino, **query: str) -> list[dict[str, Any]]:
    return casino.sam.all_of("/par-policies", **query)


def _seen(browser: Browser, **query: str) -> Page:
    asked = "&".join(f"{name.rstrip('_')}={value}" for name, value in query.items())
    page = browser.get(f"{HISTORY}?{asked}")
    assert page.status == 200
    return page


# -- setting one -----------------------------------------------------------------------------------


def test_a_target_is_set_whole_for_a_table(own: Casino) -> None:
    """PAR-1: mode, chips, how steady it is, pain points, why and from when, on one form."""
    table = a_table(own)
    typed = {
        "target_chipset:10000": "20",
        "target_chipset:2500": "40",
        "amount:target_chipset:500": "200.00",
        "effective_from_gaming_day": TOMORROW,
        "table_bank_mode": "IMPREST_TO_PAR",
        "stability": "day_or_shift_dependent",
        "pain_points": "green runs out on Fridays",
        "notes": "as the cage keeps it",
    }
    page = browser_of(own.pat).fill_in(_own(table), typed)
    page.says("The target need is set.", "○ $3,200")
    (row,) = _rows(own, table_id=table.id)
    assert row["target_chipset"] == chips("20 black, 40 green, 40 red")
    assert row["par_total_cents"] == worth("20 black, 40 green, 40 red"), "what its chips come to"
    told = ("table_bank_mode", "stability", "pain_points", "notes", "effective_from_gaming_day")
    assert {name: row[name] for name in told} == {name: typed[name] for name in told}
    form = browser_of(own.pat).get(_own(table)).form
    assert form.values["par_total_cents"] == "", "it holds from tomorrow; today none does"


def test_a_form_shows_what_stands_so_that_nothing_is_lost(own: Casino) -> None:
    """PAR-2: a row decides whole; changing the amount of one keeps its mode and what was told."""
    table = a_table(own)
    told = {"table_bank_mode": "IMPREST_TO_PAR", "stability": "stable", "pain_points": "events"}
    asked = {"game_type": "BLACKJACK", "par_total_cents": 100_000, **told}
    first = {**asked, "effective_from_gaming_day": TODAY, "notes": "at first"}
    own.pat.post("/par-policies", first, at=own.now).must(201)
    page = browser_of(own.pat).fill_in(_own(table), {"par_total_cents": "2,000"})
    page.says("The target need is set.")
    (row,) = _rows(own, table_id=table.id)
    assert {name: row[name] for name in told} == told
    assert (row["par_total_cents"], row["notes"]) == (200_000, None), "an old reason is no new one"


@pytest.mark.parametrize(
    ("whom", "stored"), [("the-casino", None), ("ROULETTE", "ROULETTE"), ("CRAPS", "CRAPS")]
)
def test_a_target_is_set_for_a_game_or_the_casino(
    own: Casino, whom: str, stored: str | None
) -> None:
    """PAR-1, PAR-2, LESSON-21: every level can be set on a page."""
    table = a_table(own, game_type="ROULETTE")
    typed = {"game_type": whom, "par_total_cents": "50,000", "effective_from_gaming_day": TOMORROW}
    browser_of(own.cam).fill_in(SHARED, typed).says("The target need is set.")
    (row,) = _rows(own)
    assert (row["table_id"], row["game_type"]) == (None, stored)
    par = own.sam.get(f"/tables/{table.id}/par", gaming_day=TOMORROW).must(200)
    assert par["par_total_cents"] == (None if whom == "CRAPS" else 5_000_000)


def test_who_may_not_approve_proposes_for_many_too(own: Casino) -> None:
    """PAR-4: a supervisor's is a proposal, and is in the list to decide."""
    typed = {"game_type": "the-casino", "par_total_cents": "50,000"}
    page = browser_of(own.sam).fill_in(SHARED, typed)
    page.says("It is a proposal until a pit manager or a cage manager approves it.")
    page.says("Proposed", "The casino", "○ $50,000")
    assert _rows(own) == []
    assert browser_of(own.dana).get(SHARED).status == 403


def test_no_target_is_said_and_never_an_empty_field(own: Casino) -> None:
    """PAR-2, PAR-6, LESSON-2: none is a decision; what was left empty is asked for."""
    table = a_table(own)
    pat = browser_of(own.pat)
    empty = pat.fill_in(_own(table), {"par_total_cents": ""})
    assert empty.says("Target need (par) is missing.").status == 422
    both = pat.fill_in(_own(table), {"par_total_cents": "5", "no_target": "yes"})
    assert both.says("Either a target or none: empty the others.").status == 422
    assert _rows(own) == []
    done = pat.fill_in(_own(table), {"no_target": "yes", "notes": "the salon plays without"})
    done.says("The target need is set.")
    (row,) = _rows(own, table_id=table.id)
    assert row["par_total_cents"] is None
    _seen(pat, for_=table.id, day=TOMORROW).says("Target need not configured", "“the salon")


def test_chips_that_do_not_make_the_target_are_refused_beside_them(own: Casino) -> None:
    """CHIP-3: and everything typed is still there."""
    table = a_table(own)
    typed = {"par_total_cents": "9,999", "target_chipset:10000": "20", "pain_points": "none"}
    page = browser_of(own.pat).fill_in(_own(table), typed)
    assert page.says("The target chips do not add up to the need.").status == 422
    assert page.form.values["target_chipset:10000"] == "20"
    assert page.form.values["pain_points"] == "none"
    wrong = browser_of(own.pat).fill_in(_own(table), {"target_chipset:10000": "many"})
    assert wrong.says("A whole number of pieces.").status == 422


def test_chips_are_added_up_without_a_script(own: Casino) -> None:
    """The same sums as the page's own, before anything is sent for good."""
    table = a_table(own)
    typed = {"target_chipset:10000": "20", "add-up": "yes"}
    page = browser_of(own.pat).fill_in(_own(table), typed)
    page.says("Total $2,000")
    assert page.form.values["target_chipset:10000"] == "20"
    assert _rows(own) == []


# -- the history -----------------------------------------------------------------------------------


def _with_history(own: Casino) -> AtTable:
    """Casino $1,000 from today, its game $2,000 and then $2,500, itself $3,000 from later on."""
    table = a_table(own)
    a_table(own, game_type="CRAPS")

    def put(who: str, cents: int, day: str, **more: Any) -> dict[str, Any]:
        asked = {"par_total_cents": cents, "effective_from_gaming_day": day, **more}
        answer: dict[str, Any] = own.person(who).post("/par-policies", asked, at=own.now).must(201)
        return answer

    put("cam", dollars("1,000"), TODAY)
    put("pat", dollars("2,000"), TODAY, game_type="BLACKJACK", table_bank_mode="IMPREST_TO_PAR")
    put("pat", dollars("2,500"), TOMORROW, game_type="BLACKJACK", pain_points="Fridays")
    proposal = put(
        "sam",
        worth("20 black, 40 green"),
        LATER,
        table_id=table.id,
        target_chipset=chips("20 black, 40 green"),
        notes="more fills",
        stability="stable",
    )
    path = f"/par-proposals/{proposal['id']}/approve"
    own.cam.post(path, {"effective_from_gaming_day": LATER}, at=own.now).must(200)
    return table


def test_the_history_says_who_when_why_and_what_it_replaced(own: Casino) -> None:
    """PAR-1: across all levels, the latest first: for whom, target and the one before, mode, from
    when, who recorded and who approved, where it came from, what was told of it.
    """
    table = _with_history(own)
    page = _seen(browser_of(own.art), day=TODAY)
    rows = page.words[page.words.index("What was told") :]
    first, second = rows.index("○ $3,000"), rows.index("○ $2,500")
    assert first < second < rows.index("○ $1,000")
    page.says(f"{table.code} Set by hand ○ $3,000 20 × $100, 40 × $25")
    page.says("“more fills” · Stable", "Pain points: Fridays", "○ $2,500 instead of ○ $2,000")
    page.says("Sam Sato", "Cam Costa", "Pat Price", "Imprest", "As the casino's")
    page.says("Mon 9 Mar 2026 to come", "The casino Set by hand ○ $1,000")


def test_the_history_tells_what_held_on_any_day(own: Casino) -> None:
    """PAR-2, BASE-7: as on a day one chooses, with the level that decided."""
    table = _with_history(own)
    pat = browser_of(own.pat)
    for day, said in (
        ("2026-03-01", f"{table.code} Target need not configured Inventory"),
        (TODAY, f"{table.code} ○ $2,000 Imprest The game's"),
        (TOMORROW, f"{table.code} ○ $2,500 Inventory The game's"),
        (LATER, f"{table.code} ○ $3,000 Inventory The table's own"),
    ):
        _seen(pat, day=day).says(said)
    _seen(pat, day=LATER).says("○ $1,000 Inventory The casino's")


def test_the_history_of_one_table_tells_whose_word_counts(own: Casino) -> None:
    """PAR-2: its own rows and those that reach it; which of them decides is said."""
    table = _with_history(own)
    craps = own.ada.all_of("/tables")[1]
    pat = browser_of(own.pat)
    page = _seen(pat, for_=table.id, day=LATER)
    page.says("Mon 9 Mar 2026 in force", "Tue 3 Mar 2026 overruled", "Mon 2 Mar 2026 replaced")
    other = _seen(pat, for_=craps["id"], day=LATER).says("○ $1,000", "in force")
    other.says_not("○ $2,000", "○ $3,000")
    _seen(pat, for_="BLACKJACK", day=LATER).says("○ $2,500").says_not("more fills")
    _seen(pat, for_="casino", day=LATER).says("○ $1,000").says_not("○ $2,500")
    _seen(pat, for_="nobody", day="yesterday").says("○ $3,000", "○ $1,000")


def test_a_past_day_is_told_by_the_game_of_that_day(own: Casino) -> None:
    """BASE-7, LESSON-12: what is dealt since changes nothing of the days before."""
    table = _with_history(own)
    own.now = own.now.replace(day=9)
    own.ada.patch(f"/tables/{table.id}", {"game_type": "CRAPS"}, at=own.now).must(200)
    page = _seen(browser_of(own.pat), for_=table.id, day=TODAY)
    page.says(f"{table.code} ○ $2,000 Imprest The game's")


def test_an_imported_target_says_of_which_file_and_sheet_it_is(own: Casino) -> None:
    """PAR-1, PAR-8: source in words, the importer's word instead of an approval."""
    table = a_table(own)
    rows = [{"table_code": table.code, "need_cents": dollars("7,500")}]
    asked = {"rows": rows, "file_name": "pars.xlsx", "sheet_name": "Summer"}
    own.ada.post("/par-sheets", asked, at=own.now).must(200)
    page = _seen(browser_of(own.cam), for_=table.id)
    page.says(f"{table.code} Imported from a par sheet: pars.xlsx, Summer ○ $7,500")
    page.says("Ada Ames", "as imported")


def test_managers_find_it_in_the_menu(own: Casino) -> None:
    """04-screens: Par, for managers; 06-look: everything by the menu and the page's own ways."""
    table = _with_history(own)
    for name in ("pat", "cam"):
        page = browser_of(own.person(name)).get("/floor")
        targets = browser_of(own.person(name)).get(page.links["Target needs"])
        targets.says("Proposed", "In force today", "Set target need for many tables")
        assert targets.links["History"] == HISTORY
    assert "Target needs" not in browser_of(own.dana).get("/floor").links
    page = browser_of(own.ada).get(f"/settings/tables/{table.id}")
    assert page.links["History of target needs"] == f"{HISTORY}?for={table.id}"


def test_nothing_of_next_door_is_in_the_history(own: Casino, next_door: Casino) -> None:
    """TEN-1."""
    table = _with_history(own)
    stranger = _seen(browser_of(next_door.pat), for_=table.id)
    stranger.says_not("more fills")
