"""Asking for proposals: advice from fills, medians of openings, restored closes (SUGG, PAR-7)."""

from datetime import timedelta
from typing import Any

from tests.api.documented import names_of
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars

DAY_ONE, LATER = "2026-03-02", "2026-06-01"
ADVICE = {"advice": {"min_sessions": 2}}


def _with_par(casino: Casino, cents: int) -> AtTable:
    table = a_table(casino)
    policy = {
        "table_id": table.id,
        "par_total_cents": cents,
        "effective_from_gaming_day": DAY_ONE,
    }
    casino.pat.post("/par-policies", policy, at=casino.now).must(201)
    return table


def _short_of_chips(table: AtTable, sessions: int = 3) -> None:
    """Session after session with three fills each."""
    table.open_table()
    for _ in range(sessions):
        for _fill in range(3):
            table.fill("10 black")
        table.roll_over()


def _asked(casino: Casino, kind: str, **more: Any) -> Any:
    return casino.pat.post("/par-proposals", {"kind": kind, **more}, at=casino.now)


def test_a_table_that_is_filled_often_is_advised_a_higher_par() -> None:
    """SUGG-2, SUGG-3: with its evidence; a proposal, and nothing in force."""
    casino = found(settings=ADVICE)
    table = _with_par(casino, dollars("3,200"))
    _short_of_chips(table)
    (proposal,) = _asked(casino, "recommend").must(201)["items"]
    assert (proposal["kind"], proposal["status"]) == ("recommend", "PROPOSED")
    assert proposal["source"] == "system_suggested"
    assert proposal["par_total_cents"] > dollars("3,200")
    assert (proposal["par_total_cents"] - dollars("3,200")) % dollars("500") == 0
    assert proposal["evidence"]["replay"] is not None
    assert proposal["evidence"]["sentences"]
    par = casino.sam.get(f"/tables/{table.id}/par", gaming_day=LATER).must(200)
    assert par["par_total_cents"] == dollars("3,200")


def test_approved_advice_holds_from_a_coming_day_as_suggested() -> None:
    """SUGG-4: a future gaming day, source system_suggested; never the present one."""
    casino = found(settings=ADVICE)
    table = _with_par(casino, dollars("3,200"))
    _short_of_chips(table)
    (proposal,) = _asked(casino, "recommend").must(201)["items"]
    path = f"/par-proposals/{proposal['id']}/approve"
    today = casino.pat.post(path, {"effective_from_gaming_day": DAY_ONE}, at=casino.now)
    today.must_refuse(422, "EFFECTIVE_DAY_PASSED")
    casino.pat.post(path, {"effective_from_gaming_day": LATER}, at=casino.now).must(200)
    par = casino.sam.get(f"/tables/{table.id}/par", gaming_day=LATER).must(200)
    assert (par["source"], par["par_total_cents"]) == (
        "system_suggested",
        proposal["par_total_cents"],
    )


def test_too_few_sessions_are_no_advice() -> None:
    """SUGG-1: said with the reason, table by table; nothing is written."""
    casino = found()
    table = _with_par(casino, dollars("3,200"))
    table.open_table()
    answer = _asked(casino, "recommend").must(201)
    assert casino.art.all_of("/par-proposals") == []
    assert (answer["items"], answer["left"][0]["why"]) == ([], "not_enough_data")
    assert answer["left"][0]["table_code"] == table.code


def test_new_advice_takes_the_place_of_what_nobody_decided() -> None:
    """PAR-4: the older one stays to be read, superseded."""
    casino = found(settings=ADVICE)
    _short_of_chips(_with_par(casino, dollars("3,200")))
    first = _asked(casino, "recommend").must(201)["items"][0]
    second = _asked(casino, "recommend").must(201)["items"][0]
    listed = {each["id"]: each["status"] for each in casino.art.all_of("/par-proposals")}
    assert listed == {first["id"]: "SUPERSEDED", second["id"]: "PROPOSED"}


def test_no_par_is_made_of_closings_in_inventory_count() -> None:
    """PAR-7: refused by name."""
    casino = found()
    table = a_table(casino)
    table.open_table()
    table.close()
    casino.person("pat")
    with nothing_changes(casino):
        _asked(casino, "adopt", table_id=table.id).must_refuse(409, "NOT_IMPREST")


