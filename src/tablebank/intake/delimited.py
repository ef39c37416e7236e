"""Text to lines of cells: any usual encoding, any usual separator, quoted or not.

The separator is the one that parts the headings into the most names that are known; without
headings, the one that parts every line alike.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from charset_normalizer import from_bytes

from tablebank.intake.bounds import MAX_CELL, MAX_COLUMNS, MAX_LINES, MAX_ROWS
from tablebank.intake.cells import Grid, Line, is_blank, text_cell
from tablebank.intake.faults import Fault, Note, Place, Told
from tablebank.intake.formats import FILE
from tablebank.intake.headings import known_names

Known = Callable[[Sequence[str]], int]

SEPARATORS = ("\t", ";", "|", ",")
"""In the order in which they are believed where all part the lines alike."""

_SAMPLE = 60
_SNIFFED = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "latin_1", "cp850", "mac_roman")
_SAID = frozenset({"cp1252", "iso8859-1", "iso8859-15", "cp850", "cp437", "mac-roman"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SEP_LINE = re.compile(r"sep=([\t;|,])\r?\n", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What the bytes say, and in which encoding they said it."""

    text: str
    encoding: str


def decoded(data: bytes, *, content_type: str | None = None) -> Text | None:
    """The text of a file, or None if it is none: by its mark, as UTF-8, as its sender says, or
    else as one of the encodings of Western Europe and the Americas, whichever reads best.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data, encoding)
    if b"\x00" in data:
        return _wide(data)
    for encoding in ("utf-8", *_said(content_type or "")):
        if found := _as(data, encoding):
            return found
    best = from_bytes(data[:_SNIFFED], cp_isolation=list(_WESTERN)).best()
    guesses = (best.encoding, *_WESTERN) if best else _WESTERN
    return next((found for each in guesses if (found := _as(data, each))), None)


def _as(data: bytes, encoding: str) -> Text | None:
    try:
        return Text(text=data.decode(encoding), encoding=encoding.removesuffix("-sig"))
    except ValueError:
        return None


def _said(content_type: str) -> tuple[str, ...]:
    """The encoding a sender names, if it is one of those that people's programs write."""
    found = _CHARSET.search(content_type)
    try:
        name = codecs.lookup(found[1]).name if found else ""
    except LookupError:
        name = ""
    return (name,) if name in _SAID else ()


def _wide(data: bytes) -> Text | None:
    """UTF-16 without its mark: every second byte of plain text is zero."""
    half = len(data) // 2
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if zeros.count(0) * 2 > half:
            return _as(data, encoding)
    return None


def lines_of(text: str, *, known: Known = known_names) -> Grid:
    """The lines that are not blank, with what cannot be read of them.

    `known` counts the headings that it knows in a line: by it the separator is told.
    """
    told_by_itself = _SEP_LINE.match(text)
    begins = 1 if told_by_itself else 0
    body = text[told_by_itself.end() :] if told_by_itself else text
    separator = told_by_itself[1] if told_by_itself else _separator(body, known)
    lines: list[Line] = []
    errors: list[Note] = []
    number = 0
    try:
        for number, record in _records(body, separator):
            line = Line(number + begins, tuple(text_cell(each) for each in record))
            if fault := _too_much(line, lines):
                errors.append(fault)
                break
            if not is_blank(line.cells):
                lines.append(line)
                errors += _swallowed(line, record, separator)
    except csv.Error as broken:
        errors.append(_unreadable(broken, Place(row=number + begins + 1)))
    return Grid(lines=tuple(lines), errors=tuple(errors), separator=separator)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line it begins on."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    begins = 1
    for record in reader:
        yield begins, record
        begins = reader.line_num + 1


def _separator(text: str, known: Known) -> str:
    best, best_rank = SEPARATORS[-1], (0, False)
    for each in SEPARATORS:
        rank = _rank(text, each, known)
        if rank > best_rank:
            best, best_rank = each, rank
    return best


def _rank(text: str, separator: str, known: Known) -> tuple[int, bool]:
    """How many known names stand in one line, and whether all lines have the same many cells."""
    sample: list[list[str]] = []
    try:
        for _number, record in islice(_records(text, separator), _SAMPLE):
            if any(each.strip() for each in record):
                sample.append(record[:MAX_COLUMNS])
    except csv.Error:
        pass
    if not sample:
        return 0, False
    widths = Counter(len(record) for record in sample)
    width, lines = widths.most_common(1)[0]
    return max(map(known, sample)), width > 1 and lines * 10 >= len(sample) * 9


def _too_much(line: Line, before: list[Line]) -> Note | None:
    if line.number > MAX_LINES or len(before) >= MAX_ROWS:
        return Note(FILE, Fault.TOO_MANY_ROWS, facts={"most": MAX_ROWS})
    if len(line.cells) > MAX_COLUMNS:
        place = Place(row=line.number)
        return Note(place, Fault.TOO_MANY_COLUMNS, facts={"most": MAX_COLUMNS})
    return None


def _swallowed(line: Line, record: list[str], separator: str) -> Iterator[Note]:
    """A stray quotation mark makes one cell of the rows up to the next: rows would be lost."""
    for column, each in enumerate(record):
        below = each.splitlines()[1:]
        if any(row.count(separator) >= max(len(record) - 1, 1) for row in below):
            place = Place(row=line.number, column=column + 1)
            yield Note(place, Fault.QUOTE_SWALLOWS, line.cells[column].text[:40])


def _unreadable(broken: csv.Error, place: Place) -> Note:
    if "field limit" in str(broken):
        return Note(place, Fault.CELL_TOO_LONG, facts={"most": MAX_CELL})
    return Note(place, Fault.QUOTE_OPEN)


def encoding_told(found: Text) -> tuple[Note, ...]:
    """Worth saying where it had to be judged."""
    if found.encoding in ("utf-8", "utf-16", "utf-32"):
        return ()
    return (Note(FILE, Told.ENCODING, facts={"encoding": found.encoding}),)
