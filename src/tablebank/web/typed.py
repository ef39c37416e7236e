"""Reading what was typed into a form: chips, money, instants, what a box held, signatures.

What cannot be read is never guessed at: it comes back as an error beside its field, with everything
typed kept. Only PINs are not kept: they are read once, and nothing here ever shows one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands.signing import SignatureGiven
from tablebank.domain.chips import ChipList
from tablebank.domain.occurrence import rfc3339
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.web.actions.kind import Field, SignsToo
from tablebank.web.figures import number
from tablebank.web.written import current

Data = Mapping[str, str]
"""Names and values as the browser sent them."""

BILLS = (10_000, 5_000, 2_000, 1_000, 500, 200, 100)
"""The notes of a drop box, in cents, highest first."""

IN_ONE_AMOUNT = (
    ("COIN", gettext_lazy("Coin")),
    ("CHIP", gettext_lazy("Chips")),
    ("VOUCHER", gettext_lazy("Vouchers")),
    ("CHECK", gettext_lazy("Checks")),
    ("MARKER_ISSUE", gettext_lazy("Markers issued")),
    ("MARKER_PAYMENT", gettext_lazy("Marker payments (subtracted)")),
    ("COUPON", gettext_lazy("Coupons (not in the drop)")),
    ("FOREIGN_CHIP", gettext_lazy("Foreign chips (not in the drop)")),
)
"""What is entered by its amount alone: the instrument and its words."""

NOT_READ = gettext_lazy("Some of it could not be read: see what is marked. Nothing was changed.")

NOT_WHOLE = gettext_lazy("Not a whole number of these chips.")
NOT_THE_SAME = gettext_lazy("Chips and amount are not the same: correct one, or leave it empty.")

FORMS = ("FILL", "CREDIT", "REQUEST", "OPENER", "CLOSER", "MARKER", "COUPON", "OTHER")
"""The forms that may lie in a box."""

_PIECES = re.compile(r"\d{1,9}", re.ASCII)
_LONGEST_TEXT, _LONGEST_WORDS = 64, 2_000


class NotRead(Exception):
    """Something typed that means nothing here; its words say what would."""

    def __init__(self, message: str, *, code: str = Refusal.SHAPE.name) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A form's fields by name, and what could not be read, by pointer."""

    values: Mapping[str, Any]
    errors: tuple[FieldError, ...]

    @property
    def misshapen(self) -> Refused | None:
        """The refusal that the unreadable parts amount to, if there are any."""
        if not self.errors:
            return None
        return Refused(Refusal.SHAPE, errors=self.errors, detail=str(NOT_READ))


Reader = Callable[[Field, Data, ChipList, str], Any]
"""Reads one field of its kind from what was sent, by the casino's chips and zone."""


def read(
    fields: Sequence[Field],
    data: Data,
    *,
    chips: ChipList,
    zone: str,
    also: Mapping[str, Reader] = {},
) -> Typed:
    """Everything the form asked for. A field left empty is None: not said.

    `also` are readers for kinds of field that only some forms have.
    """
    readers = {**_READERS, **also}
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for field in fields:
        try:
            values[field.name] = readers[field.kind](field, data, chips, zone)
        except _NotReadParts as parts:
            errors += parts.errors
        except NotRead as no:
            errors.append(FieldError(f"/{field.name}", no.code, no.message))
    return Typed(values=values, errors=tuple(errors))


class _NotReadParts(Exception):
    """Several parts of one field that could not be read."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("parts")
        self.errors = tuple(errors)


def money_in_cents(text: str) -> int:
    """`$1,234.50`, `1234.50` or `1234` in cents, as the casino's locale writes it; refuses anything
    a person could mean twice.
    """
    how = current()
    cents = how.cents_in(text)
    if cents is None:
        raise NotRead(_("An amount such as %(example)s.") % {"example": how.example})
    return cents


def pieces(text: str) -> int:
    """A number of chips or notes: digits, nothing else."""
    if not _PIECES.fullmatch(text.strip()):
        raise NotRead(_("A whole number of pieces."), code=Refusal.CHIPSET_INVALID.name)
    return int(text.strip())


def amount_name(field: str, key: str) -> str:
    """The name of the amount of a chip's row, which may be typed in place of its pieces."""
    return f"amount:{field}:{key}"


