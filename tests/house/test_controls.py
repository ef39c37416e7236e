"""Every control has its standing, and what is claimed of one is shown by a test that names it."""

import re

import pytest

from tablebank.domain.controls import OUR_OWN_CHOICE, SHOWN_BY_TESTS, TAGS, Control, Standing
from tablebank.queries.controls.catalogue import GROUPS, groups, shown_by
from tests.house.controls import CITED, PAGE, SHOWN, marks, page_text, shown_text
from tests.house.source import ROOT, modules
from tests.house.test_rules import IN_FORCE, TO_COME

HOW_MANY = {
    "FIL": 23,
    "CRD": 10,
    "INV": 17,
    "SHF": 8,
    "XFR": 4,
    "DRP": 16,
    "CNT": 22,
    "WIN": 8,
    "STA": 6,
    "EXC": 6,
    "FRM": 4,
    "KEY": 2,
    "SYS": 15,
    "RET": 2,
}
"""How many controls each group has, numbered from 1 without a gap."""

CONTROLS = {each.id: each for group in groups() for each in group.controls}
TAGGED = re.compile(rf"\[(?:{'|'.join(TAGS)})\]$")
ASKED_ANEW = "make controls"


@pytest.mark.parametrize("code", GROUPS)
def test_no_control_is_missing(code: str) -> None:
    found = [each for each in CONTROLS if each.startswith(code)]
    assert found == [f"{code}-{number:02d}" for number in range(1, HOW_MANY[code] + 1)]


def test_every_group_is_there() -> None:
    assert set(GROUPS) == set(HOW_MANY)
    assert len(CONTROLS) == sum(HOW_MANY.values()) == 143


@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)
def test_a_control_says_where_it_comes_from_and_what_is_done(control: Control) -> None:
    """Each clause with how it was read; what it requires and what is done in whole sentences."""
    assert control.clauses
    for clause in control.clauses:
        assert TAGGED.search(clause) or clause.startswith(OUR_OWN_CHOICE), clause
    for said in (control.requires, control.how, control.rest or "."):
        assert said.endswith("."), said
        assert "  " not in said, said
    assert (control.issue is not None) is (control.standing is Standing.TO_COME)
    assert not set(control.rules) - IN_FORCE - TO_COME


@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)
def test_what_is_claimed_of_a_control_is_shown_by_a_test(control: Control) -> None:
    shown = marks().get(control.id, [])
    if control.standing in SHOWN_BY_TESTS:
        assert shown, f"no test names {control.id}"
    if control.standing is Standing.NOT_OURS:
        assert not shown, f"{control.id} is said to be not ours, and tests show it"


def test_nobody_names_a_control_that_does_not_exist() -> None:
    invented = {
        f"{module.name}: {each}"
        for module in modules()
        for each in CITED.findall(module.text)
        if each not in CONTROLS and not module.path.samefile(__file__)
    }
    assert not invented


def test_the_page_and_the_products_copy_are_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_text(), ASKED_ANEW
    assert SHOWN.read_text(encoding="utf-8") == shown_text(), ASKED_ANEW


def test_the_products_copy_names_tests_that_are_there() -> None:
    named = {each.partition("::")[0] for tests in shown_by().values() for each in tests}
    assert named
    assert all((ROOT / each).is_file() for each in named)
