"""A form as it stands on the page: its fields with what was typed, its signers, what was refused.

The Idempotency-Key is made here, once for each form that is shown, and comes back with it: a form
sent twice, or again after a lost connection, has one effect (IDEM-1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands.signing import SignatureGiven
from tablebank.domain.chips import key_of
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.queries.session_sheet import SnapshotSheet
from tablebank.web import typed, words
from tablebank.web.actions.kind import Action, Choice, Field, Place, SignsToo
from tablebank.web.actions.signers import OF_SIGNATURES, rows_for
from tablebank.web.count_sheet import ChipRow, Sum, rows_of, summed
from tablebank.web.counting import ShownBegun, shown_begun
from tablebank.web.explained import explained, out_of_range
from tablebank.web.heard import heard
from tablebank.web.session_view import SessionView
from tablebank.web.typed import BILLS, IN_ONE_AMOUNT, Data
from tablebank.web.written import write_as

WHEN = Field(
    name="occurred_at",
    label=gettext_lazy("Date and time on the casino's clock"),
    kind="instant",
    required=False,
    hint=gettext_lazy("Empty for now"),
)
ON_PAPER = replace(WHEN, required=True, hint=gettext_lazy("As it stands on the paper"))
"""The same for what is entered from paper: nothing on it happened just now (BACK-1)."""
REMARK = Field(name="remark", label=gettext_lazy("Remark"), kind="words", required=False)


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
    against: SnapshotSheet | None = None
    """The count that chips are held against, row by row."""
    sum: Sum | None = None
    """What the chips come to, as far as they are typed."""
    twice: Sequence[Choice] = ()
    """Where the clock showed the time twice that night: the two times it can be."""
    chosen: str = ""
    begun: ShownBegun | None = None
    """The count that this form began, once it has (SNAP-5)."""

    @property
    def is_held_by_row(self) -> bool:
        """Whether the count before is known chip by chip; one attested by its total is not."""
        return self.against is not None and self.against.chipset is not None

    @property
    def rows(self) -> Sequence[ChipRow | PartRow]:
        """What is typed row by row, where it is."""
        return (*self.chips, *self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownSigner:
    """A signature still to be given. A badge that was typed is kept, a PIN never."""

    index: int
    roles: Sequence[Choice]
    chosen: str
    badge: str
    required: bool
    why: str
    error: str

    @property
    def badge_name(self) -> str:
        return f"sign:{self.index}:badge"

    @property
    def pin_name(self) -> str:
        return f"sign:{self.index}:pin"


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
    by_signers: bool = False
    """Whether the refusal is one of signatures, and stands beside them."""
    is_spent: bool = False
    """Whether its key was used for something else: it cannot be sent again, an empty one can."""
    is_kept: bool = False
    """Whether it shows what was sent with it before: then that is what was typed last."""
    focus: str = ""
    """The name of what is typed into first: what is wrong, else the first that is empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sent:
    """What came back with a form that was refused, and where it was filled in."""

    data: Data
    errors: Mapping[str, str]
    view: SessionView


def shown_form(
    action: Action, place: Place, *, data: Data | None = None, refused: Refused | None = None
) -> ShownForm:
    """The form of an action here; after a refusal with everything that was typed but the PINs."""
    casino = place.view.house.casino
    errors = errors_by_field(refused, zone=casino.timezone) if refused else {}
    sent = _Sent(data=data or {}, errors=errors, view=place.view)
    with write_as(place.view.house):
        fields = [_shown(each, sent) for each in action.fields(place)]
    signers = shown_signers(rows_for(action, place), sent.data, sent.errors)
    asked = ON_PAPER if action.from_paper else WHEN
    when = _shown_instant(asked, sent.data, errors, zone=casino.timezone)
    remark = _shown(REMARK, sent)
    return ShownForm(
        action=action,
        place=place,
        key=key_for(sent.data),
        fields=fields,
        signers=signers,
        when=when,
        remark=remark,
        refusal=heard(refused.detail) if refused else "",
        details=explained(refused, house=place.view.house) if refused else (),
        others=_others(errors, [*fields, when, remark], signers),
        is_spent=refused is not None and refused.refusal is Refusal.IDEMPOTENCY_KEY_REUSED,
        is_kept=data is not None,
        by_signers=bool(signers) and _of_signatures(refused),
        focus=_wrong_first([*fields, when, remark], signers, refused)
        or _first_of(fields, signers, grave=action.grave),
    )


