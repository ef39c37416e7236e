"""The command that fills a count session from a currency counter's file (SOFT-5).

All or nothing for each box: those that are whole are entered, the others named. The same file again
changes nothing. The file's own words stay in its hash and its report; what it says of a box becomes
an entry like one typed by hand, and forms that were entered for the box by hand stay with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.commands.count_sessions import waiting_removals
from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.count_sessions import (
    CountFile,
    CountSession,
    Entering,
    Place,
    check_not_posted,
    check_present,
    enter_box,
    standing_entry,
)
from tablebank.domain.decisions import Decision
from tablebank.domain.refusals import FieldError, Refusal, Refused

BOX_UNKNOWN, BOX_COUNTED = "BOX_UNKNOWN", "BOX_COUNTED"
"""As the file's own faults are called (`intake.faults`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportCounts:
    """The boxes of a counter's file, entered into a count session: those that are whole (SOFT-5).

    A box with `wrong` is named and not entered. `rows` is what was said of each row of the file.
    """

    count_session_id: UUID
    sha256: str
    layout: str
    boxes: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]] = ()
    file_name: str | None = None
    session: CountSession | None = None
    places: Mapping[str, Place] | None = None


def _check(scene: Scene, body: ImportCounts) -> ImportCounts:
    session = scene.must_alone(CountSession, body.count_session_id)
    places = waiting_removals(scene, session, [each["box"] for each in body.boxes])
    return replace(body, session=session, places=places)


def _import(scene: Scene, body: ImportCounts) -> Decision:
    """Enter what can be; refuses COUNT_FILE_NOT_READ where nothing of the file can (SOFT-5)."""
    session = body.session
    if session is None or body.places is None:
        raise RuntimeError("the session was not looked up")
    check_present(scene.acted(), session)
    known = scene.all_of(
        CountFile, "count_session_id = %s and sha256 = %s", session.id, body.sha256
    )
    if known:
        outcome = {**known[0].outcome, "again": True}
        return Decision(subject_id=session.id, changed_nothing=True, outcome=outcome)
    check_not_posted(session)
    file_id = scene.acted().new_id()
    entered = [_entered(scene, session, body.places, each, file_id) for each in body.boxes]
    new = [each for _, decision in entered for each in decision.new]
    told = [said for said, _ in entered]
    if all(each["outcome"] == "REFUSED" for each in told):
        raise Refused(Refusal.COUNT_FILE_NOT_READ, {"boxes": told}, errors=_errors(body, told))
    file = CountFile(
        id=file_id,
        casino_id=session.casino_id,
        count_session_id=session.id,
        sha256=body.sha256,
        file_name=body.file_name,
        layout=body.layout,
        outcome=_outcome(body, told),
        recorded_at=scene.acted().recorded_at,
        recorded_by=scene.acted().actor_id,
    )
    return Decision(
        new=(file, *new),
        signed=tuple(each for _, decision in entered for each in decision.signed),
        subject_id=session.id,
        outcome={**file.outcome, "again": False},
    )


def _entered(
    scene: Scene,
    session: CountSession,
    places: Mapping[str, Place],
    box: Mapping[str, Any],
    file_id: UUID,
) -> tuple[dict[str, Any], Decision]:
    """What became of one box of the file, and the entry it makes."""
    total = sum(line["amount_cents"] for line in box["contents"])
    said = {"box": box["box"], "place": box.get("place"), "total_cents": total}
    nothing = Decision(subject_id=session.id, changed_nothing=True)
    place = places.get(box["box"])
    wrong = list(box.get("wrong") or ())
    if not wrong and place is None:
        wrong = [{"code": BOX_UNKNOWN, "message": "The casino has no such box."}]
    if not wrong and place is not None and (place.is_counted or place.elsewhere):
        wrong = [{"code": BOX_COUNTED, "message": "The box is counted already."}]
    if wrong or place is None:
        return {**said, "outcome": "REFUSED", "wrong": wrong}, nothing
    standing = standing_entry(place.entered)
    decision = enter_box(
        act=scene.acted(),
        session=session,
        place=place,
        entering=Entering(
            contents=box["contents"],
            total_cents=total,
            first_count_cents=_or(box.get("first_count_cents"), total),
            second_count_cents=_or(box.get("second_count_cents"), total),
            evidence=standing.evidence if standing else (),
            reported_exceptions=standing.reported_exceptions if standing else (),
        ),
        file_id=file_id,
    )
    outcome = "UNCHANGED" if decision.changed_nothing else "ENTERED"
    return {**said, "outcome": outcome, "wrong": []}, decision


def _or(cents: int | None, total_cents: int) -> int:
    """A counter that counts twice and says one total says that both came out at it."""
    return total_cents if cents is None else cents


def _outcome(body: ImportCounts, told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    by = {name: sum(each["outcome"] == name for each in told) for name in _OUTCOMES}
    return {
        "sha256": body.sha256,
        "file_name": body.file_name,
        "layout": body.layout,
        "boxes": [dict(each) for each in told],
        "rows": [{"box": None, "wrong": None, **each} for each in body.rows],
        "entered": by["ENTERED"],
        "unchanged": by["UNCHANGED"],
        "refused": by["REFUSED"],
    }


_OUTCOMES = ("ENTERED", "UNCHANGED", "REFUSED")


def _errors(body: ImportCounts, told: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    return [
        FieldError(f"/{each.get('place') or each['box']}", wrong["code"], wrong["message"])
        for each in told
        for wrong in each["wrong"]
    ]


IMPORT_COUNTS = Command(
    name="import_counts",
    body=ImportCounts,
    step="enter_count",
    find=the_casino,
    check=_check,
    decide=_import,
    sealed=True,
)
