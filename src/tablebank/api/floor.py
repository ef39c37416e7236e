"""Sessions, slips, boxes, drops, counts, results, exceptions: the addresses of a table's life."""

from collections.abc import Callable
from typing import Any

from tablebank.api import answers, asking, render, shapes, slip_shapes
from tablebank.api.amendments import AMEND
from tablebank.api.body import CommandBody
from tablebank.api.endpoint import R, Read, Write
from tablebank.api.trays import CHIPS, TRAYS
from tablebank.commands import drops, results, sessions, slips
from tablebank.commands.scene import Command


def _on_session(
    path: str,
    command: Command,
    summary: str,
    *refuses: Any,
    shape: type[CommandBody] = shapes.PlainIn,
    render_with: Callable[..., Any] = render.the_session,
) -> Write:
    return Write(
        path=f"/sessions{path}",
        tag="sessions",
        summary=summary,
        command=command,
        shape=shape,
        render=render_with,
        refuses=refuses,
    )


def _on_slip(
    step: str,
    command: Command,
    summary: str,
    *refuses: Any,
    shape: type[CommandBody] = slip_shapes.StepIn,
) -> Write:
    return Write(
        path=f"/slips/{{id}}/{step}",
        tag="slips",
        summary=summary,
        command=command,
        shape=shape,
        render=render.the_slip,
        refuses=(R.SLIP_STATUS, *refuses),
    )


SESSIONS: tuple[Read | Write, ...] = (
    Read(
        path="/sessions",
        tag="sessions",
        summary="Sessions",
        query=asking.Sessions,
        answer=answers.sessions,
    ),
    _on_session(
        "",
        sessions.PREPARE,
        "Prepare a session, and perhaps open it",
        R.TABLE_NOT_ACTIVE,
        R.SESSION_ALREADY_PREPARED,
        R.SESSION_ALREADY_LIVE,
        R.PRECONDITIONS_MISSING,
        shape=shapes.PrepareIn,
    ),
    _on_session(
        "/prepare",
        sessions.PREPARE_SHIFT,
        "Prepare a whole shift's tables",
        shape=shapes.PrepareShiftIn,
        render_with=render.the_prepared,
    ),
    Read(path="/sessions/{id}", tag="sessions", summary="A session", answer=answers.session),
    _on_session(
        "/{id}/open",
        sessions.OPEN,
        "Open: bind mode, need and policy",
        R.TABLE_NOT_ACTIVE,
        R.SESSION_ALREADY_LIVE,
        R.SESSION_NOT_READY,
        R.PRECONDITIONS_MISSING,
    ),
    _on_session(
        "/{id}/void",
        sessions.VOID_SESSION,
        "Void a session",
        R.SESSION_IN_USE,
        shape=shapes.WithReasonIn,
    ),
    _on_session(
        "/{id}/snapshots",
        sessions.RECORD_SNAPSHOT,
        "Record a count of the tray",
        *CHIPS,
        R.SESSION_NOT_OPENING,
        R.SESSION_NOT_OPEN,
        R.SESSION_NOT_CLOSING,
        R.OPENING_VARIANCE_NEEDS_MANAGER,
        R.SNAPSHOT_NOT_REPLACEABLE,
        R.PAR_ATTESTED_NOT_ALLOWED,
        R.REASON_REQUIRED,
        R.COUNT_STALE,
        R.SIGNER_INVOLVED,
        shape=shapes.SnapshotIn,
        render_with=render.the_snapshot,
    ),
    Read(
        path="/sessions/{id}/snapshots", tag="sessions", summary="Counts", answer=answers.snapshots
    ),
    _on_session(
        "/{id}/roll-over",
        sessions.ROLL_OVER,
        "Close this session and open the next with one count",
        *CHIPS,
        R.SESSION_NOT_OPEN,
        R.RESTORE_REQUIRED,
        R.PAR_VARIANCE_NEEDS_MANAGER,
        R.BANK_MODE_UNKNOWN,
        R.COUNT_STALE,
        R.SIGNER_INVOLVED,
        R.PRECONDITIONS_MISSING,
        shape=shapes.RollOverIn,
        render_with=render.the_roll_over,
    ),
    _on_session(
        "/{id}/closing",
        sessions.BEGIN_CLOSING,
        "Begin closing",
        R.SESSION_NOT_OPEN,
        shape=shapes.ClosingIn,
    ),
    _on_session(
        "/{id}/attest-par",
        sessions.ATTEST_PAR,
        "Attest that the tray was restored to par",
        R.SESSION_NOT_CLOSING,
        R.NOT_IMPREST,
    ),
    _on_session(
        "/{id}/close",
        sessions.CLOSE,
        "Close; by force, a pit manager's",
        R.SESSION_NOT_CLOSING,
        R.SLIPS_IN_FLIGHT,
        R.CLOSING_COUNT_MISSING,
        R.COUNT_STALE,
        R.RESTORE_REQUIRED,
        R.PAR_VARIANCE_NEEDS_MANAGER,
        R.BANK_MODE_UNKNOWN,
        R.REASON_REQUIRED,
        shape=shapes.CloseIn,
    ),
    *TRAYS,
    Read(path="/sessions/{id}/rundown", tag="results", summary="Rundown", answer=answers.rundown),
    Read(
        path="/sessions/{id}/reports",
        tag="results",
        summary="Final reports",
        answer=answers.reports,
    ),
    Read(
        path="/drop-groups/{id}/rundown",
        tag="results",
        summary="Rundown of a drop group",
        answer=answers.group,
    ),
    _on_session(
        "/{id}/review",
        results.REVIEW,
        "A pit manager has looked at the result",
        R.SESSION_NOT_CLOSED,
        render_with=render.the_rundown,
    ),
    _on_session(
        "/{id}/reconcile",
        results.RECONCILE,
        "Reconcile: every check, nothing open",
        R.SESSION_NOT_CLOSED,
        R.COUNT_PENDING,
        R.EXCEPTIONS_OPEN,
        R.REMARK_REQUIRED,
        R.ALREADY_RECONCILED,
        R.ALREADY_FINALIZED,
        R.SIGNER_INVOLVED,
        render_with=render.the_rundown,
    ),
    _on_session(
        "/{id}/finalize",
        results.FINALIZE,
        "Finalize: an immutable report",
        R.NOT_RECONCILED,
        R.COUNT_PENDING,
        R.EXCEPTIONS_OPEN,
        R.REMARK_REQUIRED,
        R.ALREADY_FINALIZED,
        R.SIGNER_INVOLVED,
        shape=shapes.FinalizeIn,
        render_with=render.the_rundown,
    ),
    AMEND,
)

