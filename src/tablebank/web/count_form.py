"""A form of the count room as it stands on its page, with what was typed and what was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tablebank.domain.refusals import Refusal, Refused
from tablebank.web.actions.kind import Field
from tablebank.web.actions.signers import OF_SIGNATURES
from tablebank.web.count_room import RoomForm, Spot
from tablebank.web.explained import explained
from tablebank.web.form import (
    WHEN,
    PartRow,
    ShownField,
    ShownSigner,
    errors_by_field,
    key_for,
    shown_signers,
    shown_when,
)
from tablebank.web.heard import heard
from tablebank.web.typed import BILLS, IN_ONE_AMOUNT
from tablebank.web.written import write_as


@dataclass(frozen=True, kw_only=True, slots=True)
class CountForm:
    """Everything the form's template says."""

    room: RoomForm
    key: str
    fields: Sequence[ShownField]
    signers: Sequence[ShownSigner]
    when: ShownField
    refusal: str
    details: Sequence[str]
    others: Sequence[str]
    by_signers: bool
    is_kept: bool
    is_spent: bool
    box: str
    """The box it is about, by its code; empty where it is about none."""
    focus: str


def fields_of(form: RoomForm, spot: Spot) -> tuple[Field, ...]:
    """What a form asks for here, with when it happened (TIME-1)."""
    return (*form.fields(spot), WHEN)


def count_form(
    form: RoomForm,
    spot: Spot,
    *,
    data: Mapping[str, str] | None = None,
    refused: Refused | None = None,
) -> CountForm:
    """The form here; after a refusal with everything that was typed but the PINs."""
    zone = spot.view.house.casino.timezone
    errors = errors_by_field(refused, zone=zone) if refused else {}
    with write_as(spot.view.house):
        stands = form.typed(spot) if data is None else data
        fields = [_shown(each, stands, errors) for each in form.fields(spot)]
        signers = shown_signers(form.signs(spot), data or {}, errors)
        when = shown_when(data or {}, errors, zone=zone)
    by_signers = bool(signers) and refused is not None and refused.refusal in OF_SIGNATURES
    box = spot.due or spot.entered
    return CountForm(
        room=form,
        key=key_for(data or {}),
        fields=fields,
        signers=signers,
        when=when,
        refusal=heard(refused.detail) if refused else "",
        details=explained(refused, house=spot.view.house) if refused else (),
        others=_others(errors, [*fields, when]),
        by_signers=by_signers,
        is_kept=data is not None,
        is_spent=refused is not None and refused.refusal is Refusal.IDEMPOTENCY_KEY_REUSED,
        box=box.box if box else "",
        focus="sign:0:pin" if by_signers else "refusal" if refused else _first(fields, signers),
    )


def _shown(field: Field, stands: Mapping[str, str], errors: Mapping[str, str]) -> ShownField:
    error = errors.get(f"/{field.name}", "")
    if field.kind == "bills":
        return ShownField(field=field, value="", error=error, parts=_parts(field, stands, errors))
    return ShownField(field=field, value=stands.get(field.name, ""), error=error)


def _parts(field: Field, stands: Mapping[str, str], errors: Mapping[str, str]) -> list[PartRow]:
    notes = [(str(cents), "", cents) for cents in BILLS]
    amounts = [(instrument, str(label), None) for instrument, label in IN_ONE_AMOUNT]
    return [
        PartRow(
            name=f"{field.name}:{name}",
            label=label,
            cents=cents,
            typed=stands.get(f"{field.name}:{name}", ""),
            error=errors.get(f"/{field.name}/{name}", ""),
        )
        for name, label, cents in (*notes, *amounts)
    ]


def _others(errors: Mapping[str, str], fields: Sequence[ShownField]) -> list[str]:
    """Errors that stand beside no field."""
    beside = {f"/{each.field.name}" for each in fields}
    beside |= {"/" + row.name.replace(":", "/", 1) for each in fields for row in each.rows}
    return [words for pointer, words in errors.items() if pointer not in beside]


def _first(fields: Sequence[ShownField], signers: Sequence[ShownSigner]) -> str:
    """The first thing to type."""
    if not fields:
        return signers[0].badge_name if signers else "send"
    return fields[0].rows[0].name if fields[0].rows else fields[0].field.name
