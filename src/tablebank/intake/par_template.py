"""The sheet to begin with: headings that are known for sure, and tables as examples."""

import csv
import io

HEADINGS = (
    "table",
    "pit",
    "game_type",
    "limits",
    "need_total",
    "stability",
    "pain_points",
    "notes",
)

_EXAMPLES = (
    ("BJ-01", "Pit 1", "Blackjack", "$25-5,000", "$25,000.00", "stable", "", ""),
    (
        "RL-01",
        "Pit 1",
        "Roulette",
        "$10-1,000",
        "$40,000.00",
        "day or shift dependent",
        "frequent fills",
        "High limit at weekends",
    ),
    ("BC-01", "Pit 2", "Baccarat", "$100-10,000", "", "", "", "No target yet: left empty"),
)


def template_csv() -> str:
    """A par sheet as CSV text, with headings and three examples to write over (PAR-8)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(_EXAMPLES)
    return text.getvalue()
