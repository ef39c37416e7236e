"""A par sheet that has to be asked about, answered by a program: beside the file, or in the JSON.

What is asked, and why, is in tests/intake; the page's way of asking in tests/web.
"""

import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from openpyxl import Workbook

from tablebank.store.scope import casino_view
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, Person
from tests.line import Answer
from tests.say import dollars

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOUNDARY = "----par-sheet"


def in_form(
    person: Person, data: bytes, fields: Mapping[str, str], *, name: str = "pars.xlsx"
) -> Answer:
    """The file in a form with fields beside it, as a program sends it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {XLSX}\r\n\r\n"
    )
    body = b"".join([*parts, head.encode(), data, f"\r\n--{BOUNDARY}--\r\n".encode()])
    return _sent(person, body, f"multipart/form-data; boundary={BOUNDARY}")


def in_address(
    person: Person, data: bytes, answers: Mapping[str, str], *, kind: str = "text/csv"
) -> Answer:
    """The file as it is, the answers in the address."""
    return _sent(person, data, kind, query=f"?{urlencode(answers)}" if answers else "")


def in_json(person: Person, text: str, answers: Mapping[str, Any] | None) -> Answer:
    """The pasted rows in a JSON body."""
    said = {"text": text, **({} if answers is None else {"answers": answers})}
    return _sent(person, json.dumps(said).encode(), "application/json")


def _sent(person: Person, body: bytes, kind: str, *, query: str = "") -> Answer:
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": kind}
    return person.send("POST", f"/par-sheets{query}", body=body, headers=headers)


def workbook(**sheets: list[list[object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(out)
    return out.getvalue()


def kept(casino: Casino) -> list[tuple[Any, ...]]:
    """The imports as they are on record."""
    with casino_view(casino.founded.id) as cursor:
        return cursor.execute(
            "select id, sha256, file_name, sheet_name, answers, recorded_by from par_import"
        ).fetchall()


def need(table: AtTable) -> int | None:
    par: int | None = table.casino.sam.get(f"/tables/{table.id}/par").must(200)["par_total_cents"]
    return par


def asked(answer: Answer) -> dict[str, Any]:
    """The one question of a refused sheet."""
    told = answer.must_refuse(422, "SHEET_NOT_IMPORTED")
    (question,) = told["facts"]["questions"]
    found: dict[str, Any] = question
    return found


def unsure(table: AtTable) -> str:
    """Two columns of which either could be the need."""
    return f"Table;Par (weekday);Last year\n{table.code};25000;30000\n"


# -- which column ----------------------------------------------------------------------------------


def test_a_question_says_how_it_is_answered(own: Casino) -> None:
    """PAR-8: code, parameter, choices with samples; an error by its place, and nothing written."""
    table = a_table(own)
    own.person("pat")
    with nothing_changes(own):
        answer = in_address(own.pat, unsure(table).encode(), {})
        question = asked(answer)
    assert question["code"] == "WHICH_COLUMN:need_total"
    assert (question["field"], question["parameter"]) == ("need_total", "column_need_total")
    choices = {each["value"]: each["samples"] for each in question["choices"]}
    assert choices["B"] == ["25000"]
    (error,) = answer["errors"]
    assert (error["pointer"], error["code"]) == (
        "/answers/columns/need_total",
        "WHICH_COLUMN:need_total",
    )


@pytest.mark.parametrize("way", ["address", "form", "json"])
def test_the_answer_may_come_in_any_of_three_ways(own: Casino, way: str) -> None:
    """PAR-8: read again with it, imported, and what was answered is kept with the file's hash."""
    table = a_table(own)
    text = unsure(table)
    if way == "address":
        answered = {"column_need_total": "C", "file_name": "pars.csv"}
        done = in_address(own.pat, text.encode(), answered)
    elif way == "form":
        done = in_form(own.pat, text.encode(), {"column_need_total": "c"}, name="pars.csv")
    else:
        done = in_json(own.pat, text, {"columns": {"need_total": "C"}})
    assert done.must(200)["policies"] == 1
    assert need(table) == dollars("30,000")
    ((import_id, sha256, file_name, _sheet, answers, by),) = kept(own)
    assert (str(import_id), str(by)) == (done["import_id"], own.pat.id)
    assert answers == {"columns": {"need_total": "C"}}
    assert (len(sha256), file_name) == (64, None if way == "json" else "pars.csv")
    (row,) = own.sam.all_of("/par-policies", table_id=table.id)
    assert (row["import_id"], row["source"]) == (str(import_id), "imported")


def test_no_such_column_is_an_answer_too(own: Casino) -> None:
    """PAR-8: `-`; here that the sheet has no need, so that nothing comes of it."""
    table = a_table(own)
    for answer in (
        in_address(own.pat, unsure(table).encode(), {"column_need_total": "-"}),
        in_json(own.pat, unsure(table), {"columns": {"need_total": "-"}}),
    ):
        told = answer.must(200)
        assert [each["outcome"] for each in told["items"]] == ["NO_NEED"]
        assert (told["policies"], told["import_id"]) == (0, None)
    assert kept(own) == []


