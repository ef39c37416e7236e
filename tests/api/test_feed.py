"""`GET /events`: who may follow, from where, and what a stream says of itself (JRN-4, TEN-1).

In this process nobody can keep an answer open: the stream tells what there is and ends. How it goes
on behind a server is tried in `tests/trials/test_feed.py`.
"""

import json
import re

import pytest

from tablebank.domain.terms import Role
from tests.api.stage import Stage
from tests.api.test_document import _document
from tests.at_table import AtTable
from tests.line import API, Answer
from tests.web.browser import browser_of

EVENT = re.compile(r"id: (\d+)\nevent: entry\ndata: (\{.*\})\n\n")


def told(answer: Answer) -> list[dict[str, object]]:
    """The entries of a stream, each under the number that its line names."""
    assert answer.status == 200, answer.text
    found = [(int(number), json.loads(data)) for number, data in EVENT.findall(answer.text)]
    assert all(number == entry["number"] for number, entry in found)
    return [entry for _, entry in found]


def test_who_is_not_signed_in_follows_nothing(stage: Stage) -> None:
    """401 as everywhere, before anything is said of a position."""
    line = stage.casino.line
    for headers in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": "Basic abc"}):
        answer = line.send("GET", f"{API}/events?after=x", headers=headers, body=None)
        answer.must_refuse(401, "NOT_SIGNED_IN")


@pytest.mark.parametrize("role", Role)
def test_everybody_who_is_signed_in_may_follow(stage: Stage, role: Role) -> None:
    assert told(stage.casino.in_role(role.value).get("/events", after=1))


def test_a_browser_follows_with_its_cookie(stage: Stage) -> None:
    page = browser_of(stage.casino.sam).get("/api/v1/events?after=1")
    assert page.headers["Content-Type"] == "text/event-stream"


def test_a_stream_is_neither_kept_nor_held_back(stage: Stage) -> None:
    """No cache keeps it, and no proxy saves it up."""
    headers = stage.casino.sam.get("/events").headers
    assert headers["Content-Type"] == "text/event-stream"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Accel-Buffering"] == "no"


def test_the_stream_is_the_journal_from_a_position(live: AtTable) -> None:
    """JRN-4, FIL-20: each entry after it, in order: where it happened, and
    nothing of what (SOFT-1).
    """
    journal = live.casino.art.all_of("/journal")
    after = journal[-6]["number"]
    seen = told(live.casino.sam.get("/events", after=after))
    names = ("number", "command", "table_id", "session_id", "subject_type", "occurred_at")
    wanted = [{name: entry[name] for name in names} for entry in journal if entry["number"] > after]
    assert seen[: len(wanted)] == wanted
    assert [entry["number"] for entry in seen] == list(range(after + 1, after + 1 + len(seen)))


def test_who_comes_again_goes_on_from_what_they_heard(live: AtTable) -> None:
    """JRN-4: a browser's `Last-Event-ID` goes over the position its page began at."""
    sam = live.casino.sam
    last = live.casino.art.all_of("/journal")[-1]["number"]
    answer = sam.send("GET", "/events?after=1", headers={"Last-Event-ID": str(last - 2)})
    assert [entry["number"] for entry in told(answer)][:2] == [last - 1, last]


def test_without_a_position_it_begins_now(live: AtTable) -> None:
    answer = live.casino.sam.get("/events")
    assert told(answer) == []
    head = live.casino.art.get("/journal/verify").must(200)["entries"]
    assert answer.text == f'event: beat\ndata: {{"number":{head}}}\n\n'


@pytest.mark.parametrize("said", ["x", "-1", "1.5", "99999999999999999999"])
def test_a_position_is_a_number(stage: Stage, said: str) -> None:
    stage.casino.sam.get("/events", after=said).must_refuse(422, "SHAPE")
    answer = stage.casino.sam.send("GET", "/events", headers={"Last-Event-ID": said})
    answer.must_refuse(422, "SHAPE")


def test_nothing_of_next_door_is_told(stage: Stage, next_door: Stage) -> None:
    """TEN-1: not one id of theirs, however far back one begins."""
    mine, theirs = (each.casino.art.get("/events", after=0) for each in (stage, next_door))
    assert told(mine)
    assert told(theirs)
    assert not _ids(mine) & _ids(theirs)


def _ids(answer: Answer) -> set[object]:
    return {entry[name] for entry in told(answer) for name in ("table_id", "session_id")} - {None}


def test_the_feed_is_in_the_document() -> None:
    operation = _document()["paths"]["/api/v1/events"]["get"]
    assert operation["summary"]
    assert {each["name"] for each in operation["parameters"]} == {"Last-Event-ID", "after"}
    assert "text/event-stream" in operation["responses"]["200"]["content"]
    assert {"401", "404", "422"} <= set(operation["responses"])
