"""A report as a file: what both faces agree on. What stands in it is said in words by the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from tablebank.domain.credentials import Credential
from tablebank.queries.reports.asking import Said

Clock = Callable[[], datetime]


class Format(StrEnum):
    """How a report leaves."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FileWanted:
    """Which report, of what, as which kind of file. Without a `language` in the casino's own."""

    slug: str
    said: Said
    format: Format
    site: str
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFile:
    """A file: how it is called, of which kind it is, and its bytes."""

    name: str
    media: str
    content: bytes


class Exporter(Protocol):
    """Makes a report's file.

    Refuses NOT_SIGNED_IN; NOT_FOUND where there is no such report; ROLE_NOT_ALLOWED whom it is not
    for; SHAPE and REFERENCE_UNKNOWN what it cannot be asked.
    """

    def __call__(
        self, credential: Credential, wanted: FileWanted, *, clock: Clock
    ) -> ReportFile: ...
