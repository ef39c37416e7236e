"""People on the pages: made in every role, changed, locked and unlocked; PINs and tokens."""

from typing import Any

import pytest

from tests.cast import Casino, Person
from tests.web.browser import Browser, Page, browser_of, filled


def _form(slug: str, subject: Any = None) -> str:
    return f"/settings/do/{slug}/{subject}" if subject else f"/settings/do/{slug}"


# -- people ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["DEALER", "CASHIER", "RUNNER", "DROP_CREW", "COUNT_TEAM", "ACCOUNTING", "SERVICE"]
)
def test_every_role_is_made_through_the_page(own: Casino, ada: Browser, role: str) -> None:
    """LESSON-20: the role that confirms can be created in production, and its person signs in."""
    typed = {
        "badge": f"b-{role}",
        "name": "Lee Lane",
        f"roles:{role}": "yes",
        "pin": "246810",
        "password": "a long enough one",
    }
    page = ada.fill_in(_form("add-person"), typed)
    page.says("The person is added.", "Lee Lane", "serves only to choose one's own")
    page.says_not("246810", "a long enough one")
    person = next(each for each in own.ada.all_of("/staff") if each["badge"] == f"b-{role}")
    assert person["roles"] == [role]
    door = Browser(browser_of(own.ada).client.__class__())
    entered = door.send(
        "/sign-in",
        {"casino": own.founded.slug, "badge": f"b-{role}", "password": "a long enough one"},
    )
    assert "Lee Lane" in entered.words


def _hired(casino: Casino) -> Person:
    code = casino.code("lee")
    return casino.hire(badge=code, name="Lee Lane", roles=["DEALER"], pin="515151")


def test_a_person_is_changed_and_nobody_grants_themselves(own: Casino, ada: Browser) -> None:
    """SIGN-3, SYS-04."""
    lee = _hired(own)
    path = _form("change-person", lee.id)
    page = ada.fill_in(path, {"roles:SUPERVISOR": "yes", "licence": "L-77", "remark": "promoted"})
    page.says("The person is changed.", "Dealer, Supervisor", "L-77", "“promoted”")
    page.says("Roles: Dealer, Supervisor instead of Dealer")
    none = ada.fill_in(path, {"roles:SUPERVISOR": "", "roles:DEALER": ""})
    assert none.says("Choose at least one.").status == 422
    assert not [
        name
        for name in ada.get(_form("change-person", own.ada.id)).form.kinds
        if name.startswith("roles")
    ]
    own_page = ada.get(f"/settings/people/{own.ada.id}")
    own_page.says("To change your own, open").says_not("Deactivate", "Set a first PIN")


def test_a_long_list_is_searched(own: Casino, ada: Browser) -> None:
    """A person is found by badge, name or role, with or without a script."""
    for index in range(13):
        asked = {"badge": f"x{index}", "name": f"Extra {index}", "roles": ["RUNNER"]}
        own.ada.post("/staff", asked).must(201)
    ada.get("/settings/people").says("Extra 12", "Ada Ames", "Find")
    ada.get("/settings/people?find=extra+7").says("Extra 7").says_not("Extra 12")
    ada.get("/settings/people?find=RUNNER").says("Extra 12").says_not("Ada Ames 9001")
    ada.get("/settings/people?find=nobody").says("Nothing here with “nobody”.")


def test_a_person_is_deactivated_and_back(own: Casino, ada: Browser) -> None:
    """A grave step asks once; who has left is unknown at once."""
    lee = _hired(own)
    asked = ada.get(_form("deactivate-person", lee.id))
    asked.says("They can no longer sign in or sign", "What they signed stays.")
    lee.get("/me").must(200)
    ada.fill_in(_form("deactivate-person", lee.id)).says("The person is deactivated.", "Reactivate")
    lee.get("/me").must_refuse(401, "NOT_SIGNED_IN")
    ada.fill_in(_form("reactivate-person", lee.id)).says("works here again", "Deactivate")
    lee.get("/me").must(200)


def test_a_pin_set_by_an_admin_is_called_that(own: Casino, ada: Browser) -> None:
    """SIGN-5: whose PIN it is can be seen; the PIN never."""
    lee = _hired(own)
    ada.get(f"/settings/people/{lee.id}").says("PIN Chosen by themselves")
    path = _form("set-pin", lee.id)
    page = ada.fill_in(path, {"pin": "717171", "pin_again": "717172"})
    assert page.says("This is not the same PIN.").status == 422
    assert "717171" not in page.html
    assert ada.fill_in(path, {"pin": "12", "pin_again": "12"}).says("4 to 12 digits.").status == 422
    page = ada.fill_in(path, {"pin": "717171", "pin_again": "717171"})
    page.says("The PIN is set.", "PIN Set by someone else: serves only to choose one's own")
    browser_of(lee).get("/me").says("it serves only to choose your own")


