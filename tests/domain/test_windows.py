"""Window win/loss: which count it begins with, and what it says of that."""

from typing import Any

import pytest

from tablebank.domain.terms import BankMode
from tablebank.domain.windows.asked import Baselines
from tests.domain.cast import worth
from tests.domain.floor import INTERIM, Floor
from tests.domain.windows import PAR, answer, asked, at

# -- the decision table of seed 002 ----------------------------------------------------------------


def _opened_before(floor: Floor) -> None:
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(5_200_000))


def _counted_before(floor: Floor) -> None:
    floor.at("11:10").opened(worth(5_000_000))
    floor.at("11:40").count(INTERIM, worth(4_900_000))
    floor.at("15:00").count(INTERIM, worth(5_200_000))


def _nothing(floor: Floor) -> None:
    """Nobody ever opened it."""


def _opened_inside(floor: Floor) -> None:
    floor.at("13:00").opened(worth(5_000_000))
    floor.at("15:00").count(INTERIM, worth(5_200_000))


TABLE = [
    # what was done, par, source, coverage, opening, tray change
    (_opened_before, None, "snapshot:verified_open", "full", 5_000_000, 200_000),
    (_opened_before, PAR, "snapshot:verified_open", "full", 5_000_000, 200_000),
    (_counted_before, None, "snapshot:prior_count", "full", 4_900_000, 300_000),
    (_counted_before, PAR, "snapshot:prior_count", "full", 4_900_000, 300_000),
    (_opened_inside, PAR, "bootstrap:par_target", "full", PAR, 1_200_000),
    (_opened_inside, None, "fallback:earliest_in_window", "partial", 5_000_000, 200_000),
    (_nothing, PAR, "bootstrap:par_target", "full", PAR, None),
    (_nothing, None, "none", "unknown", None, None),
]


@pytest.mark.parametrize("mode", [BankMode.INVENTORY_COUNT, BankMode.IMPREST_TO_PAR])
@pytest.mark.parametrize(("done", "par", "source", "coverage", "opening", "change"), TABLE)
def test_the_first_source_that_applies(
    done: Any,
    par: int | None,
    source: str,
    coverage: str,
    opening: int | None,
    change: int | None,
    mode: BankMode,
) -> None:
    """BASE-1, LESSON-1, LESSON-2: opener, prior count, par, first count inside, or nothing."""
    floor = Floor(par_cents=par, mode=mode)
    done(floor)
    found = answer(floor, asked())
    assert (found.opening_source, found.coverage_type) == (source, coverage)
    assert (found.opening_bankroll_cents, found.before_drop_cents) == (opening, change)
    assert found.win_loss_cents is None
    assert found.estimated is (source == "bootstrap:par_target")
    assert (found.opening_snapshot_id is None) is (source in ("bootstrap:par_target", "none"))
    assert (found.opening_at is None) is (found.opening_snapshot_id is None)


def test_the_latest_count_decides_and_not_an_older_opener() -> None:
    """BASE-1: seed 002 read literally would start from a stale tray."""
    floor = Floor()
    _counted_before(floor)
    found = answer(floor, asked())
    assert found.opening_at == at("11:40")
    assert "LATEST_COUNT_NO_OPENING" in found.reasons


def test_par_is_a_computation_and_no_count() -> None:
    """BASE-9: by count nothing is written for a par that stands in; imprest may attest one."""
    counted = Floor(par_cents=PAR)
    _opened_inside(counted)
    found = answer(counted, asked())
    assert found.opening_source == "bootstrap:par_target"
    assert not [each for each in counted.facts.snapshots if each.is_synthetic]
    assert PAR not in [each.total_cents for each in counted.facts.snapshots]
    assert (found.par.approved_by, found.par.approved_at) != (None, None)

    imprest = Floor(par_cents=PAR, mode=BankMode.IMPREST_TO_PAR)
    imprest.at("11:30").open(imprest.prepare())
    imprest.attest_opening()
    imprest.at("15:00").count(INTERIM, worth(5_000_000))
    found = answer(imprest, asked())
    assert (found.opening_source, found.opening_bankroll_cents) == ("snapshot:verified_open", PAR)
    assert [each.is_synthetic for each in imprest.facts.snapshots] == [True, False]


FILTERS = [
    (Baselines.ALL, "bootstrap:par_target", "full", 1_200_000),
    (Baselines.EXCLUDE_BOOTSTRAPPED, "fallback:earliest_in_window", "partial", 200_000),
    (Baselines.COUNTED, "fallback:earliest_in_window", "partial", 200_000),
]


@pytest.mark.parametrize(("baselines", "source", "coverage", "change"), FILTERS)
def test_a_bootstrap_can_be_left_out(
    baselines: Baselines, source: str, coverage: str, change: int
) -> None:
    """BASE-8: `exclude_bootstrapped` goes on to the first count inside, and so does `counted`."""
    floor = Floor(par_cents=PAR)
    _opened_inside(floor)
    found = answer(floor, asked(baselines=baselines))
    assert (found.opening_source, found.coverage_type) == (source, coverage)
    assert found.before_drop_cents == change


ATTESTED = [
    (Baselines.ALL, "snapshot:verified_open", PAR),
    (Baselines.EXCLUDE_BOOTSTRAPPED, "snapshot:verified_open", PAR),
    (Baselines.COUNTED, "fallback:earliest_in_window", 5_000_000),
]


@pytest.mark.parametrize(("baselines", "source", "opening"), ATTESTED)
def test_an_attested_tray_is_not_counted(baselines: Baselines, source: str, opening: int) -> None:
    """BASE-8, SNAP-2: only `counted` leaves PAR_ATTESTED out, and says so."""
    floor = Floor(par_cents=PAR, mode=BankMode.IMPREST_TO_PAR)
    floor.at("11:30").open(floor.prepare())
    floor.attest_opening()
    floor.at("15:00").count(INTERIM, worth(5_000_000))
    found = answer(floor, asked(baselines=baselines))
    assert (found.opening_source, found.opening_bankroll_cents) == (source, opening)
    assert ("PAR_ATTESTED_LEFT_OUT" in found.reasons) is (baselines is Baselines.COUNTED)


def test_an_attested_tray_closes_no_window() -> None:
    """SNAP-2, BASE-3: it is never taken for a count."""
    floor = Floor(par_cents=PAR, mode=BankMode.IMPREST_TO_PAR)
    floor.at("13:00").open(floor.prepare())
    floor.attest_opening()
    found = answer(floor, asked())
    assert found.opening_source == "bootstrap:par_target"
    assert (found.closing_bankroll_cents, found.before_drop_cents) == (None, None)
