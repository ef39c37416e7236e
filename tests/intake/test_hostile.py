"""Files made to hurt: each is refused in words or read, in little memory, and runs nothing.

The long forms are trials.
"""

import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import openpyxl
import pytest

from tablebank.intake import bounds
from tablebank.intake.faults import Fault
from tests.intake.sheets import SHEET_1, faults, needs, read, row_of, with_parts, workbook_of

ONE = workbook_of([["Table", "Need"], ["BJ-01", 7]])
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
TYPES, STRINGS = "[Content_Types].xml", "xl/sharedStrings.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)

MANY = bounds.MAX_TAGS - 2_000

Parts = Mapping[str, bytes | Callable[[bytes], bytes]]


def instead(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return change


def strings(items: bytes) -> Parts:
    """The texts of a workbook, as Excel keeps them."""
    return {
        TYPES: instead(b"</Types>", STRINGS_TYPE),
        STRINGS: b"<sst " + MAIN + b">" + items + b"</sst>",
        SHEET_1: instead(b't="inlineStr"><is><t>BJ-01</t></is>', b't="s"><v>0</v>'),
    }


def after_rows(more: bytes) -> Parts:
    return {SHEET_1: instead(b"</sheetData>", b"</sheetData>" + more)}


def in_rows(more: bytes) -> Parts:
    return {SHEET_1: instead(b"</sheetData>", more + b"</sheetData>")}


def entities(text: bytes) -> bytes:
    return b"<!DOCTYPE x [" + text + b"]>"


LAUGHS = entities(
    b"".join(
        b'<!ENTITY l%d "%s">' % (depth, b"ha" if depth == 0 else b"&l%d;" % (depth - 1) * 10)
        for depth in range(12)
    )
)
FILE = entities(b'<!ENTITY l11 SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize("part", [WORKBOOK, SHEET_1, STYLES, TYPES, STRINGS])
@pytest.mark.parametrize("prologue", [LAUGHS, FILE])
def test_entities_are_never_expanded(part: str, prologue: bytes) -> None:
    """S9: neither a billion laughs nor a file of this machine, in whatever part they hide."""
    parts = dict(strings(b"<si><t>&l11;</t></si>"))
    data = with_parts(ONE, parts)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        before = archive.read(part)
    sheet = read(with_parts(data, {part: prologue + before, STRINGS: parts[STRINGS]}))
    assert faults(sheet) == [Fault.WORKBOOK_BROKEN]
    assert "root" not in repr(sheet)


def test_the_reader_of_workbooks_is_defused() -> None:
    """S9: openpyxl expands entities unless it finds defusedxml; then it does not."""
    assert openpyxl.DEFUSEDXML


def test_texts_are_read_as_excel_keeps_them() -> None:
    """PAR-8: the same parts without harm in them."""
    assert needs(read(with_parts(ONE, strings(b"<si><t>RL-01</t></si>")))) == {"RL-01": 700}


def test_a_bomb_is_refused_unopened() -> None:
    """S9: a hundred megabytes in a hundred kilobytes."""
    data = with_parts(ONE, {"xl/media/logo.png": b"\x00" * 100_000_000})
    assert len(data) < bounds.MAX_BYTES
    assert faults(read(data)) == [Fault.WORKBOOK_TOO_LARGE]


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    """S9: declared as ten bytes, unpacked it is far more."""
    data = bytearray(with_parts(ONE, {"xl/media/logo.png": b"\x00" * 30_000_000}))
    entry = data.index(b"PK\x01\x02")
    while data[entry + 46 : entry + 63] != b"xl/media/logo.png":
        entry = data.index(b"PK\x01\x02", entry + 4)
    data[entry + 24 : entry + 28] = struct.pack("<L", 10)
    assert faults(read(bytes(data))) == [Fault.WORKBOOK_BROKEN]


def test_parts_that_are_named_twice_are_refused() -> None:
    """S9: two readers might read two different sheets."""
    saved = BytesIO(ONE)
    with zipfile.ZipFile(saved, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET_1, b"<x/>")
    assert faults(read(saved.getvalue())) == [Fault.WORKBOOK_TOO_LARGE]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (strings(b"<si/>" * bounds.MAX_TAGS), Fault.WORKBOOK_TOO_LARGE),
        ({f"xl/media/{each}": b"" for each in range(600)}, Fault.WORKBOOK_TOO_LARGE),
        (in_rows(b"<row><c><v>1</v></c></row>" * 5_001), Fault.TOO_MANY_ROWS),
        (in_rows(b"<row/>" * (bounds.MAX_LINES + 1)), Fault.TOO_MANY_ROWS),
        (in_rows(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), Fault.TOO_MANY_ROWS),
        (in_rows(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'), Fault.TOO_MANY_COLUMNS),
        (in_rows(b'<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>'), Fault.WORKBOOK_BROKEN),
        (in_rows(b'<row r="2"><c r="A2"><v>1</v></c></row>'), Fault.WORKBOOK_BROKEN),
        (in_rows(b'<row r="3"><c r="A9"><v>1</v></c></row>'), Fault.WORKBOOK_BROKEN),
        (
            in_rows(b'<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>'),
            Fault.WORKBOOK_BROKEN,
        ),
        (
            after_rows(
                b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 4_000 + b"</mergeCells>"
            ),
            Fault.TOO_MANY_MERGES,
        ),
        (
            after_rows(b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 9_000 + b"</mergeCells>"),
            Fault.TOO_MANY_MERGES,
        ),
        ({SHEET_1: b""}, Fault.WORKBOOK_BROKEN),
        ({SHEET_1: b"<worksheet"}, Fault.WORKBOOK_BROKEN),
        ({WORKBOOK: b"<workbook/>"}, Fault.FILE_EMPTY),
        ({TYPES: b"<Types/>"}, Fault.WORKBOOK_BROKEN),
    ],
)
def test_more_than_a_sheet_holds_is_refused(parts: Parts, fault: Fault) -> None:
    """S9: rows, columns, merged areas, parts and tags without end; rows that go back."""
    assert faults(read(with_parts(ONE, parts))) == [fault]


def test_a_sheet_is_not_believed_about_its_own_size() -> None:
    """S9: it says a million rows of sixteen thousand cells, or none, and has one."""
    for size in (b"A1:XFD1048576", b"A1:A1"):
        parts = {SHEET_1: instead(b'<dimension ref="A1:B2"', b'<dimension ref="%s"' % size)}
        assert needs(read(with_parts(ONE, parts))) == {"BJ-01": 700}


def test_external_links_are_not_followed() -> None:
    """S9: the sheet itself lies on another host; nothing is fetched."""
    links = "xl/_rels/workbook.xml.rels"

    def outside(part: bytes) -> bytes:
        return part.replace(b'"/xl/worksheets/sheet1.xml"', b'"http://host.invalid/x.xml"')

    assert faults(read(with_parts(ONE, {links: outside}))) == [Fault.FILE_EMPTY]


def test_a_cell_of_ten_megabytes_is_refused_where_it_stands() -> None:
    """S9: in a workbook; a text of that size is refused as a whole."""
    sheet = read(with_parts(ONE, strings(b"<si><t>" + b"x" * 10_000_000 + b"</t></si>")))
    assert faults(sheet) == [Fault.CELL_TOO_LONG]
    assert str(sheet.errors[0].place) == "Par!A2"
    assert len(sheet.errors[0].read) < 100
    assert faults(read("Table,Need\n" + "x" * 10_000_000 + ",5")) == [Fault.FILE_TOO_LARGE]


def test_a_workbook_that_is_too_large_is_not_opened() -> None:
    """S9: whatever it holds, here a picture."""
    picture = os.urandom(bounds.MAX_BYTES)
    assert faults(read(with_parts(ONE, {"xl/media/x.png": picture}))) == [Fault.FILE_TOO_LARGE]


def test_a_dialect_that_cannot_be_read_is_not_taken_for_an_empty_sheet() -> None:
    """PAR-8: Excel's strict format has the same parts in another name space."""
    strict = b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    assert faults(read(with_parts(ONE, {SHEET_1: instead(MAIN, strict)}))) == [
        Fault.WORKBOOK_BROKEN
    ]


def test_rows_of_a_drawing_are_none_of_the_sheet() -> None:
    """PAR-8: the anchor of a button has rows and columns too."""
    anchor = b'<controls xmlns:xdr="http://x/drawing"><xdr:row>0</xdr:row></controls>'
    assert needs(read(with_parts(ONE, after_rows(anchor)))) == {"BJ-01": 700}


@pytest.mark.parametrize(
    "text",
    [
        "Table,Need\nBJ\x0001,5\n",
        "Table,Need\nBJ-01\u202e,5\n",
        "Table,Need\nBJ-01,\u206625\u2069\n",
        "Table,Need\nBJ-01,5\u200b\n",
        "Table,Need\nBJ-01,5\x1b[31m\n",
        "Table,Need\n\ud800,5\n",
    ],
)
def test_what_cannot_be_seen_is_refused_and_spelled_out(text: str) -> None:
    """S9: NUL, bidirectional signs, escape sequences; an error never repeats them raw."""
    sheet = read(text)
    assert faults(sheet) == [Fault.CHARACTER_REFUSED]
    assert sheet.errors[0].read.isprintable()
    assert "\\u" in sheet.errors[0].read


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("x")']
)
def test_formulas_in_notes_are_text(text: str) -> None:
    """S9: kept to the letter and worked out nowhere; whoever writes them out defuses them."""
    assert row_of([["Table", "Need", "Notes"], ["BJ-01", "5", text]]).notes == text


def test_many_columns_of_quotes_end_soon() -> None:
    """S9, S5: nothing here goes back over what it has read."""
    for text in ('"' * 1_000_000, "'" * 1_000_000, ",\n" * 90_000, "Table,Need\nA," + "1 " * 900):
        assert not read(text).is_readable
    for text in ("(" * 40, "1 " * 20, "-" * 40, "1,1" * 13, "$" * 40):
        assert not read([["Table", "Need"], ["A-1", text]]).is_readable


@pytest.mark.trial
def test_a_million_rows_are_refused_in_little_memory() -> None:
    """S9, PAR-8: as text and as a workbook, in fifty megabytes."""
    text = b"Table,Need\n" + b"".join(b"T%d,1\n" % each for each in range(400_000))
    rows = b"".join(b"<row><c><v>%d</v></c></row>" % each for each in range(1_000_000))
    book = with_parts(ONE, in_rows(rows))
    long = b"Table,Need\n" + b"T,1\n" * 1_000_000
    for data, fault in (
        (text, Fault.TOO_MANY_ROWS),
        (long, Fault.TOO_MANY_ROWS),
        (b"Table,Need\n" + b"\n" * 1_000_000, Fault.TOO_MANY_ROWS),
        (book, Fault.WORKBOOK_TOO_LARGE),
    ):
        tracemalloc.start()
        assert faults(read(data[: bounds.MAX_BYTES])) == [fault]
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
        tracemalloc.stop()


@pytest.mark.trial
@pytest.mark.parametrize(
    "parts",
    [
        strings(b"<si/>" * MANY),
        strings(b"<si>" + b"<r>" * (MANY // 2) + b"</r>" * (MANY // 2) + b"</si>"),
        in_rows(b"<row>" + b"<c/>" * MANY + b"</row>"),
        after_rows(b"<conditionalFormatting sqref='A1'/>" * MANY),
        {STYLES: instead(b"</cellXfs>", b"<xf numFmtId='0'/>" * MANY + b"</cellXfs>")},
    ],
)
def test_the_slowest_workbooks_that_are_opened_end(parts: Parts) -> None:
    """S9: just below the bound on tags, in the parts that are slowest to read."""
    assert read(with_parts(ONE, parts)).sha256


@pytest.mark.trial
def test_cut_and_changed_workbooks_are_refused_or_read() -> None:
    """S5: every byte in turn, and every length: a fault or a sheet, never a crash."""
    for place in range(0, len(ONE), 7):
        changed = bytearray(ONE)
        changed[place] ^= 0xFF
        read(bytes(changed))
        read(ONE[:place])
    for _round in range(300):
        read(ONE[:100] + os.urandom(200) + ONE[300:])
