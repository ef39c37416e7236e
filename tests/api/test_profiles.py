"""The jurisdiction profile over HTTP: chosen by an administrator, dated, with its history."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino
from tests.say import chips

TODAY, TOMORROW = "2026-03-02", "2026-03-03"


def choose(casino: Casino, profile: str, **more: object) -> dict[str, object]:
    asked = {"profile": profile, **more}
    answer: dict[str, object] = casino.ada.post("/profile", asked, at=casino.tick()).must(201)
    return answer


def test_a_casino_goes_by_the_generic_one_until_it_chooses(own: Casino) -> None:
    """SIGN-3: every rule with the clause it comes from; a template, and it says so."""
    told = own.art.get("/profile").must(200)
    assert (told["profile"], told["effective_from_gaming_day"]) == ("GENERIC", None)
    assert told["label"] == "template, confirm with your regulator"
    assert told["in_force"]["template"] == "GENERIC_NIGC_542_TEMPLATE"
    assert told["in_force"]["rules"]["team_minimum"] == {
        "value": 2,
        "clauses": ["25 CFR 542.31(c)(1)"],
        "standing": "TEXT",
    }
    assert [each["profile"] for each in told["available"]] == [
        *("GENERIC", "WA_HOUSE_BANKED", "NJ_STYLE", "KS_OH_STYLE"),
    ]
    assert own.art.get("/casino")["profile"] == "GENERIC"


def test_a_choice_is_dated_and_kept(own: Casino) -> None:
    """BASE-7, EXC-02: the first holds from today, a change from a coming day; who, when and why."""
    choose(own, "NJ_STYLE", reason="the licence")
    with nothing_changes(own):
        asked = {"profile": "KS_OH_STYLE", "effective_from_gaming_day": TODAY}
        own.ada.post("/profile", asked, at=own.now).must_refuse(
            422, "EFFECTIVE_DAY_PASSED", earliest=TOMORROW
        )
    told = choose(own, "KS_OH_STYLE")
    assert (told["profile"], told["effective_from_gaming_day"]) == ("NJ_STYLE", TODAY)
    assert own.art.get("/casino")["profile"] == "NJ_STYLE"
    history = own.art.get("/profile")["history"]
    assert [(each["profile"], each["effective_from_gaming_day"]) for each in history] == [
        ("NJ_STYLE", TODAY),
        ("KS_OH_STYLE", TOMORROW),
    ]
    assert (history[0]["reason"], history[0]["recorded_by"]) == ("the licence", own.ada.id)


def test_what_is_set_otherwise_is_told(own: Casino) -> None:
    """CRD-05: a profile changes no setting by itself."""
    told = choose(own, "WA_HOUSE_BANKED")
    assert told["differs"] == [
        {"setting": "credit_flow", "set": "SLIP_FIRST", "profile": "REQUEST_FIRST"}
    ]


def test_a_profile_asks_for_its_signatures(own: Casino) -> None:
    """SIGN-3, FIL-16, CNT-01: at the door, for what happens from its day on."""
    table = a_table(own)
    table.open_table()
    choose(own, "KS_OH_STYLE")
    slip = table.issue(table.ask_fill("1 black"))
    back = {"reason": "torn", "counted_back": chips("1 black")}
    path, hands = f"/slips/{slip['id']}/void", [own.sue, own.rory]
    with nothing_changes(own):
        answer = own.casey.post(path, back, at=own.now, signed=hands[:1])
        answer.must_refuse(422, "SIGNATURE_MISSING", missing=["RUNNER"])
    own.casey.post(path, back, at=own.tick(), signed=hands).must(200)
    drop = table.drop()
    table.custody()
    body = table.count_of(500)
    count = f"/drops/{drop['id']}/count"
    own.tina.post(count, body, at=own.tick(), signed=[own.tom]).must_refuse(
        422, "SIGNATURE_MISSING", missing=["COUNT_TEAM"]
    )
    third = own.hire(badge="7003", name="Tess", roles=["COUNT_TEAM"], pin="700300")
    body["team"] = [*body["team"], third.badge]
    own.tina.post(count, body, at=own.tick(), signed=[own.tom, third]).must(201)


@pytest.mark.parametrize("profile", ["WA_HOUSE_BANKED", "NJ_STYLE"])
def test_two_supervisors_count_no_tray_where_a_dealer_has_to(own: Casino, profile: str) -> None:
    """INV-04: a profile narrows who counts."""
    table = a_table(own)
    table.open_table()
    choose(own, profile)
    asked = {"kind": "INTERIM", "chipset": chips("1 black")}
    path = f"{table.path}/snapshots"
    own.sam.post(path, asked, at=own.tick(), signed=[own.sue]).must_refuse(
        422, "SIGNATURE_MISSING", missing=["DEALER"]
    )
    own.sam.post(path, asked, at=own.tick(), signed=[own.dana]).must(201)


def test_what_is_no_profile_is_refused(live: AtTable) -> None:
    with nothing_changes(live.casino):
        live.casino.ada.post("/profile", {"profile": "NEVADA"}).must_refuse(422, "SHAPE")


def test_a_count_session_takes_the_team_of_the_profile(own: Casino) -> None:
    """CNT-01, SOFT-7: two are enough until the profile asks for three."""
    tess = own.person("tess")
    asked = {"gaming_day": TODAY, "team": [own.tina.badge, own.tom.badge]}
    choose(own, "KS_OH_STYLE")
    refused = own.tina.post("/count-sessions", asked, at=own.tick())
    refused.must_refuse(409, "COUNT_TEAM_TOO_SMALL", minimum=3)
    asked["team"] = [*asked["team"], tess.badge]
    own.tina.post("/count-sessions", asked, at=own.tick()).must(201)
