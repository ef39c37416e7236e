"""The journal's hash: every column is in it, and the entry before."""

from dataclasses import replace
from datetime import timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.journal import GENESIS, Entry, entry_hash
from tests.domain.founding import CASINO, CASINO_NEXT_DOOR, instant, number

ENTRY = Entry(
    casino_id=CASINO,
    number=7,
    recorded_at=instant("2026-03-02 12:00:01"),
    occurred_at=instant("2026-03-02 12:00:00"),
    actor_id=number(103),
    actor="Sam",
    role="SUPERVISOR",
    command="open_session",
    subject_type="session",
    subject_id=number(1),
    session_id=number(1),
    table_id=number(2),
    content='{"phase":"OPENING"}',
    previous_hash=GENESIS,
)

HASH = "64248118ec5337d5c0bed7b99bdd29b584ea1be36d5eb12071fa8fd74d10fcb6"
"""Of the entry above; if this changes, every journal ever exported is unverifiable."""

OTHERWISE: dict[str, list[Any]] = {
    "casino_id": [CASINO_NEXT_DOOR],
    "number": [8, 70],
    "recorded_at": [ENTRY.recorded_at + timedelta(microseconds=1)],
    "occurred_at": [ENTRY.occurred_at - timedelta(microseconds=1)],
    "actor_id": [number(104), None],
    "actor": ["Sam ", "SYSTEM"],
    "role": ["PIT_MANAGER", None],
    "command": ["open_session_", "void_session"],
    "subject_type": ["table"],
    "subject_id": [number(9), None],
    "session_id": [number(9), None],
    "table_id": [number(9), None],
    "content": ['{"phase":"OPENED"}', '{"phase": "OPENING"}', ""],
    "previous_hash": ["1" + GENESIS[1:]],
}


def test_every_column_has_another_value_to_try() -> None:
    """JRN-1: a column that is not in the hash could be changed unseen."""
    assert set(OTHERWISE) == set(Entry.columns())


@pytest.mark.parametrize(
    ("column", "value"), [(column, each) for column, some in OTHERWISE.items() for each in some]
)
def test_any_changed_column_changes_the_hash(column: str, value: object) -> None:
    """JRN-1, JRN-3: a changed byte anywhere is found."""
    changed = replace(ENTRY, **{column: value})  # type: ignore[arg-type]
    assert entry_hash(changed) != entry_hash(ENTRY)


def test_the_hash_is_what_it_was_written_down_as() -> None:
    """JRN-3: an exported journal is verified years later by the same sum."""
    assert entry_hash(ENTRY) == HASH
    assert len(GENESIS) == 64


def test_the_same_instant_in_another_zone_is_the_same_entry() -> None:
    """TIME-1: instants are UTC, however they are said."""
    elsewhere = ENTRY.recorded_at.astimezone(timezone(timedelta(hours=-8)))
    assert entry_hash(replace(ENTRY, recorded_at=elsewhere)) == entry_hash(ENTRY)


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_can_be_moved_from_one_column_to_the_next(
    actor: str, command: str, other_actor: str, other_command: str
) -> None:
    """JRN-3: however the words are cut, two entries that differ have two hashes."""
    one = replace(ENTRY, actor=actor, command=command)
    other = replace(ENTRY, actor=other_actor, command=other_command)
    assert (entry_hash(one) == entry_hash(other)) == (one == other)


def test_a_chain_breaks_at_the_first_changed_entry() -> None:
    """JRN-1, JRN-3: each entry holds the hash of the one before."""
    entries = [ENTRY]
    for each in range(8, 12):
        previous = entry_hash(entries[-1])
        entries.append(replace(ENTRY, number=each, previous_hash=previous))
    entries[2] = replace(entries[2], content='{"phase":"VOIDED"}')
    broken = [
        now.number for before, now in pairwise(entries) if now.previous_hash != entry_hash(before)
    ]
    assert broken == [10]
