"""Reports over HTTP: who may read which, what each may be asked, and that their figures tie."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tablebank.domain.terms import Role
from tablebank.queries.reports.catalogue import BY_SLUG, REPORTS
from tests.api.stage import Stage
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.printed import pages_of

Json = dict[str, Any]
SLUGS = [report.slug for report in REPORTS]
TODAY = "2026-03-02"


def whole(casino: Casino, *, cents: int = 500_000, **more: Any) -> AtTable:
    """A table opened, filled, relieved, closed, counted, final: $3,500.00 won of $5,000.00."""
    table = a_table(casino, **more)
    table.open_table()
    table.fill()
    table.credit()
    table.close()
    table.drop()
    table.custody()
    table.soft_count(cents)
    table.reconcile()
    table.finalize()
    return table


@pytest.fixture(scope="module")
def busy(_database_is_real: None) -> Casino:
    return at_work()


def at_work() -> Casino:
    """A final table, one with a void that was rolled over, one prepared, one never touched."""
    casino = found()
    whole(casino, code="T-1")
    rolled = a_table(casino, code="T-2")
    rolled.open_table()
    slip = rolled.issue(rolled.ask_fill("20 black"))
    body = {"reason": "=torn", "counted_back": slip["chipset"]}
    casino.casey.post(
        f"/slips/{slip['id']}/void", body, at=casino.tick(), signed=[casino.sue]
    ).must(200)
    rolled.roll_over("17 black")
    a_table(casino, code="T-3").prepare()
    a_table(casino, code="T-4")
    return casino


def report(casino: Casino, slug: str, query: str = "", *, who: str = "ana") -> Json:
    said: Json = casino.person(who).get(f"/reports/{slug}{query}").must(200)
    return said


def of_table(told: Json, code: str) -> Json:
    found_rows = [each for each in told["items"] if each["table_code"] == code]
    assert len(found_rows) == 1, found_rows
    row: Json = found_rows[0]
    return row


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_is_for_its_readers_alone(busy: Casino, slug: str) -> None:
    """02-interfaces: 403 for everybody else; the list names what is for the caller."""
    readers = BY_SLUG[slug].readers
    for name in ("dana", "sam", "pat", "casey", "cam", "rory", "dora", "tina", "ana", "art", "ada"):
        person = busy.person(name)
        may = bool({Role(each) for each in person.roles} & set(readers))
        for query in ("", "?format=csv", "?format=xlsx", "?format=pdf"):
            assert person.get(f"/reports/{slug}{query}").status == (200 if may else 403), name
        listed = [each["slug"] for each in person.get("/reports").must(200)["items"]]
        assert (slug in listed) == may, name


def test_next_door_reads_nothing_of_it(busy: Casino, next_door: Stage) -> None:
    """TEN-1: nothing of this casino is in theirs."""
    for slug in SLUGS:
        told = str(next_door.casino.ana.get(f"/reports/{slug}").must(200))
        assert not any(code in told for code in ("T-1", "T-2", "T-3", "T-4")), slug


def test_what_a_report_cannot_be_asked_is_said(busy: Casino) -> None:
    """422 with what is wrong, for a file as for JSON; 404 for a report there is none of."""
    shift = busy.ana.get(f"/shifts?gaming_day={TODAY}").must(200)["items"][0]["id"]
    wrong = {
        f"par-history?shift_id={shift}": "/shift_id",
        f"hold?gaming_day={TODAY}&to_gaming_day=2026-03-01": "/to_gaming_day",
        f"hold?gaming_day={TODAY}&to_gaming_day=2027-03-03": "/to_gaming_day",
        "tables-not-opened?to_gaming_day=2026-03-05": "/to_gaming_day",
        f"table-games-summary?gaming_day=2026-03-05&shift_id={shift}": "/shift_id",
        "void-report?baseline=counted": "/baseline",
        "void-report?gaming_day=yesterday": "/gaming_day",
        "void-report?format=docx": "/format",
        "void-report?gaming_day=1066-10-14": "/gaming_day",
    }
    for query, pointer in wrong.items():
        for also in ("", "&format=csv") if "format" not in query else ("",):
            no = busy.ana.get(f"/reports/{query}{also}")
            assert no.status == 422, query
            assert pointer in {each["pointer"] for each in no.json["errors"]}, query
    unknown = busy.ana.get(f"/reports/void-report?shift_id={busy.founded.id}")
    assert (unknown.status, unknown.json["code"]) == (422, "REFERENCE_UNKNOWN")
    assert busy.ana.get("/reports/no-such-thing").status == 404
    assert busy.ana.get("/reports/no-such-thing?format=pdf").status == 404


def test_the_summary_is_the_sum_of_rundowns(busy: Casino) -> None:
    """SHIFT-1, RUN-1, LESSON-2, LESSON-13, STA-01: known and unknown told apart,
    tables, games, pits.
    """
    told = report(busy, "table-games-summary")
    row = of_table(told, "T-1")
    terms = {name: row[name] for name in row if name.endswith("_cents") and "_known" not in name}
    assert terms == {
        "opener_cents": 320_000,
        "fills_cents": 200_000,
        "credits_cents": 50_000,
        "closer_cents": 320_000,
        "between_cents": 0,
        "drop_cents": 500_000,
        "win_cents": 350_000,
        "known_win_cents": 350_000,
        "month_drop_cents": 500_000,
        "month_win_cents": 350_000,
        "year_drop_cents": 500_000,
        "year_win_cents": 350_000,
    }
    assert (row["hold_pct"], row["month_hold_pct"], row["reasons"]) == ("70.00", "70.00", [])
    live = of_table(told, "T-2")
    assert (live["sessions"], live["results"], live["unknown_results"]) == (2, 1, 1)
    assert (live["win_cents"], live["closer_cents"], live["known_win_cents"]) == (None, None, None)
    assert {"NOT_CLOSED", "BOXES_OUTSTANDING"} <= set(live["reasons"])
    for whole_of in (told["totals"], *told["parts"]["by_game"]["items"]):
        assert whole_of["win_cents"] is None
        assert (whole_of["known_win_cents"], whole_of["unknown_results"]) == (350_000, 1)
        assert (whole_of["fills_cents"], whole_of["sessions"]) == (200_000, 3)
    assert [each["pit"] for each in told["parts"]["by_pit"]["items"]] == ["PIT 1"]
    assert told["journal_number"] > 0


def test_month_and_year_are_since_the_first_session(busy: Casino) -> None:
    """PAR-11, STA-06: a table taken in during the month has no month before that, and says so."""
    row = of_table(report(busy, "table-games-summary"), "T-1")
    assert (row["month_since_day"], row["year_since_day"]) == (TODAY, TODAY)


def test_a_later_day_keeps_the_month(busy: Casino) -> None:
    """RUN-7: on a day without play the table is not in play, and its month is what it was."""
    row = of_table(report(busy, "table-games-summary", "?gaming_day=2026-03-20"), "T-1")
    assert (row["win_cents"], row["reasons"], row["sessions"]) == (None, ["NOT_IN_PLAY"], 0)
    assert (row["month_win_cents"], row["month_hold_pct"]) == (350_000, "70.00")
    later = of_table(report(busy, "table-games-summary", "?gaming_day=2026-04-01"), "T-1")
    assert (later["month_win_cents"], later["month_since_day"]) == (None, None)
    assert later["year_win_cents"] == 350_000
    assert report(busy, "table-games-summary", "?gaming_day=2027-01-01")["items"] == []


def test_only_counted_openings_where_that_is_asked() -> None:
    """BASE-8, INV-17: a result that rests on an attested tray is left out, and said to be."""
    casino = found(mode="IMPREST_TO_PAR")
    table = a_table(casino, code="T-1")
    casino.pat.post(
        "/par-policies",
        {"table_id": table.id, "par_total_cents": 320_000, "effective_from_gaming_day": TODAY},
        at=casino.tick(),
    ).must(201)
    table.open()
    body = {"kind": "OPENING", "basis": "PAR_ATTESTED"}
    casino.sam.post(
        f"{table.path}/snapshots", body, at=casino.tick(), signed=[casino.dana, casino.pat]
    ).must(201)
    table.close()
    table.drop()
    table.custody()
    table.soft_count(500_000)
    for final in (False, True):
        if final:
            table.reconcile()
            table.finalize()
        for slug in ("table-games-summary", "hold"):
            name = "month_win_cents" if slug == "table-games-summary" else "win_cents"
            assert of_table(report(casino, slug), "T-1")[name] == 500_000
            counted = of_table(report(casino, slug, "?baseline=counted"), "T-1")
            assert counted[name] is None, (slug, final)
            assert counted["unknown_results"] == 1


def test_the_log_never_nets_fills_and_credits(busy: Casino) -> None:
    """CRD-10, SLIP-6, XFR-03: each kind on its own; voided slips enter no amount."""
    told = report(busy, "fill-and-credit-log")
    assert [each["number"][:2] for each in told["items"]] == ["F-", "C-", "F-"]
    fills, credited = told["parts"]["by_kind"]["items"]
    assert (fills["kind"], fills["slips"], fills["verified_cents"]) == ("FILL", 2, 200_000)
    assert (fills["voided"], fills["on_the_way_cents"]) == (1, 0)
    assert (credited["verified"], credited["verified_cents"]) == (1, 50_000)


def test_a_void_says_why_and_who(busy: Casino) -> None:
    """FIL-16, SYS-08: the reason, the two people, the amount that enters nothing."""
    (void,) = report(busy, "void-report")["items"]
    assert (void["table_code"], void["reason"], void["total_cents"]) == ("T-2", "=torn", 200_000)
    assert void["voided_by"] == ["2002 Sue Stein", "4001 Casey Cole"]


def test_a_box_that_was_not_counted_has_no_amount() -> None:
    """LESSON-2, BOX-1: the log has the box, and no zero."""
    casino = found()
    whole(casino, code="T-1")
    pending = a_table(casino, code="T-2")
    pending.open_table()
    pending.close()
    pending.drop()
    told = report(casino, "drop-log")
    assert [each["drop_cents"] for each in told["items"]] == [500_000, None]
    assert told["items"][1]["crew"] == ["6001 Dora Dunn", "6002 Dex Dale"]
    (sums,) = told["parts"]["sums"]["items"]
    assert (sums["boxes"], sums["not_counted"]) == (2, 1)
    assert (sums["drop_cents"], sums["known_drop_cents"]) == (None, 500_000)


def test_tables_that_were_not_opened_say_why() -> None:
    """SESS-3, INV-07, INV-14: prepared and not opened, never prepared; with the
    last count of the tray.
    """
    casino = at_work()
    told = report(casino, "tables-not-opened")
    assert {(each["table_code"], each["not_opened"]) for each in told["items"]} == {
        ("T-3", "READY_TO_OPEN"),
        ("T-4", "NOT_PREPARED"),
    }
    assert all(each["last_count_cents"] is None for each in told["items"])
    casino.now = casino.now.replace(day=3)
    a_table(casino, code="T-5")
    later = report(casino, "tables-not-opened", f"?gaming_day={TODAY}")
    lapsed = [each for each in later["items"] if each["not_opened"] == "LAPSED"]
    assert [(each["table_code"], each["shift_code"]) for each in lapsed] == [("T-3", "DAY")]
    closed = [each for each in later["items"] if each["table_code"] == "T-1"]
    assert [each["last_count_cents"] for each in closed] == [320_000, 320_000]


def test_an_amended_result_stands_beside_what_it_was() -> None:
    """RUN-6: both revisions, the change, the reason; later sums take the amended one."""
    casino = found()
    table = whole(casino, code="T-1")
    count_id = casino.tina.get(f"/drops/{table.drop_ids[-1]}").must(200)["count"]["id"]
    table.soft_count(510_000, supersedes=count_id, reason="a bundle was found")
    table.amend("the box was counted again")
    (told,) = report(casino, "restatements")["items"]
    assert (told["replaces_revision"], told["revision"]) == (1, 2)
    assert (told["win_before_cents"], told["win_after_cents"]) == (350_000, 360_000)
    assert (told["change_cents"], told["reason"]) == (10_000, "the box was counted again")
    summary = of_table(report(casino, "table-games-summary"), "T-1")
    assert (summary["win_cents"], summary["month_win_cents"]) == (360_000, 360_000)


def test_par_history_tells_what_held_on_the_days(busy: Casino) -> None:
    """PAR-1, BASE-7, SYS-08: who set which target, in force from when, and until when."""
    casino = found()
    table = a_table(casino, code="T-1")
    for cents, day in ((320_000, TODAY), (400_000, "2026-03-10"), (500_000, "2026-03-20")):
        casino.pat.post(
            "/par-policies",
            {"table_id": table.id, "par_total_cents": cents, "effective_from_gaming_day": day},
            at=casino.tick(),
        ).must(201)
    told = report(casino, "par-history", "?gaming_day=2026-03-12&to_gaming_day=2026-03-14")
    (row,) = told["items"]
    assert (row["par_cents"], row["next_effective_day"]) == (400_000, "2026-03-20")
    assert row["approved_by"] == "3001 Pat Price"
    assert len(report(casino, "par-history", "?gaming_day=2026-03-25")["items"]) == 1


def test_a_window_on_a_target_is_listed() -> None:
    """BASE-1 C: which figures rest on a target, and who set it."""
    casino = found()
    table = a_table(casino, code="T-1")
    a_table(casino, code="T-2")
    casino.pat.post(
        "/par-policies",
        {"table_id": table.id, "par_total_cents": 320_000, "effective_from_gaming_day": TODAY},
        at=casino.tick(),
    ).must(201)
    table.open()
    (row,) = report(casino, "bootstrapped-baselines", f"?gaming_day={TODAY}")["items"]
    assert (row["table_code"], row["par_cents"], row["shift_code"]) == ("T-1", 320_000, "DAY")
    assert row["par_set_by"] == "3001 Pat Price"


def test_exceptions_have_an_age() -> None:
    """FIND, EXC-03: the open ones first, each with what is at stake and how old it is."""
    casino = found()
    table = a_table(casino, code="T-1")
    table.open_table()
    table.close()
    table.drop()
    table.custody()
    table.soft_count(500_000, second_count_cents=499_900)
    casino.now = casino.now.replace(day=5)
    a_table(casino, code="T-5")
    told = report(casino, "exceptions", f"?gaming_day={TODAY}&to_gaming_day=2026-03-05")
    (row,) = told["items"]
    assert (row["exception_kind"], row["exception_status"]) == ("COUNT_VARIANCE", "OPEN")
    assert (row["age_days"], row["variance_cents"]) == (3, -100)
    (sums,) = told["parts"]["by_status"]["items"]
    assert (sums["exceptions"], sums["oldest_days"]) == (1, 3)


def test_the_chain_says_how_each_opener_met_the_closer_before_it(busy: Casino) -> None:
    """INV-12, SESS-5: first sessions, a roll-over that found what was left, and no break."""
    told = report(busy, "opener-closer-chain")
    held = {(each["table_code"], each["sequence"]): each["held"] for each in told["items"]}
    assert held == {("T-1", 1): "first", ("T-2", 1): "first", ("T-2", 2): "equal"}
    rolled = next(each for each in told["items"] if each["sequence"] == 2)
    assert rolled["closer_cents"] == rolled["opener_cents"] == 170_000
    assert (rolled["difference_cents"], rolled["net_cents"]) == (0, 0)
    first = next(each for each in told["items"] if each["table_code"] == "T-1")
    assert (first["closer_cents"], first["difference_cents"]) == (None, None)
    counts = {each["held"]: each["links"] for each in told["parts"]["by_held"]["items"]}
    assert counts == {"first": 2, "equal": 1}


def test_every_number_is_accounted_for(busy: Casino) -> None:
    """FIL-06, SLIP-2: first to last, the void one named with who and why, none missing."""
    told = report(busy, "slip-number-accountability")
    fills = next(each for each in told["items"] if each["form"] == "F")
    assert (fills["first_number"], fills["last_number"]) == ("F-2026-000001", "F-2026-000002")
    assert (fills["issued"], fills["void"], fills["missing"]) == (2, 1, 0)
    assert all(each["missing_numbers"] == [] for each in told["items"])
    (void,) = told["parts"]["voids"]["items"]
    assert (void["number"], void["how"], void["reason"]) == ("F-2026-000002", "VOIDED", "=torn")


# -- files -----------------------------------------------------------------------------------------


def test_a_csv_is_a_table_of_plain_numbers(busy: Casino) -> None:
    """S9, LESSON-2, RET-02: heads, then rows; unknown is N/A, a formula is a text."""
    text = busy.ana.get("/reports/table-games-summary?format=csv").text.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["Table"] for each in rows] == ["T-1", "T-2"]
    assert (rows[0]["Opener"], rows[0]["Hold"]) == ("3200.00", "0.70")
    assert (rows[1]["Win/(Loss)"], rows[1]["Closer"]) == ("N/A", "N/A")
    voids = busy.ana.get("/reports/void-report?format=csv").text.lstrip("\ufeff")
    (void,) = csv.DictReader(io.StringIO(voids))
    assert void["Reason"] == "'=torn"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_workbook_has_numbers_as_numbers_and_no_formula(busy: Casino, slug: str) -> None:
    """S9: whatever a text begins with, no cell is a formula."""
    answer = busy.ana.get(f"/reports/{slug}?format=xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type != "f" for cell in cells)
        assert "DEMO" in str(sheet["A1"].value)
    if slug == "table-games-summary":
        rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
        first = next(row for row in rows if row[0] == "T-1")
        assert (first[4], first[10]) == (3200, 3500)
        assert isinstance(first[4], int | float)
    if slug == "void-report":
        told = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
        assert "=torn" in told


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_on_paper_says_what_it_is(busy: Casino, slug: str) -> None:
    """FRM-02, JRN-3, SYS-14: whose, of what, as of which entry of the journal,
    and DEMO where it is.
    """
    page = pages_of(busy.ana.get(f"/reports/{slug}?format=pdf").content)[0].text
    for said in (busy.founded.name, "DEMO", "As of journal entry"):
        assert said in page, said
    if slug == "table-games-summary":
        assert "no regulatory filing" in page
        assert "3,500.00" in page