SLIPS: tuple[Read | Write, ...] = (
    _on_session(
        "/{id}/fills",
        slips.REQUEST_FILL,
        "Ask for a fill",
        *CHIPS,
        R.CHIPSET_EMPTY,
        R.SESSION_NOT_OPEN,
        R.SESSION_NOT_CLOSING,
        R.NOT_IMPREST,
        R.PAPER_ALREADY_ENTERED,
        R.SLIP_STATUS,
        R.BOX_NOT_MOUNTED,
        shape=slip_shapes.FillIn,
        render_with=render.the_slip,
    ),
    _on_session(
        "/{id}/credits",
        slips.REQUEST_CREDIT,
        "Ask for a credit",
        *CHIPS,
        R.CHIPSET_EMPTY,
        R.SESSION_NOT_OPEN,
        R.SESSION_NOT_CLOSING,
        R.NOT_IMPREST,
        R.PAPER_ALREADY_ENTERED,
        R.SLIP_STATUS,
        R.BOX_NOT_MOUNTED,
        shape=slip_shapes.CreditIn,
        render_with=render.the_slip,
    ),
    Read(path="/slips", tag="slips", summary="Slips", query=asking.Slips, answer=answers.slips),
    Read(path="/slips/{id}", tag="slips", summary="A slip", answer=answers.slip),
    _on_slip("issue", slips.ISSUE_FILL, "Issue a fill", R.SESSION_NOT_OPEN, R.RUNNER_CHANGED),
    _on_slip("pick-up", slips.PICK_UP_CREDIT, "Pick a credit up", R.SESSION_NOT_OPEN),
    _on_slip(
        "verify",
        slips.VERIFY_SLIP,
        "Verify: count the chips where they arrive",
        *CHIPS,
        R.SESSION_NOT_OPEN,
        R.RUNNER_CHANGED,
        R.BOX_NOT_MOUNTED,
        R.REFERENCE_UNKNOWN,
        shape=slip_shapes.VerifyIn,
    ),
    _on_slip(
        "deposit",
        slips.DEPOSIT_SLIP,
        "Deposit the slip in the drop box",
        R.RUNNER_CHANGED,
        R.BOX_NOT_MOUNTED,
        R.REFERENCE_UNKNOWN,
        shape=slip_shapes.DepositIn,
    ),
    _on_slip("relieve-runner", slips.RELIEVE_RUNNER, "Relieve the runner", R.RUNNER_CHANGED),
    _on_slip("cancel", slips.CANCEL_SLIP, "Cancel a request", shape=slip_shapes.CancelIn),
    _on_slip(
        "void",
        slips.VOID_SLIP,
        "Void a slip whose chips were counted back",
        *CHIPS,
        R.SIGNER_INVOLVED,
        R.REFERENCE_UNKNOWN,
        shape=slip_shapes.VoidSlipIn,
    ),
)


