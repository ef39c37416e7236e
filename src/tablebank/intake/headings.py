"""Which column is which: the headings people use, in English and Spanish, and where they stand.

A heading is known by its words, whatever their order, case, accents and punctuation. What is not
known word for word is never taken for sure: then whoever brings the sheet is asked.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tablebank.intake.bounds import HEADING_LINES
from tablebank.intake.cells import Line


class Field(StrEnum):
    """What a column can say of a table."""

    TABLE = "table"
    PIT = "pit"
    GAME = "game_type"
    LIMITS = "limits"
    LEAST = "limits_min"
    MOST = "limits_max"
    NEED = "need_total"
    NOTES = "notes"
    STABILITY = "stability"
    PAIN_POINTS = "pain_points"


_NAMES: Mapping[Field, str] = {
    Field.TABLE: """
        table; table no; table id; table code; table name; tbl; tbl no; code
        mesa; mesa no; no mesa; codigo; codigo mesa; nombre mesa; id mesa; mesa juego""",
    Field.PIT: """
        pit; pit no; pit name; area; section; zone; location; pit area; pit section
        seccion; zona; sala; salon; foso; sector; ubicacion""",
    Field.GAME: """
        game; game type; type; table type; table game; type game; game name
        juego; tipo; tipo juego; tipo mesa""",
    Field.LIMITS: """
        limits; limit; table limits; table limit; bet limits; betting limits; limits band; min max
        limits min max; limites; limite; limites mesa; limite mesa; limites apuesta; apuestas
        minimo maximo""",
    Field.LEAST: """
        min; minimum; min bet; minimum bet; min limit; limit min; limits min; table min
        table minimum; minimo; apuesta minima; limite minimo; limites minimo; minimo mesa
        limites min; limite min; apuesta min""",
    Field.MOST: """
        max; maximum; max bet; maximum bet; max limit; limit max; limits max; table max
        table maximum; maximo; apuesta maxima; limite maximo; limites maximo; maximo mesa
        limites max; limite max; apuesta max""",
    Field.NEED: """
        need; par; target; bankroll; fill; bank; imprest; float; table bank; opening bank
        need par; target need; target need par; target par; target bankroll; need total; par total
        table need; table par; table bankroll; table float; opening bankroll; opening float
        par level; par amount; need amount; target amount; imprest amount; imprest level
        imprest bank; fill level; fill amount; fill to; fill par; chip need; tray par; par value
        bank amount; bankroll target; par bankroll
        necesidad; fondo; banca; objetivo; meta; dotacion; fondo fijo; fondo mesa; fondo inicial
        fondo apertura; fondo objetivo; banca mesa; banca inicial; banca apertura
        banca objetivo; necesidad total; necesidad mesa; necesidad objetivo; necesidad par
        par objetivo; par mesa; nivel par; importe fondo; monto fondo; bankroll objetivo
        bankroll mesa; dotacion inicial; dotacion mesa""",
    Field.NOTES: """
        notes; note; remarks; remark; comments; comment
        notas; nota; observaciones; observacion; comentarios; comentario""",
    Field.STABILITY: """
        stability; stable; variability; stable varies; stable variable
        estabilidad; estable; variabilidad; estable variable""",
    Field.PAIN_POINTS: """
        pain points; pain point; known pain points; problems; issues; known issues
        problemas; puntos dolor; dificultades; incidencias""",
}

_SAME = {"num": "no", "number": "no", "numero": "no", "nro": "no", "n": "no"}
_SAYS_NOTHING = frozenset(
    {"the", "of", "a", "in", "de", "del", "la", "el", "los", "las", "en", "por", "para"}
    | {"usd", "mxn", "cop", "eur", "us", "dollars", "dolares", "pesos"}
)
_UNITS = frozenset({"cents", "cent", "centavos", "000", "000s", "k", "thousand", "thousands"})
_UNITS |= {"miles", "mil", "millones", "millions", "mm"}

_CHIP = re.compile(
    r"(?:US|MX)?[$€£]?\s?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?P<rest>\.[0-9]{1,2})?"
    r"(?P<thousands>k)?(?:['’]?s)?(?:\s(?:chips?|fichas?|pcs|pieces|piezas|checks|cheques))?",
    re.IGNORECASE,
)
_CHIP_WORD = re.compile(r"(?:chips?|fichas?|checks|cheques)\s(?:de\s)?", re.IGNORECASE)
_LEADING = frozenset({1, 2, 25, 3, 4, 5, 8})
_LARGEST_CHIP = 10_000_000_00


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The words of a heading that say something: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.replace("#", " no ")).casefold()
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    found = {_SAME.get(each, each) for each in re.findall(r"[^\W_]+", plain)}
    return frozenset(found - _SAYS_NOTHING)


def _catalogue() -> Mapping[frozenset[str], Field]:
    return {
        tokens(name): field
        for field, names in _NAMES.items()
        for name in re.split(r"[;\n]", names)
        if name.strip()
    }


_KNOWN = _catalogue()


def field_of(heading: str) -> Field | None:
    """The field a heading names for sure."""
    return _KNOWN.get(tokens(heading)) if len(heading) <= 60 else None


def resembles(heading: str, field: Field) -> bool:
    """Whether a heading has a word of the field's names: worth offering, never worth taking."""
    words = {name for name, known in _KNOWN.items() if known is field and len(name) == 1}
    return any(each <= tokens(heading) for each in words)


