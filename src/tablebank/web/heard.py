"""What the rooms below say, in the reader's language: refusals, errors of fields, findings.

The domain speaks English and knows no languages; on the wire it stays so. Its sentences are marked
here word for word, so that a translation finds them; those that carry a value, with the value's
name in its place. `tests/house` holds that none is missing.
"""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from tablebank.domain.refusals import Refusal
from tablebank.web import words

REFUSAL: Mapping[Refusal, str] = {
    Refusal.NOT_JSON: _("The request is not readable JSON."),
    Refusal.NOT_SIGNED_IN: _("Sign in, or send a valid token."),
    Refusal.ROLE_NOT_ALLOWED: _("Your role may not do this."),
    Refusal.CSRF_FAILED: _("The page is too old: load it again and send once more."),
    Refusal.NOT_FOUND: _("There is no such thing here."),
    Refusal.TABLE_NOT_ACTIVE: _("The table is not available."),
    Refusal.TABLE_NOT_EMPTY: _("The table's last closing still holds chips."),
    Refusal.PRECONDITIONS_MISSING: _("Something the table needs before opening is missing."),
    Refusal.SESSION_ALREADY_LIVE: _("The table already has a live session."),
    Refusal.SESSION_ALREADY_PREPARED: _("A session is already prepared for this shift."),
    Refusal.SESSION_NOT_READY: _("The session has been opened already."),
    Refusal.SESSION_NOT_OPEN: _("The session is not in play."),
    Refusal.SESSION_NOT_OPENING: _("The session is not waiting for its opening count."),
    Refusal.SESSION_NOT_CLOSING: _("The session is not being closed."),
    Refusal.SESSION_NOT_CLOSED: _("The session is not closed yet."),
    Refusal.PROPOSAL_DECIDED: _("This proposal was decided already."),
    Refusal.SESSION_IN_USE: _("More than the opener hangs on this session."),
    Refusal.SLIPS_IN_FLIGHT: _(
        "Slips are on the way: verify them, return and void them, or have the close forced."
    ),
    Refusal.CLOSING_COUNT_MISSING: _("Record the closing count first."),
    Refusal.RESTORE_REQUIRED: _(
        "The tray is off par: make a final fill or credit, or attest that it was restored."
    ),
    Refusal.BANK_MODE_UNKNOWN: _("Choose the Table Bank Mode first."),
    Refusal.PAR_ATTESTED_NOT_ALLOWED: _(
        "Par can stand for a count only at the first opening of a table run Imprest to Par."
    ),
    Refusal.NOT_IMPREST: _("The table is not run Imprest to Par."),
    Refusal.NOT_RECONCILED: _("Reconcile the result first."),
    Refusal.EXCEPTIONS_OPEN: _("Open exceptions stand in the way."),
    Refusal.EXCEPTION_NOT_OPEN: _("The exception is not open any more."),
    Refusal.COUNT_PENDING: _("The drop is not counted yet."),
    Refusal.ALREADY_COUNTED: _("This box is already counted."),
    Refusal.ALREADY_RECONCILED: _("The result is already reconciled."),
    Refusal.ALREADY_FINALIZED: _("The result is already final."),
    Refusal.SLIP_STATUS: _("The slip's status does not allow this."),
    Refusal.SNAPSHOT_NOT_REPLACEABLE: _("This count can only be corrected by amendment."),
    Refusal.COUNT_STALE: _("Chips moved since this count: count again."),
    Refusal.PAR_VARIANCE_NEEDS_MANAGER: _("A pit manager must sign a close that is off par."),
    Refusal.OPENING_VARIANCE_NEEDS_MANAGER: _(
        "The opening count differs from the last closing twice: a pit manager must sign it."
    ),
    Refusal.BOX_NOT_MOUNTED: _("That box is not the one mounted on the table."),
    Refusal.BOX_NOT_FREE: _("That box is in use elsewhere."),
    Refusal.TABLE_HAS_BOX: _("The table already has a box mounted."),
    Refusal.CUSTODY_ORDER: _("That hand-over is already recorded."),
    Refusal.CODE_TAKEN: _("That code is already in use."),
    Refusal.BADGE_TAKEN: _("That badge is already in use."),
    Refusal.SHAPE: _("The request is not of the right shape."),
    Refusal.CHIPSET_INVALID: _("The chips are not a valid chip count."),
    Refusal.DENOMINATION_UNKNOWN: _("That chip is not in the casino's list."),
    Refusal.CHIPSET_EMPTY: _("A slip for nothing is not a slip."),
    Refusal.TOTAL_MISMATCH: _("The total is not the sum of its parts."),
    Refusal.NEGATIVE_AMOUNT: _("An amount is negative."),
    Refusal.SIGNATURE_MISSING: _("A signature is missing."),
    Refusal.SIGNATURE_REFUSED: _("Badge or PIN is not right."),
    Refusal.SIGNERS_NOT_DISTINCT: _("One person cannot sign twice."),
    Refusal.SIGNER_INVOLVED: _("You signed one of the facts in question."),
    Refusal.SIGNER_NOT_ALLOWED: _("That person may not sign this in that role."),
    Refusal.RUNNER_CHANGED: _("The runner must be the one who began the slip."),
    Refusal.OCCURRED_AT_OUT_OF_RANGE: _("It cannot have happened at that time."),
    Refusal.EFFECTIVE_DAY_PASSED: _("That gaming day has already begun."),
    Refusal.REASON_REQUIRED: _("Give a reason."),
    Refusal.REFERENCE_UNKNOWN: _("Something the request names does not exist."),
    Refusal.SETTING_INVALID: _("That setting is not valid."),
    Refusal.COUNT_REVISION_INVALID: _("A correction names the count it replaces, and why."),
    Refusal.IDEMPOTENCY_KEY_REUSED: _("This Idempotency-Key was used for something else."),
    Refusal.IDEMPOTENCY_KEY_MISSING: _("Send an Idempotency-Key header."),
    Refusal.BADGE_LOCKED: _("Too many wrong PINs: this badge is locked here for 15 minutes."),
    Refusal.TRY_AGAIN: _("The system is busy. Send the same again: it has one effect."),
}
"""Every refusal's own sentence."""

