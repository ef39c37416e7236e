"""What a table has been: each revision by what it changed, from which gaming day on (BASE-7)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tablebank.domain.facts import TableRevision
from tablebank.web import words
from tablebank.web.figures import money, money_between
from tablebank.web.settings.kind import Book, Past
from tablebank.web.settings.telling import who_wrote, why_written


def game_said(code: str | None) -> str:
    """A game by its name; none yet is said as missing."""
    return words.said(words.GAME, code) if code else _("no game yet")


def limits_said(limits: Mapping[str, int] | None, *, currency: str) -> str:
    """The least and the most one may bet, and the result that asks for a remark (RUN-10)."""
    if limits is None:
        return _("none set")
    bets = money_between(limits, currency=currency)
    if limits.get("result_cents") is None:
        return bets
    beyond = money(limits["result_cents"], currency=currency)
    return _("%(bets)s; a remark beyond a win or loss of %(beyond)s") % {
        "bets": bets,
        "beyond": beyond,
    }


def table_past(book: Book) -> list[Past]:
    """What the table has been: each revision by what it changed (BASE-7)."""
    if not book.tells_history:
        return []
    found = []
    before: TableRevision | None = None
    for row in book.revisions:
        found.append(
            Past(
                at=row.recorded_at,
                who=who_wrote(book, recorded_by=row.recorded_by, recorded_at=row.recorded_at),
                day=None if before is None else row.effective_from_gaming_day,
                what=_revised(before, row, currency=book.currency),
                why=why_written(book, row.recorded_at),
            )
        )
        before = row
    return list(reversed(found))


def _revised(before: TableRevision | None, now: TableRevision, *, currency: str) -> Sequence[str]:
    if before is None:
        return [_("Registered in %(pit)s") % {"pit": now.pit}]
    pairs = (
        (_("Name"), before.name, now.name),
        (_("Pit"), before.pit, now.pit),
        (_("Game"), game_said(before.game_type), game_said(now.game_type)),
        (
            _("Limits"),
            limits_said(before.limits, currency=currency),
            limits_said(now.limits, currency=currency),
        ),
        (
            _("Status"),
            words.said(words.TABLE, before.status),
            words.said(words.TABLE, now.status),
        ),
    )
    return [
        _("%(name)s: %(now)s instead of %(before)s") % {"name": name, "now": new, "before": old}
        for name, old, new in pairs
        if old != new
    ]
