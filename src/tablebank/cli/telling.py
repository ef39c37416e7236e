"""How the command line speaks: plain words on stdout, complaints on stderr, JSON where asked."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import django.db
import psycopg
import typer
from psycopg import errors
from rich.console import Console
from rich.markup import escape

from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refused
from tablebank.store import database
from tablebank.store.embedded.place import EmbeddedServerError

P = ParamSpec("P")
T = TypeVar("T")

console = Console(stderr=True)

NOT_SET_UP = "The database is not up to date. Run: tablebank migrate"
_TROUBLE = (django.db.Error, psycopg.Error, EmbeddedServerError)


def show(value: Any, words: str, *, as_json: bool) -> None:
    """Print the value as JSON, or the words for a person."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False) if as_json else words)


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal, or a database that does not answer, becomes a sentence on stderr and exit 1."""
    try:
        yield
    except Refused as no:
        console.print(f"[red]{no.code}[/red] {escape(no.detail)}", soft_wrap=True)
        for each in no.errors:
            console.print(escape(f"  {each.pointer}: {each.message}"), soft_wrap=True)
        raise typer.Exit(1) from no
    except _TROUBLE as met:
        words = trouble_in_words(met)
        if words is None:
            raise
        console.print(escape(words), soft_wrap=True)
        raise typer.Exit(1) from met


def told(command: Callable[P, T]) -> Callable[P, T]:
    """The command, its refusals told."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with refusals_told():
            return command(*args, **kwargs)

    return run


def trouble_in_words(met: Exception) -> str | None:
    """What is wrong with the database and how to mend it; None where the fault is not there."""
    seen = [each for each in (met, met.__cause__) if each is not None]
    said = str(met).strip().partition("\n")[0]
    if f'role "{database.APP_ROLE}" does not exist' in said or any(
        isinstance(each, errors.UndefinedTable | errors.UndefinedFunction) for each in seen
    ):
        return NOT_SET_UP
    if any(isinstance(each, errors.LockNotAvailable | errors.DeadlockDetected) for each in seen):
        return f"The tables are in use ({said}). Nothing was changed: try again in a moment."
    silent = (psycopg.OperationalError, psycopg.InterfaceError, EmbeddedServerError)
    if any(isinstance(each, silent) for each in seen):
        return f"The database does not answer ({said}). Check DATABASE_URL, or start it."
    return None


def is_terminal() -> bool:
    return sys.stderr.isatty()
