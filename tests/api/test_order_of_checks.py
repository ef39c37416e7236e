"""The first check that fails answers: each test breaks one check and all that come after it.

400, 401, 404 of the path, 403, 422 of the shape, 404 of an id in the body, 423, 422 of the
signatures, 409, 422 against the state (02-interfaces, Order of checks).
"""

import json
from typing import Any

from tests.api.catalogue import NOBODY
from tests.at_table import AtTable
from tests.cast import Person
from tests.line import API, Answer
from tests.say import chips, spoken

WRONG = {"no such field": 1}


def _raw(person: Person, path: str, body: bytes, *, token: str | None = None) -> Answer:
    headers = {"Authorization": f"Bearer {token or person.token}", "Idempotency-Key": "any"}
    return person.casino.line.send("POST", f"{API}{path}", headers=headers, body=body)


def test_400_comes_before_401(live: AtTable) -> None:
    answer = _raw(live.casino.sam, f"/sessions/{NOBODY}/fills", b"{not json", token="tb_none")
    answer.must_refuse(400, "NOT_JSON")


def test_401_comes_before_404(live: AtTable) -> None:
    body = json.dumps(WRONG).encode()
    answer = _raw(live.casino.sam, f"/sessions/{NOBODY}/fills", body, token="tb_none")
    answer.must_refuse(401, "NOT_SIGNED_IN")


def test_404_of_the_path_comes_before_403(live: AtTable) -> None:
    answer = live.casino.dana.post(f"/sessions/{NOBODY}/fills", WRONG)
    answer.must_refuse(404, "NOT_FOUND")


def test_403_comes_before_422_of_the_shape(live: AtTable) -> None:
    live.casino.dana.post(f"{live.path}/fills", WRONG).must_refuse(403, "ROLE_NOT_ALLOWED")


def test_422_of_the_shape_comes_before_404_of_an_id_in_the_body(live: AtTable) -> None:
    asked = {"table_id": NOBODY, **WRONG}
    live.casino.sam.post("/sessions", asked).must_refuse(422, "SHAPE")


def test_404_of_an_id_in_the_body_comes_before_423(live: AtTable) -> None:
    asked = {"table_id": NOBODY}
    locked = _locked(live)
    live.casino.sam.post("/sessions", asked, signed=[locked]).must_refuse(404, "NOT_FOUND")


def test_422_of_the_chips_comes_before_423(live: AtTable) -> None:
    locked = _locked(live)
    asked = {"kind": "INTERIM", "chipset": {"7": 1}}
    answer = live.casino.sam.post(f"{live.path}/snapshots", asked, signed=[locked])
    answer.must_refuse(422, "DENOMINATION_UNKNOWN")


def test_423_comes_before_422_of_the_signatures(live: AtTable) -> None:
    locked = _locked(live)
    asked = {"kind": "CLOSING", "chipset": {}}
    wrong = {**live.casino.drew.signs(), "pin": "0"}
    for signed in ([locked, wrong], [wrong, locked]):
        answer = live.casino.sam.post(f"{live.path}/snapshots", asked, signed=signed)
        answer.must_refuse(423, "BADGE_LOCKED")


def test_422_of_the_signatures_comes_before_409(live: AtTable) -> None:
    """A closing count although the table is not closing, signed by nobody else."""
    asked = {"kind": "CLOSING", "chipset": {}}
    path = f"{live.path}/snapshots"
    live.casino.sam.post(path, asked).must_refuse(422, "SIGNATURE_MISSING")
    answer = live.casino.sam.post(path, asked, signed=[live.casino.dana])
    answer.must_refuse(409, "SESSION_NOT_CLOSING")


def test_409_comes_before_422_against_the_state(live: AtTable) -> None:
    """A box counted already, again at an hour before it was removed."""
    live.close()
    live.drop()
    live.soft_count(1_000)
    asked = live.count_of(2_000)
    path = f"/drops/{live.drop_ids[0]}/count"
    early: dict[str, Any] = {**asked, "occurred_at": spoken(live.when("06:00"))}
    answer = live.casino.tina.post(path, early, signed=[live.casino.tom])
    answer.must_refuse(409, "ALREADY_COUNTED")


def _locked(live: AtTable) -> dict[str, str]:
    """The signature of somebody whose badge was locked on Sam's device a moment ago."""
    casino = live.casino
    badge = casino.code("locked")
    person = casino.hire(badge=badge, name="Lou", roles=["DEALER"], pin="112233")
    wrong = {**person.signs(), "pin": "000000"}
    asked = {"kind": "INTERIM", "chipset": chips("1 black")}
    for _ in range(5):
        casino.sam.post(f"{live.path}/snapshots", asked, signed=[wrong])
    return person.signs()
