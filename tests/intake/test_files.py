"""Files as they come in: what they are, in which encoding, with which separator."""

import gzip
import io
import zipfile

import pytest

from tablebank.intake import bounds
from tablebank.intake.faults import Fault, Told
from tablebank.intake.headings import Field
from tablebank.intake.par_sheet import Answers
from tests.intake.sheets import complaints, faults, needs, read, row_of, text_of, told

SPANISH = text_of(
    [
        ["Mesa", "Sección", "Necesidad", "Observación"],
        ["BJ-01", "Salón 1", "25.000,00", "mañana y noche"],
        ["RL-01", "Salón 1", "40.000,00", "ficha de 1 €"],
    ],
    separator=";",
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_is_read(encoding: str) -> None:
    """PAR-8: with a byte order mark and without, as Excel saves it on Windows or for the web."""
    sheet = read(SPANISH.encode(encoding))
    assert needs(sheet) == {"BJ-01": 2_500_000, "RL-01": 4_000_000}
    assert [row.notes for row in sheet.rows] == ["mañana y noche", "ficha de 1 €"]


def test_latin_1_and_what_a_sender_names_are_read() -> None:
    """PAR-8: an encoding that was judged is said; one that the sender names is believed."""
    text = SPANISH.replace("€", "peso")
    sheet = read(text.encode("latin-1"))
    assert needs(sheet)["BJ-01"] == 2_500_000
    assert sheet.encoding in ("cp1252", "latin_1")
    assert told(sheet)[""] == [Told.ENCODING]
    sheet = read(text.encode("cp850"), content_type="text/csv; charset=cp850")
    assert [row.pit for row in sheet.rows] == ["Salón 1"] * 2


@pytest.mark.parametrize("charset", ["hex", "punycode", "unicode_escape", "utf-7", "nonsense", ""])
def test_only_encodings_of_text_are_believed(charset: str) -> None:
    """S9: a header cannot choose how bytes are undone."""
    sheet = read(SPANISH.encode("cp1252"), content_type=f"text/csv; charset={charset}")
    assert needs(sheet)["RL-01"] == 4_000_000


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_separator_is_read(separator: str, line_end: str) -> None:
    """PAR-8: comma, semicolon, tab and pipe, quoted where an amount holds one."""
    rows = [
        ["Table", "Game", "Need", "Notes"],
        ["BJ-01", "Blackjack", "$25,000.00", 'busy; "high" | low, all day'],
        ["RL-01", "Roulette", "$40,000.00", ""],
    ]
    sheet = read(text_of(rows, separator=separator, line_end=line_end).encode())
    assert needs(sheet) == {"BJ-01": 2_500_000, "RL-01": 4_000_000}
    assert sheet.rows[0].notes == 'busy; "high" | low, all day'
    assert sheet.rows[1].notes is None


def test_excels_own_line_names_the_separator() -> None:
    """PAR-8: `sep=;` is for the program, not for the reader."""
    sheet = read("sep=;\r\nTable;Need\r\nBJ-01;25000\r\n")
    assert needs(sheet) == {"BJ-01": 2_500_000}
    assert str(sheet.rows[0].place) == "line 3"


def test_a_quote_may_follow_a_space() -> None:
    """PAR-8: as people type it."""
    assert needs(read('Table, Need\nBJ-01, "$25,000.00"\n')) == {"BJ-01": 2_500_000}


def test_a_quoted_note_may_run_over_two_lines() -> None:
    """PAR-8: and the lines after it keep their numbers."""
    sheet = read('Table,Need,Notes\nBJ-01,25000,"high limit\nat weekends"\nBJ-02,x,\n')
    assert sheet.rows[0].notes == "high limit at weekends"
    assert complaints(sheet) == [("line 4", "AMOUNT_UNREADABLE")]


@pytest.mark.parametrize(
    ("text", "fault", "place"),
    [
        ('Table,Need,Notes\nA1,5,"open\nA2,6,x\nA3,7,y\n', Fault.QUOTE_OPEN, "line 2"),
        ('Table,Need,Notes\nA1,5,"open\nA2,6,x\nA3,7,"\n', Fault.QUOTE_SWALLOWS, "line 2"),
        ('Table,Need,Notes\nA1,5,"6" felt"\n', Fault.QUOTE_OPEN, "line 2"),
    ],
)
def test_a_stray_quotation_mark_swallows_no_rows(text: str, fault: Fault, place: str) -> None:
    """PAR-8: rows that vanish into one cell would vanish from the import."""
    sheet = read(text)
    assert faults(sheet) == [fault]
    assert str(sheet.errors[0].place) == place
    assert not sheet.rows


def test_an_amount_cut_by_its_own_separator_is_refused() -> None:
    """PAR-8, LESSON-8: BJ-01,$25,000 is three cells, and 25 dollars is not what is meant."""
    assert faults(read("Table,Need,Notes\nBJ-01,$25,000\n")) == [Fault.AMOUNT_SPLIT]
    assert faults(read("Table,Need,Notes\nBJ-01,25,000.00\n")) == [Fault.AMOUNT_SPLIT]
    assert faults(read("Table,Need\nBJ-01,$25,000\n")) == [Fault.AMOUNT_SPLIT, Fault.CELL_BEYOND]
    assert Fault.CELL_BEYOND in faults(read("Table,Need,Min,Max\nBJ-01,1,250,000,5,50\n"))
    assert row_of("Table,Need,Min,Max\nBJ-01,250,100,500\n").need_cents == 25_000


def _zip(*names: str) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return saved.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLD, "An old workbook (XLS)"),
        (b"%PDF-1.7\n", "A PDF file"),
        (b"\x89PNG\r\n\x1a\n", "A picture"),
        (b"\xff\xd8\xff\xe0", "A picture"),
        (gzip.compress(b"Table,Need", mtime=0), "A gzip archive"),
        (b"  <html><table><tr>", "An HTML page"),
        (b"<?xml version='1.0'?><x/>", "An XML file"),
        (_zip("par.csv"), "A ZIP archive"),
        (_zip("word/document.xml", "[Content_Types].xml"), "A Word document"),
        (_zip("xl/workbook.bin", "[Content_Types].xml"), "A binary workbook (XLSB)"),
        (_zip("mimetype", "content.xml"), "An OpenDocument file"),
        (_zip("Index/Document.iwa"), "A Numbers or Pages document"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(data: bytes, words: str) -> None:
    """PAR-8, S9: whatever it calls itself, and with what can be done about it."""
    sheet = read(data, file_name="par.xlsx")
    assert faults(sheet) == [Fault.FORMAT_NOT_READABLE]
    assert sheet.errors[0].sentence.startswith(words)
    assert "CSV or XLSX" in sheet.errors[0].sentence
    assert not sheet.is_readable


def test_a_workbook_with_a_password_says_so() -> None:
    """S9: it looks like an old workbook and is none."""
    data = OLD + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
    assert faults(read(data)) == [Fault.WORKBOOK_ENCRYPTED]


@pytest.mark.parametrize("data", [b"", b" \r\n \t", "", " \n", "\ufeff", b"\xef\xbb\xbf"])
def test_nothing_is_said_to_be_nothing(data: bytes | str) -> None:
    """PAR-8: an empty file is an error, not an import of no tables."""
    assert faults(read(data)) == [Fault.FILE_EMPTY]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 99, b"MZ\x90\x00" + b"\x00\x07\x01" * 50])
