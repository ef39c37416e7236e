"""The jurisdiction profile in the settings: what holds, where from, and choosing another."""

from tests.at_table import a_table
from tests.cast import Casino
from tests.web.browser import browser_of


def test_a_profile_is_chosen_on_its_page(own: Casino) -> None:
    """LESSON-21: with its rules, their clauses, and what is set otherwise."""
    ada = browser_of(own.ada)
    ada.get("/settings").says("Jurisdiction profile", "Generic (NIGC 542 template)")
    page = ada.get("/settings/profile").says(
        "Template, confirm with your regulator", "At least 2 people", "25 CFR 542.31(c)(1)"
    )
    typed = {"profile": "WA_HOUSE_BANKED", "reason": "the licence"}
    page = ada.fill_in(page.links["Choose profile"], typed)
    page.says("The jurisdiction profile is chosen.", "Washington, house-banked card rooms")
    page.says("At least 3 people", "dealer + supervisor", "Set otherwise: credit flow")
    page.says("Opening variance from $200", "within 24 hours", "WAC 230-15-495(5)(g)")
    page.says("the licence")


def test_others_read_it_and_choose_none(own: Casino) -> None:
    page = browser_of(own.sam).get("/settings/profile").says("Generic (NIGC 542 template)")
    assert "Choose profile" not in page.links
    assert browser_of(own.sam).get("/settings/do/choose-profile").status == 403


def test_forms_ask_for_whom_the_profile_asks(own: Casino) -> None:
    """SIGN-3, CNT-01: a third of the team, and somebody of security on an emergency drop."""
    table = a_table(own)
    table.open_table()
    own.ada.post("/profile", {"profile": "KS_OH_STYLE"}, at=own.tick()).must(201)
    drop = table.drop()
    table.custody()
    form = browser_of(own.tina).get(f"{table.path}/do/count-box/{drop['id']}").form
    assert {"sign:0:badge", "sign:1:badge", "sign:2:badge"} <= set(form.kinds)
    slip = table.issue(table.ask_fill("1 black"))
    page = browser_of(own.casey).get(f"{table.path}/do/void-slip/{slip['id']}")
    page.says("asked for by the profile")
