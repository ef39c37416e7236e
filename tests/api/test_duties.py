"""In one gaming day nobody acts in two of pit, cage, count room and accounting (SIGN-5)."""

from datetime import date
from typing import Any

import pytest

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, Person, found
from tests.say import at, chips


def _two_hats(casino: Casino) -> Person:
    """Somebody who is a supervisor and a cashier."""
    return casino.hire(badge="7301", name="Nora Two", pin="730173", roles=("SUPERVISOR", "CASHIER"))


def _open(casino: Casino) -> AtTable:
    table = a_table(casino)
    table.open_table()
    return table


def _ask(table: AtTable, who: Person) -> Json:
    asked: dict[str, Any] = {"chipset": chips("5 black"), "acting_role": "SUPERVISOR"}
    slip: Json = who.post(f"{table.path}/fills", asked, at=table.when(None)).must(201)
    return slip


def _overlaps(casino: Casino) -> list[Json]:
    found_: list[Json] = casino.ana.all_of("/exceptions", kind="DUTY_OVERLAP")
    return found_


def test_who_worked_in_the_pit_does_not_work_in_the_cage_that_day(own: Casino) -> None:
    """SIGN-5: one person asked for the chips; another gives them out."""
    table, nora = _open(own), _two_hats(own)
    _ask(table, nora)
    slip = table.ask_fill("5 black")
    asked = {"acting_role": "CASHIER"}
    refused = nora.post(f"/slips/{slip['id']}/issue", asked, at=table.when(None), signed=[own.rory])
    told = refused.must(422)
    assert (told["code"], told["facts"]["departments"]) == ("DUTY_OVERLAP", ["cage", "pit"])
    table.issue(slip)


def test_a_signature_on_somebody_else_s_device_counts(own: Casino) -> None:
    """SIGN-5: whoever signs acts, not only who calls."""
    table = _open(own)
    ruth = own.hire(badge="7302", name="Ruth Runs", pin="730273", roles=("DEALER", "COUNT_TEAM"))
    counted = {"kind": "INTERIM", "chipset": chips("40 red")}
    path = f"{table.path}/snapshots"
    own.sam.post(path, counted, at=table.when(None), signed=[ruth.signs("DEALER")]).must(201)
    table.close()
    drop = table.drop()
    path, hands = f"/drops/{drop['id']}/custody", [ruth.signs("COUNT_TEAM")]
    refused = own.dora.post(path, {"step": "ARRIVED"}, at=table.when(None), signed=hands)
    assert refused.must(422)["code"] == "DUTY_OVERLAP"


def test_another_gaming_day_is_another_duty(own: Casino) -> None:
    """SIGN-5: it is a day that is kept apart, not a person."""
    table, nora = _open(own), _two_hats(own)
    table.issue(_ask(table, nora))
    fill = table.ask_fill("5 black")
    asked, tomorrow = {"acting_role": "CASHIER"}, at("07:00", day=date(2026, 3, 3))
    nora.post(f"/slips/{fill['id']}/issue", asked, at=tomorrow, signed=[own.rory]).must(200)


@pytest.fixture
def lenient() -> Casino:
    return found(settings={"duty_pairs": ["pit+cage"]})


def test_a_pair_that_the_casino_allows_is_a_finding_each_day_it_is_used(lenient: Casino) -> None:
    """SIGN-5, FIND-2: allowed, raised once, and still to be answered for."""
    table, nora = _open(lenient), _two_hats(lenient)
    for _ in range(2):
        _ask(table, nora)
        slip = table.ask_fill("5 black")
        asked = {"acting_role": "CASHIER"}
        path = f"/slips/{slip['id']}/issue"
        nora.post(path, asked, at=table.when(None), signed=[lenient.rory]).must(200)
    (raised,) = _overlaps(lenient)
    assert (raised["stops"], raised["status"]) == ("nothing", "OPEN")
    assert raised["facts"] == {"gaming_day": "2026-03-02", "departments": ["cage", "pit"]}
    assert raised["subject"]["type"] == "person"


def test_what_is_no_pair_of_departments_is_no_setting(own: Casino) -> None:
    """SIGN-5: a pair out of the four, nothing else."""
    asked = {"settings": {"duty_pairs": ["pit+pit"]}}
    assert own.ada.patch("/casino", asked, at=own.tick()).must(422)["code"] == "SETTING_INVALID"
