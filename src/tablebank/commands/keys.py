"""Keys of commands: the same key with the same content is answered as the first time (IDEM-1)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tablebank.commands.scene import Scene, without_secrets
from tablebank.domain.refusals import Refusal, Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The answer a key has already."""

    status: int
    text: str


def fingerprint(said: Mapping[str, Any]) -> str:
    """What a key is bound to: a command, its path and its body, without PINs and passwords."""
    plain = without_secrets(said)
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


def claim(scene: Scene, key: str | None, content: str) -> Kept | None:
    """Claim the key for this content, or give the answer it already has (IDEM-1).

    A twin that arrives at once waits here for the first to end: then it finds the answer, or, if
    the first was refused, the key free again. Refuses IDEMPOTENCY_KEY_REUSED other content.
    """
    if key is None:
        return None
    mine = [scene.casino_id, scene.caller.staff.id, key]
    claimed = scene.cursor.execute(
        "insert into idempotency_key (casino_id, staff_id, key, fingerprint, recorded_at)"
        " values (%s, %s, %s, %s, %s) on conflict do nothing returning 1",
        [*mine, content, scene.recorded_at],
    ).fetchone()
    if claimed is not None:
        return None
    row = scene.cursor.execute(
        "select fingerprint, status, answer from idempotency_key"
        " where casino_id = %s and staff_id = %s and key = %s",
        mine,
    ).fetchone()
    if row is None or row[1] is None:
        raise Refused(Refusal.TRY_AGAIN)
    if row[0] != content:
        raise Refused(Refusal.IDEMPOTENCY_KEY_REUSED)
    return Kept(status=row[1], text=row[2])


def keep(scene: Scene, key: str | None, answered: Kept) -> None:
    """The answer under its key, in the transaction that did what it says."""
    if key is not None:
        scene.cursor.execute(
            "update idempotency_key set status = %s, answer = %s"
            " where casino_id = %s and staff_id = %s and key = %s",
            [answered.status, answered.text, scene.casino_id, scene.caller.staff.id, key],
        )
