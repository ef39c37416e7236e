"""The repository runs anywhere: it names no package index and no place of one machine."""

import re

import pytest

from tests.house.source import ROOT, tracked

INDEX_HOST = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "index" + "-url *=? *http"])
)
MACHINE_PLACE = re.compile(r"(?<![\w.$}/-])/(?:work|root|opt|home/\w+|Users)(?:/|\b(?!\w))")
BYTES_ONLY = {".ico", ".png", ".jpg", ".woff2", ".gz"}


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("a package index", INDEX_HOST), ("a place of one machine", MACHINE_PLACE)],
    ids=["index", "machine"],
)
def test_no_file_names(what: str, pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        if path.suffix in BYTES_ONLY or path.samefile(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, f"these lines name {what}: {found}"
