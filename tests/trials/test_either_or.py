"""Two steps that exclude each other, and one step taken twice, at the same moment (S2).

Whatever comes first holds; the other is refused by its state, and nothing is half of each.
"""

from functools import partial

import pytest

from tests.cast import Casino, Person, found
from tests.line import Answer, OverTheWire
from tests.say import dollars
from tests.trials.racing import at_once, check_journal, told
from tests.trials.spot import spot_in

ROUNDS = 8


@pytest.fixture(scope="module")
def busy(wire: OverTheWire) -> Casino:
    casino = found(line=wire, simulated=False)
    for name in ("dana", "drew", "sam", "pat", "casey", "cam", "rory", "dora", "tina", "ana"):
        casino.person(name)
    return casino


def _one_of(answers: list[Answer]) -> int:
    """Which of the two was done; exactly one was, and the other refused by its state."""
    assert sorted(each.status for each in answers) == [200, 409], told(answers)
    return [each.status for each in answers].index(200)


def test_cancelled_or_issued(busy: Casino) -> None:
    """SLIP-1, SLIP-2: a cancelled request has no number, an issued slip is not cancelled."""
    spot = spot_in(busy)
    spot.open("100 black")
    for _ in range(ROUNDS):
        slip = spot.ask_fill("1 black")["id"]
        answers = at_once(
            [
                partial(busy.sam.post, f"/slips/{slip}/cancel", {"reason": "not needed"}),
                partial(busy.casey.post, f"/slips/{slip}/issue", signed=[busy.rory]),
            ]
        )
        expected = ("CANCELLED", "ISSUED")[_one_of(answers)]
        found = busy.sam.get(f"/slips/{slip}").must(200)
        assert (found["status"], found["number"] is None) == (expected, expected == "CANCELLED")
    check_journal(busy)


def test_voided_or_verified(busy: Casino) -> None:
    """SLIP-4, LESSON-26: a slip is in the figure or voided, and the figure says which."""
    spot = spot_in(busy)
    spot.open("100 black")
    verified = 0
    for _ in range(ROUNDS):
        slip = spot.send_fill("1 black")
        void = {"reason": "wrong table", "counted_back": {"10000": 1}}
        count = {"chipset": {"10000": 1}, "deposit": True}
        answers = at_once(
            [
                partial(busy.cam.post, f"/slips/{slip}/void", void, signed=[busy.sam]),
                partial(busy.sam.post, f"/slips/{slip}/verify", count, signed=_hands(busy)),
            ]
        )
        verified += _one_of(answers)
    assert spot.rundown()["fills_total_cents"] == verified * 10_000
    check_journal(busy)


def test_verified_once(busy: Casino) -> None:
    """LESSON-19, LESSON-28: a second delivery of the same slip is refused."""
    spot = spot_in(busy)
    spot.open("100 black")
    slip = spot.send_fill("1 black")
    count = {"chipset": {"10000": 1}}
    verify = partial(busy.sam.post, f"/slips/{slip}/verify", count, signed=_hands(busy))
    assert told(at_once([verify] * 10)) == {"200": 1, "409 SLIP_STATUS": 9}
    deposit = partial(busy.dana.post, f"/slips/{slip}/deposit", signed=[busy.rory])
    assert told(at_once([deposit] * 10)) == {"200": 1, "409 SLIP_STATUS": 9}
    assert spot.rundown()["fills_total_cents"] == 10_000


def test_opened_by_one_count(busy: Casino) -> None:
    """SESS-4, LESSON-28: the opener is counted once, and a closed session is not opened by it."""
    spot = spot_in(busy)
    spot.begin()
    said = {"kind": "OPENING", "chipset": {"10000": 100}}
    path = f"/sessions/{spot.session}/snapshots"
    count = partial(busy.sam.post, path, said, signed=[busy.dana, busy.pat])
    assert told(at_once([count] * 10)) == {"201": 1, "409 SESSION_NOT_OPENING": 9}
    spot.close("100 black")
    count().must_refuse(409, "SESSION_NOT_OPENING")
    assert spot.now()["status"] == "CLOSED"


def test_closed_once_or_rolled_over(busy: Casino) -> None:
    """SESS-6, SESS-8: the table is closed, or has a session after this one; never both."""
    for _ in range(ROUNDS):
        spot = spot_in(busy)
        spot.open("100 black")
        spot.begin_closing()
        spot.count_tray("CLOSING", "100 black")
        path = f"/sessions/{spot.session}"
        answers = at_once(
            [
                partial(busy.sam.post, f"{path}/close"),
                partial(
                    busy.sam.post,
                    f"{path}/roll-over",
                    {"chipset": {"10000": 100}},
                    signed=[busy.dana],
                ),
            ]
        )
        rolled = _one_of(answers)
        there = busy.sam.all_of("/sessions", table_id=spot.id)
        assert sorted(each["phase"] for each in there) == [["CLOSED"], ["CLOSED", "OPEN"]][rolled]
    check_journal(busy)


