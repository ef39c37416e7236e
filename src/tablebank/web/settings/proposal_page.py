"""The page of one proposed target: what it rests on, what it would have done, what people say.

Everything shown is the evidence that was kept with the proposal (SUGG-3), as it was when it was
made; only the target it would replace is today's. Both amounts are targets and look like targets,
never like a count.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands import proposals
from tablebank.domain.establishment import ParProposal
from tablebank.domain.par_proposals import APPROVED, PROPOSED
from tablebank.web import words
from tablebank.web.actions.kind import Field
from tablebank.web.advice_words import STATUS, part_in_words, reasons_in_words
from tablebank.web.figures import money, number
from tablebank.web.fill_chart import FillChart, fill_chart
from tablebank.web.settings.kind import Book, Door, Line, Part, Setting, Shown
from tablebank.web.settings.proposed import amount_said, for_whom, replaced
from tablebank.web.settings.targets import TARGET, TARGET_MEANING
from tablebank.web.settings.telling import door, in_words

COMMENT = Setting(
    slug="comment-on-target-need",
    section="targets",
    verb=gettext_lazy("Comment"),
    done=gettext_lazy("Your comment is kept."),
    command=proposals.COMMENT,
    step="propose_par",
    about="proposal",
    said=lambda typed, book: {"text": typed["text"]},
    body=lambda said: proposals.Comment(text=said["text"]),
    fields=lambda book: (Field(name="text", label=_("Your comment"), kind="words"),),
    own_remark=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartOfDays:
    """A weekday, a shift or a game by itself, in figures; unknown ones say so."""

    name: str
    shifts: str
    fills: str
    p90_fills: str
    is_different: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PartsOfDays:
    """The parts along one dimension in which one of them is to be judged otherwise."""

    title: str
    parts: Sequence[PartOfDays]


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """The same days with the proposed target, as the replay has it (SUGG-3)."""

    fills: str
    spared: str | None
    """None where it cannot be known: what a lower target would have asked for."""
    p90_after: str | None
    capital: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A comment: when, who, what."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalView:
    """What the part of the page says that other sections have no words for."""

    reasons: Sequence[str]
    is_advice: bool
    pain_points: str
    days: str
    differing: Sequence[PartsOfDays]
    again: Again | None
    chart: FillChart | None
    comments: Sequence[Said]
    comment_href: str


def page_of(proposal: ParProposal) -> str:
    """The address of its page."""
    return reverse("settings-thing", args=["targets", proposal.id])


def proposal_shown(book: Book, *, doors: Callable[[Book], list[Door]]) -> Shown:
    """The page; `doors` are the decisions that its reader may take."""
    proposal = book.the_proposal()
    commenting = door(COMMENT, book)
    view = ProposalView(
        reasons=reasons_in_words(proposal),
        is_advice=bool(proposal.evidence),
        pain_points=proposal.pain_points or "",
        days=_days(proposal.evidence or {}),
        differing=_differing((proposal.evidence or {}).get("segments", ())),
        again=_again((proposal.evidence or {}).get("replay")),
        chart=_chart(proposal, book),
        comments=[
            Said(at=each.occurred_at, who=book.names.get(each.recorded_by, ""), text=each.text)
            for each in book.comments
        ],
        comment_href=commenting[0].href if commenting else "",
    )
    return Shown(
        title=_("Proposed target for %(whom)s") % {"whom": for_whom(proposal, book)},
        sentence=str(TARGET_MEANING),
        lines=_lines(proposal, book),
        doors=doors(book),
        back=Door(words=_("All target needs"), href=reverse("settings-section", args=["targets"])),
        part=Part(template="tablebank/parts/proposal.html", it=view),
    )


def _lines(proposal: ParProposal, book: Book) -> list[Line]:
    instead = replaced(proposal, book)
    is_open = proposal.status == PROPOSED
    lines = [
        Line(
            name=_("Target now") if is_open else _("Target then"),
            value=amount_said(instead, currency=book.currency),
        ),
        Line(
            name=TARGET,
            value=amount_said(proposal.par_total_cents, currency=book.currency),
            note=_difference(proposal.par_total_cents, instead),
        ),
        Line(
            name=_("Proposed from gaming day"), value=in_words(proposal.effective_from_gaming_day)
        ),
        Line(
            name=_("Source"),
            value=words.said(words.PAR_SOURCE, proposal.source),
            note=book.names.get(proposal.recorded_by, ""),
        ),
    ]
    return [*lines, _standing(proposal, book)]


def _standing(proposal: ParProposal, book: Book) -> Line:
    """Whether somebody decided, who, and from which gaming day the target holds."""
    who = book.names.get(proposal.decided_by, "") if proposal.decided_by else ""
    became = next((row for row in book.policies if row.id == proposal.policy_id), None)
    since = ""
    if proposal.status == APPROVED and became is not None:
        day = in_words(became.effective_from_gaming_day)
        since = _("In force from gaming day %(day)s.") % {"day": day}
    because = f"“{proposal.decided_because}”" if proposal.decided_because else ""
    note = " · ".join(each for each in (who, because, since) if each)
    return Line(name=_("Decision"), value=words.said(STATUS, proposal.status), note=note)


def _difference(proposed: int | None, instead: int | None) -> str:
    if proposed is None or instead is None or proposed == instead:
        return ""
    return money(proposed - instead, signed=True)


def _days(evidence: Mapping[str, Any]) -> str:
    if "first_day" not in evidence:
        return ""
    return _("Gaming days %(first)s to %(last)s, %(sessions)s sessions.") % {
        "first": in_words(date.fromisoformat(evidence["first_day"])),
        "last": in_words(date.fromisoformat(evidence["last_day"])),
        "sessions": number(evidence["sessions"]),
    }


def _differing(segments: Sequence[Mapping[str, Any]]) -> list[PartsOfDays]:
    titles = {"weekday": _("By weekday"), "shift": _("By shift"), "game_type": _("By game")}
    return [
        PartsOfDays(
            title=title,
            parts=[_part(each) for each in segments if each["dimension"] == dimension],
        )
        for dimension, title in titles.items()
        if any(each["dimension"] == dimension for each in segments)
    ]


def _part(segment: Mapping[str, Any]) -> PartOfDays:
    measured = segment["measured"]
    return PartOfDays(
        name=part_in_words(segment["dimension"], segment["name"]),
        shifts=number(measured["shifts"]),
        fills=number(measured["fills"]),
        p90_fills=number(measured["p90_fills"]),
        is_different=segment["matters"],
    )


def _again(replay: Mapping[str, Any] | None) -> Again | None:
    if not replay:
        return None
    spared, after = replay["fills_spared"], replay["p90_fills_after"]
    return Again(
        fills=number(replay["fills"]),
        spared=None if spared is None else number(spared),
        p90_after=None if after is None else number(after),
        capital=money(replay["extra_capital_cents"], signed=True),
    )


def _chart(proposal: ParProposal, book: Book) -> FillChart | None:
    shifts = (proposal.evidence or {}).get("shifts")
    if not shifts:
        return None
    codes = [str(each["code"]) for row in reversed(book.house.schedules) for each in row.shifts]
    return fill_chart(shifts, codes=codes)
