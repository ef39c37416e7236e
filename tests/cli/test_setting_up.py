"""`tablebank casino setup`: a casino at work, brought in from the sheet it has."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import program
from tests.cli.typing_in import REFUSED, WRONG_USAGE, as_json, done, new_casino, refused, tablebank
from tests.intake.sheets import eighty_tables, need_of

MODE = ("--mode", "INVENTORY_COUNT")
ADA = ("--badge", "9001", "--name", "Ada Ames", "--role", "ADMIN", "--pin", "128901")
DEALT = 'Table,Pit,Game,Need\nBJ-01,Pit 1,Blackjack,"$25,000.00"\nRO-01,Pit 2,Ruleta,\n'


@pytest.fixture
def slug() -> str:
    """A casino with its administrator, as the first hour leaves it."""
    made = new_casino()
    done("staff", "add", "--casino", made, *ADA)
    return made


@pytest.fixture
def workbook(tmp_path: Path) -> str:
    path = tmp_path / "Mesas 2026.xlsx"
    path.write_bytes(eighty_tables())
    return str(path)


def _setup(slug: str, *said: str) -> tuple[str, ...]:
    return ("casino", "setup", "--casino", slug, *said)


def _asked(slug: str, path: str) -> Any:
    """What the casino has, asked over HTTP with Ada's token."""
    token = done("token", "create", "--casino", slug, "--badge", "9001").strip()
    items: list[Any] = []
    cursor = ""
    while True:
        client = Client(headers={"Authorization": f"Bearer {token}"})
        page = client.get(f"/api/v1{path}?limit=200{cursor}").json()
        if "items" not in page:
            return page
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        cursor = f"&cursor={page['next_cursor']}"


def test_a_sheet_of_eighty_tables_sets_a_casino_up(slug: str, workbook: str) -> None:
    """PAR-5, PAR-8: mode, tables and targets at once, as a process of its own; every row is told,
    and what is still missing before a shift can be opened."""
    told = program.tablebank(*_setup(slug, "--from", workbook, *MODE))
    assert (told.returncode, told.stderr) == (0, "")
    assert "BJ-01: table registered, target $20,500.00 from gaming day" in told.stdout
    assert "CR-20: table registered, no target" in told.stdout
    assert "Tables registered: 80. Targets written: 79." in told.stdout
    assert "The sheet 2025 is hidden and was not read." in told.stdout
    assert "Not ready: the next shift cannot be opened yet." in told.stdout
    assert "Target need not configured: CR-20." in told.stdout
    tables = _asked(slug, "/tables")
    assert {each["code"]: each["par_total_cents"] for each in tables if each["pit"] == "Pit 1"} == {
        f"BJ-{n:02}": need_of(n) * 100 for n in range(1, 21)
    }
    assert {each["table_bank_mode"] for each in tables} == {"INVENTORY_COUNT"}


def test_run_again_it_changes_nothing(slug: str, workbook: str) -> None:
    """PAR-8: not one policy row, mode row or journal entry more, and it says so."""
    first = as_json(*_setup(slug, "--from", workbook, *MODE))
    assert (first["registered"], first["policies"], first["changed_nothing"]) == (80, 79, False)
    entries = _entries(slug)
    again = as_json(*_setup(slug, "--from", workbook, *MODE))
    assert (again["registered"], again["policies"], again["unchanged"]) == (0, 0, 80)
    assert again["changed_nothing"] is True
    assert again["sha256"] == first["sha256"]
    assert "Nothing was changed." in done(*_setup(slug, "--from", workbook, *MODE))
    assert _entries(slug) == entries


def _entries(slug: str) -> str:
    return done("journal", "verify", "--casino", slug).partition(" entries")[0]


def test_one_bad_row_leaves_everything_as_it_was(slug: str, tmp_path: Path) -> None:
    """PAR-8: every error at once with its place, nothing imported, the mode not chosen either."""
    path = tmp_path / "sheet.csv"
    path.write_text("Table;Pit;Need\nBJ-01;;25k\nBJ-02;Pit 1;-5\nBJ-03;Pit 1;soon\n")
    before = _entries(slug)
    complaint = refused(*_setup(slug, "--from", str(path), *MODE))
    assert "SHEET_NOT_IMPORTED" in complaint
    assert "line 3" in complaint
    assert "line 4" in complaint
    assert "line 2 BJ-01: A new table needs the pit it stands in." in complaint
    path.write_text("Table;Need\nBJ-01;25k\nBJ-02;30k\n")
    complaint = refused(*_setup(slug, "--from", str(path), *MODE))
    assert "line 2 BJ-01: A new table needs the pit it stands in." in complaint
    assert "line 3 BJ-02: A new table needs the pit it stands in." in complaint
    assert _entries(slug) == before
    assert _asked(slug, "/casino")["table_bank_mode"] == "UNKNOWN"


