"""Reports: each has words for all that is in it; its columns say what they are by their names."""

import importlib
import pkgutil
from dataclasses import is_dataclass

import pytest

from tablebank.queries import reports
from tablebank.queries.reports.catalogue import REPORTS
from tablebank.queries.reports.kind import Kind, columns_of
from tablebank.web.report_view import LEADS_TO
from tablebank.web.report_words import ABOUT, BESIDE, COLUMN, SAID, TITLE

OURS = ("kind", "catalogue", "asking", "files", "results", "which")
"""Modules of the room that are no report."""


def modules() -> dict[str, object]:
    names = [each.name for each in pkgutil.iter_modules(reports.__path__) if each.name not in OURS]
    return {name: importlib.import_module(f"{reports.__name__}.{name}") for name in names}


def rows() -> list[type]:
    return [
        value
        for module in modules().values()
        for value in vars(module).values()
        if isinstance(value, type)
        and is_dataclass(value)
        and value.__module__ == module.__name__  # type: ignore[attr-defined]
        and not value.__name__.startswith("_")
    ]


def test_every_report_is_one_file_and_one_line() -> None:
    """Issue 5: a file beside the others, a line in the catalogue, and words."""
    listed = [each for each in REPORTS if each in listed_in_files()]
    assert len(listed) == len(REPORTS) == len(modules())
    assert {each.slug for each in REPORTS} == set(TITLE) == set(ABOUT)
    assert len({each.slug for each in REPORTS}) == len(REPORTS)


def listed_in_files() -> list[object]:
    return [value for module in modules().values() for value in vars(module).values()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.__name__)
def test_every_column_has_words(row: type) -> None:
    for column in columns_of(row):
        if column.kind is Kind.RECORD:
            continue
        assert column.name in COLUMN, f"{row.__name__}.{column.name} has no words"


def test_no_words_are_left_over() -> None:
    names = {column.name for row in rows() for column in columns_of(row)}
    assert set(COLUMN) <= names
    assert set(SAID) <= names
    assert {each for others in BESIDE.values() for each in others} | set(BESIDE) <= names
    assert set(LEADS_TO) <= names