def test_a_program_is_no_text(data: bytes) -> None:
    """S9: bytes that are no text in any usual encoding."""
    assert faults(read(data)) == [Fault.NOT_TEXT]


def test_a_text_that_begins_like_an_archive_is_text() -> None:
    """PAR-8: PK may be a pit."""
    answers = Answers(columns={Field.TABLE: "A", Field.NEED: "B"})
    sheet = read(b"PK,Need\nPK-01,25000\n", answers=answers)
    assert faults(sheet) == [Fault.AMOUNT_UNREADABLE], "the first line is a row then"
    assert [row.table_code for row in sheet.rows] == ["PK-01"]


def test_names_are_kept_without_their_path() -> None:
    """S9: a name is for people to read, never a place to write to."""
    assert read("x", file_name="../../etc/par.csv").file_name == "par.csv"
    assert read("x", file_name="C:\\sheets\\p\u202ear.csv").file_name == "p\\u202ear.csv"


def test_too_much_is_refused_before_it_is_read() -> None:
    """S9: by size, by lines, by columns, by the length of a cell."""
    size = bounds.MAX_BYTES + 1
    assert faults(read(b"x" * size)) == faults(read("x" * size)) == [Fault.FILE_TOO_LARGE]
    rows = "Table,Need\n" + "A,1\n" * (bounds.MAX_ROWS + 1)
    assert faults(read(rows)) == [Fault.TOO_MANY_ROWS]
    assert faults(read("Table,Need\n" + "\n" * (bounds.MAX_LINES + 1) + "A,1")) == [
        Fault.TOO_MANY_ROWS
    ]
    wide = "Table,Need" + "," * bounds.MAX_COLUMNS
    assert faults(read(wide + "\nA,1")) == [Fault.TOO_MANY_COLUMNS]
    long = "Table,Need,Notes\nA,1," + "x" * (bounds.MAX_CELL + 1)
    assert faults(read(long)) == [Fault.CELL_TOO_LONG]
    longer = "Table,Need,Notes\nA,1," + "x" * 200_000
    assert faults(read(longer)) == [Fault.CELL_TOO_LONG]
