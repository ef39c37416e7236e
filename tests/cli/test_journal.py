"""`tablebank journal verify`: an administrator of the database changes something, and it is found.

Here somebody owns the tables, takes the guards off and writes as they please (S4). The chain says
what was changed, and where (JRN-1, JRN-3).
"""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections

from tests.cast import Casino, found
from tests.cli.typing_in import DONE, REFUSED, tablebank
from tests.store.ground import owner_scope
from tests.trials.spot import spot_in


@pytest.fixture
def casino() -> Casino:
    """A casino with a few dozen entries."""
    casino = found()
    spot = spot_in(casino)
    spot.open("100 black", at="06:05")
    spot.fill("10 black", at="07:00", arrives="07:05")
    assert casino.ana.roles == ("ACCOUNTING",)
    return casino


def _verified(casino: Casino) -> tuple[int, str]:
    result = tablebank("journal", "verify", "--casino", casino.founded.slug)
    assert result.stderr == ""
    return result.exit_code, result.stdout


def _entries(casino: Casino) -> int:
    last: int = casino.ana.get("/journal/verify").must(200)["entries"]
    return last


@contextmanager
def _unguarded(casino: Casino) -> Any:
    """The journal as its owner has it with every guard off."""
    with connections["owner"].cursor() as owner:
        owner.execute("alter table journal_entry disable trigger user")
    try:
        with owner_scope(casino.founded.id) as cursor:
            yield cursor
    finally:
        with connections["owner"].cursor() as owner:
            owner.execute("alter table journal_entry enable trigger user")


def test_an_honest_journal_holds(casino: Casino) -> None:
    code, said = _verified(casino)
    assert code == DONE
    assert f"{casino.founded.slug}: {_entries(casino)} entries" in said
    assert said.endswith("valid\n")


Tampering = Callable[[Any, Any, int], None]


def _one_byte(cursor: Any, casino_id: Any, number: int) -> None:
    cursor.execute(
        "update journal_entry set content = overlay(content placing '7' from 40 for 1)"
        " where casino_id = %s and number = %s",
        [casino_id, number],
    )


def _another_actor(cursor: Any, casino_id: Any, number: int) -> None:
    cursor.execute(
        "update journal_entry set actor = 'nobody' where casino_id = %s and number = %s",
        [casino_id, number],
    )


def _another_instant(cursor: Any, casino_id: Any, number: int) -> None:
    cursor.execute(
        "update journal_entry set occurred_at = occurred_at + interval '1 microsecond'"
        " where casino_id = %s and number = %s",
        [casino_id, number],
    )


def _gone(cursor: Any, casino_id: Any, number: int) -> None:
    cursor.execute(
        "delete from journal_entry where casino_id = %s and number = %s", [casino_id, number]
    )


@pytest.mark.parametrize("tampering", [_one_byte, _another_actor, _another_instant, _gone])
def test_what_was_changed_is_named(tampering: Tampering, casino: Casino) -> None:
    """JRN-1, SYS-09: a changed byte, actor or instant, an entry taken out:
    exit 1, and which it is.
    """
    number = _entries(casino) // 2
    with _unguarded(casino) as cursor:
        tampering(cursor, casino.founded.id, number)
    code, said = _verified(casino)
    assert code == REFUSED
    assert f"{casino.founded.slug}: entry {number}: " in said


def test_a_cut_off_tail_is_found(casino: Casino) -> None:
    """JRN-1, LESSON-32, SYS-09: the head remembers what the chain has lost."""
    last = _entries(casino)
    with _unguarded(casino) as cursor:
        _gone(cursor, casino.founded.id, last)
    code, said = _verified(casino)
    assert code == REFUSED
    assert f"entry {last}: the chain ends before its head" in said


def test_two_entries_changed_places(casino: Casino) -> None:
    """JRN-1: the order is part of what is vouched for."""
    number = _entries(casino) // 2
    with _unguarded(casino) as cursor:
        for old, new in ((number, -1), (number + 1, number), (-1, number + 1)):
            cursor.execute(
                "update journal_entry set number = %s where casino_id = %s and number = %s",
                [new, casino.founded.id, old],
            )
    code, said = _verified(casino)
    assert code == REFUSED
    assert f"entry {number}: " in said
