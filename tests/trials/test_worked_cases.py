"""Worked cases with exact figures, over a real socket: what a table won, or why it is not known."""

import pytest

from tests.cast import Casino, found
from tests.line import OverTheWire
from tests.say import DAY, dollars
from tests.trials.spot import Body, shift_at, spot_in


@pytest.fixture
def casino(wire: OverTheWire) -> Casino:
    return found(line=wire)


def _summary(casino: Casino, shift: str) -> Body:
    found: Body = casino.ana.get(f"/shifts/{shift_at(casino, shift)}/summary").must(200)
    return found


def _unknown(rundown: Body) -> tuple[object, ...]:
    """What must all be unknown where a result is."""
    return rundown["table_win_cents"], rundown["hold_pct"]


NOTHING = (None, None)


def test_the_check_that_regulators_work(casino: Casino) -> None:
    """RUN-1, RUN-7, WIN-01 (controls, section 5): win 4,000 and hold 44.44 per cent."""
    spot = spot_in(casino)
    spot.open("200 black", at="06:05")
    spot.fill("50 black", at="08:00", arrives="08:05")
    spot.credit("20 black", at="10:00", arrives="10:05")
    spot.close("180 black", at="13:50")
    pending = spot.rundown()
    assert (pending["state"], *_unknown(pending)) == ("pending_count", *NOTHING)
    assert pending["before_drop_cents"] == dollars("-5,000")
    drop = spot.remove(at="13:55")
    spot.count_box(drop, dollars("9,000"), at="15:00")
    result = spot.rundown()
    assert result["state"] == "complete"
    assert result["opening_total_cents"] == dollars("20,000")
    assert result["fills_total_cents"] == dollars("5,000")
    assert result["credits_total_cents"] == dollars("2,000")
    assert result["closing_total_cents"] == dollars("18,000")
    assert result["drop_total_cents"] == dollars("9,000")
    assert result["table_win_cents"] == dollars("4,000")
    assert result["hold_pct"] == "44.44"


def test_three_shifts_on_one_box(casino: Casino) -> None:
    """BOX-6, RUN-1, SHIFT-1: no member has a drop, a win or a hold; the group won 53,400."""
    spot = spot_in(casino)
    spot.open("500 black", at="06:05")
    day = spot.session
    spot.roll_over("310 black", at="14:00")
    swing = spot.session
    spot.fill("200 black", at="16:00", arrives="16:10")
    spot.roll_over("230 black", at="22:00")
    grave = spot.session
    spot.credit("50 black", at="01:00", arrives="01:10")
    spot.close("220 black", at="05:30")
    drop = spot.remove(at="05:40")
    assert spot.rundown(day)["state"] == "shared_drop"
    spot.count_box(drop, dollars("96,400"), at="05:59")
    expected = {day: "-19,000", swing: "-28,000", grave: "4,000"}
    for session, change in expected.items():
        member = spot.rundown(session)
        assert member["group_id"] == day
        assert member["state"] == "shared_drop"
        assert "DROP_SHARED" in member["reasons"]
        assert member["before_drop_cents"] == dollars(change)
        assert member["drop_total_cents"] is None
        assert _unknown(member) == NOTHING
        assert spot.now(session)["status"] == "CLOSED"
        assert spot.now(session)["drop_state"] == "COUNTED"
    group = casino.ana.get(f"/drop-groups/{day}/rundown").must(200)
    assert [each["session_id"] for each in group["members"]] == [day, swing, grave]
    assert group["state"] == "complete"
    assert group["before_drop_cents"] == dollars("-43,000")
    assert group["drop_total_cents"] == dollars("96,400")
    assert group["table_win_cents"] == dollars("53,400")
    assert group["hold_pct"] == "55.39"
    totals = _summary(casino, "SWING")["totals"]
    assert (totals["win_cents"], totals["shared"]) == (None, 1)


