"""Help for everything, and what wrong usage comes to (02-interfaces, Command line)."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from tablebank.cli.program import app
from tests.cli.typing_in import WRONG_USAGE, done, refused

CONTRACT = {
    "serve",
    "demo",
    "migrate",
    "casino create",
    "casino setup",
    "staff add",
    "token create",
    "journal verify",
    "doctor",
}
"""The commands that other programs are written against."""


def _walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(below, (*path, name))


EVERYTHING = dict(_walk(typer.main.get_command(app)))


def test_what_was_promised_is_there() -> None:
    assert {" ".join(path) for path in EVERYTHING} >= CONTRACT


@pytest.mark.parametrize("path", EVERYTHING, ids=" ".join)
def test_there_is_help_for_everything(path: tuple[str, ...]) -> None:
    said = done(*path, "--help")
    assert "Usage:" in said
    assert EVERYTHING[path].help.split()[0] in said


@pytest.mark.parametrize(
    "said",
    [
        ("gamble",),
        ("casino", "burn"),
        ("casino", "create"),
        ("staff", "add", "--casino", "x"),
        ("journal", "verify", "--nothing"),
        ("serve", "--port", "eighty"),
        ("demo", "--tables", "0"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(said: tuple[str, ...]) -> None:
    assert refused(*said, code=WRONG_USAGE)
