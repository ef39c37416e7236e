"""Handing a shift over: what stands open, what changed since, two signatures (SHIFT-3)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import Json, a_table
from tests.cast import Casino, Person, found

NOTHING: Json = {
    "since": None,
    "changes": [],
    "changes_cut": False,
    "in_transit": [],
    "fills_in_transit_cents": 0,
    "credits_in_transit_cents": 0,
    "not_issued": [],
    "exceptions": [],
    "exceptions_total": 0,
    "baselines": [],
    "not_counted": [],
    "not_opened": [],
}


def _shift(casino: Casino, code: str = "DAY", *, day: str = "2026-03-02") -> str:
    items = casino.art.get("/shifts", gaming_day=day).must(200)["items"]
    return str(next(each["id"] for each in items if each["code"] == code))


def _open(casino: Casino, code: str = "DAY") -> Json:
    answer: Json = casino.sam.get(f"/shifts/{_shift(casino, code)}/hand-over").must(200)
    return answer


def _hand_over(
    casino: Casino,
    *,
    who: Person | None = None,
    to: Person | None = None,
    code: str = "DAY",
    at: Any = None,
    **more: Any,
) -> Json:
    answer: Json = (
        (who or casino.sam)
        .post(
            f"/shifts/{_shift(casino, code)}/hand-over",
            more,
            at=at or casino.tick(),
            signed=[(to or casino.sue).signs("SUPERVISOR")],
        )
        .must(201)
    )
    return answer


def test_of_a_quiet_shift_there_is_none_of_anything(own: Casino) -> None:
    """SHIFT-3: none is said as none; and nothing was handed over yet."""
    own.sam.get("/me").must(200)
    seen = _open(own)
    assert {name: seen[name] for name in NOTHING} == NOTHING
    assert (seen["items"], seen["shift"]["code"]) == ([], "DAY")


def test_chips_on_the_road_and_requests_nobody_issued(own: Casino) -> None:
    """SHIFT-3, SLIP-10: who carries them since when; fills and credits never netted."""
    table = a_table(own)
    table.open_table(at="08:00")
    fill = table.issue(table.ask_fill("5 black", at="09:00"), at="09:10")
    credit = table.pick_up(table.ask_credit("4 green", at="09:20"), at="09:20")
    older = table.ask_credit("1 green", at="09:30")
    asked = table.ask_fill("1 black", at="09:40")
    seen = _open(own)
    assert [(each["id"], each["age_minutes"]) for each in seen["in_transit"]] == [
        (fill["id"], 30),
        (credit["id"], 20),
    ]
    assert seen["in_transit"][0]["runner"] == own.rory.name
    assert (seen["fills_in_transit_cents"], seen["credits_in_transit_cents"]) == (50_000, 10_000)
    assert [(each["id"], each["age_minutes"], each["number"]) for each in seen["not_issued"]] == [
        (older["id"], 10, None),
        (asked["id"], 0, None),
    ]


def test_tables_not_counted_and_not_opened(own: Casino) -> None:
    """SHIFT-3, SESS-3, LESSON-16: which count is missing; in play is said as that."""
    waits, plays, closes, forced, done, rolled, ready = (a_table(own) for _ in range(7))
    waits.open()
    plays.open_table(at="08:00")
    closes.open_table(at="08:00")
    closes.closing(at="13:00")
    forced.open_table(at="08:00")
    forced.force_close(at="13:00")
    done.open_table(at="08:00")
    done.close(at="13:00")
    ready.prepare(at="08:00", shift_id=_shift(own))
    rolled.open_table(at="08:00")
    rolled.roll_over(at="14:00")
    seen = _open(own)
    missing = {each["table_code"]: each["missing"] for each in seen["not_counted"]}
    assert missing == {
        waits.code: ["OPENING"],
        plays.code: [],
        closes.code: ["CLOSING"],
        forced.code: ["CLOSING"],
    }
    last = {each["table_code"]: each["last_count_at"] for each in seen["not_counted"]}
    assert last[waits.code] is None
    assert last[plays.code] == "2026-03-02T13:00:00Z"
    assert [each["table_code"] for each in seen["not_opened"]] == [ready.code]
    swing = {each["table_code"] for each in _open(own, "SWING")["not_counted"]}
    assert swing == {waits.code, plays.code, closes.code, rolled.code}


def test_baselines_that_are_no_count_of_the_shift(own: Casino) -> None:
    """SHIFT-3, BASE-1: bootstrapped and stale ones are named, a counted one is not."""
    counted, stale, bootstrapped = a_table(own), a_table(own), a_table(own)
    own.pat.post(
        "/par-policies",
        {
            "table_id": bootstrapped.id,
            "par_total_cents": 500_000,
            "effective_from_gaming_day": "2026-03-02",
        },
        at="05:59",
    ).must(201)
    stale.open_table(at="08:00")
    counted.open_table(at="14:05", shift_id=_shift(own, "SWING"))
    bootstrapped.open(at="14:05", shift_id=_shift(own, "SWING"))
    weak = {
        each["table_code"]: (each["opening_source"], each["opening_at"])
        for each in _open(own, "SWING")["baselines"]
    }
    assert weak == {
        stale.code: ("snapshot:verified_open", "2026-03-02T13:00:00Z"),
        bootstrapped.code: ("bootstrap:par_target", None),
    }
    assert _open(own)["baselines"] == []


def test_it_is_signed_by_two_supervisors_and_stays(own: Casino) -> None:
    """SHIFT-3, SIGN-3: an immutable record of what both saw, with its hash, in the journal."""
    table = a_table(own)
    table.open_table(at="08:00")
    slip = table.issue(table.ask_fill("5 black", at="09:00"), at="09:10")
    handed = _hand_over(own, at="13:55", remark="The fill is on the stairs.")
    assert (handed["outgoing_id"], handed["incoming_id"]) == (own.sam.id, own.sue.id)
    assert [each["role"] for each in handed["signatures"]] == ["SUPERVISOR", "SUPERVISOR"]
    assert handed["remark"] == handed["content"]["remark"] == "The fill is on the stairs."
    assert [each["id"] for each in handed["content"]["in_transit"]] == [slip["id"]]
    assert len(handed["content_sha256"]) == 64
    table.verify_fill(slip, at="14:01")
    seen = _open(own)
    assert seen["items"] == [handed]
    assert seen["in_transit"] == []
    entry = next(
        each for each in own.art.all_of("/journal") if each["command"] == "hand_over_shift"
    )
    assert entry["subject_id"] == handed["id"]
    assert handed["content"]["journal_number"] == entry["number"] - 1
    assert own.art.get("/journal/verify").must(200)["valid"]


def test_who_comes_may_send_it_too(own: Casino) -> None:
    """SHIFT-3: who is who is said, not guessed; a pit manager stands in for a supervisor."""
    handed = _hand_over(own, who=own.sue, to=own.pat, caller_is="INCOMING")
    assert (handed["outgoing"], handed["incoming"]) == (own.pat.name, own.sue.name)


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ([], "SIGNATURE_MISSING"),
        (["dana"], "SIGNATURE_MISSING"),
        (["sam"], "SIGNERS_NOT_DISTINCT"),
    ],
)
def test_one_person_hands_nothing_over(own: Casino, signed: list[str], code: str) -> None:
    """SIGN-2, SIGN-3: two different supervisors, and nobody else in their place."""
    people = [own.person(each) for each in (*signed, "sam")][:-1]
    path = f"/shifts/{_shift(own)}/hand-over"
    own.tick()
    with nothing_changes(own):
        own.sam.post(path, at=own.now, signed=people).must_refuse(422, code)
        own.sam.post(path, {"caller_is": "NEITHER"}, at=own.now).must_refuse(422, "SHAPE")


def test_only_what_runs_now_is_handed_over(own: Casino) -> None:
    """SHIFT-3: what stands open stands open now: the running shift, or the one before it."""
    own.sue.get("/me").must(200)
    assert _hand_over(own, at="14:10", code="SWING")["shift_code"] == "SWING"
    assert _hand_over(own, at="14:20", code="DAY")["shift_code"] == "DAY"
    with nothing_changes(own):
        for day, code in (("2026-03-02", "GRAVE"), ("2026-03-01", "GRAVE"), ("2026-03-03", "DAY")):
            path = f"/shifts/{_shift(own, code, day=day)}/hand-over"
            answer = own.sam.post(path, at="14:30", signed=[own.sue])
            facts = answer.must_refuse(409, "SHIFT_NOT_RUNNING")["facts"]
            assert facts["running_shift_id"] == _shift(own, "SWING")
    nobody = "/shifts/01900000-0000-7000-8000-000000000000/hand-over"
    own.sam.post(nobody, signed=[own.sue]).must_refuse(404, "NOT_FOUND")


def _times(seen: Json) -> dict[str, int]:
    return {each["command"]: each["times"] for each in seen["changes"]}


def test_what_changed_since_the_last_hand_over(own: Casino) -> None:
    """SHIFT-3: read from where the last one stood: nothing twice, nothing lost, of every shift."""
    first, second = a_table(own), a_table(own)
    first.open_table(at="08:00")
    first.fill("5 black", at="09:00")
    before = _times(_open(own))
    assert (before["record_snapshot"], before["verify_slip"]) == (1, 1)
    handed = _hand_over(own, at="13:55")
    after = _open(own, "SWING")
    assert after["changes"] == []
    assert after["since"]["id"] == handed["id"]
    assert (after["since"]["outgoing"], after["since"]["incoming"]) == (
        own.sam.name,
        own.sue.name,
    )
    second.open_table(at="14:01")
    second.fill("5 black", at="14:05")
    first.fill("2 black", at="14:06")
    seen = _open(own, "SWING")
    verified = next(each for each in seen["changes"] if each["command"] == "verify_slip")
    assert (verified["times"], verified["tables"]) == (2, [first.code, second.code])
    assert verified["last_at"] == "2026-03-02T19:06:00Z"
    assert "hand_over_shift" not in _times(seen)


def test_nothing_in_it_tells_of_a_count_to_come() -> None:
    """SNAP-4: who counts blind is told that a count differed, and not how far off it was."""
    casino = found(settings={"blind_counts": True})
    table = a_table(casino)
    table.open_table("40 red")
    table.close("40 red")
    table.open()
    table.count("OPENING", "38 red")
    casino.sue.post(
        f"{table.path}/snapshots",
        {"kind": "OPENING", "chipset": {"500": 38}, "reason": "two are gone"},
        at=table.when(None),
        signed=[casino.drew, casino.pat],
    ).must(201)
    answer = casino.sam.get(f"/shifts/{_shift(casino)}/hand-over")
    (exception,) = answer.must(200)["exceptions"]
    assert exception["kind"] == "OPENING_VARIANCE"
    assert set(exception) == {"id", "kind", "stops", "session_id", "table_code", "raised_at"}
    assert "-500" not in answer.text
    assert "19000" not in answer.text
