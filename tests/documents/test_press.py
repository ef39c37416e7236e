"""The typesetter: the same sheet gives the same form, from what is installed with it alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tablebank.documents.press import TEMPLATES, pdf_of
from tablebank.documents.sheet import Frame, Part, Place, Sheet
from tests.printed import pages_of

AT = datetime(2026, 3, 2, 19, 5, 7, 123_456, tzinfo=UTC)
SHEET = Sheet(
    template="slip",
    frame=Frame(
        property="Silver Heron",
        demo="",
        language="en",
        paper="us-letter",
        printed="Printed 2026-03-02",
        version="Tablebank",
        page_word="Page",
        code="https://heron.example/slips/1",
    ),
    band="fill",
    heading="FILL",
    title="Fill slip",
    number="F-2026-000001",
    number_label="No.",
    fields=[("Pit", "1")],
    target=None,
    notes=[],
    lines=None,
    statements=[],
    places=[Place(role="Cashier")],
    parts=[Part(name="Part 1 of 1", recipient="Cage")],
)


def test_the_same_sheet_is_the_same_form() -> None:
    """SYS-14: what is printed anew from the same record can be compared with the first."""
    assert pdf_of(SHEET, at=AT) == pdf_of(SHEET, at=AT)
    assert pdf_of(replace(SHEET, number="F-2026-000002"), at=AT) != pdf_of(SHEET, at=AT)


def test_names_of_any_script_are_set() -> None:
    """A name the fonts have no letters for does not stop the form."""
    names = "Зоя, Ελένη, محمد, 北京, \N{SLIGHTLY SMILING FACE}, \x00"
    page = pages_of(pdf_of(replace(SHEET, fields=[("Requested by", names)]), at=AT))[0]
    page.says("Зоя, Ελένη", "Cage")


def test_templates_fetch_nothing_and_say_nothing() -> None:
    """No package of another host, no file from elsewhere, no words that would stay untranslated."""
    found = sorted(TEMPLATES.glob("*.typ"))
    assert found
    for template in found:
        text = Path(template).read_text(encoding="utf-8")
        assert "@preview" not in text
        imports = [line for line in text.splitlines() if line.strip().startswith("#import")]
        assert imports in ([], ['#import "form.typ": *'])
