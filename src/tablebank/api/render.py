"""How commands are answered: the thing created, else the thing the path names, as it now is.

Called inside the command's own transaction, so a replay can show the very same text (IDEM-1).
"""

from typing import Any
from uuid import UUID

from tablebank.api.answers import sessions_shown
from tablebank.api.door import Once, found
from tablebank.commands.people import token_text
from tablebank.commands.perform import Done
from tablebank.domain.boxes import group_of
from tablebank.domain.facts import Report
from tablebank.domain.lifecycle import status_of
from tablebank.domain.plain import plain
from tablebank.queries import drop_book, findings, house_book, rundowns, session_sheet, slip_book


def the_session(cursor: Any, done: Done) -> Any:
    return session(cursor, done, done.decision.session_id or done.decision.subject_id)


def session(cursor: Any, done: Done, session_id: UUID) -> Any:
    scene = done.scene
    sheets = session_sheet.sessions_by_id(cursor, scene.casino_id, [session_id], blind=scene.blind)
    seen = sessions_shown(scene.house, found(sheets), now=scene.now)[0]
    return {**seen, "exceptions_raised": raised_by(done)}


def raised_by(done: Done) -> list[dict[str, Any]]:
    """What this command raised, beside the thing it answers with (SLIP-3)."""
    return [
        {"id": str(each.id), "kind": each.kind, "variance_cents": each.variance_cents}
        for each in done.findings
        if each.status == "OPEN"
    ]


def the_snapshot(cursor: Any, done: Done) -> Any:
    """The snapshot with `session_status`; or the trial, and that it must be counted again."""
    scene = done.scene
    status = status_of(scene.session())
    if done.decision.outcome:
        return _the_trial(done)
    sheets = session_sheet.snapshots_of(cursor, scene.casino_id, scene.session().id, blind=False)
    mine = next(each for each in sheets if each.id == done.decision.subject_id)
    return {**plain(mine), "session_status": status, "exceptions_raised": raised_by(done)}


def _the_trial(done: Done) -> dict[str, Any]:
    """The first count as it is kept, and that a second is needed; a blind one says not how far off.

    Who is to count once more must not learn it from the answer to the first (SNAP-4).
    """
    scene, outcome = done.scene, done.decision.outcome
    trial = next(each for each in scene.on_table().trials if each.id == done.decision.subject_id)
    return {
        **outcome,
        "session_id": str(trial.session_id),
        "trial": {**plain(trial), "difference_cents": outcome["difference_cents"]},
        "session_status": status_of(scene.session()),
    }


def the_roll_over(cursor: Any, done: Done) -> Any:
    """`{closed, opened, carried[]}` (SESS-8); nothing of it yet where a second count is needed."""
    outcome = done.decision.outcome
    if outcome.get("recount_required"):
        return {"closed": None, "opened": None, "carried": [], **_the_trial(done)}
    return {
        "closed": session(cursor, done, UUID(outcome["closed"])),
        "opened": session(cursor, done, UUID(outcome["opened"])),
        "carried": outcome["carried"],
    }


def the_prepared(cursor: Any, done: Done) -> Any:
    """`{items, refused}` (SESS-3)."""
    ids = [UUID(each) for each in done.decision.outcome["items"]]
    scene = done.scene
    sheets = session_sheet.sessions_by_id(cursor, scene.casino_id, ids, blind=scene.blind)
    items = sessions_shown(scene.house, sheets, now=scene.now)
    return {"items": items, "refused": done.decision.outcome["refused"]}


def the_slip(cursor: Any, done: Done) -> Any:
    """The slip; where a count differed, that it must be repeated or is disputed (SLIP-3)."""
    sheets = slip_book.slips_by_id(cursor, done.scene.casino_id, [done.decision.subject_id])
    shown = {**plain(found(sheets)[0]), **done.decision.outcome}
    mismatch = [each for each in done.findings if each.kind == "SLIP_AMOUNT_MISMATCH"]
    standing = mismatch or [
        each
        for each in done.scene.on_table().findings
        if each.kind == "SLIP_AMOUNT_MISMATCH"
        and each.subject_id == str(done.decision.subject_id)
        and each.status == "OPEN"
    ]
    if shown["disputed"] and standing:
        shown["exception_id"] = str(standing[0].id)
    return {**shown, "exceptions_raised": raised_by(done)}


