"""Typing at the command line, inside this process: quick, and on the worker's database."""

import json
from typing import Any
from uuid import uuid4

from typer.testing import CliRunner, Result

from tablebank.cli.program import app

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def tablebank(*said: str, stdin: str | None = None) -> Result:
    """One command and what it said."""
    return CliRunner().invoke(app, list(said), input=stdin)


def done(*said: str, stdin: str | None = None) -> str:
    """What a command that must succeed printed."""
    result = tablebank(*said, stdin=stdin)
    assert result.exit_code == DONE, f"{result.output}{result.exception!r}"
    return result.stdout


def as_json(*said: str, stdin: str | None = None) -> Any:
    """What a command printed for a program: one JSON value and nothing beside it."""
    return json.loads(done(*said, "--json", stdin=stdin))


def refused(*said: str, code: int = REFUSED) -> str:
    """What a command that must not succeed complained of, and that it printed nothing else."""
    result = tablebank(*said)
    assert result.exit_code == code, f"{result.output}{result.exception!r}"
    assert result.stdout == ""
    return result.stderr


def new_casino(*more: str) -> str:
    """A casino made at the command line: its slug."""
    slug = f"cli-{uuid4().hex[:12]}"
    where = ("--timezone", "America/New_York", "--gaming-day-start", "06:00")
    done("casino", "create", "--slug", slug, "--name", "Test House", *where, *more)
    return slug
