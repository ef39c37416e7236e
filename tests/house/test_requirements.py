"""What is installed is pinned to the byte, and nothing more is installed than the package asks."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+) \\$")


def _pins(name: str) -> dict[str, int]:
    """Each pinned package and how many hashes stand below it."""
    pins: dict[str, int] = {}
    current = ""
    for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if found := PINNED.match(line):
            current = found[1]
            pins[current] = 0
        else:
            assert stripped.startswith("--hash=sha256:"), f"{name}: {line!r} is no pin and no hash"
            pins[current] += 1
    return pins


def _asked_for(extra: str | None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    if extra:
        asked += project["optional-dependencies"][extra]
    return {re.split(r"[\[<>=~! ]", each)[0].lower() for each in asked}


@pytest.mark.parametrize(("name", "extra"), [("base.txt", None), ("dev.txt", "dev")])
def test_every_requirement_is_pinned_with_hashes(name: str, extra: str | None) -> None:
    pins = _pins(name)
    assert all(pins.values()), "a pin without a hash"
    assert _asked_for(extra) <= set(pins), "compile anew: make lock"


def test_what_is_tested_is_what_is_shipped() -> None:
    lines = [
        {
            line
            for line in Path(ROOT / "requirements" / name).read_text().splitlines()
            if "==" in line
        }
        for name in ("base.txt", "dev.txt")
    ]
    assert lines[0] <= lines[1]
