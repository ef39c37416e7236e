"""The rundown at every door: five terms, each known or null with its reason (RUN, LESSON-1, 2)."""

from typing import Any

import pytest

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino
from tests.say import dollars, worth

TERMS = ("opening", "closing", "fills", "credits", "drop")


def _known(rundown: Json) -> dict[str, Any]:
    return {term: rundown[f"{term}_total_cents"] for term in TERMS}


def test_the_result_is_exactly_the_five_terms(live: AtTable) -> None:
    """RUN-1, RUN-2, RUN-7, LESSON-5, WIN-01: closing + credits + drop - opening -
    fills; hold over drop.
    """
    opening = live.session()["opening"]["total_cents"]
    live.fill("10 black")
    live.credit("4 green")
    live.close("25 black")
    live.drop()
    live.soft_count(dollars("1,234.56"))
    rundown = live.rundown()
    assert _known(rundown) == {
        "opening": opening,
        "closing": worth("25 black"),
        "fills": worth("10 black"),
        "credits": worth("4 green"),
        "drop": dollars("1,234.56"),
    }
    before = worth("25 black") + worth("4 green") - opening - worth("10 black")
    assert rundown["before_drop_cents"] == before
    assert rundown["table_win_cents"] == before + dollars("1,234.56")
    assert (rundown["state"], rundown["reasons"]) == ("complete", [])
    win = before + dollars("1,234.56")
    assert rundown["hold_pct"] == f"{win * 100 / dollars('1,234.56'):.2f}"


def test_it_names_the_facts_it_was_made_from(live: AtTable) -> None:
    """RUN-1, WIN-03: by id, never by a window of time; a voided or cancelled
    slip is none of them.
    """
    fill, credit = live.fill("1 black"), live.credit("1 green")
    gone = live.issue(live.ask_fill("7 black"))
    live.casino.cody.post(
        f"/slips/{gone['id']}/void",
        {"reason": "not needed", "counted_back": gone["chipset"]},
        at=live.when(None),
        signed=[live.casino.sue],
    ).must(200)
    live.close()
    live.drop()
    count = live.soft_count(5)
    session = live.session()
    assert live.rundown()["inputs"] == {
        "snapshots": [session["opening"]["id"], session["closing"]["id"]],
        "slips": [fill["id"], credit["id"]],
        "counts": [count["id"]],
    }


def test_a_missing_opener_is_unknown_and_not_zero(table: AtTable) -> None:
    """RUN-1, RUN-2, LESSON-1, INV-17: played without a recorded opener, there is no win to tell."""
    table.open()
    table.force_close()
    rundown = table.rundown()
    assert rundown["state"] == "missing_opening"
    assert rundown["opening_total_cents"] is None
    assert rundown["opening_source"] is None
    _is_unknown_everywhere(table)


def test_a_missing_closer_is_unknown_and_not_zero(live: AtTable) -> None:
    """RUN-1, LESSON-1, SHF-02: -46,000.00 for a table nobody counted is a lie."""
    live.force_close()
    live.drop()
    live.soft_count(5_000)
    rundown = live.rundown()
    assert (rundown["state"], rundown["closing_total_cents"]) == ("missing_closing", None)
    assert rundown["drop_total_cents"] == 5_000
    assert "NOT_COUNTED" in rundown["reasons"]
    _is_unknown_everywhere(live)


def test_a_missing_count_is_unknown_and_not_zero(live: AtTable) -> None:
    """RUN-1, LESSON-2, WIN-07: neither before the box is removed nor before it is counted."""
    live.close()
    _is_unknown_everywhere(live)
    assert live.rundown()["state"] == "pending_count"
    assert live.rundown()["before_drop_cents"] == 0, "known without the drop, by its own name"
    live.drop()
    _is_unknown_everywhere(live)
    assert "COUNT_PENDING" in live.rundown()["reasons"]


def test_while_live_nothing_is_won_yet(live: AtTable) -> None:
    """RUN-2: provisional; fills and credits are those verified so far."""
    live.fill("1 black")
    live.issue(live.ask_fill("2 black"))
    rundown = live.rundown()
    assert (rundown["state"], rundown["table_win_cents"]) == ("provisional", None)
    assert rundown["fills_total_cents"] == worth("1 black")
    assert "NOT_CLOSED" in rundown["reasons"]
    _is_unknown_everywhere(live)


