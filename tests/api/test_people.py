"""People and what they prove themselves with: staff, PINs, tokens (SIGN-5, SIGN-4)."""

import pytest
from django.utils import timezone

from tablebank.commands.signing_in import sign_in
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable
from tests.cast import Casino, Person
from tests.line import API, Answer
from tests.say import chips


@pytest.fixture
def lee(casino: Casino) -> Person:
    """Somebody of the test's own."""
    return casino.hire(badge=casino.code("lee"), name="Lee", roles=["DEALER"], pin="515151")


def test_a_badge_is_one_persons(casino: Casino) -> None:
    """SIGN-1, SYS-02: taken once, also of who has left."""
    with nothing_changes(casino):
        asked = {"badge": "2001", "name": "Another Sam", "roles": ["DEALER"]}
        casino.ada.post("/staff", asked).must_refuse(409, "BADGE_TAKEN", badge="2001")


def test_every_role_can_be_hired_and_used(own: Casino) -> None:
    """LESSON-20: what a role may do is tried with people hired through the product, all of them."""
    for role, department in (
        ("DEALER", "pit"),
        ("SUPERVISOR", "pit"),
        ("PIT_MANAGER", "pit"),
        ("CASHIER", "cage"),
        ("CAGE_MANAGER", "cage"),
        ("RUNNER", "transport"),
        ("DROP_CREW", "count_room"),
        ("COUNT_TEAM", "count_room"),
        ("ACCOUNTING", "accounting"),
        ("SURVEILLANCE", "surveillance"),
        ("AUDITOR", "audit"),
        ("ADMIN", "admin"),
        ("SERVICE", "service"),
    ):
        person = own.hire(badge=role, name=role.title(), roles=[role], pin="121212")
        me = person.get("/me").must(200)
        assert (me["staff"]["roles"], me["staff"]["department"]) == ([role], department)


def test_a_person_is_changed_and_no_role_granted_to_oneself(casino: Casino, lee: Person) -> None:
    """SIGN-3, SYS-04: roles are an ADMIN's to give, and to no ADMIN by themselves."""
    asked = {"name": "Lee L.", "roles": ["DEALER", "SUPERVISOR"], "licence": "L-1"}
    changed = casino.ada.patch(f"/staff/{lee.id}", asked).must(200)
    assert {name: changed[name] for name in asked} == asked
    with nothing_changes(casino):
        answer = casino.ada.patch(f"/staff/{casino.ada.id}", {"roles": ["ADMIN", "ACCOUNTING"]})
        answer.must_refuse(422, "SIGNER_INVOLVED")


def test_nobody_puts_themselves_out(casino: Casino) -> None:
    """LESSON-20: so there is always an ADMIN left who can bring somebody in."""
    with nothing_changes(casino):
        answer = casino.ada.patch(f"/staff/{casino.ada.id}", {"active": False})
        answer.must_refuse(422, "SIGNER_INVOLVED")


def test_a_forgotten_password_is_set_anew(casino: Casino, lee: Person) -> None:
    """LESSON-20: who could never sign in can from then on; the password stands in no entry."""
    secret = "a new one for Lee"
    before = len(casino.ana.all_of("/journal"))
    casino.ada.patch(f"/staff/{lee.id}", {"password": "short"}).must_refuse(422, "SHAPE")
    casino.ada.patch(f"/staff/{lee.id}", {"password": secret}).must(200)
    entries = casino.ana.all_of("/journal")
    assert len(entries) == before + 1
    assert secret not in str(entries[-1])
    credential = sign_in(
        slug=casino.founded.slug,
        badge=lee.badge,
        password=secret,
        device="a browser",
        clock=timezone.now,
    )
    assert str(credential.staff_id) == lee.id


def test_a_pin_is_chosen_with_the_one_before(casino: Casino, lee: Person) -> None:
    """SIGN-5, SIGN-4: one's own with the old one; a wrong old one is a refused PIN."""
    path = f"/staff/{lee.id}/pin"
    for wrong in ({"pin": "616161"}, {"pin": "616161", "current_pin": "000000"}):
        lee.post(path, wrong).must_refuse(422, "SIGNATURE_REFUSED")
    casino.sam.post(path, {"pin": "616161"}).must_refuse(403, "ROLE_NOT_ALLOWED")
    lee.post(path, {"pin": "616161", "current_pin": "515151"}).must(200)
    casino.ada.post(path, {"pin": "717171"}).must(200)


