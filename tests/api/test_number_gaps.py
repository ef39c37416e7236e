"""Numbers that are nowhere become exceptions, and an explained one lets its day be closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tablebank.commands.number_gaps import NOTE_NUMBER_GAPS, NoteNumberGaps, gaps_to_note
from tablebank.commands.perform import Asked, outcome_of
from tablebank.commands.sweep import sweep_casino
from tablebank.domain.credentials import SystemCredential
from tablebank.store.load import load_house
from tablebank.store.scope import casino_view
from tests.at_table import a_table
from tests.cast import Casino
from tests.say import DAY, moment
from tests.tampering import unguarded

NUMBER = "F-2026-000002"


def _due(casino: Casino) -> int:
    with casino_view(casino.founded.id) as cursor:
        known = load_house(cursor, casino.founded.id)
        return len(gaps_to_note(cursor, known, now=casino.now, since=None))


def _looked_through(casino: Casino) -> Any:
    return outcome_of(
        SystemCredential(casino_id=casino.founded.id),
        NOTE_NUMBER_GAPS,
        Asked(body=NoteNumberGaps(), raw={}, occurred_at=casino.now),
        clock=timezone.now,
    )["numbers"]


def _numbered(casino: Casino, given: str | None, *, slip_id: str) -> None:
    with unguarded(casino, "slip") as owner:
        owner.execute("update slip set number = %s where id = %s", [given, slip_id])


@pytest.fixture
def taken(own: Casino) -> str:
    """The slip whose number was taken off it, on a day that is over."""
    table = a_table(own)
    table.open_table()
    slips = [table.fill("5 black") for _ in range(3)]
    table.close()
    own.now = moment("09:00", day=DAY + timedelta(days=1))
    _numbered(own, None, slip_id=slips[1]["id"])
    return str(slips[1]["id"])


def test_a_missing_number_is_an_exception_once(own: Casino, taken: str) -> None:
    """FIL-06, FIND-2: raised once, by its number; it stops the day and is accounting's."""
    assert _due(own) == 1
    assert _looked_through(own) == [NUMBER]
    assert (_due(own), _looked_through(own)) == (0, [])
    [gap] = own.ana.all_of("/exceptions", kind="SLIP_NUMBER_GAP")
    assert (gap["status"], gap["stops"], gap["subject"]) == (
        "OPEN",
        "day",
        {"type": "number", "id": NUMBER},
    )
    assert gap["department"] == "accounting"
    assert own.ana.get("/journal/verify").must(200)["valid"]


def test_a_number_that_is_found_clears_it(own: Casino, taken: str) -> None:
    """FIND-2: put right by the facts, without a word; gone again it is open again."""
    _looked_through(own)
    _numbered(own, NUMBER, slip_id=taken)
    assert (_due(own), _looked_through(own)) == (1, [NUMBER])
    [gap] = own.ana.all_of("/exceptions", kind="SLIP_NUMBER_GAP")
    assert (gap["status"], gap["narrative"]) == ("CLEARED", None)
    _numbered(own, None, slip_id=taken)
    assert _looked_through(own) == [NUMBER]
    assert own.ana.all_of("/exceptions", status="OPEN")[0]["id"] == gap["id"]


def test_an_explained_number_stops_no_day(own: Casino, taken: str) -> None:
    """FIND-1, FIND-3, FIL-06: the gap stands in what is signed; why, in its exception."""
    _looked_through(own)
    path = f"/gaming-days/{DAY}/close"
    refused = own.ana.post(path, at=own.now).must_refuse(409, "NUMBERS_MISSING")
    assert refused["facts"]["numbers"] == [NUMBER]
    [gap] = own.ana.all_of("/exceptions", kind="SLIP_NUMBER_GAP")
    said = {"reason_code": "SYSTEM_OUTAGE", "narrative": "The form burned; see report 118."}
    own.cam.post(f"/exceptions/{gap['id']}/resolve", said, at=own.now).must(200)
    assert _due(own) == 0
    closed = own.ana.post(path, at=own.now).must(200)
    fills = next(each for each in closed["close"]["content"]["numbers"] if each["form"] == "F")
    assert (fills["missing"], fills["whole"]) == ([NUMBER], False)


def test_the_sweep_looks_through_the_numbers(own: Casino, taken: str) -> None:
    """FIND-2, FIL-06: a line of it; where nothing is new, nothing is written."""
    a_table(own).open_table()
    swept = list(sweep_casino(own.founded.id, clock=timezone.now))
    assert [(each.line, each.outcome["numbers"]) for each in swept] == [("number_gaps", [NUMBER])]
    assert not list(sweep_casino(own.founded.id, clock=timezone.now))
