"""Signed paper after an outage or an omission: every fact of the floor has a way in (BACK-1)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino
from tests.line import Answer
from tests.say import chips, worth

PAPER = {
    "form": "Fill slip, by hand",
    "number": "A-00417",
    "signed_by": ["D. Diaz", "S. Sato", "C. Cole", "R. Reid"],
    "reason": "the network was down from 20:00 to 21:30",
}
TEN_GREEN = "10 green"


@pytest.fixture
def live(own: Casino) -> AtTable:
    """A table in play since 19:00, in a casino whose clock nobody else moves."""
    table = a_table(own)
    table.open_table(at="19:00")
    assert own.ana.badge, "hired before anything is refused"
    return table


def entered(table: AtTable, step: str, *, at: str, **body: Any) -> Answer:
    """Sam enters a paper at the table's session; Ana signs with him."""
    casino = table.casino
    asked = {"paper": PAPER, **body}
    return casino.sam.post(f"{table.path}/{step}", asked, at=at, signed=[casino.ana])


def late_of(table: AtTable) -> list[Json]:
    return table.casino.art.all_of("/exceptions", session_id=table.session_id, kind="LATE_ENTRY")


def test_a_count_is_entered_from_paper(live: AtTable) -> None:
    """BACK-1, SNAP-1, SIGN-1: it rests on PAPER, names the paper and who signed it there; ours are
    the signatures of the two who entered it. It is late, however soon it comes."""
    live.when("22:00")
    given = entered(live, "snapshots", at="20:30", kind="INTERIM", chipset=chips("5 red")).must(201)
    assert (given["basis"], given["total_cents"]) == ("PAPER", worth("5 red"))
    assert given["paper"]["signed_by"] == PAPER["signed_by"]
    assert (given["paper"]["form"], given["paper"]["number"]) == (PAPER["form"], PAPER["number"])
    assert [each["role"] for each in given["signatures"]] == ["SUPERVISOR", "ACCOUNTING"]
    (late,) = late_of(live)
    assert (late["status"], late["facts"]["late"]) == ("OPEN", [given["id"]])


def test_an_opener_on_paper_may_precede_its_session(own: Casino) -> None:
    """BACK-1, TIME-1, SESS-4: the session is prepared when the line is back, and was opened before;
    its form has a number of paper's own series."""
    table = a_table(own)
    table.open(at="21:30")
    signed = [own.dana]
    body = {"kind": "OPENING", "chipset": chips("40 red"), "paper": PAPER}
    opener = own.pat.post(f"{table.path}/snapshots", body, at="20:05", signed=signed).must(201)
    assert (opener["basis"], opener["session_status"]) == ("PAPER", "OPEN")
    assert opener["number"] == "PO-2026-000001"
    assert table.session()["opened_at"] == opener["occurred_at"]
    without = {key: value for key, value in body.items() if key != "paper"}
    with nothing_changes(own):
        again = {**without, "supersedes": opener["id"], "reason": "miscounted"}
        answer = own.pat.post(f"{table.path}/snapshots", again, at="20:05", signed=signed)
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_a_whole_slip_comes_in_one_paper(live: AtTable) -> None:
    """BACK-1, SLIP-4, SLIP-12, FIL-21: asked for, issued, verified and dropped on paper; it enters
    the rundown at its own instant, with a number of paper's own series, and says what it is.
    """
    live.when("22:00")
    slip = entered(live, "fills", at="20:40", chipset=chips(TEN_GREEN)).must(201)
    assert (slip["status"], slip["back_entry"]) == ("DEPOSITED_IN_DROPBOX", True)
    assert (slip["number"], slip["request_number"]) == ("PF-2026-000001", None)
    assert slip["paper"]["number"] == PAPER["number"]
    assert slip["tray_instant"].endswith("T01:40:00Z")
    assert [each["status"] for each in slip["history"]] == [
        *("REQUESTED", "ISSUED", "VERIFIED_AT_TABLE", "DEPOSITED_IN_DROPBOX")
    ]
    assert live.rundown()["fills_total_cents"] == worth(TEN_GREEN)
    honest = live.fill(TEN_GREEN)
    assert (honest["number"], honest["back_entry"], honest["paper"]) == (
        *("F-2026-000001", False, None),
    )
    assert late_of(live)[0]["status"] == "OPEN"


def test_one_paper_is_one_slip(live: AtTable) -> None:
    """LESSON-28, BACK-1: two people who both find it in the drawer enter it once."""
    live.when("22:00")
    slip = entered(live, "fills", at="20:40", chipset=chips(TEN_GREEN)).must(201)
    with nothing_changes(live.casino):
        again = entered(live, "fills", at="20:41", chipset=chips(TEN_GREEN))
        facts = again.must_refuse(409, "PAPER_ALREADY_ENTERED")["facts"]
    assert facts["slip_id"] == slip["id"]
    other = {**PAPER, "number": "A-00418"}
    entered(live, "fills", at="20:41", chipset=chips(TEN_GREEN), paper=other).must(201)


