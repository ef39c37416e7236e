"""The page of one proposed target: evidence, the chart of fills, comments; asking for a table."""

import re
from datetime import timedelta

import pytest

from tablebank.web.fill_chart import fill_chart
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import browser_of

DAY_ONE, LATER = "2026-03-02", "2026-06-01"


def _advised(casino: Casino, sessions: int = 3) -> tuple[AtTable, str]:
    """A table filled three times a session, and the advice on it."""
    table = a_table(casino)
    policy = {
        "table_id": table.id,
        "par_total_cents": dollars("3,200"),
        "effective_from_gaming_day": DAY_ONE,
    }
    casino.pat.post("/par-policies", policy, at=casino.now).must(201)
    table.open_table()
    for _ in range(sessions):
        for _fill in range(3):
            table.fill("10 black")
        table.roll_over()
    asked = casino.pat.post("/par-proposals", {"kind": "recommend"}, at=casino.now).must(201)
    (proposal,) = asked["items"]
    return table, f"/settings/targets/{proposal['id']}"


@pytest.fixture
def casino() -> Casino:
    return found(settings={"advice": {"min_sessions": 2}})


def test_a_proposal_shows_what_it_rests_on_and_what_it_would_have_done(casino: Casino) -> None:
    """SUGG-3: now and proposed as targets, the reasons in words, the replay, the chips tied up."""
    table, path = _advised(casino)
    page = browser_of(casino.pat).get(path)
    page.says(f"Proposed target for {table.code}", "Target now", "○ $3,200", "Target need (par)")
    page.says("○ $4,200", "+$1,000", "Advice from the table", "Waiting for a decision")
    page.says("In nine of ten shifts the fills were at most", "the target is at most 1.")
    page.says("Fills that were made", "Would have been spared", "More chips tied up")
    page.says("Fills per shift, before and after", "Nobody has said anything yet.")


def test_the_page_is_reached_from_the_list_and_decides(casino: Casino) -> None:
    """PAR-4, LESSON-21: open and decided proposals lead to it; the decision stands on it."""
    _table, path = _advised(casino)
    pat = browser_of(casino.pat)
    assert path in pat.get("/settings/targets").links.values()
    page = pat.get(path).says("Approve", "Reject")
    approve = page.links["Approve"]
    assert page.links["All target needs"] == "/settings/targets"
    done = pat.fill_in(approve, {"effective_from_gaming_day": LATER})
    done.says("The target need is approved.", "Approved", "Pat Price", "In force from gaming day")
    assert path in pat.get("/settings/targets").links.values()
    assert "Approve" not in pat.get(path).links


def test_people_comment_on_the_page_before_and_after_the_decision(casino: Casino) -> None:
    """PAR-4, LESSON-21: who said what; a dealer is shown the page and no form."""
    _table, path = _advised(casino)
    sam, dana = browser_of(casino.sam), browser_of(casino.dana)
    form = sam.get(path).links["Comment"]
    assert sam.fill_in(form, {"text": ""}).says("Your comment is missing.").status == 422
    assert sam.fill_in(form, {"text": "x" * 2_001}).status == 422
    sam.fill_in(form, {"text": "Tour groups <b>on Fridays</b>"}).says(
        "Your comment is kept.", "Tour groups <b>on Fridays</b>", "Sam Sato"
    )
    cam = browser_of(casino.cam)
    cam.fill_in(cam.get(path).links["Reject"], {"reason": "one bad week"}).says("one bad week")
    cam.fill_in(form, {"text": "Agreed."}).says("Agreed.", "Cam Costa")
    assert "Comment" not in dana.get(path).says("Agreed.").links
    assert dana.get(form).status == 403


def test_a_shift_nobody_knows_is_a_gap_in_the_chart(casino: Casino) -> None:
    """SUGG-3, LESSON-2: the session in play is hatched and said to be so, never an empty shift."""
    _table, path = _advised(casino, sessions=2)
    page = browser_of(casino.pat).get(path)
    assert 'class="fill-gap"><span class="unseen">still in play' in page.html
    bars = re.findall(r'class="fill-bar"><span class="unseen">([^<]+)', page.html)
    assert bars
    assert all("fill" in each and "with the proposed target" in each for each in bars)


