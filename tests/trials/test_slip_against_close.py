"""A slip racing with the close: in the closed figure or refused, never committed and missing.

LESSON-26, SLIP-11. Four ways to race, twenty-five rounds each, several tables at once. What the
slips say, read one by one, is held against what the rundown says and which slips it was made from.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.cast import Casino, found
from tests.line import Answer, OverTheWire
from tests.trials.racing import at_once, check_journal, told
from tests.trials.spot import Body, Spot, spot_in

VERIFIED = {"VERIFIED_AT_TABLE", "VERIFIED_AT_CAGE", "DEPOSITED_IN_DROPBOX"}
SIGN = {"FILL": 1, "CREDIT": -1}
MAY_REFUSE_SLIP = {"SESSION_NOT_OPEN", "SLIP_STATUS"}
MAY_REFUSE_CLOSE = {"SLIPS_IN_FLIGHT", "COUNT_STALE", "SESSION_NOT_CLOSING"}

Race = Callable[[Spot], list[Answer]]


@pytest.fixture(scope="module")
def busy(wire: OverTheWire) -> Casino:
    casino = found(line=wire, simulated=False)
    for name in ("dana", "sam", "sue", "pat", "casey", "rory", "ana"):
        casino.person(name)
    return casino


def _verify_fill(spot: Spot, slip: str) -> Answer:
    casino = spot.casino
    said = {"chipset": {"10000": 10}, "deposit": True}
    return casino.sam.post(f"/slips/{slip}/verify", said, signed=[casino.dana, casino.rory])


def _pick_up(spot: Spot, slip: str) -> Answer:
    casino = spot.casino
    return casino.sam.post(f"/slips/{slip}/pick-up", signed=[casino.dana, casino.rory])


def _close(spot: Spot, *, force: bool = False) -> Answer:
    """Another supervisor begins closing, counts what the tray held before, and closes."""
    casino, path = spot.casino, f"/sessions/{spot.session}"
    casino.sue.post(f"{path}/closing").must(200)
    said = {"kind": "CLOSING", "chipset": {"10000": 100}}
    casino.sue.post(f"{path}/snapshots", said, signed=[casino.dana]).must(201)
    if force:
        return casino.pat.post(f"{path}/close", {"force": True, "reason": "the race"})
    return casino.sue.post(f"{path}/close")


def a_fill_and_a_close(spot: Spot) -> list[Answer]:
    slip = spot.send_fill("10 black")
    return at_once([partial(_verify_fill, spot, slip), partial(_close, spot)])


def a_fill_and_a_forced_close(spot: Spot) -> list[Answer]:
    slip = spot.send_fill("10 black")
    return at_once([partial(_verify_fill, spot, slip), partial(_close, spot, force=True)])


def a_credit_and_a_close(spot: Spot) -> list[Answer]:
    slip = spot.ask_credit("10 black")["id"]
    return at_once([partial(_pick_up, spot, slip), partial(_close, spot)])


def a_credit_and_a_forced_close(spot: Spot) -> list[Answer]:
    slip = spot.ask_credit("10 black")["id"]
    return at_once([partial(_pick_up, spot, slip), partial(_close, spot, force=True)])


@pytest.mark.parametrize("rounds", [25, pytest.param(250, marks=pytest.mark.trial)])
@pytest.mark.parametrize(
    "race",
    [
        a_fill_and_a_close,
        a_fill_and_a_forced_close,
        a_credit_and_a_close,
        a_credit_and_a_forced_close,
    ],
)
def test_a_slip_is_never_committed_and_missing(race: Race, rounds: int, busy: Casino) -> None:
    """LESSON-26, SLIP-6, SLIP-11, SLIP-12, CLOSE-5."""

    def one_round(_: int) -> Counter[str]:
        spot = spot_in(busy)
        spot.open("100 black")
        slip, close = race(spot)
        assert slip.status == 200 or slip.code in MAY_REFUSE_SLIP, slip.text
        assert close.status == 200 or close.code in MAY_REFUSE_CLOSE, close.text
        _check_figures(spot)
        _settle(spot)
        _check_figures(spot)
        return told([slip, close])

    with ThreadPoolExecutor(max_workers=3) as pool:
        seen = sum(pool.map(one_round, range(rounds)), Counter())
    assert seen["200"] >= rounds, seen
    check_journal(busy)


def _slips(spot: Spot) -> list[Body]:
    return spot.casino.sam.all_of("/slips", session_id=spot.session)


def _counts(slip: Body) -> bool:
    return slip["status"] in VERIFIED


def _check_figures(spot: Spot) -> None:
    """Every slip is verified and in, or on its way and said to be, or out; nothing between."""
    slips, result, session = _slips(spot), spot.rundown(), spot.now()
    closed = session["phase"] == "CLOSED"
    assert set(result["inputs"]["slips"]) == {slip["id"] for slip in slips if _counts(slip)}
    for kind, term in (("FILL", "fills_total_cents"), ("CREDIT", "credits_total_cents")):
        mine = [slip for slip in slips if slip["kind"] == kind]
        on_the_way = any(slip["status"] in {"ISSUED", "PICKED_UP", "REQUESTED"} for slip in mine)
        verified = sum(slip["total_cents"] for slip in mine if _counts(slip))
        assert result[term] == (None if closed and on_the_way else verified)
    if closed:
        _check_closing(slips, result, session)
    if result["state"] == "pending_count":
        moved = sum(SIGN[each["kind"]] * each["total_cents"] for each in slips if _counts(each))
        standing = session["closing"]["total_cents"] - session["opening"]["total_cents"]
        assert result["before_drop_cents"] == standing - moved


def _check_closing(slips: list[Body], result: Body, session: Body) -> None:
    """What touched the tray after the closing count makes it no closing; the order it was recorded
    in is the order it happened in."""
    closing = session["closing"]
    touched = [slip for slip in slips if slip["tray_instant"] is not None]
    for slip in touched:
        step = next(
            each for each in slip["history"] if each["status"] in {"VERIFIED_AT_TABLE", "PICKED_UP"}
        )
        happened_after = slip["tray_instant"] > closing["occurred_at"]
        assert happened_after == (step["recorded_at"] > closing["recorded_at"])
        if happened_after:
            assert session["close_forced"]
            assert result["state"] == "missing_closing"
            assert result["table_win_cents"] is None


def _settle(spot: Spot) -> None:
    """Whatever the race left is brought to its end, as a floor would."""
    casino = spot.casino
    phase = spot.now()["phase"]
    for slip in _slips(spot):
        if slip["status"] == "PICKED_UP":
            spot.verify_credit(slip["id"], slip["chipset"])
        elif slip["status"] in {"ISSUED", "REQUESTED"} and phase == "CLOSING":
            if slip["kind"] == "FILL":
                spot.verify_fill(slip["id"], slip["chipset"])
            else:
                spot.pick_up(slip["id"])
                spot.verify_credit(slip["id"], slip["chipset"])
    if phase == "CLOSING":
        tray = 100 + sum(10 * SIGN[slip["kind"]] for slip in _slips(spot) if _counts(slip))
        spot.count_tray("CLOSING", {"10000": tray}, reason="counted again")
        spot.end()
    assert casino.sam.get(f"/sessions/{spot.session}").must(200)["phase"] == "CLOSED"
