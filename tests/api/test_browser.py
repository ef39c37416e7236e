"""The API from a browser: the session's cookie, and for every command its CSRF token."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable
from tests.cast import Casino
from tests.line import API, Answer
from tests.say import chips

PASSWORD = "four black swans"


class Browser:
    """A browser with a cookie jar, in which somebody may be signed in."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def sign_in(self, casino: Casino, badge: str, password: str) -> int:
        self.client.get("/sign-in")
        form = {"casino": casino.founded.slug, "badge": badge, "password": password}
        return self.client.post("/sign-in", form, headers=self._csrf()).status_code

    def _csrf(self) -> dict[str, str]:
        return {"X-CSRFToken": self.client.cookies["csrftoken"].value}

    def get(self, path: str) -> Answer:
        given = self.client.get(f"{API}{path}")
        return Answer(given.status_code, dict(given.headers), given.content)

    def post(self, path: str, body: Any, *, csrf: bool = True, **headers: str) -> Answer:
        sent = {"Idempotency-Key": str(uuid4()), **headers}
        given = self.client.post(
            f"{API}{path}",
            json.dumps(body),
            content_type="application/json",
            headers={**sent, **(self._csrf() if csrf else {})},
        )
        return Answer(given.status_code, dict(given.headers), given.content)


@pytest.fixture
def badge(casino: Casino) -> str:
    """A supervisor with a password."""
    mine = casino.code("web")
    asked = {"badge": mine, "name": "Wes", "roles": ["SUPERVISOR"], "password": PASSWORD}
    casino.ada.post("/staff", asked).must(201)
    return mine


@pytest.fixture
def browser(casino: Casino, badge: str) -> Browser:
    """A browser in which that supervisor is signed in."""
    opened = Browser()
    assert opened.sign_in(casino, badge, PASSWORD) == 302
    return opened


def test_a_session_reads_without_more(browser: Browser, badge: str) -> None:
    """The browser's cookie says who."""
    assert browser.get("/me").must(200)["staff"]["badge"] == badge


def test_a_command_needs_the_csrf_token(browser: Browser, live: AtTable) -> None:
    """A page of another site has the cookie, but not the token."""
    asked = {"chipset": chips("1 black")}
    with nothing_changes(live.casino):
        answer = browser.post(f"{live.path}/fills", asked, csrf=False)
        answer.must_refuse(403, "CSRF_FAILED")
        wrong = {"X-CSRFToken": "x" * 64}
        answer = browser.post(f"{live.path}/fills", asked, csrf=False, **wrong)
        answer.must_refuse(403, "CSRF_FAILED")
    slip = browser.post(f"{live.path}/fills", asked).must(201)
    signed = slip["history"][0]["signatures"]
    assert [(each["role"], each["method"]) for each in signed] == [("SUPERVISOR", "SESSION")]


def test_a_token_needs_no_csrf_token(live: AtTable) -> None:
    """Programs send a bearer token and no cookie; a cookie beside it changes nothing."""
    browser = Browser()
    browser.client.get("/sign-in")
    answer = browser.post(
        f"{live.path}/fills",
        {"chipset": chips("1 black")},
        csrf=False,
        Authorization=f"Bearer {live.casino.sam.token}",
    )
    answer.must(201)


def test_a_bad_token_is_not_saved_by_the_cookie(browser: Browser) -> None:
    """A credential that is sent and bad is refused, whoever is signed in."""
    given = browser.client.get(f"{API}/me", headers={"Authorization": "Bearer tb_x"})
    assert given.status_code == 401


def test_a_browser_nobody_signed_in_at_is_401(casino: Casino, badge: str) -> None:
    """SIGN-4: a wrong password signs nobody in."""
    stranger = Browser()
    stranger.get("/me").must_refuse(401, "NOT_SIGNED_IN")
    assert stranger.sign_in(casino, badge, "not that") != 302
    stranger.get("/me").must_refuse(401, "NOT_SIGNED_IN")


def test_a_leaver_is_out_at_once(casino: Casino) -> None:
    """The session is looked up at every request."""
    mine = casino.code("web")
    asked = {"badge": mine, "name": "Wim", "roles": ["DEALER"], "password": PASSWORD}
    person = casino.ada.post("/staff", asked).must(201)
    opened = Browser()
    assert opened.sign_in(casino, mine, PASSWORD) == 302
    opened.get("/me").must(200)
    casino.ada.patch(f"/staff/{person['id']}", {"active": False}).must(200)
    opened.get("/me").must_refuse(401, "NOT_SIGNED_IN")


def test_pins_are_counted_on_the_browser(browser: Browser, live: AtTable) -> None:
    """SIGN-4: a device is the browser's cookie: five wrong lock the badge here, not there."""
    casino = live.casino
    lou = casino.hire(badge=casino.code("lou"), name="Lou", roles=["DEALER"], pin="771177")
    asked = {"kind": "INTERIM", "chipset": {}}
    path = f"{live.path}/snapshots"
    for _ in range(5):
        wrong = {**asked, "signatures": [{**lou.signs(), "pin": "000000"}]}
        browser.post(path, wrong).must_refuse(422, "SIGNATURE_REFUSED")
    right = {**asked, "signatures": [lou.signs()]}
    browser.post(path, right).must_refuse(423, "BADGE_LOCKED")
    casino.sam.post(path, asked, at=live.when(None), signed=[lou]).must(201)


def test_refused_sign_ins_are_journalled(casino: Casino, badge: str) -> None:
    """JRN-1: each leaves an entry, without what was typed as a password."""
    head = casino.art.get("/journal/verify")["entries"]
    Browser().sign_in(casino, badge, "not that one")
    entries = casino.art.get("/journal", after=head).must(200)["items"]
    assert [each["command"] for each in entries] == ["refuse_sign_in"]
    assert "not that one" not in json.dumps(entries)
