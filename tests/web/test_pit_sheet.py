"""The pit sheet: a whole pit read by eye on one page, once an hour (SNAP-6)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.web.pit_sheet import estimate_in_cents, pieces_in_stacks
from tablebank.web.typed import NotRead
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars, worth
from tests.web.browser import Browser, Page, browser_of

PATH = "/pit-sheet?pit=PIT+1"


@pytest.fixture
def pit(_database_is_real: None) -> list[AtTable]:
    """Three tables in play in one pit, one of another, and one that is closed."""
    casino = found()
    tables = [a_table(casino) for _ in range(3)]
    elsewhere, closed = a_table(casino, pit="PIT 2"), a_table(casino)
    for table in (*tables, elsewhere, closed):
        table.open_table()
    closed.close(TRAY)
    return tables


def sheet_of(table: AtTable) -> tuple[Browser, Page]:
    browser = browser_of(table.casino.sam)
    page = browser.get(PATH)
    assert page.status == 200, page.words
    return browser, page


def send(browser: Browser, page: Page, **typed: str) -> Page:
    return browser.send(PATH, {**page.form.values, **typed})


def fields(page: Page, kind: str) -> list[str]:
    return [name for name in page.form.values if name.startswith(f"{kind}:")]


def read_at(table: AtTable) -> list[dict[str, object]]:
    items: list[dict[str, object]] = table.casino.art.get(f"{table.path}/observations")["items"]
    return items


def test_one_row_for_each_table_in_play(pit: list[AtTable]) -> None:
    """SNAP-6: code, last count with its age, chips on the way; nothing of the next pit."""
    pit[0].issue(pit[0].ask_fill("5 black"))
    _, page = sheet_of(pit[0])
    assert fields(page, "tray") == [f"tray:{table.session_id}" for table in pit]
    page.says(*(table.code for table in pit), "$3,200", "$500", "Last count", "PIT 1", "PIT 2")
    assert {page.form.values[name] for name in fields(page, "tray")} == {""}


def test_a_pit_is_read_in_one_sending(pit: list[AtTable]) -> None:
    """SNAP-6: by amount, in thousands, by stacks; a blank row is not read, and is no zero."""
    browser, page = sheet_of(pit[0])
    typed = {
        f"tray:{pit[0].session_id}": "22,610",
        f"drop:{pit[0].session_id}": "4k",
        f"stack:{pit[1].session_id}:10000": "1.5",
        f"stack:{pit[1].session_id}:500": "3",
    }
    done = send(browser, page, **typed)
    done.says("PIT 1 is read: 2 of 3 tables.", "Estimate", "$22,610")
    (first,), (second,), third = (read_at(table) for table in pit)
    assert (first["total_cents"], first["estimated_drop_cents"]) == (
        dollars("22,610"),
        dollars("4,000"),
    )
    assert second["chipset"] == {"10000": 30, "500": 60}
    assert second["total_cents"] == worth("30 black, 60 red")
    assert third == []
    assert first["by"] == "Sam Sato"


def test_zero_is_a_reading(pit: list[AtTable]) -> None:
    """LESSON-2: an empty tray was seen; that is not the same as nobody looked."""
    browser, page = sheet_of(pit[0])
    send(browser, page, **{f"tray:{pit[2].session_id}": "0"})
    assert [each["total_cents"] for each in read_at(pit[2])] == [0]


def test_what_cannot_be_read_stands_beside_its_row(pit: list[AtTable]) -> None:
    """Nothing is kept of the sheet, everything typed is; each error at its own table."""
    browser, page = sheet_of(pit[0])
    typed = {
        f"tray:{pit[0].session_id}": "about ten",
        f"tray:{pit[1].session_id}": "1,000",
        f"drop:{pit[2].session_id}": "500",
        f"stack:{pit[1].session_id}:500": "half",
    }
    again = send(browser, page, **typed)
    assert again.status == 422
    again.says("An amount such as", "A number of stacks", "Say what the tray holds too.")
    assert {name: again.form.values[name] for name in typed} == typed
    assert again.form.values["key"] == page.form.values["key"]
    assert not any(read_at(table) for table in pit)


def test_stacks_and_amount_that_differ_are_refused(pit: list[AtTable]) -> None:
    """CHIP-3: which of the two was meant is not ours to say."""
    browser, page = sheet_of(pit[0])
    mine = pit[1].session_id
    typed = {f"tray:{mine}": "5", f"stack:{mine}:10000": "1", f"tray:{pit[2].session_id}": "7"}
    again = send(browser, page, **typed).says("The total is not the sum of the chips.")
    assert again.status == 422
    assert again.html.count("The total is not the sum of the chips.") == 1
    assert f'id="err-tray:{mine}" role="alert">▲' in again.html


def test_an_empty_sheet_says_what_to_do(pit: list[AtTable]) -> None:
    browser, page = sheet_of(pit[0])
    assert send(browser, page).says("Nothing is read yet").status == 422


def test_a_table_that_closed_meanwhile_keeps_its_row(pit: list[AtTable]) -> None:
    """SESS-6: its row says so and keeps what was typed; without it the others are read."""
    browser, page = sheet_of(pit[0])
    typed = {f"tray:{table.session_id}": "9,000" for table in pit}
    pit[1].close(TRAY)
    again = send(browser, page, **typed)
    assert again.status == 409
    again.says("The session is not in play.")
    mine = f"tray:{pit[1].session_id}"
    assert again.form.values[mine] == "9,000"
    done = browser.send(PATH, {**again.form.values, mine: ""})
    done.says("PIT 1 is read: 2 of 3 tables.")


def test_a_sheet_sent_twice_is_one(pit: list[AtTable]) -> None:
    """IDEM-1: a double tap, or again after a lost answer."""
    browser, page = sheet_of(pit[0])
    for _ in range(2):
        send(browser, page, **{f"tray:{pit[0].session_id}": "9k"}).says("1 of 3 tables")
    assert len(read_at(pit[0])) == 1


def test_a_reading_may_be_told_later(pit: list[AtTable]) -> None:
    """TIME-1: the hour that was read may be entered; before the opener nothing was there."""
    browser, page = sheet_of(pit[0])
    mine = {f"tray:{pit[0].session_id}": "9k"}
    early = send(browser, page, **mine, occurred_at="2026-03-01T05:00:00")
    assert early.status == 422
    early.says("It cannot be before the opener")
    send(browser, early, **mine, occurred_at="2026-03-02T12:30:00").says("PIT 1 is read")
    assert read_at(pit[0])[0]["occurred_at"] == "2026-03-02T17:30:00Z"


def test_counts_that_are_blind_are_not_on_the_sheet() -> None:
    """SNAP-4: a reading by eye is one's own; the last count is not shown beside it."""
    table = a_table(found(settings={"blind_counts": True}))
    table.open_table()
    _, page = sheet_of(table)
    page.says("Counts are blind").says_not("$3,200")


