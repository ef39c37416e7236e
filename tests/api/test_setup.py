"""How far a casino is set up, as a program asks: derived from what is there, kept nowhere."""

from typing import Any

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import worth


def _items(casino: Casino) -> dict[str, Any]:
    asked = casino.ada.get("/setup").must(200)
    return {each["item"]: each for each in asked["items"]}


def test_a_house_says_what_it_lacks_until_its_first_table_is_open() -> None:
    """PAR-5, PAR-6, PAR-11, SESS-3: mode, tables, people, targets; each as it is mended."""
    casino = found(mode="UNKNOWN")
    bare = casino.ada.get("/setup").must(200)
    assert (bare["next_step"], bare["can_open"], bare["tables"]) == ("mode", False, 0)
    lacking = {each["item"] for each in bare["items"] if not each["is_met"]}
    assert {"BANK_MODE", "TABLES", "OPENER", "INITIAL_BANK", "RUNNER"} <= lacking
    casino.ada.patch("/casino", {"table_bank_mode": "INVENTORY_COUNT"}).must(200)
    assert casino.ada.get("/setup")["next_step"] == "tables"
    table = casino.ada.post("/tables", {"code": "BJ-01", "pit": "1"}).must(201)
    assert _items(casino)["GAMES"]["about"] == ["BJ-01"]
    casino.ada.patch(f"/tables/{table['id']}", {"game_type": "BLACKJACK"}).must(200)
    for name in ("sam", "dana", "pat"):
        casino.person(name)
    ready = casino.ada.get("/setup").must(200)
    assert (ready["can_open"], ready["next_step"], ready["tables_ready"]) == (True, "targets", 1)
    AtTable(casino=casino, table=table).open_table()
    begun = casino.pat.get("/setup").must(200)
    assert (begun["has_begun"], begun["next_step"]) == (True, "ready")


def test_what_it_says_is_ready_can_be_opened() -> None:
    """SESS-3: a table it calls ready opens; one it names does not, for the reason it names."""
    casino = found()
    ready = a_table(casino)
    bare = casino.ada.post("/tables", {"code": "NO-GAME", "pit": "1"}).must(201)
    for name in ("sam", "dana", "pat"):
        casino.person(name)
    told = casino.ada.get("/setup").must(200)
    assert (told["can_open"], told["tables_ready"]) == (True, 1)
    ready.open_table()
    asked = {"table_id": bare["id"], "open": True}
    refused = casino.sam.post("/sessions", asked, at=casino.tick())
    missing = refused.must_refuse(409, "PRECONDITIONS_MISSING")["facts"]["missing"]
    assert missing == ["game_settings"]
    assert _items(casino)["GAMES"]["about"] == [bare["code"]]


def test_a_target_counts_once_it_is_in_force() -> None:
    """PAR-4: a proposal is not one, and waits to be decided."""
    casino = found()
    table = a_table(casino)
    par = {"table_id": table.id, "par_total_cents": worth(TRAY)}
    day = casino.sam.get("/shifts/current").must(200)["gaming_day"]
    casino.ada.post("/par-policies", {**par, "effective_from_gaming_day": day}).must(201)
    items = _items(casino)
    assert (items["TARGETS"]["have"], items["PROPOSALS"]["wanted"]) == (0, 1)
    casino.pat.post("/par-policies", {**par, "effective_from_gaming_day": day}).must(201)
    assert _items(casino)["TARGETS"]["is_met"]


def test_whose_pin_is_missing_is_told_to_those_who_see_people() -> None:
    """SIGN-5: a manager learns how many, an administrator who."""
    casino = found()
    casino.hire(badge="1777", name="New Dealer", roles=["DEALER"], pin=None)
    assert _items(casino)["PINS"]["about"] == ["1777"]
    for_pat = casino.pat.get("/setup").must(200)["items"]
    (pins,) = [each for each in for_pat if each["item"] == "PINS"]
    assert (pins["about"], pins["is_met"]) == ([], False)
