"""What stands on a printed report, in the words it is to be read in: its lists and its frame."""

from collections.abc import Sequence
from dataclasses import dataclass

from tablebank.documents.sheet import Frame


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedCell:
    """A cell and what stands below it, smaller."""

    text: str
    note: str = ""
    target: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedList:
    """A list: its heads, which columns are figures, its rows, its totals, or that it is empty."""

    title: str
    head: Sequence[str]
    figures: Sequence[bool]
    rows: Sequence[Sequence[PrintedCell]]
    totals: Sequence[PrintedCell]
    empty: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportSheet:
    """A report on paper, on its side where it is wide."""

    frame: Frame
    heading: str
    about: str
    of: str
    notes: Sequence[str]
    lists: Sequence[PrintedList]
    evidence: Sequence[str]
    places: Sequence[str]
    template: str = "report"
