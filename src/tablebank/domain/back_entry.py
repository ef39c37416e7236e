"""Back entry: what a signed paper makes of a decision (BACK-1).

A step that is entered from paper is decided like any other step, by the same rules of the same
module. What differs is the same for all of them and stands here: the counts rest on PAPER, forms
take their numbers from a series of their own, and beside every fact that is vouched for stands the
paper it was read from.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import Act, Decision
from tablebank.domain.facts import Slip, Snapshot, TableFacts
from tablebank.domain.papers import Paper, PaperEntry
from tablebank.domain.terms import Basis, Form, SlipStatus

OF_PAPER: Mapping[Form, Form] = {
    Form.FILL: Form.PAPER_FILL,
    Form.CREDIT: Form.PAPER_CREDIT,
    Form.REQUEST: Form.PAPER_REQUEST,
    Form.OPENER: Form.PAPER_OPENER,
    Form.CLOSER: Form.PAPER_CLOSER,
}
"""The series of a form that was written by hand: the paper's own number is kept beside it."""
_MADE_OUT = frozenset({SlipStatus.ISSUED, SlipStatus.PICKED_UP, SlipStatus.VERIFIED_AT_CAGE})
"""With one of these a slip is made out (SLIP-2)."""


def entered_from_paper(*, act: Act, facts: TableFacts, decision: Decision) -> Decision:
    """The decision as it stands on paper; as it is where nothing was read from one."""
    paper = act.paper
    if paper is None or decision.changed_nothing:
        return decision
    entries = (
        PaperEntry(
            id=act.new_id(),
            casino_id=facts.table.casino_id,
            subject_id=signed.subject_id,
            session_id=signed.session_id,
            table_id=facts.table.id,
            form=paper.form,
            form_number=paper.number,
            signed_by=paper.signed_by,
            reason=paper.reason,
            occurred_at=_happened_at(act, decision, signed.subject_id),
            recorded_at=act.recorded_at,
            recorded_by=act.actor_id,
        )
        for signed in decision.signed
    )
    series = (replace(each, form=OF_PAPER.get(each.form, each.form)) for each in decision.forms)
    return replace(
        decision,
        new=(*(_on_paper(each, paper) for each in decision.new), *entries),
        forms=tuple(series),
    )


def _on_paper(record: Any, paper: Paper) -> Any:
    """A count that was read from paper rests on it, and says why it came late (SNAP-1)."""
    if not isinstance(record, Snapshot) or record.is_synthetic:
        return record
    return replace(record, basis=Basis.PAPER, reason=record.reason or paper.reason)


def _happened_at(act: Act, decision: Decision, subject_id: UUID) -> datetime:
    """When the fact happened by its own word: the steps of a whole slip each have their time."""
    for record in decision.new:
        if record.id == subject_id:
            instant: datetime = getattr(record, "occurred_at", act.occurred_at)
            return instant
    return act.occurred_at


def paper_from(told: Mapping[str, Any]) -> Paper:
    """A paper from what a body says of it; its fields were seen to be there."""
    return Paper(
        form=told["form"],
        number=told["number"],
        signed_by=tuple(told["signed_by"]),
        reason=told["reason"],
    )


def number_in_box(facts: TableFacts, form: Slip | Snapshot) -> str | None:
    """The number that stands on a form as it lies in a drop box (SNAP-8, BACK-1).

    That of the paper where the form was written by hand, else the form's own: the count room finds
    what was put in, and never a number that was taken afterwards.
    """
    papers = {each.subject_id: each.form_number for each in facts.papers}
    if isinstance(form, Snapshot):
        return papers.get(form.id, form.number)
    made_out = [
        step.id for step in facts.steps if step.slip_id == form.id and step.status in _MADE_OUT
    ]
    return next((papers[each] for each in made_out if each in papers), form.number)