def pieces_of_row(text: str, amount: str, *, worth_cents: int) -> int | None:
    """A chip's row as pieces, typed so or as an amount; None where both are empty.

    Two that disagree are refused: which of them was meant is not ours to say (CHIP-3).
    """
    said = pieces(text) if text.strip() else None
    if not amount.strip():
        return said
    by_amount = _pieces_worth(money_in_cents(amount), worth_cents=worth_cents)
    if said is not None and said != by_amount:
        raise NotRead(str(NOT_THE_SAME), code=Refusal.CHIPSET_INVALID.name)
    return by_amount


def _pieces_worth(cents: int, *, worth_cents: int) -> int:
    if worth_cents <= 0:
        raise NotRead(_("Enter the pieces of this chip."), code=Refusal.CHIPSET_INVALID.name)
    whole, over = divmod(cents, worth_cents)
    if over:
        raise NotRead(str(NOT_WHOLE), code=Refusal.CHIPSET_INVALID.name)
    return whole


def instant(text: str, *, zone: str, which: str = "") -> datetime:
    """A local wall time of the casino as an instant; `which` of two where it was set back."""
    wall = _wall_time(text)
    if wall is None:
        raise NotRead(_("A date and a time."))
    if wall.tzinfo is not None:
        return wall
    found = _instants_at(wall, zone=zone)
    if not found:
        raise NotRead(_("The casino's clock never showed that time."))
    if len(found) > 1 and which not in ("0", "1"):
        raise NotRead(_("The clock was set back and showed that time twice: say which."))
    return found[int(which)] if len(found) > 1 else found[0]


def shown_twice(text: str, *, zone: str) -> Sequence[datetime]:
    """The two instants at which the casino's clock showed this; none where it did so once."""
    wall = _wall_time(text)
    found = _instants_at(wall, zone=zone) if wall is not None and wall.tzinfo is None else ()
    return found if len(found) > 1 else ()


def _wall_time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _instants_at(wall: datetime, *, zone: str) -> Sequence[datetime]:
    """When a clock of this zone shows this: once, twice when it is set back, never when forward."""
    there = ZoneInfo(zone)
    found = [wall.replace(tzinfo=there, fold=fold) for fold in (0, 1)]
    try:
        real = [each for each in found if _shows(each) == wall]
    except OverflowError:
        return ()
    once = len({each.utcoffset() for each in real}) == 1
    return real[:1] if once else real


def _shows(instant: datetime) -> datetime:
    return instant.astimezone(UTC).astimezone(instant.tzinfo).replace(tzinfo=None)


def signatures(rows: Sequence[SignsToo], data: Data) -> tuple[SignatureGiven, ...]:
    """The signatures given: one for each row in which a badge or a PIN was typed."""
    given = []
    for index, row in enumerate(rows):
        if is_signed(index, data):
            badge = data.get(f"sign:{index}:badge", "").strip()
            pin = data.get(f"sign:{index}:pin", "")
            role = data.get(f"sign:{index}:role", row.roles[0])
            chosen = Role(role) if role in row.roles else row.roles[0]
            given.append(SignatureGiven(role=chosen, badge=badge, pin=pin))
    return tuple(given)


def is_signed(index: int, data: Data) -> bool:
    """Whether a badge or a PIN was typed into this signature row."""
    badge, pin = (data.get(f"sign:{index}:{part}", "") for part in ("badge", "pin"))
    return bool(badge.strip() or pin)