def test_a_sheet_comes_from_a_pipe_and_its_pit_from_the_line(slug: str) -> None:
    """PAR-8: what its rows leave out is said beside it; a list of tables alone will do."""
    given = tablebank(
        *_setup(slug, "--from", "-", "--pit", "Pit 9", "--game", "black jack", "--json"),
        stdin="Table,Seats\nBJ-01,7\nBJ-02,5\n",
    )
    assert given.exit_code == 0, given.output
    assert json.loads(given.stdout)["registered"] == 2
    tables = _asked(slug, "/tables")
    told = [(each["pit"], each["game_type"], each["par_total_cents"]) for each in tables]
    assert told == [("Pit 9", "BLACKJACK", None)] * 2


def test_what_the_sheet_asks_is_answered_on_the_line(slug: str, tmp_path: Path) -> None:
    """PAR-8: asked, never guessed; the answer is a word more."""
    path = tmp_path / "sheet.csv"
    path.write_text("Table;Pit;Par (weekday);Last year\nBJ-01;Pit 1;25000;30000\n")
    asked = refused(*_setup(slug, "--from", str(path)))
    assert "Answer with --answer need_total=…: C Par (weekday) (25000)" in asked
    answered = as_json(*_setup(slug, "--from", str(path), "--answer", "need_total=C"))
    assert answered["items"][0]["to_cents"] == 2_500_000
    for wrong in ("need_total", "colour=C", "need_total="):
        assert "--answer" in refused(*_setup(slug, "--answer", wrong), code=WRONG_USAGE)


def test_a_dry_run_writes_nothing(slug: str) -> None:
    """IDEM-2: the same words, and the casino as it was."""
    before = _entries(slug)
    said = _setup(slug, "--from", "-", "--dry-run", *MODE)
    given = tablebank(*said, stdin=DEALT)
    assert given.exit_code == 0, given.output
    assert "BJ-01: table registered" in given.stdout
    assert "This was a dry run: nothing was written." in given.stdout
    assert _entries(slug) == before


def test_without_provisioning_an_unknown_table_is_an_error(slug: str) -> None:
    """PAR-8: then the sheet is about tables that are there."""
    result = tablebank(*_setup(slug, "--from", "-", "--no-provision"), stdin=DEALT)
    assert result.exit_code == REFUSED
    assert "BJ-01: There is no such table." in result.stderr
    assert "RO-01: There is no such table." in result.stderr


def test_targets_hold_from_the_day_that_is_named(slug: str) -> None:
    """PAR-3: a coming gaming day; a day that is none is wrong usage."""
    said = _setup(slug, "--from", "-", "--effective", "2199-01-01", "--json")
    given = json.loads(tablebank(*said, stdin=DEALT).stdout)
    assert given["items"][0]["effective_from_gaming_day"] == "2199-01-01"
    assert _asked(slug, "/tables")[0]["par_total_cents"] is None
    assert refused(*_setup(slug, "--effective", "tomorrow"), code=WRONG_USAGE)


def test_the_mode_is_chosen_once_and_changed_for_a_coming_day(slug: str) -> None:
    """PAR-5: the first choice holds today, the next one tomorrow, UNKNOWN is none."""
    first = as_json(*_setup(slug, *MODE))
    assert _asked(slug, "/casino")["table_bank_mode"] == "INVENTORY_COUNT"
    other = as_json(*_setup(slug, "--mode", "IMPREST_TO_PAR"))
    assert other["mode_from_gaming_day"] > first["mode_from_gaming_day"]
    assert _asked(slug, "/casino")["table_bank_mode"] == "INVENTORY_COUNT"
    assert as_json(*_setup(slug, "--mode", "IMPREST_TO_PAR"))["changed_nothing"] is True
    assert refused(*_setup(slug, "--mode", "UNKNOWN"), code=WRONG_USAGE)


def test_it_is_kept_in_an_administrators_name(slug: str) -> None:
    """PAR-8, JRN-1: the importer is a person; the journal says that the command line did it."""
    assert tablebank(*_setup(slug, "--from", "-"), stdin=DEALT).exit_code == 0
    ada = _asked(slug, "/me")["staff"]["id"]
    rows = _asked(slug, "/par-policies")
    assert [(row["recorded_by"], row["source"]) for row in rows] == [(ada, "imported")]
    entries = [each for each in _asked(slug, "/journal") if each["command"] == "import_par_sheet"]
    assert [each["actor"] for each in entries] == ["command line for 9001 Ada Ames"]
    second = ("--badge", "9002", "--name", "Al Ames", "--role", "ADMIN", "--pin", "128902")
    done("staff", "add", "--casino", slug, *second)
    assert "--badge 9001" in refused(*_setup(slug))
    done(*_setup(slug, "--badge", "9002"))
    dealer = ("--badge", "1007", "--name", "Dana Diaz", "--role", "DEALER", "--pin", "246801")
    done("staff", "add", "--casino", slug, *dealer)
    assert "ROLE_NOT_ALLOWED" in refused(*_setup(slug, *MODE, "--badge", "1007"))


def test_whom_it_cannot_be_kept_with_is_said() -> None:
    bare = new_casino()
    assert "staff add" in refused(*_setup(bare))
    assert "Nobody with this badge" in refused(*_setup(bare, "--badge", "4711"))
    assert "NOT_FOUND" in refused(*_setup(f"none-{uuid4().hex[:8]}"))
    assert "cannot be read" in refused(*_setup(bare, "--from", "/nowhere.csv"), code=WRONG_USAGE)
