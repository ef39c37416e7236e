"""MISSING_FORM: an opener, closer or request that went into the box was not in it (SOFT-4, SNAP-8).

Which of these a casino drops is a setting (`box_forms`); fills and credits are MISSING_SLIP's. A
superseded form stays expected; a request is there with its slip, and with a voided one it is not.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.slip_match import box_code, box_in_view, matched_counts, sightings
from tablebank.domain.terms import SlipStatus, SnapshotKind, Stops

_FORM = {SnapshotKind.OPENING: "OPENER", SnapshotKind.CLOSING: "CLOSER"}


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    counted = {removal.mount_id: (removal, count) for removal, count in matched_counts(facts)}
    seen = sightings(facts) if counted else {}
    for form, number, mount_id, session_id in _dropped(facts):
        if mount_id not in counted or number in seen:
            continue
        removal, count = counted[mount_id]
        if form in (count.expected_forms or ()):
            yield Found(
                subject_type="drop",
                subject_id=f"{removal.id}/{number}",
                session=session_of(facts, session_id),
                facts={
                    "form": form,
                    "form_number": number,
                    "deposited_in": box_code(facts, removal),
                    "batch_id": count.batch_id,
                },
            )


def _dropped(facts: TableFacts) -> Iterator[tuple[str, str, UUID | None, UUID]]:
    """Every opener, closer and request that went into a box: form, number, mounting, session."""
    here = {each.id for each in facts.sessions}
    for snapshot in facts.snapshots:
        if snapshot.kind in _FORM and snapshot.number and snapshot.session_id in here:
            yield _FORM[snapshot.kind], snapshot.number, snapshot.mount_id, snapshot.session_id
    for slip in facts.slips:
        if slip.status == SlipStatus.DEPOSITED_IN_DROPBOX and slip.request_number:
            yield "REQUEST", slip.request_number, slip.mount_id, slip.session_id


MISSING_FORM = Kind(
    name="MISSING_FORM",
    stops=Stops.RESULT,
    department="accounting",
    words="A form that went into the box was not in it when it was counted.",
    detect=detect,
    in_view=box_in_view,
)
