"""One count that closes a session and opens the next (SESS-8, SLIP-12)."""

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import chips, worth


def test_a_roll_over_writes_two_numbered_counts(live: AtTable) -> None:
    """SESS-8, SNAP-8, SHF-05, SHF-07: a closer and an opener of the same chips
    at the same instant.
    """
    before = live.session_id
    answer = live.roll_over("10 black")
    closer, opener = answer["closed"]["closing"], answer["opened"]["opening"]
    assert closer["number"].startswith("K-")
    assert opener["number"].startswith("O-")
    assert closer["chipset"] == opener["chipset"] == chips("10 black")
    assert closer["occurred_at"] == opener["occurred_at"]
    assert {each["role"] for each in closer["signatures"]} == {"SUPERVISOR"}
    assert len(opener["signatures"]) == 2
    assert answer["opened"]["sequence"] == 2
    assert answer["opened"]["group_id"] == before, "one box serves both (BOX-6)"


def test_the_next_session_takes_the_shift_after_its_own(own: Casino) -> None:
    """SESS-8, TIME-4: not the clock's shift; what stands READY_TO_OPEN for it is taken."""
    table = a_table(own)
    table.open_table(at="08:00")
    prepared = a_table(own)
    prepared.table = table.table
    shifts = own.sam.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    swing = next(each["id"] for each in shifts if each["code"] == "SWING")
    prepared.prepare(shift_id=swing)
    answer = table.roll_over(at="09:00")
    assert answer["opened"]["shift_id"] == swing
    assert answer["opened"]["id"] == prepared.session_id
    over_midnight = table.roll_over(at="09:30")
    assert over_midnight["opened"]["shift_code"] == "GRAVE"
    next_day = table.roll_over(at="10:00")
    assert (next_day["opened"]["shift_code"], next_day["opened"]["gaming_day"]) == (
        "DAY",
        "2026-03-03",
    )


def test_a_roll_over_may_name_the_shift(own: Casino) -> None:
    """SESS-8: a named shift is taken."""
    table = a_table(own)
    table.open_table(at="08:00")
    shifts = own.sam.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    grave = shifts[2]["id"]
    assert table.roll_over(at="09:00", shift_id=grave)["opened"]["shift_id"] == grave


def test_a_roll_over_is_possible_while_closing(live: AtTable) -> None:
    """SESS-8: from OPEN and CLOSING, and from nothing else."""
    live.closing()
    assert live.roll_over()["closed"]["status"] == "CLOSED"
    live.close()
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(
            f"{live.path}/roll-over",
            {"chipset": {}},
            at=live.when(None),
            signed=[live.casino.sue],
        )
        answer.must_refuse(409, "SESSION_NOT_OPEN", status="CLOSED")


def test_slips_in_flight_are_carried_and_belong_by_their_tray_instant(live: AtTable) -> None:
    """SESS-8, SLIP-12, LESSON-11: a fill on the road goes along, a credit picked up stays."""
    asked, issued = live.ask_fill("1 black"), live.issue(live.ask_fill("2 black"))
    credit = live.pick_up(live.ask_credit("4 black"))
    before = live.session_id
    answer = live.roll_over("10 black")
    after = live.session_id
    assert {each["id"]: each["session_id"] for each in answer["carried"]} == {
        asked["id"]: after,
        issued["id"]: after,
        credit["id"]: before,
    }
    fill = live.verify_fill(issued)
    assert (fill["session_id"], fill["shift_id"]) == (after, live.session()["shift_id"])
    live.verify_credit(credit)
    sam = live.casino.sam
    assert sam.get(f"/sessions/{before}/rundown")["credits_total_cents"] == worth("4 black")
    assert sam.get(f"/sessions/{before}/rundown")["fills_total_cents"] == 0
    assert sam.get(f"/sessions/{after}/rundown")["fills_total_cents"] == worth("2 black")


def test_a_roll_over_is_signed_by_two_of_three(live: AtTable) -> None:
    """SIGN-3, SHF-04: two supervisors, or a supervisor whose hours span the
    change with the dealer.
    """
    casino, path, asked = live.casino, f"{live.path}/roll-over", {"chipset": chips("1 black")}
    with nothing_changes(casino):
        now = live.when(None)
        casino.sam.post(path, asked, at=now).must_refuse(422, "SIGNATURE_MISSING")
        answer = casino.sam.post(path, asked, at=now, signed=[casino.sam])
        answer.must_refuse(422, "SIGNERS_NOT_DISTINCT")
        answer = casino.sam.post(path, asked, at=now, signed=[casino.rory])
        answer.must_refuse(422, "SIGNATURE_MISSING")
    casino.sam.post(path, asked, at=live.when(None), signed=[casino.dana]).must(200)


def test_a_roll_over_names_the_box_its_forms_go_into(live: AtTable) -> None:
    """SNAP-8, SHF-05: the one mounted, or it is refused."""
    casino, now = live.casino, live.when(None)
    spare = live.spare_box()
    path, asked = f"{live.path}/roll-over", {"chipset": chips("1 black")}
    with nothing_changes(casino):
        for box, status, code in (
            (spare, 409, "BOX_NOT_MOUNTED"),
            ("no such box", 422, "REFERENCE_UNKNOWN"),
        ):
            answer = casino.sam.post(path, {**asked, "box": box}, at=now, signed=[casino.dana])
            answer.must_refuse(status, code)
    answer = casino.sam.post(path, {**asked, "box": live.code}, at=now, signed=[casino.dana])
    answer.must(200)


def test_imprest_restores_before_a_roll_over_only_where_the_house_says_each_shift() -> None:
    """SESS-8, CLOSE-1: with restore point EACH_SHIFT a tray off par does not roll over."""
    for point, status in (("TABLE_CLOSE", 200), ("EACH_SHIFT", 409)):
        casino = found(mode="IMPREST_TO_PAR", settings={"restore_point": point})
        table = a_table(casino)
        par = {"par_total_cents": worth("20 black"), "effective_from_gaming_day": "2026-03-02"}
        casino.pat.post("/par-policies", par, at=casino.now).must(201)
        table.open_table("20 black")
        answer = casino.sam.post(
            f"{table.path}/roll-over",
            {"chipset": chips("19 black")},
            at=table.when(None),
            signed=[casino.dana],
        )
        assert answer.status == status, answer.text
        if status == 409:
            answer.must_refuse(409, "RESTORE_REQUIRED", variance_from_par_cents=-10_000)