# -- which sheet, which line, what the chips are ---------------------------------------------------


def two_sheets(first: AtTable, second: AtTable) -> bytes:
    heads: list[object] = ["Table", "Need"]
    return workbook(Winter=[heads, [first.code, 100]], Summer=[heads, [second.code, 200]])


def test_a_sheet_is_named(own: Casino) -> None:
    """PAR-8: of two par sheets in one workbook; its name is kept."""
    first, second = a_table(own), a_table(own)
    data = two_sheets(first, second)
    question = asked(in_form(own.pat, data, {}))
    assert (question["code"], question["parameter"]) == ("WHICH_SHEET", "sheet")
    assert [each["value"] for each in question["choices"]] == ["Winter", "Summer"]
    in_form(own.pat, data, {"sheet": "Summer"}).must(200)
    assert (need(first), need(second)) == (None, dollars("200"))
    ((_, _, file_name, sheet_name, answers, _),) = kept(own)
    assert (file_name, sheet_name, answers) == ("pars.xlsx", "Summer", {"sheet": "Summer"})
    in_address(own.pat, data, {"sheet": "Winter"}, kind=XLSX).must(200)
    assert need(first) == dollars("100")
    missing = in_form(own.pat, data, {"sheet": "Spring"})
    told = missing.must_refuse(422, "SHEET_NOT_IMPORTED")
    assert [each["code"] for each in told["errors"]] == ["SHEET_UNKNOWN"]


def test_a_sheet_that_needs_no_answer_keeps_none(own: Casino) -> None:
    """PAR-8: null is what nobody was asked; the one sheet's name is kept all the same."""
    table = a_table(own)
    heads: list[object] = ["Table", "Need"]
    in_form(own.pat, workbook(Par=[heads, [table.code, 100]]), {}).must(200)
    ((_, _, _, sheet_name, answers, _),) = kept(own)
    assert (sheet_name, answers) == ("Par", None)


def test_what_the_chips_stand_for_is_answered(own: Casino) -> None:
    """PAR-8, CHIP-2: pieces or amounts; the same figures mean two things."""
    table = a_table(own)
    text = f"Table;$100;$25\n{table.code};100;100\n"
    answer = in_json(own.pat, text, None)
    question = asked(answer)
    assert (question["code"], question["parameter"]) == ("CHIPS_IN", "chips_in")
    in_json(own.pat, text, {"chips_in": "pieces"}).must(200)
    (row,) = own.sam.all_of("/par-policies", table_id=table.id)
    assert row["target_chipset"] == {"10000": 100, "2500": 100}


def test_the_line_of_the_headings_is_answered(own: Casino) -> None:
    """PAR-8: where titles look like headings too."""
    table = a_table(own)
    text = f"Table;Need\nNumber;Sum\n{table.code};100\n"
    headed = in_address(own.pat, text.encode(), {"heading_line": "2", "column_table": "A"})
    assert asked(headed)["parameter"] == "column_need_total"
    both = {"heading_line": "2", "column_table": "A", "column_need_total": "B"}
    in_address(own.pat, text.encode(), both).must(200)
    assert need(table) == dollars("100")


# -- what is no answer -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({"heading_line": "three"}, "/answers/heading_line"),
        ({"heading_line": "-1"}, "/answers/heading_line"),
        ({"chips_in": "stacks"}, "/answers/chips_in"),
        ({"column_need_total": "second"}, "/answers/columns/need_total"),
        ({"column_bankroll": "B"}, "/answers/columns/bankroll/[key]"),
        ({"sheet": ""}, "/answers/sheet"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_place(
    own: Casino, answers: dict[str, str], pointer: str
) -> None:
    """PAR-8: never passed over, and nothing is imported."""
    table = a_table(own)
    text = f"Table;Need\n{table.code};100\n"
    own.person("pat")
    with nothing_changes(own):
        told = in_address(own.pat, text.encode(), answers).must_refuse(422, "SHAPE")
        assert [each["pointer"] for each in told["errors"]] == [pointer]


def test_rows_and_a_text_are_not_both(own: Casino) -> None:
    own.person("pat")
    with nothing_changes(own):
        said = {"text": "Table;Need\n", "rows": [{"table_code": "BJ-1"}]}
        told = _sent(own.pat, json.dumps(said).encode(), "application/json")
        assert told.must_refuse(422, "SHAPE")["errors"][0]["pointer"] == "/text"
        neither = _sent(own.pat, b"{}", "application/json")
        neither.must_refuse(422, "SHAPE")


@pytest.mark.parametrize("name", ["sam", "dana", "casey", "ana"])
def test_nobody_elses_file_is_even_read(own: Casino, name: str) -> None:
    """SIGN-3: who may not import hears that, not what is wrong with a sheet."""
    for kind in ("text/csv", XLSX):
        in_address(own.person(name), b"PK\x03\x04", {}, kind=kind).must_refuse(
            403, "ROLE_NOT_ALLOWED"
        )
    in_json(own.person(name), "nonsense", None).must_refuse(403, "ROLE_NOT_ALLOWED")
