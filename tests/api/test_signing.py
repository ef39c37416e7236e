"""Signatures over HTTP: badge and PIN, one device, five wrong in a row (SIGN-1, SIGN-4)."""

from typing import Any

import pytest

from tablebank.store.guards import GUARDS
from tablebank.store.scope import casino_view
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, Person, found
from tests.line import Answer
from tests.say import chips


@pytest.fixture
def lou(casino: Casino) -> Person:
    """A dealer of the test's own, whose badge may be locked."""
    return casino.hire(badge=casino.code("lou"), name="Lou", roles=["DEALER"], pin="771177")


def _count(live: AtTable, *signed: Any, by: Person | None = None, **how: Any) -> Answer:
    asked = {"kind": "INTERIM", "chipset": chips("5 black")}
    path = f"{live.path}/snapshots"
    return (by or live.casino.sam).post(path, asked, at=live.when(None), signed=signed, **how)


def _wrong(person: Person) -> dict[str, str]:
    return {**person.signs(), "pin": "000000"}


def test_a_wrong_pin_is_refused_without_saying_what_was_wrong(live: AtTable, lou: Person) -> None:
    """SIGN-4: a wrong PIN, an unknown badge and a leaver are refused in the very same words."""
    gone = live.casino.hire(
        badge=live.casino.code("gone"), name="Gus", roles=["DEALER"], pin="313131"
    )
    live.casino.ada.patch(f"/staff/{gone.id}", {"active": False}).must(200)
    answers = [
        _count(live, _wrong(lou)),
        _count(live, {"role": "DEALER", "badge": "no-such-badge", "pin": "771177"}),
        _count(live, gone),
    ]
    for answer in answers:
        answer.must_refuse(422, "SIGNATURE_REFUSED")
    assert len({answer.text for answer in answers}) == 1


def test_five_wrong_pins_lock_the_badge_on_that_device(live: AtTable, lou: Person) -> None:
    """SIGN-4: 423 with how long, although the PIN is right now; not on another device."""
    for _ in range(5):
        _count(live, _wrong(lou)).must_refuse(422, "SIGNATURE_REFUSED")
    answer = _count(live, lou)
    seconds = answer.must_refuse(423, "BADGE_LOCKED")["facts"]["retry_after_seconds"]
    assert 0 < seconds <= 15 * 60
    assert answer.headers["Retry-After"] == str(seconds)
    _count(live, lou, by=live.casino.sue).must(201)
    _count(live, live.casino.dana).must(201)


def test_four_wrong_and_one_right_begin_anew(live: AtTable, lou: Person) -> None:
    """SIGN-4: five in a row."""
    for _ in range(4):
        _count(live, _wrong(lou)).must_refuse(422, "SIGNATURE_REFUSED")
    _count(live, lou).must(201)
    for _ in range(4):
        _count(live, _wrong(lou)).must_refuse(422, "SIGNATURE_REFUSED")
    _count(live, lou).must(201)


def test_a_lockout_is_journalled_and_a_finding(live: AtTable, lou: Person) -> None:
    """SIGN-4, JRN-1: each wrong PIN leaves an entry and nothing else; the fifth PIN_LOCKOUT."""
    casino = live.casino
    head = casino.art.get("/journal/verify")["entries"]
    for _ in range(5):
        _count(live, _wrong(lou))
    entries = casino.art.get("/journal", after=head).must(200)["items"]
    assert [each["command"] for each in entries] == ["refuse_pin"] * 5
    assert {each["actor"] for each in entries} == {f"badge {lou.badge}"}
    assert entries[-1]["content"]["locked_until"] is not None
    found = casino.pat.all_of("/exceptions", kind="PIN_LOCKOUT", status="OPEN")
    mine = [each for each in found if each["facts"]["badge"] == lou.badge]
    assert [(each["stops"], each["journal_numbers"]) for each in mine] == [
        ("nothing", [entries[-1]["number"]])
    ]


def test_a_manager_or_administrator_unlocks(live: AtTable, lou: Person) -> None:
    """SIGN-4: PIT_MANAGER or ADMIN; then the right PIN signs again."""
    casino = live.casino
    for unlocks in (casino.pat, casino.ada):
        for _ in range(5):
            _count(live, _wrong(lou))
        _count(live, lou).must_refuse(423, "BADGE_LOCKED")
        casino.sam.post(f"/staff/{lou.id}/unlock").must_refuse(403, "ROLE_NOT_ALLOWED")
        assert unlocks.post(f"/staff/{lou.id}/unlock").must(200)["badge"] == lou.badge
        _count(live, lou).must(201)


def test_a_dry_run_is_no_way_to_try_pins(live: AtTable, lou: Person) -> None:
    """SIGN-4, IDEM-2: wrong PINs count there too."""
    for _ in range(5):
        _count(live, _wrong(lou), dry_run=True).must_refuse(422, "SIGNATURE_REFUSED")
    _count(live, lou).must_refuse(423, "BADGE_LOCKED")