def test_a_close_that_was_attested_is_adopted_for_approval() -> None:
    """PAR-7: only where it was restored to par; approval makes it policy with its source."""
    casino = found(mode="IMPREST_TO_PAR")
    restored, floating = _with_par(casino, dollars("3,200")), a_table(casino)
    for table in (restored, floating):
        table.open_table()
        table.closing()
        table.count("CLOSING", "40 red, 40 green, 20 black")
    casino.sam.post(f"{restored.path}/attest-par", at=casino.tick(), signed=[casino.dana]).must(200)
    for table in (restored, floating):
        casino.sam.post(f"{table.path}/close", at=casino.tick()).must(200)
    answer = _asked(casino, "adopt").must(201)
    (proposal,) = answer["items"]
    assert (proposal["table_id"], proposal["par_total_cents"]) == (restored.id, dollars("3,200"))
    assert proposal["source"] == "inferred_from_imprest_close"
    assert [each["why"] for each in answer["left"]] == ["closing_not_restored"]


def test_a_median_of_openings_says_its_weakness() -> None:
    """PAR-7: at least five openings, never more than unverified."""
    casino = found()
    table = a_table(casino)
    table.open_table()
    few = _asked(casino, "infer", table_id=table.id).must(201)
    assert few["left"][0]["why"] == "too_few_openings"
    for _ in range(5):
        table.roll_over()
    (proposal,) = _asked(casino, "infer", table_id=table.id).must(201)["items"]
    assert proposal["source"] == "inferred_unverified"
    assert proposal["par_total_cents"] == dollars("3,200")
    assert any("not where it should be" in each for each in proposal["evidence"]["sentences"])


def test_people_say_something_to_a_proposal_before_and_after_its_decision() -> None:
    """PAR-4: who said what and when, kept for good; the decision stays as it was."""
    casino = found(settings=ADVICE)
    _short_of_chips(_with_par(casino, dollars("3,200")))
    (proposal,) = _asked(casino, "recommend").must(201)["items"]
    path = f"/par-proposals/{proposal['id']}"
    first = casino.sam.post(f"{path}/comments", {"text": "  The junket left.\n"}, at=casino.now)
    said = first.must(201)
    assert (said["text"], said["recorded_by"]) == ("The junket left.", casino.sam.id)
    assert said["proposal_id"] == proposal["id"]
    casino.pat.post(f"{path}/reject", {"reason": "one bad week"}, at=casino.now).must(200)
    casino.cam.post(f"{path}/comments", {"text": "Agreed."}, at=casino.now).must(201)
    after = casino.art.get(path).must(200)
    assert [each["text"] for each in after["comments"]] == ["The junket left.", "Agreed."]
    assert (after["status"], after["decided_because"]) == ("REJECTED", "one bad week")
    (listed,) = casino.art.all_of("/par-proposals")
    assert listed == after
    entries = [each for each in casino.art.all_of("/journal") if "comment" in each["command"]]
    assert [(each["command"], each["subject_id"]) for each in entries] == [
        ("comment_on_par", proposal["id"])
    ] * 2


def test_a_comment_says_something_and_not_everything() -> None:
    """PAR-4: nothing said, more than 2,000 characters, and no such proposal are refused."""
    casino = found()
    policy = {"par_total_cents": 5, "effective_from_gaming_day": LATER}
    proposal = casino.sam.post("/par-policies", policy, at=casino.now).must(201)
    path = f"/par-proposals/{proposal['id']}/comments"
    casino.person("pat")
    for text in ("", " \n ", "x" * 2_001):
        with nothing_changes(casino):
            casino.pat.post(path, {"text": text}, at=casino.now).must_refuse(422, "SHAPE")
    casino.pat.post(path, {"text": "x" * 2_000}, at=casino.now).must(201)
    nowhere = "/par-proposals/01900000-0000-7000-8000-000000000000/comments"
    casino.pat.post(nowhere, {"text": "x"}, at=casino.now).must_refuse(404, "NOT_FOUND")