def test_an_emergency_box_is_counted_while_the_main_box_is_still_on_the_table(
    casino: Casino,
) -> None:
    """BOX-5, DRP-13: one of two boxes counted is an unknown drop, however much is in the one."""
    spot = spot_in(casino)
    spot.open("300 black", at="06:05")
    casino.ada.post("/boxes", {"code": "EMERGENCY-1", "kind": "EMERGENCY"}).must(201)
    main = spot.remove(at="09:00", kind="EMERGENCY", reason="jammed", into="EMERGENCY-1")
    emergency = spot.remove(at="10:00", kind="EMERGENCY", reason="the main box is mended")
    spot.count_box(main, dollars("1,200"), at="11:00")
    spot.count_box(emergency, dollars("800"), at="11:30")
    for _ in ("live", "closed"):
        result = spot.rundown()
        assert result["drop_total_cents"] is None
        assert _unknown(result) == NOTHING
        assert "BOXES_OUTSTANDING" in result["reasons"]
        assert spot.now()["drop_state"] != "COUNTED"
        assert spot.now()["drop_posted_at"] is None
        if spot.now()["phase"] == "OPEN":
            spot.close("290 black", at="13:50")
    assert spot.rundown()["state"] == "pending_count"
    last = spot.remove(at="13:55")
    spot.count_box(last, dollars("2,500"), at="15:00")
    result = spot.rundown()
    assert result["state"] == "complete"
    assert result["drop_total_cents"] == dollars("4,500")
    assert result["table_win_cents"] == dollars("3,500")
    assert spot.now()["drop_posted_at"] is not None


def test_a_forced_close_with_a_credit_on_the_road(casino: Casino) -> None:
    """SLIP-6, CLOSE-5, RUN-2, LESSON-25: refused with the list, then forced, then settled."""
    spot = spot_in(casino)
    spot.open("100 black", at="06:05")
    credit = spot.send_credit("20 black", at="13:40")
    spot.begin_closing(at="13:45")
    spot.count_tray("CLOSING", "90 black", at="13:46")
    refused = casino.sam.post(f"/sessions/{spot.session}/close", at="13:47")
    facts = refused.must_refuse(409, "SLIPS_IN_FLIGHT")["facts"]
    assert [each["id"] for each in facts["slips"]] == [credit]
    assert facts["ways_out"] == ["verify", "return_and_void", "force_close"]
    assert spot.now()["phase"] == "CLOSING"
    spot.force(at="13:50", reason="the runner is stuck in the lift")
    forced = spot.rundown()
    assert forced["state"] == "pending_slips"
    assert "SLIP_IN_FLIGHT" in forced["reasons"]
    assert forced["credits_total_cents"] is None
    assert forced["before_drop_cents"] is None
    assert _unknown(forced) == NOTHING
    unsettled = spot.exceptions()["SLIP_UNSETTLED"]
    assert (unsettled["status"], unsettled["stops"]) == ("OPEN", "result")
    spot.verify_credit(credit, "20 black", at="14:05")
    settled = spot.rundown()
    assert settled["state"] == "pending_count"
    assert settled["credits_total_cents"] == dollars("2,000")
    assert settled["before_drop_cents"] == dollars("1,000")
    assert spot.exceptions()["SLIP_UNSETTLED"]["status"] == "CLEARED"
    drop = spot.remove(at="14:10")
    spot.count_box(drop, 0, at="15:00")
    assert spot.rundown()["table_win_cents"] == dollars("1,000")


