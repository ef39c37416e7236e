"""`tablebank demo`: a casino at work, to look at or to check against its truth.

It founds a casino of its own, marked simulated, starts the server, and plays through the public API
like any other client. Nothing is signed in by magic: it prints who one can be.
"""

import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time as wall_time
from typing import Annotated, Any
from uuid import UUID

import httpx
import typer
from rich.table import Table as Grid

from tablebank.cli.clock import clock
from tablebank.cli.naming import casino_called
from tablebank.cli.serving import check_free, free_port, make_ready
from tablebank.cli.showing import show_outcome
from tablebank.cli.sweeping import sweeping
from tablebank.cli.telling import console, show
from tablebank.commands import people
from tablebank.commands.founding import Founding, found_casino
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.credentials import SystemCredential
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import BankMode, Role
from tablebank.simulator.client import Turned
from tablebank.simulator.people import cast
from tablebank.simulator.play import LIVE_PACE, play

ADMIN_BADGE = "1"


def demo(
    tables: Annotated[int, typer.Option(min=1, max=200, help="How many tables.")] = 24,
    days: Annotated[int, typer.Option(min=1, max=31, help="How many gaming days.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed is the same day.")] = 7,
    headless: Annotated[
        bool, typer.Option("--headless", help="Play at full speed and compare with the truth.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port of the pages.")] = 8000,
    as_json: Annotated[
        bool, typer.Option("--json", help="Truth and result side by side, for programs.")
    ] = False,
) -> None:
    """A casino at work: live in the browser, or headless with its shift rundowns."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not headless:
        check_free("127.0.0.1", port)
    make_ready()
    slug, admin_password, token = _founded()
    where = 0 if headless else port
    with _serving(where) as base_url, sweeping(casino_called(slug), meanwhile=not headless):
        if not headless:
            _print_who(base_url, slug, admin_password, seed=seed, tables=tables)
        try:
            outcome = play(
                base_url=base_url,
                admin_token=token,
                tables=tables,
                days=days,
                seed=seed,
                pace=None if headless else LIVE_PACE,
                progress=_progress(headless),
                lanes=2 if headless else 1,
            )
        except Turned as turned:
            console.print(f"[red]An honest step was refused:[/red] {turned}", soft_wrap=True)
            raise typer.Exit(1) from turned
        except KeyboardInterrupt:
            console.print("Stopped.")
            raise typer.Exit(0) from None
        show_outcome(outcome, casino=slug, as_json=as_json)
        if not headless:
            _stay(base_url)
    raise typer.Exit(0 if outcome.matches else 1)


def _founded() -> tuple[str, str, str]:
    """A casino of this run's own, its administrator, and a token: slug, password, token."""
    slug = _slug()
    casino = found_casino(
        Founding(
            slug=slug,
            name="Silver Heron (demo)",
            timezone="America/New_York",
            gaming_day_start=wall_time(6, 0),
            mode=BankMode.INVENTORY_COUNT,
            simulated=True,
        ),
        clock=clock,
    )
    password = secrets.token_urlsafe(9)
    admin = people.AddStaff(
        badge=ADMIN_BADGE,
        name="Ada Admin",
        roles=(Role.ADMIN,),
        pin=f"{secrets.randbelow(10**6):06d}",
        password=password,
        pin_chosen=True,
    )
    _did(casino.id, people.ADD_STAFF, admin)
    made = _did(casino.id, people.CREATE_TOKEN, people.CreateToken(badge=ADMIN_BADGE))
    return slug, password, people.token_text(casino.id, made.decision)


def _slug() -> str:
    return f"demo-{secrets.token_hex(3)}"


def _did(casino_id: UUID, command: Any, body: Any) -> Done:
    seen: list[Done] = []

    def answer(cursor: Any, done: Done) -> Answer:
        seen.append(done)
        return Answer(status=200, text="")

    perform(
        SystemCredential(casino_id=casino_id),
        command,
        Asked(body=body, raw={"badge": body.badge}),
        clock=clock,
        answer=answer,
    )
    return seen[0]


@contextmanager
def _serving(port: int) -> Iterator[str]:
    """A server of this run's own, on loopback; ended with it."""
    port = port or free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tablebank.cli", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr if port else None,
    )
    base_url = f"http://127.0.0.1:{port}"
    try:
        _wait(server, base_url)
        yield base_url
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(server: subprocess.Popen[bytes], base_url: str) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise Refused(Refusal.TRY_AGAIN, detail="The server did not start; is the port taken?")
        try:
            if httpx.get(f"{base_url}/readyz", timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise Refused(Refusal.TRY_AGAIN, detail="The server did not become ready.")


def _print_who(base_url: str, slug: str, admin_password: str, *, seed: int, tables: int) -> None:
    """Who one can be, and where."""
    console.print(f"\n[bold]{base_url}/[/bold]   casino [bold]{slug}[/bold]\n")
    grid = Grid(title="Who you can be", box=None, pad_edge=False)
    for column in ("role", "badge", "name", "password", "PIN"):
        grid.add_column(column)
    grid.add_row("ADMIN", ADMIN_BADGE, "Ada Admin", admin_password, "")
    for person in cast(seed=seed, tables=tables).people:
        if person.password is not None:
            grid.add_row(person.role, person.badge, person.name, person.password, person.pin)
    console.print(grid)
    console.print("\nThe others (signing with badge and PIN only) follow the same pattern.\n")


def _progress(headless: bool) -> Callable[[str], None]:
    if headless and not sys.stderr.isatty():
        return lambda what: None
    return lambda what: console.print(what, style="dim", highlight=False, soft_wrap=True)


def _stay(base_url: str) -> None:
    console.print(f"The gaming day is over. {base_url}/ stays up; Ctrl-C ends it.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        show(None, "Stopped.", as_json=False)
