"""Actions on drop boxes: schedule the drop, mount, remove, hand over, enter or correct a count."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from tablebank.commands import drops, sessions
from tablebank.domain.terms import CustodyStep, Phase, RemovalType
from tablebank.queries.drop_book import CountSheet
from tablebank.queries.drop_trips import TripUnderWay
from tablebank.web import words
from tablebank.web.actions.kind import (
    Action,
    Choice,
    Field,
    Place,
    Said,
    as_uuid,
    only,
    role_for,
)
from tablebank.web.actions.occasions import REASON, in_phase

SEAL = Field(name="seal", label=_("Seal"), required=False)
PLAYED = in_phase(Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.RECONCILED, Phase.FINALIZED)


def _scheduled(said: Said) -> sessions.ScheduleDrop:
    return sessions.ScheduleDrop(
        window_start=datetime.fromisoformat(said["window_start"]),
        window_end=datetime.fromisoformat(said["window_end"]),
    )


SCHEDULE = Action(
    slug="schedule-drop",
    verb=_("Schedule drop"),
    done=_("The drop is scheduled."),
    about="session",
    command=lambda place: sessions.SCHEDULE_DROP,
    step=lambda place: "schedule_drop",
    said=only("window_start", "window_end"),
    body=_scheduled,
    offered=lambda place: (
        in_phase(Phase.OPEN, Phase.CLOSING, Phase.CLOSED)(place)
        and place.view.mounted_box is not None
    ),
    fields=lambda place: (
        Field(name="window_start", label=_("From"), kind="instant"),
        Field(name="window_end", label=_("Until"), kind="instant"),
    ),
)

MOUNT = Action(
    slug="mount-box",
    verb=_("Mount box"),
    done=_("The box is on the table."),
    about="session",
    command=lambda place: drops.MOUNT_BOX,
    step=lambda place: "mount_box",
    said=only("box", "seal"),
    body=lambda said: drops.MountBox(box=said["box"], seal=said.get("seal")),
    offered=lambda place: not place.view.table_has_box,
    fields=lambda place: (Field(name="box", label=_("Box"), hint=_("Its code")), SEAL),
    path_id=lambda place: place.view.table.id,
)


def _removed(typed: Mapping[str, Any], place: Place) -> Said:
    said = only("type", "reason", "seal", "replacement_box", "trip_id")(typed, place)
    told = {
        name: typed[name] for name in ("notified_at", "operator") if typed.get(name) is not None
    }
    also = _also_told(typed)
    return {
        **said,
        "box": typed.get("box") or place.view.mounted_box,
        "surveillance": told,
        **({"notices": also} if also else {}),
    }


def _also_told(typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who else was told: the name says who, and the time of the telling goes with it."""
    who, when = typed.get("also_told"), typed.get("also_told_at") or typed.get("notified_at")
    return [{"told": who, "notified_at": when}] if who and when else []


def _remove(said: Said) -> drops.RemoveBox:
    return drops.RemoveBox(
        type=RemovalType(said["type"]),
        box=said.get("box"),
        reason=said.get("reason"),
        seal=said.get("seal"),
        trip_id=as_uuid(said.get("trip_id")),
        replacement_box=said.get("replacement_box"),
        surveillance=said["surveillance"],
        notices=tuple(said.get("notices", ())),
    )


def _removal_fields(place: Place) -> tuple[Field, ...]:
    types = tuple(
        Choice(value=each.value, words=words.said(words.REMOVAL, each)) for each in RemovalType
    )
    trip = place.view.trip
    told = trip.surveillance if trip else {}
    return (
        Field(name="type", label=_("Kind of drop"), kind="choice", choices=types),
        *((_on_trip(trip),) if trip else ()),
        Field(
            name="operator",
            label=_("Surveillance operator told"),
            value=told.get("operator", ""),
        ),
        Field(
            name="notified_at",
            label=_("Told at"),
            kind="instant",
            value=_on_the_wall(told.get("notified_at"), place),
        ),
        Field(
            name="box",
            label=_("Box taken"),
            hint=_("As it says on the box"),
            value=place.view.mounted_box or "",
        ),
        Field(
            name="replacement_box",
            label=_("Box mounted instead"),
            hint=_("Its code; empty if none"),
            required=False,
        ),
        SEAL,
        Field(
            name="reason",
            label=_("Reason"),
            kind="words",
            hint=_("Needed unless the drop is scheduled and in time"),
            required=False,
        ),
        Field(
            name="also_told",
            label=_("Who else was told"),
            hint=_("Of an unscheduled or emergency drop: the regulator's agent, say"),
            required=False,
        ),
        Field(name="also_told_at", label=_("When they were told"), kind="instant", required=False),
    )


def _on_trip(trip: TripUnderWay) -> Field:
    choices = (
        Choice(value=str(trip.id), words=_("On the drop trip under way")),
        Choice(value="", words=_("By itself")),
    )
    return Field(
        name="trip_id",
        label=_("Drop trip"),
        kind="choice",
        choices=choices,
        required=False,
        value=str(trip.id),
    )


