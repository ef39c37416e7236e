"""Target needs: what holds for each table, what was proposed, and deciding it (PAR-2, PAR-4).

A proposal is never in force. Who may approve sees what it would replace; rejecting one says why,
and it stays to be read.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import advising, proposals
from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ParPolicy, ParProposal
from tablebank.domain.par import par_in_force
from tablebank.domain.par_proposals import APPROVED, PROPOSED, REJECTED
from tablebank.web import words
from tablebank.web.actions.kind import Choice, Field, Said
from tablebank.web.figures import money
from tablebank.web.heard import heard
from tablebank.web.settings.kind import (
    Book,
    Cell,
    Door,
    Listing,
    Row,
    Section,
    Setting,
    Shown,
    Summary,
)
from tablebank.web.settings.target_forms import SET_SHARED
from tablebank.web.settings.targets import NOT_CONFIGURED
from tablebank.web.settings.telling import door, in_words
from tablebank.web.typed import Data

MEANING = gettext_lazy("What each table's bank is meant to hold: policy, never a count.")
DECIDED_SHOWN = 20
"""How many decided proposals the page still shows, the latest first."""


def _day_stands(book: Book) -> Data:
    asked = book.the_proposal().effective_from_gaming_day
    return {"effective_from_gaming_day": str(max(asked, book.today + timedelta(days=1)))}


APPROVE = Setting(
    slug="approve-target-need",
    section="targets",
    verb=gettext_lazy("Approve"),
    done=gettext_lazy("The target need is approved."),
    command=proposals.APPROVE,
    step="approve_par",
    about="proposal",
    said=lambda typed, book: {"effective_from_gaming_day": typed["effective_from_gaming_day"]},
    body=lambda said: proposals.Approve(
        effective_from_gaming_day=date.fromisoformat(said["effective_from_gaming_day"])
    ),
    fields=lambda book: (
        Field(name="effective_from_gaming_day", label=_("From gaming day"), kind="day"),
    ),
    stands=_day_stands,
    note=lambda book: _("Sessions that are open keep the target they were opened with."),
)
REJECT = Setting(
    slug="reject-target-need",
    section="targets",
    verb=gettext_lazy("Reject"),
    done=gettext_lazy("The proposal is rejected. It stays to be read."),
    command=proposals.REJECT,
    step="approve_par",
    about="proposal",
    said=lambda typed, book: {"reason": typed["reason"]},
    body=lambda said: proposals.Reject(reason=said["reason"]),
    fields=lambda book: (Field(name="reason", label=_("Why"), kind="words"),),
    own_remark=True,
)


MEDIAN_OF_CLOSES = "infer-closings"


def _asked_for(chosen: str) -> Said:
    """The choice as a program would say it."""
    if chosen == MEDIAN_OF_CLOSES:
        return {"kind": "infer", "of": "closings"}
    return {"kind": chosen}


ASK = Setting(
    slug="ask-for-targets",
    section="targets",
    verb=gettext_lazy("Ask for advice"),
    done=gettext_lazy("What the tables' own days advise stands among the proposals."),
    command=advising.PROPOSE_PARS,
    step="propose_par",
    said=lambda typed, book: _asked_for(typed["kind"]),
    body=lambda said: advising.ProposePars(kind=said["kind"], of=said.get("of", "openings")),
    fields=lambda book: (
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
    ),
    note=lambda book: _("Nothing changes by it: each proposal waits to be approved or rejected."),
)


def _why(proposal: ParProposal) -> str:
    """What a proposal rests on, in words: somebody's own, or the evidence it came with."""
    evidence = proposal.evidence or {}
    said = " ".join(heard(each) for each in evidence.get("sentences", ()))
    return said or proposal.notes or ""


def for_whom(row: ParProposal | ParPolicy, book: Book) -> str:
    """Whom a target is for: one table, the tables of a game, or all of them (PAR-1)."""
    if row.table_id is not None:
        codes = (each.code for each in book.tables if each.id == row.table_id)
        return next(codes, "")
    return words.said(words.GAME, row.game_type) if row.game_type else _("The casino")


def amount_said(cents: int | None, *, currency: str) -> str:
    """A target as such; none is said, never written as zero."""
    return str(NOT_CONFIGURED) if cents is None else "○ " + money(cents, currency=currency)


def _doors(proposal: ParProposal, book: Book) -> Sequence[Door]:
    if proposal.status != PROPOSED or not book.may("approve_par"):
        return ()
    return [
        Door(
            words=each.verb,
            href=reverse("settings-action", args=[each.slug, proposal.id]),
            about=for_whom(proposal, book),
        )
        for each in (APPROVE, REJECT)
    ]


