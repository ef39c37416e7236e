"""Asking for advice on targets: for every table, or for one (SUGG, PAR-7).

Nothing changes by it: what comes out waits among the proposals. A table that gets none is named,
with the reason.
"""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import advising
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.settings.kind import Book, Setting

MEDIAN_OF_CLOSES = "infer-closings"


def _from_what(book: Book) -> tuple[Field, ...]:
    return (
        Field(
            name="kind",
            label=_("From what"),
            kind="choice",
            choices=(
                Choice(value="recommend", words=_("The fills of the last weeks")),
                Choice(value="infer", words=_("The median of the last openings, unverified")),
                Choice(
                    value=MEDIAN_OF_CLOSES,
                    words=_("The median of the last closes that were restored to par"),
                ),
                Choice(value="adopt", words=_("The last close that was restored to par")),
            ),
        ),
    )


def _asked_for(chosen: str) -> Said:
    """The choice as a program would say it."""
    if chosen == MEDIAN_OF_CLOSES:
        return {"kind": "infer", "of": "closings"}
    return {"kind": chosen}


def _note(book: Book) -> str:
    return _("Nothing changes by it: each proposal waits to be approved or rejected.")


ASK = Setting(
    slug="ask-for-targets",
    section="targets",
    verb=gettext_lazy("Ask for advice"),
    done=gettext_lazy("What the tables' own days advise stands among the proposals."),
    nothing_done=gettext_lazy("There is nothing to propose."),
    command=advising.PROPOSE_PARS,
    step="propose_par",
    said=lambda typed, book: _asked_for(typed["kind"]),
    body=lambda said: advising.ProposePars(kind=said["kind"], of=said.get("of", "openings")),
    fields=_from_what,
    note=_note,
)
ASK_FOR_TABLE = Setting(
    slug="ask-for-target",
    section="tables",
    verb=gettext_lazy("Ask for advice"),
    done=gettext_lazy("What the table's own days advise stands among the proposals."),
    nothing_done=gettext_lazy("There is nothing to propose."),
    command=advising.PROPOSE_PARS,
    step="propose_par",
    about="table",
    said=lambda typed, book: {**_asked_for(typed["kind"]), "table_id": str(book.the_table().id)},
    body=lambda said: advising.ProposePars(
        kind=said["kind"], of=said.get("of", "openings"), table_id=UUID(said["table_id"])
    ),
    fields=_from_what,
    path_id=lambda book: None,
    note=_note,
)