def added_up(action: Action, place: Place, data: Data) -> ShownForm:
    """The form as it was typed so far with its sums, for a browser that does not add up itself."""
    view = place.view
    counted = [each for each in action.fields(place) if each.kind == "chips"]
    with write_as(view.house):
        read = typed.read(counted, data, chips=view.chips, zone=view.house.casino.timezone)
    return shown_form(action, place, data=data, refused=read.misshapen)


def errors_by_field(refused: Refused, *, zone: str) -> Mapping[str, str]:
    """What is wrong, by pointer; a time that cannot be is always said beside the time."""
    errors = {each.pointer: heard(each.message) for each in refused.errors}
    when = out_of_range(refused, zone=zone)
    return {**errors, f"/{WHEN.name}": when} if when else errors


def shown_when(data: Data, errors: Mapping[str, str], *, zone: str) -> ShownField:
    """The field that says when it happened, as every form of a fact has it (TIME-1)."""
    return _shown_instant(WHEN, data, errors, zone=zone)


def key_for(sent: Data) -> str:
    """The form's own key, made once: a refused command leaves none, so it is sent again under it.

    Also where it was used for something else: a fresh one would be one tap from doing it twice.
    Whoever wants another thing begins an empty form.
    """
    return sent.get("key") or str(uuid4())


def _shown(asked: Field, sent: _Sent) -> ShownField:
    error = sent.errors.get(f"/{asked.name}", "")
    if asked.kind == "chips":
        against = _against(asked, sent.view)
        was = against.chipset if against else None
        rows = rows_of(asked.name, sent.data, sent.errors, chips=sent.view.chips, was=was)
        adds_up = summed(rows, before_cents=against.total_cents if against else None)
        return ShownField(
            field=asked, value="", error=error, chips=rows, against=against, sum=adds_up
        )
    if asked.kind == "begun":
        begun = shown_begun(sent.view, sent.data)
        return ShownField(field=asked, value="", error=error, begun=begun)
    if asked.kind == "bills":
        return ShownField(field=asked, value="", error=error, parts=_parts(asked, sent))
    return shown_field(asked, sent.data, sent.errors, zone=sent.view.house.casino.timezone)


def shown_field(asked: Field, data: Data, errors: Mapping[str, str], *, zone: str) -> ShownField:
    """A field that is one line, choice or time, wherever its form stands."""
    if asked.kind == "instant":
        return _shown_instant(asked, data, errors, zone=zone)
    error = errors.get(f"/{asked.name}", "")
    return ShownField(field=asked, value=data.get(asked.name, asked.value), error=error)


def _shown_instant(asked: Field, data: Data, errors: Mapping[str, str], *, zone: str) -> ShownField:
    value = data.get(asked.name, asked.value)
    return ShownField(
        field=asked,
        value=value,
        error=errors.get(f"/{asked.name}", ""),
        twice=[
            Choice(value=str(index), words=f"{each:%H:%M %Z}")
            for index, each in enumerate(typed.shown_twice(value, zone=zone))
        ],
        chosen=data.get(f"{asked.name}:which", ""),
    )


def _against(asked: Field, view: SessionView) -> SnapshotSheet | None:
    """An opener is held against the closer before it, any other count against the last one."""
    return {"closer": view.last_closer, "last": view.compare_with}.get(asked.compared)


def _parts(asked: Field, sent: _Sent) -> list[PartRow]:
    notes = [(str(cents), "", cents) for cents in BILLS]
    amounts = [(instrument, label, None) for instrument, label in IN_ONE_AMOUNT]
    return [
        PartRow(
            name=f"{asked.name}:{name}",
            label=str(label),
            cents=cents,
            typed=sent.data.get(f"{asked.name}:{name}", ""),
            error=sent.errors.get(f"/{asked.name}/{name}", ""),
        )
        for name, label, cents in (*notes, *amounts)
    ]


def shown_signers(
    rows: Sequence[SignsToo], data: Data, wrong: Mapping[str, str]
) -> list[ShownSigner]:
    """The rows still to be signed; what is wrong with a signature stands in the row it came from.

    A refusal counts signatures, not rows: a row that was left empty gave none.
    """
    signed = [index for index in range(len(rows)) if typed.is_signed(index, data)]
    errors = {row: wrong.get(_signature(given), "") for given, row in enumerate(signed)}
    return [_signer(index, row, data, errors) for index, row in enumerate(rows)]


