"""A form of the settings as it stands on the page, read back, and carried out through the one door.

It shows what stands now in its fields, and sends that along: what is said is the difference, so
that two administrators at two desks do not undo each other's changes. Its key is made when it is
shown (IDEM-1); secrets are never shown again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tablebank.commands.people import token_text
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.web import typed
from tablebank.web.actions.kind import Field
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.explained import explained
from tablebank.web.form import key_for
from tablebank.web.heard import heard
from tablebank.web.settings.chips import chip_said
from tablebank.web.settings.kind import Book, Setting
from tablebank.web.settings.left_out import left_out
from tablebank.web.settings.proposed import amount_said, for_whom
from tablebank.web.settings.reading import READERS
from tablebank.web.settings.shown_field import ShownField, shown_field
from tablebank.web.settings.telling import in_words
from tablebank.web.typed import Data
from tablebank.web.written import write_as

WAS = "was:"
"""Before the names of what the form showed when it was opened."""
AGAIN = "pin_again"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownSetting:
    """Everything the form's template says."""

    setting: Setting
    book: Book
    key: str
    about_words: str
    fields: Sequence[ShownField]
    was: Data
    note: str
    refusal: str = ""
    details: Sequence[str] = ()
    others: Sequence[str] = ()
    is_kept: bool = False
    focus: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class After:
    """What was done: what to say, what it was done to, and a token's text, this once."""

    message: str
    subject_id: str
    needs: bool = False
    is_proposal: bool = False
    token: str = ""
    details: Sequence[str] = ()


REMARK = "remark"


def _asked(setting: Setting, book: Book) -> tuple[Field, ...]:
    """What the form asks, and why it is done, unless the command has a reason of its own."""
    fields = setting.fields(book)
    if setting.own_remark:
        return fields
    why = Field(name=REMARK, label=_("Why"), kind="words", required=False)
    return (*fields, why)


def shown_setting(
    setting: Setting, book: Book, *, data: Data | None = None, refused: Refused | None = None
) -> ShownSetting:
    """The form as it stands; after a refusal with everything that was typed but the secrets."""
    with write_as(book.house):
        return _shown_setting(setting, book, data=data, refused=refused)


def _shown_setting(
    setting: Setting, book: Book, *, data: Data | None, refused: Refused | None
) -> ShownSetting:
    stands = setting.stands(book) if data is None else data
    errors = _errors(setting, refused) if refused else {}
    asked = _asked(setting, book)
    fields = [shown_field(each, stands, errors, book=book) for each in asked]
    names = {each.name for each in asked}
    shown_first = setting.stands(book) if data is None else _was(data)
    was = {name: text for name, text in shown_first.items() if name.partition(":")[0] in names}
    beside = {f"/{each.field.name}" for each in fields if each.is_wrong}
    others = [said for pointer, said in errors.items() if _top(pointer) not in beside]
    wrong = next((each.field.name for each in fields if each.is_wrong), "")
    first = next((each.field.name for each in fields if each.field.name != REMARK), "")
    return ShownSetting(
        setting=setting,
        book=book,
        key=key_for(data or {}),
        about_words=_about(setting, book),
        fields=fields,
        was=was if setting.changes else {},
        note=setting.note(book),
        refusal=_refusal(refused) if refused else "",
        details=explained(refused, house=book.house) if refused else (),
        others=others,
        is_kept=data is not None,
        focus=_focus(setting, wrong=wrong, first=first, refused=refused is not None),
    )


def _refusal(refused: Refused) -> str:
    """The refusal in words for a page: what is wrong with a field stands beside that."""
    beside = (Refusal.SHAPE, Refusal.SETTING_INVALID, Refusal.CODE_TAKEN, Refusal.BADGE_TAKEN)
    if refused.refusal in beside:
        return _("Something cannot be as it was typed: see what is marked. Nothing was changed.")
    return heard(refused.detail)


def _about(setting: Setting, book: Book) -> str:
    """What the form is about, where that is one thing of the casino."""
    if book.table is not None:
        return book.table.code
    if book.person is not None and setting.about == "person":
        return book.person.sheet.name
    if book.token is not None:
        return f"{book.token.badge} · {book.token.name}"
    if book.proposal is not None:
        amount = amount_said(book.proposal.par_total_cents, currency=book.currency)
        return f"{for_whom(book.proposal, book)} · {amount}"
    return chip_said(book.chip, currency=book.currency) if book.chip is not None else ""


def _focus(setting: Setting, *, wrong: str, first: str, refused: bool) -> str:
    """What is wrong, else the first field; a grave step is not begun by itself."""
    if refused:
        return wrong or "refusal"
    return "" if setting.grave else first


def _was(data: Data) -> Data:
    return {name.removeprefix(WAS): text for name, text in data.items() if name.startswith(WAS)}


def _top(pointer: str) -> str:
    return "/" + pointer.split("/")[1]


