"""Need/par policy and Table Bank Mode over HTTP (PAR)."""

from typing import Any

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.say import chips, dollars, moment, spoken, worth

TODAY, TOMORROW = "2026-03-02", "2026-03-03"


def _par(casino: Casino, cents: int | None, *, who: str = "pat", **more: Any) -> Json:
    asked = {"par_total_cents": cents, "effective_from_gaming_day": TODAY, **more}
    answer: Json = casino.person(who).post("/par-policies", asked, at=casino.now).must(201)
    return answer


def _in_force(table: AtTable, day: str | None = None) -> Json:
    path = f"/tables/{table.id}/par"
    answer: Json = table.casino.sam.get(path, gaming_day=day).must(200)
    return answer


def test_a_policy_says_who_set_it_when_and_why(own: Casino) -> None:
    """PAR-1, SHF-08: append-only; source, author, approval, notes, stability and
    pain points as told.
    """
    told = {
        "notes": "after the new carpet",
        "stability": "day_or_shift_dependent",
        "pain_points": "runs out of green on Fridays",
        "target_chipset": chips("20 black"),
    }
    table = a_table(own)
    row = _par(own, worth("20 black"), table_id=table.id, **told)
    assert {name: row[name] for name in told} == told
    assert (row["source"], row["recorded_by"]) == ("manual", own.pat.id)
    assert (row["approved_by"], row["approved_at"]) == (own.pat.id, spoken(own.now))
    again = _par(own, 5, table_id=table.id, effective_from_gaming_day=TOMORROW)
    assert again["replaces"] == row["id"]
    history = own.sam.all_of("/par-policies", table_id=table.id)
    assert [each["id"] for each in history] == [row["id"], again["id"]]
    assert history[0] == row, "nothing is edited"


def test_the_most_specific_level_decides_whole(own: Casino) -> None:
    """PAR-2: table, then game type, then casino, not field by field; a null mode is inherited."""
    table, other = a_table(own), a_table(own, game_type="CRAPS")
    assert _in_force(table)["policy_id"] is None
    assert _in_force(table)["table_bank_mode"] == "INVENTORY_COUNT"
    wide = _par(own, 100, table_bank_mode="IMPREST_TO_PAR")
    assert (_in_force(table)["level"], _in_force(table)["policy_id"]) == ("casino", wide["id"])
    _par(own, 200, game_type="BLACKJACK")
    row = _in_force(table)
    assert (row["level"], row["par_total_cents"]) == ("game_type", 200)
    assert row["table_bank_mode"] == "INVENTORY_COUNT", "its own null is the casino's mode"
    assert _in_force(other)["par_total_cents"] == 100
    _par(own, None, table_id=table.id)
    row = _in_force(table)
    assert (row["level"], row["par_total_cents"]) == ("table", None), "it decides whole"


def test_the_latest_effective_row_is_in_force_and_the_later_recorded_if_tied(own: Casino) -> None:
    """PAR-2, BASE-7: one target per table and gaming day; the past does not move."""
    table = a_table(own)
    _par(own, 100, table_id=table.id)
    _par(own, 300, table_id=table.id, effective_from_gaming_day="2026-03-05")
    _par(own, 200, table_id=table.id, effective_from_gaming_day=TOMORROW)
    _par(own, 201, table_id=table.id, effective_from_gaming_day=TOMORROW)
    seen = [
        _in_force(table, day)["par_total_cents"]
        for day in ("2026-03-01", TODAY, TOMORROW, "2026-03-04", "2026-03-05", "2026-12-01")
    ]
    assert seen == [None, 100, 201, 201, 300, 300]


def test_a_row_does_not_reach_back_into_a_day_that_has_begun(own: Casino) -> None:
    """PAR-3, LESSON-12: except before the first session of any table it would reach."""
    played, fresh = a_table(own), a_table(own, game_type="CRAPS")
    _par(own, 100, table_id=played.id, effective_from_gaming_day="2026-01-01")
    played.open_table()
    own.person("pat")
    with nothing_changes(own):
        for reach in ({"table_id": played.id}, {"game_type": "BLACKJACK"}, {}):
            asked = {"par_total_cents": 1, "effective_from_gaming_day": TODAY, **reach}
            answer = own.pat.post("/par-policies", asked, at=own.now)
            answer.must_refuse(422, "EFFECTIVE_DAY_PASSED", earliest=TOMORROW)
    _par(own, 100, table_id=fresh.id)
    _par(own, 100, game_type="CRAPS")
    _par(own, 100, effective_from_gaming_day=TOMORROW)


