"""Commands of people and what they prove themselves with: staff, PINs, passwords, tokens, locks.

Secrets are kept beside the person, hashed, and appear in no record, entry or answer; a new token is
shown once.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tablebank.commands.pins import hashed
from tablebank.commands.scene import Command, Scene, Target, the_casino, the_person
from tablebank.commands.signing import SignatureGiven, signers_of
from tablebank.domain.credentials import sha256_of, written_token
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import Staff
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import Role

PIN_DIGITS = range(4, 13)
PASSWORD_CHARACTERS = range(8, 201)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddStaff:
    """A person with badge and roles; a PIN given here was chosen by somebody else (SIGN-5)."""

    badge: str
    name: str
    roles: Sequence[Role]
    licence: str | None = None
    pin: str | None = None
    password: str | None = None
    pin_chosen: bool = False


def checked_pin(pin: str | None, *, pointer: str = "/pin") -> None:
    """A PIN is 4 to 12 digits."""
    if pin is not None and not (pin.isascii() and pin.isdigit() and len(pin) in PIN_DIGITS):
        raise _wrong(pointer, "A PIN is 4 to 12 digits.")


def _wrong(pointer: str, message: str) -> Refused:
    return Refused(Refusal.SHAPE, errors=[FieldError(pointer, Refusal.SHAPE.name, message)])


def _check_staff(scene: Scene, body: AddStaff) -> AddStaff:
    """The same bounds whichever door the person comes in by: the command line's or the API's."""
    for pointer, given in (("/badge", body.badge), ("/name", body.name)):
        if not 0 < len(given.strip()) <= 64:
            raise _wrong(pointer, "At least one character, and at most 64.")
    checked_pin(body.pin)
    checked_password(body.password)
    return body


def checked_password(password: str | None) -> None:
    """A password is 8 to 200 characters."""
    if password is not None and len(password) not in PASSWORD_CHARACTERS:
        raise _wrong("/password", "A password is 8 to 200 characters.")


def _add_staff(scene: Scene, body: AddStaff) -> Decision:
    if scene.all_of(Staff, "badge = %s", body.badge):
        raise Refused(Refusal.BADGE_TAKEN, {"badge": body.badge})
    act = scene.acted()
    person = Staff(
        id=act.new_id(),
        casino_id=scene.casino_id,
        badge=body.badge,
        name=body.name,
        licence=body.licence,
        roles=tuple(dict.fromkeys(body.roles)),
        active=True,
    )
    return Decision(new=(person,), subject_id=person.id)


def keep_secrets(
    scene: Scene, staff_id: UUID, *, pin: str | None, password: str | None, pin_chosen: bool
) -> None:
    """Keep the hashes of a person's PIN or password; what is not given stays as it was."""
    scene.cursor.execute(
        "insert into staff_secret as kept"
        " (casino_id, staff_id, pin_hash, pin_chosen, password_hash, changed_at)"
        " values (%(casino)s, %(staff)s, %(pin)s, %(chosen)s, %(password)s, %(at)s)"
        " on conflict (staff_id) do update set"
        "   pin_hash = coalesce(excluded.pin_hash, kept.pin_hash),"
        "   pin_chosen = case when excluded.pin_hash is null"
        "     then kept.pin_chosen else excluded.pin_chosen end,"
        "   password_hash = coalesce(excluded.password_hash, kept.password_hash),"
        "   changed_at = excluded.changed_at",
        {
            "casino": scene.casino_id,
            "staff": staff_id,
            "pin": hashed(pin) if pin else None,
            "chosen": pin_chosen,
            "password": hashed(password) if password else None,
            "at": scene.recorded_at,
        },
    )


def _staff_with_secrets(scene: Scene, body: AddStaff) -> None:
    keep_secrets(
        scene,
        scene.decided().subject_id,
        pin=body.pin,
        password=body.password,
        pin_chosen=body.pin_chosen,
    )