def _drop_write(
    path: str,
    command: Command,
    summary: str,
    *refuses: Any,
    shape: type[CommandBody],
    render_with: Callable[..., Any],
) -> Write:
    return Write(
        path=path,
        tag="drops",
        summary=summary,
        command=command,
        shape=shape,
        render=render_with,
        refuses=refuses,
    )


DROPS: tuple[Read | Write, ...] = (
    Read(path="/boxes", tag="drops", summary="Boxes", query=asking.Listing, answer=answers.boxes),
    _drop_write(
        "/boxes",
        drops.REGISTER_BOX,
        "Register a box",
        R.CODE_TAKEN,
        shape=shapes.BoxIn,
        render_with=render.the_box,
    ),
    _drop_write(
        "/tables/{id}/mount-box",
        drops.MOUNT_BOX,
        "Mount a box on a table that has none",
        R.TABLE_HAS_BOX,
        R.BOX_NOT_FREE,
        R.REFERENCE_UNKNOWN,
        shape=shapes.MountIn,
        render_with=render.the_table,
    ),
    _drop_write(
        "/sessions/{id}/drop/schedule",
        sessions.SCHEDULE_DROP,
        "Say when the box is due",
        R.SESSION_NOT_OPEN,
        R.BOX_NOT_MOUNTED,
        shape=shapes.DropWindowIn,
        render_with=render.the_session,
    ),
    _drop_write(
        "/sessions/{id}/drop/remove",
        drops.REMOVE_BOX,
        "Remove the box, and mount another",
        R.SESSION_NOT_OPEN,
        R.BOX_NOT_MOUNTED,
        R.BOX_NOT_FREE,
        R.REASON_REQUIRED,
        R.REFERENCE_UNKNOWN,
        shape=shapes.RemoveIn,
        render_with=render.the_drop,
    ),
    Read(path="/drops", tag="drops", summary="Drops", query=asking.Drops, answer=answers.drops),
    Read(path="/drops/{id}", tag="drops", summary="A drop", answer=answers.drop),
    _drop_write(
        "/drops/{id}/custody",
        drops.RECORD_CUSTODY,
        "Hand a box over",
        R.CUSTODY_ORDER,
        shape=shapes.CustodyIn,
        render_with=render.the_drop,
    ),
    _drop_write(
        "/drops/{id}/count",
        drops.POST_COUNT,
        "Post the count of a box",
        R.ALREADY_COUNTED,
        R.COUNT_REVISION_INVALID,
        R.TOTAL_MISMATCH,
        R.NEGATIVE_AMOUNT,
        R.REFERENCE_UNKNOWN,
        shape=shapes.CountIn,
        render_with=render.the_count,
    ),
)

RECORD: tuple[Read | Write, ...] = (
    Read(
        path="/journal",
        tag="journal",
        summary="The journal from a position",
        query=asking.After,
        answer=answers.journal_page,
    ),
    Read(path="/journal/verify", tag="journal", summary="Verify the chain", answer=answers.verify),
)
