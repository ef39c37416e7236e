"""A link on a page leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, pages

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


def _anchor(heading: str) -> str:
    """What a heading is called in a link: lower case, hyphens for spaces, no punctuation."""
    plain = re.sub(r"[`*_]", "", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def _dead(page: Path) -> Iterator[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        aim = (page.parent / place).resolve() if place else page
        if not aim.exists():
            yield f"{page.relative_to(ROOT)} → {target}"
        elif anchor and aim.suffix == ".md":
            headings = HEADING.findall(FENCE.sub("", aim.read_text(encoding="utf-8")))
            if anchor not in {_anchor(heading) for heading in headings}:
                yield f"{page.relative_to(ROOT)} → {target} (no such heading)"


def test_every_link_on_a_page_leads_somewhere() -> None:
    dead = [link for page in pages() for link in _dead(page)]
    assert not dead


def test_every_page_of_the_docs_can_be_reached() -> None:
    """From the README, link by link: a page nobody links to is a page nobody reads."""
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.is_file() or page.suffix != ".md":
            continue
        reached.add(page)
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            place = target.partition("#")[0]
            if place and not re.match(r"[a-z]+:", target):
                waiting.append((page.parent / place).resolve())
    unreached = [
        str(page.relative_to(ROOT))
        for page in pages()
        if page.is_relative_to(ROOT / "docs") and page not in reached
    ]
    assert not unreached


def test_every_picture_on_a_page_is_there() -> None:
    """`make screenshots` takes them."""
    missing = [
        f"{page.relative_to(ROOT)} → {picture}"
        for page in pages()
        for picture in PICTURE.findall(page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", picture) and not (page.parent / picture).is_file()
    ]
    assert not missing