def _proposed(proposal: ParProposal, book: Book) -> Row:
    now = _replaced(proposal, book)
    return Row(
        cells=(
            Cell(text=for_whom(proposal, book), note=_why(proposal)),
            Cell(text=amount_said(proposal.par_total_cents, currency=book.currency)),
            Cell(text=amount_said(now, currency=book.currency)),
            Cell(text=in_words(proposal.effective_from_gaming_day)),
            Cell(text=book.names.get(proposal.recorded_by, ""), at=proposal.recorded_at),
        ),
        doors=_doors(proposal, book),
    )


def _replaced(proposal: ParProposal, book: Book) -> int | None:
    """The target that holds now where the proposal is made, at its own level."""
    same = [
        row
        for row in book.policies
        if (row.table_id, row.game_type) == (proposal.table_id, proposal.game_type)
    ]
    row = in_force(same, day=book.today)
    return row.par_total_cents if row else None


def _decided(proposal: ParProposal, book: Book) -> Row:
    said = {APPROVED: _("Approved"), REJECTED: _("Rejected")}
    return Row(
        cells=(
            Cell(text=for_whom(proposal, book)),
            Cell(text=amount_said(proposal.par_total_cents, currency=book.currency)),
            Cell(
                text=said.get(proposal.status, words.said({}, proposal.status)),
                note=proposal.decided_because or "",
            ),
            Cell(
                text=book.names.get(proposal.decided_by, "") if proposal.decided_by else "",
                at=proposal.decided_at,
            ),
        ),
        is_quiet=True,
    )


def _table_rows(book: Book) -> list[Row]:
    of_table: dict[UUID | None, list[ParPolicy]] = {}
    for row in book.policies:
        of_table.setdefault(row.table_id, []).append(row)
    rows = []
    for table in book.tables:
        href = reverse("settings-thing", args=["tables", table.id])
        par = par_in_force(
            policies=(*of_table.get(table.id, ()), *of_table.get(None, ())),
            modes=book.house.modes,
            table_id=table.id,
            game_type=table.game_type,
            day=book.today,
        )
        since = par.effective_from_gaming_day
        who = book.names.get(par.approved_by, "") if par.approved_by else ""
        rows.append(
            Row(
                cells=(
                    Cell(text=table.code, href=href),
                    Cell(text=amount_said(par.par_total_cents, currency=book.currency)),
                    Cell(text=in_words(since) if since else ""),
                    Cell(text=who),
                )
            )
        )
    return rows


def _open(book: Book) -> list[ParProposal]:
    return [each for each in book.proposals if each.status == PROPOSED]


def _shown(book: Book) -> Shown:
    done = [each for each in book.proposals if each.status != PROPOSED]
    lists = [
        Listing(
            title=_("Proposed"),
            heads=(_("For"), _("Target"), _("Instead of"), _("From gaming day"), _("By")),
            rows=[_proposed(each, book) for each in _open(book)],
            empty=_("Nothing is proposed."),
        ),
        Listing(
            title=_("In force today"),
            heads=(_("Table"), _("Target"), _("From gaming day"), _("Approved by")),
            rows=_table_rows(book),
            empty=_("No table is registered yet."),
        ),
    ]
    if done:
        lists.append(
            Listing(
                title=_("Decided"),
                heads=(_("For"), _("Target"), _("Decision"), _("By")),
                rows=[_decided(each, book) for each in reversed(done[-DECIDED_SHOWN:])],
                empty="",
            )
        )
    doors = door(SET_SHARED, book)
    if book.may("import_par"):
        doors.append(Door(words=_("Import a par sheet"), href=reverse("par-sheet")))
    if ASK.is_offered(book):
        doors.append(Door(words=ASK.verb, href=reverse("settings-action", args=[ASK.slug])))
    doors.append(Door(words=_("History"), href=reverse("targets-history")))
    return Shown(title=_("Target needs"), sentence=str(MEANING), listings=lists, doors=doors)


def _summary(book: Book) -> Summary:
    waiting = len(_open(book))
    missing = [_("Proposals to decide: %(count)s") % {"count": waiting}] if waiting else []
    return Summary(says=[str(MEANING)], missing=missing)


TARGETS = Section(
    slug="targets",
    name=gettext_lazy("Target needs"),
    summary=_summary,
    shown=_shown,
)

SETTINGS = (APPROVE, REJECT, ASK)
