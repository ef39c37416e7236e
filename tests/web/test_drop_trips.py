"""A drop trip on its page: started, box by box, ended; and what a removal asks there."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.web.browser import Browser, Page, browser_of

NOW = "2026-03-02T06:00:00"


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the page shows all of it."""
    return found()


@pytest.fixture
def pit(casino: Casino) -> list[AtTable]:
    """Two tables in play."""
    tables = [a_table(casino) for _ in range(2)]
    for table in tables:
        table.open_table()
    return tables


def started(casino: Casino) -> tuple[Browser, Page]:
    """Dora starts a trip of the pit with Dex, from the list of drops."""
    crew = browser_of(casino.dora)
    address = crew.get("/drops").says("No drop trip on this gaming day.").links["Start drop trip"]
    crew.get(address).says("PIT 1", "2 boxes", "due now 0", "Surveillance operator told")
    told = {"pit": "PIT 1", "operator": "Sol", "notified_at": NOW}
    return crew, crew.fill_in(address, told, signed=[casino.dex])


def test_a_trip_goes_its_whole_way_from_these_pages(casino: Casino, pit: list[AtTable]) -> None:
    """BOX-2, BOX-5, DRP-11: due, taken, left out; each box is on the trip by itself."""
    crew, page = started(casino)
    page.says("The drop trip has started.", "Under way", "0 of 2 due", "Still to take 2", "Sol")
    assert casino.dora.name in page.words
    assert casino.dex.name in page.words
    address = page.links["Remove box"]
    crew.get(address).says("On the drop trip under way", "Box taken")
    page = crew.fill_in(address, {}, signed=[casino.dex])
    page.says("The box is removed.", "1 of 2 due", "Still to take 1", "Taken on this trip 1")
    page.says("Removed from the table")
    crew.get("/drops").says("taken, 2 due", "1 still to take", "Open trip")
    page = crew.fill_in(address_of(casino), signed=[casino.dex])
    page.says("The drop trip has ended. Boxes left out: 1.", "Left out 1", "▲ Not dropped")
    page.says_not("End drop trip")
    browser_of(casino.ana).get("/exceptions").says(
        "A box that served was left out of the drop.", "Left out by its drop trip"
    )


def address_of(casino: Casino) -> str:
    """Where the latest trip of the casino is."""
    return f"/drops/trips/{casino.art.all_of('/drop-trips')[-1]['id']}"


def test_another_box_than_the_mounted_one_can_be_told(casino: Casino, pit: list[AtTable]) -> None:
    """BOX-3, LESSON-21: what hung there, as it says on the box."""
    crew, page = started(casino)
    other = pit[0].spare_box()
    typed = {"box": other, "type": "UNSCHEDULED", "reason": "smoke", "also_told": "Agent Lee"}
    page = crew.fill_in(page.links["Remove box"], typed, signed=[casino.dex])
    page.says("The box is removed.", f"Box {other}")
    browser_of(casino.ana).get("/exceptions").says(
        f"Box {other}", "On record there: box", "Reason given: smoke", "Unscheduled"
    )
    [drop] = casino.art.all_of("/drops")
    assert [each["told"] for each in drop["notices"]] == ["Agent Lee"]


def test_what_is_wrong_stands_beside_its_field(casino: Casino, pit: list[AtTable]) -> None:
    crew = browser_of(casino.dora)
    page = crew.fill_in("/drops/trips/start", {"pit": "PIT 1", "operator": ""})
    assert page.status == 422
    page.says("Surveillance operator told is missing.")
    later = {"operator": "Sol", "notified_at": "2026-03-02T23:00:00"}
    page = crew.fill_in("/drops/trips/start", later, signed=[casino.dex])
    page.says("It cannot be after the start of the trip")
    page = crew.fill_in("/drops/trips/start", {"operator": "Sol", "notified_at": NOW})
    page.says("Still to sign: A second person.")


@pytest.mark.parametrize("name", ["rory", "sam", "pat", "ana", "art"])
def test_others_look_and_start_nothing(casino: Casino, pit: list[AtTable], name: str) -> None:
    started(casino)
    reader = browser_of(casino.person(name))
    seen = reader.get(address_of(casino)).says("Under way", "Still to take 2")
    assert not {"Remove box"} & set(seen.links)
    seen.says_not("End drop trip")
    assert "Start drop trip" not in reader.get("/drops").links
    assert reader.get("/drops/trips/start").status == 403


def test_who_has_no_part_in_it_and_who_is_next_door(casino: Casino, pit: list[AtTable]) -> None:
    """TEN-1."""
    started(casino)
    address = address_of(casino)
    for path in (address, f"{address}/list", "/drops/trips/start"):
        assert browser_of(casino.dana).get(path).status == 403
    assert browser_of(found().dora).get(address).status == 404


def test_its_lists_refresh_alone(casino: Casino, pit: list[AtTable]) -> None:
    crew, _page = started(casino)
    part = crew.get(f"{address_of(casino)}/list", **{"HX-Request": "true"})
    assert part.says("Still to take 2").status == 200
    assert "<html" not in part.html
