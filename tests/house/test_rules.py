"""Every rule in force has a page and a test; nobody cites a rule that does not exist.

`docs/rules/index.md` lists the rules, `docs/lessons.md` the lessons; both by id.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, Module, modules, package_modules

RULES = ROOT / "docs" / "rules"
LESSONS = ROOT / "docs" / "lessons.md"
FAMILIES = (
    "TIME|CHIP|SIGN|SESS|SNAP|SLIP|BACK|BOX|SOFT|CLOSE|RUN|SHIFT|DAY|BASE"
    "|PAR|SUGG|FIND|JRN|TEN|IDEM"
)
CITED = re.compile(rf"\b(?:{FAMILIES}|LESSON)-\d+\b")


def _listed(page: Path, heading: str) -> set[str]:
    """The ids in the first column of a page's table under a heading."""
    text = page.read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| ([A-Z]+-\d+) \|", section, re.MULTILINE))


RULES_IN_FORCE = _listed(RULES / "index.md", "In force")
IN_FORCE = RULES_IN_FORCE | _listed(LESSONS, "In force")
TO_COME = _listed(RULES / "index.md", "To come") | _listed(LESSONS, "To come")


def _cited_in_docstrings(module: Module) -> set[str]:
    """The ids named in the docstrings of a module, its classes, functions and fields."""
    return {
        found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for found in CITED.findall(node.value.value)
    }


def _cited_in_tests() -> set[str]:
    mine = ROOT / "tests" / "house"
    return {
        found
        for module in modules()
        if module.path.is_relative_to(ROOT / "tests") and not module.path.is_relative_to(mine)
        for found in CITED.findall(module.text)
    }


def test_no_rule_is_both_in_force_and_to_come() -> None:
    assert len(IN_FORCE) > len(RULES_IN_FORCE) > 0
    assert not IN_FORCE & TO_COME


@pytest.mark.parametrize("rule", sorted(RULES_IN_FORCE))
def test_every_rule_in_force_is_explained(rule: str) -> None:
    """On a page of docs/rules other than the index, or in a docstring beside the code."""
    pages = [page for page in RULES.glob("*.md") if page.name != "index.md"]
    on_a_page = any(re.search(rf"\b{rule}\b", page.read_text(encoding="utf-8")) for page in pages)
    in_the_code = any(rule in _cited_in_docstrings(module) for module in package_modules())
    assert on_a_page or in_the_code


def test_every_rule_in_force_is_tried_by_a_test() -> None:
    untried = sorted(IN_FORCE - _cited_in_tests())
    assert not untried, f"no test names {untried}"


def test_nobody_cites_a_rule_that_does_not_exist() -> None:
    known = IN_FORCE | TO_COME
    invented = {
        f"{module.name}: {rule}"
        for module in modules()
        if not module.path.samefile(__file__)
        for rule in CITED.findall(module.text)
        if rule not in known
    }
    assert not invented
