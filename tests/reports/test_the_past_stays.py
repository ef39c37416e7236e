"""Whatever is changed from now on, no figure of a past day moves (BASE-7, LESSON-12)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tablebank.queries.reports.catalogue import REPORTS
from tablebank.queries.reports.kind import Filter, Report
from tests.reports.by_hand import Json
from tests.reports.month import APRIL, FEBRUARY, FIRST, LAST, Month, march, play_month
from tests.say import moment, spoken

NOW = date(2026, 4, 3)
DAYS = (
    date(2026, 2, 27),
    FEBRUARY,
    FIRST,
    *(march(each) for each in (7, 8, 12, 20, 25)),
    LAST,
    date(2026, 4, 2),
)
AS_OF_NOW = {
    "made_at": "when the report was asked for",
    "journal_number": "up to which entry of the journal it was made",
    "age_days": "how old an open exception is by now",
    "oldest_days": "and the oldest of them",
    "next_effective_day": "until when a target holds is told by the one that follows it",
}
"""What an answer about the past says of today, and may say otherwise tomorrow."""

ODD = (
    ("13:37", march(6), "02:30", march(7)),
    ("03:30", march(7), "19:11", march(9)),
    ("23:59", march(23), "06:30", march(25)),
    ("06:00", date(2026, 2, 20), "05:59", date(2026, 4, 1)),
)


def paths(month: Month) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that a past day shows, by every door that shows a figure."""
    ana, first = month.casino.ana, {"gaming_day": str(FEBRUARY)}
    for session in ana.all_of("/sessions"):
        # What was never opened is bound to nothing: it tells of its table as that is now (SESS-3).
        sheet = () if session["not_opened"] else ("",)
        for about in (*sheet, "/rundown", "/reports", "/snapshots"):
            yield f"/sessions/{session['id']}{about}", {}
        if session["group_id"] == session["id"]:
            yield f"/drop-groups/{session['id']}/rundown", {}
    for day in DAYS:
        yield from _of_a_day(month, day)
    for report in REPORTS:
        if Filter.TO_DAY in report.filters:
            yield from _of_a_report(report, {**first, "to_gaming_day": str(APRIL)})
    for start, first, end, last in ODD:
        window = {
            "start": spoken(moment(start, day=first)),
            "end": spoken(moment(end, day=last)),
        }
        for how in _hows():
            yield "/win-loss", {**window, **how}


def _of_a_day(month: Month, day: date) -> Iterator[tuple[str, dict[str, str]]]:
    of_day = {"gaming_day": str(day)}
    yield "/shifts", of_day
    yield "/chips", of_day
    yield f"/gaming-days/{day}", {}
    for table in month.tables.values():
        yield f"/tables/{table.id}/par", of_day
    for report in REPORTS:
        yield from _of_a_report(report, of_day)
    for shift in month.casino.ana.get("/shifts", **of_day).must(200)["items"]:
        yield f"/shifts/{shift['id']}/summary", {}
        yield f"/shifts/{shift['id']}/slip-manifest", {}
        yield "/reports/table-games-summary", {**of_day, "shift_id": shift["id"]}
        for how in _hows():
            yield "/win-loss", {"shift_id": shift["id"], **how}


