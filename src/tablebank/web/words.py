"""What things are called on screen: the trade's words for the codes of the domain, written once.

A code that has no words here is shown as itself, never as nothing. Each is put into the reader's
language when it is said.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tablebank.domain.terms import BankMode, Role
from tablebank.queries.slip_book import SlipSheet

Words = str | Promise
"""A text, or one that is put into the reader's language when it is shown."""

STATUS: Mapping[str, Words] = {
    "READY_TO_OPEN": _("Ready to open"),
    "OPENING": _("Opening count"),
    "OPEN": _("In play"),
    "DROP_SCHEDULED": _("Drop scheduled"),
    "DROPPED": _("Box removed"),
    "COUNTED": _("Counted"),
    "CLOSING": _("Rundown"),
    "CLOSED": _("Closed"),
    "RECONCILED": _("Reconciled"),
    "FINALIZED": _("Final"),
    "VOIDED": _("Voided"),
}
"""A session's status; a table's own words are in `TABLE` and never mixed with these."""

TABLE: Mapping[str, Words] = {
    "active": _("Available"),
    "inactive": _("Idle"),
    "closed": _("Decommissioned"),
}

DROP: Mapping[str, Words] = {
    "NONE": _("Box on the table"),
    "DROP_SCHEDULED": _("Drop scheduled"),
    "DROPPED": _("Box removed"),
    "COUNTED": _("Counted"),
}

MODE: Mapping[str, Words] = {
    BankMode.INVENTORY_COUNT: _("Inventory"),
    BankMode.IMPREST_TO_PAR: _("Imprest"),
    BankMode.UNKNOWN: _("Bank mode not chosen"),
}

