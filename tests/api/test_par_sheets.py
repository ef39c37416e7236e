"""Par sheets over HTTP: JSON rows, CSV and workbooks, all of it or nothing (PAR-8)."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import Workbook

from tests.api.unchanged import nothing_changes
from tests.at_table import a_table
from tests.cast import Casino, Person, found
from tests.intake.sheets import eighty_tables
from tests.line import Answer
from tests.say import chips, dollars

TODAY, TOMORROW = "2026-03-02", "2026-03-03"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent(person: Person, data: bytes, content_type: str, *, query: str = "") -> Answer:
    """A sheet as a file, as a program sends it."""
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": content_type}
    return person.send("POST", f"/par-sheets{query}", body=data, headers=headers)


def rows(*told: Mapping[str, Any]) -> dict[str, Any]:
    return {"rows": list(told)}


def workbook(lines: Sequence[Sequence[object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(list(line))
    book.save(out)
    return out.getvalue()


def par_of(casino: Casino, table_id: str, day: str = TODAY) -> Any:
    return casino.sam.get(f"/tables/{table_id}/par", gaming_day=day).must(200)


def test_a_sheet_sets_every_need_and_says_what_became_of_each(own: Casino) -> None:
    """PAR-8, PAR-1: source imported, the importer vouches; where the row stood is told."""
    first, second = a_table(own), a_table(own)
    first.casino.pat.post("/par-policies", _own(first.id, 100), at=own.now).must(201)
    asked = rows(
        {"table_code": first.code, "need_cents": 200, "place": "line 2", "notes": "busy"},
        {"table_code": second.code, "need_cents": 300},
    )
    answer = own.pat.post("/par-sheets", asked, at=own.now).must(200)
    assert [
        (each["outcome"], each["from_cents"], each["to_cents"]) for each in answer["items"]
    ] == [
        ("NEED_CHANGED", 100, 200),
        ("NEED_SET", None, 300),
    ]
    assert (answer["items"][0]["place"], answer["policies"]) == ("line 2", 2)
    par = par_of(own, first.id)
    assert (par["par_total_cents"], par["source"], par["approved_by"]) == (
        200,
        "imported",
        own.pat.id,
    )


def _own(table_id: str, cents: int) -> dict[str, Any]:
    return {"table_id": table_id, "par_total_cents": cents, "effective_from_gaming_day": TODAY}


def test_importing_again_changes_nothing(own: Casino) -> None:
    """PAR-8: not a row, not an entry."""
    table = a_table(own)
    own.person("art")
    own.person("sam")
    asked = rows({"table_code": table.code, "need_cents": 200})
    own.pat.post("/par-sheets", asked, at=own.now).must(200)
    before = own.art.get("/journal", limit=1000).must(200)["items"]
    again = own.pat.post("/par-sheets", asked, at=own.now).must(200)
    assert [each["outcome"] for each in again["items"]] == ["UNCHANGED"]
    assert len(own.sam.all_of("/par-policies", table_id=table.id)) == 1
    assert own.art.get("/journal", limit=1000).must(200)["items"] == before


def test_one_bad_row_stops_all_with_every_error(own: Casino) -> None:
    """PAR-8: nothing half imported; each error stands by its row."""
    table = a_table(own)
    own.person("pat")
    with nothing_changes(own):
        asked = rows(
            {"table_code": table.code, "need_cents": 200},
            {"table_code": "NO-SUCH", "need_cents": 5},
            {"table_code": table.code.lower(), "need_cents": 7},
        )
        problem = own.pat.post("/par-sheets", asked, at=own.now)
        told = problem.must_refuse(422, "SHEET_NOT_IMPORTED")
    assert [(each["pointer"], each["code"]) for each in told["errors"]] == [
        ("/rows/1/table_code", "REFERENCE_UNKNOWN"),
        ("/rows/2/table_code", "CODE_TAKEN"),
    ]


def test_every_error_at_once_whoever_finds_it(own: Casino) -> None:
    """PAR-8: what cannot be read, what the casino has against it: nobody mends a sheet twice."""
    table = a_table(own)
    own.person("pat")
    text = f"Table;Need\n{table.code};-5\nNO-SUCH;100\n".encode()
    with nothing_changes(own):
        read = sent(own.pat, text, "text/csv").must_refuse(422, "SHEET_NOT_IMPORTED")
        asked = rows(
            {"table_code": table.code, "need_cents": 500, "target_chipset": chips("1 black")},
            {"table_code": "NO-SUCH", "need_cents": 5},
        )
        told = own.pat.post("/par-sheets", asked, at=own.now)
        refused = told.must_refuse(422, "SHEET_NOT_IMPORTED")
    assert [(each["pointer"], each["code"]) for each in read["errors"]] == [
        ("/line 2", "AMOUNT_NEGATIVE"),
        ("/line 3", "REFERENCE_UNKNOWN"),
    ]
    assert [each["code"] for each in refused["errors"]] == ["TOTAL_MISMATCH", "REFERENCE_UNKNOWN"]


def test_chips_must_make_the_need(own: Casino) -> None:
    """CHIP-2, CHIP-3: target chips of the casino's own, that add up."""
    table = a_table(own)
    own.person("pat")
    with nothing_changes(own):
        for chipset, code in (({"700": 1}, "DENOMINATION_UNKNOWN"), (chips("1 red"), None)):
            row = {"table_code": table.code, "need_cents": 1_000, "target_chipset": chipset}
            told = own.pat.post("/par-sheets", rows(row), at=own.now)
            errors = told.must_refuse(422, "SHEET_NOT_IMPORTED")["errors"]
            assert [each["code"] for each in errors] == [code or "TOTAL_MISMATCH"]


