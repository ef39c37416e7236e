"""The marks of the controls: which tests show each, read from their docstrings, and written down.

A test shows a control by naming it (`FIL-05`) in its docstring, as it names a rule. `make controls`
writes `docs/controls.md`, for people, and `shown.json` beside the catalogue, for the product.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from tablebank.domain.controls import TAGS, Control, Standing
from tablebank.queries.controls.catalogue import GROUPS, SHORT_FORMS, groups
from tests.house.source import PACKAGE, ROOT, Module, modules

PAGE = ROOT / "docs" / "controls.md"
SHOWN = PACKAGE / "queries" / "controls" / "shown.json"
CITED = re.compile(rf"\b(?:{'|'.join(GROUPS)})-\d+\b")

STANDING: Mapping[Standing, tuple[str, str]] = {
    Standing.ENFORCED: (
        "enforced",
        "it cannot be done otherwise, or what is otherwise is an exception that holds something up",
    ),
    Standing.EVIDENCED: ("evidenced", "people do it, and a record is kept that proves it"),
    Standing.NOT_OURS: ("not ours", "another system's or the house's; it is said whose"),
    Standing.TO_COME: ("to come", "not yet, or not yet whole; the issue that builds it is named"),
}

_ANSWER: Mapping[Standing, str] = {
    Standing.ENFORCED: "The software",
    Standing.EVIDENCED: "The software",
    Standing.NOT_OURS: "Why not",
    Standing.TO_COME: "So far, or as it will be",
}

HEAD = """\
# Controls

What regulators ask of a table bank, and how far Tablebank answers for it: each control with the
clauses it comes from, what the software does, where that ends, and the tests that fail when it no
longer does it. Auditors read the same in the product, at `/controls`.

This is not legal advice. Requirements are in our own words, and a clause is as good as how it was
read, which is said behind each:

"""
FOOT_OF_HEAD = """\
Made by `make controls` from the catalogue (`src/tablebank/queries/controls`) and the docstrings of
the tests; it is not written by hand.
"""


def tests() -> Iterator[tuple[Module, ast.FunctionDef]]:
    """Every test function, with the module it stands in."""
    for module in modules():
        if module.path.name.startswith("test_") and module.path.is_relative_to(ROOT / "tests"):
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield module, node


def marks() -> dict[str, list[str]]:
    """The tests that name each control, by its id, in the order of their files."""
    found: dict[str, list[str]] = {}
    for module, test in tests():
        for each in dict.fromkeys(CITED.findall(ast.get_docstring(test) or "")):
            found.setdefault(each, []).append(f"{module.name}::{test.name}")
    return found


def shown_text() -> str:
    """What the product is told of the tests."""
    return json.dumps(dict(sorted(marks().items())), indent=1) + "\n"


def page_text() -> str:
    """`docs/controls.md`, whole."""
    shown = marks()
    parts = [HEAD, *(f"- **[{tag}]**: {said}\n" for tag, said in TAGS.items()), "\n", FOOT_OF_HEAD]
    parts.append(f"\n## Standing\n\n{_table(_standings())}")
    parts.append(f"\n## How clauses are cited\n\n{_table(_short_forms())}")
    for group in groups():
        parts.append(f"\n## {group.title}\n")
        parts += [_told(each, tests=shown.get(each.id, [])) for each in group.controls]
    return "".join(parts)


def _table(rows: Iterator[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(row) + " |\n" for row in rows]
    lines.insert(1, "|---" * lines[0].count(" | ") + "|---|\n")
    return "".join(lines)


def _standings() -> Iterator[tuple[str, ...]]:
    counted = Counter(each.standing for group in groups() for each in group.controls)
    yield ("standing", "controls", "what it means")
    for standing, (name, means) in STANDING.items():
        yield (name, str(counted[standing]), means)
    yield ("all", str(counted.total()), "")


def _short_forms() -> Iterator[tuple[str, ...]]:
    yield ("short", "is")
    yield from SHORT_FORMS.items()


def _told(control: Control, *, tests: list[str]) -> str:
    standing = STANDING[control.standing][0]
    if control.issue is not None:
        standing += f" (issue {control.issue})"
    lines = [
        f"- Clauses: {'; '.join(control.clauses)}",
        f"- {_ANSWER[control.standing]}: {control.how}",
    ]
    if control.rest:
        lines.append(f"- Limits: {control.rest}")
    if control.rules:
        lines.append(f"- Rules: {', '.join(control.rules)}")
    if tests:
        lines.append(f"- Tests: {', '.join(map(_link, tests))}")
    return f"\n### {control.id}\n\n{control.requires} **{standing}**\n\n" + "\n".join(lines) + "\n"


def _link(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../{file})"


def write() -> None:
    """Write both anew."""
    PAGE.write_text(page_text(), encoding="utf-8")
    SHOWN.write_text(shown_text(), encoding="utf-8")


if __name__ == "__main__":
    write()