def test_the_chart_is_kept_with_the_advice() -> None:
    """SUGG-3: each shift's fills before and after, as they were when the advice was given."""
    casino = found(settings=ADVICE)
    _short_of_chips(_with_par(casino, dollars("3,200")))
    (proposal,) = _asked(casino, "recommend").must(201)["items"]
    shifts = proposal["evidence"]["shifts"]
    assert shifts["gaming_day"] == [DAY_ONE] * len(shifts["gaming_day"])
    assert shifts["shift_code"][0] == "DAY"
    assert {len(column) for column in shifts.values()} == {len(shifts["gaming_day"])}
    known = [each for each in shifts["fills_before"] if each is not None]
    assert sum(known) == proposal["evidence"]["replay"]["fills"]


def test_what_became_of_advice_is_told_before_and_since() -> None:
    """SUGG-1, SUGG-4: proposed, taken or not and why; fills per shift before and since."""
    casino = found(settings=ADVICE)
    taken, refused, waiting = (_with_par(casino, dollars("3,200")) for _ in range(3))
    for table in (taken, refused, waiting):
        _short_of_chips(table)
    made = {each["table_id"]: each["id"] for each in _asked(casino, "recommend").must(201)["items"]}
    approve = f"/par-proposals/{made[taken.id]}/approve"
    casino.pat.post(approve, {"effective_from_gaming_day": "2026-03-03"}, at=casino.now).must(200)
    reject = f"/par-proposals/{made[refused.id]}/reject"
    casino.pat.post(reject, {"reason": "one bad week"}, at=casino.now).must(200)
    now = casino.art.get("/par-proposals/outcomes").must(200)
    (source,) = now["sources"]
    told = {name: source[name] for name in ("source", "proposed", "waiting", "approved")}
    assert told == {"source": "system_suggested", "proposed": 3, "waiting": 1, "approved": 1}
    assert (source["rejected"], source["rejected_because"]) == (1, ["one bad week"])
    assert source["waiting_since"] is not None
    (coming,) = now["taken"]
    assert (coming["standing"], coming["after"]) == ("coming", None)
    assert coming["before"] == {"shifts": 3, "fills": 9, "p90_fills": 3, "average_fills": "3.00"}
    assert set(coming) == names_of("par_taken")
    assert set(coming["before"]) == names_of("par_side")
    casino.now += timedelta(days=1)
    for _ in range(3):
        taken.roll_over()
    (since,) = casino.art.get("/par-proposals/outcomes").must(200)["taken"]
    assert (since["standing"], since["from_cents"]) == ("in_force", dollars("3,200"))
    assert since["capital_change_cents"] == since["to_cents"] - since["from_cents"]
    assert since["after"]["fills"] == 0


def test_a_side_with_too_few_sessions_is_null_and_never_none() -> None:
    """SUGG-1, LESSON-2: what is not known of it is null, and the sum says how many are judged."""
    casino = found()
    table = _with_par(casino, dollars("3,200"))
    table.open_table()
    policy = {"table_id": table.id, "par_total_cents": 5, "effective_from_gaming_day": LATER}
    proposal = casino.sam.post("/par-policies", policy, at=casino.now).must(201)
    path = f"/par-proposals/{proposal['id']}/approve"
    casino.pat.post(path, {"effective_from_gaming_day": LATER}, at=casino.now).must(200)
    told = casino.art.get("/par-proposals/outcomes").must(200)
    (taken,) = told["taken"]
    assert (taken["source"], taken["before"], taken["after"]) == ("manual", None, None)
    assert (told["sum"]["judged"], told["sum"]["average_fills_after"]) == (0, None)


def test_a_shift_with_an_unsettled_slip_is_on_no_side() -> None:
    """SUGG-1, LESSON-2: whether its chips came is not known: it is no shift without fills."""
    casino = found(settings={"advice": {"min_sessions": 1}})
    table = _with_par(casino, dollars("3,200"))
    table.open_table()
    table.issue(table.ask_fill("10 black"))
    table.force_close()
    casino.now += timedelta(hours=8)
    table.open_table()
    table.roll_over()
    policy = {"table_id": table.id, "par_total_cents": 5, "effective_from_gaming_day": "2026-03-03"}
    proposal = casino.sam.post("/par-policies", policy, at=casino.now).must(201)
    path = f"/par-proposals/{proposal['id']}/approve"
    effective = {"effective_from_gaming_day": "2026-03-03"}
    casino.pat.post(path, effective, at=casino.now).must(200)
    (taken,) = casino.art.get("/par-proposals/outcomes").must(200)["taken"]
    assert (taken["before"]["shifts"], taken["before"]["fills"]) == (1, 0)
