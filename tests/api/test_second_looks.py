"""Cases that a fresh pair of eyes found: each was answered wrongly once."""

from datetime import timedelta

from tests.at_table import AtTable, a_table
from tests.cast import found
from tests.say import chips

LARGEST = 2**53 - 1
MARKER = {"instrument": "MARKER", "number": "M-1"}


def test_a_slip_for_nothing_is_refused_however_it_is_written(live: AtTable) -> None:
    """CHIP-4: chips outside the bank, a marker of 0, a sum that nobody could read."""
    casino = live.casino
    promo = {"code": "PROMO-9", "cents": 900, "colour": "gold", "set": "PROMO", "in_bank": False}
    casino.ada.post("/chips", promo).must(201)
    ask = casino.sam.post
    nothing = ask(f"{live.path}/fills", {"chipset": {"PROMO-9": 4}})
    assert (nothing.status, nothing.json["code"]) == (422, "CHIPSET_EMPTY")
    lines = [{**MARKER, "amount_cents": 0}]
    nothing = ask(f"{live.path}/credits", {"chipset": {}, "lines": lines})
    assert (nothing.status, nothing.json["code"]) == (422, "CHIPSET_EMPTY")
    lines = [{**MARKER, "amount_cents": LARGEST}, {**MARKER, "amount_cents": LARGEST}]
    beyond = ask(f"{live.path}/credits", {"chipset": {}, "lines": lines})
    assert (beyond.status, beyond.json["code"]) == (422, "SHAPE")


def test_a_mode_chosen_in_the_morning_closes_the_night_before() -> None:
    """CLOSE-3, SESS-3: what counts is whether the casino has chosen by now."""
    casino = found(mode="UNKNOWN")
    table = a_table(casino)
    table.open_table(at="05:00")
    assert table.session()["table_bank_mode"] == "UNKNOWN"
    casino.now += timedelta(hours=3)
    casino.ada.patch("/casino", {"table_bank_mode": "INVENTORY_COUNT"}, at=casino.tick()).must(200)
    closed = table.close()
    assert (closed["phase"], closed["table_bank_mode"]) == ("CLOSED", "INVENTORY_COUNT")


def test_a_mode_chosen_while_closing_is_bound_for_the_restore() -> None:
    """CLOSE-1, CLOSE-3: the ways out that a close names are there when it names them."""
    casino = found(mode="UNKNOWN")
    table = a_table(casino)
    par = {
        "table_id": table.id,
        "par_total_cents": 100_000,
        "effective_from_gaming_day": "2026-03-01",
    }
    casino.pat.post("/par-policies", par, at=casino.tick()).must(201)
    table.open_table("10 black")
    table.closing()
    casino.now += timedelta(days=1)
    casino.ada.patch("/casino", {"table_bank_mode": "IMPREST_TO_PAR"}, at=casino.tick()).must(200)
    slip = table.ask_fill("2 black", purpose="FINAL_ADJUSTMENT")
    assert slip["purpose"] == "FINAL_ADJUSTMENT"
    assert table.session()["table_bank_mode"] == "IMPREST_TO_PAR"


def test_a_group_is_not_the_report_of_its_first_member() -> None:
    """RUN-5, BOX-6: a member finalized before its count says nothing of the group."""
    casino = found(settings={"finalize_pending_count": True})
    table = a_table(casino)
    table.open_table("20 black")
    first = table.session_id
    table.roll_over("10 black")
    second = table.session_id
    table.close("5 black")
    ana = casino.ana
    alone = ana.post(f"/sessions/{first}/finalize", {"pending_count": True}, at=casino.tick())
    assert alone.must(200)["session_id"] == first
    table.drop()
    table.soft_count(300_000)
    group = ana.get(f"/drop-groups/{first}/rundown").must(200)
    assert {each["session_id"] for each in group["members"]} == {first, second}
    assert (group["table_win_cents"], group["revision"]) == (-150_000 + 300_000, None)
    own = ana.get(f"/sessions/{first}/rundown").must(200)
    assert (own["table_win_cents"], own["revision"]) == (None, 1)


