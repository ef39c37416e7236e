"""`.ci/chromium` finds a browser, or installs Debian's, or says what is missing."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

PLAIN = ("bash", "env", "cat", "chmod")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH with the plainest programs on it, a user who is root, and no browser."""
    for name in PLAIN:
        real = next(
            place / name
            for place in map(Path, os.environ["PATH"].split(os.pathsep))
            if (place / name).exists()
        )
        (tmp_path / name).symlink_to(real)
    _program(tmp_path / "id", "echo 0")
    return tmp_path


def _program(at: Path, does: str) -> Path:
    at.write_text(f"#!/usr/bin/env bash\n{does}\n")
    at.chmod(0o755)
    return at


def _asked(path: Path, **said: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [ROOT / ".ci" / "chromium"],
        env={"PATH": str(path), **said},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _an_apt_get(path: Path, *, leaves: str = "chromium") -> None:
    installing = (
        f'echo "$@" >>{path}/asked\n[ "$1" != install ] || cat <<END >{path}/{leaves}\nEND\n'
    )
    _program(path / "apt-get", f"{installing}[ ! -e {path}/{leaves} ] || chmod +x {path}/{leaves}")


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_one_on_the_path_is_taken(path: Path, name: str) -> None:
    browser = _program(path / name, "exit 0")
    _an_apt_get(path)
    found = _asked(path)
    assert (found.returncode, found.stdout.strip()) == (0, str(browser))
    assert not (path / "asked").exists()


def test_the_one_that_is_named_comes_first(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _program(path / "chromium", "exit 0")
    named = _program(tmp_path_factory.mktemp("elsewhere") / "my-chromium", "exit 0")
    found = _asked(path, TABLEBANK_CHROMIUM=str(named))
    assert (found.returncode, found.stdout.strip()) == (0, str(named))


def test_debians_is_installed_where_there_is_none(path: Path) -> None:
    _an_apt_get(path)
    found = _asked(path)
    assert (found.returncode, found.stdout.strip()) == (0, str(path / "chromium")), found.stderr
    assert "install -y -qq --no-install-recommends chromium" in (path / "asked").read_text()


def test_somebody_else_than_root_asks_sudo(path: Path) -> None:
    _an_apt_get(path)
    _program(path / "id", "echo 1000")
    _program(path / "sudo", f'echo sudo >>{path}/asked; shift; [ "$1" = true ] || "$@"')
    found = _asked(path)
    assert found.returncode == 0, found.stderr
    assert "sudo" in (path / "asked").read_text()


@pytest.mark.parametrize(
    "trouble", ["no apt-get", "not root", "apt-get fails", "wrong name", "not there"]
)
def test_where_it_cannot_be_installed_that_is_said(path: Path, trouble: str) -> None:
    """Skipped outside CI, with the way out; inside it is a failure."""
    said = {}
    if trouble == "not root":
        _an_apt_get(path)
        _program(path / "id", "echo 1000")
    elif trouble == "apt-get fails":
        _program(path / "apt-get", "echo no network >&2; exit 100")
    elif trouble == "wrong name":
        _an_apt_get(path, leaves="something-else")
    elif trouble == "not there":
        said["TABLEBANK_CHROMIUM"] = str(path / "gone")
    outside = _asked(path, **said)
    assert (outside.returncode, outside.stdout) == (0, ""), outside.stderr
    for words in ("No Chromium", "apt-get install chromium", "TABLEBANK_CHROMIUM=", "skipped"):
        assert words in outside.stderr
    inside = _asked(path, CI="true", **said)
    assert inside.returncode == 1
    assert "skipped" not in inside.stderr
