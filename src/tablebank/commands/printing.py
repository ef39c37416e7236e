"""Printing a form is written down: which parts, when, by whom (FIL-07).

The journal is the only place that counts. An entry cannot be taken out of it without a trace, so a
reprint cannot be passed off as the first. The entry stands under the form and takes no table's
lock: a printer must never hold up a count.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.commands.scene import Command, Scene, Target, the_shift
from tablebank.domain.count_sessions import CountSession
from tablebank.domain.credentials import Credential
from tablebank.domain.decisions import Decision
from tablebank.domain.documents import Earlier, Part, Printed
from tablebank.domain.facts import Count, Session, Slip, Snapshot
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.shifts import HandOver
from tablebank.store.scope import Cursor

NAME = "print_form"


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintForm:
    """Note that these parts of a form go to the printer."""

    form: Printed
    parts: tuple[Part, ...]


Find = Callable[[Scene, UUID | None], Target]

_SUBJECT: Mapping[Printed, tuple[str, type[Any]]] = {
    Printed.REQUEST: ("slip", Slip),
    Printed.SLIP: ("slip", Slip),
    Printed.OPENER: ("snapshot", Snapshot),
    Printed.CLOSER: ("snapshot", Snapshot),
    Printed.RUNDOWN: ("rundown", Session),
    Printed.VARIANCE: ("snapshot", Snapshot),
    Printed.COUNT: ("count", Count),
    Printed.COUNT_SESSION: ("count_session", CountSession),
    Printed.HAND_OVER: ("hand_over", HandOver),
}
"""What each form is of: the record that its prints are counted under. A count's next revision is a
form of its own; a shift is no record, and found in the calendar."""


def _of(kind: str, record: type[Any]) -> Find:
    def find(scene: Scene, record_id: UUID | None) -> Target:
        if record_id is None:
            raise Refused(Refusal.NOT_FOUND)
        scene.must(record, record_id)
        return Target(type=kind, id=record_id)

    return find


def _printing(find: Find) -> Command:
    return Command(
        name=NAME,
        body=PrintForm,
        step=NAME,
        find=find,
        decide=lambda scene, body: Decision(subject_id=scene.target.id or scene.casino_id),
    )


PRINT: Mapping[Printed, Command] = {
    **{form: _printing(_of(*subject)) for form, subject in _SUBJECT.items()},
    Printed.SHIFT_RUNDOWN: _printing(the_shift),
}


def count_print(
    credential: Credential, printed: PrintForm, *, of: UUID, clock: Callable[[], datetime]
) -> Mapping[Part, Earlier]:
    """Write down that a form of the record is printed; how often each part was before.

    Refuses NOT_FOUND a record that is not this casino's (TEN-1). Two who print at once are counted
    one after the other, under the chain's lock: only one of them has the first.
    """
    raw = {"form": printed.form.value, "parts": [part.value for part in printed.parts]}
    before: dict[Part, Earlier] = {}

    def answer(cursor: Cursor, done: Done) -> Answer:
        before.clear()
        before.update(_before(cursor, done, printed))
        return Answer(status=200, text="{}")

    asked = Asked(path_id=of, body=printed, raw=raw)
    perform(credential, PRINT[printed.form], asked, clock=clock, answer=answer)
    return before


def _before(cursor: Cursor, done: Done, printed: PrintForm) -> Mapping[Part, Earlier]:
    """The prints of each part before this one, whose entry is the last under the form."""
    rows = cursor.execute(
        "select occurred_at, actor, content from journal_entry"
        " where casino_id = %s and subject_id = %s and session_id is null and command = %s"
        " order by number",
        [done.scene.casino_id, done.target.id, NAME],
    ).fetchall()
    return {part: _earlier(rows[:-1], printed.form, part) for part in printed.parts}


def _earlier(rows: Sequence[Any], form: Printed, part: Part) -> Earlier:
    found = [(at, actor) for at, actor, content in rows if _has(content, form, part)]
    if not found:
        return Earlier()
    return Earlier(times=len(found), first_at=found[0][0], first_by=found[0][1])


def _has(content: str, form: Printed, part: Part) -> bool:
    body = json.loads(content)["asked"]["body"]
    return body["form"] == form and part in body["parts"]
