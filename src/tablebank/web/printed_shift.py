"""The shift rundown summary on paper: pit by pit, table by table, and the sum (SHIFT-1).

What is known stands beside what is not: a sum with an unknown in it is N/A, with what is known so
far and how many sessions are complete, pending, shared or unknown (LESSON-2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tablebank.documents.sheet import Lines, Place, Row, Section, Sheet
from tablebank.domain.blind import COUNTS_BLIND
from tablebank.domain.documents import Printed
from tablebank.domain.shift_rundown import ShiftTotals, totals_of
from tablebank.domain.terms import Role
from tablebank.queries.journal import Head
from tablebank.queries.rundowns import ShiftSummary
from tablebank.queries.shifts_kept import KeptRundown, standing
from tablebank.queries.trends import Course
from tablebank.web import figures, words
from tablebank.web.printed_form import HEADING, Drawn, Setting, frame_of, instant
from tablebank.web.shift_rundown_view import (
    PitLines,
    SessionLine,
    ShiftRundownView,
    shift_rundown_view,
    told_of,
)
from tablebank.web.trend_view import pictures_on_paper


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftOnPaper:
    """A shift's rundown as it stands, what is kept of it, its window by the hour, and the
    journal's end."""

    summary: ShiftSummary
    kept: Sequence[KeptRundown]
    contents: Mapping[UUID, Mapping[str, Any]]
    courses: Sequence[Course]
    head: Head


def sheet_of_shift(shift: ShiftOnPaper, *, setting: Setting) -> Drawn:
    """The summary of a shift, whether it is kept or still moves."""
    view, of = shift_rundown_view(shift.summary), shift.summary.shift
    page = f"{reverse('windows-rundown')}?shift_id={of.id}"
    sheet = Sheet(
        template="shift",
        frame=frame_of(setting, page),
        band="plain",
        heading=str(HEADING[Printed.SHIFT_RUNDOWN]).upper(),
        title=_("Shift rundown summary"),
        number=of.code,
        number_label=_("Shift"),
        fields=[
            (_("Gaming day"), f"{of.gaming_day:%Y-%m-%d}"),
            (_("Start"), instant(of.starts_at)),
            (_("End"), instant(of.ends_at)),
        ],
        target=None,
        notes=_notes(shift),
        lines=_lines(view, shift.summary),
        sections=list(_groups(view)),
        pictures=pictures_on_paper(shift.courses),
        statements=list(_statements(view, shift)),
        places=[Place(role=role) for role in _to_sign()],
    )
    return Drawn(form=Printed.SHIFT_RUNDOWN, subject_id=of.id, sheet=sheet)


def _to_sign() -> list[str]:
    """Who hands the shift over, who takes it, who reviews its sum, and who reconciles it."""
    reviewers = (Role.PIT_MANAGER, Role.ACCOUNTING)
    return [
        _("Outgoing supervisor"),
        _("Incoming supervisor"),
        *(words.said(words.ROLE, role) for role in reviewers),
    ]


def _notes(shift: ShiftOnPaper) -> list[str]:
    """Where the reports of the sessions are others than those that the kept revision sums up."""
    kept = standing(shift.kept)
    if kept is None:
        return []
    told = {
        (item["session"]["id"], item["report"]["revision"])
        for item in shift.contents[kept.id]["items"]
    }
    now = {(str(each.rundown.session_id), each.revision) for each in shift.summary.items}
    if told == now:
        return []
    return [_("The final reports have changed since the last revision was kept.")]


def _lines(view: ShiftRundownView, summary: ShiftSummary) -> Lines:
    rows = [row for pit in view.pits for row in _rows_of(pit, summary)]
    foot = []
    if rows:
        win = figures.money(view.totals.win_cents, exact=True, signed=True)
        foot.append(Row(cells=(_("Total"), "", "", win), kind="total"))
        foot += _known(view.totals, has_known=view.has_known)
    head = (_("Table no."), _("Game"), _("Status, state"), _("Table Win/Loss"))
    return Lines(head=head, rows=rows, foot=foot, empty=_("No table was opened in this shift."))


