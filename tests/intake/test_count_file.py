"""Currency counters' files as they come: every layout, in both languages, and what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.intake.count_file import BoxRead, CountFileRead, read_count_file
from tests.intake.sheets import text_of, workbook_of

LINES = (
    ("Box", "Denomination", "Quantity", "Amount"),
    ("BJ-01", "100", "12", "1,200.00"),
    ("BJ-01", "20", "31", "620.00"),
    ("BJ-02", "5", "3", "15.00"),
)


def read(rows: object, **how: str) -> CountFileRead:
    return read_count_file(text_of(rows, **how).encode(), locale="en-US")  # type: ignore[arg-type]


def box(found: CountFileRead, code: str) -> BoxRead:
    return next(each for each in found.boxes if each.box == code)


def codes(found: BoxRead) -> list[str]:
    return [each.code for each in found.wrong]


def test_one_line_for_each_denomination() -> None:
    """SOFT-5: pieces and amount of each, held against each other; whole cents (LESSON-6)."""
    found = read(LINES)
    assert (found.layout, found.errors) == ("LINE_PER_DENOMINATION", ())
    assert box(found, "BJ-01").total_cents == 182_000
    assert box(found, "BJ-01").contents[0] == {
        "instrument": "CURRENCY",
        "denomination_cents": 10_000,
        "quantity": 12,
        "amount_cents": 120_000,
    }
    assert [each.wrong for each in found.rows] == [None, None, None]


def test_a_box_on_one_line_in_pieces_or_in_amounts_as_its_total_has_it() -> None:
    """SOFT-5: the total says which it is; nothing is guessed."""
    heads = ("Drop box", "$100", "$20", "Tickets", "Total")
    pieces = read([heads, ("A", "2", "3", "1.50", "261.50"), ("B", "", "1", "", "20")])
    assert pieces.layout == "LINE_PER_BOX_PIECES"
    assert [each.total_cents for each in pieces.boxes] == [26_150, 2_000]
    amounts = read([heads, ("A", "200", "60", "1.50", "261.50"), ("B", "", "20", "", "20")])
    assert amounts.layout == "LINE_PER_BOX_AMOUNTS"
    assert [each.total_cents for each in amounts.boxes] == [26_150, 2_000]
    neither = read([heads, ("A", "2", "3", "1.50", "999")])
    assert codes(neither.boxes[0]) == ["TOTAL_DIFFERS"]


def test_in_spanish_with_semicolons_under_a_title_and_beside_other_columns() -> None:
    """SOFT-5: as a counter in Mexico writes it; a sum at the end is the file's own."""
    rows = (
        ("Reporte de conteo", "", "", "", ""),
        ("Caja", "Mesa", "Instrumento", "Denominación", "Cantidad"),
        ("C-1", "BJ-01", "billete", "500", "2"),
        ("C-1", "BJ-01", "moneda", "10", "7"),
        ("Total", "", "", "", "9"),
    )
    found = read_count_file(text_of(rows, separator=";").encode("cp1252"), locale="es-MX")
    assert [(each.box, each.total_cents, each.wrong) for each in found.boxes] == [
        ("C-1", 107_000, ())
    ]


def test_a_workbook_reads_like_the_text() -> None:
    """SOFT-5: the same boxes, the same cents."""
    numbers = (LINES[0], ("BJ-01", 100, 12, 1200), ("BJ-01", 20, 31, 620), ("BJ-02", 5, 3, 15.0))
    book = read_count_file(workbook_of(numbers), locale="en-US")
    assert [each.contents for each in book.boxes] == [each.contents for each in read(LINES).boxes]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("BJ-01", "100", "12", "1,300.00"), "AMOUNT_NOT_PIECES"),
        (("BJ-01", "100", "-1", ""), "PIECES_INVALID"),
        (("BJ-01", "100", "1.5", ""), "PIECES_INVALID"),
        (("BJ-01", "hundred", "1", ""), "DENOMINATION_UNREADABLE"),
        (("BJ-01", "100", "1", "-100"), "AMOUNT_NEGATIVE"),
        (("BJ-01", "100", "1", "lots"), "AMOUNT_UNREADABLE"),
    ],
)
def test_one_bad_row_is_the_whole_box_and_no_other(row: tuple[str, ...], code: str) -> None:
    """SOFT-5: all or nothing for each box; the row is named with its line."""
    found = read([*LINES, row])
    assert codes(box(found, "BJ-01")) == [code]
    assert codes(box(found, "BJ-02")) == []
    assert [str(each.place) for each in found.rows if each.wrong] == ["line 5"]


def test_two_counts_of_a_box_are_both_read() -> None:
    """SOFT-1: a difference is accepted; it is raised later, not here."""
    heads = ("Box", "$20", "Total", "First count", "Second count")
    found = read([heads, ("A", "3", "60", "60", "80")])
    assert (found.boxes[0].first_count_cents, found.boxes[0].second_count_cents) == (6_000, 8_000)
    assert found.boxes[0].wrong == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"%PDF-1.7", "FORMAT_NOT_READABLE"),
        (b"PK\x03\x04 half", "WORKBOOK_BROKEN"),
        (b"a,b\n1,2\n", "COUNT_LAYOUT_UNKNOWN"),
        (b"Box,Denomination,Quantity\n", "NO_BOXES"),
        (b'Box,Denomination,Quantity\nA,"100,1\n', "QUOTE_OPEN"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(data: bytes, code: str) -> None:
    """SOFT-5: a half-read file leaves nothing."""
    found = read_count_file(data)
    assert ([each.code for each in found.errors], found.boxes) == ([code], ())


@given(data=st.binary(max_size=400))
def test_no_bytes_break_it(data: bytes) -> None:
    """SOFT-5: whatever comes, it is read or refused."""
    found = read_count_file(data)
    assert found.errors or found.boxes


@given(
    boxes=st.dictionaries(
        st.from_regex(r"[A-Z]{2}-[0-9]{2}", fullmatch=True),
        st.dictionaries(
            st.sampled_from([1, 2, 5, 10, 20, 50, 100]), st.integers(1, 9_999), min_size=1
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_a_counter_wrote_is_what_is_read(boxes: dict[str, dict[int, int]]) -> None:
    """SOFT-5, CHIP-1: to the cent, whatever the layout."""
    rows = [(code, face, pieces) for code, held in boxes.items() for face, pieces in held.items()]
    found = read([("Box", "Denomination", "Quantity"), *rows])
    sums = {code: sum(face * n for face, n in held.items()) * 100 for code, held in boxes.items()}
    assert {each.box: each.total_cents for each in found.boxes} == sums
    faces = sorted({face for held in boxes.values() for face in held})
    wide = [
        (code, *(held.get(face, "") for face in faces), f"{sums[code] // 100}")
        for code, held in boxes.items()
    ]
    across = read([("Box", *(f"${face}" for face in faces), "Total"), *wide])
    assert {each.box: each.total_cents for each in across.boxes} == sums
    assert not [each for each in across.boxes if each.wrong]