def test_who_may_not_approve_proposes(own: Casino) -> None:
    """PAR-4: a supervisor's and an administrator's value is a proposal; it is not in force."""
    table = a_table(own)
    for who in ("sam", "ada"):
        answer = _par(own, 100, who=who, table_id=table.id)
        assert (answer["status"], answer["recorded_by"]) == ("PROPOSED", own.person(who).id)
    assert _in_force(table)["policy_id"] is None
    assert own.sam.all_of("/par-policies", table_id=table.id) == []
    assert _par(own, 100, who="cam", table_id=table.id)["approved_by"] == own.cam.id


def test_a_policy_that_makes_no_sense_is_refused(own: Casino) -> None:
    """PAR-1, CHIP-2, CHIP-3: for a table or a game type; target chips that add up to the par."""
    table = a_table(own)
    own.person("pat")
    with nothing_changes(own):
        for code, wrong in (
            ("SETTING_INVALID", {"table_id": table.id, "game_type": "CRAPS"}),
            ("SETTING_INVALID", {"table_bank_mode": "UNKNOWN"}),
            ("TOTAL_MISMATCH", {"target_chipset": chips("1 black"), "par_total_cents": 9_999}),
            ("TOTAL_MISMATCH", {"target_chipset": chips("1 black"), "par_total_cents": None}),
            ("DENOMINATION_UNKNOWN", {"target_chipset": {"7": 1}}),
            ("CHIPSET_EMPTY", {"target_chipset": {}, "par_total_cents": 0}),
        ):
            asked = {"par_total_cents": 5, "effective_from_gaming_day": TOMORROW, **wrong}
            own.pat.post("/par-policies", asked).must_refuse(422, code)


def test_a_casino_starts_unknown_and_never_returns_there() -> None:
    """PAR-5: the first choice holds from today, a change from the next gaming day; dated rows."""
    casino = found(mode="UNKNOWN")
    assert casino.ada.get("/casino")["table_bank_mode"] == "UNKNOWN"
    chosen = {"table_bank_mode": "INVENTORY_COUNT", "reason": "as we always did"}
    answer = casino.ada.patch("/casino", chosen, at=casino.now).must(200)
    assert answer["table_bank_mode"] == "INVENTORY_COUNT"
    with nothing_changes(casino):
        back = casino.ada.patch("/casino", {"table_bank_mode": "UNKNOWN"}, at=casino.now)
        back.must_refuse(422, "SETTING_INVALID")
        today = {"table_bank_mode": "IMPREST_TO_PAR", "effective_from_gaming_day": TODAY}
        casino.ada.patch("/casino", today, at=casino.now).must_refuse(422, "EFFECTIVE_DAY_PASSED")
    change = {"table_bank_mode": "IMPREST_TO_PAR"}
    answer = casino.ada.patch("/casino", change, at=casino.now).must(200)
    assert answer["table_bank_mode"] == "INVENTORY_COUNT", "today's stays"
    tomorrow = moment("06:00").replace(day=3)
    answer = casino.ada.patch("/casino", {"name": "Renamed"}, at=tomorrow).must(200)
    assert answer["table_bank_mode"] == "IMPREST_TO_PAR"


def test_a_session_keeps_the_need_it_was_opened_with(own: Casino) -> None:
    """PAR-9, LESSON-3, LESSON-12: variance is closing minus that need, whatever policy does."""
    table = a_table(own)
    _par(own, dollars("3,000"), table_id=table.id)
    table.open_table("30 black")
    _par(own, dollars("9,000"), table_id=table.id, effective_from_gaming_day=TOMORROW)
    table.close("29 black")
    table.drop()
    table.soft_count(dollars("500"))
    rundown = table.rundown()
    assert rundown["need_total_cents"] == dollars("3,000")
    assert rundown["variance_from_par_cents"] == -dollars("100"), "never win minus par"
    assert rundown["table_win_cents"] == dollars("400")


def test_going_live_needs_no_history(own: Casino) -> None:
    """PAR-11: S0 has no predecessor, binds the policy in force and raises nothing."""
    table = a_table(own)
    row = _par(own, dollars("3,000"), table_id=table.id)
    opened = table.open_table("28 black")
    assert opened["previous_session_id"] is None
    assert opened["par_policy_id"] == row["id"]
    assert own.pat.all_of("/exceptions") == []


