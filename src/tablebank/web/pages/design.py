"""The design language on one page: what every page is made of, in light and in dark.

Where a part has a template of its own, this page shows that one, so that what is looked at here is
what the floor sees. Nothing on it is a fact of the casino but its own chips.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tablebank.domain.chips import ChipList, key_of
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.terms import BankMode, Role
from tablebank.queries.doors import View, reading
from tablebank.queries.floor import FloorRow, LastCount, OnTheRoad
from tablebank.queries.session_sheet import SnapshotSheet
from tablebank.web import typed, words
from tablebank.web.actions.kind import Choice, Field
from tablebank.web.count_sheet import rows_of, summed
from tablebank.web.figures import money
from tablebank.web.floor_cards import Card, card_words
from tablebank.web.form import ShownField, ShownSigner
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.panels import StepOnTheWay
from tablebank.web.written import current, write_as

COLOURS = (
    ("surface", gettext_lazy("The ground of a page")),
    ("card", gettext_lazy("The ground of a card")),
    ("sunken", gettext_lazy("The ground of a proof")),
    ("line", gettext_lazy("A hairline")),
    ("line-strong", gettext_lazy("The edge of a field")),
    ("ink", gettext_lazy("Text")),
    ("ink-quiet", gettext_lazy("Text that steps back")),
    ("accent", gettext_lazy("The primary action, and links")),
    ("needs", gettext_lazy("Needs someone")),
    ("stops", gettext_lazy("Stops a result, or money lost beyond doubt")),
    ("done", gettext_lazy("Done and proved")),
    ("estimate", gettext_lazy("Estimates and targets")),
    ("changed", gettext_lazy("A figure that has just changed")),
)
TYPE = (12, 14, 16, 20, 28, 40)
SPACE = ((1, 4), (2, 8), (3, 12), (4, 16), (6, 24), (8, 32))
STEPS = (
    ("READY_TO_OPEN", "behind"),
    ("OPENING", "behind"),
    ("OPEN", "behind"),
    ("CLOSING", "here"),
    ("CLOSED", "ahead"),
    ("RECONCILED", "ahead"),
    ("FINALIZED", "ahead"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """The signatures of a form, as its template asks for them."""

    signers: Sequence[ShownSigner]
    by_signers: bool = False
    focus: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Everything that is shown twice: what has a name of its own may be on a page only once."""

    name: str
    title: str
    cards: Sequence[Card]
    lines: Sequence[Card]
    pad: ShownField


@signed_in
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """The design language, for everybody who is signed in."""
    with reading(credential, at=timezone.now()) as view:
        chips = view.house.chips_on(view.house.calendar.shift_at(view.now).gaming_day)
    with write_as(view.house):
        context = _context(view, chips)
    return shown(request, view, "tablebank/design.html", context)


def _context(view: View, chips: ChipList) -> dict[str, Any]:
    fill, credit = (words.said(words.SLIP_KIND, kind) for kind in ("FILL", "CREDIT"))
    return {
        "view": view,
        "themes": [_theme(view, chips, name) for name in ("light", "dark")],
        "say": card_words(),
        "colours": COLOURS,
        "type_scale": TYPE,
        "spaces": SPACE,
        "stepper": [
            StepOnTheWay(words=words.said(words.STATUS, status), standing=standing)
            for status, standing in STEPS
        ],
        "panel": Panel(signers=_signers()),
        "session": {"need_total_cents": 5_000_000},
        "done": {
            "message": _("The fill is verified."),
            "details": [f"{fill} F-2026-000123 · {money(200_000)}"],
        },
        "needs": {
            "message": _("The count differs. Count again."),
            "details": [_("Apart by %(amount)s") % {"amount": money(10_000, exact=True)}],
            "needs": True,
        },
        "refused": [
            _("%(slip)s is disputed") % {"slip": f"{fill} F-2026-000119"},
            _("%(slip)s is on the way") % {"slip": f"{credit} C-2026-000042"},
        ],
    }


_TITLE = {"light": gettext_lazy("Light"), "dark": gettext_lazy("Dark")}


def _theme(view: View, chips: ChipList, name: str) -> Theme:
    return Theme(
        name=name,
        title=str(_TITLE[name]),
        cards=_cards(name, view.now),
        lines=_cards(f"{name} list", view.now),
        pad=_pad(f"pad-{name}", chips, view.now),
    )


def _signers() -> list[ShownSigner]:
    dealer, manager = (
        ShownSigner(
            index=index,
            roles=[Choice(value=role, words=words.said(words.ROLE, role))],
            chosen=role,
            badge=badge,
            required=True,
            why=why,
            error=error,
        )
        for index, (role, badge, why, error) in enumerate(
            (
                (Role.DEALER, "1042", "", _("This person does not act as dealer.")),
                (Role.PIT_MANAGER, "", _("if it differs from the last closing"), ""),
            )
        )
    )
    return [dealer, manager]


