"""The repository as the house tests read it: its files, its modules and their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "tablebank"
LEFT_BEHIND = {".git", ".venv", ".venv-lock", "__pycache__", "node_modules"}


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        """The room of the house it lies in: `domain`, `store`, … ; empty outside the package."""
        if not self.path.is_relative_to(PACKAGE):
            return ""
        return self.path.relative_to(PACKAGE).parts[0]

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method in it, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@lru_cache
def tracked() -> tuple[Path, ...]:
    """The files that belong to the repository: as git says, or, unpacked without git, all there."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
        return tuple(sorted(path for path in paths if path.is_file()))
    return tuple(
        sorted(
            path
            for path in ROOT.rglob("*")
            if path.is_file() and not LEFT_BEHIND & set(path.relative_to(ROOT).parts)
        )
    )


@lru_cache
def modules() -> tuple[Module, ...]:
    """Every Python module of the package and of the tests."""
    return tuple(
        Module(path)
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("src", "tests")
    )


def package_modules() -> tuple[Module, ...]:
    """Every Python module of the package."""
    return tuple(module for module in modules() if module.path.is_relative_to(PACKAGE))


def pages(suffix: str = ".md") -> tuple[Path, ...]:
    """Every written page of the repository."""
    return tuple(path for path in tracked() if path.suffix == suffix)
