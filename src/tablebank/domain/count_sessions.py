"""Count sessions: boxes entered one by one, seen by nobody outside, posted as a whole (SOFT-7).

Until a session posts, nothing it holds is a fact of any table: what was entered lies beside, sealed
in the journal by its hash alone. Posting makes counts of it, one for each box, all at once. What a
count means for the drop is in `soft_count` and `boxes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import Act, Decision, House, Signed
from tablebank.domain.establishment import Staff
from tablebank.domain.facts import Box, Removal
from tablebank.domain.plain import plain
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.soft_count import checked_lines
from tablebank.domain.terms import Record, Role

# -- what is written down --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class CountSession(Record):
    """Boxes of one gaming day, counted by one team (SOFT-7).

    `team` names each member by `staff_id` and `badge`, with `joined_at` and `left_at` (None: still
    there), instants in UTC. `batch_id` becomes that of every count it posts. `tester` is what the
    machine was tested with, in the count room's own words.
    """

    gaming_day: date
    batch_id: str
    team: tuple[Mapping[str, Any], ...]
    surveillance: Mapping[str, Any] | None
    tester: Mapping[str, Any] | None
    started_at: datetime
    recorded_at: datetime
    started_by: UUID
    posted_at: datetime | None = None
    posted_by: UUID | None = None

    @property
    def present(self) -> tuple[Mapping[str, Any], ...]:
        """The members who have not left."""
        return tuple(each for each in self.team if each.get("left_at") is None)

    @property
    def badges(self) -> tuple[str, ...]:
        """The badges of those present: who signs when it posts."""
        return tuple(each["badge"] for each in self.present)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountFile(Record):
    """A file of a currency counter as it was read into a session (SOFT-5): its hash, its report."""

    count_session_id: UUID
    sha256: str
    file_name: str | None
    layout: str
    outcome: Mapping[str, Any]
    recorded_at: datetime
    recorded_by: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class CountEntry(Record):
    """One box as it was entered into a session; the last revision of a box is the one that stands.

    `removal_id` None: the box lay there and nobody is known to have taken it off a table; it is
    counted, and enters nothing until ACCOUNTING says where it belongs (SOFT-3).
    """

    count_session_id: UUID
    box_id: UUID
    removal_id: UUID | None
    revision: int
    contents: tuple[Mapping[str, Any], ...]
    total_cents: int
    first_count_cents: int
    second_count_cents: int
    evidence: tuple[Mapping[str, Any], ...]
    reported_exceptions: tuple[Mapping[str, Any], ...]
    file_id: UUID | None
    entered_at: datetime
    recorded_at: datetime
    entered_by: UUID
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CountVerification(Record):
    """The total of a session, in cents, as somebody of cage or accounting counted it blind."""

    count_session_id: UUID
    total_cents: int
    verified_at: datetime
    recorded_at: datetime
    verified_by: UUID


IN_CLEAR: Mapping[type[Any], tuple[str, ...]] = {
    CountEntry: ("count_session_id", "box_id", "removal_id", "revision", "withdrawn", "entered_by"),
    CountFile: ("count_session_id", "sha256", "file_name", "layout", "recorded_by"),
    CountVerification: ("count_session_id", "verified_by"),
}
"""What the journal says of these in words; all else of them it seals by a hash. Whoever reads it
before the session posts learns no number, and nobody can change one afterwards (SOFT-7, JRN-1)."""


# -- the session and its team ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What is said of a session that begins."""

    gaming_day: date
    batch_id: str
    surveillance: Mapping[str, Any] | None
    tester: Mapping[str, Any] | None


def team_minimum(house: House, *, at: datetime) -> int:
    """How many count at the least, by the profile of that gaming day (SIGN-3, CNT-01)."""
    return house.profile_on(house.calendar.day_of(at)).team_minimum.value


def start_session(
    *, act: Act, house: House, beginning: Beginning, team: Sequence[Staff]
) -> Decision:
    """A team sits down to count. Refuses a team below the minimum, with somebody twice or who is
    not of the count room, or without the caller, unless that is a program."""
    _check_team(act, house, team)
    if house.calendar.day_of(act.now) < beginning.gaming_day:
        error = FieldError("/gaming_day", Refusal.SHAPE.name, "That gaming day is still to come.")
        raise Refused(Refusal.SHAPE, errors=[error])
    session = CountSession(
        id=act.new_id(),
        casino_id=house.casino.id,
        gaming_day=beginning.gaming_day,
        batch_id=beginning.batch_id,
        team=tuple(_member(each, at=act.occurred_at) for each in team),
        surveillance=beginning.surveillance,
        tester=beginning.tester,
        started_at=act.occurred_at,
        recorded_at=act.recorded_at,
        started_by=act.actor_id,
    )
    return _about(session, new=(session,))