def _is_unknown_everywhere(table: AtTable) -> None:
    """Null at every door that shows the result, with its reasons beside it."""
    casino = table.casino
    rundown = table.rundown()
    assert rundown["table_win_cents"] is None
    assert rundown["hold_pct"] is None
    assert rundown["reasons"]
    row = next(each for each in casino.art.get("/floor")["items"] if each["id"] == table.id)
    assert row["table_win_cents"] is None
    assert row["reasons"]
    summary = casino.art.get(f"/shifts/{table.session()['shift_id']}/summary").must(200)
    mine = next(each for each in summary["items"] if each["session_id"] == table.session_id)
    assert mine["table_win_cents"] is None
    assert mine["reasons"] == rundown["reasons"]
    assert summary["totals"]["win_cents"] is None


def test_an_unknown_outlives_the_sum_over_a_group(live: AtTable) -> None:
    """RUN-1, BOX-6, LESSON-2: one member without a closer leaves the group without a win."""
    first = live.session_id
    live.force_close()
    live.open_table()
    live.close()
    live.drop()
    live.soft_count(5_000)
    group = live.casino.art.get(f"/drop-groups/{first}/rundown").must(200)
    assert group["drop_total_cents"] == 5_000
    assert (group["closing_total_cents"], group["table_win_cents"]) == (None, None)
    assert group["state"] == "missing_closing"


@pytest.mark.parametrize("kind", ["fill", "credit"])
def test_a_slip_moves_the_tray_and_not_the_result(own: Casino, kind: str) -> None:
    """RUN-8, LESSON-5: a fill with the closing raised by it, a credit with it lowered."""
    wins = []
    for moves in (False, True):
        table = a_table(own)
        table.open_table("20 black")
        closer = 20
        if moves:
            table.fill("5 black") if kind == "fill" else table.credit("5 black")
            closer += 5 if kind == "fill" else -5
        table.close(f"{closer} black")
        table.drop()
        table.soft_count(777)
        wins.append(table.rundown()["table_win_cents"])
    assert wins == [777, 777]


def test_the_same_in_both_bank_modes(own: Casino) -> None:
    """RUN-1: exactly that, in both modes."""
    wins = []
    for mode in ("INVENTORY_COUNT", "IMPREST_TO_PAR"):
        table = a_table(own)
        policy = {
            "table_id": table.id,
            "table_bank_mode": mode,
            "par_total_cents": worth("20 black"),
            "effective_from_gaming_day": "2026-03-02",
        }
        own.pat.post("/par-policies", policy, at=own.now).must(201)
        table.open_table("20 black")
        table.close("20 black")
        table.drop()
        table.soft_count(123)
        wins.append((table.session()["table_bank_mode"], table.rundown()["table_win_cents"]))
    assert wins == [("INVENTORY_COUNT", 123), ("IMPREST_TO_PAR", 123)]


def test_one_fill_total_on_every_screen(live: AtTable) -> None:
    """LESSON-13, LESSON-4: session, rundown, shift and report say the same."""
    live.fill("3 black")
    live.close()
    live.drop()
    live.soft_count(5)
    live.reconcile()
    final = live.finalize()
    art = live.casino.art
    summary = art.get(f"/shifts/{live.session()['shift_id']}/summary").must(200)
    mine = next(each for each in summary["items"] if each["session_id"] == live.session_id)
    report = art.get(f"{live.path}/reports").must(200)["items"][0]
    said = {
        live.session()["fills_total_cents"],
        live.rundown()["fills_total_cents"],
        final["fills_total_cents"],
        mine["fills_total_cents"],
        report["content"]["rundown"]["fills_total_cents"],
    }
    assert said == {worth("3 black")}


def test_a_session_never_opened_has_no_rundown_to_speak_of(table: AtTable) -> None:
    """RUN-2: nothing is known, and nothing is 0."""
    table.prepare()
    rundown = table.rundown()
    assert (rundown["state"], rundown["table_win_cents"]) == ("provisional", None)
    assert (rundown["opening_total_cents"], rundown["drop_total_cents"]) == (None, None)