def test_paper_numbers_are_accounted_for_like_any_other(live: AtTable) -> None:
    """SLIP-2, FIL-06, BACK-1, FIL-21: a series of their own, without a gap, on the
    gaming day's account.
    """
    live.when("22:00")
    for at, number in (("20:40", "A-1"), ("20:50", "A-2")):
        paper = {**PAPER, "number": number}
        entered(live, "fills", at=at, chipset=chips("1 green"), paper=paper).must(201)
    live.fill("1 green")
    day = live.casino.ana.get("/gaming-days/2026-03-02").must(200)
    told = {each["form"]: each for each in day["numbers"]}
    assert (told["PF"]["issued"], told["PF"]["missing"], told["F"]["issued"]) == (2, [], 1)
    assert told["PF"]["last"] == "PF-2026-000002"


def test_a_paper_tells_how_far_a_slip_came_and_when(live: AtTable) -> None:
    """BACK-1, SLIP-12: true times; the line came back while the runner was on the way, and the rest
    is done as always."""
    live.when("21:30")
    steps = [
        {"status": "REQUESTED", "occurred_at": "2026-03-03T02:00:00Z"},
        {"status": "ISSUED", "occurred_at": "2026-03-03T02:20:00Z"},
    ]
    slip = entered(live, "fills", at="21:29", chipset=chips(TEN_GREEN), steps=steps).must(201)
    assert (slip["status"], slip["moved_at"]) == ("ISSUED", "2026-03-03T02:20:00Z")
    assert live.rundown()["fills_total_cents"] == 0
    done = live.verify_fill(slip, TEN_GREEN, deposit=True)
    assert (done["status"], done["back_entry"]) == ("DEPOSITED_IN_DROPBOX", True)
    assert [bool(each["paper"]) for each in done["history"]] == [True, True, False, False]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (["ISSUED"], "SLIP_STATUS"),
        (["REQUESTED", "VERIFIED_AT_TABLE"], "SLIP_STATUS"),
        (["REQUESTED", "PICKED_UP"], "SLIP_STATUS"),
    ],
)
def test_a_papers_steps_are_those_of_the_slips_road(
    live: AtTable, steps: list[str], code: str
) -> None:
    """SLIP, SESS-6."""
    live.when("21:30")
    told = [{"status": each, "occurred_at": "2026-03-03T02:00:00Z"} for each in steps]
    with nothing_changes(live.casino):
        entered(live, "fills", at="21:29", chipset=chips("1 red"), steps=told).must_refuse(
            409, code
        )


def test_a_step_on_paper_has_no_hands_of_ours(live: AtTable) -> None:
    """SIGN-2, BACK-1: who enters the paper is none of the slip's hands, and may be one later."""
    live.when("20:00")
    slip = live.ask_fill(TEN_GREEN)
    casino = live.casino
    issued = casino.casey.post(
        f"/slips/{slip['id']}/issue", {"paper": PAPER}, at="20:10", signed=[casino.ana]
    ).must(200)
    assert (issued["status"], issued["number"]) == ("ISSUED", "PF-2026-000001")
    assert issued["runner_id"] is None
    live.when("20:30")
    assert live.verify_fill(slip, TEN_GREEN, deposit=True)["back_entry"]


def test_a_paper_that_counts_differently_leaves_the_slip_disputed(live: AtTable) -> None:
    """SLIP-3, BACK-1: a paper cannot be counted again."""
    live.when("20:00")
    slip = live.issue(live.ask_fill(TEN_GREEN))
    casino = live.casino
    body = {"paper": PAPER, "chipset": chips("9 green")}
    path = f"/slips/{slip['id']}/verify"
    answer = casino.sam.post(path, body, at=casino.tick(), signed=[casino.ana]).must(200)
    assert (answer["disputed"], answer["status"]) == (True, "ISSUED")


def test_a_roll_over_is_entered_from_paper(live: AtTable) -> None:
    """BACK-1, SESS-8: one count, two forms, both of paper's own series."""
    live.when("22:00")
    body = {"chipset": chips("40 red"), "paper": PAPER}
    casino = live.casino
    answer = casino.pat.post(f"{live.path}/roll-over", body, at="20:00", signed=[casino.sam])
    given = answer.must(200)
    counts = (given["closed"]["closing"], given["opened"]["opening"])
    assert [each["basis"] for each in counts] == ["PAPER", "PAPER"]
    assert [each["number"] for each in counts] == ["PK-2026-000001", "PO-2026-000001"]


def test_a_removal_and_its_hand_overs_are_entered_from_paper(live: AtTable) -> None:
    """BACK-1, BOX-2, BOX-4: the crew took the box while nothing could be written down here."""
    casino = live.casino
    live.when("23:00")
    removed = {
        "type": "SCHEDULED",
        "surveillance": {"notified_at": "2026-03-03T03:00:00Z", "operator": "8101"},
        "paper": PAPER,
    }
    path = f"{live.path}/drop/remove"
    drop = casino.dora.post(path, removed, at="22:00", signed=[casino.pat]).must(201)
    assert drop["custody"][0]["paper"]["number"] == PAPER["number"]
    handed = casino.dora.post(
        f"/drops/{drop['id']}/custody",
        {"step": "ARRIVED", "paper": PAPER},
        at="22:15",
        signed=[casino.ana],
    ).must(200)
    assert [each["step"] for each in handed["custody"] if each["paper"]] == ["REMOVED", "ARRIVED"]