def test_the_old_pin_is_no_more_to_be_guessed_than_a_signature(casino: Casino, lee: Person) -> None:
    """SIGN-4: five wrong in a row lock the badge on that device for choosing a PIN too."""
    path = f"/staff/{lee.id}/pin"
    for _ in range(5):
        lee.post(path, {"pin": "616161", "current_pin": "000000"})
    answer = lee.post(path, {"pin": "616161", "current_pin": "515151"})
    answer.must_refuse(423, "BADGE_LOCKED")
    casino.ada.post(f"/staff/{lee.id}/unlock").must(200)
    lee.post(path, {"pin": "616161", "current_pin": "515151"}).must(200)


def test_a_leaver_neither_calls_nor_signs(live: AtTable, lee: Person) -> None:
    """SIGN-1, SYS-05: who has left is unknown at once, on every door."""
    lee.get("/me").must(200)
    live.casino.ada.patch(f"/staff/{lee.id}", {"active": False}).must(200)
    lee.get("/me").must_refuse(401, "NOT_SIGNED_IN")
    asked = {"kind": "INTERIM", "chipset": chips("1 black")}
    answer = live.casino.sam.post(f"{live.path}/snapshots", asked, signed=[lee])
    answer.must_refuse(422, "SIGNATURE_REFUSED")
    live.casino.ada.post("/tokens", {"badge": lee.badge}).must_refuse(422, "REFERENCE_UNKNOWN")
    live.casino.ada.patch(f"/staff/{lee.id}", {"active": True}).must(200)
    lee.get("/me").must(200)


def test_a_revoked_token_opens_nothing(casino: Casino, lee: Person) -> None:
    """Tokens are hashed and revocable; revoking twice is revoking once."""
    token = next(each for each in casino.ada.all_of("/tokens") if each["badge"] == lee.badge)
    first = casino.ada.delete(f"/tokens/{token['id']}").must(200)
    assert first["revoked_at"] is not None
    lee.get("/me").must_refuse(401, "NOT_SIGNED_IN")
    lee.post("/sessions", {}).must_refuse(401, "NOT_SIGNED_IN")
    again = casino.ada.delete(f"/tokens/{token['id']}").must(200)
    assert again["revoked_at"] == first["revoked_at"]


def test_an_expired_token_opens_nothing(casino: Casino, lee: Person) -> None:
    """`expires_at` is by the real clock: it guards a door, not a game."""
    asked = {"badge": lee.badge, "expires_at": "2026-03-01T00:00:00Z"}
    expired = casino.ada.post("/tokens", asked).must(201)["token"]
    _with(lee, f"Bearer {expired}").must_refuse(401, "NOT_SIGNED_IN")
    asked = {"badge": lee.badge, "expires_at": "2999-01-01T00:00:00Z"}
    lasting = casino.ada.post("/tokens", asked).must(201)["token"]
    _with(lee, f"Bearer {lasting}").must(200)


def _with(person: Person, authorization: str | None) -> Answer:
    headers = {} if authorization is None else {"Authorization": authorization}
    return person.casino.line.send("GET", f"{API}/me", headers=headers, body=None)


BAD = (
    *(None, "", "Bearer", "Bearer ", "Bearer x", "Basic c2FtOnNhbQ==", "Bearer tb_x_y", "tb_x_y"),
    f"Bearer tb_{'0' * 32}_{'A' * 43}",
    "Bearer é\x7f",
)


@pytest.mark.parametrize("authorization", BAD)
def test_a_bad_credential_is_401(casino: Casino, authorization: str | None) -> None:
    """401, with the same words for every kind of bad; and what to send instead."""
    answer = _with(casino.ada, authorization)
    answer.must_refuse(401, "NOT_SIGNED_IN")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_with_a_letter_changed_is_no_token(casino: Casino) -> None:
    """Tokens are compared by hash, whole."""
    text = casino.ada.token
    changed = text[:-1] + ("A" if text[-1] != "A" else "B")
    _with(casino.ada, f"Bearer {changed}").must_refuse(401, "NOT_SIGNED_IN")
    _with(casino.ada, f"bearer {text}").must(200)


def test_a_token_shows_no_secret_in_lists(casino: Casino) -> None:
    """Only a new token's answer has its text."""
    for token in casino.ada.all_of("/tokens"):
        assert "token" not in token
        assert "secret_sha256" not in token