def _signature(given: int) -> str:
    return f"/signatures/{given}/role"


def _signer(index: int, row: SignsToo, data: Data, errors: Mapping[int, str]) -> ShownSigner:
    chosen = data.get(f"sign:{index}:role", row.roles[0].value)
    in_words = words.said(words.ROLE, chosen).lower()
    return ShownSigner(
        index=index,
        roles=[Choice(value=role.value, words=words.said(words.ROLE, role)) for role in row.roles],
        chosen=chosen,
        badge=data.get(f"sign:{index}:badge", ""),
        required=row.required,
        why=str(row.why),
        error=_("This person does not act as %(role)s.") % {"role": in_words}
        if errors.get(index)
        else "",
    )


def _others(
    errors: Mapping[str, str], shown: Sequence[ShownField], signers: Sequence[ShownSigner]
) -> list[str]:
    beside = {f"/{each.field.name}" for each in shown if each.error}
    beside |= {_pointer(row.name) for each in shown for row in each.rows if row.error}
    if any(each.error for each in signers):
        beside |= {pointer for pointer in errors if pointer.startswith("/signatures/")}
    return [message for pointer, message in errors.items() if pointer not in beside]


def _wrong_first(
    shown: Sequence[ShownField], signers: Sequence[ShownSigner], refused: Refused | None
) -> str:
    """What was refused; every PIN is to be typed again, so else the first signature it took."""
    if refused is None:
        return ""
    for each in shown:
        names = [row.name for row in each.rows if row.error]
        if names or each.error:
            return names[0] if names else _input_of(each)
    unsigned = [each for each in signers if each.required and not each.badge]
    if refused.refusal is Refusal.SIGNATURE_MISSING and unsigned:
        return unsigned[0].badge_name
    if _of_signatures(refused) and signers:
        wrong = next((each for each in signers if each.error), signers[0])
        return wrong.pin_name
    return "refusal"


def _of_signatures(refused: Refused | None) -> bool:
    return refused is not None and refused.refusal in OF_SIGNATURES


def _first_of(shown: Sequence[ShownField], signers: Sequence[ShownSigner], *, grave: bool) -> str:
    """The first thing to type; a form that asks nothing is only to be sent, unless it is grave."""
    typed_into = [each for each in shown if each.field.kind != "begun"]
    if typed_into:
        return _input_of(typed_into[0])
    if signers:
        return signers[0].badge_name
    return "" if grave else "send"


def _input_of(each: ShownField) -> str:
    return each.rows[0].name if each.rows else each.field.name


def _pointer(name: str) -> str:
    return "/" + name.replace(":", "/", 1)


def read_form(
    action: Action, place: Place, data: Data
) -> tuple[typed.Typed, tuple[SignatureGiven, ...]]:
    """What was typed into the form of an action here, and who signed it."""
    zone = place.view.house.casino.timezone
    fields = (*action.fields(place), ON_PAPER if action.from_paper else WHEN, REMARK)
    given = typed.signatures(rows_for(action, place), data)
    with write_as(place.view.house):
        read = typed.read(fields, data, chips=place.view.chips, zone=zone)
    badges = tuple(each.badge for each in given)
    errors = read.errors or _left_out(fields, read.values, place)
    return typed.Typed(values={**read.values, "signers": badges}, errors=errors), given


def _left_out(
    fields: Sequence[Field], values: Mapping[str, Any], place: Place
) -> tuple[FieldError, ...]:
    """The chips that stood in the tray at the count before and were left blank now; where counts
    are blind any of the bank, so that what is asked for tells nothing (SNAP-4).

    A blank is not a zero: who counted none of a chip says 0 (CHIP-4, LESSON-2).
    """
    return tuple(
        FieldError(
            f"/{asked.name}/{key}", "SHAPE", _("Not counted yet. Enter 0 if there are none.")
        )
        for asked in fields
        if asked.kind == "chips" and asked.compared and values.get(asked.name)
        for key in _standing_before(asked, place)
        if key not in values[asked.name]
    )


def _standing_before(asked: Field, place: Place) -> tuple[str, ...]:
    if place.view.session.counts_hidden:
        return tuple(key_of(each) for each in place.view.chips.types if each.in_bank)
    against = _against(asked, place.view)
    before = against.chipset if against else None
    return tuple(key for key, pieces in (before or {}).items() if pieces)
