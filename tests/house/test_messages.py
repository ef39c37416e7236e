"""Every string a person reads is marked, translated and compiled; nothing is shown past the mark.

English is what stands in the source, Spanish is the catalogue. `make messages` gathers what is new.
"""

import gettext
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

from tablebank.domain.findings.catalogue import KINDS
from tablebank.domain.refusals import Refusal
from tablebank.web import heard
from tests.house.messages import (
    CATALOGUE,
    WEB,
    Key,
    gathered,
    key_of,
    placeholders,
    templates,
)
from tests.house.source import PACKAGE, ROOT, Module, package_modules
from tests.house.texts import below, literals, phrases, sentences

HINT = "run `make messages`, and translate what is empty"
LETTERS = re.compile(r"[^\W\d_]{2,}")
TAGS = re.compile(
    r"{% (?:blocktranslate|comment).*?{% end(?:blocktranslate|comment) %}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
SEEN = frozenset({"aria-label", "title", "placeholder", "alt"})
"""Attributes a person reads or is read."""
NO_WORDS = frozenset({"Tablebank", "Enter", "Esc", "sha256", "px", "space-", "O-2026-000811"})
"""What stands in templates as it is in every language: names, keys, units."""
SENTENCE = re.compile(r"[A-Z][a-z]*(?:['’-][a-z]+)? [a-z(“].*|[A-Z].*[a-z]\.", re.DOTALL)
"""A string that reads like one: a capital and several words, or a capital and an end."""


@lru_cache
def _catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def _both(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each message of an entry beside its translation."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    yield entry.msgid, entry.msgstr_plural[0]
    yield entry.msgid_plural, entry.msgstr_plural[1]


def test_the_catalogue_holds_every_string_and_no_other() -> None:
    known = {key_of(entry) for entry in _catalogue() if not entry.obsolete}
    asked = set(gathered())
    assert sorted(asked - known) == [], HINT
    assert sorted(known - asked) == [], HINT


def test_every_string_is_translated() -> None:
    missing = [entry.msgid for entry in _catalogue() if not entry.translated() or entry.fuzzy]
    assert missing == []


def test_a_translation_is_filled_in_as_its_string_is() -> None:
    """The same names in both, but for a plural's one that may be said in words."""
    wrong = [
        (said, meant)
        for entry in _catalogue()
        for said, meant in _both(entry)
        if placeholders(said) != placeholders(meant)
    ]
    assert wrong == []


def test_a_translation_ends_and_is_set_as_its_string_is() -> None:
    """The same end, the same blanks around it, and nothing that could break an attribute."""
    wrong = [
        (said, meant)
        for entry in _catalogue()
        for said, meant in _both(entry)
        if said.endswith(".") != meant.endswith(".")
        or (said[:1] == " ", said[-1:] == " ") != (meant[:1] == " ", meant[-1:] == " ")
        or (set('"<>') & set(meant)) - set(said)
    ]
    assert wrong == []


def test_what_is_compiled_is_what_is_written() -> None:
    """The server reads the compiled one; it is compiled by whoever changes the other."""
    written: dict[str | tuple[str, int], str] = {}
    for entry in _catalogue():
        context = f"{entry.msgctxt}\x04" if entry.msgctxt else ""
        if entry.msgid_plural:
            for index, text in entry.msgstr_plural.items():
                written[(context + entry.msgid, index)] = text
        else:
            written[context + entry.msgid] = entry.msgstr
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("", None)
    assert compiled == written, "run `make messages`"


class _Bare(HTMLParser):
    """The words of a template that stand outside every mark."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in SEEN and _is_bare(value or "")]

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._skipping and _is_bare(data):
            self.found.append(data.strip())


def _is_bare(text: str) -> bool:
    left = [word for word in re.split(r"[\s·]+", text) if word and word not in NO_WORDS]
    return any(LETTERS.search(word) for word in left)


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_a_template_says_nothing_past_the_mark(path: Path) -> None:
    reader, left = _Bare(), TAGS.sub("", path.read_text(encoding="utf-8"))
    reader.feed(left if "<" in left else f"<i {left}>")  # some hold attributes alone
    assert reader.found == []


@pytest.mark.parametrize(
    "module",
    [module for module in package_modules() if module.room == "web"],
    ids=lambda module: module.name,
)
def test_the_pages_say_nothing_past_the_mark(module: Module) -> None:
    said = {text for text in literals(module) if SENTENCE.fullmatch(text)}
    assert sorted(said) == []


def test_scripts_say_nothing_of_their_own() -> None:
    """What a script shows it takes from the page, in its reader's language."""
    quoted = re.compile(r"\"([^\"\n]*)\"|`([^`]*)`")
    said = [
        (path.name, text)
        for path in sorted((WEB / "static").rglob("*.js"))
        for found in quoted.finditer(re.sub(r"(?m)//.*$", "", path.read_text(encoding="utf-8")))
        for text in (found[1] or found[2] or "",)
        if re.search(r"[A-Z][a-z]+ [a-z]|[a-z]{2}\.$", text)
    ]
    assert said == []


def test_days_and_months_are_written_in_the_readers_language() -> None:
    """`|date` and `strftime` capitalize or speak English: names of days go through `figures`."""
    named = re.compile(r"\|date:\"[^\"]*[DlMNFb]|%[aAbB]\b")
    sources = [*templates(), *sorted(WEB.rglob("*.py"))]
    assert [str(path.relative_to(ROOT)) for path in sources if named.search(path.read_text())] == []


def test_what_a_refusal_or_a_finding_says_is_in_the_catalogue() -> None:
    """FIND-1, SESS-6: adding one stays one line in the domain; its words are gathered there."""
    known = {entry.msgid for entry in _catalogue()}
    said = {each.sentence for each in Refusal} | {kind.words for kind in KINDS}
    assert said <= known


def test_every_sentence_with_a_value_is_marked() -> None:
    """What is filled in below is taken apart again at the face: by its own words."""
    filled = [said for module in below() for said in sentences(module) if "{}" in said]
    assert [said for said in filled if not heard.is_heard(said)] == []


def test_every_phrase_from_below_is_marked() -> None:
    """Why something is refused, and before or after what it cannot have been."""
    said = {phrase for module in below() for phrase in phrases(module)}
    assert sorted(said - set(heard.PHRASES)) == []


def test_the_catalogue_lies_where_the_package_takes_it_along() -> None:
    """Everything below the package ships with it (pyproject)."""
    assert CATALOGUE.is_relative_to(PACKAGE)
    assert CATALOGUE.with_suffix(".mo").exists()


def test_a_key_is_what_a_translation_is_found_by() -> None:
    keys: list[Key] = [key_of(entry) for entry in _catalogue()]
    assert len(keys) == len(set(keys))
