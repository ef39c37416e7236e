"""All commands of `tablebank`, each a few lines: what it does stands in the rooms below."""

import sys
from datetime import time
from typing import Annotated

import typer

from tablebank.cli.checking import doctor, journal
from tablebank.cli.clock import clock
from tablebank.cli.demonstrating import demo
from tablebank.cli.naming import casino_called
from tablebank.cli.serving import serve
from tablebank.cli.setting_up import setup
from tablebank.cli.sweeping import sweep
from tablebank.cli.telling import refusals_told, show, told
from tablebank.commands import people
from tablebank.commands.founding import Founding, found_casino
from tablebank.commands.perform import Answer, Asked, perform
from tablebank.domain.credentials import SystemCredential
from tablebank.domain.plain import plain
from tablebank.domain.terms import BankMode, Role
from tablebank.store import database

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Tablebank: the system of record for the chip banks of casino table games.",
)
casino = typer.Typer(no_args_is_help=True, help="Casinos.")
staff = typer.Typer(no_args_is_help=True, help="People of a casino.")
token = typer.Typer(no_args_is_help=True, help="Tokens for programs.")
app.add_typer(casino, name="casino")
app.add_typer(staff, name="staff")
app.add_typer(token, name="token")
app.add_typer(journal, name="journal")
app.command()(told(serve))
app.command()(told(demo))
app.command()(told(sweep))
app.command()(doctor)
casino.command("setup")(told(setup))

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Slug = Annotated[str, typer.Option("--casino", help="The casino's slug.")]


@app.command()
def migrate() -> None:
    """Bring the database up to date: role, tables, guards. Running it again changes nothing."""
    with refusals_told():
        database.migrate()
    typer.echo("The database is up to date.")


@casino.command("create")
def create_casino(
    slug: Annotated[str, typer.Option(help="Short name for addresses and sign-in.")],
    name: Annotated[str, typer.Option(help="The property's name.")],
    timezone: Annotated[str, typer.Option(help="Such as America/New_York.")],
    gaming_day_start: Annotated[str, typer.Option(help="HH:MM, local.")],
    mode: Annotated[BankMode, typer.Option(help="How tables are closed.")] = BankMode.UNKNOWN,
    simulated: Annotated[bool, typer.Option(help="For training, demo and tests.")] = False,
    as_json: AsJson = False,
) -> None:
    """Create a casino with the usual chips and three shifts."""
    try:
        start = time.fromisoformat(gaming_day_start)
    except ValueError as wrong:
        raise typer.BadParameter("is HH:MM", param_hint="--gaming-day-start") from wrong
    with refusals_told():
        database.migrate()
        founding = Founding(
            slug=slug,
            name=name,
            timezone=timezone,
            gaming_day_start=start.replace(second=0, microsecond=0),
            mode=mode,
            simulated=simulated,
        )
        made = found_casino(founding, clock=clock)
        show(
            {**plain(made), "gaming_day_start": gaming_day_start, "table_bank_mode": mode.value},
            f"Created {name} ({slug}), id {made.id}.",
            as_json=as_json,
        )


@staff.command("add")
def add_staff(
    slug: Slug,
    badge: Annotated[str, typer.Option()],
    name: Annotated[str, typer.Option()],
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    pin: Annotated[str, typer.Option(help="4 to 12 digits; taken as chosen by its owner.")],
    licence: Annotated[str | None, typer.Option()] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read a password for the pages from stdin.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add a person with badge, roles and PIN."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    body = people.AddStaff(
        badge=badge,
        name=name,
        roles=tuple(role),
        licence=licence,
        pin=pin,
        password=password or None,
        pin_chosen=True,
    )
    with refusals_told():
        shown: dict[str, object] = {}

        def answer(cursor: object, done: object) -> Answer:
            shown.update(plain(done.decision.new[0]))  # type: ignore[attr-defined]
            return Answer(status=201, text="")

        raw = {"badge": badge, "name": name, "roles": [each.value for each in role]}
        perform(
            SystemCredential(casino_id=casino_called(slug)),
            people.ADD_STAFF,
            Asked(body=body, raw=raw),
            clock=clock,
            answer=answer,
        )
        show(shown, f"Added {name}, badge {badge}.", as_json=as_json)


@token.command("create")
def create_token(
    slug: Slug, badge: Annotated[str, typer.Option()], as_json: AsJson = False
) -> None:
    """Create a token for a person or service. It is shown once, here."""
    with refusals_told():
        casino_id = casino_called(slug)
        made: list[str] = []

        def answer(cursor: object, done: object) -> Answer:
            made.append(people.token_text(casino_id, done.decision))  # type: ignore[attr-defined]
            return Answer(status=201, text="")

        perform(
            SystemCredential(casino_id=casino_id),
            people.CREATE_TOKEN,
            Asked(body=people.CreateToken(badge=badge), raw={"badge": badge}),
            clock=clock,
            answer=answer,
        )
        show({"token": made[0], "badge": badge}, made[0], as_json=as_json)
