"""A shift hand-over on paper: what stood open, list by list, and the two who signed (SHIFT-3).

It comes from the JSON that was kept and hashed: the paper says nothing that the record does not.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tablebank.documents.sheet import Lines, Place, Row, Section, Sheet
from tablebank.domain.documents import Printed
from tablebank.queries.hand_over_book import HandOverSheet
from tablebank.web import figures, words
from tablebank.web.hand_over_view import HandOverView, SlipLine, TableLine, hand_over_view
from tablebank.web.printed_form import HEADING, Drawn, Setting, frame_of, instant, signed_place


def sheet_of_hand_over(handed: HandOverSheet, *, setting: Setting) -> Drawn:
    """The hand-over as it was signed."""
    view = hand_over_view(handed.content)
    sheet = Sheet(
        template="shift",
        frame=frame_of(setting, reverse("handover-paper", args=[handed.id])),
        band="plain",
        heading=str(HEADING[Printed.HAND_OVER]).upper(),
        title=_("Shift hand-over"),
        number=handed.shift_code,
        number_label=_("Shift"),
        fields=[
            (_("Gaming day"), f"{handed.gaming_day:%Y-%m-%d}"),
            (_("Handed over"), instant(handed.occurred_at)),
            (_("Journal entry"), figures.number(handed.content["journal_number"])),
            (_("Outgoing supervisor"), handed.outgoing),
            (_("Incoming supervisor"), handed.incoming),
            (_("Hand-over before"), _before(view)),
        ],
        target=None,
        notes=list(_notes(view)),
        lines=None,
        sections=list(_sections(view)),
        statements=[
            *([(_("Remark"), handed.remark)] if handed.remark else []),
            ("sha256", handed.content_sha256),
        ],
        places=_places(handed, setting),
    )
    return Drawn(form=Printed.HAND_OVER, subject_id=handed.id, sheet=sheet)


def _before(view: HandOverView) -> str:
    if view.since is None:
        return _("none: since the shift began")
    since = view.since
    return f"{since.shift_code}, {instant(since.at)}: {since.outgoing} → {since.incoming}"


def _notes(view: HandOverView) -> Iterable[str]:
    """What the lists do not hold."""
    if view.changes_cut:
        yield _("More was done since than is listed here.")
    listed = len(view.exceptions)
    if view.exceptions_total > listed:
        said = _("%(shown)s of %(total)s open exceptions are listed.")
        yield said % {"shown": listed, "total": view.exceptions_total}


def _places(handed: HandOverSheet, setting: Setting) -> list[Place]:
    """The outgoing supervisor first, whoever sent the hand-over."""
    in_order = sorted(handed.signatures, key=lambda each: each.staff_id != handed.outgoing_id)
    names = {handed.outgoing_id: _("Outgoing supervisor")}
    return [
        signed_place(each, setting, role=names.get(each.staff_id, _("Incoming supervisor")))
        for each in in_order
    ]


def _sections(view: HandOverView) -> Iterable[Section]:
    yield _changes(view)
    yield _slips(_("Chips in transit"), view.in_transit, foot=_sums(view))
    yield _slips(_("Requests nobody has issued"), view.not_issued)
    yield _exceptions(view)
    yield _tables(_("Stale or bootstrapped baselines"), view.baselines, at=_("Since"))
    yield _tables(_("Tables not counted"), view.not_counted, at=_("Last count"))
    if view.in_play:
        title = _("In play, not counted at the end of the session yet")
        yield _tables(title, view.in_play, at=_("Last count"), what=_("Pit"))
    yield _tables(_("Tables not opened"), view.not_opened, at="", what=_("Pit"))


def _changes(view: HandOverView) -> Section:
    rows = []
    for each in view.changes:
        tables = ", ".join(each.tables)
        if each.more:
            tables = f"{tables} {_('and %(more)s more') % {'more': each.more}}"
        cells = (f"{figures.number(each.times)}×", f"{each.words}: {tables}", _clock(each.last_at))
        rows.append(Row(cells=cells))
    head = (_("Times"), _("What was done, at which tables"), _("Last"))
    lines = Lines(head=head, rows=rows, empty=pgettext("changes", "None"))
    return Section(title=_("What changed since the last hand-over"), lines=lines)


def _slips(title: str, slips: Sequence[SlipLine], *, foot: Sequence[Row] = ()) -> Section:
    rows = []
    for each in slips:
        said = [words.said(words.SLIP_STATUS, each.status), each.table_code, each.pit, each.runner]
        if each.disputed:
            said.append(f"▲ {_('disputed')}")
        name = f"{words.said(words.SLIP_KIND, each.kind)} {each.named}".strip()
        where = " · ".join(part for part in said if part)
        rows.append(Row(cells=(name, where, each.age, figures.money(each.cents, exact=True))))
    head = (_("Slip"), _("Where it is"), _("Age"), _("Amount"))
    lines = Lines(head=head, rows=rows, foot=foot if rows else (), empty=pgettext("slips", "None"))
    return Section(title=title, lines=lines, figures=2)


def _sums(view: HandOverView) -> list[Row]:
    """Fills and credits on the way, each by itself: never netted."""
    return [
        Row(cells=(name, "", "", figures.money(cents, exact=True)), kind="term")
        for name, cents in ((_("Fills"), view.fills_cents), (_("Credits"), view.credits_cents))
        if cents
    ]


def _exceptions(view: HandOverView) -> Section:
    rows = [
        Row(
            cells=(
                each.table_code or "–",
                f"{each.words} · {words.said(words.STOPS, each.stops)}",
                _clock(each.raised_at),
            )
        )
        for each in view.exceptions
    ]
    head = (_("Table no."), _("Exception"), _("Raised"))
    lines = Lines(head=head, rows=rows, empty=pgettext("exceptions", "None"))
    return Section(title=_("Open exceptions"), lines=lines)


def _tables(title: str, tables: Sequence[TableLine], *, at: str, what: str = "") -> Section:
    rows = [
        Row(
            cells=(
                each.table_code,
                " · ".join([each.pit, *each.words]),
                _clock(each.at) if each.at else "",
            )
        )
        for each in tables
    ]
    head = (_("Table no."), what or _("Pit, what is missing"), at)
    lines = Lines(head=head, rows=rows, empty=pgettext("tables", "None"))
    return Section(title=title, lines=lines)


def _clock(at: datetime) -> str:
    """Day and time on the casino's wall: `2026-03-02 14:05`."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