def the_rundown(cursor: Any, done: Done) -> Any:
    """The rundown of the session, or of its whole group, with `status` (RUN-5, BOX-6)."""
    scene = done.scene
    members = group_of(scene.on_table(), scene.session())
    alone = any(isinstance(each, Report) and each.pending_count for each in done.decision.new)
    if len(members) > 1 and not alone:
        sheet = rundowns.rundown_for_group(
            cursor, scene.casino_id, members[0].id, blind=scene.blind
        )
    else:
        sheet = rundowns.rundown_for_session(
            cursor, scene.casino_id, scene.session().id, blind=scene.blind
        )
    return found(sheet).as_json()


def the_drop(cursor: Any, done: Done) -> Any:
    drop_id = done.decision.subject_id
    sheets = drop_book.drops_by_id(cursor, done.scene.casino_id, [drop_id], manifests=True)
    return plain(found(sheets)[0])


def the_count(cursor: Any, done: Done) -> Any:
    sheet = drop_book.count_by_id(
        cursor, done.scene.casino_id, done.decision.subject_id, manifests=True
    )
    return {**plain(found(sheet)), "exceptions_raised": raised_by(done)}


def the_box(cursor: Any, done: Done) -> Any:
    sheets = drop_book.boxes_by_id(cursor, done.scene.casino_id, [done.decision.subject_id])
    return plain(found(sheets)[0])


def the_table(cursor: Any, done: Done) -> Any:
    scene = done.scene
    sheets = house_book.tables_by_id(
        cursor, scene.house, [done.decision.subject_id], day=scene.today, blind=scene.blind
    )
    return plain(found(sheets)[0])


def the_casino(cursor: Any, done: Done) -> Any:
    house = house_book.house_now(cursor, done.scene.casino_id)
    return plain(house_book.casino_sheet(house, day=done.scene.today))


def the_chip(cursor: Any, done: Done) -> Any:
    house = house_book.house_now(cursor, done.scene.casino_id)
    return next(
        plain(house_book.chip_sheet(chip))
        for chip in house.chip_rows
        if chip.id == done.decision.subject_id
    )


def the_schedule(cursor: Any, done: Done) -> Any:
    house = house_book.house_now(cursor, done.scene.casino_id)
    return next(
        house_book.schedule_sheet(row)
        for row in house.schedules
        if row.id == done.decision.subject_id
    )


def the_drop_schedule(cursor: Any, done: Done) -> Any:
    rows = house_book.drop_schedules(cursor, done.scene.casino_id)
    kept = next(row for row in rows if row.id == done.decision.subject_id)
    return house_book.drop_schedule_sheet(kept)


def the_pit(cursor: Any, done: Done) -> Any:
    """The pit under its new name, with the tables that stand in it."""
    scene, ids = done.scene, [UUID(each) for each in done.decision.outcome.get("tables", ())]
    sheets = house_book.tables_by_id(cursor, scene.house, ids, day=scene.today, blind=scene.blind)
    return {"pit": sheets[0].pit if sheets else None, "tables": [plain(each) for each in sheets]}


def the_person(cursor: Any, done: Done) -> Any:
    sheets = house_book.staff_by_id(cursor, done.scene.casino_id, [done.decision.subject_id])
    return plain(found(sheets)[0])


def the_new_token(cursor: Any, done: Done) -> Any:
    """The token's text, once: a replay shows everything but it."""
    casino_id, decision = done.scene.casino_id, done.decision
    shown = plain(_token(cursor, done))
    return Once(
        now={**shown, "token": token_text(casino_id, decision)}, later={**shown, "token": None}
    )


def the_token(cursor: Any, done: Done) -> Any:
    return plain(_token(cursor, done))


def _token(cursor: Any, done: Done) -> Any:
    ids = [done.decision.subject_id]
    return found(house_book.tokens_by_id(cursor, done.scene.casino_id, ids))[0]


def the_policy(cursor: Any, done: Done) -> Any:
    """The policy row; or the proposal, where its author may not approve (PAR-4)."""
    row = house_book.policy_or_proposal(cursor, done.scene.casino_id, done.decision.subject_id)
    return plain(found(row))


def the_exception(cursor: Any, done: Done) -> Any:
    ids = [done.decision.subject_id]
    sheets = found(findings.exceptions_by_id(cursor, done.scene.casino_id, ids))
    if done.scene.blind:
        sheets = findings.without_counts(cursor, done.scene.casino_id, sheets)
    return plain(sheets[0])
