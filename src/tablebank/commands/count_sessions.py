"""Commands of the count room: a session begins, people come and go, boxes are entered.

Until it posts, what is entered is journalled by its hash alone: an entry says who entered which
box, and nobody outside the room learns a number from it (SOFT-7, CNT-19).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from tablebank.commands.independence import check_independent
from tablebank.commands.scene import Command, Scene, Target, the_casino
from tablebank.domain.count_sessions import (
    Beginning,
    CountEntry,
    CountSession,
    Entering,
    Place,
    change_team,
    enter_box,
    start_session,
    withdraw_box,
)
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import Staff
from tablebank.domain.facts import Box, Count, Removal
from tablebank.domain.money import checked_cents
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.soft_count import checked_lines
from tablebank.store.load import load_many, of


def the_count_session(scene: Scene, record_id: UUID | None) -> Target:
    """Under its own lock: what is entered in it, and its posting, come one after the other."""
    session = scene.must_alone(CountSession, given(record_id))
    return Target(type="count_session", id=session.id)


def given(record_id: UUID | None) -> UUID:
    if record_id is None:
        raise RuntimeError("the path names nothing")
    return record_id


def count_session(scene: Scene) -> CountSession:
    """The session that the path names, as it stands under its lock."""
    found: CountSession = scene.kept[scene.named()]
    return found


def entries_of(scene: Scene, session: CountSession) -> tuple[CountEntry, ...]:
    """Everything that was entered in a session, the first first."""
    return scene.all_of(CountEntry, "count_session_id = %s", session.id)


# -- the team --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class StartCountSession:
    """A team begins to count the boxes of a gaming day (SOFT-7)."""

    gaming_day: date
    team: tuple[str, ...]
    batch_id: str | None = None
    surveillance: Mapping[str, Any] | None = None
    tester: Mapping[str, Any] | None = None
    members: tuple[Staff, ...] = ()


def _check_start(scene: Scene, body: StartCountSession) -> StartCountSession:
    if len(set(body.team)) < len(body.team):
        error = FieldError("/team", Refusal.SIGNERS_NOT_DISTINCT.name, "A badge stands twice.")
        raise Refused(Refusal.SIGNERS_NOT_DISTINCT, errors=[error])
    people = scene.staff_by_badge(body.team, pointer="/team")
    members = tuple(people[badge] for badge in body.team)
    check_independent(scene, [each.id for each in members], day=body.gaming_day)
    return replace(body, members=members)


def _next_batch(scene: Scene, day: date) -> str:
    """The next free batch of the gaming day, where the count room has no number of its own."""
    taken = {each.batch_id for each in scene.all_of(CountSession, "gaming_day = %s", day)}
    return next(name for nth in count(1) if (name := f"{day}-{nth}") not in taken)


def _start(scene: Scene, body: StartCountSession) -> Decision:
    if body.batch_id and scene.all_of(CountSession, "batch_id = %s", body.batch_id):
        raise Refused(Refusal.CODE_TAKEN, {"batch_id": body.batch_id})
    return start_session(
        act=scene.acted(),
        house=scene.house,
        beginning=Beginning(
            gaming_day=body.gaming_day,
            batch_id=body.batch_id or _next_batch(scene, body.gaming_day),
            surveillance=body.surveillance,
            tester=body.tester,
        ),
        team=body.members,
    )


START_COUNT_SESSION = Command(
    name="start_count_session",
    body=StartCountSession,
    step="start_count_session",
    find=the_casino,
    check=_check_start,
    decide=_start,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeCountTeam:
    """Somebody joins the team of a count session, or leaves it and signs (SOFT-7)."""

    badge: str
    leaves: bool = False
    person: Staff | None = None


def _check_change(scene: Scene, body: ChangeCountTeam) -> ChangeCountTeam:
    person = scene.staff_by_badge([body.badge], pointer="/badge")[body.badge]
    if not body.leaves:
        check_independent(scene, [person.id], day=count_session(scene).gaming_day)
    return replace(body, person=person)


def _change(scene: Scene, body: ChangeCountTeam) -> Decision:
    if body.person is None:
        raise RuntimeError("the person was not looked up")
    return change_team(
        act=scene.acted(),
        house=scene.house,
        session=count_session(scene),
        person=body.person,
        leaves=body.leaves,
    )


CHANGE_COUNT_TEAM = Command(
    name="change_count_team",
    body=ChangeCountTeam,
    step="change_count_team",
    find=the_count_session,
    check=_check_change,
    decide=_change,
)


# -- boxes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class EnterBox:
    """One box of a count session, entered or entered again; unseen outside until it posts (SOFT-7).

    `box` names it by code where the path names no drop: a box that nobody is known to have taken
    off a table is counted as unattributed (SOFT-3).
    """

    contents: Sequence[Mapping[str, Any]]
    total_cents: int
    first_count_cents: int
    second_count_cents: int
    evidence: Sequence[Mapping[str, Any]] = ()
    reported_exceptions: Sequence[Mapping[str, Any]] = ()
    box: str | None = None
    place: Place | None = None


def _check_box(scene: Scene, body: EnterBox) -> EnterBox:
    checked_cents(body.first_count_cents, pointer="/first_count_cents")
    checked_cents(body.second_count_cents, pointer="/second_count_cents")
    checked_lines(body.contents, total_cents=body.total_cents)
    for index, found in enumerate(body.evidence):
        if found.get("amount_cents") is not None:
            checked_cents(found["amount_cents"], pointer=f"/evidence/{index}/amount_cents")
    if body.box is not None:
        box = scene.box_named(body.box, pointer="/box")
        return replace(body, place=place_of_box(scene, count_session(scene), box) if box else None)
    return replace(body, place=_place_of_path(scene))


def _place_of_path(scene: Scene) -> Place:
    removal = scene.must(Removal, given(scene.path_other))
    return place_of(scene, count_session(scene), scene.must(Box, removal.box_id), removal=removal)


def place_of_box(scene: Scene, session: CountSession, box: Box) -> Place:
    """A box by its code: its removal that waits for a count, or none that is known."""
    waiting = scene.all_of(
        Removal,
        "box_id = %s and not exists (select 1 from soft_count c"
        " where c.casino_id = kept.casino_id and c.removal_id = kept.id)",
        box.id,
    )
    return place_of(scene, session, box, removal=waiting[-1] if waiting else None)


def place_of(scene: Scene, session: CountSession, box: Box, *, removal: Removal | None) -> Place:
    """What is known of a box that lies on the count table: its entries here, and elsewhere."""
    other = scene.cursor.execute(
        "select e.count_session_id from count_entry e"
        "  join count_session s on s.casino_id = e.casino_id and s.id = e.count_session_id"
        " where e.casino_id = %(casino)s and e.removal_id = %(removal)s"
        "   and e.count_session_id <> %(session)s and s.posted_at is null and not e.withdrawn"
        "   and not exists (select 1 from count_entry later"
        "       where later.casino_id = e.casino_id and later.box_id = e.box_id"
        "         and later.count_session_id = e.count_session_id"
        "         and later.revision > e.revision)",
        {
            "casino": scene.casino_id,
            "removal": removal.id if removal else None,
            "session": session.id,
        },
    ).fetchone()
    counted = scene.all_of(Count, "removal_id = %s", removal.id) if removal else ()
    return Place(
        box=box,
        removal=removal,
        entered=[each for each in entries_of(scene, session) if each.box_id == box.id],
        is_counted=bool(counted),
        elsewhere=other[0] if other else None,
    )


def _enter(scene: Scene, body: EnterBox) -> Decision:
    if body.place is None:
        raise RuntimeError("the box was not looked up")
    return enter_box(
        act=scene.acted(),
        session=count_session(scene),
        place=body.place,
        entering=Entering(
            contents=body.contents,
            total_cents=body.total_cents,
            first_count_cents=body.first_count_cents,
            second_count_cents=body.second_count_cents,
            evidence=body.evidence,
            reported_exceptions=body.reported_exceptions,
        ),
    )


ENTER_BOX = Command(
    name="enter_count",
    body=EnterBox,
    step="enter_count",
    find=the_count_session,
    check=_check_box,
    decide=_enter,
    sealed=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawBox:
    """Take a box that was entered by mistake out of the session again; what was entered stays."""


WITHDRAW_BOX = Command(
    name="withdraw_count",
    body=WithdrawBox,
    step="enter_count",
    find=the_count_session,
    decide=lambda scene, body: withdraw_box(
        act=scene.acted(), session=count_session(scene), place=_place_of_path(scene)
    ),
    sealed=True,
)


def waiting_removals(
    scene: Scene, session: CountSession, codes: Sequence[str]
) -> Mapping[str, Place]:
    """The boxes of these codes as they lie on the count table; unknown ones are left out."""
    boxes = load_many(scene.cursor, Box, of(scene.casino_id, "code = any(%s)", list(codes)))
    return {box.code: place_of_box(scene, session, box) for box in boxes}