def test_a_played_table_takes_its_need_from_tomorrow(own: Casino) -> None:
    """PAR-3: never in a gaming day that has begun; told so where it was asked for."""
    played, fresh = a_table(own), a_table(own)
    played.open_table()
    asked = rows(*({"table_code": each.code, "need_cents": 500} for each in (played, fresh)))
    with nothing_changes(own):
        wrong = own.pat.post(
            "/par-sheets", {**asked, "effective_from_gaming_day": TODAY}, at=own.now
        )
        (error,) = wrong.must_refuse(422, "SHEET_NOT_IMPORTED")["errors"]
        assert (error["pointer"], error["code"]) == ("/rows/0/table_code", "EFFECTIVE_DAY_PASSED")
    own.pat.post("/par-sheets", asked, at=own.now).must(200)
    assert par_of(own, played.id)["par_total_cents"] is None
    assert par_of(own, played.id, TOMORROW)["par_total_cents"] == 500
    assert par_of(own, fresh.id)["par_total_cents"] == 500


def test_tables_come_from_the_same_sheet_by_an_administrator() -> None:
    """PAR-8, SIGN-3: with their first box, ready to be opened; a manager registers no table."""
    casino = found()
    asked = rows(
        {"table_code": "BJ-01", "pit": "Pit 1", "game_type": "BLACKJACK", "need_cents": 2_500_000},
        {"table_code": "RO-01", "pit": "Pit 1", "game_type": "ROULETTE"},
    )
    casino.pat.post("/par-sheets", {**asked, "provision_tables": True}).must_refuse(
        403, "ROLE_NOT_ALLOWED"
    )
    answer = casino.ada.post("/par-sheets", {**asked, "provision_tables": True}).must(200)
    assert (answer["registered"], answer["policies"]) == (2, 1)
    tables = {each["code"]: each for each in casino.sam.all_of("/tables")}
    assert tables["BJ-01"]["mounted_box"] == "BJ-01"
    assert tables["BJ-01"]["par_total_cents"] == 2_500_000
    assert tables["RO-01"]["par_total_cents"] is None
    opened = casino.sam.post("/sessions", {"table_id": tables["BJ-01"]["id"], "open": True})
    assert opened.must(201)["need_total_cents"] == 2_500_000


def test_a_csv_is_read_as_people_write_it(own: Casino) -> None:
    """PAR-8: usual headings, amounts as written; the file's hash is kept with who brought it."""
    first, second = a_table(own), a_table(own)
    own.person("art")
    text = (
        f"Par sheet March\nTable;Need;Notes\n{first.code};$25,000.00;\n{second.code};$7,500.00;x\n"
    )
    answer = sent(own.pat, text.encode(), "text/csv").must(200)
    assert [each["to_cents"] for each in answer["items"]] == [dollars("25,000"), dollars("7,500")]
    entry = own.art.get("/journal", limit=1000).must(200)["items"][-1]
    assert entry["command"] == "import_par_sheet"
    assert len(entry["content"]["asked"]["body"]["sha256"]) == 64


def test_a_workbook_is_read_and_tables_provisioned() -> None:
    """PAR-8: multipart XLSX with `?provision_tables=true`."""
    casino = found()
    data = workbook(
        [
            ["Table", "Pit", "Game", "Need"],
            ["BJ-01", "Pit 1", "Blackjack", 25000],
            ["BJ-02", "Pit 1", "Blackjack", 30000],
            ["Total", None, None, 55000],
        ]
    )
    answer = sent(casino.ada, data, WORKBOOK, query="?provision_tables=true").must(200)
    assert (answer["registered"], answer["policies"]) == (2, 2)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"Table;Need\nBJ-01;minus nothing\n", "text/csv"),
        (b"PK\x03\x04not a workbook", WORKBOOK),
        (b"", "text/csv"),
        (b"nothing that is a sheet", "text/plain"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(own: Casino, data: bytes, content_type: str) -> None:
    """S9: no 500, nothing half imported, and what is wrong is said."""
    own.person("pat")
    with nothing_changes(own):
        told = sent(own.pat, data, content_type).must_refuse(422, "SHEET_NOT_IMPORTED")
        assert told["errors"]


def test_a_dry_run_shows_each_rows_outcome_and_writes_nothing(own: Casino) -> None:
    """PAR-8, IDEM-2."""
    table = a_table(own)
    own.person("pat")
    with nothing_changes(own):
        asked = rows({"table_code": table.code, "need_cents": 5})
        answer = own.pat.post("/par-sheets", asked, at=own.now, dry_run=True).must(200)
        assert [each["outcome"] for each in answer["items"]] == ["NEED_SET"]


def test_there_is_a_template_to_begin_with(own: Casino) -> None:
    """PAR-8: as CSV; what it holds is itself a sheet that can be read."""
    answer = own.sam.get("/par-sheets/template")
    assert answer.headers["Content-Type"].startswith("text/csv")
    told = sent(own.pat, answer.content, "text/csv").must_refuse(422, "SHEET_NOT_IMPORTED")
    assert {each["code"] for each in told["errors"]} == {"REFERENCE_UNKNOWN"}


def test_eighty_tables_with_the_usual_mess_come_in_one_piece() -> None:
    """PAR-8: a real house's workbook, tables and all; brought again it changes nothing."""
    casino = found(settings={"locale": "es-MX"})
    data = eighty_tables()
    first = sent(casino.ada, data, WORKBOOK, query="?provision_tables=true").must(200)
    assert (first["registered"], first["policies"]) == (80, 79)
    again = sent(casino.ada, data, WORKBOOK, query="?provision_tables=true").must(200)
    assert (again["registered"], again["policies"], again["unchanged"]) == (0, 0, 80)
    assert not any(each["differs"] for each in again["items"])
    assert len(casino.sam.all_of("/tables")) == 80
