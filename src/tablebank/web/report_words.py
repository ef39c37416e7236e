"""What reports, their parts and their columns are called, and in which words their codes are said.

A report's row names its columns (`queries/reports`); here is what each name is called on screen, on
paper and in a spreadsheet. `tests/house` holds that no report and no column is without words.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tablebank.domain.hold import WhyNot
from tablebank.domain.table_games import DROP_OUTSIDE, NOT_IN_PLAY
from tablebank.web import words
from tablebank.web.day_view import FORM, HELD
from tablebank.web.heard import heard
from tablebank.web.window_view import WHY
from tablebank.web.words import Words

TITLE: Mapping[str, Words] = {
    "table-games-summary": _("Table games summary"),
    "opener-closer-chain": _("Opener/closer chain"),
    "slip-number-accountability": _("Number accountability"),
    "fill-and-credit-log": _("Fill and credit log"),
    "void-report": _("Void report"),
    "drop-log": _("Drop log"),
    "hold": _("Hold"),
    "tables-not-opened": _("Tables not opened"),
    "exceptions": _("Exceptions with their age"),
    "restatements": _("Restatements"),
    "par-history": _("Par history"),
    "bootstrapped-baselines": _("Bootstrapped baselines in use"),
}

ABOUT: Mapping[str, Words] = {
    "table-games-summary": _(
        "What each table, game and pit won or lost, with month and year to date. For management: it"
        " is no regulatory filing."
    ),
    "opener-closer-chain": _("What each session found in the tray, beside what was left in it."),
    "slip-number-accountability": _(
        "Every form's numbers, first to last: which were used, which are void, which nowhere."
    ),
    "fill-and-credit-log": _("Every fill and credit with its way; the two are never netted."),
    "void-report": _("Slips and sessions that were voided, why, and who said so."),
    "drop-log": _("Every box taken off a table, who took it, where it went, what was counted."),
    "hold": _("Win over drop by table and game, beside what the same held in the year before."),
    "tables-not-opened": _("Tables without a session in a shift, and what lies in each tray."),
    "exceptions": _("What stood open on these days, the oldest first, and what became of it."),
    "restatements": _("Results that were amended after they were final, beside what they were."),
    "par-history": _("Every target in force on these days, who set it and when. No count."),
    "bootstrapped-baselines": _("Where a figure rests on a target and not on a count."),
}

PART: Mapping[str, Words] = {
    "tables": _("Tables"),
    "by_game": _("By game"),
    "by_pit": _("By pit"),
    "links": _("Links of the chain"),
    "by_held": _("How they hold"),
    "series": _("Series"),
    "voids": _("Void numbers"),
    "slips": _("Slips"),
    "by_kind": _("Fills and credits, each on their own"),
    "sessions": _("Sessions"),
    "drops": _("Boxes"),
    "sums": _("Sums"),
    "exceptions": _("Exceptions"),
    "by_status": _("How many"),
    "restatements": _("Amended results"),
    "pars": _("Targets"),
    "windows": _("Windows that begin with a target"),
    "attested": _("Openings attested to be at par"),
}

COLUMN: Mapping[str, Words] = {
    "gaming_day": _("Gaming day"),
    "shift_code": _("Shift"),
    "pit": _("Pit"),
    "table_code": _("Table"),
    "game_type": _("Game"),
    "table_bank_mode": _("Table Bank Mode"),
    "table_status": _("Table is"),
    "sessions": _("Sessions"),
    "sequence": _("Sequence in day"),
    "opener_cents": _("Opener"),
    "opener_number": _("Opener no."),
    "closer_number": _("Closer no."),
    "held": _("Holds"),
    "difference_cents": _("Difference, chip by chip"),
    "net_cents": _("Over/(short)"),
    "links": _("Links"),
    "form": _("Form"),
    "series_year": _("Year"),
    "first_number": _("First"),
    "last_number": _("Last"),
    "issued": _("Issued, numbers"),
    "void": _("Void"),
    "superseded": _("Superseded"),
    "elsewhere": _("On other days"),
    "missing": _("Missing"),
    "duplicates": _("Twice"),
    "missing_numbers": _("Which are missing"),
    "duplicate_numbers": _("Which stand twice"),
    "how": _("How"),
    "fills_cents": _("Fills"),
    "credits_cents": _("Credits"),
    "closer_cents": _("Closer"),
    "between_cents": _("Between sessions"),
    "drop_cents": _("Drop"),
    "known_drop_cents": _("Known drop"),
    "win_cents": _("Win/(Loss)"),
    "known_win_cents": _("Known win"),
    "hold_pct": _("Hold"),
    "results": _("Results"),
    "unknown_results": _("Unknown"),
    "reasons": _("Why not known, or what it rests on"),
    "month_drop_cents": _("Drop, month to date"),
    "month_win_cents": _("Win, month to date"),
    "month_hold_pct": _("Hold, month to date"),
    "month_known_win_cents": _("Known win, month to date"),
    "month_unknown_results": _("Unknown, month to date"),
    "month_since_day": _("Month since"),
    "year_drop_cents": _("Drop, year to date"),
    "year_win_cents": _("Win, year to date"),
    "year_hold_pct": _("Hold, year to date"),
    "year_known_win_cents": _("Known win, year to date"),
    "year_unknown_results": _("Unknown, year to date"),
    "year_since_day": _("Year since"),
    "before_results": _("Results before"),
    "before_drop_cents": _("Drop before"),
    "before_win_cents": _("Win before"),
    "before_hold_pct": _("Hold before"),
    "deviation_pct": _("Deviation, points"),
    "limit_points": _("Limit, points"),
    "is_beyond": _("Beyond the limit"),
    "kind": _("Kind"),
    "number": _("Slip no."),
    "request_number": _("Request no."),
    "purpose": _("Purpose"),
    "status": _("Status"),
    "total_cents": _("Amount"),
    "requested_at": _("Requested"),
    "requested_by": _("Requested by"),
    "moved_at": _("Chips left"),
    "runner": _("Runner"),
    "arrived_at": _("Verified"),
    "deposited_at": _("In the box"),
    "disputed": _("Disputed"),
    "slips": _("Slips"),
    "verified": _("Verified, slips"),
    "verified_cents": _("Verified, amount"),
    "on_the_way": _("On the way, slips"),
    "on_the_way_cents": _("On the way, amount"),
    "voided": _("Voided, slips"),
    "cancelled": _("Cancelled, slips"),
    "issued_at": _("Issued"),
    "voided_at": _("Voided"),
    "voided_by": _("Voided by"),
    "replaced_by": _("Replaced by"),
    "reason": _("Reason"),
    "box": _("Box"),
    "drop_type": _("Type"),
    "removed_at": _("Removed"),
    "crew": _("Crew"),
    "seal": _("Seal"),
    "replacement_box": _("Box installed"),
    "surveillance_operator": _("Surveillance told"),
    "surveillance_at": _("Told at"),
    "also_told": _("Also told"),
    "trip_started_at": _("Drop trip"),
    "custody": _("Custody"),
    "custody_at": _("Since"),
    "counted_at": _("Counted"),
    "batch": _("Batch"),
    "boxes": _("Boxes"),
    "not_counted": _("Not counted"),
    "exception_kind": _("Kind"),
    "exception": _("What broke"),
    "exception_status": _("Status"),
    "stops": _("What it stops"),
    "department": _("Department"),
    "raised_at": _("Raised"),
    "age_days": _("Age, days"),
    "due_at": _("Due"),
    "variance_cents": _("At stake"),
    "ended_at": _("Ended"),
    "resolved_by": _("Resolved by"),
    "reason_code": _("What it was"),
    "narrative": _("Narrative"),
    "exceptions": _("Exceptions"),
    "oldest_days": _("Oldest, days"),
    "amended_at": _("Amended"),
    "amended_by": _("Amended by"),
    "replaces_revision": _("Replaces revision"),
    "revision": _("Revision"),
    "win_before_cents": _("Win before the amendment"),
    "win_after_cents": _("Win after it"),
    "change_cents": _("Change"),
    "content_sha256": _("Hash of the report"),
    "effective_from_day": _("In force from"),
    "next_effective_day": _("Until before"),
    "par_cents": _("Target need (par)"),
    "par_source": _("Where it came from"),
    "par_set_at": _("Target set"),
    "par_set_by": _("Target set by"),
    "recorded_at": _("Recorded"),
    "recorded_by": _("Recorded by"),
    "approved_at": _("Approved"),
    "approved_by": _("Approved by"),
    "notes": _("Notes"),
    "attested_at": _("Attested"),
    "attested_by": _("Attested by"),
    "not_opened": _("Why not opened"),
    "last_count_kind": _("Last count"),
    "last_count_at": _("Counted at"),
    "last_count_cents": _("In the tray then"),
}

NOT_OPENED: Mapping[str, Words] = {
    "STILL_IN_EARLIER_SESSION": _("Still open from an earlier shift"),
    "NOT_PREPARED": _("Not prepared"),
    "LAPSED": _("Prepared, not opened by the end of the shift"),
    "READY_TO_OPEN": _("Ready to open"),
}

REASON: Mapping[str, Words] = {
    **WHY,
    NOT_IN_PLAY: _("Not in play"),
    "FIRST_SESSION": _("First session, nothing before it"),
    DROP_OUTSIDE: _("Its box also served sessions that are not in here"),
    "COUNTS_BLIND": _("Hidden: you may count this tray"),
    WhyNot.RESULTS_UNKNOWN: _("Not every result is known"),
    WhyNot.TOO_FEW_RESULTS: _("Too few results to judge by"),
    WhyNot.NO_HOLD_BEFORE: _("Nothing known to compare with"),
    WhyNot.NO_LIMIT_SET: _("No limit is set"),
}

HOW: Mapping[str, Words] = {
    "VOIDED": pgettext_lazy("slip", "Voided"),
    "CANCELLED": pgettext_lazy("slip", "Cancelled"),
}

PURPOSE: Mapping[str, Words] = {
    "NORMAL": pgettext_lazy("purpose of a slip", "Normal"),
    "FINAL_ADJUSTMENT": _("Final adjustment"),
}


def _from(table: Mapping[str, Words]) -> Callable[[str], str]:
    return lambda code: words.said(table, code)


SAID: Mapping[str, Callable[[str], str]] = {
    "game_type": _from(words.GAME),
    "table_bank_mode": _from(words.MODE),
    "table_status": _from(words.TABLE),
    "kind": _from(words.SLIP_KIND),
    "status": _from(words.SLIP_STATUS),
    "purpose": _from(PURPOSE),
    "drop_type": _from(words.REMOVAL),
    "custody": _from(words.CUSTODY),
    "exception_kind": _from(words.FINDING),
    "exception": heard,
    "exception_status": _from(words.FINDING_STATUS),
    "stops": _from(words.STOPS),
    "department": _from(words.DEPARTMENT),
    "reason_code": _from(words.REASON_CODE),
    "par_source": _from(words.PAR_SOURCE),
    "not_opened": _from(NOT_OPENED),
    "last_count_kind": _from(words.COUNT),
    "reasons": _from(REASON),
    "held": _from(HELD),
    "form": _from(FORM),
    "how": _from(HOW),
}
"""The columns that hold codes, and how each code is said."""

TARGETS = frozenset({"par_cents"})
"""Amounts that are policy: set apart from what was counted wherever they stand (PAR-9)."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "win_cents": ("known_win_cents", "unknown_results", "reasons"),
    "drop_cents": ("known_drop_cents", "not_counted"),
    "month_win_cents": ("month_known_win_cents", "month_unknown_results", "month_since_day"),
    "year_win_cents": ("year_known_win_cents", "year_unknown_results", "year_since_day"),
}
"""What is said below a figure and not in a column of its own, where people read and do not add."""
