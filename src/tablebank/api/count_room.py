"""Count sessions: the addresses of the count room (SOFT-7)."""

from collections.abc import Callable
from typing import Any

from tablebank.api import asking, count_shapes, shapes
from tablebank.api.body import CommandBody
from tablebank.api.door import found
from tablebank.api.endpoint import R, Read, Write
from tablebank.commands import count_posting, count_sessions
from tablebank.commands.perform import Done
from tablebank.commands.scene import Command
from tablebank.domain.plain import plain
from tablebank.queries import count_book
from tablebank.queries.doors import View


def _sessions(view: View, at: Any, query: asking.CountSessions) -> Any:
    ids = count_book.count_session_ids(
        view.cursor, view.casino_id, asked=query.asked, gaming_day=query.gaming_day
    )
    return asking.page(_seen(view, ids.ids), ids)


def _session(view: View, at: Any, query: Any) -> Any:
    return found(_seen(view, [at]))[0]


def _seen(view: View, ids: Any) -> Any:
    reader = count_book.reader_of(view.caller.roles, blind=view.blind)
    return count_book.count_sessions_by_id(view.cursor, view.casino_id, ids, reader=reader)


def the_count_session(cursor: Any, done: Done) -> Any:
    """The session as its caller may see it, and what posting it raised."""
    scene, outcome = done.scene, done.decision.outcome
    session_id = done.target.id if done.target.type == "count_session" else None
    sheets = count_book.count_sessions_by_id(
        cursor,
        scene.casino_id,
        [session_id or done.decision.subject_id],
        reader=count_book.reader_of(scene.caller.roles, blind=scene.blind),
    )
    raised = [
        {"id": str(each.id), "kind": each.kind, "variance_cents": each.variance_cents}
        for each in done.findings
        if each.status == "OPEN"
    ]
    return {**plain(found(sheets)[0]), **outcome, "exceptions_raised": raised}


def _write(
    path: str,
    command: Command,
    summary: str,
    *refuses: Any,
    method: str = "POST",
    shape: type[CommandBody] = shapes.PlainIn,
    render: Callable[[Any, Done], Any] = the_count_session,
) -> Write:
    return Write(
        method=method,
        path=path,
        tag="counts",
        summary=summary,
        command=command,
        shape=shape,
        render=render,
        refuses=refuses,
    )


ENTERING = (
    R.COUNT_SESSION_POSTED,
    R.ALREADY_COUNTED,
    R.TOTAL_MISMATCH,
    R.NEGATIVE_AMOUNT,
)

COUNT_SESSIONS: tuple[Read | Write, ...] = (
    Read(
        path="/count-sessions",
        tag="counts",
        summary="Count sessions",
        query=asking.CountSessions,
        answer=_sessions,
    ),
    Read(path="/count-sessions/{id}", tag="counts", summary="A count session", answer=_session),
    _write(
        "/count-sessions",
        count_sessions.START_COUNT_SESSION,
        "Begin to count the boxes of a gaming day",
        R.COUNT_TEAM_TOO_SMALL,
        R.SIGNER_INVOLVED,
        R.CODE_TAKEN,
        R.REFERENCE_UNKNOWN,
        shape=count_shapes.StartCountSessionIn,
    ),
    _write(
        "/count-sessions/{id}/team",
        count_sessions.CHANGE_COUNT_TEAM,
        "Join the team, or leave it",
        R.COUNT_SESSION_POSTED,
        R.COUNT_TEAM_TOO_SMALL,
        R.COUNT_TEAM_UNCHANGED,
        R.SIGNER_INVOLVED,
        R.REFERENCE_UNKNOWN,
        shape=count_shapes.CountTeamIn,
    ),
    _write(
        "/count-sessions/{id}/boxes/{drop_id}",
        count_sessions.ENTER_BOX,
        "Enter a box, or enter it again",
        *ENTERING,
        method="PUT",
        shape=count_shapes.EnterBoxIn,
    ),
    _write(
        "/count-sessions/{id}/boxes",
        count_sessions.ENTER_BOX,
        "Enter a box that is named by its code, known as removed or not",
        *ENTERING,
        R.REFERENCE_UNKNOWN,
        shape=count_shapes.LooseBoxIn,
    ),
    _write(
        "/count-sessions/{id}/boxes/{drop_id}",
        count_sessions.WITHDRAW_BOX,
        "Take a box out again that was entered by mistake",
        R.COUNT_SESSION_POSTED,
        method="DELETE",
    ),
    _write(
        "/count-sessions/{id}/verifier",
        count_posting.VERIFY_COUNT_SESSION,
        "Verify the total, blind",
        R.COUNT_SESSION_POSTED,
        R.COUNT_VERIFIED,
        R.SIGNER_INVOLVED,
        R.NEGATIVE_AMOUNT,
        shape=count_shapes.VerifierIn,
    ),
    _write(
        "/count-sessions/{id}/post",
        count_posting.POST_COUNT_SESSION,
        "Post everything that was entered, as a whole",
        R.COUNT_SESSION_EMPTY,
        R.COUNT_NOT_VERIFIED,
        R.COUNT_TEAM_TOO_SMALL,
        R.ALREADY_COUNTED,
        R.SIGNER_INVOLVED,
    ),
    _write(
        "/count-sessions/{id}/attach",
        count_posting.ATTACH_BOX,
        "Say which drop a box was that nobody was known to have taken",
        R.COUNT_PENDING,
        R.ALREADY_COUNTED,
        R.REFERENCE_UNKNOWN,
        shape=count_shapes.AttachIn,
    ),
)