def test_a_secret_sent_again_says_that_it_took_effect_then(own: Casino, ada: Browser) -> None:
    """IDEM-1: a PIN is in no hash, so another one under a used key would not be kept."""
    lee = _hired(own)
    path = _form("set-pin", lee.id)
    values = filled(ada.get(path).form, {"pin": "717171", "pin_again": "717171"})
    ada.send(path, values).says("The PIN is set.")
    other = {**values, "pin": "818181", "pin_again": "818181"}
    ada.send(path, other).says("This form had arrived before, and took effect then.")


def test_a_forgotten_password_is_set(own: Casino, ada: Browser) -> None:
    lee = _hired(own)
    ada.get(f"/settings/people/{lee.id}").says("Password None: cannot sign in")
    path = _form("set-password", lee.id)
    assert ada.fill_in(path, {"password": "short"}).says("8 to 200 characters.").status == 422
    page = ada.fill_in(path, {"password": "a long enough one"})
    page.says("The password is set.", "Password Set", "Password set").says_not("a long enough one")


def test_a_locked_badge_is_unlocked_by_a_manager_too(own: Casino, ada: Browser) -> None:
    """SIGN-4, LESSON-21: the pit manager, who may unlock, has a page that reaches it."""
    lee = _hired(own)
    pat = browser_of(own.pat)
    pat.get("/settings/locks").says("No badge is locked.")
    for _ in range(5):
        lee.post(f"/staff/{lee.id}/pin", {"pin": "616161", "current_pin": "000000"})
    ada.get(f"/settings/people/{lee.id}").says("locked until", "Unlock badge")
    pat.get("/settings/locks").says("Lee Lane", lee.badge)
    assert pat.get(f"/settings/people/{lee.id}").status == 403
    pat.fill_in(_form("unlock-badge", lee.id)).says("The badge is unlocked.", "No badge is locked.")
    lee.post(f"/staff/{lee.id}/pin", {"pin": "616161", "current_pin": "515151"}).must(200)


# -- one's own PIN ---------------------------------------------------------------------------------


def test_everybody_chooses_their_own_pin(own: Casino) -> None:
    """SIGN-5: with the one before, typed twice, echoed never."""
    lee = _hired(own)
    browser = browser_of(lee)
    page = browser.get("/me")
    page.says("Your PIN", "Lee Lane", "Dealer", "Current PIN", "You chose your PIN yourself.")
    typed = {"current_pin": "515151", "pin": "626262", "pin_again": "626262"}
    wrong = browser.fill_in("/me", {**typed, "current_pin": "999999"})
    assert wrong.says("Badge or PIN is not right.").status == 422
    twice = browser.fill_in("/me", {**typed, "pin_again": "626263"})
    assert twice.says("This is not the same PIN.").status == 422
    for each in (wrong, twice):
        assert not any(secret in each.html for secret in ("515151", "626262", "626263", "999999"))
    browser.fill_in("/me", typed).says("Your PIN is chosen.")
    lee.post(f"/staff/{lee.id}/pin", {"pin": "515151", "current_pin": "626262"}).must(200)


def test_a_first_pin_needs_none_before_it(own: Casino) -> None:
    code = own.code("lee")
    lee = own.hire(badge=code, name="Lee Lane", roles=["DEALER"], pin=None)
    browser = browser_of(lee)
    browser.get("/me").says("You have no PIN yet").says_not("Current PIN")
    browser.fill_in("/me", {"pin": "626262", "pin_again": "626262"}).says("Your PIN is chosen.")


# -- tokens ----------------------------------------------------------------------------------------


def _token_in(page: Page) -> str:
    return page.html.split('class="token-text" value="')[1].split('"')[0]


def test_a_token_is_shown_once_and_revoked(own: Casino, ada: Browser) -> None:
    """02: a program's token, shown once, hashed, revocable; replayed without its text."""
    iris = own.iris
    path = _form("create-token")
    values = filled(ada.get(path).form, {"badge": iris.badge})
    page = ada.send(path, values)
    assert page.says("It is shown this once.").status == 200
    text = _token_in(page)
    assert text.startswith("tb_")
    assert "no-store" in page.headers["Cache-Control"]
    again = ada.send(path, values).says("its text was shown once")
    for each in (again, ada.get("/settings/tokens"), ada.get(path)):
        assert text not in each.html
    program = own.iris.__class__(
        **{n: getattr(iris, n) for n in iris.__slots__ if n != "token"}, token=text
    )
    program.get("/me").must(200)
    token = own.ada.all_of("/tokens")[-1]
    ada.get(_form("revoke-token", token["id"])).says("refused from now on, for good.")
    ada.fill_in(_form("revoke-token", token["id"])).says("The token is revoked.", "Revoked")
    program.get("/me").must_refuse(401, "NOT_SIGNED_IN")
