"""The forms of one box in a count session: entered, again, its forms, taken out (SOFT-7)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tablebank.commands import count_sessions
from tablebank.queries.count_book import BoxEntered
from tablebank.web.actions.kind import Field
from tablebank.web.count_room import RoomForm, Spot, at_the_table
from tablebank.web.typed import BILLS, IN_ONE_AMOUNT
from tablebank.web.written import current


def _bare(cents: int) -> str:
    """An amount as it is typed here."""
    return current().bare(cents, exact=True)


def _evidence_field() -> Field:
    return Field(
        name="evidence",
        label=_("Forms found"),
        kind="evidence",
        hint=_("One a line: form, number, amount. FILL F-2026-000123 2,500.00"),
        required=False,
    )


def _box_fields(spot: Spot) -> tuple[Field, ...]:
    return (
        Field(name="contents", label=_("Contents"), kind="bills", may_be_empty=True),
        Field(name="first_count_cents", label=_("First count"), kind="money"),
        Field(name="second_count_cents", label=_("Second count"), kind="money"),
        _evidence_field(),
    )


def _box(typed: Mapping[str, Any], spot: Spot) -> count_sessions.EnterBox:
    contents = typed["contents"]
    return count_sessions.EnterBox(
        contents=contents,
        total_cents=sum(line["amount_cents"] for line in contents),
        first_count_cents=typed["first_count_cents"],
        second_count_cents=typed["second_count_cents"],
        evidence=typed.get("evidence") or (),
        reported_exceptions=spot.entered.reported_exceptions if spot.entered else (),
        box=typed.get("box"),
    )


def _as_entered(spot: Spot) -> Mapping[str, str]:
    """What was entered of the box before, as it was typed."""
    box = spot.entered
    if box is None:
        return {}
    typed = {
        "first_count_cents": _bare(box.first_count_cents),
        "second_count_cents": _bare(box.second_count_cents),
        "evidence": "\n".join(_form_line(each) for each in box.evidence or ()),
    }
    for line in box.contents:
        if line["instrument"] == "CURRENCY":
            typed[f"contents:{line.get('denomination_cents')}"] = str(line.get("quantity"))
        else:
            typed[f"contents:{line['instrument']}"] = _bare(line["amount_cents"])
    return typed


def _form_line(form: Mapping[str, Any]) -> str:
    amount = form.get("amount_cents")
    said = [form["form"], form.get("number") or "", "" if amount is None else _bare(amount)]
    return " ".join(each for each in said if each)


def can_be_typed_again(box: BoxEntered) -> bool:
    """Whether the form can show all of a box that a file entered: its notes, its instruments."""
    amounts = {name for name, _words in IN_ONE_AMOUNT}
    return all(
        (line.get("denomination_cents") in BILLS and line.get("quantity") is not None)
        if line["instrument"] == "CURRENCY"
        else line["instrument"] in amounts
        for line in box.contents
    )


ENTER = RoomForm(
    slug="enter",
    verb=_("Enter box"),
    done=_("The box is entered."),
    command=count_sessions.ENTER_BOX,
    fields=_box_fields,
    body=_box,
    typed=_as_entered,
    offered=lambda spot: (
        at_the_table(spot)
        and spot.drop_id is not None
        and (spot.entered is None or can_be_typed_again(spot.entered))
    ),
    note=_("Nobody outside the count room sees it before the whole is posted."),
)


def _forms(typed: Mapping[str, Any], spot: Spot) -> count_sessions.EnterBox:
    box = spot.entered
    if box is None:
        raise RuntimeError("the box is not entered")
    return count_sessions.EnterBox(
        contents=box.contents,
        total_cents=box.total_cents,
        first_count_cents=box.first_count_cents,
        second_count_cents=box.second_count_cents,
        evidence=typed.get("evidence") or (),
        reported_exceptions=box.reported_exceptions,
    )


FORMS = RoomForm(
    slug="forms",
    verb=_("Enter forms found"),
    done=_("The forms are entered."),
    command=count_sessions.ENTER_BOX,
    fields=lambda spot: (_evidence_field(),),
    body=_forms,
    typed=_as_entered,
    offered=lambda spot: (
        at_the_table(spot) and spot.entered is not None and spot.drop_id is not None
    ),
    note=_("A counter counts notes. Slips and other forms are written down here."),
)

LOOSE = RoomForm(
    slug="loose",
    verb=_("Enter another box"),
    done=_("The box is entered."),
    command=count_sessions.ENTER_BOX,
    fields=lambda spot: (
        Field(name="box", label=_("Box"), hint=_("Its code")),
        *_box_fields(spot),
    ),
    body=_box,
    offered=at_the_table,
    note=_(
        "A box that is not in the list was not recorded as taken. It is counted, and enters no"
        " result until accounting says where it belongs."
    ),
)

WITHDRAW = RoomForm(
    slug="withdraw",
    verb=_("Take the box out"),
    done=_("The box is out of this count. What was entered stays on record."),
    command=count_sessions.WITHDRAW_BOX,
    fields=lambda spot: (),
    body=lambda typed, spot: count_sessions.WithdrawBox(),
    offered=lambda spot: (
        at_the_table(spot) and spot.entered is not None and spot.drop_id is not None
    ),
    grave=True,
)


BOX_FORMS: Mapping[str, RoomForm] = {each.slug: each for each in (ENTER, FORMS, WITHDRAW)}
"""What is done to one box of a session, by the word in its address."""
