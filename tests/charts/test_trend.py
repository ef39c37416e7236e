"""The picture of a shift by the hour: what is drawn, and what is not (LESSON-2)."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import typst
from defusedxml import ElementTree

from tablebank.charts.control import ControlWords, Limits, Share, control_picture
from tablebank.charts.ink import INKS
from tablebank.charts.trend import Panel, Point, TrendWords, trend_chart

WORDS = TrendWords(
    win_loss="Win/loss",
    tray_change="Tray change (not a result)",
    fills="Fills",
    credits="Credits",
    nothing="Not known at any hour",
    money=lambda cents: f"${cents // 100:,} of $1",
)
HOUR = Point(
    label="15:00",
    win_loss_cents=None,
    is_estimate=False,
    before_drop_cents=None,
    fills_cents=0,
    credits_cents=0,
    is_fresh=False,
)


def drawn(*points: Point, ink: str = "light", width_px: int = 800, outlines: bool = False) -> str:
    panel = Panel(title="Silver & Heron <1>", points=points)
    return trend_chart([panel], WORDS, ink=INKS[ink], width_px=width_px, outlines=outlines).decode()


def lines(svg: str) -> int:
    """How many lines and dots there are beside the grid's."""
    return len(re.findall(r'id="line2d_', svg))


def test_a_line_never_runs_through_what_is_unknown() -> None:
    """LESSON-2, 06: a gap where nothing is known; what stands alone is drawn alone."""
    known = replace(HOUR, win_loss_cents=100_000)
    whole, gap = drawn(*[known] * 5), drawn(known, known, HOUR, known, known)
    assert lines(whole) - lines(gap) == 2, "the pieces to and from the hour in the middle"
    lone = drawn(HOUR, known, HOUR, HOUR, HOUR)
    assert "Win/loss" in lone
    assert lines(drawn(known, known, HOUR, HOUR, HOUR)) == lines(lone)


def test_nothing_known_says_so_and_shows_no_zero_result() -> None:
    """LESSON-2: the words, and no line at 0."""
    svg = drawn(HOUR, HOUR)
    assert "Not known at any hour" in svg
    assert "Win/loss" not in svg
    assert "Win/loss" in drawn(replace(HOUR, win_loss_cents=0), HOUR)


def test_no_fill_draws_no_bar() -> None:
    """What did not happen leaves the zero line bare."""
    bars = len(re.findall(r'id="patch_', drawn(HOUR, HOUR)))
    filled = drawn(replace(HOUR, fills_cents=50_000), replace(HOUR, credits_cents=5))
    assert len(re.findall(r'id="patch_', filled)) == bars + 2


def test_an_estimate_is_dashed_and_a_count_is_solid() -> None:
    """06: never colour alone."""
    counted = replace(HOUR, win_loss_cents=100_000)
    guessed = replace(counted, is_estimate=True)
    assert "stroke-dasharray" not in drawn(counted, counted)
    assert "stroke-dasharray" in drawn(counted, guessed)


def test_what_is_said_is_text_and_no_markup_or_formula() -> None:
    """Amounts with two dollar signs are no formula; a name with an angle is no element."""
    svg = drawn(replace(HOUR, win_loss_cents=400_000), replace(HOUR, win_loss_cents=-400_000))
    texts = ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter() if each.text]
    assert sum(" of $1" in each for each in texts) > 2
    assert any("Silver & Heron <1>" in each for each in texts)


def test_it_asks_nobody_and_runs_nothing() -> None:
    """No script, no style sheet and no picture of another host."""
    svg = drawn(replace(HOUR, win_loss_cents=5))
    assert "<script" not in svg
    assert "<image" not in svg
    links = re.findall(r'(?:href|src)="([^"]+)"', svg)
    assert all(each.startswith("#") for each in links)


def test_the_same_is_drawn_the_same_at_once_and_again() -> None:
    """Pages are served by threads: each gets its own picture."""
    points = [replace(HOUR, win_loss_cents=cents) for cents in (1, 200_000, 5)]
    with ThreadPoolExecutor(4) as several:
        inks = ["light", "dark"] * 4
        pictures = list(several.map(lambda ink: drawn(*points, ink=ink), inks))
    assert pictures[0::2] == [pictures[0]] * 4
    assert pictures[1::2] == [pictures[1]] * 4
    assert pictures[0] != pictures[1]


def test_it_fits_a_phone_and_goes_on_paper(tmp_path: pytest.TempPathFactory) -> None:
    """06: the same picture stands in a printed report, its letters as shapes."""
    narrow = drawn(*[HOUR] * 8, width_px=330)
    assert 'viewBox="0 0 247.5' in narrow
    svg = drawn(replace(HOUR, before_drop_cents=5), ink="paper", outlines=True)
    assert "<text" not in svg
    (tmp_path / "trend.svg").write_text(svg)  # type: ignore[operator]
    (tmp_path / "page.typ").write_text('#image("trend.svg", width: 100%)')  # type: ignore[operator]
    assert typst.compile(str(tmp_path / "page.typ")).startswith(b"%PDF")  # type: ignore[operator]


CONTROL = ControlWords(
    counted="counted",
    centre="average",
    limit="limit",
    too_few="3 of the 10",
    percent=lambda share: f"{share * 100:.0f} %",
)


def test_a_control_chart_draws_limits_only_where_there_are_any() -> None:
    """0059: with too few comparisons it says so; a share beyond a limit says how much."""
    shares = [
        Share(label="2 Mar", share=0.9, is_signal=False),
        Share(label="3 Mar", share=None, is_signal=False),
        Share(label="4 Mar", share=0.5, is_signal=True),
    ]
    bare = control_picture(shares, None, CONTROL, ink=INKS["light"], width_px=600).decode()
    assert "3 of the 10" in bare
    assert "limit" not in bare
    limits = Limits(centre=0.9, lower=0.7, upper=1.1)
    whole = control_picture(shares, limits, CONTROL, ink=INKS["dark"], width_px=330).decode()
    assert whole.count("limit") >= 2
    assert "50 %" in whole
