"""The poke after a commit: it says that there is something to see, and nobody waits for it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tablebank.store import poking
from tablebank.store.beside import connection_beside
from tests.cast import Casino, found
from tests.program import tablebank
from tests.relay.following import happen

PATIENCE_SECONDS = 10.0


@pytest.fixture
def casino(_database_is_real: None) -> Casino:
    casino = found()
    casino.person("ada")
    return casino


@pytest.fixture
def listener() -> Iterator[psycopg.Connection[Any]]:
    """Somebody who listens beside the program."""
    with psycopg.connect(**connection_beside(), autocommit=True) as line:
        line.execute(f"listen {poking.CHANNEL}")
        yield line


def told_of(listener: psycopg.Connection[Any], casino: Casino) -> bool:
    """Whether this casino is named before patience ends; others may be named too."""
    waiting = listener.notifies(timeout=PATIENCE_SECONDS)
    return any(each.payload == casino.id for each in waiting)


def test_a_command_pokes_after_its_commit(
    casino: Casino, listener: psycopg.Connection[Any]
) -> None:
    """JRN-4: told once it can be seen."""
    happen(casino)
    assert told_of(listener, casino)


def test_a_command_typed_beside_the_server_pokes_too(
    casino: Casino, listener: psycopg.Connection[Any]
) -> None:
    """JRN-4: also a program that ends with its command."""
    list(listener.notifies(timeout=0.3))
    slug = casino.founded.slug
    person = ("--badge", "77", "--name", "Nell", "--role", "DEALER", "--pin", "128977")
    assert tablebank("staff", "add", "--casino", slug, *person).returncode == 0
    assert told_of(listener, casino)


def test_what_was_not_written_is_not_told(
    casino: Casino, listener: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dry run and a refusal leave nothing to look at (IDEM-2, SESS-6)."""
    told: list[Any] = []
    monkeypatch.setattr("tablebank.store.save.poke", told.append)
    casino.ada.post("/boxes", {"code": "DRY", "kind": "TABLE"}, dry_run=True).must(201)
    casino.ada.post("/boxes", {"code": "", "kind": "TABLE"}).must_refuse(422, "SHAPE")
    assert told == []
    happen(casino)
    assert [str(each) for each in told] == [casino.id]


def test_no_command_fails_for_want_of_a_poke(
    casino: Casino, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The poke is a courtesy; what was committed stays committed and is answered."""

    def away(*args: Any, **kwargs: Any) -> Any:
        raise psycopg.OperationalError("the database is away")

    monkeypatch.setattr(poking, "connection_beside", away)
    happen(casino)
    monkeypatch.undo()
    monkeypatch.setattr(poking, "_opened", away)
    happen(casino)
