"""The three-way match over HTTP: what lay in the boxes against what was deposited (SOFT-4)."""

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found


def kinds(table: AtTable, status: str = "OPEN") -> list[str]:
    """The exceptions of the table's session."""
    items = table.casino.pat.all_of("/exceptions", session_id=table.session_id, status=status)
    return sorted(each["kind"] for each in items)


def slip_found(slip: Json, **other: object) -> Json:
    """A slip as the count room writes it down."""
    said = {"form": slip["kind"], "number": slip["number"], "amount_cents": slip["total_cents"]}
    return {**said, **other}


def with_fill(casino: Casino) -> tuple[AtTable, Json]:
    """A table that took a fill, is closed, and whose box was taken."""
    table = a_table(casino)
    table.open_table()
    fill = table.fill("5 black")
    table.close()
    table.drop()
    table.custody()
    return table, fill


def test_an_honest_box_raises_nothing(casino: Casino) -> None:
    """SOFT-4, CNT-12: what was deposited is what was found."""
    table, fill = with_fill(casino)
    table.soft_count(100, evidence=[slip_found(fill)])
    assert kinds(table) == []
    table.reconcile()


def test_a_slip_that_is_not_in_its_box_is_missing_until_a_corrected_count_lists_it(
    casino: Casino,
) -> None:
    """SOFT-4, FIND-2, FIND-4, LESSON-19, DRP-03, CNT-13: it stops the result; found
    after all, it clears.
    """
    table, fill = with_fill(casino)
    count = table.soft_count(100, evidence=[])
    assert kinds(table) == ["MISSING_SLIP"]
    found_open = casino.ana.post(f"{table.path}/reconcile", at=table.when(None))
    found_open.must_refuse(409, "EXCEPTIONS_OPEN")
    again = {"supersedes": count["id"], "reason": "it stuck to a note"}
    table.soft_count(100, evidence=[slip_found(fill)], **again)
    assert (kinds(table), kinds(table, "CLEARED")) == ([], ["MISSING_SLIP"])
    table.reconcile()


def test_a_missing_slip_clears_into_the_wrong_box_that_yields_it(casino: Casino) -> None:
    """SOFT-4: one finding on the slip, and nothing beside it, on either table."""
    table, fill = with_fill(casino)
    other, own_fill = with_fill(casino)
    table.soft_count(100, evidence=[])
    assert kinds(table) == ["MISSING_SLIP"]
    other.soft_count(100, evidence=[slip_found(own_fill), slip_found(fill)])
    assert (kinds(table), kinds(table, "CLEARED")) == (["SLIP_WRONG_BOX"], ["MISSING_SLIP"])
    assert kinds(other) == []
    (finding,) = casino.pat.all_of("/exceptions", session_id=table.session_id, status="OPEN")
    assert finding["subject"] == {"type": "slip", "id": fill["id"]}
    assert finding["facts"]["found_in"][0].startswith(other.code)


def test_a_slip_found_in_another_box_first_is_not_missing_from_its_own(casino: Casino) -> None:
    """SOFT-4, CNT-13: whichever box is counted first."""
    table, fill = with_fill(casino)
    other, own_fill = with_fill(casino)
    count = other.soft_count(100, evidence=[slip_found(own_fill), slip_found(fill)])
    assert kinds(table) == ["SLIP_WRONG_BOX"]
    table.soft_count(100, evidence=[])
    assert kinds(table) == ["SLIP_WRONG_BOX"]
    again = {"supersedes": count["id"], "reason": "it was the other pile"}
    other.soft_count(100, evidence=[slip_found(own_fill)], **again)
    assert (kinds(table), kinds(other)) == (["MISSING_SLIP"], [])


def test_one_number_in_two_boxes_is_a_duplicate(casino: Casino) -> None:
    """SOFT-4, LESSON-19, CNT-13: once in its own, once in another: one finding, on the slip."""
    table, fill = with_fill(casino)
    other, own_fill = with_fill(casino)
    other.soft_count(100, evidence=[slip_found(own_fill), slip_found(fill)])
    table.soft_count(100, evidence=[slip_found(fill)])
    assert (kinds(table), kinds(table, "CLEARED")) == (["DUPLICATE_SLIP"], ["SLIP_WRONG_BOX"])
    assert kinds(other) == []