def _check_team(act: Act, house: House, team: Sequence[Staff]) -> None:
    if len({each.id for each in team}) < len(team):
        error = FieldError("/team", Refusal.SIGNERS_NOT_DISTINCT.name, "A badge stands twice.")
        raise Refused(Refusal.SIGNERS_NOT_DISTINCT, errors=[error])
    strangers = [
        FieldError(f"/team/{place}", Refusal.SIGNER_NOT_ALLOWED.name, "Not of the count room.")
        for place, each in enumerate(team)
        if Role.COUNT_TEAM not in each.roles
    ]
    if strangers:
        raise Refused(Refusal.SIGNER_NOT_ALLOWED, errors=strangers)
    check_minimum(house, len(team), at=act.occurred_at)
    if act.role is not Role.SERVICE and act.actor_id not in {each.id for each in team}:
        error = FieldError("/team", Refusal.SIGNER_NOT_ALLOWED.name, "Who counts is of its team.")
        raise Refused(Refusal.SIGNER_NOT_ALLOWED, errors=[error])


def check_minimum(house: House, members: int, *, at: datetime) -> None:
    """Refuses COUNT_TEAM_TOO_SMALL below what the casino's profile asks for (CNT-01)."""
    least = team_minimum(house, at=at)
    if members < least:
        raise Refused(Refusal.COUNT_TEAM_TOO_SMALL, {"members": members, "minimum": least})


def _member(person: Staff, *, at: datetime) -> dict[str, Any]:
    return {
        "staff_id": str(person.id),
        "badge": person.badge,
        "joined_at": plain(at),
        "left_at": None,
    }


def change_team(
    *, act: Act, house: House, session: CountSession, person: Staff, leaves: bool
) -> Decision:
    """Somebody joins the team, or leaves it, and signs as they go (SOFT-7).

    Refuses who is there already or is not, who leaves without signing, and a team that would fall
    below its minimum before the session posts (CNT-01).
    """
    check_not_posted(session)
    present = {each["staff_id"] for each in session.present}
    is_there = str(person.id) in present
    if leaves is not is_there:
        raise Refused(Refusal.COUNT_TEAM_UNCHANGED, {"badge": person.badge, "is_there": is_there})
    if leaves:
        check_minimum(house, len(present) - 1, at=act.occurred_at)
        if person.id not in {each.staff_id for each in act.signers}:
            missing = {"missing": [Role.COUNT_TEAM.value], "staff_ids": [str(person.id)]}
            raise Refused(Refusal.SIGNATURE_MISSING, missing)
        team = tuple(_left(each, person, at=act.occurred_at) for each in session.team)
    else:
        if Role.COUNT_TEAM not in person.roles:
            raise Refused(Refusal.SIGNER_NOT_ALLOWED, {"badge": person.badge})
        team = (*session.team, _member(person, at=act.occurred_at))
    return _about(session, changed=(replace(session, team=team),))


def _left(member: Mapping[str, Any], person: Staff, *, at: datetime) -> Mapping[str, Any]:
    if member["staff_id"] != str(person.id) or member.get("left_at") is not None:
        return member
    return {**member, "left_at": plain(at)}