def test_squares_stand_for_fills_before_and_after() -> None:
    """SUGG-3: made, spared, uncounted, unknown and not played are five different things."""
    chart = fill_chart(
        {
            "gaming_day": [DAY_ONE, DAY_ONE, "2026-03-03", "2026-03-04"],
            "shift_code": ["SWING", "DAY", "DAY", "DAY"],
            "fills_before": [3, 0, 2, None],
            "fills_after": [1, 0, None, None],
            "left_out": [None, None, "another_par", "fills_unknown"],
        },
        codes=["DAY", "SWING"],
    )
    assert chart is not None
    day, swing = chart.strips
    assert (day.shift_code, swing.shift_code) == ("DAY", "SWING")
    assert (swing.before, swing.after, day.before, day.after) == (3, 1, 0, 0)
    bar = swing.bars[0]
    assert (len(bar.made), len(bar.spared), bar.words) == (
        1,
        2,
        "3 fills, with the proposed target 1",
    )
    nothing, uncounted, unknown = day.bars
    assert (nothing.is_known, nothing.is_played, len(nothing.made)) == (True, True, 0)
    assert (len(uncounted.uncounted), len(uncounted.made)) == (2, 0)
    assert (unknown.is_known, unknown.words) == (False, "fills not known")
    assert not swing.bars[1].is_played


def test_a_lower_target_has_fills_and_no_after() -> None:
    """SUGG-3: what it would have asked for is unknown, and is not drawn as the same."""
    columns = {
        "gaming_day": [DAY_ONE],
        "shift_code": ["DAY"],
        "fills_before": [1],
        "fills_after": [None],
        "left_out": [None],
    }
    chart = fill_chart(columns, codes=["DAY"])
    assert chart is not None
    assert (chart.has_after, chart.strips[0].after) == (False, None)
    assert chart.strips[0].bars[0].words == "1 fill"


def test_advice_is_asked_for_one_table_from_its_page(casino: Casino) -> None:
    """SUGG-1, LESSON-21: what came of it is said, also that there was nothing to propose."""
    table, _path = _advised(casino)
    other = a_table(casino)
    sam = browser_of(casino.sam)
    form = sam.get(f"/settings/tables/{other.id}").links["Ask for advice"]
    said = sam.fill_in(form, {"kind": "recommend"})
    said.says("There is nothing to propose.", f"Not enough sessions yet: {other.code}")
    form = sam.get(f"/settings/tables/{table.id}").links["Ask for advice"]
    sam.fill_in(form, {"kind": "recommend"}).says("stands among the proposals")
    refused = sam.fill_in(form, {"kind": "adopt"})
    assert refused.says("No par is inferred from closing counts").status == 409
    sam.fill_in("/settings/do/ask-for-targets", {"kind": "recommend"}).says(
        "stands among the proposals", f"Not enough sessions yet: {other.code}"
    )


def test_how_advice_did_is_told_before_and_since(casino: Casino) -> None:
    """SUGG-1, LESSON-2: by source with reasons; not enough data is said, never a zero."""
    table, path = _advised(casino)
    pat = browser_of(casino.pat)
    outcomes = pat.get("/settings/targets").links["How advice did"]
    page = pat.get(outcomes).says("Advice from the table's own fills", "the oldest:")
    page.says("No proposed target of a table was approved yet.")
    approve = pat.get(path).links["Approve"]
    pat.fill_in(approve, {"effective_from_gaming_day": "2026-03-03"})
    page = pat.get(outcomes)
    page.says(table.code, "○ $4,200", "instead of ○ $3,200", "to come", "Not enough data")
    page.says("3.00 on average at most 3 in nine of ten; shifts: 3")
    casino.now += timedelta(days=1)
    for _ in range(3):
        table.roll_over()
    since = pat.get(outcomes).says("in force", "+$1,000", "3.00 before, 0.00 since")
    since.says_not("Not enough data")


def test_what_newer_advice_replaced_is_read_and_not_listed(casino: Casino) -> None:
    """PAR-4: nobody decided it; its page says what became of it, and offers no decision."""
    table, path = _advised(casino)
    asked = {"kind": "recommend", "table_id": table.id}
    casino.pat.post("/par-proposals", asked, at=casino.now).must(201)
    pat = browser_of(casino.pat)
    page = pat.get("/settings/targets").says("○ $4,200")
    assert path not in page.links.values()
    pat.get(path).says("Replaced by newer advice").says_not("Approve", "Reject")
    nowhere = pat.get("/settings/targets/01900000-0000-7000-8000-000000000000")
    assert nowhere.status == 404
