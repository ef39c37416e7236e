"""How the command line speaks: plain words on stdout, complaints on stderr, JSON where asked."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console

from tablebank.domain.refusals import Refused
from tablebank.domain.results import plain

console = Console(stderr=True)


def show(value: Any, words: str, *, as_json: bool) -> None:
    """Print the value as JSON, or the words for a person."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False) if as_json else words)


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal becomes a sentence on stderr and exit 1."""
    try:
        yield
    except Refused as no:
        console.print(f"[red]{no.code}[/red] {no.detail}", soft_wrap=True)
        for each in no.errors:
            console.print(f"  {each.pointer}: {each.message}", soft_wrap=True)
        raise typer.Exit(1) from no


def is_terminal() -> bool:
    return sys.stderr.isatty()
