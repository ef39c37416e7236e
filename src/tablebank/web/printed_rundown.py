"""The table rundown report on paper: five terms with their documents, the result, its evidence.

An unknown term or result is N/A with its reason, never a zero (LESSON-2). The head of the journal
stands on it: whoever holds the paper can tell later whether anything before it was changed (JRN-3).
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from tablebank.documents.sheet import Lines, Place, Row, Sheet
from tablebank.domain.documents import Printed
from tablebank.domain.terms import Basis, Role
from tablebank.queries.journal import Head
from tablebank.queries.session_sheet import Signed
from tablebank.web import figures, words
from tablebank.web.printed_form import HEADING, Drawn, Setting, frame_of, instant, target_of
from tablebank.web.proof import Term, terms, unknown_because
from tablebank.web.session_view import SessionView


def sheet_of_rundown(view: SessionView, head: Head, *, setting: Setting) -> Drawn:
    """The rundown of a session as its proof page has it (RUN-1), final or as it stands."""
    session = view.session
    sheet = Sheet(
        template="rundown",
        frame=frame_of(setting, reverse("proof", args=[session.id])),
        band="plain",
        heading=str(HEADING[Printed.RUNDOWN]).upper(),
        title=_("Table rundown report"),
        number=session.table_code,
        number_label=_("Table no."),
        fields=_fields(view),
        target=target_of(session.need_total_cents),
        notes=_notes(view),
        lines=_lines(view),
        statements=[*_statements(view), *_evidence(view, head)],
        places=[Place(role=words.said(words.ROLE, role)) for role in _REVIEWERS],
    )
    return Drawn(form=Printed.RUNDOWN, subject_id=session.id, sheet=sheet)


_REVIEWERS = (Role.PIT_MANAGER, Role.ACCOUNTING)
"""Who signs the report on paper: who reviewed it, and who reconciled it."""


def _fields(view: SessionView) -> list[tuple[str, str]]:
    session = view.session
    fields = [
        (_("Gaming day"), f"{session.gaming_day:%Y-%m-%d}"),
        (_("Shift"), session.shift_code),
        (_("Pit"), session.pit),
        (_("Game"), words.said(words.GAME, session.game_type) if session.game_type else ""),
        (_("Sequence in day"), str(session.sequence) if session.sequence else ""),
        (_("Status"), words.said(words.STATUS, session.status)),
        (_("Table Bank Mode"), words.said(words.MODE, session.table_bank_mode or "")),
    ]
    return [(label, value) for label, value in fields if value]


def _notes(view: SessionView) -> list[str]:
    """What a reader must not overlook: a result that facts since have changed (RUN-6)."""
    if view.rundown.since is None:
        return []
    return [_("The facts have changed since this result was made final.")]


def _lines(view: SessionView) -> Lines:
    rundown = view.rundown.rundown
    rows = [row for term in terms(view) for row in _rows_of(term)]
    because = unknown_because(view)
    win = figures.money(rundown.table_win_cents, exact=True)
    variance = figures.money(rundown.variance_from_par_cents, exact=True, signed=True)
    foot = [
        Row(cells=(_("Table Win/Loss"), "", because, win), kind="total"),
        Row(cells=(_("Variance from Par"), "", _why_no_variance(view), variance)),
    ]
    if rundown.hold_pct is not None:
        foot.append(Row(cells=(_("Hold"), "", "", figures.percent(rundown.hold_pct))))
    if rundown.table_win_cents is None and rundown.before_drop_cents is not None:
        change = figures.money(rundown.before_drop_cents, exact=True, signed=True)
        foot.append(Row(cells=(_("Tray change (not a result)"), "", "", change)))
    head = (_("Term, document"), _("Time"), _("Signed by"), _("Amount"))
    return Lines(head=head, rows=rows, foot=foot)


def _why_no_variance(view: SessionView) -> str:
    rundown = view.rundown.rundown
    if rundown.variance_from_par_cents is not None:
        return ""
    if rundown.need_total_cents is None:
        return _("Target need not configured")
    return unknown_because(view)


def _rows_of(term: Term) -> Iterable[Row]:
    said = term.reason if term.cents is None else term.note
    amount = figures.money(term.cents, exact=True)
    if term.cents is not None:
        amount = f"{term.operator} {amount}"
    yield Row(cells=(term.title, "", said, amount), kind="term")
    for proof in term.proofs:
        by = ", ".join([*_names(proof.signatures), proof.words])
        cents = figures.money(proof.cents, exact=True)
        yield Row(cells=(proof.document, instant(proof.at), by, cents), kind="fact")


def _names(signatures: Sequence[Signed]) -> list[str]:
    return [f"{each.name} ({words.said(words.ROLE, each.role).lower()})" for each in signatures]


def _statements(view: SessionView) -> Iterable[tuple[str, str]]:
    rundown = view.rundown.rundown
    yield _("State"), words.said(words.RUNDOWN_STATE, rundown.state)
    adopted = Basis.ADOPTED_NEXT_OPENER.value
    unknown = [each for each in rundown.reasons if each != adopted]
    if unknown:
        said = "; ".join(words.said(words.REASON, reason) for reason in unknown)
        yield _("Not known because"), said
    if adopted in rundown.reasons:
        yield _("Closing"), words.said(words.REASON, adopted)
    if view.group is not None:
        group = view.group.rundown
        win = figures.money(group.table_win_cents, exact=True)
        if group.table_win_cents is None:
            win = f"{win}: {words.said(words.RUNDOWN_STATE, group.state)}"
        yield _("Table Win/Loss of the group:"), win


def _evidence(view: SessionView, head: Head) -> Iterable[tuple[str, str]]:
    """The report that stands, the journal's head, and how the result is made."""
    report = view.rundown
    if report.finalized_at is not None and report.finalized_by is not None:
        who = view.names.get(report.finalized_by, "")
        revision = _("Revision %(revision)s") % {"revision": report.revision}
        yield revision, f"{instant(report.finalized_at)} · {who}"
        yield "sha256", report.content_sha256 or ""
    sealed = _("entry %(number)s, %(hash)s") % {
        "number": figures.number(head.number),
        "hash": head.hash,
    }
    yield _("Journal head"), sealed
    yield "", _("win = closing + credits + drop − opening − fills")