def _of_a_report(report: Report, days: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    path = f"/reports/{report.slug}"
    yield path, days
    if Filter.PIT in report.filters:
        yield from ((path, {**days, "pit": pit}) for pit in ("PIT 1", "PIT 2"))
    if Filter.BASELINE in report.filters:
        yield path, {**days, "baseline": "counted"}


def _hows() -> Iterator[dict[str, str]]:
    yield from ({"baseline": each} for each in ("all", "exclude_bootstrapped", "counted"))
    yield {"close_on": "observation"}


def shown(month: Month, asked: list[tuple[str, dict[str, str]]]) -> dict[str, Json]:
    """What each of them answers, without what it says of today."""
    ana = month.casino.ana
    return {
        f"{path} {query}": _of_the_past(ana.get(path, **query).must(200)) for path, query in asked
    }


def _of_the_past(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _of_the_past(told[name]) for name in told if name not in AS_OF_NOW}
    return [_of_the_past(each) for each in told] if isinstance(told, list) else told


def moved(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """Where two answers differ, so that a failure says what moved."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        for name in before:
            yield from moved(before[name], after[name], f"{where}/{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from moved(one, other, f"{where}/{place}")
    elif before != after:
        yield f"{where}: {before!r} → {after!r}"


# -- what is changed -------------------------------------------------------------------------------


def _targets(month: Month, later: dict[str, str]) -> None:
    pat, table = month.casino.pat, month.tables["BJ-1"].id
    for whom in ({"table_id": table}, {"game_type": "ROULETTE"}, {"game_type": "BLACKJACK"}, {}):
        asked = {**whom, "par_total_cents": 999_900, **later}
        pat.post("/par-policies", asked, at=month.casino.tick()).must(201)


def _tables(month: Month, later: dict[str, str]) -> None:
    """Moved, dealt otherwise, with other limits, one of them in play; idle; decommissioned."""
    for code, change in (
        ("BJ-1", {"pit": "SALON", "game_type": "CRAPS", "name": "The big one"}),
        (
            "BJ-2",
            {
                "pit": "PIT 1",
                "game_type": "ROULETTE",
                "limits": {"min_cents": 500, "max_cents": 900},
            },
        ),
        ("RL-1", {"status": "inactive"}),
        ("RL-2", {"status": "closed"}),
    ):
        path = f"/tables/{month.tables[code].id}"
        month.casino.ada.patch(path, change, at=month.casino.tick()).must(200)
    asked = {"code": "NEW", "pit": "PIT 1", "game_type": "ROULETTE"}
    month.casino.ada.post("/tables", asked, at=month.casino.tick()).must(201)


def _pit(month: Month, later: dict[str, str]) -> None:
    asked = {"pit": "PIT 2", "name": "THE CAVE"}
    month.casino.ada.post("/pits/rename", asked, at=month.casino.tick()).must(200)


def _mode(month: Month, later: dict[str, str]) -> None:
    asked = {"table_bank_mode": "IMPREST_TO_PAR", "reason": "a new house rule", **later}
    month.casino.ada.patch("/casino", asked, at=month.casino.tick()).must(200)


def _schedules(month: Month, later: dict[str, str]) -> None:
    two = [{"code": "EARLY", "start": "06:00"}, {"code": "LATE", "start": "18:00"}]
    ada = month.casino.ada
    ada.post("/shift-schedules", {"shifts": two, **later}, at=month.casino.tick()).must(201)
    runs = {"at": ["05:30"], "window_minutes": 30, **later}
    ada.post("/drop-schedules", runs, at=month.casino.tick()).must(201)


def _house(month: Month, later: dict[str, str]) -> None:
    ada = month.casino.ada
    chip = {"code": "25000", "cents": 25_000, "colour": "pink", "set": "VALUE", "in_bank": True}
    ada.post("/chips", {**chip, **later}, at=month.casino.tick()).must(201)
    ada.patch("/casino", {"name": "The Other House"}, at=month.casino.tick()).must(200)


CHANGES = (_targets, _tables, _pit, _mode, _schedules, _house)


@pytest.fixture(scope="module")
def month(_database_is_real: None) -> Month:
    """The month, and a day later: one table was cleared, so that it can be decommissioned."""
    month = play_month()
    month.start("RL-2", date(2026, 4, 2), "10:00")
    month.end("RL-2", date(2026, 4, 2), "12:00", "")
    month.clock(NOW, "10:00")
    month.casino.ada.patch("/casino", {"name": "The House"}, at=month.casino.now).must(200)
    return month


def test_no_past_figure_moves(month: Month) -> None:
    """BASE-7, LESSON-12, TIME-3, PAR-9: rundowns, shifts, windows and every report stay."""
    asked = list(paths(month))
    before = shown(month, asked)
    for change in CHANGES:
        change(month, {"effective_from_gaming_day": "2026-04-05"})
    assert list(moved(before, shown(month, asked))) == []
    _they_were_changes(month)


def _they_were_changes(month: Month) -> None:
    """And on a coming day all of it holds: the windows of its first shift say so."""
    start, end = (spoken(moment(at, day=date(2026, 4, 6))) for at in ("06:00", "18:00"))
    rows = month.casino.ana.get("/win-loss", start=start, end=end).must(200)["items"]
    now = {each["table_code"]: each for each in rows}
    assert set(now) == {"BJ-1", "BJ-2", "RL-1", "NEW"}
    assert (now["BJ-1"]["pit"], now["BJ-1"]["game_type"]) == ("SALON", "CRAPS")
    assert now["RL-1"]["pit"] == "THE CAVE"
    assert {each["par_total_cents"] for each in now.values()} == {999_900}
    assert {each["table_bank_mode"] for each in now.values()} == {"IMPREST_TO_PAR"}
    shifts = month.casino.ana.get("/shifts", gaming_day="2026-04-06").must(200)["items"]
    assert [each["code"] for each in shifts] == ["EARLY", "LATE"]
