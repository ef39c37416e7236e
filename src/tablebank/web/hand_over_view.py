"""A hand-over as it is read: what stands open in words, live or as it was signed (SHIFT-3).

Both come from the same JSON, so the page cannot say anything that the signed record does not hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tablebank.domain.windows.asked import OpeningSource
from tablebank.web import words
from tablebank.web.figures import age
from tablebank.web.window_view import SOURCE
from tablebank.web.words import Words

Told = Mapping[str, Any]

MISSING: Mapping[str, Words] = {
    "OPENING": _("Opening count required"),
    "CLOSING": _("Closing count required"),
}
BEGUN_BEFORE = _("Begun before this shift, with play since")
TABLES_SHOWN = 12
"""How many tables of one kind of change are named; the others are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """The hand-over before."""

    id: UUID
    shift_code: str
    gaming_day: date
    at: datetime
    outgoing: str
    incoming: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """One kind of thing that was done since, how often and where."""

    words: str
    times: int
    tables: Sequence[str]
    more: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipLine:
    """A slip on the way, or a request nobody has issued; its age as it was told."""

    id: UUID
    session_id: UUID
    kind: str
    status: str
    named: str
    table_code: str
    pit: str
    cents: int
    runner: str
    age: str
    disputed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionLine:
    """An open exception: what broke, where, since when; no amount."""

    id: UUID
    words: str
    stops: str
    table_code: str
    raised_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TableLine:
    """A table and what is to be known of it; where to look, and an instant if there is one."""

    table_code: str
    pit: str
    words: Sequence[str]
    session_id: UUID | None = None
    table_id: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverView:
    """Everything on a hand-over, list by list; an empty one is said as none."""

    since: Since | None
    changes: Sequence[ChangeLine]
    changes_cut: bool
    in_transit: Sequence[SlipLine]
    fills_cents: int
    credits_cents: int
    not_issued: Sequence[SlipLine]
    exceptions: Sequence[ExceptionLine]
    exceptions_total: int
    baselines: Sequence[TableLine]
    not_counted: Sequence[TableLine]
    in_play: Sequence[TableLine]
    """Nothing is missing at these yet: they are counted when they close or roll over."""
    not_opened: Sequence[TableLine]


def hand_over_view(told: Told) -> HandOverView:
    """What a hand-over says, from the JSON that is answered, kept and hashed."""
    return HandOverView(
        since=_since(told["since"]) if told["since"] else None,
        changes=[_change(each) for each in told["changes"]],
        changes_cut=told["changes_cut"],
        in_transit=[_slip(each) for each in told["in_transit"]],
        fills_cents=told["fills_in_transit_cents"],
        credits_cents=told["credits_in_transit_cents"],
        not_issued=[_slip(each) for each in told["not_issued"]],
        exceptions=[_exception(each) for each in told["exceptions"]],
        exceptions_total=told["exceptions_total"],
        baselines=[_baseline(each) for each in told["baselines"]],
        not_counted=[_not_counted(each) for each in told["not_counted"] if each["missing"]],
        in_play=[_not_counted(each) for each in told["not_counted"] if not each["missing"]],
        not_opened=[_not_opened(each) for each in told["not_opened"]],
    )


def _since(told: Told) -> Since:
    return Since(
        id=UUID(told["id"]),
        shift_code=told["shift_code"],
        gaming_day=date.fromisoformat(told["gaming_day"]),
        at=datetime.fromisoformat(told["occurred_at"]),
        outgoing=told["outgoing"],
        incoming=told["incoming"],
    )


def _change(told: Told) -> ChangeLine:
    return ChangeLine(
        words=words.said(words.COMMAND, told["command"]),
        times=told["times"],
        tables=told["tables"][:TABLES_SHOWN],
        more=max(0, len(told["tables"]) - TABLES_SHOWN),
        last_at=datetime.fromisoformat(told["last_at"]),
    )


def _slip(told: Told) -> SlipLine:
    since = datetime.fromisoformat(told["since"])
    return SlipLine(
        id=UUID(told["id"]),
        session_id=UUID(told["session_id"]),
        kind=told["kind"],
        status=told["status"],
        named=told["number"] or told["request_number"] or "",
        table_code=told["table_code"],
        pit=told["pit"],
        cents=told["total_cents"],
        runner=told["runner"] or "",
        age=age(since, now=since + timedelta(minutes=told["age_minutes"])),
        disputed=told["disputed"],
    )


def _exception(told: Told) -> ExceptionLine:
    return ExceptionLine(
        id=UUID(told["id"]),
        words=words.said(words.FINDING, told["kind"]),
        stops=told["stops"],
        table_code=told["table_code"] or "",
        raised_at=datetime.fromisoformat(told["raised_at"]),
    )


def _baseline(told: Told) -> TableLine:
    is_count = told["opening_source"] in (
        OpeningSource.VERIFIED_OPEN,
        OpeningSource.PRIOR_COUNT,
    )
    source = BEGUN_BEFORE if is_count else SOURCE[told["opening_source"]]
    return TableLine(
        table_code=told["table_code"],
        pit=told["pit"],
        words=[str(source)],
        table_id=UUID(told["table_id"]),
        at=_instant(told["opening_at"]),
    )


def _not_counted(told: Told) -> TableLine:
    return TableLine(
        table_code=told["table_code"],
        pit=told["pit"],
        words=[str(MISSING[each]) for each in told["missing"]],
        session_id=UUID(told["session_id"]),
        at=_instant(told["last_count_at"]),
    )


def _not_opened(told: Told) -> TableLine:
    return TableLine(
        table_code=told["table_code"],
        pit=told["pit"],
        words=[],
        session_id=UUID(told["session_id"]),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