def test_a_table_that_goes_live_on_a_box_already_in_play(casino: Casino) -> None:
    """PAR-11: what was in the box before cannot be told apart; the session after has its own."""
    spot = spot_in(casino, in_play=True)
    spot.open("100 black", at="06:05")
    first = spot.session
    assert spot.now()["previous_session_id"] is None
    assert spot.exceptions() == {}
    spot.roll_over("90 black", at="14:00")
    drop = spot.remove(session=first, at="14:05")
    spot.count_box(drop, dollars("7,000"), at="15:00")
    begun = spot.rundown(first)
    assert begun["state"] == "unknown_drop"
    assert "BOX_OLDER_THAN_OPENER" in begun["reasons"]
    assert begun["before_drop_cents"] == dollars("-1,000")
    assert begun["drop_total_cents"] is None
    assert _unknown(begun) == NOTHING
    spot.close("95 black", at="21:50")
    spot.count_box(spot.remove(at="21:55"), dollars("600"), at="22:30")
    assert spot.rundown()["state"] == "complete"
    assert spot.rundown()["table_win_cents"] == dollars("1,100")
    assert _summary(casino, "DAY")["totals"]["unknown"] == 1


def test_what_was_not_counted_is_unknown(casino: Casino) -> None:
    """LESSON-1, CLOSE-2, RUN-1: 6,999.00, and neither 56,999.00 nor −46,000.00.

    Three tables play the same. One is counted, one was never opened with a count, one was closed
    without one; at every door the last two are unknown.
    """
    counted, no_opener, no_closer = (spot_in(casino) for _ in range(3))
    for spot in (counted, no_closer):
        spot.open("500 black", at="06:05")
    no_opener.begin(at="06:05")
    counted.close("529 black, 99 white", at="13:50")
    no_opener.force(at="13:50")
    no_closer.begin_closing(at="13:45")
    missing = casino.sam.post(f"/sessions/{no_closer.session}/close", at="13:46")
    missing.must_refuse(409, "CLOSING_COUNT_MISSING")
    no_closer.force(at="13:50")
    for spot in (counted, no_opener, no_closer):
        spot.count_box(spot.remove(at="13:55"), dollars("4,000"), at="15:00")
    assert counted.rundown()["table_win_cents"] == dollars("6,999.00")
    for spot, term, state, kind in (
        (no_opener, "opening", "missing_opening", "MISSING_OPENING_COUNT"),
        (no_closer, "closing", "missing_closing", "MISSING_CLOSING_COUNT"),
    ):
        result = spot.rundown()
        assert result["state"] == state
        assert {"NOT_COUNTED", kind} <= set(result["reasons"])
        assert result[f"{term}_total_cents"] is None
        assert result["before_drop_cents"] is None
        assert result["drop_total_cents"] == dollars("4,000")
        assert _unknown(result) == NOTHING
        assert spot.exceptions()[kind]["status"] == "OPEN"
    summary = _summary(casino, "DAY")
    assert summary["totals"] == {
        "known_cents": dollars("6,999.00"),
        "win_cents": None,
        "complete": 1,
        "pending": 0,
        "shared": 0,
        "unknown": 2,
    }
    wins = {each["session_id"]: each["table_win_cents"] for each in summary["items"]}
    assert wins[no_opener.session] is None
    assert wins[no_closer.session] is None


def test_an_unknown_member_leaves_its_group_unknown(casino: Casino) -> None:
    """LESSON-2, BOX-6, SHIFT-1: an unknown survives the sum over a drop group and over a shift."""
    spot = spot_in(casino)
    spot.open("500 black", at="06:05")
    first = spot.session
    spot.roll_over("510 black", at="14:00")
    spot.force(at="21:50", reason="nobody counted")
    spot.count_box(spot.remove(at="21:55"), dollars("4,000"), at="22:30")
    group = casino.ana.get(f"/drop-groups/{first}/rundown").must(200)
    assert group["state"] == "missing_closing"
    assert {"NOT_COUNTED", "MISSING_CLOSING_COUNT"} <= set(group["reasons"])
    assert group["closing_total_cents"] is None
    assert group["before_drop_cents"] is None
    assert _unknown(group) == NOTHING
    for shift in ("DAY", "SWING"):
        assert _summary(casino, shift)["totals"]["win_cents"] is None
    for session in (first, spot.session):
        assert spot.rundown(session)["table_win_cents"] is None


