"""What stands on a form, in the words it is to be read in: the templates lay it out, no more.

Every figure is a text by now, an unknown one with its reason (LESSON-2). Nothing here is markup: a
name that looks like a command to the typesetter is printed letter by letter.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

LONGEST_WORD = 24
"""After so many letters without a gap a word may be broken, so that none runs off the sheet."""
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"
_UNSEEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place to sign: who signed it, known by which licence, and when; or blank (FRM-04)."""

    role: str
    name: str = ""
    known_by: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One copy of the form: what it is called, who receives it, and its mark if it is not the
    first that was printed (FRM-03)."""

    name: str
    recipient: str
    reprint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line of amounts: what it is, how many, what it makes. `kind` is how it is set."""

    cells: Sequence[str]
    kind: str = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """The table of amounts: the heads of its columns, its rows, and what stands below."""

    head: Sequence[str]
    rows: Sequence[Row]
    foot: Sequence[Row] = ()
    empty: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A list of its own below the amounts; the last `figures` columns are figures."""

    title: str
    lines: Lines
    figures: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """A place to write in: what belongs there, and what is on record of it, or an empty line."""

    label: str
    known: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Void:
    """The void block: that it is void, why, and the two who say so (SLIP-6)."""

    word: str
    reason_label: str
    reason: str
    places: Sequence[Place]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """The target, which is policy and never a count: it is set apart and says so (PAR-9)."""

    label: str
    amount: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What stands around every form: whose it is, where it leads, when and by whom it was printed.

    `paper` is the typesetter's name of the sheet, `code` the address that the printed code leads
    to, `demo` a mark on everything of a simulated casino (TIME-5), or nothing.
    """

    property: str
    demo: str
    language: str
    paper: str
    printed: str
    version: str
    page_word: str
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A picture as SVG, across the sheet or half across, with the sentence that says what it is."""

    said: str
    svg: bytes
    is_wide: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictures:
    """Pictures under one heading, with what is to be known of them before they are read."""

    title: str
    note: str
    drawings: Sequence[Drawing]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One form. `template` is its own layout; `band` sets fills and credits apart by more than
    colour (FIL-09); `statements` stand below the amounts, `blanks` are to be written in, `places`
    to be signed.
    """

    template: str
    frame: Frame
    band: str
    heading: str
    title: str
    number: str
    number_label: str
    fields: Sequence[tuple[str, str]]
    target: Target | None
    notes: Sequence[str]
    lines: Lines | None
    statements: Sequence[tuple[str, str]]
    places: Sequence[Place]
    void: Void | None = None
    sections: Sequence[Section] = ()
    pictures: Pictures | None = None
    blanks: Sequence[Blank] = ()
    parts: Sequence[Part] = ()


def as_data(value: object) -> object:
    """A sheet as the templates read it: texts, lists and names, every text made plain.

    A drawing's own text is nobody's words: it stays as it was drawn.
    """
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, bytes):
        return value.decode()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_data(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): as_data(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [as_data(each) for each in value]
    return value


def plain_text(text: str) -> str:
    """A text whose letters stand in the order they were written, and which fits its column.

    A mark that turns the direction of what follows, or is not to be seen, is shown as one that
    could not be read: a name must not be able to turn the figure beside it around.
    """
    shown = "".join(_shown(letter) for letter in text)
    return " ".join(_breakable(word) for word in shown.split(" "))


def _shown(letter: str) -> str:
    if letter in "\n\r\t":
        return " "
    return _UNSEEN if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") else letter


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    pieces = [word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)]
    return _MAY_BREAK.join(pieces)
