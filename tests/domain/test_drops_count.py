"""What the count room found: taken in once, corrected by revision, added up by one rule."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.facts import Count
from tablebank.domain.refusals import Refusal
from tablebank.domain.soft_count import EFFECT, checked_lines
from tablebank.domain.terms import DropState, RemovalType
from tests.domain.cast import found, worth
from tests.domain.floor import Floor
from tests.domain.founding import refused

TRAY = worth(100_000)


def dropped() -> tuple[Floor, Any]:
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    removal = floor.remove()
    floor.hand_over(removal)
    return floor, removal


def line(instrument: str, cents: int, **more: int) -> dict[str, Any]:
    return {"instrument": instrument, "amount_cents": cents, **more}


# -- what enters the drop --------------------------------------------------------------------------


def test_what_each_instrument_does_to_the_drop() -> None:
    """SOFT-1, CNT-21, CNT-22: the GENERIC profile: plus, minus, or none."""
    effects = {
        sign: {name for name, effect in EFFECT.items() if effect == sign} for sign in (1, -1, 0)
    }
    assert effects == {
        1: {
            "CURRENCY",
            "COIN",
            "CHIP",
            "FOREIGN_CURRENCY",
            "VOUCHER",
            "CHECK",
            "MARKER_ISSUE",
        },
        -1: {"MARKER_PAYMENT"},
        0: {"PROMO_CHIP", "FOREIGN_CHIP", "COUPON", "REJECT", "OTHER"},
    }


lines = st.lists(st.tuples(st.sampled_from(sorted(EFFECT)), st.integers(0, 10**9)), max_size=8).map(
    lambda pairs: [line(name, cents) for name, cents in pairs]
)


@settings(max_examples=60, deadline=None)
@given(lines)
def test_the_counted_drop_is_the_signed_sum(contents: list[dict[str, Any]]) -> None:
    """SOFT-1, WIN-06: amounts are never negative, their signed sum may be; the
    total is their plain sum.
    """
    floor, removal = dropped()
    total = sum(each["amount_cents"] for each in contents)
    floor.count_box(removal, 0, contents=contents, total_cents=total)
    (count,) = floor.facts.counts
    signed = sum(EFFECT[each["instrument"]] * each["amount_cents"] for each in contents)
    assert count.drop_effect_cents == signed
    assert count.total_cents == total
    assert floor.rundown().drop_total_cents == signed
    assert floor.rundown().table_win_cents == signed


def test_a_counted_drop_may_be_negative() -> None:
    """SOFT-1: more marker payments than cash: the drop is below zero and known."""
    floor, removal = dropped()
    contents = [line("CURRENCY", 10_000), line("MARKER_PAYMENT", 25_000)]
    floor.count_box(removal, 0, contents=contents, total_cents=35_000)
    assert floor.rundown().drop_total_cents == -15_000
    assert floor.rundown().hold_pct == "100.00"


# -- what is refused -------------------------------------------------------------------------------


def test_a_total_is_the_sum_of_its_parts() -> None:
    """SOFT-3, LESSON-8: refused, and nothing is lost: the box waits as it did."""
    floor, removal = dropped()
    before = floor.facts
    with refused(Refusal.TOTAL_MISMATCH):
        floor.count_box(removal, 10_000, total_cents=9_000)
    assert floor.facts == before


@pytest.mark.parametrize(
    ("bad", "refusal", "pointer"),
    [
        (line("CURRENCY", -1), Refusal.NEGATIVE_AMOUNT, "/contents/1"),
        (
            line("CURRENCY", 100, denomination_cents=-100, quantity=-1),
            Refusal.NEGATIVE_AMOUNT,
            "/contents/1",
        ),
        (
            line("CURRENCY", 900, denomination_cents=100, quantity=10),
            Refusal.TOTAL_MISMATCH,
            "/contents/1/amount_cents",
        ),
        (line("SHELLS", 100), Refusal.SHAPE, "/contents/1/instrument"),
    ],
)
def test_a_bad_line_is_pointed_at(bad: dict[str, Any], refusal: Refusal, pointer: str) -> None:
    """SOFT-3, LESSON-8: ten hundreds are not nine hundred; no amount is below zero."""
    contents = [line("CURRENCY", 100, denomination_cents=100, quantity=1), bad]
    total = sum(each["amount_cents"] for each in contents)
    with refused(refusal) as caught:
        checked_lines(contents, total_cents=total)
    assert caught.pointers == [pointer]


def test_an_amount_may_stand_without_its_denomination() -> None:
    """SOFT-1: half a pair proves nothing and is no contradiction."""
    contents = [line("CURRENCY", 500, quantity=5), line("COIN", 3, denomination_cents=25)]
    assert checked_lines(contents, total_cents=503) == tuple(contents)


def test_an_empty_box_is_counted_as_nothing() -> None:
    """SOFT-1: 0 is a result; the session is COUNTED."""
    floor, removal = dropped()
    floor.count_box(removal, 0)
    assert floor.rundown().drop_total_cents == 0
    assert floor.session().drop_state == DropState.COUNTED


# -- once ------------------------------------------------------------------------------------------


def test_the_same_batch_again_answers_as_the_first_time() -> None:
    """SOFT-2, LESSON-17: nothing is written twice, and the answer names the same count."""
    floor, removal = dropped()
    first = floor.count_box(removal, 10_000)
    facts = floor.facts
    again = floor.count_box(removal, 10_000)
    assert again.changed_nothing
    assert again.subject_id == first.subject_id
    assert floor.facts == facts


@pytest.mark.parametrize(
    "other",
    [
        {"batch_id": "another"},
        {"contents": [line("COIN", 10_000)]},
        {"second_count_cents": 10_100},
        {"first_count_cents": 9_900},
        {"evidence": [{"form": "FILL", "number": "F-1"}]},
        {"tester": {"passed": False}},
        {"reported_exceptions": [{"kind": "TORN_BILL"}]},
        {"team": ("112", "199")},
    ],
)
def test_other_content_is_refused(other: dict[str, Any]) -> None:
    """SOFT-2, SOFT-3: a box already counted takes no second count, whatever differs."""
    floor, removal = dropped()
    first = floor.count_box(removal, 10_000)
    before = floor.facts
    with refused(Refusal.ALREADY_COUNTED) as caught:
        floor.count_box(removal, 10_000, **other)
    assert caught.facts == {"count_id": str(first.subject_id)}
    assert floor.facts == before


def test_a_correction_is_a_revision() -> None:
    """SOFT-2: it names what it replaces and why; both stay, the later one enters the drop."""
    floor, removal = dropped()
    first = floor.count_box(removal, 10_000)
    floor.count_box(removal, 12_000, supersedes=first.subject_id, reason="a strap of twenties")
    old, new = floor.facts.counts
    assert isinstance(new, Count)
    assert (old.revision, new.revision) == (1, 2)
    assert (new.supersedes, new.reason) == (old.id, "a strap of twenties")
    assert floor.rundown().drop_total_cents == 12_000
    assert floor.rundown().inputs.counts == (new.id,)
    opened = [link for link in floor.facts.custody if link.step == "OPENED"]
    assert len(opened) == 1


@pytest.mark.parametrize("wrong", ["no reason", "not the standing one", "nothing to replace"])
def test_a_correction_that_does_not_say_what_and_why(wrong: str) -> None:
    """SOFT-2: refused, with what is needed."""
    floor, removal = dropped()
    reason = None if wrong == "no reason" else "recounted"
    first = removal if wrong == "nothing to replace" else floor.count_box(removal, 1).subject_id
    if wrong == "not the standing one":
        floor.count_box(removal, 2, supersedes=first, reason="once")
    with refused(Refusal.COUNT_REVISION_INVALID):
        floor.count_box(removal, 3, supersedes=first, reason=reason)


# -- what posting does -----------------------------------------------------------------------------


def test_posting_sets_the_time_of_posting_and_nothing_else_does() -> None:
    """SOFT-6: on every session it makes COUNTED, once; a revision does not move it."""
    floor = Floor()
    first = floor.opened(TRAY)
    second = floor.roll_over(TRAY)
    floor.closed(TRAY)
    removal = floor.remove()
    floor.hand_over(removal)
    assert {floor.session(each).drop_posted_at for each in (first, second)} == {None}
    posted = floor.count_box(removal, 10_000)
    at = floor.clock
    assert {floor.session(each).drop_posted_at for each in (first, second)} == {at}
    floor.count_box(removal, 11_000, supersedes=posted.subject_id, reason="recounted")
    assert {floor.session(each).drop_posted_at for each in (first, second)} == {at}
    floor.reconcile(first)
    floor.finalize(first)
    assert {floor.session(each).drop_posted_at for each in (first, second)} == {at}


def test_posting_one_of_two_boxes_posts_no_drop() -> None:
    """SOFT-6, BOX-5, CNT-06: the session is not COUNTED yet."""
    floor = Floor()
    session = floor.opened(TRAY)
    first = floor.remove(RemovalType.EMERGENCY, replacement="B")
    floor.closed(TRAY)
    second = floor.remove()
    floor.count_box(first, 10_000)
    assert floor.session(session).drop_posted_at is None
    floor.count_box(second, 20_000)
    assert floor.session(session).drop_posted_at == floor.clock


def test_the_team_signs_the_count() -> None:
    """SOFT-1, SIGN-3: the count and its opening of the box, each by every member."""
    floor, removal = dropped()
    decision = floor.count_box(removal, 10_000)
    assert len(decision.signed) == 2
    assert floor.facts.counts[0].team == found(0).team
