"""Whether the verifier's total is still the count team's, when a count of their session changes."""

from collections.abc import Collection
from uuid import UUID

from tablebank.commands.scene import Scene
from tablebank.domain.count_posting import counted_total_cents
from tablebank.domain.count_sessions import (
    CountEntry,
    CountSession,
    CountVerification,
    standing_entries,
)
from tablebank.domain.facts import Count, Finding, Removal
from tablebank.domain.findings.transfer_variance import TRANSFER_VARIANCE, transfer_variance


def transfer_findings(
    scene: Scene, session: CountSession, new: Collection[Count]
) -> tuple[Finding, ...]:
    """TRANSFER_VARIANCE raised, changed or cleared, with these counts taken in beside the others.

    The total is of all that lay on the table, boxes that nobody has attached yet too (SOFT-3).
    """
    ours = "count_session_id = %s"
    counts = (*scene.all_of(Count, ours, session.id), *new)
    entries = standing_entries(scene.all_of(CountEntry, ours, session.id))
    attached = _boxes_of(scene, [each.removal_id for each in counts])
    loose = [each for each in entries if each.removal_id is None and each.box_id not in attached]
    verified = scene.all_of(CountVerification, ours, session.id)
    kept = scene.all_of(
        Finding, "kind = %s and subject_id = %s", TRANSFER_VARIANCE.name, str(session.id)
    )
    return transfer_variance(
        act=scene.acted(),
        house=scene.house,
        session=session,
        verification=verified[0] if verified else None,
        counted_cents=counted_total_cents(counts) + sum(each.total_cents for each in loose),
        kept=kept[0] if kept else None,
    )


def _boxes_of(scene: Scene, removal_ids: Collection[UUID]) -> frozenset[UUID]:
    found = scene.all_of(Removal, "id = any(%s)", list(removal_ids))
    return frozenset(each.box_id for each in found)
