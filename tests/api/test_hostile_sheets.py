"""Files made to hurt, sent over HTTP: each refused clearly, nothing imported, nobody held up (S9).

What is wrong with each of them is the reader's to say, and is tried there at length.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.test.client import ClientHandler

from tablebank.intake import bounds
from tests.api.test_par_sheet_answers import BOUNDARY, XLSX, in_form, workbook
from tests.api.unchanged import nothing_changes
from tests.at_table import a_table
from tests.cast import Casino, Person
from tests.line import API, Answer

ONE = workbook(Par=[["Table", "Need"], ["BJ-001", 7]])
SHEET = "xl/worksheets/sheet1.xml"


def sent(person: Person, body: bytes, kind: str, **headers: str) -> Answer:
    told = {"Idempotency-Key": str(uuid4()), "Content-Type": kind, **headers}
    return person.send("POST", "/par-sheets", body=body, headers=told)


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed, or one more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ONE)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def rows(count: int) -> bytes:
    """A workbook of so many rows."""
    more = b"".join(b"<row><c><v>%d</v></c></row>" % each for each in range(count))
    return with_part(SHEET, lambda part: part.replace(b"</sheetData>", more + b"</sheetData>"))


def formula() -> bytes:
    return with_part(
        SHEET,
        lambda part: part.replace(b"<v>7</v>", b'<f>WEBSERVICE("http://host.invalid")</f><v></v>'),
    )


def bomb() -> bytes:
    return with_part("xl/media/logo.png", lambda part: b"\x00" * 100_000_000)


HEADS = b"Table,Need\n"
FILES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a million lines": (lambda: HEADS + b"T,1\n" * 1_000_000, "text/csv", "TOO_MANY_ROWS"),
    "a million empty lines": (lambda: HEADS + b"\n" * 1_000_000, "text/csv", "TOO_MANY_ROWS"),
    "one line too many": (
        lambda: HEADS + b"".join(b"T%d,1\n" % each for each in range(bounds.MAX_ROWS + 1)),
        "text/csv",
        "TOO_MANY_ROWS",
    ),
    "a million rows": (lambda: rows(1_000_000), XLSX, "WORKBOOK_TOO_LARGE"),
    "rows enough to lock the floor": (lambda: rows(6_000), XLSX, "TOO_MANY_ROWS"),
    "a bomb": (bomb, XLSX, "WORKBOOK_TOO_LARGE"),
    "a formula without a result": (formula, XLSX, "FORMULA_WITHOUT_VALUE"),
    "neither text nor workbook": (lambda: b"\x00\xff\xfe\x81" * 200, "text/csv", "NOT_TEXT"),
    "a wrong encoding": (
        lambda: "Table,Need\nBJ-001,5\n".encode("utf-16-le")[1:],
        "text/csv; charset=utf-8",
        "NOT_TEXT",
    ),
    "a workbook cut short": (lambda: ONE[: len(ONE) // 2], XLSX, "WORKBOOK_BROKEN"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("way", ["as it is", "in a form"])
def test_a_hostile_file_is_refused_by_name_and_nothing_is_imported(
    own: Casino, name: str, way: str
) -> None:
    """S9, PAR-8: through both ways a program has; a refusal with a reason, never a failure."""
    make, kind, code = FILES[name]
    a_table(own)
    own.person("pat")
    data = make()
    with nothing_changes(own):
        answer = sent(own.pat, data, kind) if way == "as it is" else in_form(own.pat, data, {})
        told = answer.must_refuse(422, "SHEET_NOT_IMPORTED")
    assert code in {each["code"] for each in told["errors"]}
    assert len(answer.content) < 100_000, "what is wrong with it is not a second attack"


def test_formulas_in_a_text_are_text(own: Casino) -> None:
    """S9: kept to the letter in the notes; a need that is one is no amount."""
    table = a_table(own)
    note = '=HYPERLINK("http://host.invalid")'
    quoted = note.replace('"', '""')
    data = f'Table;Need;Notes\n{table.code};100;"{quoted}"\n'
    sent(own.pat, data.encode(), "text/csv").must(200)
    (row,) = own.sam.all_of("/par-policies", table_id=table.id)
    assert row["notes"] == note
    with nothing_changes(own):
        bad = sent(own.pat, f"Table;Need\n{table.code};=1+1\n".encode(), "text/csv")
        told = bad.must_refuse(422, "SHEET_NOT_IMPORTED")
        assert [each["code"] for each in told["errors"]] == ["AMOUNT_UNREADABLE"]


class Endless(io.RawIOBase):
    """A body of a hundred megabytes that says how much of it was read."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "all of it at once"
        self.taken += size
        return b"x" * size


@pytest.fixture
def endless() -> Iterator[Endless]:
    """None of it is held in memory by the test either."""
    body = Endless()
    yield body
    assert body.taken <= 2 * bounds.MAX_BYTES, "it was read to its end"


@pytest.mark.parametrize("kind", ["text/csv", XLSX, f"multipart/form-data; boundary={BOUNDARY}"])
def test_a_body_of_a_hundred_megabytes_is_not_read(
    own: Casino, endless: Endless, kind: str
) -> None:
    """S9: it says its length, and is refused by it."""
    own.person("pat")
    with nothing_changes(own):
        told = _streamed(own.pat, endless, kind)
        assert (told["code"], told["status"]) == ("SHEET_NOT_IMPORTED", 422)
        assert [each["code"] for each in told["errors"]] == ["FILE_TOO_LARGE"]
    assert endless.taken == 0


def _streamed(person: Person, body: Endless, kind: str) -> dict[str, Any]:
    """Sent through the product's own request handling, the body never made in one piece."""
    environ = {
        **RequestFactory().generic("POST", f"{API}/par-sheets").environ,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": "100000000",
        "HTTP_AUTHORIZATION": f"Bearer {person.token}",
        "HTTP_IDEMPOTENCY_KEY": str(uuid4()),
        "wsgi.input": body,
    }
    handler = ClientHandler()
    handler.load_middleware()
    answer = handler(environ)
    told: dict[str, Any] = json.loads(answer.content)
    return told
