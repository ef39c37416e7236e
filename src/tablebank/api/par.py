"""Need/par over HTTP: what is in force, its history, what is proposed, and deciding it (PAR)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tablebank.api import asking, par_shapes, render
from tablebank.api.asking import page
from tablebank.api.door import found
from tablebank.api.endpoint import NoQuery, R, Read, Write
from tablebank.commands import advising, policies, proposals
from tablebank.commands.perform import Done
from tablebank.domain.establishment import ParProposal
from tablebank.domain.plain import plain
from tablebank.queries import house_book, par_book
from tablebank.queries.doors import View
from tablebank.queries.par_outcomes import par_outcomes


def _par(view: View, at: Any, query: asking.OnDay) -> Any:
    day = query.gaming_day or view.today
    return found(house_book.par_of_table(view.cursor, view.house, at, day=day))


def _policies(view: View, at: Any, query: asking.Policies) -> Any:
    items, ids = house_book.policies(
        view.cursor, view.casino_id, asked=query.asked, table_id=query.table_id
    )
    return page(items, ids)


def _proposals(view: View, at: Any, query: asking.Proposals) -> Any:
    items, ids = par_book.proposals(
        view.cursor,
        view.casino_id,
        asked=query.asked,
        status=query.status,
        table_id=query.table_id,
    )
    return page(_with_comments(view.cursor, view.casino_id, items), ids)


def _proposal(view: View, at: Any, query: NoQuery) -> Any:
    items = found(par_book.proposals_by_id(view.cursor, view.casino_id, [at]))
    return _with_comments(view.cursor, view.casino_id, items)[0]


def _with_comments(cursor: Any, casino_id: UUID, items: Sequence[ParProposal]) -> list[Any]:
    """Proposals as they are answered: each with what people said to it."""
    said = par_book.comments_on(cursor, casino_id, [each.id for each in items])
    return [{**plain(each), "comments": said.get(each.id, ())} for each in items]


def _outcomes(view: View, at: Any, query: NoQuery) -> Any:
    return par_outcomes(view.cursor, view.house, day=view.today)


def the_proposal(cursor: Any, done: Done) -> Any:
    """The proposal as it was decided."""
    casino_id = done.scene.casino_id
    items = found(par_book.proposals_by_id(cursor, casino_id, [done.decision.subject_id]))
    return plain(_with_comments(cursor, casino_id, items)[0])


def the_comment(cursor: Any, done: Done) -> Any:
    """The comment as it was kept."""
    proposal_id = done.decision.subject_id
    said = par_book.comments_on(cursor, done.scene.casino_id, [proposal_id])[proposal_id]
    wanted = UUID(done.decision.outcome["comment_id"])
    return plain(next(each for each in said if each.id == wanted))


def the_proposals(cursor: Any, done: Done) -> Any:
    """What was proposed, and the tables for which nothing was, each with the reason."""
    outcome = done.decision.outcome
    ids = [UUID(each) for each in outcome["items"]]
    made = par_book.proposals_by_id(cursor, done.scene.casino_id, ids)
    items = _with_comments(cursor, done.scene.casino_id, made)
    return {"items": items, "left": outcome["left"]}


PAR: tuple[Read | Write, ...] = (
    Read(
        path="/tables/{id}/par",
        tag="par",
        summary="The par in force for a table on a gaming day",
        query=asking.OnDay,
        answer=_par,
    ),
    Read(
        path="/par-policies",
        tag="par",
        summary="Par policy, oldest first",
        query=asking.Policies,
        answer=_policies,
    ),
    Write(
        path="/par-policies",
        tag="par",
        summary="Set a target need (par), or propose it",
        command=policies.SET_PAR,
        shape=par_shapes.ParIn,
        render=render.the_policy,
        refuses=(R.EFFECTIVE_DAY_PASSED, R.SETTING_INVALID, R.TOTAL_MISMATCH, R.NEGATIVE_AMOUNT),
    ),
    Read(
        path="/par-proposals",
        tag="par",
        summary="Proposed pars, oldest first",
        query=asking.Proposals,
        answer=_proposals,
    ),
    Write(
        path="/par-proposals",
        tag="par",
        summary="Ask for proposals: advice from fills, a median of openings, restored closes",
        command=advising.PROPOSE_PARS,
        shape=par_shapes.ProposeIn,
        render=the_proposals,
        refuses=(R.NOT_IMPREST, R.BANK_MODE_UNKNOWN),
    ),
    Read(
        path="/par-proposals/outcomes",
        tag="par",
        summary="How often proposed pars were taken, and fills per shift before and since",
        answer=_outcomes,
    ),
    Read(
        path="/par-proposals/{id}",
        tag="par",
        summary="A proposed par with its evidence, and what was said to it",
        answer=_proposal,
    ),
    Write(
        path="/par-proposals/{id}/comments",
        tag="par",
        summary="Say something to a proposed par, also after its decision",
        command=proposals.COMMENT,
        shape=par_shapes.CommentIn,
        render=the_comment,
    ),
    Write(
        path="/par-proposals/{id}/approve",
        tag="par",
        summary="Approve a proposed par from a coming gaming day on",
        command=proposals.APPROVE,
        shape=par_shapes.ApproveParIn,
        render=the_proposal,
        refuses=(R.PROPOSAL_DECIDED, R.EFFECTIVE_DAY_PASSED),
    ),
    Write(
        path="/par-proposals/{id}/reject",
        tag="par",
        summary="Reject a proposed par, with the reason",
        command=proposals.REJECT,
        shape=par_shapes.RejectParIn,
        render=the_proposal,
        refuses=(R.PROPOSAL_DECIDED, R.REASON_REQUIRED),
    ),
)
