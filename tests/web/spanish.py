"""A browser that reads Spanish, and what of a page is still in English.

The catalogue says what is English: every string that has another translation. A text that is
such a string, whole or filled in, or that holds a whole sentence of it, was shown untranslated.
"""

import html
import re
from functools import lru_cache
from html.parser import HTMLParser

import polib

from tests.cast import Person
from tests.house.messages import CATALOGUE
from tests.web.browser import Browser, browser_of

READ = frozenset({"aria-label", "title", "placeholder", "alt"})
SKIPPED = frozenset({"script", "style"})
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
A_SENTENCE = 4
"""Words from which on a string is looked for within a longer text too."""


def spanish_of(person: Person) -> Browser:
    """A browser of this person's, on a device that was set to Spanish."""
    browser = browser_of(person)
    browser.client.cookies["tb_language"] = "es"
    return browser


class _Nodes(HTMLParser):
    """Every text of a page that is read, node by node; attributes too.

    What a page itself marks as English, the controls and their clauses, is so on purpose.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipping = 0
        self._marked: list[str] = []
        """The element marked as English that is open, once for each of its kind inside it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in SKIPPED
        self.found += [value for name, value in attrs if value and _is_read(name)]
        if tag in self._marked or (not self._marked and tag != "html" and ("lang", "en") in attrs):
            self._marked.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in SKIPPED
        if tag in self._marked:
            self._marked.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._skipping and not self._marked:
            self.found.append(text)


def _is_read(name: str) -> bool:
    return name in READ or name.startswith(("data-not-", "data-while-", "data-when-lost"))


@lru_cache
def _english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...], tuple[str, ...]]:
    fixed, filled = set(), []
    catalogue = polib.pofile(str(CATALOGUE))
    meanings = [
        each for entry in catalogue for each in (entry.msgstr, *entry.msgstr_plural.values())
    ]
    spanish = {word for each in meanings for word in _words(each)}
    for entry in catalogue:
        said = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        meant = list(entry.msgstr_plural.values()) or [entry.msgstr]
        for each in said:
            if each in meant or not re.search(r"[a-z]{2}", PLACE.sub("", each)):
                continue
            if PLACE.search(each):
                filled += [re.compile(_filled_in(each))] if _words(each) - spanish else []
            else:
                fixed.add(each)
    sentences = tuple(each for each in fixed if len(each.split()) >= A_SENTENCE)
    return frozenset(fixed), tuple(filled), sentences


def _words(message: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", PLACE.sub(" ", message).lower()))


def _filled_in(message: str) -> str:
    return ".+?".join(re.escape(part) for part in PLACE.split(message))


def english_on(page: str) -> list[str]:
    """What of a page is in English, as the catalogue knows it; empty where it is translated."""
    reader = _Nodes()
    reader.feed(page)
    fixed, filled, sentences = _english()
    nodes = {_bare(each) for each in reader.found}
    return sorted(
        each
        for each in nodes
        if each in fixed
        or any(pattern.fullmatch(each) for pattern in filled)
        or any(sentence in each for sentence in sentences)
    )


def _bare(text: str) -> str:
    """A text without the marks that stand before or between texts."""
    return html.unescape(text).strip(" ·▲✔●→:–,()\n")
