"""Below the faces the clock is an argument: nothing there asks what time it is (TIME-1, TIME-5)."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import ROOT, Module, package_modules, tracked

WITHOUT_A_CLOCK = ("domain", "store", "commands", "queries")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
}
BY_ITSELF = {"auto_now", "auto_now_add"}
SQL_CLOCK = re.compile(
    r"\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)"
    r"|\bcurrent_(?:timestamp|date|time)\b|\blocaltimestamp\b",
    re.IGNORECASE,
)


def _docstrings(tree: ast.Module) -> set[int]:
    """The string constants that are prose: docstrings and the notes below a field."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _clocks(module: Module) -> Iterator[str]:
    prose = _docstrings(module.tree)
    for node in ast.walk(module.tree):
        at = f"{module.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute):
            owner = node.value
            owner_name = getattr(owner, "attr", None) or getattr(owner, "id", None)
            if (owner_name, node.attr) in CLOCKS:
                yield f"{at} {owner_name}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("time", "django.utils.timezone"):
            names = {name.name for name in node.names}
            yield from (f"{at} {name}" for name in sorted(names & {name for _, name in CLOCKS}))
        elif isinstance(node, ast.ImportFrom) and node.module == "django.db.models.functions":
            yield from (f"{at} Now" for name in node.names if name.name == "Now")
        elif isinstance(node, ast.keyword) and node.arg in BY_ITSELF:
            yield f"{at} {node.arg}"
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
            and SQL_CLOCK.search(node.value)
        ):
            yield f"{at} a clock in SQL"


def test_nothing_below_the_faces_reads_the_clock() -> None:
    found = [
        clock
        for module in package_modules()
        if module.room in WITHOUT_A_CLOCK and not module.is_migration
        for clock in _clocks(module)
    ]
    assert not found, f"hand the instant in: {found}"


def test_no_stored_sql_reads_the_clock() -> None:
    found = []
    for path in tracked():
        if path.suffix != ".sql":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if SQL_CLOCK.search(line.split("--")[0]):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert not found, f"hand the instant in: {found}"