def _pad(name: str, chips: ChipList, now: datetime) -> ShownField:
    """Two rows counted, one by an amount that makes no chips, the others not counted yet."""
    counted = [each for each in chips.types if each.in_bank and each.cents][:4]
    keys = [key_of(each) for each in counted]
    data = {f"{name}:{key}": pieces for key, pieces in zip(keys, ("12", "86"), strict=False)}
    errors = {}
    for chip in counted[2:3]:
        odd = chip.cents * 3 // 2
        data[typed.amount_name(name, key_of(chip))] = current().bare(odd, exact=True)
        errors[f"/{name}/{key_of(chip)}"] = str(typed.NOT_WHOLE)
    was = dict(zip(keys, (15, 65, 240, 480), strict=False))
    total = sum(each.cents * was[key_of(each)] for each in counted)
    rows = rows_of(name, data, errors, chips=chips, was=was)
    return ShownField(
        field=Field(
            name=name, label=gettext_lazy("Chips in the tray"), kind="chips", compared="last"
        ),
        value="",
        error="",
        chips=rows,
        against=_last_count(was, total_cents=total, at=now - timedelta(hours=3)),
        sum=summed(rows, before_cents=total),
    )


def _last_count(chipset: dict[str, int], *, total_cents: int, at: datetime) -> SnapshotSheet:
    return SnapshotSheet(
        id=_id("count"),
        session_id=None,
        kind="INTERIM",
        basis="COUNTED",
        number=None,
        chipset=chipset,
        total_cents=total_cents,
        occurred_at=at,
        recorded_at=at,
        signatures=(),
        is_synthetic=False,
        synthetic_reason=None,
        supersedes=None,
        superseded_by=None,
        reason=None,
    )


def _cards(theme: str, now: datetime) -> list[Card]:
    """A table in play, one that waits for its closer, and one with a result."""
    live = _row(theme, "BJ-07", now)
    road = OnTheRoad(
        id=_id("slip"),
        kind="FILL",
        number="F-2026-000123",
        status="ISSUED",
        disputed=True,
        total_cents=200_000,
        moved_at=now - timedelta(minutes=6),
        runner="R. Reed",
        session_id=_id(f"{theme} BJ-07 session"),
    )
    in_play = replace(live, before_drop_cents=-2_800_000, slips_in_transit=(road,))
    waiting = replace(
        _row(theme, "BJ-08", now), phase="CLOSING", session_status="CLOSING", par_total_cents=None
    )
    over = replace(
        _row(theme, "RO-02", now),
        game_type="ROULETTE",
        phase="FINALIZED",
        session_status="FINALIZED",
        live_session_id=None,
        table_win_cents=-612_500,
        last_count=LastCount(kind="CLOSING", total_cents=4_500_000, occurred_at=now),
    )
    return [
        _card(in_play, reason=_("Pending count")),
        _card(waiting, reason=_("Closing count required"), step="closing-count"),
        _card(over, reason=""),
    ]


def _card(row: FloorRow, *, reason: str, step: str = "") -> Card:
    verb = _("Record closing count") if step else ""
    return Card(row=row, href="#", next_href="#", next_words=verb, reason=reason, late=frozenset())


def _row(theme: str, code: str, now: datetime) -> FloorRow:
    session_id = _id(f"{theme} {code} session")
    return FloorRow(
        id=_id(f"{theme} {code}"),
        code=code,
        name=code,
        pit="Pit 1",
        game_type="BLACKJACK",
        limits={"min_cents": 2_500, "max_cents": 500_000},
        status="active",
        mounted_box=None,
        par_total_cents=5_000_000,
        par_set_at=None,
        par_set_by=None,
        table_bank_mode=BankMode.INVENTORY_COUNT,
        live_session_id=session_id,
        need_now_cents=None,
        in_transit_cents=0,
        session_id=session_id,
        session_status="OPEN",
        phase="OPEN",
        drop_state=None,
        shift_code="SWING",
        gaming_day=None,
        opened_at=now - timedelta(hours=4, minutes=12),
        need_total_cents=None,
        last_count=None,
        expected_tray_cents=None,
        rundown_state=None,
        reasons=(),
        table_win_cents=None,
        before_drop_cents=None,
        group_id=None,
        slips_in_transit=(),
        requests_waiting=(),
        open_exceptions=0,
    )


def _id(name: str) -> UUID:
    """An id of nothing: the same on every day, and no record's."""
    return uuid5(NAMESPACE_URL, f"design {name}")
