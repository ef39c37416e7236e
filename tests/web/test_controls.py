"""The controls in the product: what is done about each, and the tests that show it."""

import re

import pytest

from tablebank.domain.controls import Standing
from tablebank.queries.controls.catalogue import groups, shown_by
from tablebank.web.pages.controls import TITLE
from tests.cast import Casino, found
from tests.web.browser import browser_of
from tests.web.spanish import spanish_of

CONTROLS = {each.id: each for group in groups() for each in group.controls}


@pytest.fixture(scope="module")
def casino(_database_is_real: None) -> Casino:
    return found()


def _ids(page: str) -> list[str]:
    return re.findall(r'<li class="control" id="([A-Z]+-\d+)"', page)


def test_an_auditor_reads_what_is_done_about_each_control(casino: Casino) -> None:
    """SYS-01: Every one, with what it requires, where from, what is done, and the tests."""
    page = browser_of(casino.art).get("/floor").says("Controls")
    page = browser_of(casino.art).get("/controls")
    assert _ids(page.html) == list(CONTROLS)
    for each in CONTROLS.values():
        page.says(each.id, each.requires, each.how, each.rest, *each.clauses)
        page.says(*(test.partition("::")[0] for test in shown_by().get(each.id, ())))


@pytest.mark.parametrize("standing", Standing)
def test_the_list_is_narrowed_by_standing(casino: Casino, standing: Standing) -> None:
    page = browser_of(casino.ana).get(f"/controls?standing={standing}")
    assert _ids(page.html) == [each.id for each in CONTROLS.values() if each.standing is standing]


def test_what_is_no_standing_narrows_nothing(casino: Casino) -> None:
    page = browser_of(casino.ada).get("/controls?standing=<b>")
    assert _ids(page.html) == list(CONTROLS)


def test_it_is_for_who_audits_keeps_the_books_or_the_system(casino: Casino) -> None:
    for person in (casino.sam, casino.dana, casino.casey, casino.tina):
        assert browser_of(person).get("/controls").status == 403
        browser_of(person).get("/floor").says_not("Controls")


def test_the_page_round_the_list_is_in_the_readers_language(casino: Casino) -> None:
    """The list itself is marked as English, for those to whom it is read aloud."""
    page = spanish_of(casino.art).get("/controls")
    page.says("Controles", "Esto no es asesoría jurídica")
    assert page.html.count('<strong lang="en">') == len(CONTROLS)


def test_a_program_reads_the_same(casino: Casino) -> None:
    """SYS-01: an auditor's own tools, too."""
    answer = casino.art.get("/controls").must(200)
    assert [each["id"] for each in answer["items"]] == list(CONTROLS)
    for each in answer["items"]:
        control = CONTROLS[each["id"]]
        assert (each["standing"], each["how"]) == (control.standing.value, control.how)
        assert each["tests"] == list(shown_by().get(control.id, ()))


def test_a_groups_title_is_the_same_on_the_page() -> None:
    assert {code: str(title) for code, title in TITLE.items()} == {
        each.code: each.title for each in groups()
    }
