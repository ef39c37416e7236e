"""The strings a person reads, and their translations: gathered here for the catalogue and its test.

`make messages` writes what the pages say into `locale/es/LC_MESSAGES/django.po`, keeps what is
translated there, and compiles it. It reads Python by its tokens and templates by Django's own
parser: no other program is needed, and what is gathered is what the house test asks for.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from babel.messages.extract import extract_from_file
from django.template import Engine
from django.template.base import Node, NodeList, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

from tablebank.intake.faults import Fault, Told
from tests.house.source import PACKAGE, ROOT
from tests.house.texts import below, sentences

WEB = PACKAGE / "web"
TEMPLATES = WEB / "templates"
CATALOGUE = WEB / "locale" / "es" / "LC_MESSAGES" / "django.po"
MARKS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEAD = {
    "Project-Id-Version": "tablebank",
    "Language": "es",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=n != 1;",
}

Key = tuple[str, str, str]
"""Context, message, and its plural; empty where it has none."""


def gathered() -> dict[Key, set[str]]:
    """Every marked string of the pages, every sentence from below, and the files they stand in."""
    found: dict[Key, set[str]] = {}
    for path in sorted(WEB.rglob("*.py")):
        for key in _in_python(path):
            found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    for path in templates():
        for key in _in_template(path):
            found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    for fault in (*Fault, *Told):
        found.setdefault(("", fault.value, ""), set()).add("src/tablebank/intake/faults.py")
    for module in below():
        for said in sentences(module):
            if "{}" not in said:
                found.setdefault(("", said, ""), set()).add(module.name)
    return found


def templates() -> list[Path]:
    """Every template of the pages."""
    return sorted(TEMPLATES.rglob("*.html"))


def _in_python(path: Path) -> Iterator[Key]:
    for _line, said, _comments, context in extract_from_file("python", path, keywords=MARKS):
        one, many = said if isinstance(said, tuple) else (said, "")
        yield (context or "", one, many)


def _in_template(path: Path) -> Iterator[Key]:
    parsed = Template(path.read_text(encoding="utf-8"), engine=_engine())
    for node in _nodes(parsed.nodelist):
        if isinstance(node, TranslateNode):
            literal = node.filter_expression.var.literal
            yield (_context(node), literal.replace("%", "%%"), "")
        else:
            one, many = (_text(node, part) for part in (node.singular, node.plural))
            yield (_context(node), one, many)


def _engine() -> Engine:
    return Engine.get_default()


def _nodes(nodes: NodeList) -> list[Node]:
    return nodes.get_nodes_by_type((TranslateNode, BlockTranslateNode))


def _text(node: BlockTranslateNode, tokens: list[Node]) -> str:
    text = node.render_token_list(tokens)[0] if tokens else ""
    return trim_whitespace(text) if node.trimmed else text


def _context(node: TranslateNode | BlockTranslateNode) -> str:
    return node.message_context.var if node.message_context else ""


def write() -> None:
    """Write the catalogue anew, with what was translated before, and compile it."""
    before = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    known = {key_of(each): each for each in before}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = HEAD
    for key, files in sorted(gathered().items(), key=lambda each: (min(each[1]), each[0])):
        catalogue.append(_entry(key, sorted(files), known.get(key)))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    compile_catalogue()


def _entry(key: Key, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    context, one, many = key
    return polib.POEntry(
        msgctxt=context or None,
        msgid=one,
        msgid_plural=many,
        msgstr=known.msgstr if known else "",
        msgstr_plural=(known.msgstr_plural if known else {0: "", 1: ""}) if many else {},
        occurrences=[(each, "") for each in files],
        flags=["python-format"] if "%(" in one + many else [],
    )


def key_of(entry: polib.POEntry) -> Key:
    """The same key for what stands in the catalogue."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def compile_catalogue() -> None:
    """What the server reads: the catalogue compiled, beside it."""
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def placeholders(text: str) -> set[str]:
    """The names that a text is filled in with."""
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


if __name__ == "__main__":
    django.setup()
    write()
