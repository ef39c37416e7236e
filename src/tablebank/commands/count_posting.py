"""Commands that end a count: the verifier, posting the whole, attaching a box that lay loose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from tablebank.commands.count_sessions import count_session, entries_of, the_count_session
from tablebank.commands.independence import check_independent
from tablebank.commands.reaching import Reach, facts_in_reach, reach_of_boxes
from tablebank.commands.scene import Command, Scene
from tablebank.commands.transfers import transfer_findings
from tablebank.domain.count_posting import Posting, attach_box, post_session, verify_session
from tablebank.domain.count_sessions import (
    CountEntry,
    CountSession,
    CountVerification,
    standing_entries,
)
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Box, Count, Finding, Removal
from tablebank.domain.findings.unattributed_box import KIND, attached, unattributed_boxes
from tablebank.domain.money import checked_cents
from tablebank.domain.refusals import Refusal, Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifyCountSession:
    """What cage or accounting counted, in cents, not knowing the team's total (CNT-16)."""

    total_cents: int


def _check_total(scene: Scene, body: VerifyCountSession) -> VerifyCountSession:
    checked_cents(body.total_cents, pointer="/total_cents")
    return body


def _verification(scene: Scene) -> CountVerification | None:
    found = scene.all_of(CountVerification, "count_session_id = %s", scene.named())
    return found[0] if found else None


VERIFY_COUNT_SESSION = Command(
    name="verify_count_session",
    body=VerifyCountSession,
    step="verify_count",
    find=the_count_session,
    check=_check_total,
    decide=lambda scene, body: verify_session(
        act=scene.acted(),
        session=count_session(scene),
        total_cents=body.total_cents,
        known=_verification(scene),
    ),
    sealed=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PostCountSession:
    """Post all that was entered, as a whole: every member of the team signs once (SOFT-7)."""


def _reach(scene: Scene, body: PostCountSession) -> Reach:
    if count_session(scene).posted_at is not None:
        return {}
    entries = standing_entries(entries_of(scene, count_session(scene)))
    evidence = [line for each in entries for line in each.evidence]
    return reach_of_boxes(scene, [each.removal_id for each in entries if each.removal_id], evidence)


def _check_counters(scene: Scene, body: PostCountSession) -> PostCountSession:
    session = count_session(scene)
    members = [UUID(each["staff_id"]) for each in session.present]
    check_independent(scene, members, day=session.gaming_day)
    return body


def _post(scene: Scene, body: PostCountSession) -> Decision:
    session, entries = count_session(scene), entries_of(scene, count_session(scene))
    posting = Posting(
        session=session,
        entries=entries,
        verification=_verification(scene),
        tables=facts_in_reach(scene) if scene.reach else {},
    )
    decision = post_session(act=scene.acted(), house=scene.house, posting=posting)
    if decision.changed_nothing:
        return decision
    counted = [each for each in decision.new if isinstance(each, Count)]
    findings = (*transfer_findings(scene, session, counted), *_unattributed(scene, session))
    return replace(decision, findings=findings)


def _unattributed(scene: Scene, session: CountSession) -> tuple[Finding, ...]:
    """The boxes that nobody is known to have taken."""
    loose = [
        each for each in standing_entries(entries_of(scene, session)) if each.removal_id is None
    ]
    codes = {each.id: each.code for each in scene.all_of(Box, "id = any(%s)", _boxes(loose))}
    named = [(each, codes[each.box_id]) for each in loose]
    return unattributed_boxes(act=scene.acted(), house=scene.house, session=session, loose=named)


def _boxes(entries: Sequence[CountEntry]) -> list[UUID]:
    return [each.box_id for each in entries]


POST_COUNT_SESSION = Command(
    name="post_count_session",
    body=PostCountSession,
    step="post_count",
    find=the_count_session,
    check=_check_counters,
    reach=_reach,
    decide=_post,
    team=lambda scene, body: count_session(scene).badges,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachBox:
    """Say which drop a box was that lay in the count room and was not known as removed (SOFT-3)."""

    drop_id: UUID
    box: str
    reason: str
    entry: CountEntry | None = None
    removal: Removal | None = None


def _check_attach(scene: Scene, body: AttachBox) -> AttachBox:
    box = scene.box_named(body.box, pointer="/box")
    removal = scene.must(Removal, body.drop_id)
    loose = [
        each
        for each in standing_entries(entries_of(scene, count_session(scene)))
        if each.removal_id is None and box is not None and each.box_id == box.id
    ]
    if not loose:
        raise Refused(Refusal.REFERENCE_UNKNOWN, {"box": body.box})
    return replace(body, entry=loose[0], removal=removal)


def _attach(scene: Scene, body: AttachBox) -> Decision:
    if body.entry is None or body.removal is None:
        raise RuntimeError("the box was not looked up")
    decision = attach_box(
        act=scene.acted(),
        settings=scene.house.settings,
        facts=facts_in_reach(scene)[body.removal.table_id],
        removal=body.removal,
        counted=(count_session(scene), body.entry),
    )
    kept = scene.all_of(Finding, "kind = %s and subject_id = %s", KIND, str(body.entry.id))
    return replace(decision, findings=attached(act=scene.acted(), kept=kept))


def _reach_of_attached(scene: Scene, body: AttachBox) -> Reach:
    evidence = body.entry.evidence if body.entry else ()
    return reach_of_boxes(scene, [body.drop_id], evidence)


ATTACH_BOX = Command(
    name="attach_count",
    body=AttachBox,
    step="attach_count",
    find=the_count_session,
    check=_check_attach,
    reach=_reach_of_attached,
    decide=_attach,
)