def _text(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = data.get(field.name, "").strip()
    if not text:
        if field.required:
            raise NotRead(_("%(what)s is missing.") % {"what": field.label})
        return None
    most = _LONGEST_WORDS if field.kind == "words" else _LONGEST_TEXT
    if len(text) > most:
        raise NotRead(_("At most %(most)s characters.") % {"most": number(most)})
    if "\x00" in text:
        raise NotRead(_("It has a character that cannot be kept."))
    return text


def _begun(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    """The count a form began, by its id; None where it began none."""
    text = data.get(field.name, "").strip()
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        raise NotRead(_("A count that was begun here.")) from None


def _choice(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = _text(field, data, chips, zone)
    if text is not None and text not in {each.value for each in field.choices}:
        raise NotRead(_("Choose one of the list."))
    return text


def _check(field: Field, data: Data, chips: ChipList, zone: str) -> bool:
    return data.get(field.name) == "yes"


def _instant(field: Field, data: Data, chips: ChipList, zone: str) -> str | None:
    text = _text(field, data, chips, zone)
    which = data.get(f"{field.name}:which", "")
    return None if text is None else rfc3339(instant(text, zone=zone, which=which))


def _money(field: Field, data: Data, chips: ChipList, zone: str) -> int | None:
    text = _text(field, data, chips, zone)
    return None if text is None else money_in_cents(text)


def counted_chips(field: Field, data: Data, chips: ChipList, zone: str) -> dict[str, int] | None:
    """Pieces by chip. All rows left empty is no count: an empty tray is counted as zeros."""
    found: dict[str, int] = {}
    errors = []
    for key in keys_typed(field.name, data):
        chip = chips.find(key)
        try:
            said = pieces_of_row(
                data.get(f"{field.name}:{key}", ""),
                data.get(amount_name(field.name, key), ""),
                worth_cents=chip.cents if chip else 0,
            )
            found |= {} if said is None else {key: said}
        except NotRead as no:
            errors.append(FieldError(f"/{field.name}/{key}", no.code, no.message))
    if errors:
        raise _NotReadParts(errors)
    attested = data.get("attested") == "yes"
    if not found and not attested:
        raise NotRead(_("Enter the pieces of each chip; 0 where there are none."))
    return found or None


def keys_typed(name: str, data: Data) -> Sequence[str]:
    """The chips of which pieces or an amount were sent, each once, in the order they were sent."""
    markers = (f"{name}:", amount_name(name, ""))
    return tuple(
        dict.fromkeys(
            sent.removeprefix(marker)
            for sent in data
            for marker in markers
            if sent.startswith(marker)
        )
    )


def _bills(field: Field, data: Data, chips: ChipList, zone: str) -> list[dict[str, Any]]:
    """What the count room found: notes by denomination, the rest by amount (SOFT-1)."""
    lines: list[dict[str, Any]] = []
    errors: list[FieldError] = []

    def put(name: str, reader: Callable[[str], int], line: Callable[[int], dict[str, Any]]) -> None:
        text = data.get(f"{field.name}:{name}", "").strip()
        if not text:
            return
        try:
            lines.append(line(reader(text)))
        except NotRead as no:
            errors.append(FieldError(f"/{field.name}/{name}", no.code, no.message))

    for cents in BILLS:
        put(
            str(cents),
            pieces,
            lambda quantity, cents=cents: {  # type: ignore[misc]
                "instrument": "CURRENCY",
                "denomination_cents": cents,
                "quantity": quantity,
                "amount_cents": cents * quantity,
            },
        )
    for instrument, _label in IN_ONE_AMOUNT:
        put(
            instrument,
            money_in_cents,
            lambda amount, instrument=instrument: {  # type: ignore[misc]
                "instrument": instrument,
                "amount_cents": amount,
            },
        )
    if errors:
        raise _NotReadParts(errors)
    return lines


def _evidence(field: Field, data: Data, chips: ChipList, zone: str) -> list[dict[str, Any]]:
    """Forms found in the box, one a line: form, number, amount."""
    found = []
    for line in data.get(field.name, "").splitlines():
        parts = line.split()
        if not parts:
            continue
        if len(parts) not in (2, 3) or parts[0].upper() not in FORMS:
            said = _("One form a line: form, number, amount. Not read: %(line)s")
            raise NotRead(said % {"line": line.strip()})
        amount = {"amount_cents": money_in_cents(parts[2])} if len(parts) == 3 else {}
        found.append({"form": parts[0].upper(), "number": parts[1], **amount})
    return found


_READERS: Mapping[str, Reader] = {
    "text": _text,
    "words": _text,
    "begun": _begun,
    "choice": _choice,
    "check": _check,
    "instant": _instant,
    "money": _money,
    "chips": counted_chips,
    "bills": _bills,
    "evidence": _evidence,
}
