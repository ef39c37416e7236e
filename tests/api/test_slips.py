"""Fills and credits over HTTP: states, hands, numbers, disputes, voids (SLIP)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Person, found
from tests.line import Answer
from tests.say import chips, worth


def _step(
    who: Person,
    slip: Json,
    step: str,
    body: Json | None = None,
    *,
    signed: list[Person],
    when: Any,
) -> Answer:
    return who.post(f"/slips/{slip['id']}/{step}", body, at=when, signed=signed)


def test_a_fill_goes_from_request_to_the_box(live: AtTable) -> None:
    """SLIP-1, SLIP-12, SLIP-13, FIL-15: four steps in order, each with instant, hands and roles."""
    slip = live.ask_fill("5 black")
    assert (slip["number"], slip["tray_instant"], slip["runner_id"]) == (None, None, None)
    assert slip["request_number"].startswith("R-2026-")
    issued = live.issue(slip)
    assert issued["number"].startswith("F-2026-")
    assert issued["runner_id"] == live.casino.rory.id
    verified = live.verify_fill(slip, deposit=False)
    assert (verified["status"], verified["box"]) == ("VERIFIED_AT_TABLE", None)
    done = live.deposit(slip)
    assert (done["status"], done["box"]) == ("DEPOSITED_IN_DROPBOX", live.code)
    history = live.casino.art.get(f"/slips/{slip['id']}")["history"]
    assert [each["status"] for each in history] == [
        "REQUESTED",
        "ISSUED",
        "VERIFIED_AT_TABLE",
        "DEPOSITED_IN_DROPBOX",
    ]
    assert done["tray_instant"] == history[2]["occurred_at"]
    assert [{each["role"] for each in step["signatures"]} for step in history] == [
        {"SUPERVISOR"},
        {"CASHIER", "RUNNER"},
        {"DEALER", "SUPERVISOR", "RUNNER"},
        {"DEALER", "RUNNER"},
    ]


def test_a_fill_verified_and_deposited_in_one_step_shows_both(live: AtTable) -> None:
    """SLIP-13: both steps stand in the history, in their order."""
    slip = live.issue(live.ask_fill("5 black"))
    done = live.verify_fill(slip)
    assert [each["status"] for each in done["history"]][-2:] == [
        "VERIFIED_AT_TABLE",
        "DEPOSITED_IN_DROPBOX",
    ]


def test_a_credit_goes_to_the_cage_and_its_slip_to_the_box(live: AtTable) -> None:
    """SLIP-12, SLIP-13, CRD-06: it leaves the tray when picked up; its number is taken then."""
    slip = live.ask_credit("5 black")
    picked = live.pick_up(slip)
    assert picked["number"].startswith("C-2026-")
    assert picked["tray_instant"] == picked["history"][1]["occurred_at"]
    assert live.verify_credit(slip)["status"] == "VERIFIED_AT_CAGE"
    assert live.deposit(slip)["status"] == "DEPOSITED_IN_DROPBOX"


@pytest.mark.parametrize("stack", ["", "0 black"])
def test_a_slip_for_nothing_is_no_slip(live: AtTable, stack: str) -> None:
    """CHIP-4, SLIP-5."""
    with nothing_changes(live.casino):
        for kind in ("fills", "credits"):
            answer = live.casino.sam.post(f"{live.path}/{kind}", {"chipset": chips(stack)})
            answer.must_refuse(422, "CHIPSET_EMPTY")


@pytest.mark.parametrize("claimed", [90_000, 0, 100_001])
def test_a_fill_of_ten_blacks_does_not_pass_as_900(live: AtTable, claimed: int) -> None:
    """CHIP-3, LESSON-8, FIL-02."""
    asked = {"chipset": chips("10 black"), "total_cents": claimed}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(f"{live.path}/fills", asked)
        answer.must_refuse(422, "TOTAL_MISMATCH", total_cents=100_000)


def test_a_credit_carries_markers_as_lines(live: AtTable) -> None:
    """SLIP-14, CHIP-3, CRD-09: with number and amount; they enter the total and the credits."""
    lines = [{"instrument": "MARKER", "number": "M-77", "amount_cents": 50_000}]
    wrong = {"chipset": chips("1 black"), "lines": lines, "total_cents": 10_000}
    live.casino.sam.post(f"{live.path}/credits", wrong).must_refuse(422, "TOTAL_MISMATCH")
    slip = live.ask_credit("1 black", lines=lines, total_cents=60_000)
    assert (slip["total_cents"], slip["lines"]) == (60_000, lines)
    live.verify_credit(live.pick_up(slip))
    assert live.rundown()["credits_total_cents"] == 60_000


def test_each_step_needs_the_status_before_it(live: AtTable) -> None:
    """SLIP-1, FIL-01, CRD-01: what is not asked for is not issued, what is not issued not
    verified, once each.
    """
    casino = live.casino
    fill, credit = live.ask_fill("1 black"), live.ask_credit("1 black")
    now = live.when(None)
    hands, count = [casino.dana, casino.rory], {"chipset": chips("1 black")}
    with nothing_changes(casino):
        for who, slip, step, body, signed in (
            (casino.sam, fill, "verify", count, hands),
            (casino.sam, fill, "deposit", None, hands),
            (casino.sam, fill, "pick-up", None, hands),
            (casino.casey, credit, "issue", None, [casino.rory]),
            (casino.casey, credit, "verify", count, [casino.rory]),
        ):
            answer = _step(who, slip, step, body, signed=signed, when=now)
            answer.must_refuse(409, "SLIP_STATUS")
    live.issue(fill)
    now = live.when(None)
    with nothing_changes(casino):
        again = _step(casino.casey, fill, "issue", signed=[casino.rory], when=now)
        again.must_refuse(409, "SLIP_STATUS", status="ISSUED")
        cancel = _step(casino.sam, fill, "cancel", {"reason": "no"}, signed=[], when=now)
        cancel.must_refuse(409, "SLIP_STATUS")


def test_a_request_is_cancelled_before_it_is_prepared(live: AtTable) -> None:
    """SLIP-4: CANCELLED with a reason; it takes no slip number and enters nothing."""
    slip = live.ask_fill("1 black")
    answer = live.casino.sam.post(
        f"/slips/{slip['id']}/cancel", {"reason": "the rush is over"}, at=live.when(None)
    ).must(200)
    assert (answer["status"], answer["number"]) == ("CANCELLED", None)
    assert answer["history"][-1]["reason"] == "the rush is over"
    assert live.rundown()["fills_total_cents"] == 0


def test_the_runner_is_the_same_throughout(live: AtTable) -> None:
    """SIGN-2, FIL-12: another runner at the table or in the cage is refused."""
    casino, fill, credit = live.casino, live.ask_fill("1 black"), live.ask_credit("1 black")
    live.issue(fill)
    live.pick_up(credit)
    count, now = {"chipset": chips("1 black")}, live.when(None)
    with nothing_changes(casino):
        hands = [casino.dana, casino.rae]
        answer = _step(casino.sam, fill, "verify", count, signed=hands, when=now)
        answer.must_refuse(422, "RUNNER_CHANGED")
        answer = _step(casino.casey, credit, "verify", count, signed=[casino.rae], when=now)
        answer.must_refuse(422, "RUNNER_CHANGED")
    live.verify_fill(fill, deposit=False)
    now = live.when(None)
    with nothing_changes(casino):
        hands = [casino.dana, casino.rae]
        _step(casino.sam, fill, "deposit", signed=hands, when=now).must_refuse(
            422, "RUNNER_CHANGED"
        )


def test_a_runner_is_relieved_by_name(live: AtTable) -> None:
    """SIGN-2: the relief signs the hand-over with the one who carries it, and runs from there."""
    casino, slip = live.casino, live.issue(live.ask_fill("1 black"))
    path, now = f"/slips/{slip['id']}/relieve-runner", live.when(None)
    with nothing_changes(casino):
        casino.rae.post(path, at=now).must_refuse(422, "SIGNATURE_MISSING")
        answer = casino.sam.post(path, at=now, signed=[casino.rae])
        answer.must_refuse(422, "SIGNATURE_MISSING")
        answer = casino.dana.post(path, at=now, signed=[casino.rae, casino.rory])
        answer.must_refuse(403, "ROLE_NOT_ALLOWED")
    relieved = casino.rory.post(path, at=live.when(None), signed=[casino.rae]).must(200)
    assert (relieved["status"], relieved["runner_id"]) == ("ISSUED", casino.rae.id)
    assert relieved["moved_at"] == slip["moved_at"], "on the road since it left"
    last = relieved["history"][-1]
    assert {each["badge"] for each in last["signatures"]} == {"5001", "5002"}
    now = live.when(None)
    asked = {"chipset": chips("1 black"), "deposit": True}
    with nothing_changes(casino):
        hands = [casino.dana, casino.rory]
        answer = _step(casino.sam, slip, "verify", asked, signed=hands, when=now)
        answer.must_refuse(422, "RUNNER_CHANGED")
    hands = [casino.dana, casino.rae]
    _step(casino.sam, slip, "verify", asked, signed=hands, when=now).must(200)
    with nothing_changes(casino):
        answer = casino.rae.post(path, at=now, signed=[casino.rory])
        answer.must_refuse(409, "SLIP_STATUS")


def test_who_does_not_carry_it_relieves_nobody(live: AtTable) -> None:
    """SIGN-2: two runners of whom neither has the chips hand nothing over."""
    casino, slip = live.casino, live.issue(live.ask_fill("1 black"))
    third = casino.hire(badge=casino.code("run"), name="Ron", roles=["RUNNER"], pin="404040")
    with nothing_changes(casino):
        answer = casino.rae.post(
            f"/slips/{slip['id']}/relieve-runner", at=live.casino.now, signed=[third]
        )
        answer.must_refuse(422, "RUNNER_CHANGED")


def test_nobody_is_two_hands_on_one_slip(live: AtTable) -> None:
    """SIGN-2, LESSON-19, FIL-14, CRD-08: who ran the chips does not verify them as dealer."""
    casino = live.casino
    both = casino.hire(
        badge=casino.code("both"), name="Bo", roles=["RUNNER", "DEALER"], pin="909090"
    )
    slip = live.ask_credit("1 black")
    now = live.when(None)
    with nothing_changes(casino):
        twice = [both.signs("DEALER"), both.signs("RUNNER")]
        answer = casino.sam.post(f"/slips/{slip['id']}/pick-up", at=now, signed=twice)
        answer.must_refuse(422, "SIGNERS_NOT_DISTINCT")
    fill = live.ask_fill("1 black")
    casino.casey.post(
        f"/slips/{fill['id']}/issue", at=live.when(None), signed=[both.signs("RUNNER")]
    ).must(200)
    now = live.when(None)
    with nothing_changes(casino):
        answer = casino.sam.post(
            f"/slips/{fill['id']}/verify",
            {"chipset": chips("1 black")},
            at=now,
            signed=[both.signs("DEALER"), casino.rory],
        )
        assert answer.code in ("SIGNERS_NOT_DISTINCT", "RUNNER_CHANGED"), answer.text


def test_a_slip_at_or_before_the_opener_is_refused(live: AtTable) -> None:
    """SLIP-6, LESSON-10: the opener saw those chips."""
    slip = live.ask_credit("1 black")
    opener = live.session()["opening"]["occurred_at"]
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(
            f"/slips/{slip['id']}/pick-up",
            {"occurred_at": opener},
            signed=[live.casino.dana, live.casino.rory],
        )
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_no_slip_moves_after_the_close(live: AtTable) -> None:
    """LESSON-28, SLIP-11: nothing is asked for, issued or verified on a closed session."""
    fill = live.issue(live.ask_fill("1 black"))
    live.force_close()
    casino, now = live.casino, live.when(None)
    with nothing_changes(casino):
        answer = casino.sam.post(f"{live.path}/credits", {"chipset": chips("1 black")}, at=now)
        answer.must_refuse(409, "SESSION_NOT_OPEN", status="CLOSED")
        answer = _step(
            casino.sam,
            fill,
            "verify",
            {"chipset": chips("1 black")},
            signed=[casino.dana, casino.rory],
            when=now,
        )
        answer.must_refuse(409, "SESSION_NOT_OPEN")


def test_a_slip_needs_a_box_to_be_deposited_in(live: AtTable) -> None:
    """SLIP-13: none mounted is refused; the slip waits."""
    slip = live.issue(live.ask_fill("1 black"))
    live.drop(replacement_box=None)
    now, hands = live.when(None), [live.casino.dana, live.casino.rory]
    with nothing_changes(live.casino):
        asked = {"chipset": chips("1 black"), "deposit": True}
        answer = _step(live.casino.sam, slip, "verify", asked, signed=hands, when=now)
        answer.must_refuse(409, "BOX_NOT_MOUNTED")
        asked = {"chipset": chips("1 black"), "deposit": True, "box": "no such box"}
        answer = _step(live.casino.sam, slip, "verify", asked, signed=hands, when=now)
        answer.must_refuse(422, "REFERENCE_UNKNOWN")
    assert live.verify_fill(slip, deposit=False)["status"] == "VERIFIED_AT_TABLE"


def test_numbers_are_gap_free_by_casino_form_and_local_year() -> None:
    """SLIP-2, FIL-05, CRD-02: consecutive, by the calendar year on the casino's wall,
    used even when voided.
    """
    casino = found()
    table = a_table(casino)
    table.open_table()
    fills = [table.issue(table.ask_fill("1 black")) for _ in range(3)]
    assert [each["number"] for each in fills] == [
        "F-2026-000001",
        "F-2026-000002",
        "F-2026-000003",
    ]
    assert [each["request_number"] for each in fills][2] == "R-2026-000003"
    late = table.ask_fill("1 black")
    midnight = "2027-01-01T04:59:00Z"  # still the old year in New York
    answer = casino.casey.post(
        f"/slips/{late['id']}/issue", at=midnight, signed=[casino.rory]
    ).must(200)
    assert answer["number"] == "F-2026-000004"
    asked = {"chipset": chips("1 black")}
    casino.sam.post(f"{table.path}/fills", asked, at="2027-01-01T05:00:00Z").must(201)
    newest = casino.art.all_of("/slips")[-1]
    assert newest["request_number"] == "R-2027-000001"
    first = casino.casey.post(
        f"/slips/{newest['id']}/issue", at="2027-01-01T05:00:00Z", signed=[casino.rory]
    ).must(200)
    assert first["number"] == "F-2027-000001"


def test_chips_on_the_road_are_visible(live: AtTable) -> None:
    """SLIP-10: per slip, who carries them, since when, how much in total."""
    slip = live.issue(live.ask_fill("5 black"))
    live.ask_fill("1 black")
    art = live.casino.art
    moving = art.all_of("/slips", in_transit="true", session_id=live.session_id)
    assert [(each["id"], each["runner_id"], each["moved_at"]) for each in moving] == [
        (slip["id"], live.casino.rory.id, slip["history"][1]["occurred_at"])
    ]
    assert art.get(f"/tables/{live.id}")["in_transit_cents"] == worth("5 black")
    live.verify_fill(slip)
    assert art.get(f"/tables/{live.id}")["in_transit_cents"] == 0


def test_a_credit_beyond_the_expected_tray_is_not_refused(live: AtTable) -> None:
    """SLIP-10: the estimate ignores play."""
    assert live.credit("900 black")["status"] == "DEPOSITED_IN_DROPBOX"


def test_slips_are_found_by_number_kind_and_status(live: AtTable) -> None:
    """SLIP-2: by slip number or request number."""
    slip = live.fill("1 black")
    live.ask_credit("1 black")
    art = live.casino.art
    for number in (slip["number"], slip["request_number"]):
        assert [each["id"] for each in art.all_of("/slips", number=number)] == [slip["id"]]
    mine = {"session_id": live.session_id}
    assert len(art.all_of("/slips", **mine)) == 2
    assert [each["kind"] for each in art.all_of("/slips", kind="CREDIT", **mine)] == ["CREDIT"]
    done = art.all_of("/slips", status="DEPOSITED_IN_DROPBOX", **mine)
    assert [each["id"] for each in done] == [slip["id"]]


def test_chips_move_on_slips_alone(live: AtTable) -> None:
    """SLIP-5, XFR-01: a session's own fills and credits name no other table;
    there is no cross-fill.
    """
    asked = {"chipset": chips("1 black"), "from_table_id": live.id}
    live.casino.sam.post(f"{live.path}/fills", asked).must_refuse(422, "SHAPE")
