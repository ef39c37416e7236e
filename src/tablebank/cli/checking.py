"""Checks an operator or auditor runs: does the chain hold, is the program well."""

from typing import Annotated
from uuid import UUID

import typer
from rich.progress import Progress

from tablebank.cli.naming import casinos_called, name_of
from tablebank.cli.telling import (
    NOT_SET_UP,
    console,
    is_terminal,
    refusals_told,
    trouble_in_words,
)
from tablebank.queries.journal import Verified, verify_chain
from tablebank.store import database
from tablebank.store.scope import casino_view
from tablebank.store.seeking import every_casino

journal = typer.Typer(no_args_is_help=True, help="The journal.")


@journal.command("verify")
def verify(
    slug: Annotated[str | None, typer.Option("--casino", help="One casino; else all.")] = None,
) -> None:
    """Walk the journal's chain; name the first entry that is not right, and exit 1."""
    with refusals_told():
        broken = 0
        for casino_id in casinos_called(slug):
            name, found = name_of(casino_id), _walked(casino_id)
            if found.valid:
                typer.echo(f"{name}: {found.entries} entries, head {found.head_hash[:16]}: valid")
            else:
                broken += 1
                typer.echo(f"{name}: entry {found.broken_at}: {found.why}")
    raise typer.Exit(1 if broken else 0)


def _walked(casino_id: UUID) -> Verified:
    with Progress(console=console, disable=not is_terminal()) as progress:
        task = progress.add_task("verifying", total=None)
        with casino_view(casino_id) as cursor:
            return verify_chain(
                cursor,
                casino_id,
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )


def doctor() -> None:
    """Say in plain words what is wrong and how to mend it. Exit 1 if anything is."""
    problems: list[str] = []
    try:
        if not database.is_migrated():
            problems.append(NOT_SET_UP)
        else:
            problems += _standing()
    except Exception as met:
        problems.append(trouble_in_words(met) or f"It could not be looked at: {met!r}")
    for problem in problems:
        typer.echo(f"- {problem}")
    if not problems:
        typer.echo(f"All is well: {len(every_casino())} casinos, {database.standing().role}.")
    raise typer.Exit(1 if problems else 0)


def _standing() -> list[str]:
    standing = database.standing()
    found = []
    if not standing.safe:
        found.append(
            f"The program speaks as {standing.role}, which the database's walls do not bind."
            " Run: tablebank migrate, and give DATABASE_APP_URL a login that owns nothing."
        )
    if standing.server_version < 150_000:
        found.append("The server is older than PostgreSQL 15: upgrade it.")
    for casino_id in every_casino():
        seen = _walked(casino_id)
        if not seen.valid:
            found.append(
                f"Casino {name_of(casino_id)}: journal entry {seen.broken_at}: {seen.why}."
                " Keep the database as it is and compare it with a backup."
            )
    return found