def _known(totals: ShiftTotals, *, has_known: bool) -> list[Row]:
    """What is known of a sum that is not; nothing known is no zero."""
    if totals.win_cents is not None or not has_known:
        return []
    known = figures.money(totals.known_cents, exact=True, signed=True)
    return [Row(cells=("", "", _("Known so far"), known), kind="fact")]


def _rows_of(pit: PitLines, summary: ShiftSummary) -> Iterable[Row]:
    """A pit's own sum, then its tables; a group counts where all of its sessions were played."""
    here = {line.session_id for line in pit.lines}
    groups = [each.rundown for each in summary.groups]
    totals = totals_of(
        items=[each.rundown for each in summary.items if each.rundown.session_id in here],
        groups=groups,
        inside=here,
    )
    inside = [each for each in groups if {one.session_id for one in each.members} <= here]
    wins = [line.win_cents for line in pit.lines] + [each.table_win_cents for each in inside]
    amount = figures.money(totals.win_cents, exact=True, signed=True)
    yield Row(cells=(pit.name or _("No pit"), "", told_of(totals), amount), kind="term")
    yield from _known(totals, has_known=any(win is not None for win in wins))
    hidden = {
        each.rundown.session_id for each in summary.items if COUNTS_BLIND in each.rundown.reasons
    }
    yield from (_row(line, is_hidden=line.session_id in hidden) for line in pit.lines)


def _row(line: SessionLine, *, is_hidden: bool) -> Row:
    """A table's session; its state says why there is no result, unless that is hidden (SNAP-4)."""
    code = f"{line.table_code} · {line.sequence}" if line.sequence else line.table_code
    said = [words.said(words.STATUS, line.status)]
    if line.revision:
        said.append(_("Revision %(revision)s") % {"revision": line.revision})
    said.append(line.state)
    if is_hidden:
        said.append(words.said(words.REASON, COUNTS_BLIND))
    if line.differs:
        said.append(f"▲ {_('Something came since its final report')}")
    win = figures.money(line.win_cents, exact=True, signed=True)
    return Row(cells=(code, line.game, " · ".join(dict.fromkeys(said)), win))


def _groups(view: ShiftRundownView) -> Iterable[Section]:
    """Sessions that one box served have one result together (BOX-6, 0025)."""
    rows = []
    for group in view.groups:
        count = ngettext("%(count)s session", "%(count)s sessions", group.members)
        where = _("In this shift's sum")
        if not group.is_inside:
            where = _("Reaches into another shift: in no shift's sum")
        said = " · ".join([count % {"count": group.members}, group.state, where])
        win = figures.money(group.win_cents, exact=True, signed=True)
        rows.append(Row(cells=(group.table_code, said, win)))
    if rows:
        head = (_("Table no."), _("Sessions, state"), _("Table Win/Loss"))
        yield Section(title=_("Drop groups"), lines=Lines(head=head, rows=rows))


def _statements(view: ShiftRundownView, shift: ShiftOnPaper) -> Iterable[tuple[str, str]]:
    if view.pits:
        yield _("Sessions"), view.told
    kept = standing(shift.kept)
    if kept is None:
        why = [_("Not kept yet: it is once the shift is over and every session is final.")]
        if view.not_final:
            said = ngettext(
                "%(count)s session is not final.",
                "%(count)s sessions are not final.",
                view.not_final,
            )
            why.append(said % {"count": view.not_final})
        yield _("State"), " ".join(why)
    for each in shift.kept:
        label = _("Revision %(revision)s") % {"revision": each.revision}
        said = f"{_('kept')} {instant(each.kept_at)}"
        yield label, said if each is kept else f"{said} · {_('replaced')}"
        yield "sha256", each.content_sha256
    sealed = _("entry %(number)s, %(hash)s")
    number = figures.number(shift.head.number)
    yield _("Journal head"), sealed % {"number": number, "hash": shift.head.hash}
    yield "", _("win = closing + credits + drop − opening − fills")