ADD_STAFF = Command(
    name="add_staff",
    body=AddStaff,
    step="settings",
    find=the_casino,
    check=_check_staff,
    decide=_add_staff,
    then=_staff_with_secrets,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeStaff:
    """Name, roles, licence, whether they work here, and a password in place of a forgotten one."""

    name: str | None = None
    roles: Sequence[Role] | None = None
    licence: str | None = None
    active: bool | None = None
    password: str | None = None


def _check_change(scene: Scene, body: ChangeStaff) -> ChangeStaff:
    checked_password(body.password)
    return body


def _change_staff(scene: Scene, body: ChangeStaff) -> Decision:
    """Roles are granted by an ADMIN and never to oneself (SYS-04)."""
    person = scene.kept[scene.target.id or scene.casino_id]
    if body.roles is not None and person.id == scene.caller.staff.id:
        raise Refused(Refusal.SIGNER_INVOLVED, {"why": "roles are not granted to oneself"})
    if body.active is False and person.id == scene.caller.staff.id:
        raise Refused(Refusal.SIGNER_INVOLVED, {"why": "nobody deactivates themselves"})
    now = replace(
        person,
        name=body.name or person.name,
        roles=tuple(dict.fromkeys(body.roles)) if body.roles is not None else person.roles,
        licence=body.licence if body.licence is not None else person.licence,
        active=person.active if body.active is None else body.active,
    )
    changed = () if now == person else (now,)
    nothing = not changed and body.password is None
    return Decision(changed=changed, subject_id=person.id, changed_nothing=nothing)


def _keep_password(scene: Scene, body: ChangeStaff) -> None:
    if body.password is not None:
        person_id = scene.decided().subject_id
        keep_secrets(scene, person_id, pin=None, password=body.password, pin_chosen=False)


CHANGE_STAFF = Command(
    name="change_staff",
    body=ChangeStaff,
    step="settings",
    find=the_person,
    check=_check_change,
    decide=_change_staff,
    then=_keep_password,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPin:
    """One's own new PIN with the old one; or, by an ADMIN, a first one for somebody else."""

    pin: str
    current_pin: str | None = None


def _check_set_pin(scene: Scene, body: SetPin) -> SetPin:
    checked_pin(body.pin)
    own = scene.target.id == scene.caller.staff.id
    if not own and Role.ADMIN not in scene.caller.roles:
        raise Refused(Refusal.ROLE_NOT_ALLOWED, {"needed": ["ADMIN"]})
    row = scene.cursor.execute(
        "select pin_hash from staff_secret where casino_id = %s and staff_id = %s",
        [scene.casino_id, scene.target.id],
    ).fetchone()
    kept = row[0] if row else None
    if own and kept is not None:
        person = scene.caller.staff
        before = SignatureGiven(
            role=person.roles[0], badge=person.badge, pin=body.current_pin or ""
        )
        signers_of(
            scene.cursor,
            (before,),
            casino_id=scene.casino_id,
            device=scene.caller.device,
            at=scene.recorded_at,
        )
    return body


def _keep_pin(scene: Scene, body: SetPin) -> None:
    own = scene.target.id == scene.caller.staff.id
    keep_secrets(
        scene, scene.target.id or scene.casino_id, pin=body.pin, password=None, pin_chosen=own
    )


SET_PIN = Command(
    name="set_pin",
    body=SetPin,
    step="choose_pin",
    find=the_person,
    check=_check_set_pin,
    decide=lambda scene, body: Decision(subject_id=scene.target.id or scene.casino_id),
    then=_keep_pin,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Nothing:
    """A command that says all it has to say by its path."""


def _unlock(scene: Scene, body: Nothing) -> None:
    person = scene.kept[scene.target.id or scene.casino_id]
    scene.cursor.execute(
        "delete from badge_lock where casino_id = %s and badge = %s",
        [scene.casino_id, person.badge],
    )


UNLOCK = Command(
    name="unlock_badge",
    body=Nothing,
    step="unlock_badge",
    find=the_person,
    decide=lambda scene, body: Decision(subject_id=scene.target.id or scene.casino_id),
    then=_unlock,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateToken:
    """A program's token for one person (or service); the text is shown once."""

    badge: str
    expires_at: datetime | None = None
    staff_id: UUID | None = None


def _check_token(scene: Scene, body: CreateToken) -> CreateToken:
    found = scene.all_of(Staff, "badge = %s and active", body.badge)
    if not found:
        error = FieldError("/badge", Refusal.REFERENCE_UNKNOWN.name, "No such badge.")
        raise Refused(Refusal.REFERENCE_UNKNOWN, errors=[error])
    return replace(body, staff_id=found[0].id)


def _create_token(scene: Scene, body: CreateToken) -> Decision:
    token_id = scene.acted().new_id()
    return Decision(
        subject_id=token_id, outcome={"badge": body.badge, "secret": secrets.token_urlsafe(32)}
    )


def _keep_token(scene: Scene, body: CreateToken) -> None:
    decision = scene.decided()
    scene.cursor.execute(
        "insert into api_token (id, casino_id, staff_id, secret_sha256, created_at, expires_at)"
        " values (%s, %s, %s, %s, %s, %s)",
        [
            decision.subject_id,
            scene.casino_id,
            body.staff_id,
            sha256_of(decision.outcome["secret"]),
            scene.recorded_at,
            body.expires_at,
        ],
    )


def token_text(casino_id: UUID, decision: Decision) -> str:
    """The new token as it is handed over, once."""
    return written_token(casino_id, decision.outcome["secret"])


CREATE_TOKEN = Command(
    name="create_token",
    body=CreateToken,
    step="settings",
    find=the_casino,
    check=_check_token,
    decide=_create_token,
    then=_keep_token,
    creates=True,
)


def _find_token(scene: Scene, record_id: UUID | None) -> Target:
    row = scene.cursor.execute(
        "select id from api_token where casino_id = %s and id = %s", [scene.casino_id, record_id]
    ).fetchone()
    if row is None:
        raise Refused(Refusal.NOT_FOUND, {"id": str(record_id)})
    return Target(type="token", id=row[0])


def _revoke(scene: Scene, body: Nothing) -> None:
    scene.cursor.execute(
        "update api_token set revoked_at = coalesce(revoked_at, %s)"
        " where casino_id = %s and id = %s",
        [scene.recorded_at, scene.casino_id, scene.target.id],
    )


REVOKE_TOKEN = Command(
    name="revoke_token",
    body=Nothing,
    step="settings",
    find=_find_token,
    decide=lambda scene, body: Decision(subject_id=scene.target.id or scene.casino_id),
    then=_revoke,
)
