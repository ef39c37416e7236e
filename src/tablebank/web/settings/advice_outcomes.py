"""How advice did: how often proposed targets were taken, and how the tables were filled since.

Told as it was, before and since; that fewer fills came does not prove they came of the target.
What is not known yet says so and is never a zero.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.recommendations.outcomes import Outcome, Side, Standing, Sum
from tablebank.queries.par_outcomes import LATEST, Tally, par_outcomes
from tablebank.web import words
from tablebank.web.figures import age, money, number
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Door,
    Line,
    Listing,
    Row,
    Section,
    Shown,
    Summary,
)
from tablebank.web.settings.proposed import amount_said
from tablebank.web.settings.telling import in_words
from tablebank.web.words import Words
from tablebank.web.written import current

MEANING = gettext_lazy(
    "How often proposed targets were taken, and how often the tables were filled before and since."
)
NOT_ENOUGH = gettext_lazy("Not enough data")
STANDING: dict[str, Words] = {
    Standing.COMING: gettext_lazy("to come"),
    Standing.IN_FORCE: gettext_lazy("in force"),
    Standing.REPLACED: gettext_lazy("replaced since"),
}


def _shown(book: Book) -> Shown:
    found = par_outcomes(book.view.cursor, book.house, day=book.today)
    return Shown(
        title=_("How advice did"),
        sentence=str(MEANING),
        lines=_lines(found.sum) if found.taken else (),
        listings=[
            Listing(
                title=_("By source"),
                heads=(_("Source"), _("Proposed"), _("Waiting"), _("Approved"), _("Rejected")),
                rows=[_tally(each, book) for each in found.sources],
                empty=_("Nothing was proposed yet."),
            ),
            Listing(
                title=_("What came of those that were taken"),
                heads=(
                    _("Table"),
                    _("Target"),
                    _("From gaming day"),
                    _("Fills per shift before"),
                    _("Fills per shift since"),
                    _("More chips tied up"),
                ),
                rows=[_taken(each, book) for each in found.taken],
                empty=_("No proposed target of a table was approved yet."),
            ),
        ],
        back=Door(words=_("All target needs"), href=reverse("settings-section", args=["targets"])),
    )


def _lines(found: Sum) -> Sequence[Line]:
    unknown = str(NOT_ENOUGH)
    before_and_since = _("%(before)s before, %(since)s since")
    on_target = {
        "before": number(found.on_target_before),
        "since": number(found.on_target_after),
    }
    averages = {
        "before": _decimal(found.average_fills_before),
        "since": _decimal(found.average_fills_after),
    }
    capital = found.capital_change_cents
    return [
        Line(
            name=_("Taken"),
            value=number(found.taken),
            note=" ".join(
                (
                    *([_("The latest ones.")] if found.taken >= LATEST else ()),
                    _("With enough sessions before and since: %(judged)s.")
                    % {"judged": number(found.judged)},
                )
            ),
        ),
        Line(
            name=_("Tables on target"),
            value=before_and_since % on_target if found.judged else unknown,
            note=_("Of those with enough sessions: nine of ten shifts within the target."),
        ),
        Line(
            name=_("Fills per shift"),
            value=before_and_since % averages if found.judged else unknown,
            note=_("On average, over all their shifts together."),
        ),
        Line(
            name=_("More chips tied up"),
            value=money(capital, signed=True),
            note=_("By those in force today.")
            if capital is not None
            else _("A table had no target before: what it ties up more is not known."),
        ),
    ]


def _tally(tally: Tally, book: Book) -> Row:
    waiting = ""
    if tally.waiting_since is not None:
        waited = age(tally.waiting_since, now=book.at)
        waiting = _("the oldest: %(age)s") % {"age": waited}
    superseded = ""
    if tally.superseded:
        superseded = _("of them %(count)s replaced by newer advice") % {
            "count": number(tally.superseded)
        }
    because = " · ".join(f"“{each}”" for each in dict.fromkeys(tally.rejected_because))
    return Row(
        cells=(
            Cell(text=words.said(words.PAR_SOURCE, tally.source)),
            Cell(text=number(tally.proposed), note=superseded),
            Cell(text=number(tally.waiting), note=waiting),
            Cell(text=number(tally.approved)),
            Cell(text=number(tally.rejected), note=because),
        )
    )


def _taken(outcome: Outcome, book: Book) -> Row:
    href = reverse("settings-thing", args=["targets", outcome.proposal_id])
    change = outcome.capital_change_cents
    before = amount_said(outcome.from_cents, currency=book.currency)
    return Row(
        cells=(
            Cell(text=outcome.table_code, href=href),
            Cell(
                text=amount_said(outcome.to_cents, currency=book.currency),
                note=_("instead of %(target)s") % {"target": before}
                + f" · {words.said(words.PAR_SOURCE, outcome.source)}",
            ),
            Cell(
                text=in_words(outcome.effective_from_gaming_day),
                note=words.said(STANDING, outcome.standing),
            ),
            _side(outcome.before),
            _side(outcome.after),
            Cell(text=money(change, signed=True)),
        ),
        is_quiet=outcome.standing is Standing.REPLACED,
    )


def _side(side: Side | None) -> Cell:
    if side is None:
        return Cell(text=NOT_ENOUGH)
    figures = {"p90": number(side.p90_fills), "shifts": number(side.shifts)}
    return Cell(
        text=_("%(average)s on average") % {"average": _decimal(side.average_fills)},
        note=_("at most %(p90)s in nine of ten; shifts: %(shifts)s") % figures,
    )


def _decimal(text: str | None) -> str:
    return str(NOT_ENOUGH) if text is None else text.replace(".", current().decimal)


OUTCOMES = Section(
    slug="outcomes",
    name=gettext_lazy("How advice did"),
    summary=lambda book: Summary(says=[MEANING]),
    shown=_shown,
)
