"""Closing a gaming day: what stops it, what is only listed, and what a later look finds new."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tablebank.domain.closing_the_day import close_day
from tablebank.domain.day_closes import DayClose
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Finding
from tablebank.domain.gaming_day_state import DayFacts, JournalMark, day_state
from tablebank.domain.number_accounts import SeriesAccount
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import FindingStatus, Form, Stops
from tests.domain.cast import ACE, worth
from tests.domain.floor import Floor
from tests.domain.founding import number, refused

DAY = date(2026, 3, 2)
NEXT = date(2026, 3, 3)
TRAY = worth(100_000)


def counted(*, day: str = "2026-03-02") -> Floor:
    """A table that was reconciled, the morning after."""
    floor = Floor()
    floor.opened(TRAY, day=day)
    floor.closed(TRAY)
    floor.count_box(floor.remove(replacement="B"), 10_000)
    floor.reconcile()
    return floor


def known(floor: Floor, day: date = DAY, **more: Any) -> DayFacts:
    """The day of this table alone."""
    said: dict[str, Any] = {
        "tables": (floor.facts,),
        "numbers": (),
        "findings": (),
        "closes": (),
        "journal": JournalMark(number=7, hash="h"),
    }
    return DayFacts(day=day, **{**said, **more})


def closing(floor: Floor, facts: DayFacts, *, reason: str | None = None) -> Decision:
    """Ace closes it late on the next day."""
    floor.at("2026-03-03 20:00")
    return close_day(
        act=floor.act("close_gaming_day", ACE),
        house=floor.house,
        known=facts,
        reason=reason,
        pending_count=False,
    )


def close_of(decision: Decision) -> DayClose:
    return next(each for each in decision.new if isinstance(each, DayClose))


def finding(floor: Floor, **more: Any) -> Finding:
    """One that stops closing the day, of a kind that comes with time."""
    said: dict[str, Any] = {
        "kind": "DROP_OVERDUE",
        "subject_type": "run",
        "subject_id": "run-1",
        "session_id": None,
        "table_id": None,
        "shift_id": None,
        "status": FindingStatus.OPEN,
        "stops": Stops.DAY,
        "variance_cents": None,
        "facts": {},
        "department": "pit",
        "raised_at": floor.facts.sessions[0].prepared_at,
    }
    return Finding(id=number(77), casino_id=floor.facts.table.casino_id, **{**said, **more})


@pytest.mark.parametrize("by", ["session", "shift", "instant"])
def test_an_open_finding_that_stops_the_day_stops_it(by: str) -> None:
    """FIND-1, FIND-4, EXC-06: of its sessions, of its shifts, or of neither and raised in it."""
    floor = counted()
    session = floor.session()
    hangs_on: dict[str, dict[str, Any]] = {
        "session": {"session_id": session.id},
        "shift": {"shift_id": session.shift_id},
        "instant": {},
    }
    stops = finding(floor, **hangs_on[by])
    with refused(Refusal.EXCEPTIONS_OPEN) as caught:
        closing(floor, known(floor, findings=(stops,)))
    assert caught.facts["exceptions"] == [{"id": str(stops.id), "kind": "DROP_OVERDUE"}]
    for other in (
        replace(stops, status=FindingStatus.RESOLVED),
        replace(stops, stops=Stops.NOTHING),
        replace(stops, session_id=number(78), shift_id=None),
        replace(stops, session_id=None, shift_id=floor.shift("DAY", "2026-03-03").id),
    ):
        assert close_of(closing(floor, known(floor, findings=(other,)))).revision == 1


def test_a_finding_that_stops_a_result_leaves_it_out_of_the_day() -> None:
    """FIND-4, DAY-1: listed with its kind, while the day is closed."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    floor.count_box(floor.remove(replacement="B"), 10_000, second_count_cents=9_900)
    close = close_of(closing(floor, known(floor)))
    (left,) = close.content["not_ready"]
    assert left["code"] == "EXCEPTIONS_OPEN"
    assert [each["kind"] for each in left["facts"]["exceptions"]] == ["COUNT_VARIANCE"]
    assert close.content["totals"]["win_cents"] is None


def test_what_is_counted_and_not_reconciled_is_not_made_final() -> None:
    """RUN-5: finalizing needs RECONCILED, also in this act."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    floor.count_box(floor.remove(replacement="B"), 10_000)
    decision = closing(floor, known(floor))
    (left,) = close_of(decision).content["not_ready"]
    assert left["code"] == "NOT_RECONCILED"
    assert not decision.changed


def account(**more: Any) -> SeriesAccount:
    said: dict[str, Any] = {
        "first": "F-2026-000001",
        "last": "F-2026-000003",
        "issued": 3,
        "elsewhere": 0,
        "superseded": 0,
        "voided": (),
        "missing": (),
        "duplicates": (),
        "before": None,
        "after": None,
    }
    return SeriesAccount(form=Form.FILL, year=2026, **{**said, **more})


def test_a_later_day_s_numbers_are_nothing_new() -> None:
    """DAY-1: what follows in the series is no reason for a revision; a number that is gone is."""
    floor = counted()
    facts = known(floor, numbers=(account(),))
    decision = closing(floor, facts)
    floor.write_down(floor.act("close_gaming_day", ACE), decision)
    kept = known(floor, numbers=(account(after="F-2026-000004"),), closes=(close_of(decision),))
    with refused(Refusal.NOTHING_TO_AMEND):
        closing(floor, kept, reason="to be sure")
    gone = replace(kept, numbers=(account(missing=("F-2026-000002",)),))
    with refused(Refusal.NUMBERS_MISSING) as caught:
        closing(floor, gone, reason="to be sure")
    assert caught.facts["numbers"] == ["F-2026-000002"]


def test_a_group_over_the_edge_of_the_day_has_no_result_of_this_day() -> None:
    """BOX-6, SHIFT-1: final as a whole; the sum of the day says that it is unknown."""
    floor = Floor()
    first = floor.opened(TRAY, "GRAVE")
    second = floor.roll_over(TRAY)
    assert {floor.session(each).gaming_day for each in (first, second)} == {DAY, NEXT}
    floor.closed(TRAY)
    floor.count_box(floor.remove(replacement="B"), 10_000)
    floor.reconcile()
    close = close_of(closing(floor, known(floor)))
    (report,) = close.content["reports"]
    assert set(map(UUID, report["session_ids"])) == {first, second}
    assert report["table_win_cents"] == 10_000
    assert (close.content["totals"]["known_cents"], close.content["totals"]["win_cents"]) == (
        *(0, None),
    )


def test_every_session_of_the_day_is_in_one_place() -> None:
    """DAY-1: final, ready, not ready, in play, not opened or voided; none twice, none left out."""
    floor = counted()
    floor.prepare("GRAVE")
    prepared = floor.prepare("SWING")
    floor.void(prepared)
    state = day_state(
        act=floor.act("close_gaming_day", ACE),
        house=floor.house,
        known=known(floor),
        pending_count=False,
    )
    units = (*state.ready, *state.final, *state.not_ready)
    placed = [each.id for unit in units for each in unit.sessions]
    placed += [each.id for each in (*state.live, *state.not_opened, *state.voided)]
    assert sorted(placed) == sorted(each.id for each in floor.facts.sessions)
    assert (len(state.ready), len(state.not_opened), len(state.voided)) == (1, 1, 1)
