"""The command line beside a running server, on the same database, at the same time."""

import json
from uuid import uuid4

import httpx
import pytest

from tests.cast import found
from tests.line import OverTheWire
from tests.program import Server, tablebank
from tests.trials.spot import spot_in


def test_what_is_typed_is_served_at_once(server: Server) -> None:
    """A casino, a person and a token made beside the server are good for the next request."""
    slug = f"beside-{uuid4().hex[:12]}"
    made = tablebank(
        *("casino", "create", "--slug", slug, "--name", "Beside", "--json"),
        *("--timezone", "UTC", "--gaming-day-start", "06:00"),
    )
    casino = json.loads(made.stdout)
    person = ("--badge", "9001", "--name", "Ada Ames", "--role", "ADMIN", "--pin", "128901")
    assert tablebank("staff", "add", "--casino", slug, *person).returncode == 0
    token = tablebank("token", "create", "--casino", slug, "--badge", "9001").stdout.strip()
    me = httpx.get(
        f"{server.base_url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}
    ).json()
    assert me["casino_id"] == casino["id"]
    assert me["staff"]["name"] == "Ada Ames"


def test_the_journal_is_verified_while_it_grows(wire: OverTheWire) -> None:
    """JRN-1: one instant of the chain is looked at, whatever is added meanwhile."""
    casino = found(line=wire)
    spot = spot_in(casino)
    spot.open("100 black", at="06:05")
    verified = tablebank("journal", "verify", "--casino", casino.founded.slug)
    assert verified.returncode == 0, verified.stderr
    assert verified.stderr == ""
    assert casino.founded.slug in verified.stdout


@pytest.mark.parametrize("said", [("serve",), ("demo", "--tables", "1")], ids=" ".join)
def test_a_port_is_not_shared(server: Server, said: tuple[str, ...]) -> None:
    """Answers come from one server, not now from one and now from the other."""
    second = tablebank(*said, "--port", str(server.port))
    assert second.returncode == 1
    assert "cannot listen" in second.stderr
