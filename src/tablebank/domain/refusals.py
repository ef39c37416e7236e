"""Every way a request can be turned down: a sentence with a code (docs/interface.md).

A refusal is raised once, as `Refused(Refusal.SLIPS_IN_FLIGHT, {...})`; `facts` says what is missing
or in the way, so that the person who is refused knows what to do next. What a refusal becomes at a
door (an HTTP status, a message in a form, an exit code) is the door's business: it follows from the
refusal's `kind`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of no it is."""

    UNREADABLE = "unreadable"
    WHO = "who"
    ROLE = "role"
    ABSENT = "absent"
    STATE = "state"
    CONTENT = "content"
    LOCKED = "locked"
    BUSY = "busy"


HTTP_STATUS: Mapping[Kind, int] = {
    Kind.UNREADABLE: 400,
    Kind.WHO: 401,
    Kind.ROLE: 403,
    Kind.ABSENT: 404,
    Kind.STATE: 409,
    Kind.CONTENT: 422,
    Kind.LOCKED: 423,
    Kind.BUSY: 503,
}
"""What each kind is called on the wire: both faces speak HTTP, and say the same."""


class Refusal(Enum):
    """The catalogue: code, kind, sentence. The sentence speaks to the person who was refused."""

    # unreadable, unknown, not yours
    NOT_JSON = (Kind.UNREADABLE, "The request is not readable JSON.")
    NOT_SIGNED_IN = (Kind.WHO, "Sign in, or send a valid token.")
    ROLE_NOT_ALLOWED = (Kind.ROLE, "Your role may not do this.")
    CSRF_FAILED = (Kind.ROLE, "The page is too old: load it again and send once more.")
    NOT_FOUND = (Kind.ABSENT, "There is no such thing here.")
    # state
    TABLE_NOT_ACTIVE = (Kind.STATE, "The table is not available.")
    TABLE_NOT_EMPTY = (Kind.STATE, "The table's last closing still holds chips.")
    PRECONDITIONS_MISSING = (Kind.STATE, "Something the table needs before opening is missing.")
    SESSION_ALREADY_LIVE = (Kind.STATE, "The table already has a live session.")
    SESSION_ALREADY_PREPARED = (Kind.STATE, "A session is already prepared for this shift.")
    SESSION_NOT_READY = (Kind.STATE, "The session has been opened already.")
    SESSION_NOT_OPEN = (Kind.STATE, "The session is not in play.")
    SESSION_NOT_OPENING = (Kind.STATE, "The session is not waiting for its opening count.")
    SESSION_NOT_CLOSING = (Kind.STATE, "The session is not being closed.")
    PAPER_ALREADY_ENTERED = (Kind.STATE, "This paper has been entered already.")
    CLOSING_NOT_ADOPTABLE = (Kind.STATE, "The closing cannot be adopted from that opener.")
    SESSION_NOT_CLOSED = (Kind.STATE, "The session is not closed yet.")
    PROPOSAL_DECIDED = (Kind.STATE, "This proposal was decided already.")
    TELEMETRY_OFF = (Kind.STATE, "Buy-ins are not noted here: telemetry is switched off.")
    BUY_IN_SUPERSEDED = (
        Kind.STATE,
        "This buy-in was corrected already: correct the one that stands.",
    )
    SESSION_IN_USE = (Kind.STATE, "More than the opener hangs on this session.")
    SLIPS_IN_FLIGHT = (
        Kind.STATE,
        "Slips are on the way: verify them, return and void them, or have the close forced.",
    )
    CLOSING_COUNT_MISSING = (Kind.STATE, "Record the closing count first.")
    RESTORE_REQUIRED = (
        Kind.STATE,
        "The tray is off par: make a final fill or credit, or attest that it was restored.",
    )
    BANK_MODE_UNKNOWN = (Kind.STATE, "Choose the Table Bank Mode first.")
    PAR_ATTESTED_NOT_ALLOWED = (
        Kind.STATE,
        "Par can stand for a count only at the first opening of a table run Imprest to Par.",
    )
    NOT_IMPREST = (Kind.STATE, "The table is not run Imprest to Par.")
    NOT_RECONCILED = (Kind.STATE, "Reconcile the result first.")
    EXCEPTIONS_OPEN = (Kind.STATE, "Open exceptions stand in the way.")
    EXCEPTION_NOT_OPEN = (Kind.STATE, "The exception is not open any more.")
    DUTY_OVERLAP = (
        Kind.CONTENT,
        "This person acted in another department today. Somebody else signs.",
    )
    CAUSE_NOT_POSSIBLE = (Kind.STATE, "The exception cannot hang under this one.")
    COUNT_PENDING = (Kind.STATE, "The drop is not counted yet.")
    ALREADY_COUNTED = (Kind.STATE, "This box is already counted.")
    COUNT_SESSION_POSTED = (
        Kind.STATE,
        "This count session is posted: a count of it is corrected, with a reason.",
    )
    COUNT_SESSION_EMPTY = (Kind.STATE, "No box is entered yet.")
    COUNT_NOT_VERIFIED = (
        Kind.STATE,
        "Somebody of cage or accounting verifies the total before it is posted.",
    )
    COUNT_VERIFIED = (Kind.STATE, "The total is verified already.")
    COUNT_TEAM_TOO_SMALL = (Kind.STATE, "The count team is smaller than it has to be.")
    COUNT_TEAM_UNCHANGED = (Kind.STATE, "That person is in the team already, or is not in it.")
    ALREADY_RECONCILED = (Kind.STATE, "The result is already reconciled.")
    ALREADY_FINALIZED = (Kind.STATE, "The result is already final.")
    NOT_FINALIZED = (Kind.STATE, "No final report stands yet: reconcile and finalize the result.")
    REMARK_REQUIRED = (
        Kind.STATE,
        "The result is beyond the table's limit: write a remark on the session first.",
    )
    GAMING_DAY_NOT_OVER = (Kind.STATE, "The gaming day is not over yet.")
    GAMING_DAY_CLOSED = (Kind.STATE, "The gaming day is closed: it changes by amendment only.")
    NUMBERS_MISSING = (
        Kind.STATE,
        "Numbers of forms are missing or stand twice: have each explained first.",
    )
    SHIFT_NOT_RUNNING = (
        Kind.STATE,
        "Only the shift that runs can be handed over, or the one before it.",
    )
    NOTHING_TO_AMEND = (Kind.STATE, "Nothing has come since the final report.")
    SLIP_STATUS = (Kind.STATE, "The slip's status does not allow this.")
    SNAPSHOT_NOT_REPLACEABLE = (Kind.STATE, "This count can only be corrected by amendment.")
    COUNT_STALE = (Kind.STATE, "Chips moved since this count: count again.")
    PAR_VARIANCE_NEEDS_MANAGER = (Kind.STATE, "A pit manager must sign a close that is off par.")
    OPENING_VARIANCE_NEEDS_MANAGER = (
        Kind.STATE,
        "The opening count differs from the last closing twice: a pit manager must sign it.",
    )
    BOX_NOT_MOUNTED = (Kind.STATE, "That box is not the one mounted on the table.")
    BOX_NOT_FREE = (Kind.STATE, "That box is in use elsewhere.")
    TABLE_HAS_BOX = (Kind.STATE, "The table already has a box mounted.")
    TRIP_ENDED = (Kind.STATE, "The drop trip has ended.")
    CUSTODY_ORDER = (Kind.STATE, "That hand-over is already recorded.")
    CODE_TAKEN = (Kind.STATE, "That code is already in use.")
    BADGE_TAKEN = (Kind.STATE, "That badge is already in use.")
    # content
    SHAPE = (Kind.CONTENT, "The request is not of the right shape.")
    CHIPSET_INVALID = (Kind.CONTENT, "The chips are not a valid chip count.")
    DENOMINATION_UNKNOWN = (Kind.CONTENT, "That chip is not in the casino's list.")
    CHIPSET_EMPTY = (Kind.CONTENT, "A slip for nothing is not a slip.")
    TOTAL_MISMATCH = (Kind.CONTENT, "The total is not the sum of its parts.")
    NEGATIVE_AMOUNT = (Kind.CONTENT, "An amount is negative.")
    SIGNATURE_MISSING = (Kind.CONTENT, "A signature is missing.")
    SIGNATURE_REFUSED = (Kind.CONTENT, "Badge or PIN is not right.")
    SIGNERS_NOT_DISTINCT = (Kind.CONTENT, "One person cannot sign twice.")
    SIGNER_INVOLVED = (Kind.CONTENT, "You signed one of the facts in question.")
    SIGNER_NOT_ALLOWED = (Kind.CONTENT, "That person may not sign this in that role.")
    RUNNER_CHANGED = (Kind.CONTENT, "The runner must be the one who began the slip.")
    OCCURRED_AT_OUT_OF_RANGE = (Kind.CONTENT, "It cannot have happened at that time.")
    EFFECTIVE_DAY_PASSED = (Kind.CONTENT, "That gaming day has already begun.")
    COUNT_FILE_NOT_READ = (Kind.CONTENT, "Nothing of the file was entered: see what is wrong.")
    SHEET_NOT_IMPORTED = (Kind.CONTENT, "Nothing of the sheet was imported: see what is wrong.")
    REASON_REQUIRED = (Kind.CONTENT, "Give a reason.")
    REFERENCE_UNKNOWN = (Kind.CONTENT, "Something the request names does not exist.")
    SETTING_INVALID = (Kind.CONTENT, "That setting is not valid.")
    COUNT_REVISION_INVALID = (Kind.CONTENT, "A correction names the count it replaces, and why.")
    IDEMPOTENCY_KEY_REUSED = (Kind.CONTENT, "This was sent before, with other content.")
    IDEMPOTENCY_KEY_MISSING = (Kind.CONTENT, "Send an Idempotency-Key header.")
    # locked, busy
    BADGE_LOCKED = (Kind.LOCKED, "Too many wrong PINs: this badge is locked here for 15 minutes.")
    TRY_AGAIN = (Kind.BUSY, "The system is busy. Send the same again: it has one effect.")

    def __init__(self, kind: Kind, sentence: str) -> None:
        self.kind = kind
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: JSON pointer, code, words."""

    pointer: str
    code: str
    message: str


class Refused(Exception):
    """A request turned down. Nothing was changed (SESS-6)."""

    def __init__(
        self,
        refusal: Refusal,
        facts: Mapping[str, Any] | None = None,
        *,
        errors: Sequence[FieldError] = (),
        detail: str | None = None,
    ) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
        self.facts: Mapping[str, Any] = facts or {}
        self.errors = tuple(errors)
        self.detail = detail or refusal.sentence

    @property
    def code(self) -> str:
        return self.refusal.name
