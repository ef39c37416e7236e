"""What the rooms below say, in the reader's language: refusals, errors of fields, findings.

The domain speaks English and knows no languages; on the wire it stays so. Its sentences are
gathered for the catalogue where they are raised (`make messages`), so that a translation finds them
here word for word. What carries a value, and what is only part of a sentence, is marked here.
`tests/house` holds that nothing is missing.
"""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from tablebank.intake.faults import Fault, Told
from tablebank.web import words

PHRASES = (
    # before or after what something cannot have happened
    _("now"),
    _("the opener"),
    _("the closing's beginning"),
    _("the closing count"),
    _("the last count or slip"),
    _("the last count"),
    _("the last box that was entered"),
    _("the count's beginning"),
    _("the preparation"),
    _("the last close"),
    _("the close"),
    _("the removal of the box before it"),
    _("the mounting or the opener"),
    _("the hand-over before it"),
    _("the slip's last step"),
    _("the last hand-over"),
    _("the close before it"),
    _("the first slip"),
    _("the next opener"),
    _("the step before it"),
    _("the start of the trip"),
    _("the end of the trip"),
    _("the last box taken on it"),
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
    _("the session is not closed"),
    _("the closing was counted, or adopted already"),
    _("the next session has no opener yet"),
    _("it is not the next opener"),
    _("the next opener was not counted"),
    _("the table did not stand closed in between"),
    _("one signer must not be on the slip"),
    _("a second person"),
    _("a person of another department"),
    _("a person who is not of the pit"),
    _("roles are not granted to oneself"),
    _("nobody deactivates themselves"),
    _("No par is inferred from closing counts in Inventory Count."),
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
    _("Any of %(choices)s."),
    _("Any of %(choices)s, in this order, REMOVED first."),
    _("Any of %(choices)s."),
    _("Any of %(choices)s, each once."),
    _("A whole number from %(least)s to %(most)s."),
    _("One of %(choices)s."),
    _("%(choice)s comes with a later release."),
    _("Still to sign: %(missing)s."),
    _("This person does not act as %(role)s."),
    _("No box %(box)s here."),
    _("No pit %(pit)s here."),
)


def is_heard(sentence: str) -> bool:
    """Whether a sentence that carries a value is one of those above."""
    return any(pattern.fullmatch(sentence) for pattern, _marked in _PATTERNS)


def heard(sentence: str) -> str:
    """A sentence from below in the reader's language; one nobody knows, as it was said."""
    if not sentence or (get_language() or "en").startswith("en"):
        return sentence
    meant = gettext(sentence)
    if meant != sentence:
        return meant
    for pattern, marked in _PATTERNS:
        found = pattern.fullmatch(sentence)
        if found:
            values = {name: _value(name, said) for name, said in found.groupdict().items()}
            meant = gettext(marked)
            return meant % values if "%(" in marked else meant.format_map(values)
    return sentence


def heard_place(place: str) -> str:
    """Where in a sheet something stands: `line 7`, `Par!row 7`; a cell is called alike anywhere."""
    found = _LINE.fullmatch(place)
    if not found:
        return place
    said = gettext("line %(number)s") if found["what"] == "line" else gettext("row %(number)s")
    return (found["sheet"] or "") + said % {"number": found["number"]}


_LINE = re.compile(r"(?P<sheet>.*!)?(?P<what>line|row) (?P<number>\d+)", re.DOTALL)


def _roles(codes: str) -> str:
    return ", ".join(words.said(words.ROLE, code).lower() for code in codes.split(", "))


_IN_WORDS: Mapping[str, Callable[[str], str]] = {
    "what": heard,
    "role": _roles,
    "missing": _roles,
    "other": heard_place,
}


def _value(name: str, said: str) -> str:
    in_words = _IN_WORDS.get(name)
    return in_words(said) if in_words else said


_PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def _pattern(marked: str) -> re.Pattern[str]:
    """What such a sentence looks like once it is filled in: `%(name)s` or `{name}` is its value."""
    shape, end = "", 0
    for place in _PLACE.finditer(marked):
        shape += re.escape(marked[end : place.start()]) + f"(?P<{place[1] or place[2]}>.+)"
        end = place.end()
    return re.compile(shape + re.escape(marked[end:]))


_OF_FILES = tuple(each.value for each in (*Fault, *Told) if "{" in each.value)
_PATTERNS = tuple(
    (_pattern(marked), marked)
    for marked in sorted((*WITH_VALUES, *_OF_FILES), key=len, reverse=True)
)
"""The longest first: a shorter one may be the end of a longer."""
