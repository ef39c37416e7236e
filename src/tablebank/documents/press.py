"""From a sheet to a PDF, in this process: no other program, no other host, no font of the machine.

The typesetter is typst; its package carries the fonts. What a sheet says goes in as data and is
set as text, so nothing in it is ever read as markup. Packages are never fetched: the templates
import each other and nothing else, and the place where others would lie is empty.
"""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import segno
import typst

from tablebank.documents.report import ReportSheet
from tablebank.documents.sheet import Sheet, as_data

TEMPLATES = Path(__file__).parent / "templates"
_NOWHERE = TEMPLATES / "none"
"""Where packages would lie: there is no such place."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of the typesetter's own package: the same sheet on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def pdf_of(sheet: Sheet | ReportSheet, *, at: datetime) -> bytes:
    """The sheet with all its parts, one after the other; `at` is the instant it says it is of."""
    # The typesetter knows whole seconds only.
    made = _compiler(sheet).compile(format="pdf", timestamp=at.replace(microsecond=0))
    if not isinstance(made, bytes):
        raise RuntimeError("the typesetter gave no document back")
    return made


def pictures_of(sheet: Sheet | ReportSheet) -> list[bytes]:
    """The same, page by page, as PNG: to be looked at."""
    made = _compiler(sheet).compile(format="png", ppi=80)
    return made if isinstance(made, list) else [made or b""]


def _compiler(sheet: Sheet | ReportSheet) -> typst.Compiler:
    said = {"sheet": json.dumps(as_data(sheet)), "code": code_of(sheet.frame.code)}
    return typst.Compiler(
        input=TEMPLATES / f"{sheet.template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=said,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )


def code_of(address: str) -> str:
    """The square code of an address, as a drawing (ISO/IEC 18004, level M)."""
    return segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