def test_a_supervisor_whose_hours_span_the_change_signs_with_the_dealer(casino: Casino) -> None:
    """SIGN-3, SESS-8: alone never; with the dealer, or outgoing and incoming together."""
    spot = spot_in(casino)
    spot.open("100 black", at="06:05")
    path = f"/sessions/{spot.session}/roll-over"
    alone = casino.sam.post(path, {"chipset": {"10000": 100}}, at="14:00")
    alone.must_refuse(422, "SIGNATURE_MISSING")
    spot.roll_over("100 black", at="14:00", signed=[casino.dana])
    rolled = spot.roll_over("100 black", at="22:00", signed=[casino.sue])
    for snapshot in (rolled["closed"]["closing"], rolled["opened"]["opening"]):
        badges = {each["badge"] for each in snapshot["signatures"]}
        assert badges == {casino.sam.badge, casino.sue.badge}
    assert rolled["opened"]["shift_id"] == shift_at(casino, "GRAVE")
    numbers = {rolled["closed"]["closing"]["number"], rolled["opened"]["opening"]["number"]}
    assert len(numbers) == 2


def test_slips_are_carried_over_a_roll_over(casino: Casino) -> None:
    """SLIP-12, SESS-8: whose a slip is follows from its tray instant and from nothing else."""
    spot = spot_in(casino)
    spot.open("300 black", at="06:05")
    day = spot.session
    fill = spot.send_fill("50 black", at="13:50")
    credit = spot.send_credit("20 black", at="13:55")
    asked = spot.ask_fill("10 black", at="13:56")["id"]
    rolled = spot.roll_over("280 black", at="14:00")
    swing = spot.session
    carried = {each["id"]: each["session_id"] for each in rolled["carried"]}
    assert carried == {fill: swing, credit: day, asked: swing}
    assert spot.rundown(day)["credits_total_cents"] is None
    spot.verify_fill(fill, "50 black", at="14:05")
    spot.verify_credit(credit, "20 black", at="14:06")
    spot.issue(asked, at="14:10")
    spot.verify_fill(asked, "10 black", at="14:15")
    spot.close("330 black", at="21:50")
    first, second = spot.rundown(day), spot.rundown(swing)
    assert (first["fills_total_cents"], first["credits_total_cents"]) == (0, dollars("2,000"))
    assert (second["fills_total_cents"], second["credits_total_cents"]) == (dollars("6,000"), 0)
    assert first["before_drop_cents"] == 0
    assert second["before_drop_cents"] == dollars("-1,000")


def test_a_box_taken_just_after_a_roll_over(casino: Casino) -> None:
    """BOX-2, BOX-5: it is removed on the session that rolled, and served no other."""
    spot = spot_in(casino)
    spot.open("300 black", at="06:05")
    day = spot.session
    spot.roll_over("310 black", at="14:00")
    swing = spot.session
    drop = spot.remove(session=day, at="14:04")
    spot.close("305 black", at="21:50")
    spot.count_box(drop, dollars("5,000"), at="15:00")
    assert spot.rundown(day)["state"] == "complete"
    assert spot.rundown(day)["table_win_cents"] == dollars("6,000")
    assert spot.rundown(swing)["state"] == "pending_count"
    spot.count_box(spot.remove(at="21:55"), dollars("700"), at="22:30")
    assert spot.rundown(swing)["table_win_cents"] == dollars("200")
    assert spot.now(day)["group_id"] is None
    assert spot.now(swing)["group_id"] is None


def test_a_count_mode_table_closes_as_it_was_counted(casino: Casino) -> None:
    """CLOSE-1, RUN-3, PAR-6: a target is a target; being off it stops nothing."""
    spot = spot_in(casino)
    _set_par(casino, spot.id, dollars("10,000"))
    spot.open("100 black", at="06:05")
    assert spot.now()["need_total_cents"] == dollars("10,000")
    spot.close("70 black", at="13:50")
    result = spot.rundown()
    assert result["variance_from_par_cents"] == dollars("-3,000")
    assert result["before_drop_cents"] == dollars("-3,000")
    assert spot.exceptions() == {}


