"""The shift rundown as it is read: its sessions by pit, the drop groups, and the sum (SHIFT-1).

The official word is rundown; the window win/loss stands on a page of its own (LESSON-4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tablebank.domain.facts import Session
from tablebank.domain.shift_rundown import ShiftTotals
from tablebank.domain.terms import CLOSED_PHASES, Phase
from tablebank.queries.rundowns import RundownSheet, ShiftSummary
from tablebank.web import words


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLine:
    """One session of the shift: its result or why there is none, and how far it is."""

    session_id: UUID
    table_code: str
    game: str
    sequence: int | None
    win_cents: int | None
    state: str
    reasons: Sequence[str]
    """Why a closed session has no result; of one in play its status says enough."""
    status: str
    revision: int | None
    differs: bool
    """Whether something came since its final report (RUN-6)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PitLines:
    """A pit's sessions, as they were played there."""

    name: str
    lines: Sequence[SessionLine]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupLine:
    """A drop group that sessions of the shift are in, and whether it adds to its sum (0025)."""

    session_id: UUID
    table_code: str
    members: int
    is_inside: bool
    win_cents: int | None
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftRundownView:
    """The rundown of a shift, ready to be shown; `has_known` says whether any result is known."""

    totals: ShiftTotals
    has_known: bool
    told: str
    pits: Sequence[PitLines]
    groups: Sequence[GroupLine]
    not_final: int


def shift_rundown_view(summary: ShiftSummary) -> ShiftRundownView:
    """A shift's rundown by pit and table."""
    sessions = summary.sessions
    items = sorted(summary.items, key=lambda each: _place(sessions[each.rundown.session_id]))
    pits: dict[str, list[SessionLine]] = {}
    for item in items:
        session = sessions[item.rundown.session_id]
        pits.setdefault(session.pit or "", []).append(_line(session, item))
    groups = [_group(each, summary) for each in summary.groups]
    return ShiftRundownView(
        totals=summary.totals,
        has_known=any(each.rundown.table_win_cents is not None for each in items)
        or any(each.is_inside and each.win_cents is not None for each in groups),
        told=told_of(summary.totals),
        pits=[PitLines(name=name, lines=lines) for name, lines in pits.items()],
        groups=groups,
        not_final=sum(each.status != Phase.FINALIZED for each in items),
    )


def _place(session: Session) -> tuple[str, str, int]:
    return session.pit or "", session.table_code or "", session.ordinal or 0


def _line(session: Session, item: RundownSheet) -> SessionLine:
    rundown = item.rundown
    whys = dict.fromkeys(rundown.reasons) if session.phase in CLOSED_PHASES else ()
    return SessionLine(
        session_id=session.id,
        table_code=session.table_code or "",
        game=words.said(words.GAME, session.game_type) if session.game_type else "",
        sequence=session.sequence,
        win_cents=rundown.table_win_cents,
        state=words.said(words.RUNDOWN_STATE, rundown.state),
        reasons=[words.said(words.REASON, each) for each in whys],
        status=item.status,
        revision=item.revision,
        differs=item.since is not None,
    )


def _group(sheet: RundownSheet, summary: ShiftSummary) -> GroupLine:
    members = [each.session_id for each in sheet.rundown.members]
    inside = [each for each in members if each in summary.sessions]
    return GroupLine(
        session_id=inside[0],
        table_code=summary.sessions[inside[0]].table_code or "",
        members=len(members),
        is_inside=len(inside) == len(members),
        win_cents=sheet.rundown.table_win_cents,
        state=words.said(words.RUNDOWN_STATE, sheet.rundown.state),
    )


def told_of(totals: ShiftTotals) -> str:
    """What is in the sum and what is not: never silently partial (LESSON-2)."""
    said = [
        ngettext("%(count)s session complete", "%(count)s sessions complete", totals.complete)
        % {"count": totals.complete}
    ]
    for count, text in (
        (totals.pending, _("%(count)s pending")),
        (totals.shared, _("%(count)s shared")),
        (totals.unknown, _("%(count)s unknown")),
    ):
        if count:
            said.append(text % {"count": count})
    return " · ".join(said)