def names_a_unit(heading: str) -> bool:
    """Whether a heading says that its amounts are cents or thousands (LESSON-6)."""
    return bool(tokens(heading) & _UNITS)


def chip_cents(heading: str) -> int | None:
    """The chip a heading stands for: `$100`, `25`, `100s`, `$2.50`; in cents, None if it is none.

    Chips are 1, 2, 2.5, 3, 4, 5 or 8 of something: a year is not.
    """
    found = _CHIP.fullmatch(_CHIP_WORD.sub("", heading, count=1))
    if found is None:
        return None
    whole = int(found["whole"].replace(",", "")) * (1000 if found["thousands"] else 1)
    if found["thousands"] and found["rest"]:
        return None
    cents = whole * 100 + int((found["rest"] or "")[1:].ljust(2, "0"))
    leading = cents
    while leading and leading % 10 == 0:
        leading //= 10
    return cents if leading in _LEADING and cents <= _LARGEST_CHIP else None


def known_names(texts: Sequence[str]) -> int:
    """How many different fields the texts of a line name."""
    return len({field for text in texts if (field := field_of(text.strip())) is not None})


@dataclass(frozen=True, kw_only=True, slots=True)
class Headings:
    """The line with the headings, or the two where they stand in two."""

    texts: tuple[str, ...]
    first: int
    """Which of the lines, from 0; the rows begin after `last`."""
    last: int
    fields: Mapping[Field, tuple[int, ...]]
    """The columns, from 0, that each field was found in: one, unless it must be asked."""
    chips: Mapping[int, int]
    """Cents of the chip by column."""

    def text(self, column: int) -> str:
        """What stands above a column."""
        return self.texts[column] if column < len(self.texts) else ""


def find_headings(lines: Sequence[Line]) -> Headings | None:
    """The line among the first that names the most fields, if any names enough of them."""
    best: Headings | None = None
    for index, line in enumerate(lines[:HEADING_LINES]):
        pair = lines[index + 1] if index + 1 < len(lines) else None
        for found in (_single(line, index), _double(line, pair, index)):
            if found is not None and (best is None or len(found.fields) > len(best.fields)):
                best = found
    return best


def headings_at(lines: Sequence[Line], index: int) -> Headings:
    """The headings of a line that somebody named."""
    return _headings([(cell.text,) for cell in lines[index].cells], first=index, last=index)


def _single(line: Line, index: int) -> Headings | None:
    found = _headings([(cell.text,) for cell in line.cells], first=index, last=index)
    return found if len(line.filled) >= 2 and _is_enough(found) else None


def _double(line: Line, below: Line | None, index: int) -> Headings | None:
    """Two lines: `Limits` above `Min` and `Max`, the names of the others in either.

    Only if the upper one names something: else it is a title.
    """
    if below is None or len(below.filled) < 2:
        return None
    if any(field_of(below.cells[column].text) is None for column in below.filled):
        return None
    width = max(len(line.cells), len(below.cells))
    choices = []
    over = ""
    for column in range(width):
        upper, lower = line.at(column).text, below.at(column).text
        over = upper or over
        choices.append((lower, f"{over} {lower}") if lower else (upper,))
    found = _headings(choices, first=index, last=index + 1)
    alone = _headings([(cell.text,) for cell in below.cells], first=index + 1, last=index + 1)
    return found if _is_enough(found) and len(found.fields) > len(alone.fields) else None


def _is_enough(found: Headings) -> bool:
    return Field.TABLE in found.fields or len(found.fields) >= 2


def _headings(choices: Sequence[tuple[str, ...]], *, first: int, last: int) -> Headings:
    fields: dict[Field, tuple[int, ...]] = {}
    chips: dict[int, int] = {}
    texts: list[str] = []
    for column, readings in enumerate(choices):
        known = next((text for text in readings if field_of(text) is not None), None)
        text = known if known is not None else readings[-1]
        texts.append(text)
        field = field_of(text)
        cents = chip_cents(text) if field is None else None
        if field is not None:
            fields[field] = (*fields.get(field, ()), column)
        elif cents is not None:
            chips[column] = cents
    return Headings(texts=tuple(texts), first=first, last=last, fields=fields, chips=chips)
