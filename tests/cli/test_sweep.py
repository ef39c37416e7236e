"""`tablebank sweep`: what came with time is written down, once (SHIFT-1, SHIFT-2, FIND-2)."""

import json
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from tablebank.commands import sweep as sweeping
from tablebank.commands.sweep import sweep_casino, sweep_everywhere
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.cli.typing_in import as_json, done, refused

SHIFT_OVER = "14:00"


@pytest.fixture
def casino() -> Casino:
    return found()


def _final(casino: Casino, cents: int) -> AtTable:
    """A table of the DAY shift whose result is final: it won so much, all of it in the box."""
    table = _counted(casino, cents)
    table.reconcile()
    table.finalize()
    return table


def _counted(casino: Casino, cents: int) -> AtTable:
    table = a_table(casino)
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(cents)
    return table


def _swept(casino: Casino) -> list[Json]:
    items: list[Json] = as_json("sweep", "--casino", casino.founded.slug)["items"]
    return items


def _over(casino: Casino, at: str = SHIFT_OVER) -> None:
    """The casino's clock is told that the shift is over, by something that is about no session."""
    casino.ada.post("/boxes", {"code": casino.code("box"), "kind": "EMERGENCY"}, at=at).must(201)


def _shift(casino: Casino, code: str = "DAY") -> str:
    items = casino.art.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    return str(next(each["id"] for each in items if each["code"] == code))


def _kept(casino: Casino) -> list[Json]:
    items: list[Json] = casino.art.get(f"/shifts/{_shift(casino)}/reports").must(200)["items"]
    return items


def _entries(casino: Casino) -> list[Json]:
    return [each for each in casino.art.all_of("/journal") if each["command"] == "sweep"]


def test_a_shift_that_is_over_and_final_is_kept_and_told_of_once(casino: Casino) -> None:
    """SHIFT-1, SHIFT-2, JRN-1, JRN-4: kept like a report; one entry, which names the event."""
    first, second = _final(casino, 700), _final(casino, 300)
    voided = a_table(casino)
    voided.open_table()
    casino.pat.post(f"{voided.path}/void", {"reason": "no"}, at=voided.when(None)).must(200)
    a_table(casino).prepare()
    assert _swept(casino) == []
    _over(casino)
    (done_,) = _swept(casino)
    assert (done_["line"], done_["shift_code"], done_["revision"]) == ("shift_rundown", "DAY", 1)
    assert _swept(casino) == []
    (kept,) = _kept(casino)
    content = kept["content"]
    assert content["totals"] == {
        "known_cents": 1_000,
        "win_cents": 1_000,
        "complete": 2,
        "pending": 0,
        "shared": 0,
        "unknown": 0,
    }
    reports = [_reports(table)[0] for table in (first, second)]
    assert [each["report"]["content_sha256"] for each in content["items"]] == [
        each["content_sha256"] for each in reports
    ]
    assert [each["table_win_cents"] for each in content["items"]] == [700, 300]
    assert kept["content_sha256"] == done_["content_sha256"]
    (entry,) = _entries(casino)
    assert entry["content"]["events"] == ["SHIFT_RUNDOWN_READY"]
    assert (entry["actor_id"], entry["actor"]) == (None, "SYSTEM sweep")
    assert (entry["subject_type"], entry["subject_id"]) == ("shift", _shift(casino))
    assert done("journal", "verify", "--casino", casino.founded.slug).endswith("valid\n")


def _reports(table: AtTable) -> list[Json]:
    items: list[Json] = table.casino.art.get(f"{table.path}/reports").must(200)["items"]
    return items


def test_nothing_is_kept_while_a_session_is_not_final_or_the_shift_runs(casino: Casino) -> None:
    """SHIFT-2: over, and every session that was not voided finalized; both."""
    _final(casino, 700)
    late = _counted(casino, 50)
    _over(casino, at="13:59")
    assert _swept(casino) == []
    _over(casino)
    assert _swept(casino) == []
    late.reconcile()
    assert _swept(casino) == []
    assert _kept(casino) == []
    summary = casino.art.get(f"/shifts/{_shift(casino)}/summary").must(200)
    assert (summary["revision"], summary["kept_at"], summary["revisions"]) == (None, None, [])
    late.finalize()
    assert [each["revision"] for each in _swept(casino)] == [1]


def test_an_empty_shift_is_no_rundown(casino: Casino) -> None:
    """SHIFT-2: of a shift in which no table was opened there is nothing to tell."""
    a_table(casino).prepare()
    _over(casino, at="23:00")
    assert _swept(casino) == []
    assert _entries(casino) == []


def test_an_amendment_leads_to_a_further_revision_and_no_second_event(casino: Casino) -> None:
    """SHIFT-2, RUN-6: by the next sweep, naming what it replaces; the first one stays as it was."""
    table = _final(casino, 700)
    _over(casino)
    _swept(casino)
    (before,) = _kept(casino)
    _recounted(table, 900)
    assert _swept(casino) == []
    table.amend()
    (again,) = _swept(casino)
    assert again["revision"] == 2
    first, second = _kept(casino)
    assert first == before
    assert second["replaces"] == first["id"]
    assert second["content"]["replaces"] == {
        "revision": 1,
        "content_sha256": first["content_sha256"],
    }
    assert second["content"]["totals"]["win_cents"] == 900
    assert [each["content"].get("events") for each in _entries(casino)] == [
        ["SHIFT_RUNDOWN_READY"],
        None,
    ]
    summary = casino.art.get(f"/shifts/{_shift(casino)}/summary").must(200)
    assert summary["revision"] == 2
    assert summary["kept_at"] == second["kept_at"]
    assert [each["content_sha256"] for each in summary["revisions"]] == [
        first["content_sha256"],
        second["content_sha256"],
    ]
    assert _swept(casino) == []


