"""The last thing a command does: signatures, findings, and its one journal entry (JRN-1).

The entry holds what was asked (never a PIN), every new row, and of every changed row what it was
and what it is now. The chain lock is taken here, not earlier, and held until the commit that
follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import uuid_utils.compat

from tablebank.commands.scene import Command, Scene, without_secrets
from tablebank.domain.count_sessions import IN_CLEAR
from tablebank.domain.decisions import Decision, differences
from tablebank.domain.facts import Finding
from tablebank.domain.journal import Entry
from tablebank.domain.plain import plain
from tablebank.domain.vouching import Signature
from tablebank.store.rows import TABLES
from tablebank.store.save import canonical, digest, insert, lock_head, update, write_entry


def write_down(
    scene: Scene,
    *,
    command_name: str,
    step: str,
    decision: Decision,
    new: Sequence[Any],
    changed: Sequence[Any],
    findings: Sequence[Finding],
    said: Mapping[str, Any],
    clock_moves: bool,
) -> None:
    """Signatures, then under the chain lock the findings and the entry that tells all of it."""
    signatures = _signatures(scene, step, decision)
    insert(scene.cursor, signatures)
    head = lock_head(scene.cursor, scene.casino_id)
    told = [_told(finding, head.number + 1) for finding in findings]
    for finding in told:
        before = scene.kept.get(finding.id)
        if before is None:
            insert(scene.cursor, (finding,))
        else:
            update(scene.cursor, before=before, now=finding)
    content = {
        "asked": plain(said),
        "new": [_written(each) for each in (*new, *signatures)],
        "changed": [
            {"row": TABLES[type(each)], "id": str(each.id), **_change(scene, each)}
            for each in changed
        ],
        "findings": [plain(each) for each in told],
        **({"events": list(decision.events)} if decision.events else {}),
    }
    by_program = scene.caller.method == "SYSTEM"
    entry = Entry(
        casino_id=scene.casino_id,
        number=0,
        recorded_at=scene.recorded_at,
        occurred_at=scene.occurred_at,
        actor_id=None if by_program else scene.caller.staff.id,
        actor=_actor(scene),
        role=scene.acted().role.value,
        command=command_name,
        subject_type=scene.target.type,
        subject_id=decision.subject_id,
        session_id=decision.session_id or scene.target.session_id,
        table_id=scene.target.table_id,
        content=canonical(content),
        previous_hash="",
    )
    write_entry(scene.cursor, head, entry, clock_at=scene.occurred_at if clock_moves else None)


def said_in_journal(command: Command, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was asked, as the journal says it: never a secret, and sealed by its hash where nobody
    outside may read it yet (SOFT-7)."""
    told = without_secrets(said)
    return {"sealed_sha256": digest(plain(told))} if command.sealed else told


def _written(record: Any) -> dict[str, Any]:
    """A new row; of one that is sealed, what it is about, and the hash of all of it."""
    whole = plain(record)
    row = {"row": TABLES[type(record)]}
    clear = IN_CLEAR.get(type(record))
    if clear is None:
        return {**row, **whole}
    about = {name: whole[name] for name in ("id", "casino_id", *clear)}
    return {**row, **about, "sealed_sha256": digest(whole)}


def _actor(scene: Scene) -> str:
    """Who did it, in words; at the command line nobody proved who they are, and it says so."""
    person = scene.caller.staff
    named = f"{person.badge} {person.name}"
    in_a_name = scene.caller.method == "SYSTEM" and person.id != scene.casino_id
    return f"command line for {named}" if in_a_name else named


def _told(finding: Finding, number: int) -> Finding:
    return replace(finding, journal_numbers=(*finding.journal_numbers, number))


def _change(scene: Scene, now: Any) -> dict[str, Any]:
    before = scene.kept[now.id]
    names = differences(before, now)
    return {
        "from": {name: plain(getattr(before, name)) for name in names},
        "to": {name: plain(value) for name, value in names.items()},
    }


def _signatures(scene: Scene, step: str, decision: Decision) -> tuple[Signature, ...]:
    act = scene.acted()
    return tuple(
        Signature(
            id=uuid_utils.compat.uuid7(),
            casino_id=scene.casino_id,
            subject_id=signed.subject_id,
            session_id=signed.session_id,
            step=step,
            staff_id=signer.staff_id,
            role=signer.role,
            method=signer.method,
            signed_at=act.occurred_at,
        )
        for signed in decision.signed
        for signer in act.signers
    )