# -- boxes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Entering:
    """What is said of one box (SOFT-1)."""

    contents: Sequence[Mapping[str, Any]]
    total_cents: int
    first_count_cents: int
    second_count_cents: int
    evidence: Sequence[Mapping[str, Any]]
    reported_exceptions: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The box that lies on the table: its removal where one is known, and what was entered of it.

    `is_counted`: its removal has a count already. `elsewhere`: another session that holds it.
    """

    box: Box
    removal: Removal | None
    entered: Sequence[CountEntry] = ()
    is_counted: bool = False
    elsewhere: UUID | None = None


def enter_box(
    *,
    act: Act,
    session: CountSession,
    place: Place,
    entering: Entering,
    file_id: UUID | None = None,
) -> Decision:
    """Enter a box, or enter it again: the last entry stands, the ones before it stay (SOFT-7).

    The same content once more changes nothing. Refuses a session that is posted, a caller who is
    not at its table, a box that is counted or lies in another session, and what is not the sum of
    its parts (SOFT-3).
    """
    check_not_posted(session)
    check_present(act, session)
    check_may_enter(place)
    checked_lines(entering.contents, total_cents=entering.total_cents)
    standing = standing_entry(place.entered)
    stands = standing is not None and not standing.withdrawn
    if stands and standing is not None and _says(standing) == _says(entering):
        return Decision(subject_id=session.id, changed_nothing=True)
    entry = CountEntry(
        id=act.new_id(),
        casino_id=session.casino_id,
        count_session_id=session.id,
        box_id=place.box.id,
        removal_id=place.removal.id if place.removal else None,
        revision=standing.revision + 1 if standing else 1,
        contents=tuple(entering.contents),
        total_cents=entering.total_cents,
        first_count_cents=entering.first_count_cents,
        second_count_cents=entering.second_count_cents,
        evidence=tuple(entering.evidence),
        reported_exceptions=tuple(entering.reported_exceptions),
        file_id=file_id,
        entered_at=act.occurred_at,
        recorded_at=act.recorded_at,
        entered_by=act.actor_id,
    )
    signed = (Signed(subject_id=entry.id),)
    return Decision(new=(entry,), signed=signed, subject_id=session.id)


def withdraw_box(*, act: Act, session: CountSession, place: Place) -> Decision:
    """Take a box out of the session again, entered by mistake; what was entered stays (SOFT-7)."""
    check_not_posted(session)
    check_present(act, session)
    standing = standing_entry(place.entered)
    if standing is None or standing.withdrawn:
        raise Refused(Refusal.NOT_FOUND, {"box": place.box.code})
    entry = replace(
        standing,
        id=act.new_id(),
        revision=standing.revision + 1,
        file_id=None,
        entered_at=act.occurred_at,
        recorded_at=act.recorded_at,
        entered_by=act.actor_id,
        withdrawn=True,
    )
    signed = (Signed(subject_id=entry.id),)
    return Decision(new=(entry,), signed=signed, subject_id=session.id)


def check_may_enter(place: Place) -> None:
    """Refuses ALREADY_COUNTED for a box that is counted, or that another open session holds."""
    if place.is_counted or place.elsewhere is not None:
        other = str(place.elsewhere) if place.elsewhere else None
        raise Refused(Refusal.ALREADY_COUNTED, {"box": place.box.code, "count_session_id": other})


def _says(said: CountEntry | Entering) -> tuple[Any, ...]:
    return (
        list(said.contents),
        said.total_cents,
        said.first_count_cents,
        said.second_count_cents,
        list(said.evidence),
        list(said.reported_exceptions),
    )


def standing_entry(entries: Iterable[CountEntry]) -> CountEntry | None:
    """The entry of a box that stands: its last revision."""
    return max(entries, key=lambda each: each.revision, default=None)


def standing_entries(entries: Iterable[CountEntry]) -> tuple[CountEntry, ...]:
    """The entries of a session that stand, one for each box, in the order of first entering;
    without those that were withdrawn."""
    latest: dict[UUID, CountEntry] = {}
    for each in sorted(entries, key=lambda entry: (entry.revision, entry.id)):
        latest[each.box_id] = each
    return tuple(each for each in latest.values() if not each.withdrawn)


def check_not_posted(session: CountSession) -> None:
    """Refuses COUNT_SESSION_POSTED: from then on a count is corrected by revision alone."""
    if session.posted_at is not None:
        raise Refused(Refusal.COUNT_SESSION_POSTED, {"batch_id": session.batch_id})


def check_present(act: Act, session: CountSession) -> None:
    """Refuses SIGNER_NOT_ALLOWED who is not of the team, or has left it; a program may enter."""
    here = {each["staff_id"] for each in session.present}
    if act.role is not Role.SERVICE and str(act.actor_id) not in here:
        raise Refused(Refusal.SIGNER_NOT_ALLOWED, {"team": list(session.badges)})


def _about(
    session: CountSession, *, new: tuple[Any, ...] = (), changed: tuple[Any, ...] = ()
) -> Decision:
    signed = (Signed(subject_id=session.id),)
    return Decision(new=new, changed=changed, signed=signed, subject_id=session.id)
