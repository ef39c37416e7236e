"""Chips: which the casino knows on a gaming day, in their colours, in the bank or not (CHIP-5)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import house
from tablebank.domain.establishment import ChipType
from tablebank.domain.occurrence import BEGINNING
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.figures import money
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Door,
    Listing,
    Past,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
    Words,
)
from tablebank.web.settings.reading import as_money
from tablebank.web.settings.telling import door, in_words, who_wrote, why_written
from tablebank.web.typed import Data

SETS: Mapping[str, Words] = {
    "VALUE": gettext_lazy("Value chip"),
    "NON_VALUE": gettext_lazy("Non-value chip"),
    "PROMO": gettext_lazy("Promotional chip"),
    "TOURNAMENT": gettext_lazy("Tournament chip"),
    "FOREIGN": gettext_lazy("Foreign chip"),
    "COIN": gettext_lazy("Coin"),
}


def _what(*, code: bool) -> tuple[Field, ...]:
    sets = tuple(Choice(value=each, words=str(said)) for each, said in SETS.items())
    coded = Field(
        name="code",
        label=_("Code"),
        hint=_("Such as PROMO-25. Left empty, a value chip goes by its amount."),
        required=False,
    )
    return (
        *((coded,) if code else ()),
        Field(name="cents", label=_("Worth"), kind="money"),
        Field(
            name="colour",
            label=_("Colour"),
            kind="colour",
            hint=_("By name, such as red, or as #b01d1d"),
        ),
        Field(name="set", label=_("Kind of chip"), kind="choice", choices=sets),
        Field(
            name="in_bank",
            label=_("In the bank"),
            kind="check",
            required=False,
            hint=_("It enters the totals of a tray. Others are counted beside."),
        ),
        Field(name="effective_from_gaming_day", label=_("From gaming day"), kind="day"),
    )


def _said(typed: Mapping[str, Any], book: Book) -> Said:
    named = book.chip.code if book.chip else typed.get("code")
    names = ("cents", "colour", "set", "effective_from_gaming_day")
    return {
        "code": named or str(typed["cents"]),
        **{name: typed[name] for name in names},
        "in_bank": bool(typed["in_bank"]),
    }


def _body(said: Said) -> house.AddChip:
    day = date.fromisoformat(said["effective_from_gaming_day"])
    return house.AddChip(**{**said, "effective_from_gaming_day": day})


ADD = Setting(
    slug="add-chip",
    section="chips",
    verb=gettext_lazy("Add a chip"),
    done=gettext_lazy("The chip is in the list."),
    command=house.ADD_CHIP,
    said=_said,
    body=_body,
    fields=lambda book: _what(code=True),
    stands=lambda book: {
        "set": "VALUE",
        "in_bank": "yes",
        "effective_from_gaming_day": str(book.today),
    },
)


def _stands(book: Book) -> Data:
    chip = book.the_chip()
    return {
        "cents": as_money(chip.cents),
        "colour": chip.colour,
        "set": chip.chip_set,
        **({"in_bank": "yes"} if chip.in_bank else {}),
        "effective_from_gaming_day": str(book.today + timedelta(days=1)),
    }


CHANGE = Setting(
    slug="change-chip",
    section="chips",
    verb=gettext_lazy("Change the chip"),
    done=gettext_lazy("The chip is changed."),
    command=house.ADD_CHIP,
    about="chip",
    said=_said,
    body=_body,
    fields=lambda book: _what(code=False),
    stands=_stands,
    path_id=lambda book: None,
    note=lambda book: _(
        "From that gaming day on; counts of the days before keep what it was. Its colour alone may"
        " be put right from today."
    ),
)


def chip_said(chip: ChipType, *, currency: str) -> str:
    """A chip as it is called: a value chip by its amount, another by its code."""
    worth = money(chip.cents, currency=currency)
    return worth if chip.chip_set == "VALUE" else f"{chip.code} · {worth}"


def _from(chip: ChipType, book: Book) -> str:
    if chip.recorded_at == _founded_at(book):
        return _("the founding")
    day = chip.effective_from_gaming_day
    return _("the beginning") if day <= BEGINNING.date() else in_words(day)


def _founded_at(book: Book) -> datetime | None:
    """The instant at which the chips of the founding were written down, all at once (TIME-5)."""
    return min((row.recorded_at for row in book.house.chip_rows), default=None)


def _added(book: Book) -> list[ChipType]:
    """What was added or changed since the founding, the first first."""
    founded_at = _founded_at(book)
    rows = (row for row in book.house.chip_rows if row.recorded_at != founded_at)
    return sorted(rows, key=lambda row: (row.recorded_at, row.id))


def _shown(book: Book) -> Shown:
    now = book.house.chips_on(book.today).types
    coming = sorted(
        (each for each in _added(book) if each.effective_from_gaming_day > book.today),
        key=lambda each: (each.effective_from_gaming_day, -each.cents),
    )
    heads = (_("Chip"), _("Kind of chip"), _("In the bank"), _("From gaming day"))
    lists = [
        Listing(
            title=_("In force today"),
            heads=heads,
            rows=[_row(each, book, may_change=True) for each in now],
            empty=_("No chip is in force today."),
        )
    ]
    if coming:
        lists.append(
            Listing(
                title=_("To come"),
                heads=heads,
                rows=[_row(each, book, may_change=False) for each in coming],
                empty="",
            )
        )
    return Shown(
        title=_("Chips"),
        sentence=_("What a tray may hold. The list is dated: what is past is counted as it was."),
        listings=lists,
        doors=door(ADD, book),
        past=_past(book),
    )


def _row(chip: ChipType, book: Book, *, may_change: bool) -> Row:
    said = chip_said(chip, currency=book.currency)
    way = (
        [
            Door(
                words=_("Change"),
                href=reverse("settings-action", args=[CHANGE.slug, chip.id]),
                about=said,
            )
        ]
        if may_change and CHANGE.is_offered(book)
        else []
    )
    return Row(
        cells=(
            Cell(text=said, note=chip.colour, disc=chip.colour),
            Cell(text=SETS.get(chip.chip_set, chip.chip_set)),
            Cell(text=_("In the bank") if chip.in_bank else _("Counted beside")),
            Cell(text=_from(chip, book)),
        ),
        doors=way,
    )


def _past(book: Book) -> list[Past]:
    """What was added and changed since the founding, the last first."""
    if not book.tells_history:
        return []
    founded = (row for row in book.house.chip_rows if row.recorded_at == _founded_at(book))
    before = {row.code: row for row in founded}
    found = []
    for row in _added(book):
        found.append(
            Past(
                at=row.recorded_at,
                who=who_wrote(book, recorded_by=None, recorded_at=row.recorded_at),
                day=row.effective_from_gaming_day,
                what=[_changed(before.get(row.code), row, currency=book.currency)],
                why=why_written(book, row.recorded_at),
            )
        )
        before[row.code] = row
    return list(reversed(found))


def _changed(before: ChipType | None, now: ChipType, *, currency: str) -> str:
    def whole(chip: ChipType) -> str:
        bank = _("in the bank") if chip.in_bank else _("counted beside")
        return f"{chip_said(chip, currency=currency)}, {chip.colour}, {bank}"

    if before is None:
        return _("%(chip)s, new") % {"chip": whole(now)}
    return _("%(now)s instead of %(before)s") % {"now": whole(now), "before": whole(before)}


def _summary(book: Book) -> Summary:
    now = book.house.chips_on(book.today).types
    worth = [chip_said(each, currency=book.currency) for each in now if each.chip_set == "VALUE"]
    return Summary(
        says=[", ".join(worth)] if worth else [],
        since=_("Kinds of chip in force today: %(count)s") % {"count": len(now)},
        missing=[] if now else [_("No chip is in force: nothing can be counted.")],
    )


CHIPS = Section(
    slug="chips",
    name=gettext_lazy("Chips"),
    summary=_summary,
    shown=_shown,
    history=lambda book: [row.id for row in book.house.chip_rows],
)

SETTINGS = (ADD, CHANGE)
SECTIONS = (CHIPS,)