def test_need_now_is_par_minus_the_expected_tray(own: Casino) -> None:
    """PAR-10's figure on the session and the table: positive suggests a fill, negative a credit."""
    table = a_table(own)
    assert table.table["need_now_cents"] is None
    _par(own, dollars("3,000"), table_id=table.id)
    table.open_table("28 black")
    assert table.session()["need_now_cents"] == dollars("200")
    table.fill("3 black")
    assert table.session()["need_now_cents"] == -dollars("100")
    row = own.sam.get(f"/tables/{table.id}").must(200)
    assert (row["need_now_cents"], row["par_total_cents"]) == (-dollars("100"), dollars("3,000"))
    assert row["par_set_by"] is not None
    assert row["par_set_at"] is not None


# -- proposals -------------------------------------------------------------------------------------


def _proposed(own: Casino, table: AtTable, cents: int = 250_000) -> dict[str, Any]:
    """What a supervisor asked for: a proposal."""
    asked = {"effective_from_gaming_day": TOMORROW, "notes": "more fills"}
    proposal: dict[str, Any] = _par(own, cents, who="sam", table_id=table.id, **asked)
    return proposal


def test_an_approved_proposal_becomes_a_policy_row(own: Casino) -> None:
    """PAR-4: who proposed, who approved, why; the proposal keeps which row it became."""
    table = a_table(own)
    proposal = _proposed(own, table)
    path = f"/par-proposals/{proposal['id']}/approve"
    decided = own.pat.post(path, {"effective_from_gaming_day": TOMORROW}, at=own.now).must(200)
    assert (decided["status"], decided["decided_by"]) == ("APPROVED", own.pat.id)
    (row,) = own.sam.all_of("/par-policies", table_id=table.id)
    assert row["id"] == decided["policy_id"]
    assert (row["par_total_cents"], row["notes"]) == (250_000, "more fills")
    assert (row["recorded_by"], row["approved_by"]) == (own.sam.id, own.pat.id)
    assert row["effective_from_gaming_day"] == TOMORROW


def test_a_rejected_proposal_stays_to_be_read(own: Casino) -> None:
    """PAR-4: rejecting is recorded too, and changes nothing that is in force."""
    table = a_table(own)
    proposal = _proposed(own, table)
    path = f"/par-proposals/{proposal['id']}/reject"
    decided = own.cam.post(path, {"reason": "one bad week"}, at=own.now).must(200)
    assert (decided["status"], decided["decided_because"]) == ("REJECTED", "one bad week")
    assert own.sam.all_of("/par-policies", table_id=table.id) == []
    (listed,) = own.art.all_of("/par-proposals", table_id=table.id)
    assert listed == decided
    assert own.art.all_of("/par-proposals", status="PROPOSED", table_id=table.id) == []


def test_a_proposal_is_decided_once(own: Casino) -> None:
    """PAR-4: neither approved nor rejected twice."""
    table = a_table(own)
    path = f"/par-proposals/{_proposed(own, table)['id']}"
    own.person("cam")
    own.pat.post(f"{path}/approve", {"effective_from_gaming_day": TOMORROW}, at=own.now).must(200)
    with nothing_changes(own):
        for step, body in (
            ("approve", {"effective_from_gaming_day": TOMORROW}),
            ("reject", {"reason": "too late"}),
        ):
            again = own.cam.post(f"{path}/{step}", body, at=own.now)
            again.must_refuse(409, "PROPOSAL_DECIDED", status="APPROVED")


def test_a_proposal_takes_effect_on_a_day_that_has_not_begun(own: Casino) -> None:
    """PAR-3: not on a played table's present day; before its first session it may."""
    played, fresh = a_table(own), a_table(own)
    played.open_table()
    path = f"/par-proposals/{_proposed(own, played)['id']}/approve"
    refused = own.pat.post(path, {"effective_from_gaming_day": TODAY}, at=own.now)
    refused.must_refuse(422, "EFFECTIVE_DAY_PASSED")
    path = f"/par-proposals/{_proposed(own, fresh)['id']}/approve"
    own.pat.post(path, {"effective_from_gaming_day": TODAY}, at=own.now).must(200)
    assert _in_force(fresh)["par_total_cents"] == 250_000


def test_who_may_propose_only_may_not_decide(own: Casino) -> None:
    """SIGN-3: pit and cage managers approve."""
    table = a_table(own)
    path = f"/par-proposals/{_proposed(own, table)['id']}"
    for who in ("sam", "ada", "ana"):
        own.person(who).post(f"{path}/reject", {"reason": "no"}, at=own.now).must_refuse(
            403, "ROLE_NOT_ALLOWED"
        )
