"""Founding a casino at the command line: the casino, its people, their tokens (02-interfaces)."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.cli.typing_in import (
    REFUSED,
    WRONG_USAGE,
    as_json,
    done,
    new_casino,
    refused,
    tablebank,
)

FOUNDING = ["--name", "Test House", "--timezone", "America/New_York", "--gaming-day-start", "06:00"]
DANA = ["--badge", "1007", "--name", "Dana Diaz", "--role", "DEALER", "--pin", "246801"]


def _api(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())})


def test_a_casino_is_printed_with_its_id() -> None:
    slug = f"cli-{uuid4().hex[:12]}"
    made = as_json("casino", "create", "--slug", slug, *FOUNDING, "--mode", "IMPREST_TO_PAR")
    assert UUID(made["id"]).version == 7
    assert made["slug"] == slug
    assert made["timezone"] == "America/New_York"
    assert made["gaming_day_start"] == "06:00"
    assert made["table_bank_mode"] == "IMPREST_TO_PAR"
    assert made["simulated"] is False


def test_a_casino_starts_unknown_and_real() -> None:
    """PAR-5, TIME-5: nothing is chosen for it, and it is no game unless somebody says so."""
    slug = f"cli-{uuid4().hex[:12]}"
    made = as_json("casino", "create", "--slug", slug, *FOUNDING)
    assert (made["table_bank_mode"], made["simulated"]) == ("UNKNOWN", False)
    played = as_json("casino", "create", "--slug", f"{slug}-2", *FOUNDING, "--simulated")
    assert played["simulated"] is True


def test_a_slug_is_taken_once() -> None:
    slug = new_casino()
    assert "CODE_TAKEN" in refused("casino", "create", "--slug", slug, *FOUNDING)


@pytest.mark.parametrize(
    ("option", "value", "exit_code", "says"),
    [
        ("--timezone", "Mars/Olympus", REFUSED, "/timezone"),
        ("--slug", "Not A Slug", REFUSED, "/slug"),
        ("--name", "  ", REFUSED, "/name"),
        ("--gaming-day-start", "six", WRONG_USAGE, "HH:MM"),
        ("--gaming-day-start", "24:00", WRONG_USAGE, "HH:MM"),
        ("--mode", "FLOATING", WRONG_USAGE, "--mode"),
    ],
)
def test_a_casino_is_asked_for_in_order(option: str, value: str, exit_code: int, says: str) -> None:
    """Exit 1 where the content is refused, 2 where the command is not used as it is meant."""
    said = ["casino", "create", "--slug", f"cli-{uuid4().hex[:12]}", *FOUNDING, option, value]
    assert says in refused(*said, code=exit_code)


def test_a_person_is_printed_without_secrets() -> None:
    """IDEM-1: neither PIN nor password comes back."""
    slug = new_casino()
    result = tablebank(
        "staff",
        "add",
        "--casino",
        slug,
        *DANA,
        "--password-stdin",
        "--json",
        stdin="chips and rye\n",
    )
    assert result.exit_code == 0
    assert "246801" not in result.output
    assert "chips and rye" not in result.output
    person = as_json(
        *("staff", "add", "--casino", slug, "--badge", "9001", "--name", "Ada Ames"),
        *("--role", "ADMIN", "--role", "AUDITOR", "--pin", "128901", "--licence", "L-77"),
    )
    assert UUID(person["id"])
    assert (person["badge"], person["name"], person["licence"]) == ("9001", "Ada Ames", "L-77")
    assert person["roles"] == ["ADMIN", "AUDITOR"]
    assert person["active"] is True


def test_a_pin_from_the_command_line_is_a_chosen_one() -> None:
    """SIGN-5: Dana signs with it at once; Sam speaks with a token made here."""
    slug = new_casino("--mode", "INVENTORY_COUNT")
    done("staff", "add", "--casino", slug, *DANA)
    for badge, role in (("2001", "SUPERVISOR"), ("3001", "PIT_MANAGER"), ("9001", "ADMIN")):
        said = ("--badge", badge, "--name", role.title(), "--role", role, "--pin", "351201")
        done("staff", "add", "--casino", slug, *said)
    ada = _api(done("token", "create", "--casino", slug, "--badge", "9001").strip())
    sam = as_json("token", "create", "--casino", slug, "--badge", "2001")["token"]
    said = {"code": "BJ-01", "pit": "1", "game_type": "BLACKJACK"}
    table = ada.post("/api/v1/tables", said, content_type="application/json").json()
    asked = {"table_id": table["id"], "open": True}
    opened = _api(sam).post("/api/v1/sessions", asked, content_type="application/json")
    count = {
        "kind": "OPENING",
        "chipset": {"10000": 10},
        "signatures": [
            {"role": "DEALER", "badge": "1007", "pin": "246801"},
            {"role": "PIT_MANAGER", "badge": "3001", "pin": "351201"},
        ],
    }
    path = f"/api/v1/sessions/{opened.json()['id']}/snapshots"
    counted = _api(sam).post(path, count, content_type="application/json")
    assert counted.status_code == 201, counted.content
    assert counted.json()["session_status"] == "OPEN"


def test_a_token_is_printed_alone() -> None:
    """`token create` prints the token and nothing else; it says who it belongs to when asked."""
    slug = new_casino()
    done("staff", "add", "--casino", slug, *DANA)
    printed = done("token", "create", "--casino", slug, "--badge", "1007")
    token = printed.strip()
    assert printed == f"{token}\n"
    assert len(token.split()) == 1
    me = _api(token).get("/api/v1/me").json()
    assert (me["staff"]["badge"], me["staff"]["name"]) == ("1007", "Dana Diaz")
    kept = as_json("token", "create", "--casino", slug, "--badge", "1007")
    assert kept["badge"] == "1007"
    assert kept["token"] != token


def test_a_badge_is_taken_once() -> None:
    slug = new_casino()
    done("staff", "add", "--casino", slug, *DANA)
    assert "BADGE_TAKEN" in refused("staff", "add", "--casino", slug, *DANA)


@pytest.mark.parametrize(
    ("option", "value", "exit_code", "says"),
    [
        ("--pin", "12", REFUSED, "/pin"),
        ("--pin", "12a4", REFUSED, "/pin"),
        ("--pin", "٣٤٥٦", REFUSED, "/pin"),
        ("--badge", "", REFUSED, "/badge"),
        ("--name", " ", REFUSED, "/name"),
        ("--role", "CROUPIER", WRONG_USAGE, "--role"),
    ],
)
def test_a_person_is_entered_in_order(option: str, value: str, exit_code: int, says: str) -> None:
    said = ["staff", "add", "--casino", new_casino(), *DANA, option, value]
    assert says in refused(*said, code=exit_code)


def test_a_password_has_the_length_it_has_at_every_door() -> None:
    """S7: the command line takes no password that the API would not."""
    said = ["staff", "add", "--casino", new_casino(), *DANA, "--password-stdin"]
    result = tablebank(*said, stdin="short\n")
    assert result.exit_code == REFUSED
    assert "/password" in result.stderr
    assert "short" not in result.stderr


@pytest.mark.parametrize("slug", ["nobody-here", "[/red]", "'; drop table staff; --"])
def test_a_casino_that_is_not_there(slug: str) -> None:
    """NOT_FOUND, whatever the name looks like."""
    for said in (
        ("staff", "add", *DANA),
        ("token", "create", "--badge", "1007"),
        ("journal", "verify"),
    ):
        complaint = refused(*said, "--casino", slug)
        assert "NOT_FOUND" in complaint
        assert slug in complaint


def test_a_token_is_a_persons() -> None:
    assert "REFERENCE_UNKNOWN" in refused(
        "token", "create", "--casino", new_casino(), "--badge", "4711"
    )