ROLE: Mapping[str, Words] = {
    Role.DEALER: _("Dealer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.PIT_MANAGER: _("Pit manager"),
    Role.CASHIER: _("Cashier"),
    Role.CAGE_MANAGER: _("Cage manager"),
    Role.RUNNER: _("Runner"),
    Role.DROP_CREW: _("Drop crew"),
    Role.COUNT_TEAM: _("Count team"),
    Role.ACCOUNTING: _("Accounting"),
    Role.SURVEILLANCE: _("Surveillance"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMIN: _("Administrator"),
    Role.SERVICE: _("Integration"),
}

BUY_IN_KIND: Mapping[str, Words] = {
    "CASH": _("Cash"),
    "CHECK": _("Check"),
    "MARKER": _("Marker"),
    "VOUCHER": _("Voucher"),
}
SLIP_KIND: Mapping[str, Words] = {"FILL": _("Fill"), "CREDIT": _("Credit")}

SLIP_STATUS: Mapping[str, Words] = {
    "REQUESTED": pgettext_lazy("slip", "Requested"),
    "ISSUED": _("Issued, on the way to the table"),
    "PICKED_UP": _("Picked up, on the way to the cage"),
    "VERIFIED_AT_TABLE": _("Verified at the table"),
    "VERIFIED_AT_CAGE": _("Verified at the cage"),
    "DEPOSITED_IN_DROPBOX": _("In the drop box"),
    "CANCELLED": pgettext_lazy("slip", "Cancelled"),
    "VOIDED": pgettext_lazy("slip", "Voided"),
}

COUNT: Mapping[str, Words] = {
    "OPENING": _("Opening count"),
    "INTERIM": _("Interim count"),
    "CLOSING": _("Closing count"),
    "IDLE": _("Idle count"),
}

BASIS: Mapping[str, Words] = {
    "COUNTED": _("counted"),
    "PAR_ATTESTED": _("par attested, not counted"),
    "PAPER": _("from signed paper"),
    "ADOPTED_NEXT_OPENER": _("adopted from the next opener"),
}

REMOVAL: Mapping[str, Words] = {
    "SCHEDULED": _("Scheduled"),
    "UNSCHEDULED": _("Unscheduled"),
    "EMERGENCY": _("Emergency"),
}

CUSTODY: Mapping[str, Words] = {
    "REMOVED": _("Removed from the table"),
    "ARRIVED": _("Arrived at the count room"),
    "STORED": _("Stored"),
    "OPENED": _("Opened and counted"),
}

UNFIT: Mapping[str, Words] = {
    "IN_USE": _("it is in use: on another table, or not counted yet"),
    "OF_ANOTHER_TABLE": _("it is another table's box"),
}
"""Why a box should not have been hung where it was."""

RUNDOWN_STATE: Mapping[str, Words] = {
    "voided": _("Voided"),
    "provisional": _("Not closed yet"),
    "missing_opening": _("Opening count missing"),
    "missing_closing": _("Closing count missing"),
    "pending_slips": _("Slips on the way"),
    "shared_drop": _("Shared drop: see the group"),
    "unknown_drop": _("Box older than the opener"),
    "pending_count": _("Pending count"),
    "complete": _("Complete"),
}

REASON: Mapping[str, Words] = {
    "NO_SESSION": _("No session yet"),
    "NOT_CLOSED": _("The session is not closed yet"),
    "VOIDED": _("The session was voided"),
    "COUNTS_BLIND": _("Counts are blind"),
    "MISSING_OPENING_COUNT": _("Opening count required"),
    "MISSING_CLOSING_COUNT": _("Closing count required"),
    "SLIP_IN_FLIGHT": _("A slip is still on the way"),
    "DROP_SHARED": _("One box served several sessions: the drop belongs to the group"),
    "BOX_OLDER_THAN_OPENER": _("The box was in play before the first opener"),
    "NO_BOX": _("No box served this session"),
    "BOXES_OUTSTANDING": _("A box is still on the table"),
    "COUNT_PENDING": _("Pending count"),
    "NOT_COUNTED": _("Not counted"),
    "ADOPTED_NEXT_OPENER": _("The closing was adopted from the next opener"),
}
"""Why a figure is not known, in words that say what is missing."""

STOPS: Mapping[str, Words] = {
    "result": _("stops the result"),
    "day": _("stops closing the day"),
    "nothing": _("stops nothing"),
}

FINDING_STATUS: Mapping[str, Words] = {
    "OPEN": _("Open"),
    "CLEARED": _("Cleared"),
    "RESOLVED": _("Resolved"),
}

REASON_CODE: Mapping[str, Words] = {
    "FOUND_LATER": _("Found later"),
    "MISCOUNT": _("Miscount"),
    "MISFILED": _("Misfiled"),
    "PAPER_ERROR": _("Error on paper"),
    "SYSTEM_OUTAGE": _("System outage"),
    "AUTHORIZED": _("Authorized"),
    "UNEXPLAINED_ACCEPTED": _("Unexplained, accepted"),
    "OTHER": _("Other"),
}

COMMAND: Mapping[str, Words] = {
    "prepare_session": _("Session prepared"),
    "prepare_shift": _("Shift prepared"),
    "open_session": _("Table opened"),
    "start_count": _("Count begun"),
    "record_snapshot": _("Tray counted"),
    "count_idle": _("Closed table counted"),
    "observe": _("Tray read by eye"),
    "observe_sheet": _("Pit read by eye"),
    "note_buy_in": _("Buy-in noted"),
    "begin_closing": _("Closing begun"),
    "attest_par": _("Restored to par attested"),
    "close_session": _("Session closed"),
    "roll_over": _("Rolled over to the next session"),
    "void_session": _("Session voided"),
    "schedule_drop": _("Drop scheduled"),
    "request_fill": _("Fill requested"),
    "request_credit": _("Credit requested"),
    "issue_fill": _("Fill issued"),
    "pick_up_credit": _("Credit picked up"),
    "verify_slip": _("Slip verified"),
    "deposit_slip": _("Slip put in the box"),
    "relieve_runner": _("Runner relieved"),
    "cancel_slip": _("Request cancelled"),
    "void_slip": _("Slip voided"),
    "mount_box": _("Box mounted"),
    "remove_box": _("Box removed"),
    "record_custody": _("Box handed over"),
    "start_drop_trip": _("Drop trip started"),
    "end_drop_trip": _("Drop trip ended"),
    "note_overdue_drop": _("Overdue drop noted"),
    "post_count": _("Box counted"),
    "post_count_session": _("Box counted, with others"),
    "review": _("Result reviewed"),
    "reconcile": _("Result reconciled"),
    "finalize": _("Result finalized"),
    "amend": _("Result amended"),
    "close_gaming_day": _("Gaming day closed"),
    "change_table": _("Table changed"),
    "register_table": _("Table registered"),
    "hand_over_shift": _("Shift handed over"),
    "sweep": _("Kept by the program"),
    "resolve_finding": _("Exception resolved"),
    "note_number_gaps": _("Numbers looked through"),
    "assign_finding": _("Exception handed on"),
    "hang_finding": _("Exception hung under its cause"),
    "acknowledge_finding": _("Exception seen"),
    "note_timed": _("Looked at by the clock"),
    "print_form": _("Form printed"),
    "remark_on_session": _("Remark written"),
    "remark_on_slip": _("Remark written on a slip"),
    "remark_on_exception": _("Remark written on an exception"),
}
"""What a journal entry says was done."""

GAME: Mapping[str, Words] = {
    "BLACKJACK": _("Blackjack"),
    "ROULETTE": _("Roulette"),
    "BACCARAT": _("Baccarat"),
    "CRAPS": _("Craps"),
}

INSTRUMENT: Mapping[str, Words] = {
    "CURRENCY": pgettext_lazy("instrument", "Currency"),
    "COIN": _("Coin"),
    "CHIP": _("Chips"),
    "FOREIGN_CURRENCY": _("Foreign currency"),
    "VOUCHER": _("Vouchers"),
    "CHECK": _("Checks"),
    "MARKER_ISSUE": _("Markers issued"),
    "MARKER_PAYMENT": _("Marker payments"),
    "PROMO_CHIP": _("Promotional chips"),
    "FOREIGN_CHIP": _("Foreign chips"),
    "COUPON": _("Coupons (non-revenue)"),
    "REJECT": _("Rejects"),
    "OTHER": _("Other"),
}
"""What the count room finds in a box, as it stands on a count sheet (SOFT-1)."""

FOUND_FORM: Mapping[str, Words] = {
    "FILL": _("Fill slip"),
    "CREDIT": _("Credit slip"),
    "REQUEST": _("Request"),
    "OPENER": _("Opener"),
    "CLOSER": _("Closer"),
    "MARKER": _("Marker"),
    "COUPON": _("Coupon"),
    "OTHER": _("Other"),
}
"""The forms that may lie in a box."""

PAR_SOURCE: Mapping[str, Words] = {
    "imported": _("Imported from a par sheet"),
    "manual": _("Set by hand"),
    "system_suggested": _("Advice from the table's own fills"),
    "inferred_unverified": _("Median of openings, unverified"),
    "inferred_from_imprest_close": _("Close that was restored to par"),
}
"""Where a target came from, proposed or in force (PAR-1)."""

FINDING: Mapping[str, Words] = {
    "SLIP_AMOUNT_MISMATCH": _("Slip amount mismatch"),
    "SLIP_NOT_DEPOSITED": _("Slip not deposited"),
    "SLIP_UNSETTLED": _("Slip unsettled"),
    "MISSING_SLIP": _("Missing slip"),
    "UNKNOWN_SLIP": _("Unknown slip"),
    "DUPLICATE_SLIP": _("Duplicate slip"),
    "SLIP_WRONG_BOX": _("Slip in the wrong box"),
    "VOID_MISUSE": _("Void misused"),
    "MISSING_FORM": _("Missing form"),
    "TRANSFER_VARIANCE": _("Transfer variance"),
    "SLIP_NUMBER_GAP": _("Number missing"),
    "DUTY_OVERLAP": _("Duties overlap"),
    "SLIP_OVERDUE": _("Slip overdue"),
    "SESSION_LEFT_OPEN": _("Session left open"),
    "RECOUNT_DUE": _("Recount due"),
    "HOLD_DEVIATION": _("Hold deviation"),
    "OPENING_VARIANCE": _("Opening variance"),
    "MISSING_OPENING_COUNT": _("Missing opening count"),
    "MISSING_CLOSING_COUNT": _("Missing closing count"),
    "PAR_VARIANCE": _("Par variance"),
    "PAR_MISSING": _("Par missing"),
    "COUNT_VARIANCE": _("Count variance"),
    "COUNT_REPORTED": _("Count reported"),
    "CUSTODY_IRREGULAR": _("Custody irregular"),
    "BOX_NOT_DROPPED": _("Box not dropped"),
    "DROP_OUT_OF_SCHEDULE": _("Drop out of schedule"),
    "DROP_OVERDUE": _("Drop overdue"),
    "LATE_ENTRY": _("Late entry"),
    "PIN_LOCKOUT": _("Pin lockout"),
}
"""What a kind of exception is called where kinds are listed; its sentence is the domain's."""

MATCH: Mapping[str, Words] = {
    "AGREES": _("Agrees"),
    "PENDING": _("Pending count"),
    "NOT_DEPOSITED": _("Not deposited"),
    "UNMATCHED": _("Counted before forms were matched"),
    "UNKNOWN": _("Unknown slip"),
    "OF_ANOTHER": _("Of another table"),
    "MISSING": _("Missing slip"),
    "UNEXPECTED": _("Found before it was verified"),
    "DUPLICATE": _("Duplicate slip"),
    "WRONG_BOX": _("Slip in the wrong box"),
    "VOID": _("Void misused"),
    "AMOUNT": _("Slip amount mismatch"),
}
"""How a slip stands between cage, table and box (SOFT-4)."""

DEPARTMENT: Mapping[str, Words] = {
    "pit": _("Pit"),
    "cage": _("Cage"),
    "count_room": _("Count room"),
    "transport": _("Transport"),
    "accounting": _("Accounting"),
    "surveillance": _("Surveillance"),
    "audit": _("Audit"),
    "admin": _("Admin"),
    "service": _("Service"),
}


def said(words: Mapping[str, Words], code: object) -> str:
    """The words for a code; one that nobody gave words to is said in its own letters."""
    text = str(code)
    found = words.get(text)
    return str(found) if found else text.replace("_", " ").capitalize()


def slip_in_words(slip: SlipSheet) -> str:
    """A slip as people name it: `Fill F-2026-000123`, before it has a number by its request."""
    return f"{said(SLIP_KIND, slip.kind)} {slip.number or slip.request_number or ''}".strip()