FINDING: Mapping[str, str] = {
    "SLIP_AMOUNT_MISMATCH": _("The chips counted are not the chips on the slip."),
    "SLIP_NOT_DEPOSITED": _("The slip was verified and was in no box when the drop was counted."),
    "SLIP_UNSETTLED": _("The slip was still on its way when the session was closed by force."),
    "OPENING_VARIANCE": _("The opening count is not what the last closing left in the tray."),
    "MISSING_OPENING_COUNT": _("The session was closed without an opening count."),
    "MISSING_CLOSING_COUNT": _("The session was closed without a closing count."),
    "PAR_VARIANCE": _("The table was closed off par."),
    "PAR_MISSING": _("The table is run Imprest to Par and has no par."),
    "COUNT_VARIANCE": _("The first and the second count of the box differ."),
    "COUNT_REPORTED": _("The count room reported an irregularity with its count."),
    "LATE_ENTRY": _("Something was written down more than 15 minutes after it happened."),
    "PIN_LOCKOUT": _("A badge was locked after five wrong PINs."),
}
"""What each kind of finding says."""

SENTENCES = (
    _("Casino, badge or password is not right."),
    _("The database does not answer. Send the same again, under the same key."),
    # chips and amounts
    _("This chip is not in the casino's list."),
    _("Pieces are a whole number."),
    _("There are at least 0 pieces of a chip."),
    _("Chips are a map of pieces."),
    _("Name at least one chip."),
    _("More than can be written."),
    _("An amount is a whole number of cents."),
    _("An amount is at least 0."),
    _("A value chip is worth something."),
    _("An amount is the code of a value chip."),
    _("The maximum is below the minimum."),
    _("The amount is not quantity times denomination."),
    _("The total is not the sum of the chips."),
    _("Say what the tray holds: a total, or its chips."),
    _("A par that is attested is not counted: leave the chips out."),
    # days and times
    _("A wall time such as 05:30."),
    _("This time stands twice."),
    _("A shift has a code and a start, and nothing else."),
    _("A code is up to 16 capitals, digits, - and _."),
    _("A start is a wall time such as 06:00."),
    _("Name at least one shift."),
    _("This code is already another shift's."),
    _("The first shift begins with the gaming day."),
    _("A shift begins after the one before it."),
    _("An instant says its time zone: 2026-03-01T14:02:00Z."),
    _("No casino was there to see it."),
    # what a house may choose
    _("A Table Bank Mode, once chosen, never returns to UNKNOWN."),
    _("A mode once chosen never returns to UNKNOWN."),
    _("A row is for a table or for a game type, not for both."),
    _("A number from 0.5 to 1, in hundredths."),
    _("True or false."),
    _("Settings are given by name."),
    _("There is no such setting."),
    _("Small letters, digits and hyphens."),
    _("A casino has a name."),
    _("A zone such as America/New_York."),
    # people
    _("A PIN is 4 to 12 digits."),
    _("A password is 8 to 200 characters."),
    _("No such badge."),
    _("At least one character, and at most 64."),
    _("A badge stands twice."),
    _("Who posts the count is one of its team."),
    # things
    _("Lines are for a credit."),
    _("No such instrument."),
    _("No table stands in this pit."),
    _("This table is on the sheet already."),
)

