"""The design language: one page shows it whole, and its colours can be read on their grounds."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import Casino
from tests.web.browser import Browser, Page, browser_of

TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
PARTS = (
    "Colour",
    "Type",
    "Space",
    "Buttons",
    "Fields",
    "Money",
    "Badges and marks",
    "Provenance: one mark for each number",
    "Table cards",
    "Stepper",
    "Denomination pad",
    "Signature panel",
    "Refusal",
    "Said after it was done",
    "Nothing here yet",
    "Data table",
)


def _page(casino: Casino) -> Page:
    page = browser_of(casino.ada).get("/design")
    assert page.status == 200
    return page


def test_the_page_is_for_people_who_are_signed_in(casino: Casino) -> None:
    assert browser_of(casino.dana).get("/design").status == 200
    assert Browser(Client()).get("/design").status == 302


def test_every_part_is_shown_in_light_and_in_dark(casino: Casino) -> None:
    page = _page(casino)
    for part in PARTS:
        assert page.html.count(f"<h3>{part}</h3>") == 2, part
    assert re.findall(r'class="theme" data-theme="(\w+)"', page.html) == ["light", "dark"]


def test_money_never_looks_like_what_it_is_not(casino: Casino) -> None:
    """Negative, zero, unknown, estimate and target: five looks (LESSON-2)."""
    page = _page(casino).says("−$28,000", "Unknown, never a zero N/A", "○ target $50,000")
    assert '<span class="unknown">N/A</span>' in page.html
    assert '<span class="estimate"><data class="money"' in page.html
    page.says_not("-$28,000")


def test_no_id_stands_twice_and_no_style_in_the_page(casino: Casino) -> None:
    html = _page(casino).html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_every_colour_that_is_shown_has_a_value_for_light_and_dark(casino: Casino) -> None:
    used = set(re.findall(r'fill="var\(--([\w-]+)\)"', _page(casino).html))
    assert used <= set(_tokens(0))
    assert set(_tokens(0)) == set(_tokens(1))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_has_contrast_enough_on_every_ground_it_stands_on(theme: int) -> None:
    """4.5 to 1 at least, dark as carefully as light."""
    tokens = _tokens(theme)
    pairs = [
        (ink, ground)
        for ink in ("ink", "ink-quiet", "accent", "needs", "stops", "done", "estimate")
        for ground in ("surface", "card")
    ]
    pairs += [("ink", "sunken"), ("ink-quiet", "sunken"), ("ink", "changed")]
    pairs += [(name, f"{name}-ground") for name in ("needs", "stops", "done")]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-press"), ("card", "stops")]
    dim = {pair: _contrast(tokens[pair[0]], tokens[pair[1]]) for pair in pairs}
    assert not {pair: round(ratio, 2) for pair, ratio in dim.items() if ratio < 4.5}


def _tokens(theme: int) -> dict[str, str]:
    path = finders.find("tablebank/tokens.css")
    assert isinstance(path, str)
    found = TOKEN.findall(Path(path).read_text())
    return {name: values[theme] for name, *values in found}


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
