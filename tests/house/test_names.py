"""Modules are named after what they speak of, say so in a docstring, and are called by name."""

import ast
from collections.abc import Iterator

from tests.house.source import PACKAGE, ROOT, Module, modules, package_modules

SAYS_NOTHING = {
    "base",
    "common",
    "core",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "util",
    "utils",
}
NAMED_BY_DJANGO = {"src/tablebank/store/backend/base.py"}
"""A database backend's door is `base`, whether one likes it or not."""

CALLED_BY_NAME = ("domain", "store", "commands", "queries")
"""Rooms in which a public function's arguments are keyword-only; faces follow their framework."""

BY_PLACE = 3


def test_no_module_is_named_after_nothing() -> None:
    unnamed = [
        module.name
        for module in modules()
        if module.name not in NAMED_BY_DJANGO
        and SAYS_NOTHING & set(module.path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert not unnamed, f"name them after what they speak of: {unnamed}"


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        module.name
        for module in package_modules()
        if module.text.strip() and not module.is_migration and not ast.get_docstring(module.tree)
    ]
    assert not silent


def test_every_room_says_what_it_is_for() -> None:
    rooms = [path for path in PACKAGE.iterdir() if path.is_dir() and list(path.glob("*.py"))]
    silent = []
    for room in rooms:
        door = room / "__init__.py"
        if not door.is_file() or not ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))):
            silent.append(room.name)
    assert not silent


def _called_by_place(module: Module) -> Iterator[str]:
    """Public functions that take more than one argument by its place."""
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_"):
            continue
        by_place = [*node.args.posonlyargs, *node.args.args]
        if len(by_place) > BY_PLACE:
            yield f"{module.name}:{node.lineno} {node.name}"


def test_public_functions_are_called_by_name() -> None:
    """A look-up may take the facts and what to find in them; whatever takes more names it."""
    found = [
        function
        for module in package_modules()
        if module.room in CALLED_BY_NAME and not module.is_migration
        for function in _called_by_place(module)
    ]
    assert not found, f"put a * before the arguments: {found}"
