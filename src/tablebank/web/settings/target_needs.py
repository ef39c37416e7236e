"""Target needs: what holds for each table, what was proposed, and deciding it (PAR-2, PAR-4).

A proposal is never in force. Who may approve sees what it would replace; rejecting one says why,
and it stays to be read.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import proposals
from tablebank.domain.establishment import ParProposal
from tablebank.domain.par_proposals import PROPOSED
from tablebank.web import words
from tablebank.web.actions.kind import Field
from tablebank.web.advice_words import STATUS, reasons_in_words
from tablebank.web.settings.asking_advice import ASK, ASK_FOR_TABLE
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
from tablebank.web.settings.proposal_page import COMMENT, page_of, proposal_shown
from tablebank.web.settings.proposed import amount_said, for_whom, replaced
from tablebank.web.settings.target_forms import SET_SHARED
from tablebank.web.settings.telling import door, in_words
from tablebank.web.typed import Data

MEANING = gettext_lazy("What each table's bank is meant to hold: policy, never a count.")
REASONS_SHOWN = 2
"""How much of the evidence stands in the list; all of it is on the proposal's own page."""


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


def _to_its_page(proposal: ParProposal, book: Book, note: str = "") -> Cell:
    amount = amount_said(proposal.par_total_cents, currency=book.currency)
    text = f"{for_whom(proposal, book)} · {amount}"
    return Cell(text=text, href=page_of(proposal), note=note)


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
    now = replaced(proposal, book)
    return Row(
        cells=(
            _to_its_page(proposal, book, note=" ".join(reasons_in_words(proposal)[:REASONS_SHOWN])),
            Cell(text=amount_said(now, currency=book.currency)),
            Cell(text=in_words(proposal.effective_from_gaming_day)),
            Cell(text=book.names.get(proposal.recorded_by, ""), at=proposal.recorded_at),
        ),
        doors=_doors(proposal, book),
    )


def _decided(proposal: ParProposal, book: Book) -> Row:
    return Row(
        cells=(
            _to_its_page(proposal, book),
            Cell(
                text=words.said(STATUS, proposal.status),
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
    rows = []
    for table in book.tables:
        href = reverse("settings-thing", args=["tables", table.id])
        par = book.par_of(table)
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
    return _all_shown(book) if book.proposal is None else proposal_shown(book, doors=_decisions)


def _decisions(book: Book) -> list[Door]:
    return list(_doors(book.the_proposal(), book))


def _all_shown(book: Book) -> Shown:
    done = [each for each in book.proposals if each.status != PROPOSED]
    done.sort(key=lambda each: each.decided_at or each.recorded_at, reverse=True)
    lists = [
        Listing(
            title=_("Proposed"),
            heads=(_("Proposed target"), _("Instead of"), _("From gaming day"), _("By")),
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
                heads=(_("Proposed target"), _("Decision"), _("By")),
                rows=[_decided(each, book) for each in done],
                empty="",
            )
        )
    doors = door(SET_SHARED, book)
    if book.may("import_par"):
        doors.append(Door(words=_("Import a par sheet"), href=reverse("par-sheet")))
    doors.append(
        Door(words=_("How advice did"), href=reverse("settings-section", args=["outcomes"]))
    )
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
    things="proposal",
)

SETTINGS = (APPROVE, REJECT, ASK, ASK_FOR_TABLE, COMMENT)