def _errors(setting: Setting, refused: Refused) -> Mapping[str, str]:
    """What is wrong, by the field it is about; a day that is too early always beside the day."""
    found = {_pointer(setting, each.pointer): heard(each.message) for each in refused.errors}
    if refused.refusal in (Refusal.CODE_TAKEN, Refusal.BADGE_TAKEN):
        for what in refused.facts:
            found[f"/{_TAKEN.get(what, what)}"] = heard(refused.detail)
    earliest = refused.facts.get("earliest")
    if refused.refusal is Refusal.EFFECTIVE_DAY_PASSED and earliest:
        day = in_words(date.fromisoformat(str(earliest)))
        found["/effective_from_gaming_day"] = _("The earliest gaming day is %(day)s.") % {
            "day": day
        }
    return found


_TAKEN = {"code": "code", "box": "box", "pit": "name", "badge": "badge"}
"""The field in which a code that is taken was typed, by what the refusal says was taken."""


def _pointer(setting: Setting, pointer: str) -> str:
    for start, field in setting.pointers.items():
        if pointer.startswith(start):
            return f"{field}{pointer.removeprefix(start)}"
    return pointer


# -- reading it back and carrying it out -----------------------------------------------------------


def _read(setting: Setting, book: Book, data: Data) -> typed.Typed:
    """What was typed; of a form of changes only what is not as the form showed it."""
    casino, chips = book.house.casino, book.house.chips_on(book.today)
    asked = _asked(setting, book)
    read = typed.read(asked, data, chips=chips, zone=casino.timezone, also=READERS)
    errors = [*read.errors, *_not_the_same(read.values)]
    values = dict(read.values)
    if setting.changes:
        open_fields = [_optional(each) for each in asked]
        was = typed.read(open_fields, _was(data), chips=chips, zone=casino.timezone, also=READERS)
        errors += _emptied(values, was.values)
        values = {
            name: None if was.values.get(name) == value and name != REMARK else value
            for name, value in values.items()
        }
    return typed.Typed(values=values, errors=tuple(errors))


def _emptied(values: Mapping[str, Any], was: Mapping[str, Any]) -> list[FieldError]:
    """What stood there and was taken out: a change says something, it does not unsay it."""
    message = _("It cannot be left empty any more.")
    return [
        FieldError(f"/{name}", Refusal.SHAPE.name, message)
        for name, value in values.items()
        if value is None and was.get(name) is not None
    ]


def _optional(asked: Field) -> Field:
    return Field(name=asked.name, label="", kind=asked.kind, choices=asked.choices, required=False)


def _not_the_same(values: Mapping[str, Any]) -> list[FieldError]:
    if AGAIN in values and values[AGAIN] != values.get("pin"):
        return [FieldError(f"/{AGAIN}", Refusal.SHAPE.name, _("This is not the same PIN."))]
    return []


def carry_out(credential: SessionCredential, setting: Setting, book: Book, data: Data) -> After:
    """Do it, or raise the refusal. What could not be read is refused in its place in the order."""
    with write_as(book.house):
        read = _read(setting, book, data)
    misshapen = read.misshapen
    said = None if misshapen else setting.said(read.values, book)
    key = data.get("key", "")
    if misshapen is None and not 0 < len(key) <= LONGEST_KEY:
        misshapen = Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    remark = read.values.get(REMARK)
    asked = Asked(
        path_id=setting.path_id(book),
        body=setting.body(said) if said is not None else None,
        misshapen=misshapen,
        raw=None if said is None else {**said, **({REMARK: remark} if remark else {})},
        remark=remark,
        key=key,
    )
    tokens: list[str] = []

    def answer(cursor: Any, done: Done) -> Answer:
        if "secret" in done.decision.outcome:
            tokens.append(token_text(credential.casino_id, done.decision))
        kept = {
            "subject_id": str(done.decision.subject_id),
            "nothing": done.decision.changed_nothing,
            "proposal": bool(done.decision.outcome.get("proposal")),
            "left": done.decision.outcome.get("left", ()),
        }
        return Answer(status=303, text=json.dumps(kept))

    given = perform(credential, setting.command, asked, clock=timezone.now, answer=answer)
    kept = json.loads(given.text)
    return _after(setting, kept, book=book, replayed=given.replayed, tokens=tokens)


def _after(
    setting: Setting,
    kept: Mapping[str, Any],
    *,
    book: Book,
    replayed: bool,
    tokens: Sequence[str],
) -> After:
    """A replayed form took effect the first time; a secret typed into it now was not kept."""
    subject = str(kept["subject_id"])
    if replayed and setting.command.name == "create_token":
        message = _("The token is created, but its text was shown once. Revoke it if it was lost.")
        return After(message=message, subject_id=subject, needs=True)
    if replayed and any(each.kind == "secret" for each in setting.fields(book)):
        message = _("This form had arrived before, and took effect then.")
        return After(message=message, subject_id=subject, needs=True)
    if kept["proposal"]:
        message = _("It is a proposal until a pit manager or a cage manager approves it.")
        return After(message=message, subject_id=subject, needs=True, is_proposal=True)
    left = left_out(kept["left"])
    if kept["nothing"]:
        return After(message=str(setting.nothing_done), subject_id=subject, details=left)
    token = tokens[-1] if tokens else ""
    return After(message=str(setting.done), subject_id=subject, token=token, details=left)
