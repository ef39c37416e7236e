"""Over a whole month the chain of counts holds and no form's number is lost (INV-12, FIL-06)."""

from collections import Counter
from datetime import date

from tests.reports.by_hand import ByHand, Json, days_from, only, place_of
from tests.reports.month import APRIL, FEBRUARY, FIRST, LAST, march

DAYS = days_from(FEBRUARY, APRIL)
CHAIN, NUMBERS = "opener-closer-chain", "slip-number-accountability"


def before(hand: ByHand, session: Json) -> Json | None:
    """The session played before this one on its table, by hand: the order they were opened in."""
    mine = [
        each for each in hand.played(FEBRUARY, APRIL) if each["table_id"] == session["table_id"]
    ]
    place = [each["id"] for each in mine].index(session["id"])
    return mine[place - 1] if place else None


def test_the_chain_of_the_month_has_no_break(hand: ByHand) -> None:
    """INV-12, SESS-5: every opener is what the closer before it left, over days, months, pits."""
    told = hand.report(CHAIN, FEBRUARY, to_gaming_day=str(APRIL))
    sessions = hand.played(FEBRUARY, APRIL)
    assert Counter(each["session_id"] for each in told["items"]) == Counter(
        each["id"] for each in sessions
    )
    counts = Counter(each["held"] for each in told["items"])
    assert counts == {"first": 4, "unknown": 1, "equal": len(sessions) - 5}
    assert {each["held"]: each["links"] for each in told["parts"]["by_held"]["items"]} == counts
    for session in sessions:
        row = only(told["items"], session_id=session["id"])
        earlier = before(hand, session)
        assert (row["pit"], row["gaming_day"]) == (session["pit"], session["gaming_day"])
        assert row["opener_cents"] == hand.rundowns[session["id"]]["opening_total_cents"]
        closer = earlier and hand.rundowns[earlier["id"]]["closing_total_cents"]
        assert row["closer_cents"] == closer, place_of(session)
        if row["held"] == "equal":
            assert (row["difference_cents"], row["net_cents"]) == (0, 0)
        if row["held"] == "unknown":
            assert earlier is not None
            assert earlier["close_forced"], "nobody counted what was left"
    unbroken = hand.report("table-games-summary", march(12))["totals"]
    assert unbroken["between_cents"] == 0, "a chain without break leaves nothing between"


def test_a_pits_chain_is_of_what_was_opened_there(hand: ByHand) -> None:
    """BASE-7, INV-12: a table that was moved stands in either pit with its own sessions."""
    which = {"to_gaming_day": str(APRIL)}
    whole = hand.report(CHAIN, FEBRUARY, **which)["items"]
    for pit in ("PIT 1", "PIT 2"):
        told = hand.report(CHAIN, FEBRUARY, pit=pit, **which)["items"]
        assert told == [each for each in whole if each["pit"] == pit]
    assert {each["pit"] for each in whole if each["table_code"] == "RL-1"} == {"PIT 1", "PIT 2"}


def test_a_days_chain_is_its_part_of_the_months(hand: ByHand) -> None:
    """INV-12, DAY-1: the report, the gaming day and the whole month say the same of each link."""
    whole = hand.report(CHAIN, FEBRUARY, to_gaming_day=str(APRIL))["items"]
    for day in DAYS:
        links = hand.report(CHAIN, day)["items"]
        assert {each["session_id"] for each in links} == {
            each["id"] for each in hand.played(day, day)
        }
        for each in links:
            in_month = only(whole, session_id=each["session_id"])
            assert each == in_month, (day, each["table_code"])
        signed = hand.asked(f"/gaming-days/{day}")["chain"]
        assert {
            (table["table_code"], link["session_id"], link["held"])
            for table in signed
            for link in table["links"]
        } == {(each["table_code"], each["session_id"], each["held"]) for each in links}


def numbered(hand: ByHand, first: date, last: date) -> Counter[str]:
    """How many numbers of each form are on the slips and counts of these days, by hand."""
    found: Counter[str] = Counter()
    for session in hand.all_of(first, last):
        for slip in hand.slips[session["id"]]:
            numbers = (slip["number"], slip["request_number"])
            found.update(number[0] for number in numbers if number)
        snapshots = hand.asked(f"/sessions/{session['id']}/snapshots")["items"]
        found.update(each["number"][0] for each in snapshots if each["number"])
    return found


def test_no_number_is_lost_or_used_twice(hand: ByHand) -> None:
    """FIL-06, SLIP-2: each series from 1 to its last, day by day, with nothing between two days."""
    whole = hand.report(NUMBERS, FEBRUARY, to_gaming_day=str(APRIL))
    by_hand = numbered(hand, FEBRUARY, APRIL)
    assert {each["form"]: each["issued"] for each in whole["items"]} == by_hand
    assert set(by_hand) == {"F", "C", "R", "O", "K"}
    for row in whole["items"]:
        assert row["first_number"].endswith("-000001")
        assert int(row["last_number"].rpartition("-")[2]) == row["issued"]
        assert (row["missing"], row["duplicates"], row["elsewhere"]) == (0, 0, 0)
    daily: Counter[str] = Counter()
    for day in DAYS:
        told = hand.report(NUMBERS, day)
        own = {each["form"]: each["issued"] for each in told["items"] if each["issued"]}
        assert own == numbered(hand, day, day), day
        daily.update(own)
        assert not any(each["missing"] or each["duplicates"] for each in told["items"]), day
        gaming_day = hand.asked(f"/gaming-days/{day}")
        assert gaming_day["unexplained_numbers"] == []
        assert {each["form"]: each["issued"] for each in gaming_day["numbers"]} == {
            each["form"]: each["issued"] for each in told["items"]
        }
    assert daily == by_hand


def test_void_numbers_are_those_of_the_void_report(hand: ByHand) -> None:
    """FIL-16, SLIP-2: a void number is used; the two reports and the log name the same slips."""
    which = {"to_gaming_day": str(LAST)}
    told = hand.report(NUMBERS, FIRST, **which)
    void = {each["number"] for each in told["parts"]["voids"]["items"]}
    slips = hand.report("void-report", FIRST, **which)["items"]
    log = hand.report("fill-and-credit-log", FIRST, **which)["items"]
    assert {each["number"] for each in slips} <= void
    gone = [each for each in log if each["status"] in ("VOIDED", "CANCELLED")]
    sessions = {each["session_id"] for each in told["parts"]["voids"]["items"]}
    assert {each["session_id"] for each in gone} <= sessions
    for kind in ("FILL", "CREDIT"):
        issued = sum(each["kind"] == kind and each["number"] is not None for each in log)
        assert only(told["items"], form=kind[0])["issued"] == issued