def test_a_number_that_nobody_issued_is_unknown(casino: Casino) -> None:
    """SOFT-4: on its box and its number."""
    table, fill = with_fill(casino)
    strange = {"form": "FILL", "number": "F-1999-000001", "amount_cents": 5}
    table.soft_count(100, evidence=[slip_found(fill), strange])
    assert kinds(table) == ["UNKNOWN_SLIP"]
    (finding,) = casino.pat.all_of("/exceptions", session_id=table.session_id)
    assert finding["subject"] == {"type": "drop", "id": f"{table.drop_ids[-1]}/F-1999-000001"}


def test_paper_with_another_amount_is_a_mismatch(casino: Casino) -> None:
    """SOFT-4, CNT-12: the record is never altered to fit; the difference stands on the slip."""
    table, fill = with_fill(casino)
    table.soft_count(100, evidence=[slip_found(fill, amount_cents=49_900)])
    (finding,) = casino.pat.all_of("/exceptions", session_id=table.session_id)
    assert (finding["kind"], finding["variance_cents"]) == ("SLIP_AMOUNT_MISMATCH", -100)
    assert table.rundown()["fills_total_cents"] == fill["total_cents"]


def test_a_voided_slip_in_a_box_is_a_misuse(casino: Casino) -> None:
    """SOFT-4: it was to go nowhere."""
    table = a_table(casino)
    table.open_table()
    fill = table.issue(table.ask_fill("5 black"))
    back = {"reason": "torn", "counted_back": fill["chipset"]}
    casino.casey.post(
        f"/slips/{fill['id']}/void", back, at=table.when(None), signed=[casino.sue]
    ).must(200)
    table.close()
    table.drop()
    table.custody()
    table.soft_count(100, evidence=[slip_found(fill)])
    assert kinds(table) == ["VOID_MISUSE"]


def test_a_slip_that_was_never_deposited_is_that_and_not_missing(casino: Casino) -> None:
    """SLIP-13, SOFT-4: one trouble, one finding; in another's box it is SLIP_WRONG_BOX alone."""
    table = a_table(casino)
    table.open_table()
    fill = table.verify_fill(table.issue(table.ask_fill("5 black")), deposit=False)
    table.close()
    table.drop()
    table.custody()
    table.soft_count(100)
    assert kinds(table) == ["SLIP_NOT_DEPOSITED"]
    other, own_fill = with_fill(casino)
    other.soft_count(100, evidence=[slip_found(own_fill), slip_found(fill)])
    assert (kinds(table), kinds(table, "CLEARED")) == (["SLIP_WRONG_BOX"], ["SLIP_NOT_DEPOSITED"])


def test_a_marker_in_a_box_and_on_a_credit_is_found(casino: Casino) -> None:
    """SLIP-14, WIN-06: it would enter the result twice."""
    table = a_table(casino)
    table.open_table()
    marker = {"instrument": "MARKER", "number": "M-77", "amount_cents": 50_000}
    asked = table.ask_credit("5 green", lines=[marker])
    credit = table.deposit(table.verify_credit(table.pick_up(asked)))
    table.close()
    table.drop()
    table.custody()
    other, own_fill = with_fill(casino)
    table.soft_count(100)
    assert kinds(table) == []
    found_too = {"form": "MARKER", "number": "M-77", "amount_cents": 50_000}
    other.soft_count(100, evidence=[slip_found(own_fill), found_too])
    (finding,) = casino.pat.all_of("/exceptions", session_id=table.session_id)
    assert finding["kind"] == "DUPLICATE_SLIP"
    assert finding["subject"]["id"] == f"{credit['id']}/M-77"


def test_where_evidence_is_electronic_no_paper_is_expected() -> None:
    """SOFT-4: nor does a choice made later reach back to what was counted before."""
    casino = found(settings={"evidence": "ELECTRONIC"})
    table, _ = with_fill(casino)
    table.soft_count(100, evidence=[])
    assert kinds(table) == []
    paper = {"settings": {"evidence": "PAPER"}}
    casino.ada.patch("/casino", paper, at=casino.tick()).must(200)
    table.reconcile()
    assert kinds(table) == []


def test_openers_and_closers_are_expected_where_a_casino_says_so() -> None:
    """SOFT-4, SNAP-8, DRP-03: each form that is not there is one finding, on its box and number."""
    casino = found(settings={"box_forms": ["FILL", "CREDIT", "OPENER", "CLOSER"]})
    table, fill = with_fill(casino)
    session = table.session()
    opener = {"form": "OPENER", "number": session["opening"]["number"]}
    table.soft_count(100, evidence=[slip_found(fill), opener])
    (finding,) = casino.pat.all_of("/exceptions", session_id=table.session_id)
    assert (finding["kind"], finding["facts"]["form"]) == ("MISSING_FORM", "CLOSER")