PHRASES = (
    # before or after what something cannot have happened
    _("now"),
    _("the opener"),
    _("the closing's beginning"),
    _("the closing count"),
    _("the last count or slip"),
    _("the last count"),
    _("the count's beginning"),
    _("the preparation"),
    _("the last close"),
    _("the close"),
    _("the removal of the box before it"),
    _("the mounting or the opener"),
    _("the hand-over before it"),
    _("the slip's last step"),
    _("the last hand-over"),
    # why it is refused
    _("a void"),
    _("a forced close"),
    _("chips moved after that instant"),
    _("chips moved since the count began"),
    _("this count was recorded already"),
    _("the second count needs somebody who did not sign the first"),
    _("only a first opener"),
    _("the table's initial bank (PAR-11)"),
    _("not the table's first session"),
    _("no par to attest"),
    _("count again instead"),
    _("chips moved"),
    _("the window ends before it starts"),
    _("one signer must not be on the slip"),
    _("a second person"),
    _("a person of another department"),
    _("a person who is not of the pit"),
    _("roles are not granted to oneself"),
    _("nobody deactivates themselves"),
)

WITH_VALUES = (
    _("The chips add up to %(amount)s."),
    _("There are at most %(most)s pieces of a chip."),
    _("%(chip)s is not in the casino's list."),
    _("The earliest gaming day it can hold from is %(day)s."),
    _("A gaming day has at most %(most)s drops."),
    _("A gaming day has at most %(most)s shifts."),
    _("Minutes from %(least)s to %(most)s."),
    _("It cannot be before %(what)s."),
    _("It cannot be after %(what)s."),
    _("The earliest gaming day that has not begun is %(day)s."),
    _("Any of %(choices)s, in this order, REMOVED first."),
    _("A whole number from %(least)s to %(most)s."),
    _("One of %(choices)s."),
    _("%(choice)s comes with a later release."),
    _("Still to sign: %(missing)s."),
    _("This person does not act as %(role)s."),
    _("No box %(box)s here."),
)


def heard(sentence: str) -> str:
    """A sentence from below in the reader's language; one nobody marked, as it was said."""
    if not sentence or (get_language() or "en").startswith("en"):
        return sentence
    for pattern, marked in () if sentence in _AS_THEY_STAND else _PATTERNS:
        found = pattern.fullmatch(sentence)
        if found:
            values = {name: _value(name, said) for name, said in found.groupdict().items()}
            return gettext(marked) % values
    return gettext(sentence)


def _roles(codes: str) -> str:
    return ", ".join(words.said(words.ROLE, code).lower() for code in codes.split(", "))


_IN_WORDS: Mapping[str, Callable[[str], str]] = {"what": heard, "role": _roles, "missing": _roles}


def _value(name: str, said: str) -> str:
    in_words = _IN_WORDS.get(name)
    return in_words(said) if in_words else said


def _pattern(marked: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s|%\((\w+)\)s", r"(?P<\1\2>.+)", re.escape(marked)))


_PATTERNS = tuple((_pattern(marked), marked) for marked in WITH_VALUES)
_AS_THEY_STAND = frozenset({*REFUSAL.values(), *FINDING.values(), *SENTENCES, *PHRASES})
