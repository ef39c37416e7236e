"""What import-linter cannot say: no hidden imports, and a domain on the standard library alone."""

import ast
import sys
from collections.abc import Iterator

from tests.house.source import Module, modules, package_modules


def _imported(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno} imports by a relative name"
            yield node.module or ""


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_the_domain_knows_the_standard_library_only() -> None:
    strangers = {
        f"{module.name} imports {name}"
        for module in package_modules()
        if module.room == "domain"
        for name in _imported(module)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("tablebank.domain")
    }
    assert not strangers


def test_the_domain_does_no_input_or_output() -> None:
    doors = {"asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets", "socket"}
    doors |= {"shutil", "sqlite3", "subprocess", "tempfile", "threading", "urllib"}
    opened = {
        f"{module.name} imports {name}"
        for module in package_modules()
        if module.room == "domain"
        for name in _imported(module)
        if name.split(".")[0] in doors
    }
    assert not opened