def test_a_refused_command_changes_nothing_else(live: AtTable, lou: Person) -> None:
    """SIGN-4, SESS-6: no count, no number, no key."""
    before = live.session()
    _count(live, _wrong(lou))
    assert live.session() == before


def test_who_signs_what(live: AtTable) -> None:
    """SIGN-3, INV-04: dealer and supervisor, or two supervisors; the caller
    is one in their role.
    """
    casino = live.casino
    with nothing_changes(casino):
        refused = _count(live).must_refuse(422, "SIGNATURE_MISSING")
        assert refused["facts"]["missing"]
        assert ["DEALER", "SUPERVISOR"] in refused["facts"]["alternatives"]
        _count(live, casino.drew, by=casino.dana).must_refuse(422, "SIGNATURE_MISSING")
        _count(live, casino.casey).must_refuse(422, "SIGNATURE_MISSING")
    _count(live, casino.dana).must(201)
    _count(live, casino.sue).must(201)
    _count(live, casino.sam, by=casino.dana).must(201)
    _count(live, casino.pat.signs("SUPERVISOR"), by=casino.dana).must(201)


def test_nobody_signs_twice_or_as_what_they_are_not(live: AtTable) -> None:
    """SIGN-2, SIGN-3, LESSON-19: signers are different people in roles of their own."""
    casino = live.casino
    with nothing_changes(casino):
        _count(live, casino.sam).must_refuse(422, "SIGNERS_NOT_DISTINCT")
        _count(live, casino.dana, casino.dana).must_refuse(422, "SIGNERS_NOT_DISTINCT")
        problem = _count(live, casino.casey.signs("DEALER")).must_refuse(422, "SIGNER_NOT_ALLOWED")
        assert problem["errors"][0]["pointer"] == "/signatures/0/role"
        _count(live, casino.sue.signs("PIT_MANAGER")).must_refuse(422, "SIGNER_NOT_ALLOWED")


PINS = ("918273", "645342", "507192")


@pytest.fixture(scope="module")
def told() -> Casino:
    """A casino in which somebody was hired, chose a PIN, signed with it and mistyped it."""
    casino = found()
    hired = {"badge": "P-1", "name": "Pia", "roles": ["DEALER"], "pin": PINS[0]}
    staff = casino.ada.post("/staff", {**hired, "password": "open sesame 4711"}).must(201)
    token = casino.ada.post("/tokens", {"badge": "P-1"}).must(201)["token"]
    pia = Person(
        casino=casino,
        id=staff["id"],
        name="Pia",
        badge="P-1",
        pin=PINS[1],
        roles=("DEALER",),
        token=token,
    )
    chosen = {"pin": PINS[1], "current_pin": PINS[0]}
    pia.post(f"/staff/{pia.id}/pin", chosen, key="choosing").must(200)
    table = a_table(casino)
    table.open_table()
    _count(table, pia, key="counting").must(201)
    _count(table, {**pia.signs(), "pin": PINS[2]}).must_refuse(422, "SIGNATURE_REFUSED")
    return casino


@pytest.mark.parametrize("secret", [*PINS, "open sesame 4711"])
def test_a_pin_stands_nowhere(told: Casino, secret: str) -> None:
    """IDEM-1, SIGN-4: in no row of any table: no journal entry, no key's answer, no hash's text."""
    with casino_view(told.founded.id) as cursor:
        for guard in GUARDS:
            if guard.casino is None:
                continue
            found = cursor.execute(
                f"select count(*) from {guard.table} kept where kept::text like %s",
                [f"%{secret}%"],
            ).fetchone()
            assert found == (0,), guard.table


def test_a_token_stands_nowhere(told: Casino) -> None:
    """IDEM-1: only its SHA-256 is kept."""
    secret = told.ada.token.split("_", 2)[2]
    with casino_view(told.founded.id) as cursor:
        for guard in GUARDS:
            if guard.casino is not None:
                statement = f"select count(*) from {guard.table} kept where kept::text like %s"
                assert cursor.execute(statement, [f"%{secret}%"]).fetchone() == (0,), guard.table


def test_a_pin_is_never_answered(told: Casino) -> None:
    """SIGN-4: not even the refusal of one that is malformed shows it."""
    answer = told.ada.post("/staff", {"badge": "Q", "name": "Q", "roles": ["DEALER"], "pin": "77x"})
    answer.must_refuse(422, "SHAPE")
    assert "77x" not in answer.text
    sent = {"role": "KING", "badge": "P-1", "pin": "31415926"}
    table = a_table(told)
    answer = told.sam.post("/sessions", {"table_id": table.id, "signatures": [sent]})
    answer.must_refuse(422, "SHAPE")
    assert "31415926" not in answer.text