def _on_the_wall(instant: str | None, place: Place) -> str:
    """An instant as the field has it: wall time, to the second."""
    if instant is None:
        return ""
    zone = ZoneInfo(place.view.house.casino.timezone)
    return f"{datetime.fromisoformat(instant).astimezone(zone):%Y-%m-%dT%H:%M:%S}"


def _removal_step(place: Place) -> str:
    """Who may only carry out an emergency removal is asked for that one's signatures (SIGN-3)."""
    return "remove_box" if role_for("remove_box", place) else "remove_box_emergency"


REMOVE = Action(
    slug="remove-box",
    verb=_("Remove box"),
    done=_("The box is removed."),
    about="session",
    command=lambda place: drops.REMOVE_BOX,
    step=_removal_step,
    said=_removed,
    body=_remove,
    offered=lambda place: PLAYED(place) and place.view.mounted_box is not None,
    fields=_removal_fields,
)


def _steps_left(place: Place) -> tuple[CustodyStep, ...]:
    done = {link.step for link in place.the_drop().custody}
    return tuple(each for each in (CustodyStep.ARRIVED, CustodyStep.STORED) if each not in done)


def _handed_over_fields(place: Place) -> tuple[Field, ...]:
    steps = tuple(
        Choice(value=each.value, words=words.said(words.CUSTODY, each))
        for each in _steps_left(place)
    )
    return (Field(name="step", label=_("Hand-over"), kind="choice", choices=steps), SEAL)


HAND_OVER = Action(
    slug="hand-over-box",
    verb=_("Record hand-over"),
    done=_("The hand-over is recorded."),
    about="drop",
    command=lambda place: drops.RECORD_CUSTODY,
    step=lambda place: "record_custody",
    said=only("step", "seal"),
    body=lambda said: drops.RecordCustody(step=CustodyStep(said["step"]), seal=said.get("seal")),
    offered=lambda place: place.the_drop().count is None and bool(_steps_left(place)),
    fields=_handed_over_fields,
)


def _counted(typed: Mapping[str, Any], place: Place) -> Said:
    contents = typed["contents"]
    caller = place.view.caller.staff.badge
    return {
        **only("batch_id", "first_count_cents", "second_count_cents")(typed, place),
        "contents": contents,
        "total_cents": sum(line["amount_cents"] for line in contents),
        "evidence": typed.get("evidence") or [],
        "team": [caller, *typed["signers"]],
    }


def _count(said: Said) -> drops.PostCount:
    return drops.PostCount(
        batch_id=said["batch_id"],
        contents=said["contents"],
        total_cents=said["total_cents"],
        first_count_cents=said["first_count_cents"],
        second_count_cents=said["second_count_cents"],
        evidence=said["evidence"],
        team=tuple(said["team"]),
    )


def _corrected(typed: Mapping[str, Any], place: Place) -> Said:
    return {
        **_counted(typed, place),
        "supersedes": str(_standing(place).id),
        "reason": typed["reason"],
    }


def _correction(said: Said) -> drops.PostCount:
    return replace(_count(said), supersedes=as_uuid(said["supersedes"]), reason=said["reason"])


def _standing(place: Place) -> CountSheet:
    count = place.the_drop().count
    if count is None:
        raise RuntimeError("the box is not counted")
    return count


def _count_fields(place: Place) -> tuple[Field, ...]:
    return (
        Field(name="batch_id", label=_("Batch"), hint=_("The count room's own number")),
        Field(name="contents", label=_("Contents"), kind="bills", may_be_empty=True),
        Field(name="first_count_cents", label=_("First count"), kind="money"),
        Field(name="second_count_cents", label=_("Second count"), kind="money"),
        Field(
            name="evidence",
            label=_("Forms found"),
            kind="evidence",
            hint=_("One a line: form, number, amount. FILL F-2026-000123 2,500.00"),
            required=False,
        ),
    )


COUNT = Action(
    slug="count-box",
    verb=_("Enter count"),
    done=_("The count is posted."),
    about="drop",
    command=lambda place: drops.POST_COUNT,
    step=lambda place: "post_count",
    said=_counted,
    body=_count,
    offered=lambda place: place.the_drop().count is None,
    fields=_count_fields,
)

CORRECT_COUNT = Action(
    slug="correct-count",
    verb=_("Correct count"),
    done=_("The corrected count is posted. The one before it stays."),
    about="drop",
    command=lambda place: drops.POST_COUNT,
    step=lambda place: "post_count",
    said=_corrected,
    body=_correction,
    offered=lambda place: place.the_drop().count is not None,
    fields=lambda place: (*_count_fields(place), REASON),
    note=_("A final report stays as it is: what is counted now enters it by amendment."),
)

ACTIONS = (SCHEDULE, MOUNT, REMOVE, HAND_OVER, COUNT, CORRECT_COUNT)
