"""What modules say: the texts that stand in them, without those that only programmers read."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Module, package_modules

MARKED = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"})
BELOW = ("domain", "commands", "store")
SENTENCE = re.compile(r"(?=.* )[A-Z{][^\n]*[A-Za-z0-9}]\.")
"""What begins with a capital, or a value, and ends."""


def below() -> Iterator[Module]:
    """The modules whose sentences may come to stand on a page."""
    for module in package_modules():
        if module.room in BELOW and not module.is_migration:
            yield module


def sentences(module: Module) -> Iterator[str]:
    """Every sentence a module says; `{}` stands where a value is filled in."""
    for text in literals(module):
        if SENTENCE.fullmatch(text):
            yield text


def phrases(module: Module) -> Iterator[str]:
    """Parts of sentences: why something is refused, and before or after what it cannot be."""
    for node in ast.walk(module.tree):
        given = list(node.keywords) if isinstance(node, ast.Call) else []
        found = [each.value for each in given if each.arg == "what"]
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found += [said for key, said in pairs if getattr(key, "value", "") == "why"]
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "why":
            found.append(node.value)
        for said in found:
            if isinstance(said, ast.Constant) and isinstance(said.value, str) and " " in said.value:
                yield said.value


def literals(module: Module) -> Iterator[str]:
    """The texts of a module that nobody marked: no docstrings, nothing raised at programmers."""
    skipped = {id(part) for node in ast.walk(module.tree) for part in _not_shown(node)}
    for node in ast.walk(module.tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield "".join(str(part) for part in parts)


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
