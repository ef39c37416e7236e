"""Table Bank Mode: how tables are closed at end of shift, from which gaming day on (PAR-5)."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import house
from tablebank.domain.dated import in_force
from tablebank.domain.establishment import BankModeRow
from tablebank.domain.terms import BankMode
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.kind import Book, Line, Past, Section, Setting, Shown, Summary, Words
from tablebank.web.settings.telling import door, in_words, reason_field
from tablebank.web.typed import Data

BANK_MODE = gettext_lazy("Table Bank Mode")
BANK_MODE_MEANING = gettext_lazy("How tables are closed at end of shift")
MODES: Mapping[BankMode, tuple[Words, Words]] = {
    BankMode.INVENTORY_COUNT: (
        gettext_lazy("Inventory Count"),
        gettext_lazy("Count and record tray as-is at shift close (default)"),
    ),
    BankMode.IMPREST_TO_PAR: (
        gettext_lazy("Imprest to Par"),
        gettext_lazy("Restore tray to par via final fill/credit before close"),
    ),
}
"""Fixed words (04-screens)."""
NOT_CHOSEN = gettext_lazy("Not chosen yet")


def _chosen(book: Book) -> bool:
    return any(row.table_bank_mode != BankMode.UNKNOWN for row in book.house.modes)


def _mode_row(book: Book, day: date) -> BankModeRow | None:
    return in_force(book.house.modes, day=day, founding=lambda row: row.recorded_by is None)


def mode_said(mode: BankMode | None) -> Words:
    """A mode by its fixed words; unknown is not one of the two."""
    return MODES[mode][0] if mode is not None and mode in MODES else NOT_CHOSEN


def _mode_fields(book: Book) -> tuple[Field, ...]:
    earliest = book.today + timedelta(days=1) if _chosen(book) else book.today
    return (
        Field(
            name="table_bank_mode",
            label=str(BANK_MODE),
            kind="one",
            hint=str(BANK_MODE_MEANING),
            choices=tuple(
                Choice(value=mode, words=str(name), hint=str(meaning))
                for mode, (name, meaning) in MODES.items()
            ),
        ),
        Field(
            name="effective_from_gaming_day",
            label=_("From gaming day"),
            kind="day",
            hint=_("%(day)s at the earliest") % {"day": in_words(earliest)},
        ),
        reason_field(),
    )


def _mode_stands(book: Book) -> Data:
    row = _mode_row(book, book.today)
    mode = row.table_bank_mode if row else BankMode.UNKNOWN
    earliest = book.today + timedelta(days=1) if _chosen(book) else book.today
    return {
        "table_bank_mode": BankMode.INVENTORY_COUNT if mode == BankMode.UNKNOWN else mode,
        "effective_from_gaming_day": str(earliest),
    }


def _mode_body(said: Said) -> house.ChangeCasino:
    return house.ChangeCasino(
        table_bank_mode=BankMode(said["table_bank_mode"]),
        effective_from_gaming_day=date.fromisoformat(said["effective_from_gaming_day"]),
        reason=said.get("reason"),
    )


CHANGE_MODE = Setting(
    slug="bank-mode",
    section="bank-mode",
    verb=gettext_lazy("Set Table Bank Mode"),
    done=gettext_lazy("The Table Bank Mode is set."),
    command=house.CHANGE_CASINO,
    said=lambda typed, book: {name: each for name, each in typed.items() if each is not None},
    body=_mode_body,
    fields=_mode_fields,
    stands=_mode_stands,
    note=lambda book: _(
        "Sessions that are open keep the mode they were opened with. Once chosen, it never returns"
        " to not chosen. A table's policy may override it."
    ),
    own_remark=True,
)


def _mode_shown(book: Book) -> Shown:
    row = _mode_row(book, book.today)
    mode = row.table_bank_mode if row else BankMode.UNKNOWN
    lines = [
        Line(
            name=BANK_MODE,
            value=mode_said(mode),
            note=MODES[mode][1] if mode in MODES else BANK_MODE_MEANING,
            missing=mode not in MODES,
        ),
        *(_coming(each) for each in _to_come(book)),
    ]
    return Shown(
        title=BANK_MODE,
        sentence=BANK_MODE_MEANING,
        lines=lines,
        doors=door(CHANGE_MODE, book),
        past=_mode_past(book),
    )


def _to_come(book: Book) -> list[BankModeRow]:
    rows = [
        row
        for row in book.house.modes
        if row.recorded_by is not None and row.effective_from_gaming_day > book.today
    ]
    return sorted(rows, key=lambda row: (row.effective_from_gaming_day, row.recorded_at))


def _coming(row: BankModeRow) -> Line:
    day = in_words(row.effective_from_gaming_day)
    return Line(
        name=_("From gaming day %(day)s") % {"day": day}, value=mode_said(row.table_bank_mode)
    )


def _mode_past(book: Book) -> list[Past]:
    if not book.tells_history:
        return []
    return [
        Past(
            at=row.recorded_at,
            who=book.names.get(row.recorded_by, "") if row.recorded_by else _("at the founding"),
            day=row.effective_from_gaming_day if row.recorded_by else None,
            what=[mode_said(row.table_bank_mode)],
            why=row.reason or "",
        )
        for row in sorted(book.house.modes, key=lambda row: row.recorded_at, reverse=True)
    ]


def _mode_summary(book: Book) -> Summary:
    row = _mode_row(book, book.today)
    mode = row.table_bank_mode if row else BankMode.UNKNOWN
    coming = [f"{each.name}: {each.value}" for each in map(_coming, _to_come(book))]
    missing = [_("Choose how tables are closed.")] if mode not in MODES else []
    return Summary(
        says=[mode_said(mode), *coming],
        since=_since(row, book),
        missing=missing,
    )


def _since(row: BankModeRow | None, book: Book) -> str:
    """Since when the mode holds, and who chose it: what was founded holds for every earlier day."""
    if row is None or row.recorded_by is None:
        return _("Since the founding.")
    return _("Since gaming day %(day)s, by %(who)s.") % {
        "day": in_words(row.effective_from_gaming_day),
        "who": book.names.get(row.recorded_by, ""),
    }


BANK_MODES = Section(
    slug="bank-mode",
    name=BANK_MODE,
    summary=_mode_summary,
    shown=_mode_shown,
)

SETTINGS = (CHANGE_MODE,)
SECTIONS = (BANK_MODES,)
