"""What no command does: move chips beside slips and counts, from table to table, or for anything.

Looked for in the catalogue of commands, so that a new one that carries chips says here what it is.
"""

from tests.api.catalogue import WRITES

CHIPS = frozenset({"chipset", "counted_back", "target_chipset"})
"""What a command calls chips, or what they come to."""
SAYS_CHIPS = {
    "POST /par-policies",
    "POST /sessions/{id}/snapshots",
    "POST /sessions/{id}/roll-over",
    "POST /sessions/{id}/observations",
    "POST /tables/{id}/idle-count",
    "POST /sessions/{id}/fills",
    "POST /sessions/{id}/credits",
    "POST /slips/{id}/verify",
    "POST /slips/{id}/void",
}
"""Policy, counts, readings by eye and slips: and of these only slips move any."""
EVERY_COMMAND = frozenset({"occurred_at", "signatures", "acting_role", "remark", "paper"})


def _fields(endpoint: str) -> set[str]:
    return set(WRITES[endpoint].shape.model_fields) - EVERY_COMMAND


def test_chips_are_told_by_counts_and_slips_alone() -> None:
    """SLIP-5, INV-01: there is no command that adjusts an inventory."""
    said = {each for each in WRITES if CHIPS & _fields(each)}
    assert said == SAYS_CHIPS


def test_no_command_names_two_tables() -> None:
    """SLIP-5, XFR-01: what a slip or a count is of stands in its address; its body
    names no other table.
    """
    for endpoint in SAYS_CHIPS - {"POST /par-policies"}:
        named = [each for each in _fields(endpoint) if "table" in each or "session" in each]
        assert not named, endpoint


def test_a_fill_brings_chips_and_nothing_else() -> None:
    """SLIP-5, XFR-02: nothing is given for it, and no instrument comes with it."""
    assert _fields("POST /sessions/{id}/fills") == {
        *("chipset", "total_cents", "purpose"),
        *("box", "steps"),
    }
