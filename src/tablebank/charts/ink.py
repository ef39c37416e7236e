"""The colours of a chart on a light page, a dark one, and on paper: those of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """What each mark is drawn with, and the `ground` it stands on, which shows through."""

    ground: str
    strong: str
    quiet: str
    line: str
    accent: str
    estimate: str
    needs: str


LIGHT = Ink(
    ground="#f5f6f7",
    strong="#14181c",
    quiet="#4d5862",
    line="#d5dade",
    accent="#1a56b0",
    estimate="#45607a",
    needs="#8a4b00",
)
DARK = Ink(
    ground="#101417",
    strong="#e9edf0",
    quiet="#a7b2bc",
    line="#2d353d",
    accent="#86b4f5",
    estimate="#9fb8cf",
    needs="#f0b352",
)
PAPER = replace(LIGHT, ground="#ffffff")
INKS: Mapping[str, Ink] = {"light": LIGHT, "dark": DARK, "paper": PAPER}
"""By the theme a picture is asked for."""
