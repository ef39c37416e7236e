"""Reading what was typed, and writing figures: nothing is guessed at, nothing unknown is a zero."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.chips import ChipList
from tablebank.domain.terms import Role
from tablebank.web import figures, typed
from tablebank.web.actions.kind import Field, SignsToo
from tablebank.web.typed import NotRead

NO_CHIPS = ChipList({})


@given(st.integers(min_value=0, max_value=10**15))
def test_an_amount_reads_back_as_it_was_written(cents: int) -> None:
    """CHIP-1: through screen and form no cent is lost (LESSON-6)."""
    assert typed.money_in_cents(figures.money(cents)) == cents
    assert typed.money_in_cents(figures.money(cents, exact=True)) == cents


@pytest.mark.parametrize(
    "text", ["", "-5", "1.5", "1.005", "1,00.00", "1.234,50", "ten", "$", "1 000", "1e5", "+1"]
)
def test_an_amount_that_can_be_meant_twice_is_not_read(text: str) -> None:
    with pytest.raises(NotRead):
        typed.money_in_cents(text)


@given(st.text())
def test_any_text_is_pieces_or_refused(text: str) -> None:
    try:
        pieces = typed.pieces(text)
    except NotRead:
        return
    assert 0 <= pieces < 10**9


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_sign_is_a_true_minus_and_stands_in_front(cents: int) -> None:
    text = figures.money(cents)
    assert "-" not in text
    assert text.startswith("−") == (cents < 0)


def test_unknown_is_never_a_zero() -> None:
    """LESSON-2."""
    assert figures.money(None) == "N/A"
    assert figures.money(None, exact=True, signed=True) == "N/A"
    assert figures.number(None) == "N/A"
    assert figures.money(0) == "$0"
    assert figures.money(-2_800_000) == "−$28,000"
    assert figures.money(5_000, currency="EUR") == "€50"
    assert figures.money(5_000, currency="CHF") == "CHF\u00a050"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "just now"), (6, "6 min"), (252, "4 h 12 min"), (3 * 1440 + 130, "3 d 2 h")],
)
def test_ages_are_said_in_two_units(minutes: int, words: str) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert figures.age(now - timedelta(minutes=minutes), now=now) == words


def test_a_wall_time_is_the_casinos_own() -> None:
    """TIME-1: across the change to summer time as well."""
    winter = typed.instant("2026-03-07T14:05", zone="America/New_York")
    summer = typed.instant("2026-03-09T14:05", zone="America/New_York")
    assert winter.astimezone(UTC).hour == 19
    assert summer.astimezone(UTC).hour == 18
    with pytest.raises(NotRead):
        typed.instant("soon", zone="UTC")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    fields = (
        Field(name="reason", label="Reason", kind="words"),
        Field(name="contents", label="Contents", kind="bills"),
        Field(name="first_count_cents", label="First count", kind="money"),
        Field(name="evidence", label="Forms", kind="evidence", required=False),
    )
    said = {
        "contents:10000": "x",
        "contents:COIN": "1.2",
        "first_count_cents": "lots",
        "evidence": "NOTE 1",
    }
    read = typed.read(fields, said, chips=NO_CHIPS, zone="UTC")
    pointers = {each.pointer for each in read.errors}
    assert pointers == {
        "/reason",
        "/contents/10000",
        "/contents/COIN",
        "/first_count_cents",
        "/evidence",
    }
    assert read.misshapen is not None


def test_what_a_box_held_is_notes_and_amounts() -> None:
    field = Field(name="contents", label="Contents", kind="bills")
    said = {"contents:10000": "12", "contents:MARKER_PAYMENT": "500.00", "contents:COIN": ""}
    read = typed.read((field,), said, chips=NO_CHIPS, zone="UTC")
    assert read.values["contents"] == [
        {
            "instrument": "CURRENCY",
            "denomination_cents": 10_000,
            "quantity": 12,
            "amount_cents": 120_000,
        },
        {"instrument": "MARKER_PAYMENT", "amount_cents": 50_000},
    ]


def test_a_signature_takes_only_a_role_that_was_asked_for() -> None:
    rows = (SignsToo(roles=(Role.DEALER, Role.SUPERVISOR)), SignsToo(roles=(Role.RUNNER,)))
    said = {
        "sign:0:role": "PIT_MANAGER",
        "sign:0:badge": " 1007 ",
        "sign:0:pin": "246801",
        "sign:7:badge": "1008",
    }
    given_ = typed.signatures(rows, said)
    assert [(each.role, each.badge) for each in given_] == [(Role.DEALER, "1007")]
    assert "246801" not in repr(given_)


def test_a_time_is_once_twice_or_never() -> None:
    """TIME-2: what the clock showed twice is asked about, what it never showed is not read."""
    new_york = "America/New_York"
    assert typed.shown_twice("2026-03-07T14:05", zone=new_york) == ()
    with pytest.raises(NotRead):
        typed.instant("2026-03-08T02:30", zone=new_york)
    twice = typed.shown_twice("2026-11-01T01:30", zone=new_york)
    assert [each.astimezone(UTC).hour for each in twice] == [5, 6]
    with pytest.raises(NotRead):
        typed.instant("2026-11-01T01:30", zone=new_york)
    for which, hour in (("0", 5), ("1", 6)):
        read = typed.instant("2026-11-01T01:30", zone=new_york, which=which)
        assert read.astimezone(UTC).hour == hour


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-13-01T00:00", "x"])
def test_a_time_beyond_all_calendars_is_not_read(text: str) -> None:
    assert typed.shown_twice(text, zone="America/New_York") == ()
    with contextlib.suppress(NotRead):
        typed.instant(text, zone="America/New_York")
