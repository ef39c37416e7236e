"""What a tray needs now, on the session's page and in the form it leads to (PAR-10)."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import chips, worth
from tests.web.browser import browser_of

TARGET = "40 black, 80 green, 40 red"


def _with_target(casino: Casino) -> AtTable:
    table = a_table(casino)
    policy = {
        "table_id": table.id,
        "par_total_cents": worth(TARGET),
        "target_chipset": chips(TARGET),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", policy, at=casino.now).must(201)
    return table


def test_need_now_leads_to_a_request_with_its_chips_filled_in() -> None:
    """PAR-10: short of 21 black and 35 green suggests stacks of them, one tap from the request."""
    table = _with_target(found())
    table.open_table("19 black, 45 green, 40 red")
    sam = browser_of(table.casino.sam)
    page = sam.get(table.path).says(
        "Need now +$2,975 suggests a fill", "20 × $100 (1 stack), 40 × $25 (2 stacks)"
    )
    form = sam.get(page.links["Request this fill"]).form
    asked = {key: value for key, value in form.values.items() if key.startswith("chipset:")}
    assert {key: value for key, value in asked.items() if value} == {
        "chipset:10000": "20",
        "chipset:2500": "40",
    }
    sam.send(f"{table.path}/do/request-fill", form.values).says("Fill")
    (slip,) = table.casino.sam.all_of("/slips", session_id=table.session_id)
    assert slip["chipset"] == {"2500": 40, "10000": 20}


def test_the_final_adjustment_is_suggested_to_the_chip() -> None:
    """PAR-10: an imprest tray that is being restored, both ways."""
    table = _with_target(found(mode="IMPREST_TO_PAR"))
    table.open_table(TARGET)
    table.closing()
    table.count("CLOSING", "33 black, 87 green, 40 red")
    page = browser_of(table.casino.sam).get(table.path)
    page.says("Suggested fill 7 × $100", "Suggested credit 7 × $25")


def test_the_final_adjustment_is_requested_to_the_chip_and_restores_the_tray() -> None:
    """PAR-10, SLIP-8: one tap each way; both are final adjustments, and the tray is at par."""
    table = _with_target(found(mode="IMPREST_TO_PAR"))
    casino = table.casino
    table.open_table(TARGET)
    table.closing()
    table.count("CLOSING", "33 black, 90 green, 40 red")
    sam = browser_of(casino.sam)
    for verb, slug in (("Request this fill", "request-fill"), ("Request this credit", None)):
        form = sam.get(sam.get(table.path).links[verb]).form
        sam.send(f"{table.path}/do/{slug or 'request-credit'}", form.values)
    fill, credit = casino.sam.all_of("/slips", session_id=table.session_id)
    assert (fill["chipset"], credit["chipset"]) == ({"10000": 7}, {"2500": 10})
    assert {fill["purpose"], credit["purpose"]} == {"FINAL_ADJUSTMENT"}
    table.verify_fill(table.issue(fill))
    table.deposit(table.verify_credit(table.pick_up(credit)))
    table.count("CLOSING", TARGET)
    assert table.session()["need_now_cents"] == 0
    browser_of(casino.sam).get(table.path).says_not("Suggested fill", "Suggested credit")


@pytest.mark.parametrize("layout", ["cards", "list"])
def test_the_floor_says_need_now_one_tap_from_the_request(layout: str) -> None:
    """PAR-10: target less expected tray, and the request with its chips filled in."""
    table = _with_target(found())
    table.open_table("19 black, 45 green, 40 red")
    sam = browser_of(table.casino.sam)
    page = sam.get(f"/floor?view={layout}").says("Need now +$2,975")
    form = sam.get(page.links["Request fill"]).form
    assert form.values["chipset:10000"] == "20"
    browser_of(table.casino.ana).get("/floor").says_not("Request fill")
    table.ask_fill("20 black")
    sam.get("/floor").says("Need now +$2,975").says_not("Request fill")


def test_the_floor_suggests_a_credit_and_nothing_to_a_tray_that_is_counted_as_it_is() -> None:
    """PAR-10, CLOSE-1: too much asks for a credit; a closing in Inventory Count for neither."""
    table = _with_target(found())
    table.open_table("60 black, 80 green, 40 red")
    sam = browser_of(table.casino.sam)
    sam.get("/floor").says("Need now −$2,000", "Request credit")
    table.closing()
    sam.get("/floor").says_not("Request credit")


def test_without_target_chips_no_chips_are_suggested(live: AtTable) -> None:
    """PAR-6: a table without a target misses nothing; what is not known is not said."""
    browser_of(live.casino.sam).get(live.path).says_not("Suggested", "Need now")


def test_a_blind_counter_is_not_told_by_the_suggestion() -> None:
    """SNAP-4: chips that are short tell what is expected."""
    table = _with_target(found(settings={"blind_counts": True}))
    table.open_table("19 black, 45 green, 40 red")
    browser_of(table.casino.sam).get(table.path).says_not("Suggested", "Need now")
    browser_of(table.casino.sam).get("/floor").says_not("Need now", "Request fill")
