"""The controls as they are kept beside this module, read once: the same for every casino."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from tablebank.domain.controls import Control, Group, Standing

GROUPS = (
    *("FIL", "CRD", "INV", "SHF", "XFR", "DRP", "CNT", "WIN", "STA", "EXC", "FRM", "KEY"),
    *("SYS", "RET"),
)
"""The groups in the order in which they are shown, each in a file of its name."""

SHORT_FORMS: Mapping[str, str] = {
    "542.x, 543.x": "25 CFR 542 and 543 (542 has not bound anyone by itself since 2018 [M])",
    "543.16": "the IT text of 2008, later replaced by 543.20",
    "NJ 1.22": "N.J.A.C. 13:69D-1.22",
    "PA": "58 Pa. Code",
    "WAC 525": "WAC 230-15-525",
    "K.A.R.": "Kansas Administrative Regulations",
    "LA III.x": "LAC 42:III.x",
    "COMAR .25, .43": "COMAR 36.05.03.25, 36.03.10.43",
    "Iowa 12.x": "Iowa Admin. Code 491-12.x",
    "68 IAC": "Indiana Administrative Code",
    "DE": "10 Del. Admin. Code",
    "SD": "S.D. Admin. R.",
    "CO 30-9xx": "1 CCR 207-1-9",
    "MS 13-7-x, 35-5-x": "Mississippi Titles 13 and 35",
    "NY": "9 NYCRR",
    "Ohio": "Ohio Admin. Code",
    "NV TG MICS": "Nevada table games minimum internal control standards",
}
"""How the clauses are cited: short form, and what it stands for."""

_HERE = files("tablebank.queries.controls")


@cache
def groups() -> tuple[Group, ...]:
    """Every group with its controls."""
    return tuple(_group(code) for code in GROUPS)


@cache
def shown_by() -> Mapping[str, tuple[str, ...]]:
    """The tests that show each control, by its id: `tests/api/test_slips.py::test_…`."""
    kept = json.loads((_HERE / "shown.json").read_text(encoding="utf-8"))
    return {each: tuple(tests) for each, tests in kept.items()}


def _group(code: str) -> Group:
    kept = tomllib.loads((_HERE / f"{code.lower()}.toml").read_text(encoding="utf-8"))
    controls = tuple(_control(each) for each in kept["control"])
    return Group(code=code, title=kept["title"], controls=controls)


def _control(kept: Mapping[str, Any]) -> Control:
    return Control(
        id=kept["id"],
        requires=kept["requires"].strip(),
        clauses=tuple(kept["clauses"]),
        standing=Standing(kept["standing"].upper().replace(" ", "_")),
        how=kept["how"].strip(),
        rest=kept.get("rest", "").strip(),
        rules=tuple(kept.get("rules", ())),
        issue=kept.get("issue"),
    )
