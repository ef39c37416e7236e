"""What a file is, judged by its first bytes and never by its name.

A workbook (XLSX) or text goes on; everything else is refused by the name people know it by.
"""

import zipfile
from enum import StrEnum
from io import BytesIO

from tablebank.intake.bounds import MAX_BYTES
from tablebank.intake.faults import Fault, Note, Place

FILE = Place()
"""The file as a whole."""


class Format(StrEnum):
    """What can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_BEGINS = (
    (b"%PDF", "A PDF file"),
    (b"\x89PNG", "A picture"),
    (b"\xff\xd8\xff", "A picture"),
    (b"GIF8", "A picture"),
    (b"{\\rtf", "An RTF file"),
    (b"\x1f\x8b", "A gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "A 7-Zip archive"),
    (b"Rar!", "A RAR archive"),
    (b"SQLite format 3", "A database file"),
    (b"PAR1", "A Parquet file"),
)
_MARKUP = (
    (b"<!doctype html", "An HTML page"),
    (b"<html", "An HTML page"),
    (b"<table", "An HTML page"),
    (b"<?xml", "An XML file"),
)
_ZIPPED = (
    ("xl/workbook.bin", "A binary workbook (XLSB)"),
    ("word/", "A Word document"),
    ("ppt/", "A presentation"),
    ("Index/", "A Numbers or Pages document"),
    ("mimetype", "An OpenDocument file"),
)


def format_of(data: bytes) -> Format | Note:
    """Which reader a file is for, or the fault that says what it is instead (S9)."""
    if len(data) > MAX_BYTES:
        return Note(FILE, Fault.FILE_TOO_LARGE, facts={"most_mb": MAX_BYTES // 2**20})
    if not data.strip():
        return Note(FILE, Fault.FILE_EMPTY)
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            return Note(FILE, Fault.WORKBOOK_ENCRYPTED)
        return _not_readable("An old workbook (XLS)")
    for beginning, name in _BEGINS:
        if data.startswith(beginning):
            return _not_readable(name)
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, name in _MARKUP:
        if start.startswith(beginning):
            return _not_readable(name)
    return _zipped(data) if data.startswith(b"PK") else Format.TEXT


def _zipped(data: bytes) -> Format | Note:
    """Text may begin with PK too: what is no archive after all is text."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # a hostile archive fails in many ways, all of them mean the same
        damaged = data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
        return Note(FILE, Fault.WORKBOOK_BROKEN) if damaged else Format.TEXT
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return Format.WORKBOOK
    for sign, name in _ZIPPED:
        if any(each.startswith(sign) for each in names):
            return _not_readable(name)
    if "[Content_Types].xml" in names:
        return Format.WORKBOOK
    return _not_readable("A ZIP archive")


def _not_readable(name: str) -> Note:
    return Note(FILE, Fault.FORMAT_NOT_READABLE, facts={"format": name})
