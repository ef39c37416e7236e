"""What a par is never made from, whoever asks, for whichever table, through whichever door (PAR-7).

Every other door of the pages is in tests/web; what the rule itself says, in tests/domain.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.line import Answer
from tests.say import dollars, worth

TODAY = "2026-03-02"
WIDE = {"par_tolerance_cents": dollars("5,000"), "opening_tolerance_cents": dollars("5,000")}
FROM_CLOSINGS: tuple[dict[str, str], ...] = ({"kind": "adopt"}, {"kind": "infer", "of": "closings"})
"""Every way there is to ask for a par made of closings."""


def asked(casino: Casino, how: dict[str, str], table: AtTable | None = None) -> Answer:
    which = {"table_id": table.id} if table else {}
    return casino.pat.post("/par-proposals", {**how, **which}, at=casino.now)


def mode_of(casino: Casino, table: AtTable, mode: str, cents: int | None = None) -> None:
    """The table's own mode over the casino's, by policy (PAR-5)."""
    row = {
        "table_id": table.id,
        "table_bank_mode": mode,
        "par_total_cents": cents,
        "effective_from_gaming_day": TODAY,
    }
    casino.pat.post("/par-policies", row, at=casino.now).must(201)


def restored(table: AtTable, *, tray: str = TRAY) -> None:
    """Closing, counted, attested restored to par, closed."""
    casino = table.casino
    table.closing()
    table.count("CLOSING", tray)
    casino.sam.post(f"{table.path}/attest-par", at=casino.tick(), signed=[casino.dana]).must(200)
    casino.sam.post(f"{table.path}/close", at=casino.tick()).must(200)


def why_left(answer: Any) -> dict[str, str]:
    return {each["table_code"]: each["why"] for each in answer["left"]}


# -- Inventory Count -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", FROM_CLOSINGS, ids=str)
@pytest.mark.parametrize("closed", [0, 1, 6])
def test_every_attempt_in_inventory_count_is_refused_by_name(
    how: dict[str, str], closed: int
) -> None:
    """PAR-7: for one table and for all of them, however often it closed, by each who may ask."""
    casino = found()
    table, other = a_table(casino), a_table(casino)
    for _ in range(closed):
        table.open_table()
        table.close()
    for name in ("pat", "sam", "cam", "ada"):
        casino.person(name)
    with nothing_changes(casino):
        for one in (table, other):
            told = asked(casino, how, one).must_refuse(409, "NOT_IMPREST")
            assert told["facts"]["table_bank_mode"] == "INVENTORY_COUNT"
        told = asked(casino, how).must_refuse(409, "NOT_IMPREST")
        assert why_left({"left": told["facts"]["tables"]}) == {
            table.code: "NOT_IMPREST",
            other.code: "NOT_IMPREST",
        }
        for name in ("sam", "cam", "ada"):
            answer = casino.person(name).post("/par-proposals", how, at=casino.now)
            answer.must_refuse(409, "NOT_IMPREST")
    assert casino.art.all_of("/par-proposals") == []


@pytest.mark.parametrize("how", FROM_CLOSINGS, ids=str)
def test_a_table_of_its_own_mode_is_judged_by_that(how: dict[str, str]) -> None:
    """PAR-7, PAR-5: Inventory Count by policy in an imprest house is Inventory Count; together
    with others it is left out by name, and they are not.
    """
    casino = found(mode="IMPREST_TO_PAR")
    counting, restoring = a_table(casino), a_table(casino)
    mode_of(casino, counting, "INVENTORY_COUNT", worth(TRAY))
    mode_of(casino, restoring, "IMPREST_TO_PAR", worth(TRAY))
    for _ in range(5):
        counting.open_table()
        counting.close()
        restoring.open_table()
        restored(restoring)
    casino.sam.post(f"{counting.path}/attest-par", at=casino.now, signed=[casino.dana]).must_refuse(
        409, "SESSION_NOT_CLOSING"
    )
    with nothing_changes(casino):
        asked(casino, how, counting).must_refuse(409, "NOT_IMPREST")
    answer = asked(casino, how).must(201)
    assert why_left(answer) == {counting.code: "NOT_IMPREST"}
    (proposal,) = answer["items"]
    assert proposal["table_id"] == restoring.id


def test_a_table_that_was_counting_when_it_closed_is_refused_by_name() -> None:
    """PAR-7: imprest from today on; what it closed with before is where play left it."""
    casino = found()
    table = a_table(casino)
    table.open_table()
    table.close()
    row = {
        "table_id": table.id,
        "table_bank_mode": "IMPREST_TO_PAR",
        "par_total_cents": worth(TRAY),
        "effective_from_gaming_day": "2026-03-03",
    }
    casino.pat.post("/par-policies", row, at=casino.now).must(201)
    casino.now = casino.now.replace(day=3, hour=15)
    casino.ada.patch("/casino", {"name": "The day after"}, at=casino.now).must(200)
    with nothing_changes(casino):
        told = asked(casino, {"kind": "adopt"}, table).must_refuse(409, "NOT_IMPREST")
        assert told["facts"]["session_id"] == table.session_id
    answer = asked(casino, {"kind": "infer", "of": "closings"}, table).must(201)
    assert why_left(answer) == {table.code: "too_few_restored_closes"}, "it is none of them"


@pytest.mark.parametrize("how", FROM_CLOSINGS, ids=str)
def test_a_house_that_has_not_chosen_is_told_so(how: dict[str, str]) -> None:
    """PAR-5, PAR-7: UNKNOWN is neither mode; nothing is presumed."""
    casino = found(mode="UNKNOWN")
    table = a_table(casino)
    casino.person("pat")
    with nothing_changes(casino):
        asked(casino, how, table).must_refuse(409, "BANK_MODE_UNKNOWN")
        asked(casino, how).must_refuse(409, "BANK_MODE_UNKNOWN")


# -- Imprest to Par --------------------------------------------------------------------------------


def _attested(table: AtTable) -> None:
    restored(table)


def _adjusted(table: AtTable) -> None:
    """By a final fill, without an attestation."""
    table.closing()
    slip = table.issue(table.ask_fill("2 black", purpose="FINAL_ADJUSTMENT"))
    table.verify_fill(slip)
    table.count("CLOSING", TRAY)
    table.casino.sam.post(f"{table.path}/close", at=table.casino.tick()).must(200)


def _left_at_par(table: AtTable) -> None:
    """By chance at par: within tolerance it closes, but nobody restored it."""
    table.close()


def _passed_off_par(table: AtTable) -> None:
    table.closing()
    table.count("CLOSING", "40 red, 40 green, 10 black")
    casino = table.casino
    casino.pat.post(f"{table.path}/close", {"reason": "no chips left"}, at=casino.tick()).must(200)


def _forced(table: AtTable) -> None:
    table.force_close()


@pytest.mark.parametrize(
    ("close", "why"),
    [
        (_attested, None),
        (_adjusted, None),
        (_left_at_par, "closing_not_restored"),
        (_passed_off_par, "closing_not_restored"),
        (_forced, "closing_not_counted"),
    ],
)
def test_only_a_close_that_was_restored_is_adopted(
    close: Callable[[AtTable], None], why: str | None
) -> None:
    """PAR-7: attested or adjusted to par; a proposal of what was counted then, nothing in force."""
    casino = found(mode="IMPREST_TO_PAR")
    table = a_table(casino)
    mode_of(casino, table, "IMPREST_TO_PAR", worth(TRAY))
    table.open_table()
    close(table)
    answer = asked(casino, {"kind": "adopt"}, table).must(201)
    if why is not None:
        assert (answer["items"], why_left(answer)) == ([], {table.code: why})
        return
    (proposal,) = answer["items"]
    assert (proposal["status"], proposal["par_total_cents"]) == ("PROPOSED", dollars("3,200"))
    assert proposal["source"] == "inferred_from_imprest_close"
    assert len(casino.sam.all_of("/par-policies", table_id=table.id)) == 1


def test_a_median_of_closes_is_of_restored_ones() -> None:
    """PAR-7: at least five of them; one that nobody restored counts for nothing."""
    casino = found(mode="IMPREST_TO_PAR", settings=WIDE)
    table = a_table(casino)
    mode_of(casino, table, "IMPREST_TO_PAR", worth(TRAY))
    how = {"kind": "infer", "of": "closings"}
    for tray in ("32 black", "33 black", "34 black", "35 black"):
        table.open_table(tray)
        restored(table, tray=tray)
    table.open_table("35 black")
    table.close("70 black")
    assert why_left(asked(casino, how, table).must(201)) == {table.code: "too_few_restored_closes"}
    table.open_table("70 black")
    restored(table, tray="36 black")
    (proposal,) = asked(casino, how, table).must(201)["items"]
    assert proposal["par_total_cents"] == worth("34 black")
    assert (proposal["kind"], proposal["source"]) == ("infer", "inferred_from_imprest_close")


# -- what comes of openings ------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["INVENTORY_COUNT", "IMPREST_TO_PAR"])
def test_openings_give_a_par_that_is_unverified_in_any_mode(mode: str) -> None:
    """PAR-7: five at least; its weakness said, and by approval no more than unverified."""
    casino = found(mode=mode)
    table = a_table(casino)
    table.open_table()
    for _ in range(3):
        table.roll_over()
    few = asked(casino, {"kind": "infer"}, table).must(201)
    assert why_left(few) == {table.code: "too_few_openings"}
    table.roll_over()
    (proposal,) = asked(casino, {"kind": "infer"}, table).must(201)["items"]
    assert proposal["source"] == "inferred_unverified"
    assert proposal["evidence"]["weaknesses"]
    path = f"/par-proposals/{proposal['id']}/approve"
    today = casino.pat.post(path, {"effective_from_gaming_day": TODAY}, at=casino.now)
    today.must_refuse(422, "EFFECTIVE_DAY_PASSED")
    casino.pat.post(path, {"effective_from_gaming_day": "2026-03-09"}, at=casino.now).must(200)
    (row,) = casino.sam.all_of("/par-policies", table_id=table.id)
    assert row["source"] == "inferred_unverified"


@pytest.mark.parametrize("kind", ["recommend", "adopt"])
def test_only_a_median_is_of_something(own: Casino, kind: str) -> None:
    """PAR-7: what is asked for is said in one way."""
    own.person("pat")
    with nothing_changes(own):
        wrong = own.pat.post("/par-proposals", {"kind": kind, "of": "closings"}, at=own.now)
        assert wrong.must_refuse(422, "SHAPE")["errors"][0]["pointer"] == "/of"
