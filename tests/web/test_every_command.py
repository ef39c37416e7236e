"""Whatever a program can do, a person can do on a page (LESSON-21)."""

import importlib
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tablebank import commands, web
from tablebank.api.endpoint import Write
from tablebank.api.urls import ENDPOINTS
from tablebank.commands.scene import Command

WRITES = {f"{each.method} {each.path}": each for each in ENDPOINTS if isinstance(each, Write)}


def _constants() -> Mapping[int, str]:
    """The name by which a command is called, by the command itself."""
    rooms = [path.stem for path in Path(commands.__path__[0]).glob("*.py")]
    found: dict[int, str] = {}
    for room in rooms:
        module = importlib.import_module(f"{commands.__name__}.{room}")
        for name, value in vars(module).items():
            if isinstance(value, Command):
                found.setdefault(id(value), name)
    return found


def _pages() -> str:
    files = sorted(Path(web.__path__[0]).rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


ALSO_BY = {"OBSERVE": "OBSERVE_SHEET"}
"""A reading of one tray is a pit sheet with one line filled in (SNAP-6)."""
NAMES, PAGES = _constants(), _pages()


@pytest.mark.parametrize("endpoint", WRITES)
def test_every_command_has_a_screen_that_reaches_it(endpoint: str) -> None:
    """LESSON-21: a command that only programs can give is a command nobody can give."""
    name = NAMES[id(WRITES[endpoint].command)]
    assert re.search(rf"\b{ALSO_BY.get(name, name)}\b", PAGES), f"no page carries out {name}"