def test_an_imprest_table_is_restored_first(wire: OverTheWire) -> None:
    """CLOSE-1, SLIP-8, RUN-1: the final fill enters the rundown like any other."""
    casino = found(line=wire, mode="IMPREST_TO_PAR")
    spot = spot_in(casino)
    _set_par(casino, spot.id, dollars("10,000"))
    spot.open("100 black", at="06:05")
    spot.begin_closing(at="13:40")
    spot.count_tray("CLOSING", "93 black", at="13:41")
    refused = casino.sam.post(f"/sessions/{spot.session}/close", at="13:42")
    facts = refused.must_refuse(409, "RESTORE_REQUIRED", suggested="FILL")["facts"]
    assert facts["variance_from_par_cents"] == dollars("-700")
    said = {"chipset": {"10000": 7}, "purpose": "FINAL_ADJUSTMENT"}
    fill = casino.sam.post(f"/sessions/{spot.session}/fills", said, at="13:43").must(201)["id"]
    spot.issue(fill, at="13:44")
    spot.verify_fill(fill, "7 black", at="13:46")
    stale = casino.sam.post(f"/sessions/{spot.session}/close", at="13:47")
    stale.must_refuse(409, "COUNT_STALE")
    spot.count_tray("CLOSING", "100 black", at="13:48")
    spot.end(at="13:50")
    spot.count_box(spot.remove(at="13:55"), dollars("2,000"), at="15:00")
    result = spot.rundown()
    assert result["variance_from_par_cents"] == 0
    assert result["fills_total_cents"] == dollars("700")
    assert result["table_win_cents"] == dollars("1,300")
    assert spot.exceptions() == {}


def test_an_imprest_table_off_par_is_a_pit_managers(wire: OverTheWire) -> None:
    """CLOSE-1, SIGN-3: attested and still off takes a pit manager; and is a finding for good."""
    casino = found(line=wire, mode="IMPREST_TO_PAR")
    spot = spot_in(casino)
    _set_par(casino, spot.id, dollars("10,000"))
    spot.open("100 black", at="06:05")
    spot.begin_closing(at="13:40")
    path = f"/sessions/{spot.session}"
    casino.sam.post(f"{path}/attest-par", at="13:41", signed=[casino.dana]).must(200)
    spot.count_tray("CLOSING", "99 black", at="13:42")
    refused = casino.sam.post(f"{path}/close", at="13:43")
    refused.must_refuse(409, "PAR_VARIANCE_NEEDS_MANAGER", variance_from_par_cents=dollars("-100"))
    said = {"reason": "one black is in surveillance's hands"}
    casino.pat.post(f"{path}/close", said, at="13:44").must(200)
    variance = spot.exceptions()["PAR_VARIANCE"]
    assert (variance["status"], variance["stops"]) == ("OPEN", "result")
    assert variance["variance_cents"] == dollars("-100")


def test_an_imprest_table_at_par_needs_nothing_more(wire: OverTheWire) -> None:
    """CLOSE-1: within tolerance a count is enough; with no par there is nothing to restore to."""
    casino = found(line=wire, mode="IMPREST_TO_PAR")
    at_par, without_par = spot_in(casino), spot_in(casino)
    _set_par(casino, at_par.id, dollars("10,000"))
    for spot in (at_par, without_par):
        spot.open("100 black", at="06:05")
        spot.close("100 black", at="13:50")
    assert at_par.exceptions() == {}
    assert set(without_par.exceptions()) == {"PAR_MISSING"}
    assert without_par.rundown()["variance_from_par_cents"] is None


def _set_par(casino: Casino, table: str, cents: int) -> None:
    said = {
        "table_id": table,
        "par_total_cents": cents,
        "effective_from_gaming_day": DAY.isoformat(),
    }
    casino.pat.post("/par-policies", said, at=casino.now).must(201)
