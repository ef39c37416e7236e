"""Exceptions over HTTP: raised once, resolved by who is not involved, cleared by facts (FIND)."""

from collections.abc import Mapping

from tablebank.domain.findings.catalogue import KINDS
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino

RESOLVING = {"reason_code": "UNEXPLAINED_ACCEPTED", "narrative": "looked for and not found"}

STOPS: Mapping[str, str] = {
    "SLIP_AMOUNT_MISMATCH": "result",
    "SLIP_NOT_DEPOSITED": "result",
    "SLIP_UNSETTLED": "result",
    "OPENING_VARIANCE": "result",
    "MISSING_OPENING_COUNT": "result",
    "MISSING_CLOSING_COUNT": "result",
    "PAR_VARIANCE": "result",
    "COUNT_VARIANCE": "result",
    "COUNT_REPORTED": "result",
    "CUSTODY_IRREGULAR": "result",
    "BOX_NOT_DROPPED": "result",
    "DROP_OVERDUE": "day",
    "DROP_OUT_OF_SCHEDULE": "nothing",
    "MISSING_SLIP": "result",
    "UNKNOWN_SLIP": "result",
    "DUPLICATE_SLIP": "result",
    "SLIP_WRONG_BOX": "result",
    "VOID_MISUSE": "result",
    "MISSING_FORM": "result",
    "TRANSFER_VARIANCE": "result",
    "SLIP_NUMBER_GAP": "day",
    "SESSION_LEFT_OPEN": "day",
    "SLIP_OVERDUE": "nothing",
    "RECOUNT_DUE": "nothing",
    "PAR_MISSING": "nothing",
    "LATE_ENTRY": "nothing",
    "PIN_LOCKOUT": "nothing",
    "HOLD_DEVIATION": "nothing",
    "DUTY_OVERLAP": "nothing",
}
"""What each kind stops, as the rule lists them."""


def _finding(live: AtTable) -> Json:
    """A COUNT_VARIANCE on a closed session."""
    live.close()
    live.drop()
    live.soft_count(100, second_count_cents=90)
    found = live.casino.pat.all_of("/exceptions", session_id=live.session_id)
    return found[0]


def test_each_kind_stops_what_the_rule_says() -> None:
    """FIND-1: those that stop a result, and those that stop nothing and still want an answer."""
    assert {kind.name: str(kind.stops) for kind in KINDS} == STOPS


def test_every_kind_of_the_rule_can_be_asked_for(own: Casino) -> None:
    """FIND-1: also those that nothing raises yet; what is no kind is refused."""
    kinds = (
        *("MISSING_SLIP", "UNKNOWN_SLIP", "DUPLICATE_SLIP", "SLIP_WRONG_BOX", "MISSING_FORM"),
        *("VOID_MISUSE", "TRANSFER_VARIANCE"),
        *STOPS,
    )
    for kind in kinds:
        assert own.pat.get("/exceptions", kind=kind).must(200)["items"] == []


def test_detecting_twice_raises_once(live: AtTable) -> None:
    """FIND-2: unique by kind and subject, whatever is done after it."""
    finding = _finding(live)
    live.casino.pat.post(f"{live.path}/review", at=live.when(None)).must(200)
    again = live.casino.pat.all_of("/exceptions", session_id=live.session_id)
    assert [each["id"] for each in again] == [finding["id"]]
    assert again[0]["raised_at"] == finding["raised_at"]


def test_resolving_keeps_code_narrative_who_and_when(live: AtTable) -> None:
    """FIND-3, STA-05: and it keeps links to the journal entries."""
    finding = _finding(live)
    casino = live.casino
    done = casino.ana.post(
        f"/exceptions/{finding['id']}/resolve", RESOLVING, at=live.when(None)
    ).must(200)
    assert (done["status"], done["resolved_by"]) == ("RESOLVED", casino.ana.id)
    assert {name: done[name] for name in RESOLVING} == RESOLVING
    assert done["resolved_at"] is not None
    entries = casino.art.get("/journal", after=done["journal_numbers"][0] - 1, limit=1000)["items"]
    by_number = {each["number"]: each["command"] for each in entries}
    assert by_number[done["journal_numbers"][0]] == "post_count"


def test_resolving_enters_the_journal_it_links_to(live: AtTable) -> None:
    """FIND-3, JRN-1: one entry says that it was resolved."""
    finding = _finding(live)
    live.casino.ana.post(f"/exceptions/{finding['id']}/resolve", RESOLVING).must(200)
    head = live.casino.art.get("/journal/verify")["entries"]
    entry = live.casino.art.get("/journal", after=head - 1)["items"][0]
    assert (entry["command"], entry["subject_id"]) == ("resolve_finding", finding["id"])