def test_two_enter_a_paper_and_one_of_them_answers_for_it(live: AtTable) -> None:
    """BACK-1, SIGN-3, FIL-21: who enters it and a second person; one a pit manager or accounting.
    Those who only read, and the administrator, enter nothing (SIGN).
    """
    casino = live.casino
    body = {"kind": "INTERIM", "chipset": {}, "paper": PAPER}
    path = f"{live.path}/snapshots"
    for people in (casino.ana, casino.pat, casino.art, casino.sol, casino.ada, casino.sue):
        assert people.badge, "everybody is hired before anything is refused"
    with nothing_changes(casino):
        at = casino.tick()
        casino.pat.post(path, body, at=at).must_refuse(422, "SIGNATURE_MISSING")
        casino.sam.post(path, body, at=at, signed=[casino.sue]).must_refuse(
            422, "SIGNATURE_MISSING"
        )
        for reader in (casino.art, casino.sol, casino.ada):
            casino.ana.post(path, body, at=at, signed=[reader]).must_refuse(
                422, "SIGNER_NOT_ALLOWED"
            )
            reader.post(path, body, at=at, signed=[casino.ana]).must_refuse(403, "ROLE_NOT_ALLOWED")
        casino.ana.post(path, body, at=at, signed=[casino.ana]).must_refuse(
            422, "SIGNERS_NOT_DISTINCT"
        )
    casino.ana.post(path, body, at=casino.tick(), signed=[casino.dana]).must(201)


@pytest.mark.parametrize("missing", ["form", "number", "signed_by", "reason"])
def test_a_paper_says_everything_it_is(live: AtTable, missing: str) -> None:
    """BACK-1, LESSON-22: form and number, who signed it, and why it comes now."""
    paper = {name: value for name, value in PAPER.items() if name != missing}
    body = {"kind": "INTERIM", "chipset": {}, "paper": paper}
    casino = live.casino
    with nothing_changes(casino):
        answer = casino.sam.post(f"{live.path}/snapshots", body, at=casino.tick())
        errors = answer.must_refuse(422, "SHAPE")["errors"]
    assert [each["pointer"] for each in errors] == [f"/paper/{missing}"]


def test_what_is_no_fact_of_the_floor_is_not_entered_from_paper(live: AtTable) -> None:
    """BACK-1: an unknown field like any other."""
    casino = live.casino
    with nothing_changes(casino):
        answer = casino.sam.post(f"{live.path}/closing", {"paper": PAPER}, at=casino.tick())
        answer.must_refuse(422, "SHAPE")
        told = {"chipset": chips("1 red"), "box": live.table["mounted_box"]}
        answer = casino.sam.post(f"{live.path}/fills", told, at=casino.tick())
        answer.must_refuse(422, "SHAPE")


def test_after_the_close_a_paper_is_an_amendment(live: AtTable) -> None:
    """BACK-1, LESSON-18: the floor's own step says which way it comes in."""
    live.close()
    live.when("23:00")
    with nothing_changes(live.casino):
        answer = entered(live, "fills", at="20:40", chipset=chips("1 red"))
        assert answer.must_refuse(409, "SESSION_NOT_OPEN")["facts"]["way_in"] == "amend"
        answer = entered(live, "snapshots", at="20:40", kind="CLOSING", chipset=chips("1 red"))
        answer.must_refuse(409, "SESSION_NOT_CLOSING")


def test_a_slip_on_paper_stays_late_wherever_it_goes(live: AtTable) -> None:
    """FIND-2, SLIP-12: asked for on paper in one session, it rolls along into the next; sessions
    later, when the first is out of view, its finding still stands on what it stood on."""
    live.when("22:00")
    told = [{"status": "REQUESTED", "occurred_at": "2026-03-03T02:00:00Z"}]
    slip = entered(live, "fills", at="21:29", chipset=chips(TEN_GREEN), steps=told).must(201)
    live.drop()
    live.roll_over()
    live.verify_fill(live.issue(slip), TEN_GREEN, deposit=True)
    (late,) = late_of(live)
    live.drop()
    live.roll_over()
    casino, out_of_view = live.casino, {"text": "seen"}
    casino.sam.post(f"{live.path}/remarks", out_of_view, at=casino.tick()).must(201)
    kept = casino.art.get(f"/exceptions/{late['id']}").must(200)
    assert (kept["status"], kept["facts"]) == ("OPEN", late["facts"])


def test_a_closed_table_is_counted_from_paper(live: AtTable) -> None:
    """BACK-1, SNAP-7: the count of a table that stood closed was written down by hand."""
    live.close("40 red", at="23:00")
    casino = live.casino
    body = {"chipset": chips("40 red"), "paper": PAPER}
    path = f"/tables/{live.id}/idle-count"
    given = casino.sam.post(path, body, at="23:30", signed=[casino.pat]).must(201)
    assert (given["basis"], given["paper"]["number"]) == ("PAPER", PAPER["number"])
