"""Writing a remark, and when a result asks for one (RUN-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tablebank.domain.decisions import Act, Decision, Signed
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.remarks import Remark, RemarkedOn
from tablebank.domain.rundown import Rundown


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a remark is on, and the session and table that belong to it, if any."""

    casino_id: UUID
    type: RemarkedOn
    id: UUID
    session_id: UUID | None
    table_id: UUID | None


def remark(*, act: Act, on: Subject, text: str, reference: str | None) -> Decision:
    """A signed remark on anything, whatever its state; refuses REASON_REQUIRED a blank one."""
    if not text.strip():
        raise Refused(Refusal.REASON_REQUIRED, {"needed": ["text"]})
    written = Remark(
        id=act.new_id(),
        casino_id=on.casino_id,
        subject_type=on.type,
        subject_id=on.id,
        session_id=on.session_id,
        table_id=on.table_id,
        text=text,
        reference=reference,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
    )
    return Decision(
        new=(written,),
        signed=(Signed(subject_id=written.id, session_id=on.session_id),),
        subject_id=written.id,
        session_id=on.session_id,
    )


def result_limit(group: Sequence[Session]) -> int | None:
    """The cents beyond which a win or loss asks for a remark: the least that was bound (BASE-7).

    None where the table had no such limit when the sessions were opened.
    """
    bound = [each.limits.get("result_cents") for each in group if each.limits]
    return min((each for each in bound if each is not None), default=None)


def asks_for_remark(facts: TableFacts, group: Sequence[Session], result: Rundown) -> bool:
    """Whether the result is beyond the limit and nobody has said anything to it.

    What was written on a session of the group before its last box was counted said nothing to a
    result that nobody knew yet.
    """
    limit, win = result_limit(group), result.table_win_cents
    if limit is None or win is None or abs(win) <= limit:
        return False
    known_at = [each.recorded_at for each in facts.counts if each.id in result.inputs.counts]
    members = {each.id for each in group}
    return not any(
        each.subject_type == RemarkedOn.SESSION
        and each.subject_id in members
        and all(each.recorded_at >= at for at in known_at)
        for each in facts.remarks
    )


def check_remarked(facts: TableFacts, group: Sequence[Session], result: Rundown) -> None:
    """Refuses REMARK_REQUIRED a result that asks for a remark and has none (RUN-10)."""
    if asks_for_remark(facts, group, result):
        raise Refused(
            Refusal.REMARK_REQUIRED,
            {"limit_cents": result_limit(group), "table_win_cents": result.table_win_cents},
        )