def test_a_table_registered_late_may_have_played_earlier() -> None:
    """TIME-5: in a simulated casino one table's evening is no bar to another's morning."""
    casino = found()
    late = a_table(casino)
    late.open_table(at="21:00")
    late.close(at="23:00")
    asked = {"code": casino.code("BJ"), "pit": "1", "game_type": "BLACKJACK"}
    table = AtTable(casino=casino, table=casino.ada.post("/tables", asked).must(201))
    table.open_table(at="14:00")
    assert table.drop(at="15:00")["state"] == "REMOVED"


def test_who_opens_and_who_begins_to_close_signs(live: AtTable) -> None:
    """SIGN-1, SIGN-3: the caller of these steps vouches for them; so it stands in the journal."""
    casino = live.casino
    live.closing()
    entries = casino.art.all_of("/journal")
    mine = [each for each in entries if each["session_id"] == live.session_id]
    signed = {
        row["step"] for each in mine for row in each["content"]["new"] if row["row"] == "signature"
    }
    assert {"prepare", "record_snapshot", "begin_closing"} <= signed


def test_floor_and_session_expect_the_same_tray(live: AtTable) -> None:
    """LESSON-13, SNAP-3: also where a credit came back after the last count."""
    casino = live.casino
    slip = live.pick_up(live.ask_credit("4 green"))
    live.count("INTERIM", "40 red, 36 green, 20 black")
    back = {"reason": "sent back", "counted_back": chips("4 green")}
    casino.cody.post(f"/slips/{slip['id']}/void", back, at=casino.tick(), signed=[casino.sue]).must(
        200
    )
    session = live.session()
    card = next(
        each for each in casino.sam.get("/floor").must(200)["items"] if each["id"] == live.id
    )
    assert session["expected_tray_cents"] == card["expected_tray_cents"] == 320_000


def test_chips_on_the_road_are_the_tables_after_a_roll_over(live: AtTable) -> None:
    """SLIP-10: a credit picked up in the session before is still on the road."""
    slip = live.pick_up(live.ask_credit("4 green"))
    live.roll_over("40 red, 36 green, 20 black")
    table = live.casino.sam.get(f"/tables/{live.id}").must(200)
    assert table["in_transit_cents"] == slip["total_cents"] == 10_000


def test_an_unknown_address_is_a_problem_by_every_method(live: AtTable) -> None:
    """RFC 9457: nothing under /api/ answers with a page."""
    for send in (live.casino.sam.post, live.casino.sam.patch, live.casino.sam.delete):
        answer = send("/no-such-thing", {})
        assert (answer.status, answer.json["code"]) == (404, "NOT_FOUND")


def test_a_dry_run_minds_a_used_key(live: AtTable) -> None:
    """IDEM-2: the same checks: a key used for something else is refused there too."""
    sam, casino = live.casino.sam, live.casino
    asked = {"chipset": chips("4 red")}
    sam.post(f"{live.path}/fills", asked, key="once", at=casino.tick()).must(201)
    other = sam.post(f"{live.path}/fills", {"chipset": chips("5 red")}, key="once", dry_run=True)
    assert (other.status, other.json["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_session_and_rundown_tell_one_total_of_credits(live: AtTable) -> None:
    """LESSON-13, LESSON-2: with a credit on the road at a forced close both say unknown."""
    live.credit("4 green")
    live.pick_up(live.ask_credit("2 green"))
    assert live.session()["credits_total_cents"] == 10_000
    live.force_close()
    session, rundown = live.session(), live.rundown()
    assert session["credits_total_cents"] is rundown["credits_total_cents"] is None
    assert session["fills_total_cents"] == rundown["fills_total_cents"] == 0
