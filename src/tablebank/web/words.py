"""What things are called on screen: the trade's words for the codes of the domain, written once.

A code that has no words here is shown as itself, never as nothing.
"""

from collections.abc import Mapping

from tablebank.domain.terms import BankMode, Role
from tablebank.queries.slip_book import SlipSheet

STATUS: Mapping[str, str] = {
    "READY_TO_OPEN": "Ready to open",
    "OPENING": "Opening count",
    "OPEN": "In play",
    "DROP_SCHEDULED": "Drop scheduled",
    "DROPPED": "Box removed",
    "COUNTED": "Counted",
    "CLOSING": "Rundown",
    "CLOSED": "Closed",
    "RECONCILED": "Reconciled",
    "FINALIZED": "Final",
    "VOIDED": "Voided",
}
"""A session's status; a table's own words are in `TABLE` and never mixed with these."""

TABLE: Mapping[str, str] = {
    "active": "Available",
    "inactive": "Idle",
    "closed": "Decommissioned",
}

DROP: Mapping[str, str] = {
    "NONE": "Box on the table",
    "DROP_SCHEDULED": "Drop scheduled",
    "DROPPED": "Box removed",
    "COUNTED": "Counted",
}

MODE: Mapping[str, str] = {
    BankMode.INVENTORY_COUNT: "Inventory",
    BankMode.IMPREST_TO_PAR: "Imprest",
    BankMode.UNKNOWN: "Bank mode not chosen",
}

ROLE: Mapping[str, str] = {
    Role.DEALER: "Dealer",
    Role.SUPERVISOR: "Supervisor",
    Role.PIT_MANAGER: "Pit manager",
    Role.CASHIER: "Cashier",
    Role.CAGE_MANAGER: "Cage manager",
    Role.RUNNER: "Runner",
    Role.DROP_CREW: "Drop crew",
    Role.COUNT_TEAM: "Count team",
    Role.ACCOUNTING: "Accounting",
    Role.SURVEILLANCE: "Surveillance",
    Role.AUDITOR: "Auditor",
    Role.ADMIN: "Administrator",
    Role.SERVICE: "Integration",
}

SLIP_KIND: Mapping[str, str] = {"FILL": "Fill", "CREDIT": "Credit"}

SLIP_STATUS: Mapping[str, str] = {
    "REQUESTED": "Requested",
    "ISSUED": "Issued, on the way to the table",
    "PICKED_UP": "Picked up, on the way to the cage",
    "VERIFIED_AT_TABLE": "Verified at the table",
    "VERIFIED_AT_CAGE": "Verified at the cage",
    "DEPOSITED_IN_DROPBOX": "In the drop box",
    "CANCELLED": "Cancelled",
    "VOIDED": "Voided",
}

COUNT: Mapping[str, str] = {
    "OPENING": "Opening count",
    "INTERIM": "Interim count",
    "CLOSING": "Closing count",
    "IDLE": "Idle count",
}

BASIS: Mapping[str, str] = {
    "COUNTED": "counted",
    "PAR_ATTESTED": "par attested, not counted",
    "PAPER": "from signed paper",
    "ADOPTED_NEXT_OPENER": "adopted from the next opener",
}

REMOVAL: Mapping[str, str] = {
    "SCHEDULED": "Scheduled",
    "UNSCHEDULED": "Unscheduled",
    "EMERGENCY": "Emergency",
}

CUSTODY: Mapping[str, str] = {
    "REMOVED": "Removed from the table",
    "ARRIVED": "Arrived at the count room",
    "STORED": "Stored",
    "OPENED": "Opened and counted",
}

RUNDOWN_STATE: Mapping[str, str] = {
    "voided": "Voided",
    "provisional": "Not closed yet",
    "missing_opening": "Opening count missing",
    "missing_closing": "Closing count missing",
    "pending_slips": "Slips on the way",
    "shared_drop": "Shared drop: see the group",
    "unknown_drop": "Box older than the opener",
    "pending_count": "Pending count",
    "complete": "Complete",
}

REASON: Mapping[str, str] = {
    "NO_SESSION": "No session yet",
    "NOT_CLOSED": "The session is not closed yet",
    "VOIDED": "The session was voided",
    "MISSING_OPENING_COUNT": "Opening count required",
    "MISSING_CLOSING_COUNT": "Closing count required",
    "SLIP_IN_FLIGHT": "A slip is still on the way",
    "DROP_SHARED": "One box served several sessions: the drop belongs to the group",
    "BOX_OLDER_THAN_OPENER": "The box was in play before the first opener",
    "NO_BOX": "No box served this session",
    "BOXES_OUTSTANDING": "A box is still on the table",
    "COUNT_PENDING": "Pending count",
    "NOT_COUNTED": "Not counted",
}
"""Why a figure is not known, in words that say what is missing."""

STOPS: Mapping[str, str] = {
    "result": "stops the result",
    "day": "stops closing the day",
    "nothing": "stops nothing",
}

FINDING_STATUS: Mapping[str, str] = {
    "OPEN": "Open",
    "CLEARED": "Cleared",
    "RESOLVED": "Resolved",
}

REASON_CODE: Mapping[str, str] = {
    "FOUND_LATER": "Found later",
    "MISCOUNT": "Miscount",
    "MISFILED": "Misfiled",
    "PAPER_ERROR": "Error on paper",
    "SYSTEM_OUTAGE": "System outage",
    "AUTHORIZED": "Authorized",
    "UNEXPLAINED_ACCEPTED": "Unexplained, accepted",
    "OTHER": "Other",
}

COMMAND: Mapping[str, str] = {
    "prepare_session": "Session prepared",
    "prepare_shift": "Shift prepared",
    "open_session": "Table opened",
    "record_snapshot": "Tray counted",
    "begin_closing": "Closing begun",
    "attest_par": "Restored to par attested",
    "close_session": "Session closed",
    "roll_over": "Rolled over to the next session",
    "void_session": "Session voided",
    "schedule_drop": "Drop scheduled",
    "request_fill": "Fill requested",
    "request_credit": "Credit requested",
    "issue_fill": "Fill issued",
    "pick_up_credit": "Credit picked up",
    "verify_slip": "Slip verified",
    "deposit_slip": "Slip put in the box",
    "relieve_runner": "Runner relieved",
    "cancel_slip": "Request cancelled",
    "void_slip": "Slip voided",
    "mount_box": "Box mounted",
    "remove_box": "Box removed",
    "record_custody": "Box handed over",
    "post_count": "Box counted",
    "review": "Result reviewed",
    "reconcile": "Result reconciled",
    "finalize": "Result finalized",
    "resolve_finding": "Exception resolved",
}
"""What a journal entry says was done."""

GAME: Mapping[str, str] = {
    "BLACKJACK": "Blackjack",
    "ROULETTE": "Roulette",
    "BACCARAT": "Baccarat",
    "CRAPS": "Craps",
}


def said(words: Mapping[str, str], code: object) -> str:
    """The words for a code; one that nobody gave words to is said in its own letters."""
    text = str(code)
    return words.get(text) or text.replace("_", " ").capitalize()


def slip_in_words(slip: SlipSheet) -> str:
    """A slip as people name it: `Fill F-2026-000123`, before it has a number by its request."""
    return f"{said(SLIP_KIND, slip.kind)} {slip.number or slip.request_number or ''}".strip()
