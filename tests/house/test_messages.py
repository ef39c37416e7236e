"""Every string a person reads is marked, translated and compiled; nothing is shown past the mark.

English is what stands in the source, Spanish is the catalogue. `make messages` gathers what is new.
"""

import ast
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
BELOW = ("domain", "commands", "store")
NOT_ON_A_PAGE = "domain/recommendations/"
"""Advice on par speaks to programs so far: its sentences are marked when a page shows them."""
MARKED = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"})


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


def _literals(module: Module) -> Iterator[tuple[ast.expr, str]]:
    """The texts of a module that are shown: no docstrings, no arguments of a marking call, nothing
    raised at programmers."""
    skipped = {id(part) for node in ast.walk(module.tree) for part in _not_shown(node)}
    for node in ast.walk(module.tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node, "".join(str(part) for part in parts)


def _not_shown(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if name in MARKED or name in ("RuntimeError", "ValueError", "execute", "sql"):
            for argument in node.args:
                yield from ast.walk(argument)


@pytest.mark.parametrize(
    "module",
    [module for module in package_modules() if module.room == "web"],
    ids=lambda module: module.name,
)
def test_the_pages_say_nothing_past_the_mark(module: Module) -> None:
    said = {text for _node, text in _literals(module) if SENTENCE.fullmatch(text)}
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


def test_every_refusal_is_said_in_the_readers_language() -> None:
    """Word for word the domain's own sentence: else no translation finds it."""
    assert {each: heard.REFUSAL.get(each) for each in Refusal} == {
        each: each.sentence for each in Refusal
    }


def test_every_finding_is_said_in_the_readers_language() -> None:
    assert {each.name: heard.FINDING.get(each.name) for each in KINDS} == {
        each.name: each.words for each in KINDS
    }


def _said_below() -> Iterator[str]:
    """Every sentence of the rooms below that may reach a person: what begins with a capital and
    ends, and the phrases that say why or what."""
    for module in package_modules():
        if module.room not in BELOW or module.is_migration or NOT_ON_A_PAGE in module.name:
            continue
        yield from (
            text
            for _node, text in _literals(module)
            if re.fullmatch(r"[A-Z{][^\n]*[a-z0-9}]\.", text) and " " in text
        )
        yield from _phrases(module.tree)


def _phrases(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        given = list(node.keywords) if isinstance(node, ast.Call) else []
        found = [each.value for each in given if each.arg == "what"]
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found += [said for key, said in pairs if getattr(key, "value", "") == "why"]
        for said in found:
            if isinstance(said, ast.Constant) and isinstance(said.value, str) and " " in said.value:
                yield said.value


def test_every_sentence_from_below_is_marked() -> None:
    """The domain knows no languages; what it says is marked at the face, word for word."""
    fixed = {*heard.REFUSAL.values(), *heard.FINDING.values(), *heard.SENTENCES, *heard.PHRASES}
    unmarked = {
        said
        for said in set(_said_below()) - fixed
        if not any(pattern.fullmatch(said) for pattern, _marked in heard._PATTERNS)
    }
    assert sorted(unmarked) == []


def test_the_catalogue_lies_where_the_package_takes_it_along() -> None:
    """Everything below the package ships with it (pyproject)."""
    assert CATALOGUE.is_relative_to(PACKAGE)
    assert CATALOGUE.with_suffix(".mo").exists()


def test_a_key_is_what_a_translation_is_found_by() -> None:
    keys: list[Key] = [key_of(entry) for entry in _catalogue()]
    assert len(keys) == len(set(keys))
