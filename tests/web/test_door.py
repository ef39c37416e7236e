"""Signing in and out at a browser, and what is shown to nobody."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.at_table import AtTable
from tests.cast import Casino, found
from tests.web.browser import Browser, browser_of, read

PASSWORD = "a long-ish password"


@pytest.fixture(scope="module")
def manned() -> Casino:
    """A casino with somebody who has a password: Vera, a supervisor with badge 2900."""
    casino = found()
    asked = {"badge": "2900", "name": "Vera Vance", "roles": ["SUPERVISOR"], "password": PASSWORD}
    casino.ada.post("/staff", asked).must(201)
    return casino


def at_the_door(casino: Casino, password: str = PASSWORD, **more: str) -> tuple[Client, object]:
    client = Client()
    client.get("/sign-in")
    said = {"casino": casino.founded.slug, "badge": "2900", "password": password, **more}
    return client, client.post("/sign-in", said)


def test_who_gives_casino_badge_and_password_is_in(manned: Casino) -> None:
    client, response = at_the_door(manned)
    assert (response.status_code, response.headers["Location"]) == (302, "/floor")  # type: ignore[attr-defined]
    Browser(client).get("/floor").says("Vera Vance", "DEMO")


def test_a_wrong_password_and_an_unknown_badge_read_the_same(manned: Casino) -> None:
    """SIGN-4: nothing says which part was wrong; the badge stays typed, the password does not."""
    pages = []
    for more in ({"password": "not it"}, {"badge": "2999"}, {"casino": "no-such-house"}):
        client = Client()
        said = {"casino": manned.founded.slug, "badge": "2900", "password": PASSWORD, **more}
        page = read(client.post("/sign-in", said))
        assert page.status == 401
        assert said["badge"] in page.html
        assert said["password"] not in page.html
        pages.append(page.words)
    assert len(set(pages)) == 1
    assert "Casino, badge or password is not right." in pages[0]


def test_five_wrong_passwords_lock_the_badge_on_this_browser(manned: Casino) -> None:
    """SIGN-4."""
    asked = {"badge": "2901", "name": "Lou Lock", "roles": ["SUPERVISOR"], "password": PASSWORD}
    manned.ada.post("/staff", asked).must(201)
    client = Client()
    client.get("/sign-in")
    said = {"casino": manned.founded.slug, "badge": "2901"}
    for _ in range(5):
        client.post("/sign-in", {**said, "password": "not it"})
    locked = read(client.post("/sign-in", {**said, "password": PASSWORD}))
    assert locked.says("locked", "Try again in 15 min").status == 423
    other = Client()
    other.get("/sign-in")
    assert other.post("/sign-in", {**said, "password": PASSWORD}).status_code == 302


def test_the_session_is_a_new_one_and_the_device_stays_the_same(manned: Casino) -> None:
    client = Client()
    client.get("/sign-in")
    device = client.cookies["tb_device"]
    assert device["httponly"]
    assert device["samesite"] == "Lax"
    stale = client.session
    stale["left"] = "behind"
    stale.save()
    said = {"casino": manned.founded.slug, "badge": "2900", "password": PASSWORD}
    client.post("/sign-in", said)
    assert client.cookies["sessionid"].value != stale.session_key
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["tb_device"].value == device.value
    assert dict(client.session) == {
        "casino_id": manned.id,
        "staff_id": client.session["staff_id"],
    }


def test_signing_out_leaves_nothing(manned: Casino) -> None:
    client, _ = at_the_door(manned)
    client.post("/sign-out")
    assert client.get("/floor").status_code == 302
    assert "staff_id" not in client.session


def test_only_ever_led_back_to_our_own_pages(manned: Casino) -> None:
    _, home = at_the_door(manned, next="/floor?pit=Pit+1")
    assert home.headers["Location"] == "/floor?pit=Pit+1"  # type: ignore[attr-defined]
    for elsewhere in ("https://else.where/", "//else.where/", "javascript:alert(1)"):
        _, led = at_the_door(manned, next=elsewhere)
        assert led.headers["Location"] == "/floor"  # type: ignore[attr-defined]


def test_nobody_sees_a_page_without_signing_in(live: AtTable) -> None:
    client = Client()
    for path in ("/", "/floor", "/floor/tables", live.path, f"{live.path}/do/close"):
        asked = client.get(path, follow=True)
        assert asked.redirect_chain[-1][0].startswith("/sign-in")
    page = f"{live.path}/do/fill"
    asking = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    refreshed = client.get("/floor/tables", headers=asking)
    assert refreshed.headers["HX-Redirect"] == f"/sign-in?next={quote(page, safe='')}"


def test_somebody_who_left_is_led_to_the_door(manned: Casino) -> None:
    asked = {"badge": "2902", "name": "Gone Girl", "roles": ["SUPERVISOR"], "password": PASSWORD}
    person = manned.ada.post("/staff", asked).must(201)
    client, _ = at_the_door(manned, badge="2902")
    assert client.get("/floor").status_code == 200
    manned.ada.patch(f"/staff/{person['id']}", {"active": False}).must(200)
    assert client.get("/floor").headers["Location"].startswith("/sign-in")


def test_a_form_from_elsewhere_is_refused(live: AtTable) -> None:
    """CSRF: without the token of a page of ours nothing is done."""
    browser = browser_of(live.casino.sam, checks_csrf=True)
    page = browser.get(f"{live.path}/do/begin-closing")
    token = page.form.values.pop("csrfmiddlewaretoken")
    refused = browser.send(f"{live.path}/do/begin-closing", page.form.values)
    assert refused.says("This form is no longer valid here.").status == 403
    assert live.session()["phase"] == "OPEN"
    sent = {**page.form.values, "csrfmiddlewaretoken": token}
    browser.send(f"{live.path}/do/begin-closing", sent).says("Closing has begun")


def test_nothing_inline_and_no_other_host_is_allowed(live: AtTable) -> None:
    page = browser_of(live.casino.sam).get(live.path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in page.html
    assert "<script>" not in page.html
    assert "https://" not in page.html


def test_an_address_nobody_has_says_so(live: AtTable) -> None:
    page = browser_of(live.casino.sam).get("/no/such/page")
    assert page.says("There is no such page.", "DEMO").status == 404


@pytest.mark.parametrize("field", ["casino", "badge", "password"])
def test_a_character_that_no_row_holds_opens_no_door(manned: Casino, field: str) -> None:
    """SIGN-4: refused like anything else that is wrong, not broken by it."""
    said = {"casino": manned.founded.slug, "badge": "2900", "password": PASSWORD}
    given = Client().post("/sign-in", {**said, field: "x\x00y"})
    assert given.status_code == 401


def test_a_page_asked_with_such_a_character_is_not_there(live: AtTable) -> None:
    browser = browser_of(live.casino.pat)
    assert browser.client.get("/exceptions", {"kind": "a\x00"}).status_code == 404
    asked = {"key": "\x00", "chipset:10000": "20"}
    assert browser.client.post(f"{live.path}/do/request-fill", asked).status_code == 404
