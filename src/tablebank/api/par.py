"""Need/par over HTTP: what is in force, its history, what is proposed, and deciding it (PAR)."""

from typing import Any
from uuid import UUID

from tablebank.api import asking, par_shapes, render
from tablebank.api.asking import page
from tablebank.api.door import found
from tablebank.api.endpoint import R, Read, Write
from tablebank.commands import advising, policies, proposals
from tablebank.commands.perform import Done
from tablebank.queries import house_book, par_book
from tablebank.queries.doors import View


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
    return page(items, ids)


def the_proposal(cursor: Any, done: Done) -> Any:
    """The proposal as it was decided."""
    ids = [done.decision.subject_id]
    return found(par_book.proposals_by_id(cursor, done.scene.casino_id, ids))[0]


def the_proposals(cursor: Any, done: Done) -> Any:
    """What was proposed, and the tables for which nothing was, each with the reason."""
    outcome = done.decision.outcome
    ids = [UUID(each) for each in outcome["items"]]
    made = par_book.proposals_by_id(cursor, done.scene.casino_id, ids)
    return {"items": made, "left": outcome["left"]}


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
