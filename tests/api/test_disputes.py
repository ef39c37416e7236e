"""Slips whose chips are not what they say: counted again, disputed, put right, voided (SLIP-3)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json
from tests.cast import Person
from tests.line import Answer
from tests.say import chips, worth


def test_a_differing_count_is_repeated_and_then_agrees(live: AtTable) -> None:
    """SLIP-3: the first difference is a trial; if the second agrees there is no finding."""
    slip = live.issue(live.ask_fill("5 black"))
    first = live.verify_fill(slip, "4 black")
    assert first["recount_required"] is True
    assert (first["disputed"], first["status"]) == (False, "ISSUED")
    assert (first["difference_cents"], first["difference"]) == (worth("1 black"), {"10000": -1})
    done = live.verify_fill(slip)
    assert (done["status"], done["disputed"]) == ("DEPOSITED_IN_DROPBOX", False)
    assert live.casino.pat.all_of("/exceptions", session_id=live.session_id) == []


def _disputed(live: AtTable, kind: str) -> Json:
    casino, count = live.casino, {"chipset": chips("4 black")}
    if kind == "FILL":
        slip = live.issue(live.ask_fill("5 black"))
        who, hands = casino.sam, [casino.dana, casino.rory]
    else:
        slip = live.pick_up(live.ask_credit("5 black"))
        who, hands = casino.casey, [casino.rory]
    for _ in range(2):
        path = f"/slips/{slip['id']}/verify"
        answer = who.post(path, count, at=live.when(None), signed=hands)
    disputed: Json = answer.must(200)
    return disputed


@pytest.mark.parametrize("kind", ["FILL", "CREDIT"])
def test_a_second_difference_is_a_dispute_and_not_a_refusal(live: AtTable, kind: str) -> None:
    """SLIP-3, FIL-13: 200, `disputed: true`, the exception's id beside it; the
    slip stays where it is.
    """
    slip = _disputed(live, kind)
    assert slip["disputed"] is True
    assert slip["status"] == ("ISSUED" if kind == "FILL" else "PICKED_UP")
    finding = live.casino.pat.get(f"/exceptions/{slip['exception_id']}").must(200)
    assert (finding["kind"], finding["status"], finding["subject"]["id"]) == (
        "SLIP_AMOUNT_MISMATCH",
        "OPEN",
        slip["id"],
    )
    assert finding["variance_cents"] in (worth("1 black"), -worth("1 black"))


def test_a_disputed_slip_is_made_good_and_recounted(live: AtTable) -> None:
    """SLIP-3, FIND-2: the first way out; the finding clears by the fact and stays visible."""
    slip = _disputed(live, "FILL")
    done = live.verify_fill(slip)
    assert (done["status"], done["disputed"]) == ("DEPOSITED_IN_DROPBOX", False)
    finding = live.casino.pat.get(f"/exceptions/{slip['exception_id']}").must(200)
    assert (finding["status"], finding["narrative"]) == ("CLEARED", None)


def _void(live: AtTable, slip: Json, back: str, *, signed: Person, **more: Any) -> Answer:
    asked = {"reason": "wrong table", "counted_back": chips(back), **more}
    return live.casino.cody.post(
        f"/slips/{slip['id']}/void", asked, at=live.when(None), signed=[signed]
    )


def test_a_disputed_fill_is_carried_back_and_voided(live: AtTable) -> None:
    """SLIP-3, SLIP-4, FIL-19: the second way out; what is missing from the chips
    back is the finding's.
    """
    slip = _disputed(live, "FILL")
    voided = _void(live, slip, "4 black", signed=live.casino.sue).must(200)
    assert (voided["status"], voided["counted_back"]) == ("VOIDED", chips("4 black"))
    assert voided["number"] == slip["number"], "used even when voided (SLIP-2)"
    assert live.rundown()["fills_total_cents"] == 0
    open_ones = live.casino.pat.all_of("/exceptions", session_id=live.session_id, status="OPEN")
    assert [(each["kind"], each["subject"]["id"]) for each in open_ones] == [
        ("SLIP_AMOUNT_MISMATCH", slip["id"])
    ]


def test_a_disputed_credit_is_voided_and_replaced(live: AtTable) -> None:
    """SLIP-3: the third way out; void and replacement name each other."""
    slip = _disputed(live, "CREDIT")
    instead = live.ask_credit("4 black")
    voided = _void(live, slip, "4 black", signed=live.casino.sue, replaced_by=instead["id"]).must(
        200
    )
    assert voided["replaced_by"] == instead["id"]
    shown = live.casino.art.get(f"/slips/{instead['id']}").must(200)
    assert (shown["replaces"], shown["replaced_by"]) == (slip["id"], None)
    live.verify_credit(live.pick_up(instead))
    assert live.rundown()["credits_total_cents"] == worth("4 black")


def test_a_void_takes_two_departments_one_not_on_the_slip(live: AtTable) -> None:
    """SIGN-3, FIL-16: two of the cage are not enough, nor two who are both on the slip."""
    casino, slip = live.casino, live.issue(live.ask_fill("1 black"))
    now = live.when(None)
    asked = {"reason": "wrong table", "counted_back": chips("1 black")}
    path = f"/slips/{slip['id']}/void"
    with nothing_changes(casino):
        itself = {**asked, "replaced_by": slip["id"]}
        answer = casino.cody.post(path, itself, at=now, signed=[casino.rory])
        answer.must_refuse(422, "REFERENCE_UNKNOWN")
        casino.cody.post(path, asked, at=now).must_refuse(422, "SIGNATURE_MISSING")
        answer = casino.cody.post(path, asked, at=now, signed=[casino.cam])
        answer.must_refuse(422, "SIGNATURE_MISSING")
        answer = casino.casey.post(path, asked, at=now, signed=[casino.rory])
        answer.must_refuse(422, "SIGNER_INVOLVED")
    casino.cody.post(path, asked, at=now, signed=[casino.rory]).must(200)
    with nothing_changes(casino):
        answer = casino.cody.post(path, asked, at=now, signed=[casino.sue])
        answer.must_refuse(409, "SLIP_STATUS", status="VOIDED")
