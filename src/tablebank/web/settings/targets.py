"""The target need of a table as its page says it: policy, never a fact, always called a target."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.par import ParInForce
from tablebank.domain.terms import BankMode
from tablebank.web.figures import money
from tablebank.web.settings.kind import Book, Line
from tablebank.web.settings.telling import in_force_since, in_words

TARGET = gettext_lazy("Target need (par)")
TARGET_MEANING = gettext_lazy("Operational target bankroll for this table")
TARGET_IN_COUNT_MODE = gettext_lazy(
    "Inventory Count mode: target used to reduce fill pressure; closing inventory may vary."
)
NOT_CONFIGURED = gettext_lazy("Target need not configured")
"""Fixed words (04-screens)."""


def target_lines(book: Book) -> list[Line]:
    """The target of the table the page is about, and what is to come."""
    table = book.the_table()
    coming = sorted(
        {
            row.effective_from_gaming_day
            for row in book.policies
            if row.effective_from_gaming_day > book.today and row.table_id == table.id
        }
    )
    lines = [_line(book.par_of(table), name=str(TARGET), book=book)]
    for day in coming:
        name = _("From gaming day %(day)s") % {"day": in_words(day)}
        lines.append(_line(book.par_of(table, day), name=name, book=book))
    return lines


def _line(par: ParInForce, *, name: str, book: Book) -> Line:
    if par.par_total_cents is None:
        return Line(name=name, value=NOT_CONFIGURED, note=TARGET_MEANING)
    note = str(TARGET_MEANING)
    if par.table_bank_mode is BankMode.INVENTORY_COUNT:
        note = str(TARGET_IN_COUNT_MODE)
    who = book.names.get(par.approved_by, "") if par.approved_by else ""
    since = in_force_since(par.effective_from_gaming_day)
    approved = _("Approved by %(who)s.") % {"who": who} if who else ""
    return Line(
        name=name,
        value="○ " + money(par.par_total_cents, currency=book.currency),
        note=" ".join(each for each in (note, since, approved) if each),
    )
