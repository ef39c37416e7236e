"""Credits in a house whose chips travel with the request (SLIP-2, CRD-05)."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino
from tests.say import chips, worth


@pytest.fixture
def live(own: Casino) -> AtTable:
    """A table in play where the cage prepares a credit's slip when it has counted."""
    settings = {"settings": {"credit_flow": "REQUEST_FIRST"}, "reason": "the house's own forms"}
    own.ada.patch("/casino", settings).must(200)
    table = a_table(own)
    table.open_table()
    return table


def test_the_cage_prepares_the_slip_when_it_has_counted(live: AtTable) -> None:
    """SLIP-2, CRD-05: the chips leave with the request; the number is taken at the cage's count."""
    request = live.ask_credit("5 black")
    moved = live.pick_up(request)
    assert (moved["status"], moved["number"]) == ("PICKED_UP", None)
    assert moved["request_number"] == "R-2026-000001"
    assert moved["tray_instant"] is not None
    counted = live.verify_credit(moved)
    assert (counted["status"], counted["number"]) == ("VERIFIED_AT_CAGE", "C-2026-000001")
    assert live.rundown()["credits_total_cents"] == worth("5 black")


def test_the_supervisor_signs_the_slip_when_it_comes_back(live: AtTable) -> None:
    """SIGN-3, CRD-05: deposit of a request-first credit: dealer, runner and supervisor."""
    slip = live.verify_credit(live.pick_up(live.ask_credit("5 black")))
    casino, path = live.casino, f"/slips/{slip['id']}/deposit"
    assert casino.dana.badge, "hired before anything is refused"
    with nothing_changes(casino):
        answer = casino.dana.post(path, at=casino.tick(), signed=[casino.rory])
        facts = answer.must_refuse(422, "SIGNATURE_MISSING")["facts"]
        assert facts["missing"] == ["SUPERVISOR"]
    done = casino.sam.post(path, at=casino.tick(), signed=[casino.dana, casino.rory]).must(200)
    assert done["status"] == "DEPOSITED_IN_DROPBOX"
    roles = {each["role"] for each in done["history"][-1]["signatures"]}
    assert roles == {"SUPERVISOR", "DEALER", "RUNNER"}


def test_a_disputed_credit_takes_no_number_and_is_replaced(live: AtTable) -> None:
    """SLIP-2, SLIP-3: no slip was prepared for what was not there; the one for the chips counted
    takes the first number, and the two name each other."""
    slip = live.pick_up(live.ask_credit("5 black"))
    live.verify_credit(slip, "4 black")
    disputed = live.verify_credit(slip, "4 black")
    assert (disputed["disputed"], disputed["number"]) == (True, None)
    other = live.ask_credit("4 black")
    casino = live.casino
    voided = casino.casey.post(
        f"/slips/{slip['id']}/void",
        {"reason": "one short", "counted_back": chips("4 black"), "replaced_by": other["id"]},
        at=casino.tick(),
        signed=[casino.sue],
    ).must(200)
    assert (voided["status"], voided["number"]) == ("VOIDED", None)
    good = live.verify_credit(live.pick_up(other))
    assert (good["number"], good["replaces"]) == ("C-2026-000001", slip["id"])


def test_a_credit_keeps_the_flow_it_left_with(live: AtTable) -> None:
    """SLIP-2: a house that changes its forms while chips are on the way changes no slip of theirs;
    a fill has one flow only."""
    slip = live.pick_up(live.ask_credit("5 black"))
    settings = {"settings": {"credit_flow": "SLIP_FIRST"}, "reason": "new forms"}
    live.casino.ada.patch("/casino", settings).must(200)
    slip = live.verify_credit(slip)
    assert slip["number"] == "C-2026-000001"
    casino = live.casino
    answer = casino.dana.post(
        f"/slips/{slip['id']}/deposit", at=casino.tick(), signed=[casino.rory]
    )
    answer.must_refuse(422, "SIGNATURE_MISSING")
    assert live.pick_up(live.ask_credit("1 black"))["number"] == "C-2026-000002"
    assert live.issue(live.ask_fill("1 black"))["number"] == "F-2026-000001"