def test_voided_or_filled(busy: Casino) -> None:
    """SESS-7: a session with a slip on it is not voided, a voided one takes no slip."""
    for _ in range(ROUNDS):
        spot = spot_in(busy)
        spot.open("100 black")
        path = f"/sessions/{spot.session}"
        void, fill = at_once(
            [
                partial(busy.pat.post, f"{path}/void", {"reason": "opened by mistake"}),
                partial(busy.sam.post, f"{path}/fills", {"chipset": {"10000": 1}}),
            ]
        )
        assert {void.status, fill.status} in ({200, 409}, {201, 409}), told([void, fill])
        slips = busy.sam.all_of("/slips", session_id=spot.session)
        assert (spot.now()["phase"] == "VOIDED") == (slips == [])


def test_finalized_once(busy: Casino) -> None:
    """RUN-5, LESSON-17: one report, whoever finalizes at the same moment."""
    spot = spot_in(busy)
    spot.open("100 black")
    spot.close("100 black")
    spot.count_box(spot.remove(), dollars("500"))
    path = f"/sessions/{spot.session}"
    reconcile = partial(busy.ana.post, f"{path}/reconcile")
    assert told(at_once([reconcile] * 10)) == {"200": 1, "409 ALREADY_RECONCILED": 9}
    finalize = partial(busy.ana.post, f"{path}/finalize")
    assert told(at_once([finalize] * 10)) == {"200": 1, "409 ALREADY_FINALIZED": 9}
    assert len(busy.ana.all_of(f"{path}/reports")) == 1


def test_one_code_is_taken_once(busy: Casino) -> None:
    """LESSON-31: the database holds what is unique, and the answer is still in our words."""
    table = {"code": busy.code("BJ"), "pit": "1", "game_type": "BLACKJACK"}
    person = {"badge": busy.code("B"), "name": "Nell New", "roles": ["DEALER"]}
    box = {"code": busy.code("BOX"), "kind": "EMERGENCY"}
    for path, said, code in (
        ("/tables", table, "CODE_TAKEN"),
        ("/staff", person, "BADGE_TAKEN"),
        ("/boxes", box, "CODE_TAKEN"),
    ):
        answers = at_once([partial(busy.ada.post, path, said)] * 10)
        assert told(answers) == {"201": 1, f"409 {code}": 9}


def test_two_settings_changed_at_once_both_hold(busy: Casino) -> None:
    """S2: whoever changes one setting takes nobody else's change back."""
    for minutes in range(20, 20 + ROUNDS):
        changes = [{"transit_limit_minutes": minutes}, {"session_left_open_minutes": minutes}]
        answers = at_once(
            [partial(busy.ada.patch, "/casino", {"settings": each}) for each in changes]
        )
        assert told(answers) == {"200": 2}
        kept = busy.ada.get("/casino").must(200)["settings"]
        assert [kept[name] for each in changes for name in each] == [minutes, minutes]


def test_a_slow_pin_does_not_put_a_fill_behind_the_count(busy: Casino) -> None:
    """SLIP-12, SLIP-6: what is recorded after the closing count happened after it.

    PINs that this server has not seen yet take long to prove; meanwhile the tray is counted.
    """
    for _ in range(3):
        spot = spot_in(busy)
        spot.open("100 black")
        slip = spot.send_fill("1 black")
        newcomer = busy.hire(badge=busy.code("D"), name="Nell", roles=["DEALER"], pin="271828")
        spot.begin_closing()
        count = {"kind": "CLOSING", "chipset": {"10000": 100}}
        path = f"/sessions/{spot.session}/snapshots"
        fill, closing = at_once(
            [
                partial(
                    busy.sam.post,
                    f"/slips/{slip}/verify",
                    {"chipset": {"10000": 1}},
                    signed=[newcomer, busy.rory],
                ),
                partial(busy.sam.post, path, count, signed=[busy.dana]),
            ]
        )
        verified, counted = fill.must(200), closing.must(201)
        last = verified["history"][-1]
        behind = last["recorded_at"] > counted["recorded_at"]
        assert behind == (verified["tray_instant"] > counted["occurred_at"])
        close = busy.sam.post(f"/sessions/{spot.session}/close")
        if behind:
            close.must_refuse(409, "COUNT_STALE")
        else:
            close.must(200)


def test_one_advice_of_a_kind_waits(busy: Casino) -> None:
    """SUGG-4, PAR-4: asked for by several at once, the last one waits; the others gave way."""
    spot = spot_in(busy)
    spot.open("100 black")
    for _ in range(4):
        spot.roll_over("100 black", signed=[busy.dana])
    how = {"kind": "infer", "table_id": spot.id}
    for _ in range(ROUNDS):
        answers = at_once([partial(busy.pat.post, "/par-proposals", how)] * 4)
        assert told(answers) == {"201": 4}
        waiting = busy.pat.all_of("/par-proposals", table_id=spot.id, status="PROPOSED")
        assert len(waiting) == 1
    check_journal(busy)


def _hands(casino: Casino) -> list[Person]:
    return [casino.dana, casino.rory]