def test_a_resolved_one_is_resolved_once(live: AtTable) -> None:
    """FIND-3, STA-05: there is no delete, and no second answer."""
    finding = _finding(live)
    path = f"/exceptions/{finding['id']}/resolve"
    live.casino.ana.post(path, RESOLVING).must(200)
    with nothing_changes(live.casino):
        live.casino.ana.post(path, RESOLVING).must_refuse(
            409, "EXCEPTION_NOT_OPEN", status="RESOLVED"
        )


def test_who_signed_the_facts_does_not_resolve(live: AtTable) -> None:
    """FIND-3, SIGN-3, EXC-01: Pat signed the differing opener; Cam did not."""
    live.close("20 black")
    live.open()
    asked = {"kind": "OPENING", "chipset": {}, "reason": "the tray is empty"}
    for _ in range(2):
        live.casino.sam.post(
            f"{live.path}/snapshots",
            asked,
            at=live.when(None),
            signed=[live.casino.dana, live.casino.pat],
        ).must(200, 201)
    finding = live.casino.pat.all_of("/exceptions", session_id=live.session_id)[0]
    path = f"/exceptions/{finding['id']}/resolve"
    with nothing_changes(live.casino):
        live.casino.pat.post(path, RESOLVING).must_refuse(422, "SIGNER_INVOLVED")
    live.casino.cam.post(path, RESOLVING).must(200)


def test_a_count_that_agrees_clears_the_finding(live: AtTable) -> None:
    """FIND-2: by the fact, without narrative, and it stays visible."""
    finding = _finding(live)
    count = live.casino.art.get(f"/drops/{live.drop_ids[0]}")["count"]
    live.soft_count(100, supersedes=count["id"], reason="recounted")
    now = live.casino.pat.get(f"/exceptions/{finding['id']}").must(200)
    assert (now["status"], now["narrative"], now["reason_code"]) == ("CLEARED", None, None)
    assert live.session()["open_exceptions"] == 0


def test_a_resolved_one_reopens_only_when_its_facts_change(live: AtTable) -> None:
    """FIND-2, EXC-01: the same facts leave it resolved; other ones open it again."""
    finding = _finding(live)
    path = f"/exceptions/{finding['id']}"
    live.casino.ana.post(f"{path}/resolve", RESOLVING).must(200)
    live.casino.pat.post(f"{live.path}/review", at=live.when(None)).must(200)
    assert live.casino.ana.get(path)["status"] == "RESOLVED"
    count = live.casino.art.get(f"/drops/{live.drop_ids[0]}")["count"]
    live.soft_count(100, second_count_cents=80, supersedes=count["id"], reason="again")
    assert live.casino.ana.get(path)["status"] == "OPEN"


def test_exceptions_are_found_by_what_they_hang_on(live: AtTable) -> None:
    """`?session_id=` also lists those of its group (BOX-6)."""
    first = live.session_id
    live.roll_over()
    finding = _finding(live)
    ana = live.casino.ana
    for query in (
        {"session_id": live.session_id},
        {"session_id": first},
        {"table_id": live.id},
        {"table_id": live.id, "kind": "COUNT_VARIANCE", "status": "OPEN"},
    ):
        found = ana.all_of("/exceptions", **query)
        assert [each["id"] for each in found] == [finding["id"]], query
    assert ana.all_of("/exceptions", table_id=live.id, status="RESOLVED") == []
    assert ana.all_of("/exceptions", table_id=live.id, kind="PAR_VARIANCE") == []


def test_an_exception_of_the_house_has_no_table(own: Casino) -> None:
    """SIGN-4: a lockout hangs on a badge and a device; it is resolved like any other."""
    table = a_table(own)
    table.open()
    wrong = {**own.dana.signs(), "pin": "0000"}
    for _ in range(5):
        own.sam.post(f"{table.path}/snapshots", {"kind": "OPENING", "chipset": {}}, signed=[wrong])
    found = own.pat.all_of("/exceptions", kind="PIN_LOCKOUT")
    assert [(each["table_id"], each["session_id"], each["status"]) for each in found] == [
        (None, None, "OPEN")
    ]
    assert own.ana.post(f"/exceptions/{found[0]['id']}/resolve", RESOLVING).must(200)
