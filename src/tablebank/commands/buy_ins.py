"""Noting a buy-in at a table: telemetry, where the house takes any (BASE-5)."""

from dataclasses import dataclass, replace
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_session
from tablebank.domain.buy_ins import BuyIn, BuyInKind, Noted, checked_noted, note_buy_in
from tablebank.domain.decisions import Decision, Signed
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import SnapshotKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteBuyIn:
    """What was given for chips, in whole cents; with `supersedes` in place of one noted before."""

    kind: BuyInKind
    amount_cents: int
    supersedes: UUID | None = None
    reason: str | None = None
    noted: Noted | None = None


def _check(scene: Scene, body: NoteBuyIn) -> NoteBuyIn:
    before = None
    if body.supersedes is not None:
        before = scene.must(BuyIn, body.supersedes)
        if before.session_id != scene.target.session_id:
            raise Refused(Refusal.NOT_FOUND, {"supersedes": str(body.supersedes)})
    noted = Noted(
        kind=body.kind, amount_cents=body.amount_cents, supersedes=before, reason=body.reason
    )
    return replace(body, noted=checked_noted(noted))


def _note(scene: Scene, body: NoteBuyIn) -> Decision:
    if body.noted is None:
        raise RuntimeError("what is noted is not checked yet")
    session = scene.session()
    kept = note_buy_in(
        act=scene.acted(),
        settings=scene.house.settings,
        session=session,
        opener=effective_snapshot(scene.on_table(), session.id, SnapshotKind.OPENING),
        noted=body.noted,
        beside=scene.all_of(BuyIn, "supersedes = %s", body.supersedes),
    )
    return Decision(
        new=(kept,),
        signed=(Signed(subject_id=kept.id, session_id=session.id),),
        subject_id=kept.id,
        session_id=session.id,
    )


NOTE_BUY_IN = Command(
    name="note_buy_in",
    body=NoteBuyIn,
    step="telemetry",
    find=the_session,
    check=_check,
    decide=_note,
    creates=True,
)
