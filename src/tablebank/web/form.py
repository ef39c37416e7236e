"""A form as it stands on the page: its fields with what was typed, its signers, what was refused.

The Idempotency-Key is made here, once for each form that is shown, and comes back with it: a form
sent twice, or again after a lost connection, has one effect (IDEM-1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tablebank.commands.signing import SignatureGiven
from tablebank.domain.chips import ChipList, key_of
from tablebank.domain.refusals import Refusal, Refused
from tablebank.web import typed, words
from tablebank.web.actions.kind import Action, Choice, Field, Place, SignsToo
from tablebank.web.actions.signers import rows_for
from tablebank.web.explained import explained
from tablebank.web.typed import BILLS, IN_ONE_AMOUNT, Data

WHEN = Field(name="occurred_at", label="When, if not now", kind="instant", required=False)
REMARK = Field(name="remark", label="Remark", kind="words", required=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChipRow:
    """One denomination of a count: what was typed for it, and what was there before."""

    name: str
    label_cents: int
    code: str
    colour: str
    in_bank: bool
    typed: str
    before: int | None
    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRow:
    """One line of what a box held: notes of a denomination, or an instrument's amount."""

    name: str
    label: str
    cents: int | None
    typed: str
    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownField:
    """A field with what was typed into it and what is wrong with it."""

    field: Field
    value: str
    error: str
    chips: Sequence[ChipRow] = ()
    parts: Sequence[PartRow] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownSigner:
    """A signature still to be given. A badge that was typed is kept, a PIN never."""

    index: int
    roles: Sequence[Choice]
    chosen: str
    badge: str
    required: bool
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownForm:
    """Everything the form's template says."""

    action: Action
    place: Place
    key: str
    fields: Sequence[ShownField]
    signers: Sequence[ShownSigner]
    when: ShownField
    remark: ShownField
    refusal: str = ""
    details: Sequence[str] = ()
    others: Sequence[str] = ()
    """Errors that belong to no field shown."""
    previous: Mapping[str, Any] = field(default_factory=dict)


def shown_form(
    action: Action,
    place: Place,
    *,
    data: Data | None = None,
    refused: Refused | None = None,
) -> ShownForm:
    """The form of an action here; after a refusal with everything that was typed but the PINs."""
    sent = data or {}
    errors = {each.pointer: each.message for each in refused.errors} if refused else {}
    chips = place.view.chips
    before = place.view.compare_with
    was = before.chipset if before is not None else None
    fields = [
        _shown(each, sent, errors, chips=chips, was=was if each.compared else None)
        for each in action.fields(place)
    ]
    rows = rows_for(action, place)
    when, remark = _shown(WHEN, sent, errors), _shown(REMARK, sent, errors)
    return ShownForm(
        action=action,
        place=place,
        key=_key(sent, refused),
        fields=fields,
        signers=[_signer(index, row, sent) for index, row in enumerate(rows)],
        when=when,
        remark=remark,
        refusal=refused.detail if refused else "",
        details=explained(refused, currency=place.view.house.casino.currency) if refused else (),
        others=_others(errors, [*fields, when, remark]),
    )


def _key(sent: Data, refused: Refused | None) -> str:
    """A refused command leaves no key, so its form keeps the one it has; a used one is replaced."""
    used = refused is not None and refused.refusal is Refusal.IDEMPOTENCY_KEY_REUSED
    return str(uuid4()) if used else sent.get("key") or str(uuid4())


def _shown(
    asked: Field,
    sent: Data,
    errors: Mapping[str, str],
    *,
    chips: ChipList | None = None,
    was: Mapping[str, int] | None = None,
) -> ShownField:
    error = errors.get(f"/{asked.name}", "")
    if asked.kind == "chips" and chips is not None:
        rows = _chip_rows(asked, sent, errors, chips=chips, was=was)
        return ShownField(field=asked, value="", error=error, chips=rows)
    if asked.kind == "bills":
        return ShownField(field=asked, value="", error=error, parts=_parts(asked, sent, errors))
    return ShownField(field=asked, value=sent.get(asked.name, ""), error=error)


def _chip_rows(
    asked: Field,
    sent: Data,
    errors: Mapping[str, str],
    *,
    chips: ChipList,
    was: Mapping[str, int] | None,
) -> list[ChipRow]:
    """Every chip the casino knows, highest first."""
    listed = sorted(chips.types, key=lambda each: (not each.in_bank, -each.cents, each.code))
    return [
        ChipRow(
            name=f"{asked.name}:{key_of(chip)}",
            label_cents=chip.cents,
            code="" if chip.chip_set == "VALUE" else chip.code,
            colour=chip.colour,
            in_bank=chip.in_bank,
            typed=sent.get(f"{asked.name}:{key_of(chip)}", ""),
            before=None if was is None else was.get(key_of(chip), 0),
            error=errors.get(f"/{asked.name}/{key_of(chip)}", ""),
        )
        for chip in listed
    ]


def _parts(asked: Field, sent: Data, errors: Mapping[str, str]) -> list[PartRow]:
    notes = [(str(cents), "", cents) for cents in BILLS]
    amounts = [(instrument, label, None) for instrument, label in IN_ONE_AMOUNT]
    return [
        PartRow(
            name=f"{asked.name}:{name}",
            label=label,
            cents=cents,
            typed=sent.get(f"{asked.name}:{name}", ""),
            error=errors.get(f"/{asked.name}/{name}", ""),
        )
        for name, label, cents in (*notes, *amounts)
    ]


def _signer(index: int, row: SignsToo, sent: Data) -> ShownSigner:
    return ShownSigner(
        index=index,
        roles=[Choice(value=role.value, words=words.said(words.ROLE, role)) for role in row.roles],
        chosen=sent.get(f"sign:{index}:role", row.roles[0].value),
        badge=sent.get(f"sign:{index}:badge", ""),
        required=row.required,
        why=row.why,
    )


def _others(errors: Mapping[str, str], shown: Sequence[ShownField]) -> list[str]:
    beside = {f"/{each.field.name}" for each in shown if each.error}
    beside |= {_pointer(row.name) for each in shown for row in each.chips if row.error}
    beside |= {_pointer(row.name) for each in shown for row in each.parts if row.error}
    return [message for pointer, message in errors.items() if pointer not in beside]


def _pointer(name: str) -> str:
    return "/" + name.replace(":", "/", 1)


def read_form(
    action: Action, place: Place, data: Data
) -> tuple[typed.Typed, tuple[SignatureGiven, ...]]:
    """What was typed into the form of an action here, and who signed it."""
    zone = place.view.house.casino.timezone
    fields = (*action.fields(place), WHEN, REMARK)
    given = typed.signatures(rows_for(action, place), data)
    read = typed.read(fields, data, chips=place.view.chips, zone=zone)
    badges = tuple(each.badge for each in given)
    return typed.Typed(values={**read.values, "signers": badges}, errors=read.errors), given
