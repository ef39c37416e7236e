"""Texts on a form: what is made plain before it is set."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tablebank.documents.sheet import LONGEST_WORD, plain_text

BREAK = "\N{ZERO WIDTH SPACE}"


@given(st.text())
def test_nothing_unseen_reaches_the_paper(text: str) -> None:
    """A text that turns or hides letters shows that it does; no letter is added or lost."""
    shown = plain_text(text)
    assert len(shown.replace(BREAK, "")) == len(text)
    kinds = {unicodedata.category(letter) for letter in shown.replace(BREAK, "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_no_word_is_too_long_for_its_column(text: str) -> None:
    pieces = plain_text(text).split(BREAK)
    assert "".join(pieces) == text
    assert max(len(piece) for piece in pieces) <= LONGEST_WORD
