"""Whose an exception is, who has seen it, by when, and of which cause it is (FIND-3, FIND-5)."""

from datetime import datetime, timedelta

import pytest

from tests.at_table import AtTable, Json, a_table
from tests.cast import Answer, Casino, Person

WHY = {"reason_code": "SYSTEM_OUTAGE", "narrative": "the counter was down all morning"}


def _varied(casino: Casino) -> Json:
    """A box whose two counts differ, and the exception of it."""
    table: AtTable = a_table(casino)
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(100, second_count_cents=90)
    found: list[Json] = casino.pat.all_of("/exceptions", session_id=table.session_id)
    return found[0]


def _did(who: Person, finding: Json, verb: str, asked: Json | None = None) -> Answer:
    return who.post(f"/exceptions/{finding['id']}/{verb}", asked or {}, at=None)


@pytest.fixture
def finding(own: Casino) -> Json:
    return _varied(own)


def test_an_exception_is_handed_to_a_person_and_the_journal_says_so(
    own: Casino, finding: Json
) -> None:
    """FIND-5, EXC-01: from hand to hand; each hand-over is an entry."""
    assert (finding["assigned_to"], finding["assigned_at"]) == (None, None)
    given = _did(own.pat, finding, "assign", {"badge": own.ana.badge}).must(200)
    assert given["assigned_to"] == own.ana.id
    again = _did(own.ana, finding, "assign", {"badge": own.cam.badge}).must(200)
    assert again["assigned_to"] == own.cam.id
    entries = [e for e in own.art.all_of("/journal") if e["command"] == "assign_finding"]
    assert [each["content"]["asked"]["body"]["badge"] for each in entries] == [
        own.ana.badge,
        own.cam.badge,
    ]
    back = _did(own.pat, finding, "assign", {"badge": None}).must(200)
    assert (back["assigned_to"], back["assigned_at"]) == (None, None)


def test_nobody_of_this_badge_takes_it(own: Casino, finding: Json) -> None:
    """FIND-5: to a person who works here."""
    assert _did(own.pat, finding, "assign", {"badge": "no"}).must(422)["code"] == (
        "REFERENCE_UNKNOWN"
    )


def test_each_has_a_department_and_a_notice_deadline(own: Casino, finding: Json) -> None:
    """FIND-5, EXC-05: by the profile a day for a count that varies, where the casino chose none."""
    raised, due = (datetime.fromisoformat(finding[name]) for name in ("raised_at", "due_at"))
    assert finding["department"] == "count_room"
    assert due - raised == timedelta(days=1)


def test_surveillance_says_that_it_has_seen_it(own: Casino, finding: Json) -> None:
    """FIND-5, EXC-04: once; the first who saw it stays."""
    seen = _did(own.sol, finding, "acknowledge").must(200)
    assert (seen["seen_by"], seen["status"]) == (own.sol.id, "OPEN")
    assert _did(own.sol, finding, "acknowledge").must(200)["seen_at"] == seen["seen_at"]


def test_what_comes_of_one_cause_is_resolved_together(own: Casino, finding: Json) -> None:
    """FIND-3: one narrative for the outage, said once; each keeps it."""
    second, third = _varied(own), _varied(own)
    for effect in (second, third):
        hung = _did(own.pat, effect, "cause", {"cause_id": finding["id"]}).must(200)
        assert hung["cause_id"] == finding["id"]
    _did(own.ana, finding, "resolve", WHY).must(200)
    for each in (finding, second, third):
        now = own.ana.get(f"/exceptions/{each['id']}").must(200)
        assert (now["status"], now["narrative"]) == ("RESOLVED", WHY["narrative"])
        assert now["resolved_by"] == own.ana.id


def test_what_was_taken_from_its_cause_stays_open(own: Casino, finding: Json) -> None:
    """FIND-3: another cause after all."""
    second = _varied(own)
    _did(own.pat, second, "cause", {"cause_id": finding["id"]}).must(200)
    _did(own.pat, second, "cause", {"cause_id": None}).must(200)
    _did(own.ana, finding, "resolve", WHY).must(200)
    assert own.ana.get(f"/exceptions/{second['id']}").must(200)["status"] == "OPEN"


def test_a_cause_hangs_under_nothing_itself(own: Casino, finding: Json) -> None:
    """FIND-3: one level deep, and nothing under itself."""
    second, third = _varied(own), _varied(own)
    _did(own.pat, second, "cause", {"cause_id": finding["id"]}).must(200)
    for effect, cause in ((third, second), (finding, third), (third, third)):
        refused = _did(own.pat, effect, "cause", {"cause_id": cause["id"]}).must(409)
        assert refused["code"] == "CAUSE_NOT_POSSIBLE"


def test_who_signed_what_hangs_under_it_does_not_resolve_the_cause(
    own: Casino, finding: Json
) -> None:
    """FIND-3: the resolver signed none of the facts in question, of any of them."""
    table = a_table(own)
    table.open_table()
    table.force_close()
    (mine,) = own.pat.all_of("/exceptions", session_id=table.session_id)
    _did(own.pat, mine, "cause", {"cause_id": finding["id"]}).must(200)
    refused = _did(own.pat, finding, "resolve", WHY).must(422)
    assert (refused["code"], refused["facts"]["exception_id"]) == ("SIGNER_INVOLVED", mine["id"])
    _did(own.ana, finding, "resolve", WHY).must(200)


def test_what_is_resolved_is_nobody_s_to_look_after(own: Casino, finding: Json) -> None:
    """FIND-3: it is over."""
    _did(own.ana, finding, "resolve", WHY).must(200)
    refused = _did(own.pat, finding, "assign", {"badge": own.ana.badge}).must(409)
    assert refused["code"] == "EXCEPTION_NOT_OPEN"