def test_the_sheet_is_for_who_reads(pit: list[AtTable]) -> None:
    """SIGN-3: it stands in the menu of those who may, and on the floor beside the pit's name."""
    casino: Casino = pit[0].casino
    for name, may in (("sam", True), ("pat", True), ("dana", False), ("casey", False)):
        browser = browser_of(casino.person(name))
        assert browser.get(PATH).status == (200 if may else 403)
        links = browser.get("/floor").links
        assert ("Pit sheet" in links) is may
        assert ("Read by eye" in links) is may


def test_an_estimate_is_always_called_one(pit: list[AtTable]) -> None:
    """SNAP-6: with its word and its dashed line, on the floor, at the session and on the sheet."""
    pit[0].casino.sam.post(f"{pit[0].path}/observations", {"total_cents": 700_000}).must(201)
    browser = browser_of(pit[0].casino.sam)
    for path in ("/floor", pit[0].path, PATH):
        page = browser.get(path).says("Estimate $7,000")
        assert '<span class="estimate"><data class="money" value="700000">' in page.html


def test_nothing_in_play_is_said(table: AtTable) -> None:
    casino = found()
    browser_of(casino.sam).get("/pit-sheet").says("No table is in play here")


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("22,610", 2_261_000),
        ("22.5k", 2_250_000),
        ("22,5K", 2_250_000),
        ("$9k", 900_000),
        ("0", 0),
        ("12.50", 1_250),
    ],
)
def test_an_amount_by_eye(text: str, cents: int) -> None:
    assert estimate_in_cents(text) == cents


@pytest.mark.parametrize("text", ["22,610k", "k", "1.234k", "1 2k", "-5k", "22.5 kk", "twenty"])
def test_what_could_be_meant_twice_is_no_amount(text: str) -> None:
    with pytest.raises(NotRead):
        estimate_in_cents(text)


@given(text=st.text(max_size=12))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    for read in (estimate_in_cents, lambda said: pieces_in_stacks(said, size=20)):
        with suppress(NotRead):
            assert read(text) >= 0