def _recounted(table: AtTable, cents: int) -> None:
    table.soft_count(cents, supersedes=_count_id(table), reason="a bundle was in the lid")


def _count_id(table: AtTable) -> str:
    drop = table.casino.tina.get(f"/drops/{table.drop_ids[-1]}").must(200)
    return str(drop["count"]["id"])


def test_a_session_opened_late_into_a_kept_shift_leads_to_a_further_revision(
    casino: Casino,
) -> None:
    """SHIFT-1: a shift's rundown never leaves a session out silently."""
    _final(casino, 700)
    _over(casino)
    _swept(casino)
    late = a_table(casino)
    late.open_table(shift_id=_shift(casino))
    late.close()
    late.drop()
    late.soft_count(50)
    late.reconcile()
    assert _swept(casino) == []
    late.finalize()
    assert [each["revision"] for each in _swept(casino)] == [2]
    assert _kept(casino)[-1]["content"]["totals"]["win_cents"] == 750


def test_a_group_over_two_shifts_is_kept_as_its_report_has_it(casino: Casino) -> None:
    """SHIFT-1, BOX-6: each member's shift says shared; the sum over it is unknown, never 0."""
    table = a_table(casino)
    table.open_table()
    table.roll_over(at="14:00")
    table.close(at="15:00")
    table.drop(at="15:01")
    table.soft_count(5_000, at="15:30")
    alone = a_table(casino)
    alone.open_table(shift_id=_shift(casino))
    alone.close()
    alone.drop()
    alone.soft_count(200)
    for each in (table, alone):
        each.reconcile()
        each.finalize()
    _over(casino, at="23:00")
    assert [each["shift_code"] for each in _swept(casino)] == ["DAY", "SWING"]
    (day,) = _kept(casino)
    totals = day["content"]["totals"]
    assert (totals["known_cents"], totals["win_cents"], totals["shared"]) == (200, None, 1)
    assert [each["table_win_cents"] for each in day["content"]["groups"]] == [5_000]


def test_a_pending_final_result_stays_unknown_in_the_sum(casino: Casino) -> None:
    """SHIFT-1, LESSON-2: finalized before its count: the sum over it is null beside the known."""
    casino.ada.patch("/casino", {"settings": {"finalize_pending_count": True}}).must(200)
    _final(casino, 700)
    pending = a_table(casino)
    pending.open_table()
    pending.close()
    pending.finalize(pending_count=True)
    _over(casino)
    _swept(casino)
    totals = _kept(casino)[0]["content"]["totals"]
    assert (totals["known_cents"], totals["win_cents"], totals["pending"]) == (700, None, 1)


def test_two_who_sweep_at_once_keep_it_once(
    casino: Casino, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SHIFT-2, LESSON-26: both see that it is due before either has done it."""
    _final(casino, 700)
    _over(casino)
    both_know = threading.Barrier(2)
    real = sweeping.due_in

    def due_in(*asked: Any, **how: Any) -> Any:
        found_ = real(*asked, **how)
        both_know.wait(30)
        return found_

    monkeypatch.setattr(sweeping, "due_in", due_in)
    did: list[int] = []

    def go() -> None:
        try:
            did.append(len(list(sweep_casino(casino.founded.id, clock=timezone.now))))
        finally:
            connections.close_all()

    at_once = [threading.Thread(target=go) for _ in range(2)]
    for each in at_once:
        each.start()
    for each in at_once:
        each.join()
    assert sorted(did) == [0, 1]
    assert [each["revision"] for each in _kept(casino)] == [1]
    assert len(_entries(casino)) == 1


def test_a_server_leaves_a_simulated_casino_alone(casino: Casino) -> None:
    """FIND-2, TIME-5: its time stands still between two commands."""
    _final(casino, 700)
    _over(casino)
    sweep_everywhere(clock=timezone.now, looking_back=None, is_ending=lambda: False)
    assert _kept(casino) == []
    assert len(_swept(casino)) == 1


def test_a_server_sweeps_a_casino_that_lives_by_the_clock() -> None:
    """SHIFT-2, FIND-2: once, over all casinos; what fails in one stops no other."""
    casino = found(simulated=False)
    casino.now = timezone.now() - timedelta(minutes=10)
    _final(casino, 700)

    def sweep_at(clock: Any, is_ending: Any = lambda: False) -> None:
        sweep_everywhere(clock=clock, looking_back=timedelta(days=7), is_ending=is_ending)

    def tomorrow() -> datetime:
        return timezone.now() + timedelta(days=1)

    sweep_at(timezone.now)
    assert _entries(casino) == []
    sweep_at(tomorrow, is_ending=lambda: True)
    assert _entries(casino) == []
    sweep_at(tomorrow)
    sweep_at(tomorrow)
    assert [each["content"]["events"] for each in _entries(casino)] == [["SHIFT_RUNDOWN_READY"]]


def test_it_says_what_it_did(casino: Casino) -> None:
    """In words for a person; and of a casino that is not there."""
    slug = casino.founded.slug
    assert done("sweep", "--casino", slug) == "Nothing to do.\n"
    _final(casino, 700)
    _over(casino)
    said = done("sweep", "--casino", slug)
    assert said.startswith(f"{slug}: shift_rundown: shift_id ")
    assert "gaming_day 2026-03-02, shift_code DAY, revision 1" in said
    assert "NOT_FOUND" in refused("sweep", "--casino", "nowhere")
    assert json.loads(done("sweep", "--casino", slug, "--json")) == {"items": []}
