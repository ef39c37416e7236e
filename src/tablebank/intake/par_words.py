"""The words of par sheets: games, totals, headings of pits, what is stable and what is not.

English and Spanish, as they are written on the floor.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from tablebank.intake.headings import tokens

_GAMES: Mapping[str, str] = {
    "BLACKJACK": "blackjack; black jack; bj; 21; twenty one; veintiuno; blackjack 21; double deck",
    "ROULETTE": "roulette; ruleta; american roulette; ruleta americana; european roulette;"
    " ruleta europea; french roulette; ruleta francesa; rl; roul",
    "BACCARAT": "baccarat; bac; bacc; bacara; mini baccarat; mini bac; mini bacara; punto banco;"
    " punto y banca; midi baccarat",
    "CRAPS": "craps; dice; dados; cr",
}
_GAME_BY_WORDS = {tokens(name): code for code, names in _GAMES.items() for name in names.split(";")}

_TOTAL = re.compile(
    r"(?:sub\s?-?\s?total(?:es)?|(?:gran|grand)\s+total|totals?|totales|suma|sum)\b.{0,40}",
    re.IGNORECASE,
)
_PIT = re.compile(
    r"(?:pit|foso|area|área|section|sección|seccion|zone|zona|sala|salón|salon|room|sector)"
    r"\b\s*[:#.-]?\s*(?=\S).{0,60}",
    re.IGNORECASE,
)


class Stability(StrEnum):
    """Whether a table's need is the same every day, as told (PAR-1)."""

    STABLE = "stable"
    DAY_OR_SHIFT_DEPENDENT = "day_or_shift_dependent"


_STABLE = {"stable", "estable", "fixed", "fijo", "fija", "yes", "si", "y", "s"}
_DEPENDENT = {"variable", "varies", "varia", "dependent", "depends", "depende", "unstable"}
_DEPENDENT |= {"inestable", "day", "shift", "dia", "turno", "weekend", "weekends", "no"}


def game_of(text: str) -> str | None:
    """The game as the casino's list has it, None for no text; a game unknown here keeps its name.

    `Three Card Poker` becomes `THREE_CARD_POKER`.
    """
    if not text:
        return None
    known = known_game(text)
    return known or re.sub(r"[\W_]+", "_", text.upper()).strip("_") or None


def known_game(text: str) -> str | None:
    """The code of a game everybody deals, or None."""
    return _GAME_BY_WORDS.get(tokens(text))


def is_total(text: str) -> bool:
    """Whether a line's name says that it adds up others."""
    return _TOTAL.fullmatch(text) is not None


def is_pit_heading(text: str) -> bool:
    """Whether a line names the pit that the tables below stand in."""
    return _PIT.fullmatch(text) is not None


def stability_of(text: str) -> Stability | None:
    """What a word says of the need, or None if it says neither."""
    said = tokens(text.replace("_", " "))
    if said and said <= _STABLE:
        return Stability.STABLE
    return Stability.DAY_OR_SHIFT_DEPENDENT if said & _DEPENDENT else None
